"""One article's view of the ledger: what is known, and what the article itself has changed so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from monitor.ledger.keys import CLASSES, fact_key, lookup_keys
from monitor.ledger.same import TWO_SIDED, Setting
from monitor.ledger.sources import better, outlet_of, voice_of
from monitor.model import Fact, Reading
from monitor.text.fold import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime, timedelta

    from monitor.ledger.kinship import Kinship
    from monitor.model import Article, Change, Claim, Finding, Number
    from monitor.ports import Known

_SPREAD = 1.6
"""Farther apart than this no two figures agree, ranges included, unless a range is wider than that itself."""
_LEAD = 160
"""Characters of the text within which its news begins."""
_LIMIT = 40
"""Facts looked at for each key; the last told come first."""


@dataclass(kw_only=True)
class Page:
    """Facts opened or touched here answer before those of the store."""

    article: Article
    at: datetime
    """The article's clock, UTC."""
    claims: tuple[Claim, ...]
    known: Known
    kin: Kinship
    copied: str | None = None
    """Outlet whose text the article repeats."""
    earlier: tuple[Finding, ...] = ()
    """What earlier versions of it told."""
    versions: tuple[str, ...] = ()
    """Articles that are earlier versions of it: its own id, another entry of its outlet at the same address."""
    reposted: date | None = None
    roundup: bool = False
    """It calls itself a round-up."""
    reading: Reading = field(default_factory=lambda: Reading(mentions=()))
    stories: Callable[[], frozenset[str]] | None = None
    """Asks for the stories that may be about the same; None: not known."""
    headline: frozenset[Claim] | None = None
    """Claims that the headline tells; None: not known, so any may be."""
    told: list[tuple[Claim, str]] = field(default_factory=list)
    """The claims assessed so far, with the key of the fact that each tells."""
    touched: dict[str, Fact] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)

    @cached_property
    def outlet(self) -> str:
        return outlet_of(self.article)

    def targets(self, claim: Claim) -> frozenset[str]:
        """Whom the claim's sentence names beside its subject, makers of its product left out; roots."""
        text = self.article.title if claim.field == "title" else self.article.text
        start = text.find(claim.evidence)
        if start < 0:
            return frozenset()
        end = start + len(claim.evidence)
        named = {
            self.kin.root(mention.entity)
            for mention in self.reading.mentions
            if mention.field == claim.field and start <= mention.start < end and self.kin.is_actor(mention.entity)
        }
        own = {self.kin.actor(claim.subject, claim.product), self.kin.root(self.kin.maker(claim.product))}
        return frozenset(named - own)

    def setting(self, claim: Claim, fact: Fact, apart: timedelta | None = None) -> Setting:
        """What a comparison of the claim with the fact needs to know; `apart` stands in for the time between them."""
        between = abs(self.at - fact.told) if apart is None else apart
        own = fact.key in self.opened
        return Setting(
            self.kin, between, self.targets(claim), self.names, lambda: not own and self.related(fact, unknown=False)
        )

    def related(self, fact: Fact, *, unknown: bool) -> bool:
        """Whether the fact's story may be about the same as the article; `unknown` where nobody can say."""
        if any(finding.fact == fact.key for finding in self.earlier):
            return True
        if self._related is None or fact.story is None:
            return unknown
        sketch = self.known.sketch(fact.story)
        return sketch is not None and sketch.story in self._related

    @cached_property
    def _related(self) -> frozenset[str] | None:
        return None if self.stories is None else self.stories()

    def names(self, party: str) -> bool:
        """Whether the article names a party: an entity by a mention, another by its words."""
        if self.kin.known(party):
            return any(self.kin.root(mention.entity) == self.kin.root(party) for mention in self.reading.mentions)
        return folded(party).removesuffix("'s") in self._text

    def own_news(self, claim: Claim) -> bool:
        """Whether the headline tells the claim; of a headline that names nobody, whether the first sentences tell it
        and the article is about nobody else."""
        if self.headline is None or claim in self.headline:
            return True
        actors = {self.kin.actor(told.subject, told.product) for told in self.claims}
        if len(actors) > 1 or any(mention.field == "title" for mention in self.reading.mentions):
            return False
        return claim.told == "news" and 0 <= self.article.text.find(claim.evidence) <= _LEAD

    @cached_property
    def _text(self) -> str:
        return folded(f"{self.article.title}\n{self.article.text}")

    def alike(self, claim: Claim) -> Iterator[Fact]:
        """Facts that might be the same: of metric and unit, near in value, or the latest acts."""
        keys = lookup_keys(claim, self.kin)
        found: dict[str, Fact] = {}
        for key in keys:
            if claim.value is None:
                stored = self.known.recent(claim.metric, claim.unit, key, limit=_LIMIT)
            else:
                low, high = _window(claim.value, claim.value_max)
                stored = self.known.alike(claim.metric, claim.unit, key, low, high, limit=_LIMIT)
            found |= {fact.key: fact for fact in stored}
        return self._current(claim, found, set(keys))

    def series(self, claim: Claim) -> Iterator[Fact]:
        """The latest and the highest facts of the claim's actor, of any series of metric and unit."""
        key = lookup_keys(claim, self.kin)[0]
        found = {f.key: f for f in self.known.recent(claim.metric, claim.unit, key, limit=_LIMIT)}
        found |= {f.key: f for f in self.known.highest(claim.metric, claim.unit, key, limit=_LIMIT // 4)}
        return self._current(claim, found, {key})

    def _current(self, claim: Claim, found: dict[str, Fact], keys: set[str]) -> Iterator[Fact]:
        for fact in self.touched.values():
            if (fact.metric, fact.unit) == (claim.metric, claim.unit) and keys & set(fact.keys):
                found[fact.key] = fact
        return (self.touched.get(key, fact) for key, fact in found.items())

    def fact(self, key: str) -> Fact | None:
        return self.touched.get(key) or self.known.fact(key)

    def open(self, claim: Claim, change: Change, **more: Any) -> Fact:
        """A new fact that the claim tells."""
        key = fact_key(claim, self.kin, lambda name: self.fact(name) is not None)
        fact = Fact(
            key=key,
            metric=claim.metric,
            unit=claim.unit,
            actor=self.kin.actor(claim.subject, claim.product),
            subject=claim.subject,
            product=claim.product,
            product_name=claim.product_name,
            of=claim.of,
            value=claim.value,
            value_max=claim.value_max,
            bound=claim.bound,
            status=claim.status,
            status_class=CLASSES[claim.status],
            period=claim.period,
            act=claim.act,
            dated=claim.dated,
            targets=tuple(sorted(self.targets(claim))),
            keys=self._keys(claim),
            opened=self.at,
            told=self.at,
            article=self.article.id,
            outlet=self.outlet,
            evidence=claim.evidence,
            attribution=claim.attribution,
            change=change,
            voice=voice_of(self.article, claim),
            official=voice_of(self.article, claim) == "record",
            outlets=(self.outlet,),
            cites=(claim.cites,) if claim.cites else (),
            **more,
        )
        self.opened.add(key)
        return self.keep(fact)

    def _keys(self, claim: Claim) -> tuple[str, ...]:
        """A deal is also looked up by whom its sentence names beside the subject."""
        beside = sorted(self.targets(claim)) if claim.metric in TWO_SIDED else ()
        return tuple(dict.fromkeys((*lookup_keys(claim, self.kin), *beside)))

    def tell(self, fact: Fact, claim: Claim, *, independent: bool) -> Fact:
        """The fact told once more."""
        counted, listed = list(fact.outlets), list(fact.listed)
        if independent:
            counted.append(self.outlet)
        elif self.outlet not in counted and self.outlet not in listed:
            listed.append(self.outlet)
        voice = voice_of(self.article, claim)
        return self.keep(
            replace(
                fact,
                told=max(fact.told, self.at),
                outlets=tuple(counted),
                listed=tuple(listed),
                cites=tuple(dict.fromkeys((*fact.cites, *((claim.cites,) if claim.cites else ())))),
                voice=better(fact.voice, voice),
                official=fact.official or voice == "record",
                period=fact.period or claim.period,
                of=fact.of or self._party(fact, claim),
                targets=tuple(sorted({*fact.targets, *self.targets(claim)})),
            )
        )

    def _party(self, fact: Fact, claim: Claim) -> str | None:
        """The other party of a fact by one telling: whom the claim names or, told from the other side, who acts."""
        if claim.of is None or self.kin.root(claim.of) != fact.actor:
            return claim.of
        actor = self.kin.actor(claim.subject, claim.product)
        return actor if actor and actor != fact.actor else None

    def discard(self, fact: Fact) -> None:
        """Unopen a fact of this article."""
        self.opened.discard(fact.key)
        del self.touched[fact.key]

    def keep(self, fact: Fact) -> Fact:
        self.touched[fact.key] = fact
        return fact


def _window(value: Number, value_max: Number | None) -> tuple[float, float]:
    ends = [value, value if value_max is None else value_max]
    reach = [end * share for end in ends for share in (_SPREAD, 1 / _SPREAD)]
    return min(reach), max(reach)
