"""One reading of the file, built: what the daemon drives."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alerts import outbox
from alerts.model import Notice
from monitor.feeds.fetch.headers import LONGEST
from monitor.store.requests import take

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from alerts.dispatch import Dispatcher
    from monitor.analysis import Desk
    from monitor.control import Control
    from monitor.model import Feed
    from monitor.pipeline import Pipeline
    from monitor.settings import Settings
    from monitor.store.db import Database
    from monitor.store.news import News
    from monitor.store.sources import Sources


@dataclass(slots=True)
class Engine:
    """One reading of the file, built: what the daemon drives. A reload makes another on the same database."""

    settings: Settings
    desk: Callable[[], Desk]
    """Compiled when it is first needed, and then kept."""
    database: Database
    sources: Sources
    news: News
    pipeline: Pipeline
    dispatcher: Dispatcher
    digest: str | None
    """Of the file as it was read."""

    @property
    def longest(self) -> timedelta:
        """No feed waits longer than this; a later time was written under another clock."""
        every = [feed.every for feed in self.settings.feeds if feed.every]
        return max([LONGEST, self.settings.poll.max, *every])

    def put_off(self, feed: Feed, now: datetime) -> None:
        """A feed whose answer broke us is asked again at its usual pace, not at every tick."""
        until = now + (feed.every or self.settings.poll.every)
        with self.database.transaction():
            self.sources.put_off(feed, until, "its last answer could not be taken in")

    def notice(self, text: str, now: datetime) -> None:
        """Tells the operator once, by the words themselves."""
        key = hashlib.sha256(text.encode()).hexdigest()[:24]
        with self.database.transaction() as sql:
            notice = Notice(key=key, at=now, text=text)
            outbox.put(sql, (), (), (notice,), self.settings.delivering, now=now)
        self.dispatcher.wake()

    def carry_out_requests(self, now: datetime) -> list[str]:
        """Does what commands left beside the database."""
        lines = []
        for file, request in take(self.settings.database):
            if not isinstance(request, str) and request.wish == "backfill" and request.text not in (None, self.digest):
                continue
            if isinstance(request, str):
                lines.append(f"{file}: no request: {request}")
            else:
                lines.append(self.control.carry_out(request, now))
            file.unlink(missing_ok=True)
        return lines

    @property
    def control(self) -> Control:
        """For what people ask."""
        from monitor.control import Control

        return Control(self.database, self.news, self.pipeline, self.desk(), self.settings.delivering)

    def remark(self, text: str | None, now: datetime) -> None:
        """What `status` says of the file; None: all is well."""
        with self.database.transaction():
            self.sources.note("config", text, now)

    def close_batch(self, batch: str, now: datetime) -> None:
        """All first fetches are in: their message waits for no more."""
        with self.database.transaction() as sql:
            outbox.close_batch(sql, batch, now)

    def beat(self, now: datetime, due: datetime) -> None:
        """Ticking, and able to write."""
        with self.database.transaction():
            self.sources.beat("tick", now, due)

    def rest(self, now: datetime) -> None:
        """The end was orderly: nothing is overdue, and the WAL is folded into the file."""
        with self.database.transaction():
            self.sources.beat("tick", now, None)
        with self.database.reading() as sql:
            sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def keep_house(self, now: datetime) -> None:
        """Prunes and lets SQLite look after its indexes."""
        with self.database.transaction():
            self.sources.prune(now)
        with self.database.reading() as sql:
            sql.execute("PRAGMA optimize")
            sql.execute("PRAGMA wal_checkpoint(PASSIVE)")
