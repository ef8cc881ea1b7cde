"""The examples beside each entity of a watchlist, tried: texts that must, and must not, mention it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypedDict

from monitor.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.mentions.lexicon import Lexicon
    from monitor.mentions.watchlist import EntitySpec, Watchlist

_MARK = re.compile(r"\[\[|\]\]")


class FailedExample(TypedDict):
    """An example that did not come out as the watchlist says."""

    entity: str
    text: str
    problem: str


def failures(lexicon: Lexicon, watchlists: Iterable[Watchlist]) -> list[FailedExample]:
    """Every example of the watchlists that fails."""
    return [failed for watchlist in watchlists for spec in watchlist.entities for failed in _failed(lexicon, spec)]


def _failed(lexicon: Lexicon, spec: EntitySpec) -> Iterator[FailedExample]:
    for text in spec.hits:
        found = _spans(lexicon, spec.id, _MARK.sub("", text))
        marked = _marked(text)
        if not found:
            yield FailedExample(entity=spec.id, text=text, problem="should mention it, and does not")
        elif marked and not set(marked) <= set(found):
            yield FailedExample(entity=spec.id, text=text, problem=f"mentions it elsewhere: {found}")
    for text in spec.misses:
        if found := _spans(lexicon, spec.id, text):
            words = ", ".join(repr(text[start:end]) for start, end in found)
            yield FailedExample(entity=spec.id, text=text, problem=f"should not mention it, but {words} does")


def _spans(lexicon: Lexicon, entity: str, text: str) -> list[tuple[int, int]]:
    reading = lexicon.read(Article(id="example", title="", text=text))
    return [(mention.start, mention.end) for mention in reading.mentions if mention.entity == entity]


def _marked(text: str) -> list[tuple[int, int]]:
    """Spans between `[[` and `]]`, counted without the marks."""
    places = [match.start() - 2 * number for number, match in enumerate(_MARK.finditer(text))]
    return list(zip(places[::2], places[1::2], strict=True))
