"""Periods in the contract's form, settled against the article's date."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from monitor.claims.period import fiscal
from monitor.claims.period.months import UNREPORTED, month_end, nearest, span, year_of

if TYPE_CHECKING:
    from monitor.claims.period.model import Period

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_QUARTER = re.compile(r"((?:FY)?)(\d{4})-Q([1-4])$")
_ENDED = frozenset({"quarter_ended", "half_ended", "nine_months_ended", "twelve_months_ended", "year_ended"})


def read(
    period: Period, company: str | None, *, future: bool | None, own_quarters: bool, told: str | None
) -> str | None:
    """`period` in the contract's form, its open year settled against its `published`."""
    text = _core(period, company, future, own_quarters=own_quarters, told=told)
    if text is None or period.rule in {"years", "cumulative", "per_year"}:
        return text
    if period.role == "since":
        return f"{text}/.." if "/" not in text else text
    return f"../{text}" if period.role == "until" and "/" not in text else text


def moved(form: str, years: int) -> str:
    """A period in the contract's form, some years on; forms without a year stay."""
    return _YEAR.sub(lambda year: str(int(year.group()) + years), form)


def _core(
    period: Period, company: str | None, future: bool | None, *, own_quarters: bool, told: str | None
) -> str | None:
    rule, number = period.rule, period.number or 0
    match rule:
        case "same_quarter":
            return told if told and not future and _QUARTER.match(told) else None
        case "same" if told and period.year is not None:
            return _YEAR.sub(str(period.year), told)
        case "same":
            return told and moved(told, period.shift or 0)
        case "cumulative":
            return "cumulative"
        case "per_year":
            return "per year"
        case "years":
            return f"{number} years" if number != 1 else "1 year"
        case "quarter_before" if told and (before := _quarter_before(told)):
            return before
    return _of_company(period, fiscal.year_end(company), future, own_quarters=own_quarters)


def _of_company(period: Period, end: int, future: bool | None, *, own_quarters: bool) -> str | None:
    rule = period.rule
    if rule == "fiscal_quarter" or (rule in {"quarter", "quarter_before"} and own_quarters and end != 12):
        return fiscal.quarter(period, end, future)
    if rule in _ENDED:
        return fiscal.ended(period, end, future)
    if rule == "month_span" and end % 3 and ((period.last or 0) - (period.number or 0)) % 12 == 2:
        found = _open(period, future, UNREPORTED)
        return found and fiscal.quarter_named(found[0], period.last or 12, end)
    if rule == "fiscal_year":
        return fiscal.year(period, end)
    if rule == "fiscal_half":
        return f"FY{period.year}-H{period.number}"
    if rule == "business_year":
        return fiscal.business_year(period, end if own_quarters else 12, future)
    return _calendar(period, future, UNREPORTED if own_quarters else timedelta(0))


def _quarter_before(told: str) -> str | None:
    """The quarter before the one told of."""
    found = _QUARTER.match(told)
    if found is None:
        return None
    year, number = int(found[2]), int(found[3])
    return f"{found[1]}{year - (number == 1)}-Q{number - 1 or 4}"


def _calendar(period: Period, future: bool | None, slack: timedelta) -> str | None:
    match period.rule:
        case "year":
            year = year_of(period)
            return None if year is None else f"{year}-12" if period.at_end else f"{year}"
        case "year_span":
            return f"{period.year}/{period.last}"
        case "week":
            return _week(period)
        case "months" | "quarters":
            return _first_of_year(period, future, slack)
    found = _open(period, future, slack if period.rule in {"quarter", "half", "month_span"} else timedelta(0))
    return found and _form(period, *found)


def _form(period: Period, year: int, number: int) -> str:
    match period.rule:
        case "quarter" | "quarter_before":
            return f"{year}-Q{number}"
        case "half":
            return f"{year}-H{number}"
        case "day":
            return f"{year}-{number:02}-{period.last or 1:02}"
        case "month_span":
            return span(year, number, period.last or number)
    return f"{year}-{number:02}"


def _first_of_year(period: Period, future: bool | None, slack: timedelta) -> str | None:
    """The first n months or quarters of a year."""
    months = (period.number or 1) * (3 if period.rule == "quarters" else 1)
    year = year_of(period)
    if year is None:
        year = nearest(lambda y: (date(y, 1, 1), month_end(y, min(months, 12))), period.published, future, slack)
    return None if year is None or not 1 <= months <= 12 else span(year, 1, months)


def _week(period: Period) -> str | None:
    if period.published is None:
        return None
    day = period.published + timedelta(weeks=period.shift or 0)
    return f"{day.year}-{day.month:02}"


def _open(period: Period, future: bool | None, slack: timedelta) -> tuple[int, int] | None:
    """Year and number of a month, quarter, half or day; None where nothing tells them."""
    if period.shift is not None and period.number is None:
        return _shifted(period)
    year, number = year_of(period), period.number
    if number is None:
        return None
    if year is None:
        side = True if period.settled == "coming" else future
        year = nearest(lambda y: _bounds(period, y, number), period.published, side, slack)
    return None if year is None else (year, number)


def _shifted(period: Period) -> tuple[int, int] | None:
    """Last quarter, this month, next half."""
    if period.published is None:
        return None
    months = {"month": 1, "quarter": 3, "quarter_before": 3, "half": 6}.get(period.rule)
    if months is None:
        return None
    index = period.published.year * (12 // months) + (period.published.month - 1) // months + (period.shift or 0)
    return index // (12 // months), index % (12 // months) + 1


def _bounds(period: Period, year: int, number: int) -> tuple[date, date]:
    match period.rule:
        case "quarter":
            return date(year, number * 3 - 2, 1), month_end(year, number * 3)
        case "half":
            return date(year, number * 6 - 5, 1), month_end(year, number * 6)
        case "month_span":
            last = period.last or number
            return date(year - (last < number), number, 1), month_end(year, last)
    return date(year, number, 1), month_end(year, number)
