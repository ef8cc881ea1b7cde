"""All that one article taught us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from alerts.model import Alert, AlertUpdate
    from monitor.model.articles import Article
    from monitor.model.claims import Claim
    from monitor.model.ledger import Fact, Finding
    from monitor.model.stories import Placing
    from monitor.model.watchlists import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceLine:
    """One line of the trace that `why` prints."""

    stage: Literal["mentions", "claims", "story", "ledger", "rules"]
    outcome: str
    """One word or name: matched, unmatched, a change, alerted, joined, held ..."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A figure that an edited article no longer tells, without another in its place."""

    fact: str
    """Key of its fact: now corrected without `replaced_by`, or told by others alone."""
    claim: Claim
    """As the earlier version told it."""
    reason: str
    verdict: str
    """What became of it on the way to people, for `why`."""
    alert: str | None = None
    """Key of the alert that says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that one article taught us, its alerts included: stored whole or not at all, in one transaction."""

    article: Article
    reading: Reading
    findings: tuple[Finding, ...] = ()
    """One for each claim, in the order of the article."""
    facts: tuple[Fact, ...] = ()
    """Every fact opened or touched, as it stands afterwards; replaces the one of equal key."""
    withdrawn: tuple[Withdrawn, ...] = ()
    """What earlier versions told and this one does not; no claims, so not counted among the changes."""
    placing: Placing | None = None
    """None: the article did not match (no mention, no query hit, no claim)."""
    alerts: tuple[Alert, ...] = ()
    updates: tuple[AlertUpdate, ...] = ()
    trace: tuple[TraceLine, ...] = ()

    @property
    def matched(self) -> bool:
        """A mention, a query hit or a claim."""
        return self.placing is not None
