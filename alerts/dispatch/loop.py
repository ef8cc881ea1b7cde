"""The only loop here: a thread for each channel, so that one that hangs keeps no other waiting."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from alerts.dispatch.sender import Sender
from alerts.outbox import health
from alerts.outbox.plan import strand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from alerts.dispatch.sender import Transaction
    from alerts.model import Delivering
    from alerts.ports import Notifier

log = logging.getLogger(__name__)

IDLE = 30.0
"""Seconds after which a channel looks at the outbox though nobody woke it."""
TROUBLE = 5.0
"""Seconds of rest after the outbox itself could not be used."""


def utc_now() -> datetime:
    return datetime.now(UTC)


class Dispatcher:
    """Brings what the outbox owes to `channels`.

    `transaction()` must open BEGIN IMMEDIATE on the connection it yields and commit on leaving, under the lock of the
    one writing connection. Either call `run_once` or `drain` from one thread, or `start` and later `stop`.
    """

    def __init__(
        self,
        transaction: Transaction,
        channels: Sequence[Notifier],
        delivering: Delivering,
        now: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transaction = transaction
        self._now = now
        self._monotonic = monotonic
        self._senders = [Sender(notifier, transaction, delivering, monotonic) for notifier in channels]
        self._threads: list[threading.Thread] = []
        self._wakes = {sender.name: threading.Event() for sender in self._senders}
        self._stopping = threading.Event()

    def recover(self, now: datetime) -> int:
        """To be called once before anything is sent, at start and after a reload: what was `sending` is looked up,
        what was blocked is tried again, what is owed to a channel that is gone is blocked. Number of messages in doubt.
        """
        names = [sender.name for sender in self._senders]
        with self._transaction() as conn:
            strand(conn, names)
            return sum([health.recover(conn, name, now) for name in names])

    def ask_again(self, now: datetime) -> None:
        """A person has looked after things: blocked channels are tried at once."""
        with self._transaction() as conn:
            for sender in self._senders:
                health.ask_again(conn, sender.name, now)
        self.wake()

    def run_once(self, now: datetime) -> datetime | None:
        """Does everything that is due at `now`, channel after channel; when something is due next, None: never."""
        dues = [self._exhaust(sender, now) for sender in self._senders]
        return min((due for due in dues if due is not None), default=None)

    def _exhaust(self, sender: Sender, now: datetime) -> datetime | None:
        while True:
            due = sender.step(now)
            following = min((at for at in (due.owed, due.later) if at is not None), default=None)
            if following is None or following > now:
                return following

    def start(self) -> None:
        """One thread for each channel, until `stop`."""
        for sender in self._senders:
            thread = threading.Thread(target=self._run, args=(sender,), name=f"alerts-{sender.name}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def wake(self) -> None:
        """Something was put or retried: the channels look at once. Cheap, from any thread."""
        for event in self._wakes.values():
            event.set()

    def stop(self, timeout: float = 30.0) -> bool:
        """Lets calls in flight end, at most `timeout` seconds, and closes the channels; whether all have ended."""
        self._stopping.set()
        self.wake()
        until = self._monotonic() + timeout
        for thread in self._threads:
            thread.join(max(until - self._monotonic(), 0.0))
        ended = not any(thread.is_alive() for thread in self._threads)
        self._threads.clear()
        if ended:
            self.close()
        return ended

    def close(self) -> None:
        for sender in self._senders:
            sender.close()

    def _run(self, sender: Sender) -> None:
        wake = self._wakes[sender.name]
        while not self._stopping.is_set():
            wake.clear()
            try:
                now = self._now()
                due = sender.step(now)
                following = min((at for at in (due.owed, due.later) if at is not None), default=None)
                wait = IDLE if following is None else min((following - self._now()).total_seconds(), IDLE)
            except Exception:
                log.exception("the outbox could not be used for channel %s", sender.name)
                wait = TROUBLE
            if wait > 0:
                wake.wait(wait)

    def drain(self, deadline: float) -> None:
        """Does what is due by now, at most `deadline` seconds; later edits, held alerts and blocked channels are not
        waited for.

        What is left over is what `outbox.undelivered` counts.
        """
        until = self._now() + timedelta(seconds=deadline)
        threads = [
            threading.Thread(target=self._drain, args=(sender, until), name=f"alerts-{sender.name}", daemon=True)
            for sender in self._senders
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(max((until - self._now()).total_seconds(), 0.0))

    def _drain(self, sender: Sender, until: datetime) -> None:
        wake = self._wakes[sender.name]
        while (now := self._now()) < until:
            wake.clear()
            try:
                due = sender.step(now)
            except Exception:
                log.exception("the outbox could not be used for channel %s", sender.name)
                return
            if due.owed is None or due.owed >= until:
                return
            wake.wait(max((due.owed - self._now()).total_seconds(), 0.0))
