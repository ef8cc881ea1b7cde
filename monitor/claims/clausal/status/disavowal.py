"""What is taken back with the paper that told it: "withdrew a slide that had put the yield at 85 percent"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.tokens import Token

_REACH = 6
"""Tokens between the verb and the paper, or between the paper and its passive."""


_PAPERS = frozenset(
    {
        "slide", "chart", "table", "report", "story", "stories", "article", "post", "tweet", "statement", "release",
        "note", "memo", "presentation", "brochure", "leaflet", "video", "page", "filing", "datasheet", "sheet",
        "document", "deck", "transcript", "study", "dispatch", "bulletin", "claim", "estimate", "figure", "passage",
        "sentence", "infographic", "advertisement", "advert", "newsletter", "briefing", "paper", "line", "forecast",
    }
)  # fmt: skip
"""What tells a figure, and can be taken back."""


def disavowed(row: Sequence[Token], at: int, part: tuple[int, int]) -> bool:
    """Whether what stands at `at` is what a paper says that the sentence takes back, before it or behind it."""
    paper = next((t for t in reversed(row[part[0] : at]) if _paper(t)), None)
    if paper is None or not _tells(paper, row) or _goes_on(row[paper.index + 1 : at]):
        return False
    return _taken_back(row[part[0] : paper.index]) or _later(row[at + 1 : part[1]])


def _paper(token: Token) -> bool:
    return token.has("rumour") or (not token.verb and token.text.lower().removesuffix("s") in _PAPERS)


def _tells(paper: Token, row: Sequence[Token]) -> bool:
    """Whether what the paper says follows: "that", "of", "showing", "with"."""
    behind = row[paper.index + 1 : paper.index + 3]
    after = behind[0] if behind else None
    if paper.has("rumour") or (len(behind) > 1 and behind[0].has("prep") and behind[1].has("relative")):
        return True
    if after is not None and after.has("from", "on", "in") and _relative_near(row[after.index + 1 : after.index + 5]):
        return True  # "a page from its website that gave"
    return after is not None and (
        after.has("relative", "that", "of", "with", "source", "sets", "say") or after.text.lower().endswith("ing")
    )


def _relative_near(words: Sequence[Token]) -> bool:
    at = next((i for i, t in enumerate(words) if t.has("relative", "that")), -1)
    return at > 0 and not any(t.verb or t.kind in ("figure", "mark") for t in words[:at])


def _taken_back(before: Sequence[Token]) -> bool:
    """Whether a verb that takes back has the paper as its object."""
    for token in reversed(before[-_REACH:]):
        if token.has("class:disownword"):
            return not any(t.has("negation") for t in before[max(0, len(before) - _REACH - 3) :])
        if token.verb or token.kind in ("figure", "mark"):
            return False
    return False


def _later(behind: Sequence[Token]) -> bool:
    """Whether the paper is subject of such a verb: "A chart that showed 320,000 wafers was withdrawn"."""
    verb = next((t for t in behind if t.has("class:disownword")), None)
    if verb is None or not any(t.has("be") for t in behind[: verb.index - behind[0].index + 1]):
        return False
    return not any(t.has("and", "boundary", "negation") or t.kind == "mark" for t in behind if t.index < verb.index)


def _goes_on(between: Sequence[Token]) -> bool:
    """ "withdrew a statement that … and said the number was 14,000": what is told after the "and" is no longer its."""
    for token in between:
        if not (token.has("and", "boundary") or token.text == ","):
            continue
        after = [t for t in between if token.index < t.index <= token.index + 3]
        if token.text.lower() == "but" or any(t.has("say", "deny") or t.text.lower() == "now" for t in after):
            return True
    return False
