"""One channel: plan, lease, call, settle. Each step is committed before the next begins."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from alerts.dispatch.planning import plan
from alerts.dispatch.settling import Settling
from alerts.outbox import health
from alerts.outbox.plan import crowded
from alerts.outbox.work import Due, due, lease
from alerts.ports import Ambiguous, LookupFailed, Unverifiable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from alerts.model import Delivering
    from alerts.outbox.work import Work
    from alerts.ports import Finding, Notifier, Outcome

    Transaction = Callable[[], AbstractContextManager[sqlite3.Connection]]
    """Opens BEGIN IMMEDIATE on the one writing connection and commits on leaving."""

log = logging.getLogger(__name__)

FURTHEST_WAIT = timedelta(minutes=15)
FURTHEST_PROBE = timedelta(hours=2)


class Sender:
    """Brings what is owed to one channel. Not for two threads at once."""

    def __init__(
        self, notifier: Notifier, transaction: Transaction, delivering: Delivering, monotonic: Callable[[], float]
    ) -> None:
        self.name = notifier.name
        self._notifier = notifier
        self._transaction = transaction
        self._delivering = delivering
        self._monotonic = monotonic
        self._settling = Settling(notifier.name, notifier.capabilities, delivering)

    def step(self, now: datetime) -> Due:
        """Does the one thing that is due first, if any; when there is something to do next."""
        with self._transaction() as conn:
            work = self._next(conn, now)
            if work is None:
                return self._due(conn, now)
        before = self._monotonic()
        settle = self._perform(work)
        after = now + timedelta(seconds=max(self._monotonic() - before, 0.0))
        with self._transaction() as conn:
            settle(conn, after)
            return self._due(conn, after)

    def _next(self, conn: sqlite3.Connection, now: datetime) -> Work | None:
        health.unwind(conn, self.name, now, FURTHEST_WAIT, FURTHEST_PROBE)
        # No call is under way when a step begins: what is `sending` has lost its caller, or the write that settles it.
        health.doubt(conn, self.name, now)
        gate = health.gate(conn, self.name)
        if gate.blocked is not None and gate.probe_due is not None:
            if gate.probe_due > now:
                health.absorb(conn, self.name, now)
                return None
            health.open_up(conn, self.name, now)
        if gate.free_at is not None and gate.free_at > now:
            return None
        if not crowded(conn, self.name):
            plan(conn, self.name, self._delivering, now)
        return lease(conn, self.name, now)

    def _due(self, conn: sqlite3.Connection, now: datetime) -> Due:
        gate = health.gate(conn, self.name)
        if gate.blocked is not None and gate.probe_due is not None:
            return Due(owed=None, later=max(gate.probe_due, now))
        found = due(conn, self.name, now, plannable=not crowded(conn, self.name))
        if gate.free_at is None:
            return found
        return Due(
            owed=None if found.owed is None else max(found.owed, gate.free_at),
            later=None if found.later is None else max(found.later, gate.free_at),
        )

    def _perform(self, work: Work) -> Callable[[sqlite3.Connection, datetime], None]:
        """Makes the call; what is to be written down of it."""
        if work.kind == "verify":
            finding = self._look(work)
            return lambda conn, now: self._settling.look(conn, work, finding, now)
        outcome = self._call(work)
        settle = self._settling.edit if work.kind == "edit" else self._settling.post
        return lambda conn, now: settle(conn, work, outcome, now)

    def _call(self, work: Work) -> Outcome:
        try:
            if work.kind == "edit":
                return self._notifier.edit(work.message, work.ts)
            return self._notifier.send(work.message)
        except Exception as error:
            log.exception("channel %s failed in an unforeseen way", self.name)
            return Ambiguous(f"{type(error).__name__}: {error}")

    def _look(self, work: Work) -> Finding:
        if self._notifier.capabilities.on_ambiguous == "resend":
            return Unverifiable("the channel cannot be asked")
        try:
            return self._notifier.find(work.message, work.since)
        except Exception as error:
            log.exception("channel %s failed in an unforeseen way", self.name)
            return LookupFailed(f"{type(error).__name__}: {error}")

    def close(self) -> None:
        self._notifier.close()
