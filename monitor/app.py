"""Composition root: Settings in, everything built and closed here."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from alerts import outbox
from alerts.channels import open_channels
from alerts.dispatch import Dispatcher
from alerts.model import Notice
from monitor.analysis import Desk
from monitor.control import Control
from monitor.feeds.fetch.guard import address_guard
from monitor.mentions.lexicon import compile_lexicon
from monitor.pipeline import Pipeline
from monitor.settings import load
from monitor.settings.watch import FileWatch
from monitor.store.db import Lock, open_writer
from monitor.store.news import News
from monitor.store.requests import take
from monitor.store.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from monitor.settings import Settings
    from monitor.store.db import Database

log = logging.getLogger(__name__)


class SystemClock:
    """The machine's own clocks."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


def desk(settings: Settings) -> Desk:
    """Watchlists compiled and rules in force, as analysis takes them."""
    return Desk(lexicon=compile_lexicon(settings.watchlists), rules=settings.rules, max_age=settings.max_age)


@dataclass(slots=True)
class Engine:
    """One reading of the file, built: what the daemon drives. A reload makes another on the same database."""

    settings: Settings
    desk: Desk
    database: Database
    sources: Sources
    news: News
    pipeline: Pipeline
    dispatcher: Dispatcher

    @property
    def longest(self) -> timedelta:
        """No feed waits longer than this; a later time was written under another clock."""
        from monitor.feeds.cadence import LONGEST

        every = [feed.every for feed in self.settings.feeds if feed.every]
        return max(LONGEST, self.settings.poll.max, *every) if every else max(LONGEST, self.settings.poll.max)

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
            if isinstance(request, str):
                lines.append(f"{file}: no request: {request}")
            else:
                lines.append(self.control.carry_out(request, now))
            file.unlink(missing_ok=True)
        return lines

    @property
    def control(self) -> Control:
        """For what people ask."""
        return Control(self.database, self.news, self.desk, self.settings.delivering)

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


class App:
    """The one process that owns the database. Use as a context manager; StoreError when another process owns it."""

    def __init__(self, settings: Settings, *, secrets: bool = True) -> None:
        self._secrets = secrets
        self._lock = Lock(settings.database)
        self._watch = FileWatch(settings.path)
        self._lock.acquire()
        try:
            self._database = open_writer(settings.database)
        except BaseException:
            self._lock.release()
            raise
        self.engine = self._build(settings, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.engine.dispatcher.close()
        self._database.close()
        self._lock.release()

    def reload(self) -> Engine | None:
        """A new engine when the file changed; ConfigError when the edit is broken, the old engine goes on."""
        if not self._watch.changed():
            return None
        old = self.engine
        settings = load(old.settings.path, secrets=self._secrets)
        if settings.database != old.settings.database:
            log.warning("`database:` changed; that takes effect at the next start")
            settings = _with_database(settings, old.settings)
        self.engine = self._build(settings, old)
        log.info("%s taken up: %d feeds, %d rules", settings.path.name, len(settings.feeds), len(settings.rules))
        return self.engine

    def look_again(self) -> None:
        """Reload at the next tick even if the file looks the same."""
        self._watch.look_again()

    def _build(self, settings: Settings, old: Engine | None) -> Engine:
        now = datetime.now(UTC)
        sql = self._database.connection
        sources, news = Sources(sql), News(sql)
        with self._database.transaction():
            sources.sync(settings.feeds)
        same_lists = old is not None and old.settings.watchlists == settings.watchlists
        new_desk = (
            Desk(lexicon=old.desk.lexicon, rules=settings.rules, max_age=settings.max_age)
            if old is not None and same_lists
            else desk(settings)
        )
        dispatcher = self._dispatcher(settings, old, now)
        return Engine(
            settings=settings,
            desk=new_desk,
            database=self._database,
            sources=sources,
            news=news,
            pipeline=Pipeline(settings, new_desk, self._database, sources, news),
            dispatcher=dispatcher,
        )

    def _dispatcher(self, settings: Settings, old: Engine | None, now: datetime) -> Dispatcher:
        if old is not None and old.settings.delivering == settings.delivering:
            return old.dispatcher
        if old is not None:
            old.dispatcher.stop()
        guard = address_guard(settings.network.allow_private)
        dispatcher = Dispatcher(
            self._database.transaction, open_channels(settings.delivering, guard), settings.delivering
        )
        dispatcher.recover(now)
        if old is not None:
            dispatcher.start()
        return dispatcher


def _with_database(settings: Settings, old: Settings) -> Settings:
    from dataclasses import replace

    return replace(settings, database=old.database)


@contextlib.contextmanager
def throw_away() -> Iterator[Database]:
    """A store on disk that is gone afterwards: for replay."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory(prefix="chipwire-") as folder:
        database = open_writer(Path(folder) / "replay.db", throw_away=True)
        try:
            yield database
        finally:
            database.close()
