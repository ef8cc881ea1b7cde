"""What an article's names are, and what has been spoken of so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monitor.claims.headings import Heading
    from monitor.claims.lexicon import Entry
    from monitor.claims.tables import Column
    from monitor.model import Claim, Entity

ORGANISATIONS = frozenset({"company", "agency", "government", "fund"})
MEMORY = 2
"""Sentences that tell nothing after which an elliptic figure has no word to go back to."""
RULERS = frozenset({"agency", "government"})


@dataclass(slots=True)
class World:
    """The watchlists' entities, and the discourse: whom "it" and "the cards" mean at this point of the article."""

    entities: Mapping[str, Entity]
    company: str | None = None
    """The company that was last subject."""
    ruler: str | None = None
    product: str | None = None
    headline: str | None = None
    """Subject of the title, until the body names one of its own."""
    entry: Entry | None = None
    """The word that held the last figure."""
    period: str | None = None
    """The one that a report of results is about."""
    told_period: str | None = None
    """The last one told."""
    rates: dict[str, str | None] = field(default_factory=dict)
    """Metric -> "per month" of its last figure."""
    mentioned: list[str] = field(default_factory=list)
    """Companies in the order of their last mention."""
    pair: tuple[str, str] | None = None
    """The two companies of the last sentence that named companies: "the former", "the latter"."""
    analyst: bool = False
    """The last speaker was a forecaster."""
    nouns: dict[str, Entry] = field(default_factory=dict)
    """Kind of figure -> the last noun that holds such figures, even where none was told."""
    products: dict[str, str] = field(default_factory=dict)
    """Metric -> product of its last figure."""
    units: dict[str, str] = field(default_factory=dict)
    """Metric -> unit of its last figure."""

    heading: Heading | None = None
    """The line with a colon under which the list stands that is being read."""
    columns: tuple[Column, ...] = ()
    """Of the table that is being read."""
    last: Claim | None = None
    """The last claim with a figure."""
    currency: str = ""
    """Of the last sum of money."""
    act: tuple[Entry, str | None, str | None] | None = None
    """The last act told: its word, actor and product."""
    kinds: dict[str, Entry] = field(default_factory=dict)
    """Kind of figure -> the word that held the last such figure."""
    controlled: bool = False
    """A control on exports was told."""
    site: bool = False
    """A plant was spoken of in the sentence before."""
    silent: int = 0
    """Sentences since the last that told a figure or an act."""

    def forget(self) -> None:
        """Between items that have nothing to do with each other: who and what was spoken of."""
        self.company = self.ruler = self.product = self.headline = None

    def listen(self, *, spoke: bool) -> None:
        """After each sentence: what a bare figure would go back to is forgotten when nothing was told for a while."""
        self.silent = 0 if spoke else self.silent + 1
        if self.silent >= MEMORY:
            self.entry = self.act = None
            self.kinds.clear()
            self.nouns.clear()

    def kind(self, entity: str | None) -> str:
        known = self.entities.get(entity) if entity else None
        return known.kind if known else ""

    def is_org(self, entity: str | None) -> bool:
        return self.kind(entity) in ORGANISATIONS

    def is_ruler(self, entity: str | None) -> bool:
        return self.kind(entity) in RULERS

    def is_thing(self, entity: str | None) -> bool:
        return self.kind(entity) in ("chip", "technology", "rule", "material")

    def government_of(self, country: str) -> str | None:
        """The government among the watchlists' entities that rules a country (ISO code)."""
        return next((k for k, e in self.entities.items() if e.kind == "government" and e.country == country), None)

    def maker(self, entity: str | None) -> str | None:
        known = self.entities.get(entity) if entity else None
        return known.maker if known else None

    def most_specific(self, things: Iterable[str]) -> list[str]:
        """Without those that are the family of another; "export controls" only where nothing else is named."""
        unique = list(dict.fromkeys(things))
        kept = [t for t in unique if not any(self.within(other, t) for other in unique if other != t)]
        return [t for t in kept if t != "export-controls"] or kept

    def within(self, thing: str, family: str) -> bool:
        known = self.entities.get(thing)
        while known is not None and known.parent is not None:
            if known.parent == family:
                return True
            known = self.entities.get(known.parent)
        return False

    def one(self, entity: str, other: str | None) -> bool:
        """Whether two ids are one actor: the same, or one part of the other."""
        return other is not None and (entity == other or self.within(entity, other) or self.within(other, entity))

    def mention(self, entity: str) -> None:
        if entity in self.mentioned:
            self.mentioned.remove(entity)
        self.mentioned.append(entity)

    def last_of(self, trade: frozenset[str]) -> str | None:
        """The company of a trade that was named last."""
        return next((e for e in reversed(self.mentioned) if e in trade), None)

    def saw_subject(self, entity: str | None) -> None:
        if entity is None:
            return
        if self.is_ruler(entity):
            self.ruler = entity
        else:
            self.company = entity
