"""Stories by what they are about, where no fact decides: entities, figures, concepts, and words of one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from math import fsum, log2, sqrt
from typing import TYPE_CHECKING

from monitor.stories import terms
from monitor.stories.alone import stands_alone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from monitor.model import LedgerEntry, Sketch
    from monitor.ports import Known
    from monitor.stories.about import About

WINDOW = timedelta(hours=48)
"""Time after its last article in which a story takes further ones by likeness."""
RELATED = timedelta(days=7)
"""Tellings of one act lie within this time of each other."""
MAYBE = 0.25
"""Cosine from which on two articles may be about one act."""
_RECENT = timedelta(days=4)
_CANDIDATES = 10
_COUNTED = 64
"""`Known.common` counts no further."""
SAME_LANGUAGE = 0.26
ACROSS = 0.4
"""Cosines from which on two articles report one event."""
_WEIGHT = {"e": 1.0, "m": 0.0, "n": 1.2, "c": 0.7, "w": 0.5, "f": 0.0}
A_DAY = 0.1
"""What a day between them adds to these limits."""
OPENS = 0.2
"""What a fact of its own adds, where the story has told others …"""
_SETTLED = timedelta(hours=4)
"""… in full after this time: at first outlets read one event differently."""
_MISREAD = timedelta(hours=1)
"""So soon after the first report another figure for the event is a slip of the pen, later a rival count."""
_USUAL = 4.0
"""Rarity of what is not counted: concepts, words, and terms that the article does not bear."""
_PLAIN = {kind: (_USUAL * weight) ** 2 for kind, weight in _WEIGHT.items()}
"""Its square by kind."""
WORDS = 0.25
"""Cosine of the words alone, the entities' names left out, that needs no figure or topic beside the entity."""
_RARE = 2
"""A name that no more stories of these days bear tells events apart by itself, within a day."""
_UNCOMMON = 8
"""One that no more stories bear does so with a topic or a second entity."""
_IDLE = frozenset({"c:shares", "c:rating", "c:prices"})
"""Topics of every trading day."""
_LONGEST = timedelta(days=4)
"""After its first article a story takes no more by likeness: it would drift from one event to the next."""
_DAY = timedelta(hours=24)
_MANY = 4
"""An article about more entities is a round-up."""
_OPENING = timedelta(hours=6)
"""A first figure joins a story without figures (a live page, an announcement of results) within this time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    story: str
    reason: str
    score: float


class Likeness:
    """One article beside the stories of the last days; asks for them once."""

    def __init__(self, about: About, outlet: str, at: datetime, known: Known) -> None:
        self._about, self._outlet, self._at, self._known = about, outlet, at, known

    @cached_property
    def _sketches(self) -> Sequence[Sketch]:
        about = self._about
        keys = about.main | about.figures | (about.entities if len(about.entities) <= _MANY else set())
        return self._known.stories(sorted(keys), self._at - RELATED, limit=_CANDIDATES)

    @cached_property
    def _rarity(self) -> _Rarity:
        return _rarity(self._about, self._known, self._at)

    def related(self) -> frozenset[str]:
        """Stories of the last week that may be about the same, though perhaps not like enough to take the article."""
        return frozenset(
            sketch.story for sketch in self._sketches if _may_be_the_same(self._about, sketch, self._rarity)
        )

    def best(self, entries: tuple[LedgerEntry, ...]) -> Match | None:
        """The story most like the article, if it is like enough."""
        rival = any(entry.opens and entry.change == "conflict" and entry.claim.value is not None for entry in entries)
        opened = [entry.claim for entry in entries if entry.opens and entry.change != "background"]
        actors = terms.entities({claim.subject for claim in opened if claim.subject})
        recent = [sketch for sketch in self._sketches if sketch.told >= self._at - WINDOW]
        if rival:
            recent = [sketch for sketch in recent if sketch.opened >= self._at - _MISREAD]
        found = (
            _compare(self._about, sketch, self._rarity, self._outlet, self._at, opens=bool(opened))
            for sketch in recent
            if not (_of_others(actors, sketch) or stands_alone(sketch.title))
        )
        return max((match for match in found if match), key=lambda m: (m.score, m.story), default=None)


def _of_others(actors: set[str], sketch: Sketch) -> bool:
    """A first fact of somebody whom a story of other facts does not know: an event of its own."""
    return bool(actors) and actors.isdisjoint(sketch.terms) and any(term.startswith("f:") for term in sketch.terms)


def _may_be_the_same(about: About, sketch: Sketch, rarity: _Rarity) -> bool:
    across = about.language not in sketch.languages
    if _cosine(sketch, rarity, "enc" if across else "encw") < MAYBE:
        return False
    shared = _Shared.of(about, sketch, rarity, across=across)
    return shared.entities > 1 or bool(shared.amounts or shared.concepts) or shared.words >= WORDS / 2


class _Rarity:
    """The article's terms by weight, and what a cosine asks of them again and again."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._squares: dict[str, tuple[dict[str, float], float]] = {}

    def __getitem__(self, term: str) -> float:
        return self._weights[term]

    def squares(self, kinds: str) -> tuple[dict[str, float], float]:
        """Term -> weight squared, of these kinds, and the root of their sum."""
        known = self._squares.get(kinds)
        if known is None:
            squares = {term: weight**2 for term, weight in self._weights.items() if term[0] in kinds}
            known = self._squares[kinds] = squares, sqrt(fsum(squares.values()))
        return known


