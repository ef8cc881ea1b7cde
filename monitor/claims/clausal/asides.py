"""Figures told by the way between two commas: "China sales, €1.6 billion last quarter, are likely to shrink"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.tokens import Token

_REACH = 8


def aside(figure: Token, noun: Token, row: Sequence[Token]) -> Sequence[Token]:
    """What stands between the commas around a figure in apposition to its noun; empty where it is in none."""
    opens = row[figure.index - 1] if figure.index else None
    if opens is None or opens.text != "," or noun.verb or noun.index >= opens.index:
        return ()
    between = row[noun.index + 1 : opens.index]
    if any(t.verb or t.kind in ("figure", "mark") for t in between):
        return ()
    behind = row[figure.index + 1 : figure.index + _REACH]
    close = next((t for t in behind if t.text == ","), None)
    goes_on = row[close.index + 1] if close is not None and close.index + 1 < len(row) else None
    if close is None or goes_on is None or not (goes_on.verb or goes_on.has("likely")):
        return ()
    within = row[figure.index : close.index]
    return () if any(t.verb or t.kind == "mark" for t in within) else within


def told_by_the_way(figure: Token, noun: Token, row: Sequence[Token], year: int) -> bool:
    """Whether such a figure is of a time that is not ahead: what the sentence expects is not said of it."""
    periods = [t.period for t in aside(figure, noun, row) if t.period is not None]
    runs = any(p.rule == "year" and (p.shift == 0 or p.year == year) for p in periods)
    return bool(periods) and not runs and not any((p.shift or 0) > 0 or (p.year or 0) > year > 0 for p in periods)


def apart(change: Token, figure: Token, noun: Token, row: Sequence[Token]) -> bool:
    """Whether a change is told of another time than the figure by the way: the change then stands for itself."""
    within = aside(figure, noun, row)
    if not within or change.index < within[-1].index:
        return False
    behind = row[within[-1].index + 1 : change.index + 4]
    ahead = any(t.has("future", "likely", "may", "would", "plan") for t in behind)
    return ahead or any(t.period is not None for t in behind if t.index > change.index)
