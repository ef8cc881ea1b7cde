"""The calendar, and the companies that keep one of their own."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from monitor.claims.numbers.data import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from monitor.claims.period.model import Period

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NEAR_YEARS = (0, -1, 1, -2)


@cache
def fiscal_year_ends() -> Mapping[str, int]:
    """Entity id -> month in which its fiscal year ends, for those that do not follow the calendar."""
    table = read_table(resources.files(__package__) / "fiscal_years.yaml")
    return {company: int(month) for company, month in table.items()}


def read(period: Period, company: str | None, *, future: bool | None, own_quarters: bool) -> str | None:
    """`period` in the contract's form, its open year settled against its `published`."""
    text = _core(period, company, future, own_quarters=own_quarters)
    if text is None or period.rule in {"years", "cumulative", "per_year"}:
        return text
    if period.role == "since":
        return f"{text}/.." if "/" not in text else text
    return f"../{text}" if period.role == "until" and "/" not in text else text


def moved(form: str, years: int) -> str:
    """A period in the contract's form, some years on; forms without a year stay."""
    return _YEAR.sub(lambda year: str(int(year.group()) + years), form)


def _core(period: Period, company: str | None, future: bool | None, *, own_quarters: bool) -> str | None:
    rule, number = period.rule, period.number or 0
    if rule == "same":
        return None
    if rule == "cumulative":
        return "cumulative"
    if rule == "per_year":
        return "per year"
    if rule == "years":
        return f"{number} years" if number != 1 else "1 year"
    end = fiscal_year_ends().get(company or "", 12)
    if rule == "fiscal_quarter" or (rule == "quarter" and own_quarters and end % 3):
        return _fiscal_quarter(period, end, future)
    if rule in {"quarter_ended", "half_ended", "year_ended"}:
        return _ended(period, end, future)
    if rule == "month_span" and end % 3 and ((period.last or number) - number) % 12 == 2:
        found = _open(period, future)
        return found and _quarter_named(found[0], period.last or number, end)
    if rule == "fiscal_year":
        return _fiscal_year(period, end)
    return _calendar(period, future)


def _calendar(period: Period, future: bool | None) -> str | None:
    match period.rule:
        case "year":
            year = _year(period)
            return None if year is None else f"{year}-12" if period.at_end else f"{year}"
        case "year_span":
            return f"{period.year}/{period.last}"
        case "week":
            return _week(period)
        case "months" | "quarters":
            return _first_of_year(period, future)
    found = _open(period, future)
    return found and _form(period, *found)


def _form(period: Period, year: int, number: int) -> str:
    match period.rule:
        case "quarter":
            return f"{year}-Q{number}"
        case "half":
            return f"{year}-H{number}"
        case "day":
            return f"{year}-{number:02}-{period.last or 1:02}"
        case "month_span":
            return _span(year, number, period.last or number)
    return f"{year}-{number:02}"


def _span(year: int, first: int, last: int) -> str:
    """Months from `first` to `last`, by the name of the quarter, half or year that they make."""
    if last < first:
        return f"{year - 1}-{first:02}/{year}-{last:02}"
    if first % 3 == 1 and last == first + 2:
        return f"{year}-Q{last // 3}"
    if (first, last) in {(1, 6), (7, 12)}:
        return f"{year}-H{last // 6}"
    if (first, last) == (1, 12):
        return f"{year}"
    if (first, last) == (1, 9):
        return f"{year}-Q1/{year}-Q3"
    return f"{year}-{first:02}/{year}-{last:02}"


def _first_of_year(period: Period, future: bool | None) -> str | None:
    """The first n months or quarters of a year."""
    months = (period.number or 1) * (3 if period.rule == "quarters" else 1)
    year = _year(period)
    if year is None:
        year = _nearest(lambda y: (date(y, 1, 1), _month_end(y, min(months, 12))), period.published, future)
    return None if year is None or not 1 <= months <= 12 else _span(year, 1, months)


def _year(period: Period) -> int | None:
    """The year that the text names or points at."""
    if period.year is not None:
        return period.year
    shift = period.year_shift if period.year_shift is not None else period.shift if period.rule == "year" else None
    return None if shift is None or period.published is None else period.published.year + shift


def _week(period: Period) -> str | None:
    if period.published is None:
        return None
    day = period.published + timedelta(weeks=period.shift or 0)
    return f"{day.year}-{day.month:02}"


def _open(period: Period, future: bool | None) -> tuple[int, int] | None:
    """Year and number of a month, quarter, half or day; None where nothing tells them."""
    if period.shift is not None and period.number is None:
        return _shifted(period)
    year, number = _year(period), period.number
    if number is None:
        return None
    if year is None:
        year = _nearest(lambda y: _bounds(period, y, number), period.published, future)
    return None if year is None else (year, number)


