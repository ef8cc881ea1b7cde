"""The words of `stories`: which articles tell one event."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

StoryRole = Literal["first", "copy", "report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is kept of a story to recognise further articles of it; of bounded size."""

    story: str
    opened: datetime
    told: datetime
    """Published time of its first and last article, UTC."""
    articles: int = 1
    title: str = ""
    """Of its first article."""
    terms: Mapping[str, int] = field(default_factory=dict)
    """Term -> number of its articles that hold it: entities `e:`, figures `n:`, facts `f:`, words `w:`."""
    feeds: frozenset[str] = frozenset()
    """`outlet` of each of its articles."""
    languages: frozenset[str] = frozenset()
    alerted: tuple[str, ...] = ()
    """Names of the watchlist rules that have alerted it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two stories turned out to be one: `story` ends, `into` goes on with its articles."""

    story: str
    into: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """To which story an article belongs, and what to remember of it."""

    story: str
    role: StoryRole
    reason: str
    copy_of: str | None = None
    """Id of the article whose text it repeats."""
    sketch: Sketch
    """Of its story, this article included."""
    shingles: tuple[int, ...] = ()
    """Sampled hashes of its text, 63 bits each, at most 192: what `Known.copies` searches."""
    keys: tuple[str, ...] = ()
    """What `Known.stories` finds its story by; at most 48."""
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """An earlier article that shares shingles with a new one."""

    article: str
    story: str
    outlet: str
    feed: str | None
    url: str | None
    published: datetime
    """Of an undated article: when it was first seen."""
    shared: int
    """Number of the asked shingles that it holds."""
    total: int
    """Number of its own shingles."""
