"""Articles on their own clock, and the events of the exchange format that they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.analysis import analyse, clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from alerts.model import Alert, AlertUpdate
    from monitor.analysis import Desk
    from monitor.model import Article, Findings
    from monitor.ports import NewsStore

Event = dict[str, Any]
"""One line of output: `story`, `alert` or `update`."""
SILENT = frozenset({"copy", "withdrawn"})
"""Kinds of updates that change an alert's list of sources and nothing else."""


def in_order(articles: Iterable[Article]) -> list[Article]:
    """By their clock; ties keep the order in which they came."""
    return sorted(articles, key=clock)


def replay(
    articles: Iterable[Article], desk: Desk, store: NewsStore, *, kept: bool = True
) -> Iterator[tuple[Findings, list[Event]]]:
    """Each article's findings, recorded in the store, and the events that it makes. `articles` are in order.

    A store that is not `kept` is spared what matched nothing: no later article asks for it.
    """
    for article in articles:
        findings = analyse(article, desk, store)
        told = list(events(findings, store))
        if kept or findings.matched:
            store.record(findings)
        yield findings, told


def events(findings: Findings, store: NewsStore) -> Iterator[Event]:
    """The events of one article; call it before the findings are recorded, as a merge asks who was a member."""
    placing, article = findings.placing, findings.article
    if placing is None:
        return
    for merge in placing.merges:
        for member, role in store.members(merge.story):
            yield _story(member, placing.story, "report" if role == "first" else role)
    yield _story(article.id, placing.story, placing.role)
    at = clock(article)
    for alert in findings.alerts:
        yield _alert(alert, at)
    for update in findings.updates:
        if update.kind not in SILENT:
            yield _update(update, article)


def _story(article: str, story: str, role: str) -> Event:
    return {"event": "story", "article": article, "story": story, "role": role}


def _alert(alert: Alert, at: datetime) -> Event:
    return {
        "event": "alert",
        "at": at.isoformat(),
        "alert": alert.key,
        "article": alert.article,
        "rule": alert.rule,
        "severity": alert.severity,
        "reason": alert.reason,
        "title": alert.title,
        "milestone": alert.payload or None,
    }


def _update(update: AlertUpdate, article: Article) -> Event:
    told = update.payload
    return {
        "event": "update",
        "at": update.at.isoformat(),
        "alert": update.alert,
        "article": article.id,
        "rule": told["rule"],
        "severity": told["severity"],
        "reason": update.reason,
        "title": told["title"],
        "milestone": told["milestone"],
    }
