"""Companies that keep a calendar of their own: their quarters and years, and periods told by the month they end in."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from monitor.claims.numbers.data import read_table
from monitor.claims.period.months import CLOSING, UNREPORTED, ending, month_end, nearest, year_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.claims.period.model import Period, Rule

_LENGTHS: Mapping[Rule, int] = {"half_ended": 6, "nine_months_ended": 9, "twelve_months_ended": 12}
_DAYS_OVER = 7
_REPORTED_BY = timedelta(days=120)
"""By then the results of a year are out; what is told of "the full year" as done is of the year before until then."""


@cache
def fiscal_year_ends() -> Mapping[str, int]:
    """Entity id -> month in which its fiscal year ends, for those that do not follow the calendar."""
    table = read_table(resources.files(__package__) / "fiscal_years.yaml")
    return {company: int(month) for company, month in table.items()}


def year_end(company: str | None) -> int:
    """The month in which the company's year ends; December where nothing else is known."""
    return fiscal_year_ends().get(company or "", 12)


def quarter(period: Period, end: int, future: bool | None) -> str | None:
    """A quarter counted by the company: the calendar's name where both coincide, else its own."""
    if period.number is None:
        return _running_quarter(period, end)
    month = end - 3 * (4 - period.number)
    back, month = (0, month) if month > 0 else (1, month + 12)
    year = period.year
    if year is None and period.year_shift is not None and period.published:
        year = _year_with(period.published, end) + period.year_shift
    if year is None:
        year = _reported(period.published, back, month, future)
    return None if year is None else quarter_named(year - back, month, end)


def _running_quarter(period: Period, end: int) -> str | None:
    """The quarter that runs at `published`, or that many before or after."""
    if period.published is None:
        return None
    index = period.published.year * 12 + period.published.month - 1 + 3 * (period.shift or 0)
    while (index % 12 + 1 - end) % 3:
        index += 1
    return quarter_named(index // 12, index % 12 + 1, end)


def _reported(published: date | None, back: int, month: int, future: bool | None) -> int | None:
    """The fiscal year whose quarter was last completed, or is the next to be, at `published`."""
    if published is None:
        return None
    years = [published.year + step for step in (-2, -1, 0, 1, 2)]
    if future:
        return next((year for year in years if month_end(year - back, month) >= published - UNREPORTED), None)
    return next((year for year in reversed(years) if month_end(year - back, month) <= published + CLOSING), None)


def quarter_named(year: int, month: int, end: int) -> str:
    """The name of the quarter that ends with a month, of a company whose year ends with `end`."""
    if month % 3 == 0:
        return f"{year}-Q{month // 3}"
    if (month - end) % 3:
        return ending(year, month, 3)
    return f"FY{year + (month > end)}-Q{4 - ((end - month) % 12) // 3}"


def ended(period: Period, end: int, future: bool | None) -> str | None:
    """A quarter, half or year told by the month in which it ends; what "ended" is over, whatever is told of it."""
    month = _month_closed(period, end)
    year = year_of(period)
    if year is None:
        side = {"past": False, "nearest": None}.get(period.settled or "", future)
        slack = UNREPORTED if side else timedelta(0)
        year = nearest(lambda y: (date(y, month, 1), month_end(y, month)), period.published, side, slack)
    if year is None:
        return None
    if period.rule == "quarter_ended":
        return quarter_named(year, month, end)
    if period.rule == "year_ended" or (period.rule == "twelve_months_ended" and month == end):
        return f"{year}" if month == 12 else f"FY{year}"
    return ending(year, month, _LENGTHS[period.rule])


def _month_closed(period: Period, end: int) -> int:
    """The month that a quarter closes with: of weeks, it may run some days into the next."""
    month = period.number or 12
    return month - 1 or 12 if period.last and period.last <= _DAYS_OVER and (month - end) % 3 == 1 else month


def _year_with(day: date, end: int) -> int:
    return day.year + (day.month > end)


def year(period: Period, end: int) -> str | None:
    named = period.year
    if named is None and period.published is not None:
        named = _year_with(period.published, end) + (period.shift or 0)
    return None if named is None else f"FY{named}"


def business_year(period: Period, end: int, future: bool | None) -> str | None:
    """ "The full year" of a company: of what is done and just reported the one last completed, else the running one."""
    if period.published is None:
        return None
    named = _year_with(period.published, end)
    if future is False and period.published <= month_end(named - 1, end) + _REPORTED_BY:
        named -= 1
    return f"{named}" if end == 12 else f"FY{named}"
