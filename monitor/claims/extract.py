"""Article + Mentions -> Claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.claims import numbers
from monitor.claims.clausal.sentence import Reader
from monitor.claims.domain import concerns
from monitor.claims.draft import Explanation, Passed
from monitor.claims.lexicon import Lexicon, lexicon
from monitor.claims.merge import merged
from monitor.claims.naming import named
from monitor.claims.rejoinder import denied
from monitor.claims.retraction import retracted
from monitor.claims.rows import rows
from monitor.claims.sanity import sane
from monitor.claims.telling import corrected, put_aside
from monitor.claims.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from monitor.claims.draft import Drawn
    from monitor.claims.marked import MarkedReader
    from monitor.claims.rows import Row
    from monitor.claims.topics import TopicReader
    from monitor.model import Article, Claim, Entity, Field, Reading

FALLBACK_LANGUAGE = "en"
ITEMS = 3
"""Headlines in one that make a digest."""
_ITEM = re.compile(r"[；;]\s*\S")


def extract(article: Article, reading: Reading, entities: Mapping[str, Entity]) -> tuple[Claim, ...]:
    """The claims of an article, in order of place; each figure stands at its span of the stored text.

    Pure and deterministic; the cost is linear in the length of the article. Articles that name nobody give none.
    """
    return tuple(drawn.claim for drawn in explain(article, reading, entities).drawn)


def explain(article: Article, reading: Reading, entities: Mapping[str, Entity]) -> Explanation:
    """The claims of an article with pattern, tokens and reasons, and for every other figure why it made none."""
    if not reading.mentions and not (reading.actors and concerns(article)):
        return Explanation()
    words = lexicon(article.language or FALLBACK_LANGUAGE)
    if words is None:
        return Explanation(passed=tuple(_without_tables(article)))
    world = World(entities)
    reader = _reader(words)(world, words, article)
    drawn, passed = _read(reader, article, reading, words, world)
    if not drawn:
        return Explanation(passed=tuple(passed))
    kept, dropped = merged(reader.settled(drawn), world)
    kept = sane(kept, article, world)
    told = retracted(article, corrected(put_aside(kept)), words.language)
    return Explanation(drawn=tuple(told), passed=tuple(passed + dropped))


def _read(
    reader: Reader | TopicReader | MarkedReader, article: Article, reading: Reading, words: Lexicon, world: World
) -> tuple[list[Drawn], list[Passed]]:
    """What the sentences tell, each read once one that may tell something follows: behind the last such none is."""
    drawn: list[Drawn] = []
    passed: list[Passed] = []
    waiting: list[Row] = []
    digest = _digest(article.title)
    fields: tuple[Field, ...] = ("title", "text")
    for field in fields:
        last = 0
        for row in rows(field, article, reading, words):
            waiting.append(row)
            if not reader.may_tell(row):
                continue
            for one in waiting:
                reader.leave()
                if digest:
                    world.forget()
                tokens = one.tokens()
                found, left = reader.read(one.place, tokens)
                if not found and reader.takes_back(tokens):
                    drawn[last:] = denied(drawn[last:])
                last = len(drawn)
                drawn += named(found, tokens, one.place.text)
                passed += left
            waiting.clear()
    return drawn, passed


def _reader(words: Lexicon) -> type[Reader | TopicReader | MarkedReader]:
    """Loaded with the first article that needs it: most desks read one language or two."""
    if words.topic_chains:
        from monitor.claims.topics import TopicReader

        return TopicReader
    if words.marked:
        from monitor.claims.marked import MarkedReader

        return MarkedReader
    return Reader


def _digest(title: str) -> bool:
    """Whether a headline strings the news of many together: "A; B; C". Who "the company" is, each item says anew."""
    return len(_ITEM.findall(title)) >= ITEMS - 1


def _without_tables(article: Article) -> Iterator[Passed]:
    """Every figure of an article whose language has no tables of claims, with that as the reason."""
    reason = f"there are no tables of claims for the language {article.language!r}"
    fields: tuple[tuple[Field, str], ...] = (("title", article.title), ("text", article.text))
    for field, text in fields:
        for quantity in numbers.quantities(text, article.language):
            start, end = quantity.start, quantity.end
            yield Passed(field=field, start=start, end=end, text=text[start:end], reason=reason)
