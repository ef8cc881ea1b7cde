"""A sentence without figures that calls untrue what was told right before it: "Das ist falsch.", これを否定した。"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.tokens import Token

_SHORT = 6
"""Words besides names, marks and the verdict, in a sentence that needs no "that" to point back."""


def contradicts(row: Sequence[Token]) -> bool:
    """Whether a sentence calls untrue, or contradicts, the claims of the one before."""
    verdict = next((t for t in row if t.has("false", "contradict")), None)
    if verdict is None or any(t.kind == "figure" for t in row):
        return False
    if any(t.has("negation") and not t.has("false") for t in row):
        return False
    if any(t.has("told") for t in row):
        return True
    return sum(t.kind in ("word", "phrase") for t in row) <= _SHORT and not any(
        e.metric for t in row for e in t.entries
    )
