"""What one desk watches for, compiled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from monitor.ledger import Kinship
    from monitor.model import Article, Claim, Entity, Number, Reading, Rule


class Reader(Protocol):
    """Finds what the watchlists name in an article."""

    def read(self, article: Article) -> Reading: ...


@dataclass(frozen=True)
class Desk:
    """What one desk watches for, compiled; the same for every article until the configuration changes."""

    lexicon: Reader
    extract: Callable[[Article, Reading, Mapping[str, Entity]], tuple[Claim, ...]]
    entities: Mapping[str, Entity]
    rules: tuple[Rule, ...]
    max_age: timedelta = timedelta(hours=72)
    """Older articles raise no alert, unless a rule has its own limit."""

    @cached_property
    def kin(self) -> Kinship:
        """Who belongs to whom among the entities."""
        from monitor.ledger import Kinship

        return Kinship(self.entities)

    @cached_property
    def steps(self) -> Mapping[str, tuple[Number, ...]]:
        """Thresholds by metric."""
        from monitor.rules import steps

        return steps(self.rules)

    @cached_property
    def milestone_rules(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.metrics)

    @cached_property
    def keyword_rules(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.watchlist)