def _rarity(about: About, known: Known, at: datetime) -> _Rarity:
    """The fewer stories of these days bear an entity or figure, the more it says."""
    counted = known.common(sorted(about.entities | about.figures), at - _RECENT)
    weights = {term: _USUAL * _WEIGHT[term[0]] for term in about.terms}
    for term in about.entities | about.figures:
        weights[term] = _WEIGHT[term[0]] * (1 + log2(_COUNTED / max(1, counted.get(term, 0))))
    return _Rarity(weights)


def _compare(about: About, sketch: Sketch, rarity: _Rarity, outlet: str, at: datetime, *, opens: bool) -> Match | None:
    if at - sketch.opened > _LONGEST:
        return None
    apart = at - sketch.told
    across = about.language not in sketch.languages
    score = _cosine(sketch, rarity, "enc" if across else "encw")
    limit = (ACROSS if across else SAME_LANGUAGE) + A_DAY * (apart / _DAY)
    if opens and any(term.startswith("f:") for term in sketch.terms):
        limit += OPENS * min(1.0, apart / _SETTLED)
    if score < limit:
        return None
    shared = _Shared.of(about, sketch, rarity, across=across)
    if not shared.one_event(about, apart) or (sketch.feeds == {outlet} and not shared.amounts):
        return None
    if opens and apart > _OPENING and not shared.amounts:
        return None
    return Match(story=sketch.story, reason=f"{_shared(about, sketch)} (likeness {score:.2f})", score=score)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """What an article and a story have in common, by how much it says."""

    main: bool
    """The headlines name an entity in common."""
    entities: int
    rarest: float
    """Weight of the rarest entity in common."""
    amounts: int
    shares: int
    """Percentages."""
    concepts: int
    words: float
    """Cosine of the words alone, names left out; 0 across languages."""
    other_topic: bool
    """Both have topics and share none, or are of one language and share no words."""

    @classmethod
    def of(cls, about: About, sketch: Sketch, rarity: _Rarity, *, across: bool) -> _Shared:
        both = about.terms & sketch.terms.keys()
        entities = [term for term in both if term[0] == "e"]
        figures = [term for term in both if term[0] == "n"]
        concepts = [term for term in both if term[0] == "c" and term not in _IDLE]
        words = 0.0 if across else _cosine(sketch, rarity, "w")
        topics = bool(about.concepts) and any(term[0] == "c" for term in sketch.terms)
        return cls(
            main=any(term[0] == "m" for term in both),
            entities=len(entities),
            rarest=max((rarity[term] for term in entities), default=0.0),
            amounts=sum(not term.endswith("%") for term in figures),
            shares=sum(term.endswith("%") for term in figures),
            concepts=len(concepts),
            words=words,
            other_topic=(topics and not about.concepts & both) or (not across and words < WORDS / 2),
        )

    def one_event(self, about: About, apart: timedelta) -> bool:
        """An entity of both headlines, and beside it a figure, a topic or the words; or a figure, of few entities."""
        if not self.main:
            return len(about.entities) <= _MANY and self._without_headline(about)
        if self.amounts or self.words >= WORDS:
            return True
        rare = self.rarest >= _weight_of(_RARE) and apart <= _DAY and not self.other_topic
        topical = self.concepts + min(self.shares, 1) > 1 or (self.concepts > 0 and apart <= _OPENING)
        uncommon = self.rarest >= _weight_of(_UNCOMMON)
        return rare or topical or (uncommon and self.concepts + self.entities > 1)

    def _without_headline(self, about: About) -> bool:
        if self.entities > 2:
            return True
        figures = self.amounts or (self.shares and self.entities > 1)
        return bool(figures and self.entities and not about.main) or (self.words >= WORDS and self.entities > 1)


def _weight_of(stories: int) -> float:
    """Weight of an entity that this number of stories bears."""
    return _WEIGHT["e"] * (1 + log2(_COUNTED / stories))


def _cosine(sketch: Sketch, rarity: _Rarity, kinds: str) -> float:
    """Of the article's terms of these kinds with those that a third of the story's articles bear."""
    ours, size = rarity.squares(kinds)
    shared = theirs = 0.0
    least = sketch.articles / 3
    for term, number in sketch.terms.items():
        if number >= least and term[0] in kinds:
            square = ours.get(term)
            if square is None:
                theirs += _PLAIN[term[0]]
            else:
                shared += square
                theirs += square
    return shared / (size * sqrt(theirs)) if size and theirs else 0.0


def _shared(about: About, sketch: Sketch) -> str:
    both = sorted(term.partition(":")[2] for term in about.terms & sketch.terms.keys() if term[0] in "enc")
    return f"about the same: {', '.join(both[:6])}"
