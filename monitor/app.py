"""Composition root: Settings in, everything built and closed here."""

from __future__ import annotations

import contextlib
import logging
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Self

from alerts.channels import build
from alerts.dispatch import Dispatcher
from monitor.engine import Engine
from monitor.feeds.fetch.guard import is_allowed
from monitor.feeds.fetch.guard import parse as parse_address
from monitor.pipeline import Pipeline
from monitor.settings import load
from monitor.settings.watch import FileWatch
from monitor.store.db import Lock, open_writer
from monitor.store.news import News
from monitor.store.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from alerts.ports import Notifier
    from monitor.analysis import Desk
    from monitor.model import Article, Claim, Entity, Reading
    from monitor.settings import Settings
    from monitor.store.db import Database

log = logging.getLogger(__name__)


class SystemClock:
    """The machine's own clocks."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


def desk(settings: Settings, compiled: Desk | None = None) -> Desk:
    """Watchlists compiled and rules in force, as analysis takes them; `compiled` has the same watchlists already.

    The automata are built here and not before, a poll that brings nothing needs none; the claim grammar is loaded with
    the first article that names somebody.
    """
    from monitor.analysis import Desk
    from monitor.mentions import compile_lexicon
    from monitor.watched import Watched

    if compiled is not None:
        return replace(compiled, rules=settings.rules, max_age=settings.max_age)
    watched = Watched.of(settings.watchlists)
    lexicon = compile_lexicon(watched.lists)
    return Desk(
        lexicon=watched.reader(lexicon),
        extract=watched.extractor(_extract),
        entities=lexicon.entities,
        rules=settings.rules,
        max_age=settings.max_age,
    )


def _extract(article: Article, reading: Reading, entities: Mapping[str, Entity]) -> tuple[Claim, ...]:
    from monitor import claims

    return claims.extract(article, reading, entities)


def notifiers(settings: Settings) -> list[Notifier]:
    """The configured channels, ready to be told; webhooks are kept from private addresses as feeds are."""
    network = settings.network

    def guard(address: str) -> str | None:
        if is_allowed(parse_address(address), network.allow_private):
            return None
        return f"{address} is not a public address; allow it with network.allow_private"

    return [build(channel, user_agent=network.user_agent, guard=guard) for channel in settings.delivering.channels]


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
        from monitor import hindsight

        old = self.engine
        settings = load(old.settings.path, secrets=self._secrets)
        if settings.database != old.settings.database:
            log.warning("`database:` changed; that takes effect at the next start")
            settings = _with_database(settings, old.settings)
        self.engine = self._build(settings, old)
        log.info("%s taken up: %d feeds, %d rules", settings.path.name, len(settings.feeds), len(settings.rules))
        for line in hindsight.report(old.settings, settings, self.engine.desk(), self._database, datetime.now(UTC)):
            log.info("%s; nothing of it is alerted now", line)
        return self.engine

    def look_again(self) -> None:
        """Reload at the next tick even if the file looks the same."""
        self._watch.look_again()

    def _build(self, settings: Settings, old: Engine | None) -> Engine:
        now = datetime.now(UTC)
        sql = self._database.connection
        sources, news = Sources(sql), News(self._database)
        with self._database.transaction():
            sources.sync(settings.feeds)
        compiled = old.desk if old is not None and old.settings.watchlists == settings.watchlists else None

        @cache
        def built() -> Desk:
            return desk(settings, compiled() if compiled is not None else None)

        dispatcher = self._dispatcher(settings, old, now)
        return Engine(
            settings=settings,
            desk=built,
            database=self._database,
            sources=sources,
            news=news,
            pipeline=Pipeline(settings, built, self._database, sources, news),
            dispatcher=dispatcher,
            digest=self._watch.digest,
        )

    def _dispatcher(self, settings: Settings, old: Engine | None, now: datetime) -> Dispatcher:
        if old is not None and old.settings.delivering == settings.delivering:
            old.dispatcher.ask_again(now)
            return old.dispatcher
        if old is not None:
            old.dispatcher.stop()
        dispatcher = Dispatcher(self._database.transaction, notifiers(settings), settings.delivering)
        dispatcher.recover(now)
        if old is not None:
            dispatcher.start()
        return dispatcher


def _with_database(settings: Settings, old: Settings) -> Settings:
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
