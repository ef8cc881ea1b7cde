"""Who says what of a sentence: a speaker and the words that he answers for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from monitor.claims.tokens import Token


SpeechKind = Literal["say", "estimate", "expect", "deny", "source"]
"""`source`: "according to", "citing"."""


@dataclass(frozen=True, slots=True)
class Speech:
    """One speaker of a sentence and the tokens that the words hold for."""

    number: int
    kind: SpeechKind
    speaker: tuple[Token, ...]
    scope: tuple[int, int]
    """First token and the one after the last."""
    leading: bool

    @property
    def entities(self) -> tuple[str, ...]:
        return tuple(t.entity for t in self.speaker if t.entity)

    def says(self, index: int) -> bool:
        return self.scope[0] <= index < self.scope[1]
