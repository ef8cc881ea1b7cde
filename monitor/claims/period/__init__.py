"""Periods: what a text says of time, in the contract's form, settled against the article's date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.period.fiscal import fiscal_year_ends
from monitor.claims.period.model import Period
from monitor.claims.period.scan import periods

if TYPE_CHECKING:
    from datetime import date

CLAUSE_MARKS = frozenset(",;，；、。.!?！？\n")

__all__ = ["Period", "fiscal_year_ends", "period", "periods"]


def period(
    text: str, span: tuple[int, int], published: date | None, language: str | None
) -> tuple[str | None, list[tuple[int, int]]]:
    """The period nearest to the figure at `span`, its own clause first, and where it is said; (None, []) if none."""
    found = periods(text, language, published)
    if not found:
        return None, []
    nearest = min(found, key=lambda p: _distance(text, span, p))
    return nearest.value, [(nearest.start, nearest.end)]


def _distance(text: str, span: tuple[int, int], found: Period) -> tuple[int, int]:
    between = text[found.end : span[0]] if found.end <= span[0] else text[span[1] : found.start]
    return sum(char in CLAUSE_MARKS for char in between), len(between)
