"""Launches of a product, unlike what only sounds like one: workers released, a satellite, a partnership announced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.clausal.surroundings import like_model
from monitor.claims.frames import SMALLEST_BARE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.clausal.who.cast import Cast
    from monitor.claims.tokens import Token


SHOWS = (
    "launch",
    "unveil",
    "release",
    "introduc",
    "sell",
    "offer",
    "ship",
    "bring",
    "roll",
    "debut",
    "put",
    "build",
    "make",
)
"""Verbs of what is told with "announced plans to" as a launch."""


def of_other(verb: Token, row: Sequence[Token]) -> bool:
    """ "announces the purchase of 500 cards", "a partnership with Nvidia": another thing than the chip."""
    if verb.index and row[verb.index - 1].has("be") and any(t.has("class:otherthing") for t in row[: verb.index]):
        return True  # "the purchase of 500 cards was announced"
    for token in row[verb.index + 1 : verb.index + 9]:
        if token.has("class:otherthing"):
            return True
        if token.kind in ("name", "mark") or token.verb or token.has("class:launchword", "of", "with", "for"):
            return False
    return False


def promised(verb: Token, row: Sequence[Token]) -> bool:
    """ "would offer its card", "plans to show", but not "would force exporters to offer"."""
    before = [t for t in row[max(0, verb.index - 3) : verb.index] if not t.has("adverb")]
    return bool(before) and before[-1].has("future", "would", "may", "plan")


def launch_of_other(noun: Token, row: Sequence[Token]) -> bool:
    """ "The launch of the weather satellite, with two Intel chips on board": what is launched is no chip."""
    if noun.index + 1 >= len(row) or not row[noun.index + 1].has("of"):
        return False
    for token in row[noun.index + 2 : noun.index + 10]:
        if token.kind == "name" or token.capital or token.has("class:launchword", "class:chipword", "pronoun"):
            return False
        if token.kind == "mark" or token.verb:
            return True
    return False


def told_already(noun: Token, row: Sequence[Token]) -> bool:
    """ "The launch follows a year of tests": one told of before."""
    after = row[noun.index + 1] if noun.index + 1 < len(row) else None
    led = noun.index == 1 and row[0].text.lower() in ("the", "this", "that")
    return led and after is not None and after.verb and not after.has("late", "be", "future", "aux", "plan")


def counted_only(figure: Token, row: Sequence[Token]) -> bool:
    """ "released 500 workers": a figure as object; "reveals four new chips" are still chips."""
    if figure.kind != "figure":
        return False
    after = row[
        figure.index + 1 : figure.index
        + (7 if any(t.has("of") for t in row[figure.index + 1 : figure.index + 3]) else 4)
    ]
    few = (
        figure.figure is not None
        and figure.figure.kind in ("count", "bare")
        and abs(figure.figure.value) < SMALLEST_BARE
    )
    return not (few and any(t.has("class:launchword") or t.kind == "name" for t in after))


def itself(verb: Token, clause: Clause, row: Sequence[Token], cast: Cast) -> bool:
    """A product is subject, no object follows, and it is not years ago: "its chip went on sale"."""
    following = row[verb.index + 1] if verb.index + 1 < len(row) else None
    if following is not None and _object(following) and verb.text.lower().startswith(("launch", "debut")):
        return False
    if any("ago" in t.text.lower().split() for t in row[verb.index + 1 : verb.index + 5]):
        return False
    return cast.clause_subject(clause).how not in ("nested", "foreign")


def _object(token: Token) -> bool:
    """Whether a word begins an object: "launched a strike" against "launched in April"."""
    return token.kind in ("name", "word", "figure") or token.has("determiner", "possessive") or bool(token.entries)


def after_name(clause: Clause, row: Sequence[Token]) -> bool:
    """ "the newest tools, which were released": what a clause says of a common noun, it does not say of a product."""
    before = [t for t in row[: clause.tokens[0].index] if t.text != ","]
    return bool(before) and (before[-1].kind == "name" or (before[-1].capital and like_model(before[-1].text)))
