"""What the company of an ambiguous name says for and against the sense meant."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from monitor.mentions.page import Page, Span
    from monitor.mentions.watchlist import Clue, Sense

NAMED_ELSEWHERE = 0.5
"""What an undoubted name of the same entity elsewhere in the article is worth."""
RELATED = 0.5
"""What a mention of its maker, parent or a partner is worth."""
_REACH = 60
"""Code points before the name that a `before` clue may span."""


def weigh(page: Page, span: Span, sense: Sense, *, named: bool, related: Collection[str]) -> tuple[float, str]:
    """Score of an ambiguous name, and how it came about."""
    score, parts = sense.prior, [f"{sense.prior:g} for the name"]
    for clue in sense.clues:
        if seen := _seen(page, span, clue):
            score += clue.weight
            parts.append(f"{clue.weight:+g} for {seen.strip()!r} {_WHERE[clue.where]}")
    if named:
        score += NAMED_ELSEWHERE
        parts.append(f"{NAMED_ELSEWHERE:+g} as it is named beyond doubt elsewhere")
    if related:
        score += RELATED
        parts.append(f"{RELATED:+g} beside {min(related)}")
    return round(score, 6), ", ".join(parts)


_WHERE = {"before": "before it", "after": "after it", "sentence": "in the sentence", "article": "in the article"}


def _seen(page: Page, span: Span, clue: Clue) -> str | None:
    text, (start, end) = page.folded, span
    if clue.where == "before":
        match = _before(clue.pattern).search(text, max(0, start - _REACH), start)
    elif clue.where == "after":
        match = compiled(clue.pattern).match(text, end)
    elif clue.where == "sentence":
        match = compiled(clue.pattern).search(text, *page.sentence(start))
    else:
        match = compiled(clue.pattern).search(text)
    return match[0] if match else None


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A clue's expression; most are never needed, so none is compiled ahead."""
    return re.compile(pattern)


@cache
def _before(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern})\\Z")
