"""In which order: what a poll brought is told apart, analysed and recorded, one response in one transaction."""

from __future__ import annotations

import logging
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from alerts import outbox
from alerts.model import Notice
from monitor.feeds import cadence
from monitor.feeds.sweep import host_of
from monitor.model import Failed, Fetched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from alerts.model import Delivering
    from monitor.analysis import Desk
    from monitor.feeds.cadence import Pace
    from monitor.model import (
        Article,
        Feed,
        Findings,
        PollJob,
        PollResult,
        Sorted,
        Step,
        Unchanged,
    )
    from monitor.settings import Settings
    from monitor.store.db import Database
    from monitor.store.news import News
    from monitor.store.sources import FeedRecord, Sources

log = logging.getLogger(__name__)

_BACKFILLED_AT_ONCE = 200
"""Articles of one transaction."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What one response came to."""

    feed: Feed
    entries: int = 0
    new: int = 0
    edited: int = 0
    matched: int = 0
    alerts: int = 0
    updates: int = 0
    failed: int = 0
    """Articles that could not be analysed."""
    first: bool = False
    """The feed's first fetch: a baseline."""
    error: str | None = None
    """Why the poll brought nothing."""


class Pipeline:
    """Everything between an answered poll and the outbox."""

    def __init__(
        self, settings: Settings, desk: Callable[[], Desk], database: Database, sources: Sources, news: News
    ) -> None:
        self._settings = settings
        self._desk = desk
        self._database = database
        self._sources = sources
        self._news = news

    @property
    def _delivering(self) -> Delivering:
        return self._settings.delivering

    def job(self, feed: Feed, now: datetime) -> PollJob:
        """What the next poll of a feed may know."""
        with self._database.reading():
            record = self._sources.record(feed)
            return self._sources.job(feed, unconditional=cadence.unconditional(record.state, now))

    def record(self, job: PollJob, result: PollResult, *, now: datetime, batch: str, fraction: float) -> Recorded:
        """Stores all that a poll brought, alerts included, or nothing of it.

        `batch` names the first fetches of this start, whose alerts share a message; `fraction`, random in [0, 1), is
        the jitter of the next poll. StoreError when the database refuses: the poll's validators are then not kept
        either, so that the next poll brings the same again.
        """
        with self._database.transaction():
            return self._take_in(job, result, now=now, batch=batch, fraction=fraction)

    def record_unchanged(
        self, answers: Sequence[tuple[PollJob, Unchanged]], *, now: datetime, fraction: Callable[[], float]
    ) -> list[Recorded]:
        """Stores answers that brought nothing, all in one transaction: to lose one is to ask once more."""
        with self._database.transaction():
            return [self._take_in(job, result, now=now, batch="", fraction=fraction()) for job, result in answers]

    def _take_in(self, job: PollJob, result: PollResult, *, now: datetime, batch: str, fraction: float) -> Recorded:
        record = self._sources.record(job.feed)
        sorted_ = self._sort(record, result)
        step = cadence.advance(
            self._pace(job.feed), record.state, result, sorted_, url=job.url, now=now, fraction=fraction
        )
        recorded = Recorded(feed=job.feed, error=result.message if isinstance(result, Failed) else None)
        if isinstance(result, Fetched) and sorted_ is not None:
            recorded = self._entries(record, result, sorted_, now=now, batch=batch)
        self._sources.settle(record, result, sorted_, step, now)
        self._afterwards(job, step, now)
        return recorded

    def _sort(self, record: FeedRecord, result: PollResult) -> Sorted | None:
        if not isinstance(result, Fetched):
            return None
        from monitor.feeds import identity

        return identity.sort(record.feed, result, self._sources.memory(record.id), key=record.key)

    def _pace(self, feed: Feed) -> Pace:
        poll = self._settings.poll
        every = feed.every or poll.every
        return cadence.Pace(every=every, minimum=min(poll.min, every), maximum=max(poll.max, every), jitter=poll.jitter)

    def _afterwards(self, job: PollJob, step: Step, now: datetime) -> None:
        if step.pause_until is not None:
            self._sources.pause(host_of(job.url), step.pause_until, step.reason)
        notices = [
            Notice(key=f"{notice.kind} {job.feed.url} {now.isoformat()}", at=now, text=notice.text)
            for notice in step.notices
        ]
        if notices:
            outbox.put(self._database.connection, (), (), notices, self._delivering, now=now)

    def backfill(self, since: datetime, now: datetime) -> tuple[int, int]:
        """Applies today's watchlists to stored articles that matched nothing; articles read, and matched now.

        Alerts are raised as for an article that comes today: those older than `alerts.max_age` raise none.
        """
        from monitor.analysis import analyse
        from monitor.store.questions import Questions

        read = matched = last = 0
        while True:
            with self._database.transaction() as sql:
                rows = Questions(sql).unmatched(since, last, _BACKFILLED_AT_ONCE)
                if not rows:
                    return read, matched
                for last, article in rows:  # noqa: B007 - the last one is where the next batch begins
                    findings = analyse(article, self._desk(), self._news)
                    read, matched = read + 1, matched + findings.matched
                    if findings.matched:
                        self._keep(findings, now)

    def _entries(self, record: FeedRecord, fetched: Fetched, sorted_: Sorted, *, now: datetime, batch: str) -> Recorded:
        for item in sorted_.reidentified:
            self._sources.reidentify(record.id, item)
        first = record.baseline_at is None
        held_back = batch if first or sorted_.reidentification else None
        articles = [*self._new(record, fetched, sorted_, now, held_back), *self._edited(record, fetched, sorted_, now)]
        articles.sort(key=lambda article: article.published or _LONG_AGO)
        taught = [findings for article in articles if (findings := self._one(article, now)) is not None]
        return Recorded(
            feed=record.feed,
            entries=fetched.count,
            new=len(sorted_.new),
            edited=len(sorted_.edited),
            matched=sum(findings.matched for findings in taught),
            alerts=sum(len(findings.alerts) for findings in taught),
            updates=sum(len(findings.updates) for findings in taught),
            failed=len(articles) - len(taught),
            first=first,
        )

    def _new(
        self, record: FeedRecord, fetched: Fetched, sorted_: Sorted, now: datetime, batch: str | None
    ) -> Iterator[Article]:
        from monitor.feeds import normalize

        self._sources.add(record.id, sorted_.new, now)
        for item in sorted_.new:
            yield normalize.article(record.feed, item, fetched, seen=now, batch=batch)

    def _edited(self, record: FeedRecord, fetched: Fetched, sorted_: Sorted, now: datetime) -> Iterator[Article]:
        from monitor.feeds import normalize

        for item in sorted_.edited:
            version, seen = self._sources.edit(record.id, item, now)
            yield normalize.article(record.feed, item, fetched, seen=seen, version=version)

    def _one(self, article: Article, now: datetime) -> Findings | None:
        """Analyses and stores one article; one that fails (None) is stored as failed and harms no other."""
        from monitor.analysis import analyse

        try:
            findings = analyse(article, self._desk(), self._news)
            with self._database.savepoint() if findings.matched or article.version > 1 else nullcontext():
                self._keep(findings, now)
        except Exception as error:
            log.exception("article %s of %s could not be analysed", article.id, article.feed)
            self._sources.outcome(article.id, matched=False, failed=f"{type(error).__name__}: {error}")
            return None
        return findings

    def _keep(self, findings: Findings, now: datetime) -> None:
        article = findings.article
        taken_back = len(self._news.told_by(article.id)) if article.version > 1 else 0
        self._news.record(findings)
        if findings.matched or article.version > 1:
            self._sources.outcome(article.id, matched=findings.matched)
        if findings.findings or taken_back:
            self._sources.count({"claims": len(findings.findings) - taken_back})
        if findings.alerts or findings.updates:
            outbox.put(self._database.connection, findings.alerts, findings.updates, (), self._delivering, now=now)
