"""Figures with bounds as intervals: do two tell the same, and does a slip of magnitude explain the difference?"""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from monitor.model import Bound, Number

EQUAL = 0.001
EXACT = 0.01
ABOUT = 0.05
ONE_SIDED = 0.15
"""Shares of the figure within which two are one and the same, and within which exact, approximate and one-sided
figures agree (the ledger's contract)."""

SLIPS = (1_000, 10_000)
"""Thousand for million, million for billion; 万 forgotten or taken for a comma."""


class Interval(NamedTuple):
    """What a figure leaves possible, its own tolerance included."""

    low: float
    high: float


def interval(value: Number, value_max: Number | None, bound: Bound) -> Interval:
    """`at_least` and `at_most` reach 15 % beyond the figure: further apart, two figures are no longer the same."""
    top = value_max if bound == "range" and value_max is not None else value
    size = abs(value)
    if bound == "at_least":
        return Interval(value - size * EXACT, value + size * ONE_SIDED)
    if bound == "at_most":
        return Interval(value - size * ONE_SIDED, value + size * EXACT)
    share = ABOUT if bound == "about" else EXACT
    return Interval(min(value, top) - size * share, max(value, top) + abs(top) * share)


def agree(
    one: tuple[Number, Number | None, Bound],
    other: tuple[Number, Number | None, Bound],
) -> bool:
    """Whether two figures, each with its upper end and bound, can be tellings of one."""
    a, b = interval(*one), interval(*other)
    if not (one[2] == other[2] == "exact"):
        return a.low <= b.high and b.low <= a.high
    return within(one[0], other[0], EXACT)


def within(one: Number, other: Number, share: float) -> bool:
    """Equal but for a share of the greater."""
    return isclose(one, other, rel_tol=share, abs_tol=1e-9)


def long(value: Number) -> bool:
    """Of four significant digits and more: two such figures are not equal by chance."""
    return len(f"{abs(value):.10g}".replace(".", "").strip("0").partition("e")[0]) >= 4


def slip(value: Number, last: Number) -> int | None:
    """The factor of 1,000 or 10,000, either way, that lies between two figures within 5 %; else None."""
    if value == 0 or last == 0 or (value < 0) != (last < 0):
        return None
    ratio = max(abs(value), abs(last)) / min(abs(value), abs(last))
    return next((factor for factor in SLIPS if abs(ratio / factor - 1) <= ABOUT), None)
