"""The words of rules: which changes people care about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import timedelta

    from alerts.model import Severity
    from monitor.model.claims import Number, Status

Change = Literal[
    "new", "record", "official", "confirmed", "corroborated",
    "background", "corrected", "denied", "conflict", "suspect",
]  # fmt: skip
"""The ten changes of the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """An article beside a rule that must, or must not, raise an alert of it; `check` tries it on an empty ledger."""

    title: str
    text: str = ""
    alert: bool
    language: str | None = None
    outlet: str = "Example Wire"
    after: tuple[str, ...] = ()
    """What earlier articles said: the ledger is not empty then."""
    line: int | None = None
    """Of the configuration file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What makes a claim a milestone, and how urgent it is. Exactly one of `metrics` and `watchlist` is set."""

    name: str
    metrics: tuple[str, ...] = ()
    watchlist: str | None = None
    severity: Severity = "medium"
    entities: tuple[str, ...] = ()
    watchlists: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    changes: tuple[Change, ...] = ()
    thresholds: tuple[Number, ...] = ()
    """Hold nothing back: they make a figure a `record` and name the step."""
    minimum: Number | None = None
    """Figures below it are recorded, not alerted."""
    change_by: float | None = None
    """Percent by which a figure must differ from the last of its series."""
    sources: int = 1
    """Independent sources before it is alerted."""
    max_age: timedelta | None = None
    quiet: timedelta | None = None
    """At most one alert per subject in this time; the rest is held for the digest."""
    tags: tuple[str, ...] = ()
    expect: tuple[Expect, ...] = ()
