"""A sentence as it is judged: its tokens, clauses and speeches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.speech import Speech
    from monitor.claims.tokens import Token


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence as status sees it."""

    row: Sequence[Token]
    clauses: Sequence[Clause]
    speeches: Sequence[Speech]
    title: bool = False
    year: int = 0
    """In which the article was published; 0: unknown."""
    correction: bool = False
    """The article corrects an earlier one."""
    cues: frozenset[str] = frozenset()
    """All cues of the sentence."""
    analyst: bool = False
    """The last speaker of the article was a forecaster."""
    results: bool = False
    """The article has told results of the period that a company reports."""


def speech_over(scene: Scene, index: int) -> Speech | None:
    """The speech that holds for a token: the one that denies or expects before the one that only tells."""
    over = [s for s in scene.speeches if s.says(index)]
    for kind in ("deny", "expect"):
        for speech in over:
            if speech.kind == kind:
                return speech
    return over[-1] if over else None
