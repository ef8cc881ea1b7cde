"""What the ledger needs beside the figure: the day of an act, the outlet cited, the other party, how it is told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from monitor.claims.metrics import RULER_METRICS
from monitor.claims.telling import PARTIES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.speech import Speech
    from monitor.claims.tokens import Token
    from monitor.claims.world import World
    from monitor.model import Article

_WIDE = frozenset(
    [
        "record",
        "annual",
        "quarterly",
        "total",
        "consolidated",
        "overall",
        "combined",
        "reported",
        "preliminary",
        "full",
        "year",
        "bumper",
        "best",
        "ever",
        "highest",
    ]
)
"""Words that narrow nothing: \"record profit\" is the profit."""
OWN_KINDS = frozenset({"profit", "revenue", "growth"})
"""Metrics whose noun may be narrowed: operating profit, data centre revenue."""
_NO_NAMES = frozenset(
    ["One", "It", "This", "That", "These", "Them", "Now", "Stock", "Stocks", "Shares", "Hand", "Fist"]
)
"""Words that a headline in capitals writes like names."""
_DESCRIBING = ("class:chipword", "class:dealobject", "class:orgword")
_CLOSE = 2
"""Words behind the verb within which a headline in capitals names the party."""
_MOST = 0.7


def dated(clause: Clause, published: date | None) -> date | None:
    """The day that a clause gives to what it tells: today, on Tuesday (the last one), on 5 May."""
    if published is None:
        return None
    for token in clause.tokens:
        for cue in token.cues:
            if cue.startswith("day:"):
                return published - timedelta(days=int(cue[4:]))
            if cue.startswith("weekday:"):
                return published - timedelta(days=(published.weekday() - int(cue[8:])) % 7)
        if token.period is not None and token.period.rule == "day":
            return _day(token.period.value)
    return None


def _day(text: str | None) -> date | None:
    from datetime import date

    try:
        return date.fromisoformat((text or "").removeprefix("../"))
    except ValueError:
        return None


def cited(speeches: Sequence[Speech], index: int, text: str, article: Article) -> str | None:
    """The outlet that the article cites for what stands at a token; None for its own news."""
    for speech in speeches:
        if not speech.says(index) or not speech.speaker or speech.entities:
            continue
        names = [t for t in speech.speaker if t.capital]
        if names and any(t.has("outlet") for t in speech.speaker):
            said = text[names[0].start : names[-1].end]
            said = said.removeprefix("The ").removeprefix("the ")
            return None if article.outlet and said.lower() in article.outlet.lower() else said
    return None


def party(metric: str, trigger: Token, subject: str | None, row: Sequence[Token], world: World) -> str | None:
    """The other party of a deal or takeover: an entity id, or its name as written."""
    if metric not in PARTIES:
        return None
    unknown: list[Token] = []
    described: list[Token] = []
    capitals = _in_capitals(row)
    for token in row[trigger.index + 1 : trigger.index + 14]:
        if token.speech is not None and (unknown or described or trigger.speech is None):
            break  # "… under a contract valued at $18 billion, The Ledger Post reported"
        if token.kind == "name" and token.entity != subject and world.kind(token.entity) == "company":
            return token.entity if not described else _written(described)
        if token.kind == "word" and token.capital and not token.has("class:place") and token.text not in _NO_NAMES:
            if capitals and not (unknown or described) and (not trigger.verb or token.index > trigger.index + _CLOSE):
                break
            unknown.append(token)
        elif token.has("from"):
            if unknown or described or metric == "acquisition":
                break  # "buys Enfabrica from its founders", unlike "rents capacity from Nscale"
        elif token.has("role") and described:
            continue
        elif unknown and not described and (token.has("role", *_DESCRIBING) or token.text == "-"):
            described, unknown = unknown, []  # "Python tool-maker Astral": what comes first only describes.
        elif (unknown or described) and token.text != "-":
            break
    return _written(unknown or described) or None


def _in_capitals(row: Sequence[Token]) -> bool:
    """ "Here's One Stock to Buy Hand Over Fist": a headline whose words are all written like names."""
    words = [t for t in row if t.kind in ("word", "phrase") and len(t.text) > 3 and t.text.isalpha()]
    return len(words) > 3 and sum(t.capital for t in words) > _MOST * len(words)


def _written(tokens: Sequence[Token]) -> str:
    return " ".join(t.text for t in tokens)


def narrowed(metric: str, trigger: Token, row: Sequence[Token]) -> str | None:
    """What narrows a noun: "operating" profit, "data centre" revenue, "China" sales."""
    if metric not in OWN_KINDS or trigger.verb:
        return None
    written = trigger.text.lower()
    for kind in ("operating", "net", "pre-tax"):
        if kind in written and "profit" in written + " profit":
            return kind
    words: list[str] = []
    for token in reversed(row[max(0, trigger.index - 4) : trigger.index]):
        if (
            token.has("period", "determiner", "possessive", "prep", "and", "boundary")
            or token.verb
            or token.has("sets", "expect", "estimate", "link")
            or token.kind in ("mark", "period", "figure")
        ):
            break
        if token.kind == "name" and not token.actor:
            break
        if token.text.lower() not in _WIDE:
            words.insert(0, token.text)
    return " ".join(words).lower() or None


def manner(metric: str, reason: str, clause: Clause) -> Literal["news", "passing", "history"]:
    """As news, in passing ("which shipped ..."), or as the history behind it."""
    if reason == "an earlier figure":
        return "history"
    decreed = metric in RULER_METRICS and _decrees(clause.parent)
    return "passing" if clause.mode == "relative" and not decreed else "news"


def _decrees(clause: Clause | None) -> bool:
    """ "signed a proclamation that imposes": what a decree says is the news of whoever signs it."""
    return clause is not None and clause.verb is not None and clause.verb.has("class:decreeing")
