"""Figures that tell where a change began ("从二季度的6万颗增至11万颗")."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment


_FROM = frozenset("由从從自")


def earlier(bond: Bond, bonds: Sequence[Bond], segment: Segment, row: Sequence[Token]) -> bool:
    """Whether a figure only tells where a change began, and not when that was."""
    if not began(bond, row) or bond.entry.metric == "capacity":
        return False
    if dated(bond, segment, row) and not bond.trigger.has("outlook"):
        return False
    return any(_ends(bond, other, segment) for other in bonds)


def began(bond: Bond, row: Sequence[Token]) -> bool:
    """Whether a figure tells where a change began."""
    quantity = bond.figure.figure
    near = row[max(0, bond.figure.index - 3) : bond.figure.index]
    starts = any(t.has("starting") or starting(t) for t in near)
    first = bond.figure.index + 1
    moved = _moved(bond, row)
    if quantity is None or not (quantity.lead == "from" or starts or moved):
        return False
    for place, token in enumerate(row[first : first + (5 if moved else 3)], start=first):
        if token.figure is not None and token.figure.lead == "to":
            return True
        words = "".join(t.text for t in row[place : place + 2])
        if token.has("rise", "fall") and any(c in words for c in "至到"):
            return True
    return False


def starting(token: Token) -> bool:
    """Whether a date has "from" before it: "由二季度", "预计从2025年"."""
    return token.text[0] in _FROM or (token.period is not None and any(c in _FROM for c in token.text[:3]))


def _moved(bond: Bond, row: Sequence[Token]) -> bool:
    """ "把3800亿元的投入提高到4800亿元"."""
    at = bond.figure.index
    if at + 1 >= len(row) or not row[at + 1].has("of"):
        return False
    return any(t.has("disposal") and t.clause == bond.figure.clause for t in row[max(0, at - 4) : at])


def _ends(bond: Bond, other: Bond, segment: Segment) -> bool:
    """Whether `other` tells where the change that `bond` begins has ended."""
    quantity = other.figure.figure
    if other.figure.index <= bond.figure.index or other.trigger is not bond.trigger or quantity is None:
        return False
    reach = 1 if segment.mark == "," else 0
    return (quantity.lead == "to" or quantity.kind == "percent") and other.figure.clause - segment.number <= reach


def dated(bond: Bond, segment: Segment, row: Sequence[Token]) -> bool:
    """Whether an earlier figure has its period right before it."""
    near = row[max(0, bond.figure.index - 3) : bond.figure.index]
    quantity = bond.figure.figure
    if quantity is not None and quantity.lead == "from" and bond.figure.text[:1] not in "的":
        near = [t for t in near if t.end >= quantity.start - 1]
    return any(t.period is not None and t.period.rule != "years" and t.clause == segment.number for t in near)
