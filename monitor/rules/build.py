"""Alerts and updates, complete in themselves: what people read, built from a ledger entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alerts.model import Alert, AlertUpdate, Point, Source
from monitor.rules import wording

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from alerts.model import UpdateKind
    from monitor.model import Article, Claim, Entity, Fact, LedgerEntry, Rule

_POINTS = 12
"""Earlier figures drawn with an alert."""


def source_of(article: Article, outlet: str, at: datetime, *, official: bool, copy_of: str | None = None) -> Source:
    return Source(
        outlet=outlet,
        title=article.title,
        url=article.url,
        at=at,
        trust=article.trust,
        official=official,
        copy_of=copy_of,
    )


def alert_of(
    entry: LedgerEntry,
    rule: Rule,
    *,
    fact: Fact,
    thread: str | None,
    article: Article,
    source: Source,
    at: datetime,
    entities: Mapping[str, Entity],
    hold: str | None = None,
) -> Alert:
    """The alert of a milestone; its key is the fact's with the change."""
    claim = entry.claim
    return Alert(
        key=f"{fact.key}:{entry.change}",
        thread=thread,
        created=article.seen or at,
        severity=rule.severity,
        rule=rule.name,
        change=entry.change,
        reason=entry.reason,
        title=_headline(entry, fact, entities),
        figure=wording.figure(claim),
        digits=wording.in_digits(claim),
        before=wording.before(entry.against or next(iter(entry.series), None)),
        evidence=claim.evidence,
        highlight=_highlight(entry, article),
        url=article.url,
        article=article.id,
        batch=article.batch,
        tags=tuple(dict.fromkeys((*rule.tags, *article.tags))),
        sources=(source,),
        series=_points(entry.series, claim, at),
        official=fact.official,
        hold=hold,
        payload=claim.fields(),
    )


def withdrawal_of(
    claim: Claim,
    fact: Fact,
    rule: Rule,
    *,
    reason: str,
    article: Article,
    source: Source,
    at: datetime,
    entities: Mapping[str, Entity],
) -> Alert:
    """The alert, in the thread of the fact's own, that its figure was taken back and none stands in its place.

    It has no figure and no digits; what was told stands in `before`, and in `payload` as it was read.
    """
    return Alert(
        key=f"{fact.key}:withdrawn",
        thread=fact.alert,
        created=article.seen or at,
        severity=rule.severity,
        rule=rule.name,
        change="corrected",
        reason=reason,
        title=f"Corrected, no figure any more: {wording.title(claim, fact, entities)}",
        before=wording.before(fact),
        evidence=claim.evidence,
        url=article.url,
        article=article.id,
        batch=article.batch,
        tags=tuple(dict.fromkeys((*rule.tags, *article.tags))),
        sources=(source,),
        payload=claim.fields(),
    )


def source_withdrawn(
    claim: Claim,
    fact: Fact,
    rule: Rule | None,
    *,
    reason: str,
    article: Article,
    source: Source,
    at: datetime,
    entities: Mapping[str, Entity],
) -> AlertUpdate:
    """The outlet leaves the list of those that tell an alerted figure, which others tell still."""
    alert = fact.alert or ""
    return AlertUpdate(
        key=f"{alert}:withdrawn:{article.id}",
        alert=alert,
        at=at,
        kind="withdrawn",
        reason=reason,
        source=source,
        payload={
            "milestone": claim.fields(),
            "fact": fact.key,
            "title": wording.title(claim, fact, entities),
            "rule": rule.name if rule else fact.rule,
            "severity": rule.severity if rule else None,
        },
    )


def _headline(entry: LedgerEntry, fact: Fact, entities: Mapping[str, Entity]) -> str:
    title = wording.title(entry.claim, fact, entities)
    if entry.change == "corrected":
        return f"Corrected: {title}"
    if entry.change == "confirmed":
        return f"Confirmed: {title}"
    return title


def _highlight(entry: LedgerEntry, article: Article) -> tuple[int, int] | None:
    """Where the figure stands in the evidence."""
    claim = entry.claim
    if claim.figure is None:
        return None
    text = article.title if claim.field == "title" else article.text
    start = text.find(claim.evidence)
    while start >= 0:
        first, last = claim.figure[0] - start, claim.figure[1] - start
        if 0 <= first < last <= len(claim.evidence):
            return first, last
        start = text.find(claim.evidence, start + 1)
    return None


def _points(series: tuple[Fact, ...], claim: Claim, at: datetime) -> tuple[Point, ...]:
    """Oldest first; the figure that is news last."""
    told = [fact for fact in series if fact.value is not None][: _POINTS - 1]
    if not told or claim.value is None:
        return ()
    earlier = [
        Point(at=fact.opened, value=float(fact.value or 0), label=fact.period or f"{fact.opened:%Y-%m-%d}")
        for fact in reversed(told)
    ]
    return (*earlier, Point(at=at, value=float(claim.value), label=claim.period or f"{at:%Y-%m-%d}"))


def update_of(
    entry: LedgerEntry,
    alert: str,
    kind: UpdateKind,
    *,
    article: Article,
    outlet: str,
    at: datetime,
    against: Fact | None,
    rule: Rule | None,
    copied: str | None,
    entities: Mapping[str, Entity],
) -> AlertUpdate:
    """What joins a standing alert; its key is the alert's with kind and article."""
    note = None
    # First fetches of one start share one message: what they dispute is shown with the alert, never told beside it.
    if kind in {"disputed", "corrected"} and against is not None and article.batch is None:
        ours = wording.figure(entry.claim) or "the opposite"
        theirs = wording.figure(against) or "what stands"
        verb = "says" if kind == "disputed" else "takes back"
        note = (
            f"{outlet} {verb} {ours}; {against.outlet} told {theirs}"
            if kind == "disputed"
            else (f"{outlet} {verb} {theirs}; {ours} stands")
        )
    return AlertUpdate(
        key=f"{alert}:{kind}:{article.id}",
        alert=alert,
        at=at,
        kind=kind,
        reason=entry.reason,
        source=source_of(article, outlet, at, official=kind == "official", copy_of=copied),
        note=note,
        payload={
            "milestone": entry.claim.fields(),
            "fact": entry.fact.key,
            "title": wording.title(entry.claim, entry.fact, entities),
            "rule": rule.name if rule else entry.fact.rule,
            "severity": rule.severity if rule else None,
        },
    )
