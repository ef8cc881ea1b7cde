"""To which story an article belongs: by copies, by the facts that it tells, by what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from monitor.model import Merge, Placing, Sketch
from monitor.stories import votes
from monitor.stories.alone import alone

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.model import Article, Claim, LedgerEntry, Near, StoryRole
    from monitor.ports import Known
    from monitor.stories.about import About
    from monitor.stories.alike import Likeness

_KEYS = 48
_TERMS = 128
"""Terms kept of a story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A story, or none for a new one, with the reason."""

    story: str | None
    reason: str
    merges: tuple[Merge, ...] = ()


@dataclass(kw_only=True)
class Placer:
    """What is known of one article when its story is decided."""

    article: Article
    outlet: str
    at: datetime
    about: About
    entries: tuple[LedgerEntry, ...]
    headline: frozenset[Claim]
    """Claims that the headline tells."""
    shingles: tuple[int, ...]
    copy: Near | None
    likeness: Likeness
    known: Known

    def place(self) -> Placing:
        choice = self._choose()
        sketch = self.known.sketch(choice.story) if choice.story else None
        role: StoryRole = "first" if sketch is None else "copy" if self.copy is not None else "report"
        return Placing(
            story=sketch.story if sketch else _named(self.article),
            role=role,
            reason=choice.reason,
            copy_of=self.copy.article if self.copy else None,
            sketch=self._sketch(sketch, choice.merges),
            shingles=self.shingles,
            keys=self.about.keys(_KEYS),
            merges=choice.merges,
        )

    def _choose(self) -> Choice:
        again = self.known.placed(self.article.id)
        if again is not None:
            return Choice(story=again, reason="a new version of an article of this story")
        poll = votes.count(self.entries, self.headline, self.known, self.at)
        if self.copy is not None:
            return self._with_copy(self.copy, poll)
        if reason := alone(self.article):
            return Choice(story=None, reason=reason)
        return self._by_facts(poll) or self._by_likeness()

    def _with_copy(self, copy: Near, poll: votes.Poll) -> Choice:
        reason = f"repeats the text of {copy.outlet} ({copy.shared} of {min(copy.total, len(self.shingles))} shingles)"
        own = self.known.sketch(copy.story)
        other = poll.single()
        if own is None or other is None or other.story == own.story or not poll.mergeable(own, other):
            return Choice(story=copy.story, reason=reason)
        return self._merged(own, other, reason)

    def _merged(self, one: Sketch, other: Sketch, reason: str) -> Choice:
        older, younger = sorted((one, other), key=lambda s: (s.opened, s.story))
        why = f"{self.outlet} tells the events of both in {self.article.id}"
        merge = Merge(story=younger.story, into=older.story, reason=why)
        return Choice(story=older.story, reason=f"{reason}; joins two stories", merges=(merge,))

    def _by_facts(self, poll: votes.Poll) -> Choice | None:
        if poll.roundup:
            return Choice(story=None, reason="a round-up: tells facts of several stories")
        if pair := poll.bridged():
            return self._merged(*pair, "tells the facts of two stories in its headline")
        if poll.chosen is not None:
            return Choice(story=poll.chosen.story, reason=poll.reason)
        return None

    def _by_likeness(self) -> Choice:
        best = self.likeness.best(self.entries)
        if best is None:
            return Choice(story=None, reason="no earlier article reports this event")
        return Choice(story=best.story, reason=best.reason)

    def _sketch(self, known: Sketch | None, merges: tuple[Merge, ...]) -> Sketch:
        parts = [sketch for merge in merges if (sketch := self.known.sketch(merge.story))]
        if known is not None:
            parts.insert(0, known)
        terms = dict.fromkeys(self.about.terms, 1)
        for part in parts:
            for term, number in part.terms.items():
                terms[term] = terms.get(term, 0) + number
        kept = sorted(terms.items(), key=lambda pair: (pair[0][0] == "w", -pair[1], pair[0]))[:_TERMS]
        again = self.known.placed(self.article.id) is not None
        return Sketch(
            story=parts[0].story if parts else _named(self.article),
            opened=min([self.at, *(part.opened for part in parts)]),
            told=max([self.at, *(part.told for part in parts)]),
            articles=sum(part.articles for part in parts) + (not again),
            title=min(parts, key=lambda part: part.opened).title if parts else self.article.title,
            terms=dict(kept),
            feeds=frozenset({self.outlet}).union(*(part.feeds for part in parts)),
            languages=frozenset({self.about.language}).union(*(part.languages for part in parts)),
            alerted=tuple(dict.fromkeys(name for part in parts for name in part.alerted)),
        )


def _named(article: Article) -> str:
    """The id of the story that an article opens."""
    return "s" + blake2b(article.id.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
