"""Which stories the facts of an article speak for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import isclose, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.model import Claim, Fact, LedgerEntry, Sketch
    from monitor.ports import Known

WINDOW = timedelta(days=4)
"""Time after its last article in which a story takes further ones."""
FRESH = timedelta(hours=36)
"""An older fact beside new ones is what went before."""
ONE_EVENT = timedelta(hours=24)
"""Figures of one actor that an article tells together, opened within this time, are one event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One fact's voice for its story."""

    sketch: Sketch
    fact: Fact
    title: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """All votes of an article, and what follows."""

    votes: tuple[Vote, ...]
    fresh_title: bool
    """A new fact is told in the headline."""
    actors: int = 0
    """Number of actors of known facts that the article tells, old ones included."""
    scattered: bool = False
    """It tells of three actors, and of none in its headline."""

    @property
    def stories(self) -> dict[str, list[Vote]]:
        found: dict[str, list[Vote]] = {}
        for vote in self.votes:
            found.setdefault(vote.sketch.story, []).append(vote)
        return found

    @property
    def roundup(self) -> bool:
        """Facts of three actors, or of two with the headline about neither or both, or of three stories of these."""
        stories = self.stories
        if self.actors > 2 or (self.actors > 1 and self.scattered):
            return True
        if len(stories) < 2 or len({vote.fact.actor for vote in self.votes}) < 2:
            return False
        if len(stories) > 2:
            return True
        return len({vote.sketch.story for vote in self.votes if vote.title}) != 1

    def bridged(self) -> tuple[Sketch, Sketch] | None:
        """Two stories of one actor that are one event: the headline tells both."""
        titled = {vote.sketch.story: vote for vote in self.votes if vote.title}
        if len(titled) != 2:
            return None
        one, other = titled.values()
        apart = abs(one.fact.opened - other.fact.opened)
        together = one.fact.actor == other.fact.actor and apart <= ONE_EVENT
        return (one.sketch, other.sketch) if together else None

    @property
    def best(self) -> Vote | None:
        stories = self.stories
        return max(
            self.votes,
            key=lambda v: (
                any(other.title for other in stories[v.sketch.story]),
                len(stories[v.sketch.story]),
                v.fact.opened,
                v.sketch.story,
            ),
            default=None,
        )

    @property
    def chosen(self) -> Sketch | None:
        return self.best.sketch if self.best else None

    @property
    def reason(self) -> str:
        return self.best.reason if self.best else ""

    def single(self) -> Sketch | None:
        """The one story that all facts speak for."""
        stories = self.stories
        return self.votes[0].sketch if len(stories) == 1 else None

    def mergeable(self, one: Sketch, other: Sketch) -> bool:
        """Whether two stories began as one event, the one without facts of its own or of the same day."""
        near = abs(one.opened - other.opened) <= ONE_EVENT
        bare = not any(term.startswith("f:") for sketch in (one, other)[:1] for term in sketch.terms)
        return near and bare


def count(entries: tuple[LedgerEntry, ...], headline: frozenset[Claim], known: Known, at: datetime) -> Poll:
    """The votes of an article's facts for stories that still take articles; `headline` holds those of the title."""
    new = [entry.claim for entry in entries if entry.opens and (entry.change in {"new", "record"} or entry.moved)]
    fresh_title = not headline.isdisjoint(new)
    rival = any(e.opens and e.change == "conflict" and e.claim.status != "denied" for e in entries)
    found = []
    for entry in entries:
        fact, reason = _speaks_for(entry, rival=rival)
        if fact is None or fact.story is None or (sketch := known.sketch(fact.story)) is None:
            continue
        titled = entry.claim in headline
        behind = bool(new) and at - fact.opened > FRESH and not (titled and not fresh_title)
        if at - sketch.told <= WINDOW and not behind:
            found.append(Vote(sketch=sketch, fact=fact, title=titled, reason=reason))
    actors = {entry.fact.actor for entry in entries if not entry.opens and entry.fact.story is not None}
    scattered = not headline and len({entry.fact.actor for entry in entries}) > 2
    return Poll(votes=tuple(found), fresh_title=fresh_title, actors=len(actors), scattered=scattered)


def _speaks_for(entry: LedgerEntry, *, rival: bool) -> tuple[Fact | None, str]:
    """The fact whose story the entry belongs to; none for a first figure, a later step, a rival count (`rival`: one of
    the article's own) with what it denies, or an act on something unnamed that fits more than one."""
    claim, fact, against = entry.claim, entry.fact, entry.against
    if not entry.opens:
        vague = claim.value is None and fact.product and claim.product not in (*fact.products, fact.product)
        return (None, "") if vague else (fact, f"tells a fact of this story: {fact.key}")
    if against is None:
        return None, ""
    if entry.change in {"denied", "corrected"} or (
        entry.change == "conflict" and claim.status == "denied" and not rival
    ):
        return against, f"{entry.change}: {against.key}"
    if entry.change in {"conflict", "suspect"} and _slipped(entry):
        return against, f"a slip of {against.key}"
    return None, ""


def _slipped(entry: LedgerEntry) -> bool:
    """The same digits with the decimal point elsewhere: an error, not a count of one's own."""
    ours, theirs = entry.claim.value, entry.against.value if entry.against else None
    if not ours or not theirs or ours * theirs < 0:
        return False
    powers = log10(abs(ours) / abs(theirs))
    return abs(powers) > 0.5 and isclose(powers, round(powers), abs_tol=0.005)
