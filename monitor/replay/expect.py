"""Rule tests: articles beside a rule that must, or must not, raise an alert of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypedDict

from monitor.analysis import analyse
from monitor.model import Article
from monitor.store.db import open_memory
from monitor.store.news import News
from monitor.text.language import detect

if TYPE_CHECKING:
    from monitor.analysis import Desk
    from monitor.model import Expect, Findings, Rule

_WHEN = datetime(2026, 1, 5, 12, tzinfo=UTC)
"""When such an article is published: a rule test must not depend on the day on which it runs."""


class FailedExpectation(TypedDict):
    """`line` is that of the configuration file."""

    rule: str
    line: int | None
    problem: str


def run_expectations(desk: Desk) -> list[FailedExpectation]:
    """Try every `expect:` of the desk's rules, each on a ledger of its own; what did not come out as written."""
    failed: list[FailedExpectation] = []
    for rule in desk.rules:
        for number, expect in enumerate(rule.expect, start=1):
            if problem := _problem(rule, expect, _tried(rule, number, expect, desk)):
                failed.append(FailedExpectation(rule=rule.name, line=expect.line, problem=problem))
    return failed


def _tried(rule: Rule, number: int, expect: Expect, desk: Desk) -> Findings:
    """What the article raises after those that came before it, a day apart."""
    database = open_memory()
    try:
        news = News(database)
        for place, text in enumerate(expect.after):
            when = _WHEN - timedelta(days=len(expect.after) - place)
            before = _article(f"expect-{rule.name}-{number}-{place}", text, "", expect.language, "Earlier Wire", when)
            news.record(analyse(before, desk, news))
        name = f"expect-{rule.name}-{number}"
        return analyse(_article(name, expect.title, expect.text, expect.language, expect.outlet, _WHEN), desk, news)
    finally:
        database.close()


def _article(name: str, title: str, text: str, language: str | None, outlet: str, when: datetime) -> Article:  # noqa: PLR0917
    return Article(
        id=name,
        title=title,
        text=text,
        language=language or detect(title, text),
        published=when,
        seen=when,
        outlet=outlet,
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