def _shifted(period: Period) -> tuple[int, int] | None:
    """Last quarter, this month, next half."""
    if period.published is None:
        return None
    months = {"month": 1, "quarter": 3, "half": 6}.get(period.rule)
    if months is None:
        return None
    index = period.published.year * (12 // months) + (period.published.month - 1) // months + (period.shift or 0)
    return index // (12 // months), index % (12 // months) + 1


def _bounds(period: Period, year: int, number: int) -> tuple[date, date]:
    match period.rule:
        case "quarter":
            return date(year, number * 3 - 2, 1), _month_end(year, number * 3)
        case "half":
            return date(year, number * 6 - 5, 1), _month_end(year, number * 6)
        case "month_span":
            last = period.last or number
            return date(year - (last < number), number, 1), _month_end(year, last)
    return date(year, number, 1), _month_end(year, number)


def _nearest(bounds: object, published: date | None, future: bool | None) -> int | None:
    """The year whose instance of a period lies nearest to `published`, on the side that `future` asks for."""
    if published is None:
        return None
    best: tuple[int, int] | None = None
    for year in (published.year + step for step in _NEAR_YEARS):
        first, last = bounds(year)  # type: ignore[operator]
        if (future is True and last < published) or (future is False and first > published):
            continue
        distance = max((first - published).days, (published - last).days, 0)
        if best is None or distance < best[0]:
            best = distance, year
    return best and best[1]


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _fiscal_ends(end: int, quarter: int) -> Iterator[tuple[int, int]]:
    """(years before the fiscal year's name, month) in which a fiscal quarter ends."""
    month = end - 3 * (4 - quarter)
    yield (0, month) if month > 0 else (1, month + 12)


def _fiscal_quarter(period: Period, end: int, future: bool | None) -> str | None:
    """A quarter counted by the company: the calendar's name where both coincide, else its own."""
    if period.number is None:
        return _running_fiscal_quarter(period, end)
    back, month = next(_fiscal_ends(end, period.number))
    year = period.year
    if year is None and period.year_shift is not None and period.published:
        year = _fiscal_year_of(period.published, end) + period.year_shift
    if year is None:
        year = _reported(period.published, back, month, future)
    return None if year is None else _fiscal_name(year, period.number, end, year - back, month)


def _running_fiscal_quarter(period: Period, end: int) -> str | None:
    """The quarter that runs at `published`, or that many before or after."""
    if period.published is None:
        return None
    index = period.published.year * 12 + period.published.month - 1 + 3 * (period.shift or 0)
    while (index % 12 + 1 - end) % 3:
        index += 1
    return _quarter_named(index // 12, index % 12 + 1, end)


def _reported(published: date | None, back: int, month: int, future: bool | None) -> int | None:
    """The fiscal year whose quarter was last completed, or is the next to be, at `published`."""
    if published is None:
        return None
    years = [published.year + step for step in (-2, -1, 0, 1, 2)]
    if future:
        return next((year for year in years if _month_end(year - back, month) >= published), None)
    slack = timedelta(days=10)
    return next((year for year in reversed(years) if _month_end(year - back, month) <= published + slack), None)


def _fiscal_name(fiscal: int, quarter: int, end: int, year: int, month: int) -> str:
    return f"FY{fiscal}-Q{quarter}" if end % 3 else f"{year}-Q{month // 3}"


def _quarter_named(year: int, month: int, end: int) -> str:
    """The name of the quarter that ends with a month."""
    if month % 3 == 0:
        return f"{year}-Q{month // 3}"
    if (month - end) % 3:
        first = month - 2 if month > 2 else month + 10
        return f"{year if month > 2 else year - 1}-{first:02}/{year}-{month:02}"
    quarter = 4 - ((end - month) % 12) // 3
    return f"FY{year + (month > end)}-Q{quarter}"


def _ended(period: Period, end: int, future: bool | None) -> str | None:
    """A quarter, half or year told by the month in which it ends."""
    month = period.number or 12
    year = _year(period)
    if year is None:
        year = _nearest(lambda y: (_month_end(y, month), _month_end(y, month)), period.published, future)
    if year is None:
        return None
    if period.rule == "quarter_ended":
        return _quarter_named(year, month, end)
    if period.rule == "year_ended":
        return f"{year}" if month == 12 else f"FY{year}"
    return _span(year, (month - 6) % 12 + 1, month)


def _fiscal_year_of(day: date, end: int) -> int:
    return day.year + (day.month > end)


def _fiscal_year(period: Period, end: int) -> str | None:
    year = period.year
    if year is None and period.published is not None:
        year = _fiscal_year_of(period.published, end) + (period.shift or 0)
    if year is None:
        return None
    return f"FY{year}"
