"""An article's terms, gathered once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from monitor.stories import terms
from monitor.text.fold import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.model import Article, Claim, Reading


@dataclass(frozen=True)
class About:
    """Terms by kind: `e:` entities, `m:` entities of the title, `n:` figures, `c:` concepts, `w:` words, `f:` facts."""

    language: str
    entities: frozenset[str]
    main: frozenset[str]
    """Entities of the title, as `m:`."""
    figures: frozenset[str]
    concepts: frozenset[str]
    words: frozenset[str]
    facts: frozenset[str]

    def with_facts(self, keys: Iterable[str]) -> About:
        """The same with the facts that it tells, by their keys."""
        return replace(self, facts=frozenset(terms.facts(keys)))

    @cached_property
    def terms(self) -> frozenset[str]:
        return self.entities | self.main | self.figures | self.concepts | self.words | self.facts

    def keys(self, limit: int) -> tuple[str, ...]:
        """What the story is found by and counted for: the telling kinds first."""
        ordered = [*sorted(self.main), *sorted(self.entities), *sorted(self.figures)]
        return tuple(ordered[:limit])


def about(article: Article, reading: Reading, claims: Iterable[Claim]) -> About:
    """What the article is about, as far as title and lead tell; entities from the whole of it; no facts yet."""
    head = terms.head(article)
    mentioned = {mention.entity for mention in reading.mentions}
    mentioned |= {id_ for claim in claims for id_ in (claim.subject, claim.product) if id_}
    titled = [mention.entity for mention in reading.mentions if mention.field == "title"]
    return About(
        language=article.language or "",
        entities=frozenset(terms.entities(mentioned)),
        main=frozenset(terms.titled(titled)),
        figures=frozenset(terms.figures(head)),
        concepts=frozenset(terms.concepts(head)),
        words=frozenset(terms.words(head) - _names(reading)),
        facts=frozenset(),
    )


def headline(article: Article, reading: Reading, claims: Iterable[Claim]) -> frozenset[Claim]:
    """The claims that the headline tells: by its own words, by the figure in it, or by the thing of an act."""
    figures = terms.figures(folded(article.title))
    named = {mention.entity for mention in reading.mentions if mention.field == "title"}

    def told(claim: Claim) -> bool:
        if claim.field == "title":
            return True
        if claim.value is not None:
            return terms.figure(claim.value, claim.unit) in figures
        return (claim.product or claim.subject) in named

    return frozenset(filter(told, claims))


def _names(reading: Reading) -> set[str]:
    """The words of which mentions consist: they tell no more than the entities do."""
    return {term for text in {mention.text for mention in reading.mentions} for term in terms.words(folded(text))}
