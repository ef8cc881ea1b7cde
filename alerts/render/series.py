"""A series of figures drawn in one line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alerts.model import Point

BARS = "▁▂▃▄▅▆▇█"
POINTS = 24
"""Newest points that are drawn."""


def bars(values: Sequence[float]) -> str:
    """One block character a value, the smallest lowest; equal values stand in the middle."""
    low, high = min(values), max(values)
    if not low < high:
        return BARS[3] * len(values)
    return "".join(BARS[round((value - low) / (high - low) * (len(BARS) - 1))] for value in values)


def number(value: float) -> str:
    """Full digits with commas; a fraction with four digits that count."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.4g}"


def drawn(points: Sequence[Point]) -> tuple[str, Sequence[Point]] | None:
    """The bars and the points to be named beside them, oldest first; None under three points."""
    if len(points) < 3:
        return None
    shown = sorted(points, key=lambda point: point.at)[-POINTS:]
    named = shown if len(shown) <= 4 else [shown[0], shown[-1]]
    return bars([point.value for point in shown]), named
