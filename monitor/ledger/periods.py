"""What a figure covers: the period notation of claims as spans of days and kinds."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Kind = Literal["day", "month", "quarter", "half", "year", "span", "rate", "total"]

_LATE = timedelta(days=7)
"""After the end of a month its totals are told."""
_YEARS = re.compile(r"\d+(\.\d+)? years?")
_YEAR = re.compile(r"(FY)?(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})(?:-(\d{2}))?))?")


@dataclass(frozen=True, slots=True)
class Period:
    """`start` and `end` are the first and last day, None where the notation fixes none."""

    kind: Kind
    start: date | None = None
    end: date | None = None
    fiscal: bool = False
    deadline: bool = False
    """By the end of it (`../2027`)."""

    @property
    def dated(self) -> bool:
        return self.end is not None


@lru_cache(maxsize=4096)
def parse(text: str | None) -> Period | None:
    """The period, or None for a silent or unreadable one."""
    if not text:
        return None
    if text == "cumulative":
        return Period("total")
    if text.startswith("per ") or lasting(text):
        return Period("rate")
    if "/" in text:
        return _span(*text.split("/", 1))
    return _point(text)


def lasting(text: str | None) -> bool:
    """Whether a period tells how long something runs ("5 years"), and not when."""
    return text is not None and _YEARS.fullmatch(text) is not None


def _span(first: str, last: str) -> Period | None:
    if last == "..":
        return Period("total")
    end = _point(last)
    if end is None:
        return None
    if first == "..":
        return Period(end.kind, end.start, end.end, end.fiscal, deadline=True)
    start = _point(first)
    if start is None or start.start is None or end.end is None:
        return None
    return Period(_kind_of_length(start.start, end.end), start.start, end.end)


def _kind_of_length(start: date, end: date) -> Kind:
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    kinds: dict[int, Kind] = {1: "month", 3: "quarter", 6: "half", 12: "year"}
    return kinds.get(months, "span")


def _point(text: str) -> Period | None:
    match = _YEAR.fullmatch(text)
    if match is None:
        return None
    fiscal, year, quarter, half, month, day = match.groups()
    try:
        kind, start, end = _days(int(year), quarter, half, month, day)
    except ValueError:
        return None
    return Period(kind, start, end, fiscal=fiscal is not None)


def _days(
    year: int, quarter: str | None, half: str | None, month: str | None, day: str | None
) -> tuple[Kind, date, date]:
    if quarter:
        return "quarter", date(year, int(quarter) * 3 - 2, 1), _month_end(year, int(quarter) * 3)
    if half:
        return "half", date(year, int(half) * 6 - 5, 1), _month_end(year, int(half) * 6)
    if month and day:
        only = date(year, int(month), int(day))
        return "day", only, only
    if month:
        return "month", date(year, int(month), 1), _month_end(year, int(month))
    return "year", date(year, 1, 1), date(year, 12, 31)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def contradict(one: str | None, other: str | None) -> bool:
    """Whether two notations cannot name the same period: neither equal, nor contained, nor silent.

    A single day beside a longer period counts as silent: it is the day of the telling, or on which the period ended.
    """
    a, b = parse(one), parse(other)
    if a is None or b is None or one == other or (a.kind == "day") != (b.kind == "day"):
        return False
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return a.kind != b.kind
    if a.fiscal != b.fiscal:
        return True
    inside = (a.start <= b.start and b.end <= a.end) or (b.start <= a.start and a.end <= b.end)
    return not inside


def renamed(one: str | None, other: str | None) -> bool:
    """Whether the two may be one quarter, half or year under another name: fiscal and calendar, or a span of months."""
    a, b = parse(one), parse(other)
    if a is None or b is None or a.end is None or b.end is None:
        return False
    # A fiscal year is named up to a year ahead of the calendar.
    near = abs(a.end - b.end) <= timedelta(days=370 if a.fiscal != b.fiscal else 100)
    return a.kind == b.kind and a.kind in {"quarter", "half", "year"} and near


def same_kind(one: str | None, other: str | None) -> bool:
    """Whether figures of the two belong to one series; a silent one belongs to any."""
    a, b = parse(one), parse(other)
    return a is None or b is None or a.kind == b.kind or _counted_up(a, b) or _counted_up(b, a)


def _counted_up(one: Period, other: Period) -> bool:
    """What had been done by a day is a total, as of that day."""
    return one.kind == "total" and other.deadline


def as_of(told: str | None, total: str | None, day: date) -> bool:
    """Whether a month only says when a total told on `day` had been reached: "at the end of May it was 60,000"."""
    month, whole = parse(told), parse(total)
    if month is None or whole is None or month.kind != "month" or whole.kind != "total":
        return False
    return month.start is not None and month.end is not None and month.start <= day <= month.end + _LATE


def comparable(one: str | None, other: str | None) -> bool:
    """Whether both fix days, in one calendar: fiscal and calendar names cannot be put in order."""
    a, b = parse(one), parse(other)
    return a is not None and b is not None and a.dated and b.dated and a.fiscal == b.fiscal


def later(one: str | None, other: str | None) -> bool:
    """Whether the first ends after the second."""
    a, b = parse(one), parse(other)
    return a is not None and b is not None and a.end is not None and b.end is not None and a.end > b.end
