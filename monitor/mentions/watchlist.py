"""What a watchlist is: entities with their names, and queries; from a shipped pack or from the user's file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from monitor.model import EntityKind

Where = Literal["before", "after", "sentence", "article"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """Words around a name that speak for (`weight` > 0) or against the sense meant."""

    where: Where
    """`before` and `after` touch the name; the others look anywhere in its sentence, or in title and text."""
    pattern: str
    """Regular expression over the folded text (lower case, simplified Chinese)."""
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """Names that mean the entity only in the right company."""

    names: tuple[str, ...]
    prior: float = 0.0
    """What the bare name is worth; 1 is certainty."""
    clues: tuple[Clue, ...] = ()
    partners: tuple[str, ...] = ()
    """Entities whose mention in the same article speaks for the sense."""
    folds: bool = False
    """True: the case of Latin letters does not matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitySpec:
    """An entity as a watchlist describes it."""

    id: str
    name: str = ""
    kind: EntityKind = "company"
    names: tuple[str, ...] = ()
    """Count on sight. A short name in capitals counts in capitals only."""
    exact: tuple[str, ...] = ()
    """Count on sight as written here, capitals and characters alike."""
    tickers: tuple[str, ...] = ()
    """Count after `$` or in brackets with or without an exchange, and as `688256.SH`."""
    senses: tuple[Sense, ...] = ()
    series: tuple[str, ...] = ()
    """Regular expressions over the folded text for unlisted generations: `hbm ?\\d[a-z]*`; each begins with letters."""
    others: tuple[str, ...] = ()
    """Longer names of others that hold one of these names: they are no mention."""
    actors: tuple[str, ...] = ()
    """Names under which the entity acts and is not named ("China", a president)."""
    maker: str | None = None
    parent: str | None = None
    country: str | None = None
    threshold: float = 0.5
    """Score from which an ambiguous name counts."""
    hits: tuple[str, ...] = ()
    """Texts that mention the entity; `[[...]]` may mark where."""
    misses: tuple[str, ...] = ()
    """Texts that do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchlist:
    """A named set of entities and queries."""

    name: str
    entities: tuple[EntitySpec, ...] = ()
    queries: tuple[str, ...] = ()
