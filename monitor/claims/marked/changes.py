"""Changes: a rise or fall, a multiple, a portion of something, and the word of what changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.claims.frames import Bond, figure_kind
from monitor.claims.marked.ground import candidates, weight
from monitor.claims.metrics import LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.marked.ground import Ground
    from monitor.claims.tokens import Token

MOST_COST = 24
_ARROWS = {"↑": 1, "▲": 1, "↓": -1, "▼": -1}
_RATES = frozenset("率幅률율폭")
"""What a word for a change ends in that stands before its figure: "増加率は7%"."""
_LEVEL = re.compile(r"\b(?:unter|über)\b|die marke von")
"""Bounds of a level: "auf unter 40 Prozent gefallen"."""
_NEAR = 6


def direction(figure: Token, ground: Ground) -> int | None:
    """+1 or -1 of a change, 0 of a multiple without a word of change; None where the figure is a level."""
    quantity, kind = figure.figure, figure_kind(figure)
    if (
        quantity is None
        or kind not in ("percent", "multiple")
        or (kind == "percent" and quantity.lead in ("to", "from"))
    ):
        return None
    row, spaced = ground.row, not ground.verb_final
    bound = ground.text[quantity.start : figure.start].lower()
    if (spaced and _LEVEL.search(bound)) or (not spaced and portion(figure, ground)):
        return None
    behind = row[figure.index + 1 : figure.index + 4]
    for near in (behind, row[max(0, figure.index - 4) : figure.index][::-1]):
        for token in near:
            if token.text in _ARROWS and near is behind:
                return _ARROWS[token.text]
            rate = spaced or near is behind or token.text[-1:] in _RATES
            if token.has("rise", "fall") and rate:
                return 1 if token.has("rise") else -1
            if token.kind == "figure" or ((token.kind == "name" or token.text == ",") and near is not behind):
                break
    if kind == "multiple":
        return None if _compares(figure, row, spaced=spaced) else 0
    if spaced and quantity.lead == "by":
        # "Im Frühjahr wuchsen die Erlöse von Arm um 29 Prozent": "um" always tells a change.
        moved = next((t for t in ground.segment(figure).tokens if t.has("rise", "fall")), None)
        return None if moved is None else 1 if moved.has("rise") else -1
    return None


def portion(figure: Token, ground: Ground) -> bool:
    """ "予算の3割を残す": a part of something, not a change of it."""
    if (
        ground.language != "ja"
        or figure_kind(figure) != "percent"
        or ground.text[max(0, figure.start - 1) : figure.start] != "の"
    ):
        return False
    after = ground.row[figure.index + 1] if figure.index + 1 < len(ground.row) else None
    return after is None or not after.has("rise", "fall")


def _compares(figure: Token, row: Sequence[Token], *, spaced: bool) -> bool:
    before = () if spaced else row[max(0, figure.index - 4) : figure.index]
    near = (*before, *row[figure.index + 1 : figure.index + 4])
    return any(t.has("than") for t in near) and not any(t.period is not None and t.period.rule == "same" for t in row)


def base(figure: Token, ground: Ground) -> Bond | None:
    """The nearest word of what changes, or a trap."""
    best: Bond | None = None
    for token, entry in candidates(figure, ground):
        if entry.metric is None and not entry.fits & {"percent", "multiple"}:
            continue
        if entry.metric is not None and entry.fits <= {"wafers"}:
            continue
        if entry.metric is not None and (entry.metric not in LEVELS or (entry.pos == "verb" and "money" in entry.fits)):
            continue
        cost = sum(weight(t) for t in ground.row[min(token.index, figure.index) + 1 : max(token.index, figure.index)])
        cost += (4 if token.index > figure.index else 0) + (5 if token.clause != figure.clause else 0)
        cost += 4 if entry.pos == "verb" else 0
        if cost <= MOST_COST and (best is None or cost < best.cost):
            best = Bond(figure, token, entry, cost, reversed=token.index > figure.index)
    return best


def level_of(bond: Bond, bonds: Sequence[Bond]) -> Token | None:
    """The level told of what has changed, if there is one."""
    if bond.entry.metric != "growth":
        return None
    metric = bond.entry.id.removeprefix("growth/").split(":")[0]
    for other in bonds:
        if other.entry.metric == metric and (
            other.trigger is bond.trigger or abs(other.figure.index - bond.figure.index) <= _NEAR
        ):
            return other.figure
    return None
