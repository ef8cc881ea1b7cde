"""One figure set against another: 20万枚ではなく17万枚, 13조원이 아니라 11조원, "nicht 90.000, sondern 80.000"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from monitor.claims.marked.ground import Ground
    from monitor.claims.tokens import Token

_BEHIND = {
    "ja": re.compile(r"[^\d。、]{0,6}?(?:では|じゃ|で)(?:なく|無く)(?!な)"),
    "ko": re.compile(r"[^\d.,]{0,4}?\s?(?:아니라|아닌|아니고)(?!고)"),
    "de": re.compile(r"[^\d.;]{0,24}?,? sondern\b"),
}
"""What stands behind a figure that is put aside."""
_MISPRINT = {
    "ja": re.compile(r"[」』]?の(?:誤り|間違い|誤記|誤植)"),
    "ko": re.compile(r"[’'”\"]?의 ?(?:오기|오타|잘못|오류|착오)"),
}
"""What stands behind the right one of two figures: 「5000億円」としたのは「500億円」の誤り."""
_BEFORE = {
    "de": re.compile(
        r"(?:, (?:und )?nicht|\b(?:statt|anstelle von|anstatt))(?: (?:etwa|wie|die|der|den|rund|mehr als)){0,2} $"
    )
}
"""What stands before one that is."""
_REACH = 24


def contrasted(figure: Token, ground: Ground) -> Literal["aside", "stands"] | None:
    """Whether the figure is put aside for a neighbour of its kind, or stands in the place of one."""
    figures = [t for t in ground.row if t.kind == "figure"]
    place = figures.index(figure)
    beside = [t for t in figures[max(0, place - 1) : place + 2] if t is not figure and _alike(t, figure)]
    if not beside:
        return None
    if _misprinted(figure, beside, ground):
        return "stands"
    if _aside(figure, ground):
        return "aside"
    return "stands" if any(_aside(t, ground) for t in beside) else None


def _misprinted(figure: Token, beside: list[Token], ground: Ground) -> bool:
    """Whether a figure is the one that should have stood in the place of the one before it."""
    pattern = _MISPRINT.get(ground.language)
    return pattern is not None and beside[0].index < figure.index and pattern.match(ground.text, figure.end) is not None


def _alike(one: Token, other: Token) -> bool:
    kinds = {t.figure.kind for t in (one, other) if t.figure is not None}
    return len(kinds) == 1 or "bare" in kinds


def _aside(figure: Token, ground: Ground) -> bool:
    behind, before = _BEHIND.get(ground.language), _BEFORE.get(ground.language)
    quantity = figure.figure
    start = figure.start if quantity is None else min(figure.start, quantity.start)
    if behind is not None and behind.match(ground.text, figure.end):
        return True
    return before is not None and before.search(ground.text[max(0, start - _REACH) : start]) is not None
