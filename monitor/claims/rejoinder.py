"""What the next sentence calls untrue: "Biren shipped 60,000 cards, a blog said. The number is wrong." """

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.draft import Drawn
    from monitor.claims.tokens import Token

UNTRUE = frozenset({"false", "deny"})
_POINTING = frozenset({"that", "this", "it", "these", "those", "them", "both"})


def rejoins(row: Sequence[Token]) -> bool:
    """Whether a sentence without figures calls untrue, or denies, what was told right before it."""
    if not any(t.cues & UNTRUE for t in row) or any(t.kind in ("figure", "period") for t in row):
        return False
    negated = any(t.text.lower() in ("not", "neither", "never", "nor") for t in row)
    untrue = next((t for t in row if untruth(t, row)), None)
    if untrue is not None:
        return not negated and any(_points(t) for t in row[: untrue.index])
    denied = next((t for t in row if t.has("deny") and t.verb), None)
    if denied is None or negated:
        return False
    after = row[denied.index + 1 : denied.index + 4]
    if len(after) > 1 and after[0].has("that") and after[1].kind != "mark":
        return False  # "denied that Intel would sell": it says itself what is denied
    return any(_points(t) for t in after)


def untruth(token: Token, row: Sequence[Token]) -> bool:
    """Whether a word calls something untrue, and not only describes a noun: "under false names", "a fake invoice"."""
    if not token.has("false"):
        return False
    after = row[token.index + 1] if token.index + 1 < len(row) else None
    if after is None or " " in token.text or after.kind not in ("word", "phrase", "name"):
        return True
    return after.has("prep", "and", "boundary", "adverb", "say", "if", "relative", "be", "determiner", "rumour")


def _points(token: Token) -> bool:
    return token.text.lower() in _POINTING or token.has("told")


def denied(drawn: Sequence[Drawn]) -> list[Drawn]:
    """The claims of the sentence before, as what the next one denies."""
    return [
        replace(
            item,
            claim=replace(item.claim, status="denied"),
            reasons=(*item.reasons, "status: called untrue in the next sentence"),
        )
        for item in drawn
    ]
