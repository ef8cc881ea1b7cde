"""Stories by what they are about, where no fact decides: entities, figures, concepts, and words of one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import log2, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from monitor.model import LedgerEntry, Sketch
    from monitor.ports import Known
    from monitor.stories.about import About

WINDOW = timedelta(hours=48)
_RECENT = timedelta(days=4)
_CANDIDATES = 24
_COUNTED = 64
"""`Known.common` counts no further."""
SAME_LANGUAGE = 0.42
ACROSS = 0.5
"""Cosines from which on two articles report one event."""
_WEIGHT = {"e": 1.0, "n": 1.2, "c": 0.7, "w": 0.5, "f": 0.0}
_OPENING = timedelta(hours=6)
"""A first figure joins a story without figures (a live page, an announcement of results) within this time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    story: str
    reason: str
    score: float


def best(about: About, entries: tuple[LedgerEntry, ...], outlet: str, at: datetime, known: Known) -> Match | None:
    """The story most like the article, if it is like enough."""
    if any(entry.opens and entry.change == "conflict" for entry in entries):
        return None
    opens = any(entry.opens and entry.change != "background" for entry in entries)
    keys = about.main | about.figures | about.concepts
    sketches = known.stories(sorted(keys), at - WINDOW, limit=_CANDIDATES)
    if not sketches:
        return None
    rarity = _rarity(about, known, at)
    matches = [
        match
        for sketch in sketches
        if (match := _compare(about, sketch, rarity, outlet, at - sketch.told, opens=opens)) is not None
    ]
    return max(matches, key=lambda m: (m.score, m.story), default=None)


def _rarity(about: About, known: Known, at: datetime) -> dict[str, float]:
    """Term -> weight: the fewer stories of these days bear it, the more it says."""
    counted = known.common(sorted(about.terms), at - _RECENT)
    return {term: _WEIGHT[term[0]] * (1 + log2(_COUNTED / max(1, counted.get(term, 0)))) for term in about.terms}


def _compare(
    about: About, sketch: Sketch, rarity: Mapping[str, float], outlet: str, apart: timedelta, *, opens: bool
) -> Match | None:
    told = any(term.startswith("f:") for term in sketch.terms)
    if opens and (told or apart > _OPENING):
        return None
    if not _about_the_same(about, sketch):
        return None
    across = about.language not in sketch.languages
    kinds = "enc" if across else "encw"
    score = _cosine(about.terms, sketch, rarity, kinds)
    limit = ACROSS if across else SAME_LANGUAGE
    if outlet in sketch.feeds:
        limit += 0.15
    if score < limit:
        return None
    return Match(story=sketch.story, reason=f"{_shared(about, sketch)} (likeness {score:.2f})", score=score)


def _about_the_same(about: About, sketch: Sketch) -> bool:
    """An entity of the headline in common, and beside it a figure, a concept or a second entity."""
    if not about.main & sketch.terms.keys():
        return False
    beside = (about.figures | about.concepts) & sketch.terms.keys()
    return bool(beside) or len(about.entities & sketch.terms.keys()) > 1


def _cosine(terms: Iterable[str], sketch: Sketch, rarity: Mapping[str, float], kinds: str) -> float:
    ours = {term: rarity[term] for term in terms if term[0] in kinds}
    core = {term for term, number in sketch.terms.items() if term[0] in kinds and number * 3 >= sketch.articles}
    theirs = {term: rarity.get(term, _WEIGHT[term[0]] * 4) for term in core}
    shared = sum(weight**2 for term, weight in ours.items() if term in theirs)
    size = sqrt(sum(w**2 for w in ours.values())) * sqrt(sum(w**2 for w in theirs.values()))
    return shared / size if size else 0.0


def _shared(about: About, sketch: Sketch) -> str:
    both = sorted(term.partition(":")[2] for term in about.terms & sketch.terms.keys() if term[0] in "enc")
    return f"about the same: {', '.join(both[:6])}"
