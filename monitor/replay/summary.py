"""What a replay adds up to: alerts a day, the terms that make the noise, whether a budget holds."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from monitor.analysis import clock
from monitor.replay.engine import SILENT

if TYPE_CHECKING:
    from datetime import date

    from monitor.model import Findings


class Term(NamedTuple):
    """A watchlist entity or query with what it brought in."""

    name: str
    matched: int
    """Articles that it matched."""
    alerted: int
    """Of these, articles that raised an alert."""


@dataclass
class Summary:
    """Fill it with `add`, an article at a time."""

    articles: int = 0
    matched: int = 0
    claims: int = 0
    alerts: int = 0
    updates: int = 0
    by_day: Counter[date] = field(default_factory=Counter)
    """Alerts of each day, UTC."""
    by_rule: Counter[str] = field(default_factory=Counter)
    first: date | None = None
    last: date | None = None
    _matched: Counter[str] = field(default_factory=Counter)
    _alerted: Counter[str] = field(default_factory=Counter)

    def add(self, findings: Findings) -> None:
        day = clock(findings.article).date()
        self.first = min(day, self.first or day)
        self.last = max(day, self.last or day)
        self.articles += 1
        self.matched += findings.matched
        self.claims += len(findings.findings)
        self.alerts += len(findings.alerts)
        self.updates += sum(update.kind not in SILENT for update in findings.updates)
        if findings.alerts:
            self.by_day[day] += len(findings.alerts)
        self.by_rule.update(alert.rule for alert in findings.alerts)
        terms = {mention.entity for mention in findings.reading.mentions}
        terms |= {f"{hit.watchlist}: {hit.query}" for hit in findings.reading.hits}
        self._matched.update(terms)
        if findings.alerts:
            self._alerted.update(terms)

    @property
    def days(self) -> int:
        """From the first article's day to the last one's, both counted."""
        return (self.last - self.first).days + 1 if self.first and self.last else 0

    @property
    def a_day(self) -> float:
        """Alerts a day on average."""
        return self.alerts / self.days if self.days else 0.0

    def noisiest(self, limit: int = 10) -> list[Term]:
        """Terms that matched most articles for each that raised an alert."""
        terms = [Term(name, number, self._alerted[name]) for name, number in self._matched.items()]
        return sorted(terms, key=lambda t: (-(t.matched / (t.alerted + 1)), t.name))[:limit]

    def within(self, budget: float) -> bool:
        """Whether alerts stay within `budget` a day on average."""
        return self.a_day <= budget


def parse_budget(text: str) -> float:
    """`20/day` as alerts a day; `20/week` and `2/hour` are turned into days.

    Raises:
        ValueError: it is written otherwise; the message says how.
    """
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*/\s*(hour|day|week)\s*", text)
    if match is None:
        raise ValueError(f"{text!r} is no budget; write 20/day, 100/week or 1/hour")
    return float(match[1]) * {"hour": 24, "day": 1, "week": 1 / 7}[match[2]]
