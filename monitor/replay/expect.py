"""Rule tests: articles beside a rule that must, or must not, raise an alert of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypedDict

from monitor.analysis import analyse
from monitor.model import Article

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from monitor.analysis import Desk
    from monitor.model import Expect, Fact, Finding, Findings, Near, Rule, Sketch

_WHEN = datetime(2026, 1, 5, 12, tzinfo=UTC)
"""When such an article is published: a rule test must not depend on the day on which it runs."""


class FailedExpectation(TypedDict):
    """`line` is that of the configuration file."""

    rule: str
    line: int | None
    problem: str


class Nothing:
    """A past in which nothing has been told."""

    def fact(self, key: str) -> Fact | None:
        return None

    def alike(self, metric: str, unit: str, key: str, low: float, high: float, *, limit: int) -> Sequence[Fact]:
        return ()

    def recent(self, metric: str, unit: str, key: str, *, limit: int) -> Sequence[Fact]:
        return ()

    def highest(self, metric: str, unit: str, key: str, *, limit: int) -> Sequence[Fact]:
        return ()

    def told_by(self, article: str) -> Sequence[Finding]:
        return ()

    def copies(self, shingles: Collection[int], since: datetime, *, limit: int) -> Sequence[Near]:
        return ()

    def stories(self, keys: Collection[str], since: datetime, *, limit: int) -> Sequence[Sketch]:
        return ()

    def sketch(self, story: str) -> Sketch | None:
        return None

    def common(self, keys: Collection[str], since: datetime) -> Mapping[str, int]:
        return {}

    def placed(self, article: str) -> str | None:
        return None

    def alerted(self, alert: str) -> bool:
        return False

    def last_alert(self, rule: str, subject: str) -> datetime | None:
        return None


def run_expectations(desk: Desk) -> list[FailedExpectation]:
    """Try every `expect:` of the desk's rules, each on an empty ledger; what did not come out as written."""
    failed: list[FailedExpectation] = []
    for rule in desk.rules:
        for number, expect in enumerate(rule.expect, start=1):
            findings = analyse(_article(rule, number, expect), desk, Nothing())
            if problem := _problem(rule, expect, findings):
                failed.append(FailedExpectation(rule=rule.name, line=expect.line, problem=problem))
    return failed


def _article(rule: Rule, number: int, expect: Expect) -> Article:
    return Article(
        id=f"expect-{rule.name}-{number}",
        title=expect.title,
        text=expect.text,
        language=expect.language,
        published=_WHEN,
        seen=_WHEN,
        outlet=expect.outlet,
    )


def _problem(rule: Rule, expect: Expect, findings: Findings) -> str | None:
    raised = [alert for alert in findings.alerts if alert.rule == rule.name]
    # One article cannot bring the further sources that a rule may ask for.
    waiting = any(fact.waiting == "sources" and fact.rule == rule.name for fact in findings.facts)
    if expect.alert and not raised and not waiting:
        why = "; ".join(f"{line.stage}: {line.reason}" for line in findings.trace)
        return f"{expect.title!r} must raise an alert and raises none ({why})"
    if raised and not expect.alert:
        return f"{expect.title!r} must raise no alert and raises {raised[0].title!r}"
    return None
