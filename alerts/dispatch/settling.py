"""Outcomes of calls -> states of the outbox."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from alerts.model import Notice
from alerts.outbox import health, settle
from alerts.outbox.put import put_notice
from alerts.outbox.rows import stamp
from alerts.policy.attempts import LOOK_AGAIN, backoff
from alerts.ports import (
    Ambiguous,
    Blocked,
    Finding,
    LookupFailed,
    Lost,
    Missing,
    NotSent,
    Outcome,
    Rejected,
    Sent,
    Throttled,
    Unverifiable,
)

if TYPE_CHECKING:
    import sqlite3

    from alerts.model import Delivering
    from alerts.outbox.work import Work
    from alerts.ports import Capabilities

log = logging.getLogger(__name__)


class Settling:
    """Writes down what became of the calls to one channel; the other `ops` channels hear of its troubles."""

    def __init__(self, channel: str, capabilities: Capabilities, delivering: Delivering) -> None:
        self._channel = channel
        self._can = capabilities
        self._pace = delivering.pace or capabilities.pace or timedelta(0)
        self._ops = tuple(name for name in delivering.ops if name != channel)

    def post(self, conn: sqlite3.Connection, work: Work, outcome: Outcome, now: datetime) -> None:
        wait = self._pace
        match outcome:
            case Sent():
                self._arrived(conn, work, outcome, now)
            case NotSent(reason):
                wait = self._back_off(conn, work)
                settle.set_state(conn, work.id, "pending", reason, now)
            case Throttled(wait, reason):
                settle.set_state(conn, work.id, "pending", reason, now)
                settle.uncount(conn, work.id)
            case Ambiguous(reason):
                self._in_doubt(conn, work, reason, now)
            case Blocked():
                settle.set_state(conn, work.id, "pending", None, now)
                self._block(conn, outcome, now)
            case Lost(reason) if work.message.thread is not None:
                settle.unthread(conn, work.id)
                settle.set_state(conn, work.id, "pending", reason, now)
            case Rejected(reason) | Lost(reason):
                self._reject(conn, work, reason, now)
        self._called(conn, now, wait, arrived=isinstance(outcome, Sent))

    def _arrived(self, conn: sqlite3.Connection, work: Work, outcome: Sent, now: datetime) -> None:
        every = self._can.edit_every if self._can.edits else None
        settle.named(conn, work.id, outcome.ts, outcome.place)
        settle.sent(conn, work.id, work.message.revision, now=now, edit_every=every)
        if health.unblock(conn, self._channel):
            log.info("channel %s takes messages again", self._channel)

    def _back_off(self, conn: sqlite3.Connection, work: Work) -> timedelta:
        return backoff(settle.failed(conn, self._channel), work.message.key)

    def _in_doubt(self, conn: sqlite3.Connection, work: Work, reason: str, now: datetime) -> None:
        if self._can.on_ambiguous == "resend":
            self._resend(conn, work, reason, now)
        else:
            settle.set_state(conn, work.id, "sending", reason, now)

    def _resend(self, conn: sqlite3.Connection, work: Work, reason: str, now: datetime) -> None:
        log.warning("channel %s: %s; sent again, may repeat", self._channel, reason)
        due = now + backoff(work.attempts, work.message.key)
        settle.set_state(conn, work.id, "pending", f"{reason} (may repeat)", due)

    def _block(self, conn: sqlite3.Connection, outcome: Blocked, now: datetime) -> None:
        if health.block(conn, self._channel, outcome.reason, outcome.remedy, now=now, probe=now + outcome.probe):
            text = f"Channel {self._channel} is blocked: {outcome.reason}; {outcome.remedy}"
            log.error("%s", text)
            self._tell(conn, f"blocked:{self._channel}:{stamp(now)}", text, now)

    def _reject(self, conn: sqlite3.Connection, work: Work, reason: str, now: datetime) -> None:
        if settle.plain(conn, work.id):
            log.warning("channel %s refused a message (%s); sent again as plain text", self._channel, reason)
            settle.set_state(conn, work.id, "pending", reason, now)
            return
        settle.set_state(conn, work.id, "dead", reason)
        text = f"Channel {self._channel} refused a message, also as plain text: {reason}. See `chipwire alerts list`."
        log.error("%s", text)
        if work.message.kind != "notice":
            self._tell(conn, f"dead:{work.message.key}", text, now)

    def _tell(self, conn: sqlite3.Connection, key: str, text: str, now: datetime) -> None:
        put_notice(conn, Notice(key=key, at=now, text=text), self._ops, now)

    def _called(self, conn: sqlite3.Connection, now: datetime, wait: timedelta, *, arrived: bool) -> None:
        settle.called(conn, self._channel, now, now + wait, arrived=arrived)

    def look(self, conn: sqlite3.Connection, work: Work, finding: Finding, now: datetime) -> None:
        """What looking for a message in doubt has shown."""
        wait = self._pace
        match finding:
            case Sent():
                self._arrived(conn, work, finding, now)
            case Blocked():
                settle.looked(conn, work.id, now, finding.reason, counted=False)
                self._block(conn, finding, now)
            case Missing() if work.looks == 0:
                settle.looked(conn, work.id, now + LOOK_AGAIN, "not found yet; looking once more", counted=True)
            case Missing():
                due = now + backoff(work.attempts, work.message.key)
                settle.set_state(conn, work.id, "pending", "it had not arrived", due)
            case Unverifiable(reason) if self._can.on_ambiguous == "hold":
                said = f"it may have arrived and cannot be looked up ({reason}): look, then `chipwire alerts retry`"
                settle.set_state(conn, work.id, "held", said)
            case Unverifiable(reason):
                self._resend(conn, work, reason, now)
            case LookupFailed(reason, pause):
                wait = pause or self._back_off(conn, work)
                settle.looked(conn, work.id, now + wait, reason, counted=False)
        self._called(conn, now, wait, arrived=isinstance(finding, Sent))

    def edit(self, conn: sqlite3.Connection, work: Work, outcome: Outcome, now: datetime) -> None:
        """An edit says the same however often it is made: what is in doubt is made again."""
        wait = self._pace
        match outcome:
            case Sent():
                settle.edited(conn, work.id, work.message.revision, now, self._can.edit_every)
            case Throttled(wait, reason):
                settle.edit_later(conn, work.id, now + wait, reason)
            case NotSent(reason):
                wait = self._back_off(conn, work)
                settle.edit_later(conn, work.id, now + wait, reason)
            case Ambiguous(reason):
                settle.edit_later(conn, work.id, now + backoff(work.edit_attempts + 1, work.message.key), reason)
            case Blocked(reason):
                self._block(conn, outcome, now)
                settle.edit_later(conn, work.id, now, reason)
            case Rejected(reason) | Lost(reason):
                settle.edit_later(conn, work.id, None, reason)
                settle.tell_instead(conn, self._channel, work.id, now)
        self._called(conn, now, wait, arrived=isinstance(outcome, Sent))
