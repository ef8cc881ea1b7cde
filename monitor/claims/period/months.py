"""Months and what they make up: years settled against a date, spans by the name of the quarter or half they are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.claims.period.model import Period

_NEAR_YEARS = (0, -1, 1, -2)
CLOSING = timedelta(days=10)
"""Weeks that a company counts instead of months end some days before the quarter does."""
UNREPORTED = timedelta(days=45)
"""A quarter or half that ended no longer ago may still be expected: its results are not out."""


def month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def year_of(period: Period) -> int | None:
    """The year that the text names or points at."""
    if period.year is not None:
        return period.year
    shift = period.year_shift if period.year_shift is not None else period.shift if period.rule == "year" else None
    return None if shift is None or period.published is None else period.published.year + shift


def nearest(
    bounds: Callable[[int], tuple[date, date]],
    published: date | None,
    future: bool | None,
    slack: timedelta = timedelta(0),
) -> int | None:
    """The year whose instance of a period lies nearest to `published`, on the side that `future` asks for.

    What ended within `slack` before still lies ahead; with a slack only what is over is done.
    """
    if published is None:
        return None
    best: tuple[int, int] | None = None
    for year in (published.year + step for step in _NEAR_YEARS):
        first, last = bounds(year)
        if (future is True and last < published - slack) or (future is False and first > published):
            continue
        if future is False and slack and last > published + CLOSING:
            continue
        distance = max((first - published).days, (published - last).days, 0)
        if best is None or distance < best[0]:
            best = distance, year
    return best and best[1]


def span(year: int, first: int, last: int) -> str:
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


def ending(year: int, month: int, length: int) -> str:
    """So many months up to the end of a month, at most a year."""
    return span(year, (month - length) % 12 + 1, month)
