"""The words of `mentions`: who is watched, and where an article names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from monitor.model.articles import Field

EntityKind = Literal["company", "chip", "technology", "agency", "government", "rule", "fund", "material"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """What rooms beyond `mentions` need to know of a watchlist entity."""

    id: str
    name: str
    kind: EntityKind
    maker: str | None = None
    """Of a product: who makes it."""
    parent: str | None = None
    """Of a unit: whom it belongs to; of a product: its family."""
    watchlist: str = ""
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where an entity is named; offsets are code points of the field as it came in."""

    entity: str
    text: str
    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A watchlist's query that holds of an article."""

    watchlist: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A candidate that is no mention, and why."""

    entity: str
    text: str
    field: Field
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the watchlists found in an article."""

    mentions: tuple[Mention, ...]
    actors: tuple[Mention, ...] = ()
    """Names that claims take as a subject and mentions do not ("China", "the US", its president)."""
    hits: tuple[Hit, ...] = ()
    rejected: tuple[Rejected, ...] = ()
