"""A held figure that a person lets go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor import ledger, rules
from monitor.analysis.clock import clock
from monitor.model import LedgerEntry

if TYPE_CHECKING:
    from alerts.model import Alert
    from monitor.analysis.desk import Desk
    from monitor.model import Article, Claim, Fact
    from monitor.ports import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What becomes of a held figure that a person releases."""

    fact: Fact
    alerts: tuple[Alert, ...]
    verdict: str


def release(fact: Fact, claim: Claim, article: Article, desk: Desk, known: Known, *, reason: str) -> Release:
    """A person lets a held figure go: it gets the change that its first telling would have had, whatever its age.

    `claim` and `article` are those that opened the fact.
    """
    standing = replace(fact, state="standing", waiting=None)
    entry = LedgerEntry(
        claim=claim, change=fact.change, reason=f"released by a person: {reason}", fact=standing, released=True
    )
    judge = rules.Judge(
        article=article,
        outlet=ledger.outlet_of(article),
        at=clock(article),
        rules=tuple(replace(rule, sources=1, quiet=None, max_age=timedelta.max) for rule in desk.milestone_rules),
        entities=desk.entities,
        known=known,
        max_age=timedelta.max,
        copied=None,
        facts={fact.key: standing},
    )
    finding = judge.finding(entry)
    return Release(fact=judge.facts[fact.key], alerts=tuple(judge.alerts), verdict=finding.verdict)
