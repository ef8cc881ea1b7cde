"""Builders for the tests of `alerts`."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from alerts import outbox
from alerts.dispatch import Dispatcher
from alerts.model import Alert, AlertUpdate, Channel, ConsoleChannel, Delivering, Point, Route, SlackChannel, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from alerts.ports import Notifier

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def source(outlet: str = "Example Wire", **changes: Any) -> Source:
    host = "".join(c for c in outlet.casefold() if c.isalnum()) or "x"
    values = {
        "outlet": outlet,
        "title": f"As {outlet} tells it",
        "url": f"https://{host}.example/a",
        "at": NOW,
    } | changes
    return Source(**values)


def alert(number: int = 1, **changes: Any) -> Alert:
    units = f"{100_000 + number:,}"
    values: dict[str, Any] = {
        "key": f"alert-{number}",
        "created": NOW,
        "severity": "high",
        "rule": "shipments",
        "change": "record",
        "reason": "beyond every earlier figure of the series",
        "title": f"Alibaba has shipped more than {units} Zhenwu 810E",
        "figure": f"more than {units} units",
        "digits": (units,),
        "evidence": f"The company said it had shipped more than {units} Zhenwu 810E chips to customers by October.",
        "url": f"https://news.example/articles/{number}",
        "article": f"article-{number}",
        "sources": (source(),),
        "payload": {"metric": "shipments", "value": 100_000 + number},
    } | changes
    return Alert(**values)


def showcase() -> Alert:
    """The alert that the documentation shows."""
    evidence = (
        "Alibaba's chip unit T-Head has now delivered more than 100,000 Zhenwu 810E accelerators, "
        "the company told customers at its cloud summit on Tuesday."
    )
    start = evidence.index("more than 100,000")
    return alert(
        0,
        title="Alibaba has shipped more than 100,000 Zhenwu 810E",
        figure="more than 100,000 units",
        digits=("100,000",),
        reason="beyond every earlier figure, and across 100,000",
        before="60,000 units, told in June 2026 by Example Daily",
        evidence=evidence,
        highlight=(start, start + len("more than 100,000")),
        url="https://wire.example/alibaba-zhenwu",
        sources=(
            source("Example Wire", at=NOW - timedelta(minutes=12), url="https://wire.example/alibaba-zhenwu"),
            source("Chip Daily", at=NOW - timedelta(minutes=3), url="https://chipdaily.example/1", trust="press"),
            source("Portal", url="https://portal.example/2", copy_of="Example Wire"),
        ),
        series=tuple(
            Point(at=datetime(2026, month, 1, tzinfo=UTC), value=value, label=label)
            for month, value, label in (
                (1, 12_000, "Jan 2026"),
                (4, 35_000, "Apr 2026"),
                (6, 60_000, "Jun 2026"),
                (11, 100_000, "Nov 2026"),
            )
        ),
    )


def update(number: int = 1, by: str = "Chip Daily", **changes: Any) -> AlertUpdate:
    values: dict[str, Any] = {
        "key": f"update-{number}-{by}",
        "alert": f"alert-{number}",
        "at": NOW + timedelta(minutes=5),
        "kind": "source",
        "reason": f"{by} tells the same",
        "source": source(by, at=NOW + timedelta(minutes=5)),
    } | changes
    return AlertUpdate(**values)


def delivering(*channels: Channel, routes: Sequence[Route] = (), ops: Sequence[str] = ()) -> Delivering:
    channels = channels or (ConsoleChannel(name="desk"),)
    made = tuple(routes) or (Route(to=tuple(channel.name for channel in channels)),)
    return Delivering(channels=channels, routes=made, ops=tuple(ops))


def slack(api_url: str, **changes: Any) -> SlackChannel:
    values = {"name": "desk", "token": "xoxb-test", "channel": "#ai-chips", "api_url": api_url} | changes
    return SlackChannel(**values)


class Box:
    """An outbox in a real SQLite file, one connection under a lock, as the daemon has it."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self.conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.conn.execute("PRAGMA journal_mode = WAL")
        self.conn.execute("PRAGMA foreign_keys = ON")
        self.commits = 0
        if not self.conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'alerts'").fetchone():
            with self.transaction() as conn:
                for step in outbox.MIGRATIONS:
                    for statement in step:
                        conn.execute(statement)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                yield self.conn
            except BaseException:
                self.conn.execute("ROLLBACK")
                raise
            self.conn.execute("COMMIT")
            self.commits += 1

    def put(self, alerts: Sequence[Alert], to: Delivering, now: datetime = NOW, **more: Any) -> int:
        with self.transaction() as conn:
            return outbox.put(conn, alerts, more.get("updates", ()), more.get("notices", ()), to, now=now)

    def states(self) -> dict[str, int]:
        return {state: count for state, count in outbox.counts(self.conn).items() if count}

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self.conn.execute(sql, values).fetchall()


class Time:
    """A clock that a test moves. `monotonic` moves with it."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.now.timestamp()

    def pass_(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now


def dispatcher(box: Box, to: Delivering, *notifiers: Notifier, time: Time | None = None) -> Dispatcher:
    time = time or Time()
    return Dispatcher(box.transaction, notifiers, to, now=time, monotonic=time.monotonic)


def settle_all(made: Dispatcher, time: Time, *, steps: int = 500) -> None:
    """Runs until nothing is due within an hour, moving the clock to each due time."""
    for _ in range(steps):
        due = made.run_once(time.now)
        if due is None or due > time.now + timedelta(hours=1):
            return
        time.now = max(due, time.now)
    raise AssertionError("it never comes to rest")
