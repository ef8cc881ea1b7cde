"""The threads: real time, short waits."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from alerts_make import Box, alert, delivering, update

from alerts import outbox
from alerts.dispatch import Dispatcher
from alerts.model import ConsoleChannel
from alerts.ports import Blocked, Capabilities, Missing, NotSent, Sent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pytest

    from alerts.model import Message
    from alerts.ports import Checked, Finding, Outcome


class Told:
    """A channel that answers as it is told and remembers what it was told."""

    def __init__(self, name: str, answer: Callable[[], Outcome] = Sent, pace: timedelta | None = None) -> None:
        self.name = name
        self.capabilities = Capabilities(edits=True, pace=pace)
        self.said: list[tuple[float, str]] = []
        self.closed = False
        self._answer = answer

    def send(self, message: Message) -> Outcome:
        outcome = self._answer()
        if isinstance(outcome, Sent):
            self.said.append((time.monotonic(), message.alerts[0].key if message.alerts else message.note or ""))
        return outcome

    def edit(self, message: Message, ts: str | None) -> Outcome:
        return self.send(message)

    def find(self, message: Message, since: datetime) -> Finding:
        said = message.alerts[0].key if message.alerts else message.note
        return Sent() if said in [text for _, text in self.said] else Missing()

    def check(self, at: datetime, *, send: bool) -> Sequence[Checked]:
        return ()

    def close(self) -> None:
        self.closed = True


def eventually(holds: Callable[[], bool], seconds: float = 5.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.005)
    return False


def test_what_is_put_is_sent_when_woken_and_paced(box: Box) -> None:
    desk = Told("desk", pace=timedelta(milliseconds=150))
    to = delivering(ConsoleChannel(name="desk"))
    made = Dispatcher(box.transaction, [desk], to)
    made.start()
    time.sleep(0.05)
    box.put([alert(1), alert(2), alert(3)], to, datetime.now(UTC))
    made.wake()
    assert eventually(lambda: len(desk.said) == 3)
    gaps = [b[0] - a[0] for a, b in zip(desk.said, desk.said[1:], strict=False)]
    assert min(gaps) >= 0.14
    assert made.stop()
    assert desk.closed
    assert box.states() == {"sent": 3}


def test_a_channel_that_hangs_keeps_no_other_waiting(box: Box) -> None:
    freed = threading.Event()

    def hang() -> Outcome:
        freed.wait(10)
        return Sent()

    slow, quick = Told("slow", hang), Told("quick")
    to = delivering(ConsoleChannel(name="slow"), ConsoleChannel(name="quick"))
    made = Dispatcher(box.transaction, [slow, quick], to)
    box.put([alert(1)], to, datetime.now(UTC))
    made.start()
    assert eventually(lambda: len(quick.said) == 1)
    box.put([alert(2)], to, datetime.now(UTC))
    made.wake()
    assert eventually(lambda: len(quick.said) == 2)
    assert slow.said == []
    assert not made.stop(timeout=0.05)
    freed.set()
    assert eventually(lambda: len(slow.said) == 1)
    assert eventually(lambda: box.rows("SELECT COUNT(*) FROM deliveries WHERE state = 'sending'") == [(0,)])


def test_drain_sends_what_is_owed_and_waits_for_nothing_else(box: Box) -> None:
    desk = Told("desk", pace=timedelta(milliseconds=20))
    to = delivering(ConsoleChannel(name="desk"))
    box.put([alert(n) for n in (1, 2, 3)], to, datetime.now(UTC))
    box.put([alert(4)], to, datetime.now(UTC))
    box.conn.execute(
        "UPDATE deliveries SET state = 'held', due = '2999-01-01T00:00:00.000+00:00' WHERE alert = 'alert-4'"
    )
    began = time.monotonic()
    Dispatcher(box.transaction, [desk], to).drain(10)
    assert time.monotonic() - began < 3
    assert len(desk.said) == 3
    assert outbox.undelivered(box.conn) == 0


def test_drain_edits_what_is_due_by_now_and_waits_for_no_later_edit(box: Box) -> None:
    desk = Told("desk", pace=timedelta(milliseconds=20))
    to = delivering(ConsoleChannel(name="desk"))
    made = Dispatcher(box.transaction, [desk], to)
    box.put([alert(1)], to, datetime.now(UTC))
    made.drain(10)
    box.put([], to, datetime.now(UTC), updates=[update(1)])
    began = time.monotonic()
    made.drain(10)
    assert len(desk.said) == 1
    box.conn.execute("UPDATE messages SET edit_due = ?", (outbox.rows.stamp(datetime.now(UTC)),))
    made.drain(10)
    assert time.monotonic() - began < 3
    assert len(desk.said) == 2


def test_drain_ends_at_once_when_the_channel_is_blocked(box: Box) -> None:
    desk = Told("desk", lambda: Blocked("closed", "open it", timedelta(hours=1)))
    to = delivering(ConsoleChannel(name="desk"))
    box.put([alert(1)], to, datetime.now(UTC))
    began = time.monotonic()
    Dispatcher(box.transaction, [desk], to).drain(10)
    assert time.monotonic() - began < 3
    assert outbox.undelivered(box.conn) == 1


def test_drain_keeps_to_its_deadline(box: Box) -> None:
    desk = Told("desk", lambda: NotSent("refused"))
    to = delivering(ConsoleChannel(name="desk"))
    box.put([alert(1)], to, datetime.now(UTC))
    began = time.monotonic()
    Dispatcher(box.transaction, [desk], to).drain(0.3)
    assert time.monotonic() - began < 2
    assert box.states() == {"pending": 1}


def test_a_channel_that_raises_is_in_doubt_and_goes_on(box: Box, caplog: pytest.LogCaptureFixture) -> None:
    answers = iter((True, False))

    def burst() -> Outcome:
        if next(answers):
            raise ZeroDivisionError("a slip")
        return Sent()

    desk = Told("desk", burst)
    to = delivering(ConsoleChannel(name="desk"))
    box.put([alert(1)], to, datetime.now(UTC))
    Dispatcher(box.transaction, [desk], to).drain(10)
    assert box.states() == {"sent": 1}
    assert "a slip" in caplog.text


def test_trouble_with_the_outbox_is_logged_and_passes(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alerts.dispatch.loop.TROUBLE", 0.02)
    troubles = [sqlite3.OperationalError("disk I/O error")] * 2

    @contextmanager
    def transaction() -> Iterator[sqlite3.Connection]:
        if troubles:
            raise troubles.pop()
        with box.transaction() as conn:
            yield conn

    desk = Told("desk")
    to = delivering(ConsoleChannel(name="desk"))
    box.put([alert(1)], to, datetime.now(UTC))
    made = Dispatcher(transaction, [desk], to)
    made.start()
    assert eventually(lambda: len(desk.said) == 1)
    assert made.stop()


def test_a_send_that_could_not_be_written_down_is_looked_up(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alerts.dispatch.loop.TROUBLE", 0.02)
    opened = 0

    @contextmanager
    def transaction() -> Iterator[sqlite3.Connection]:
        nonlocal opened
        opened += 1
        if opened == 2:
            raise sqlite3.OperationalError("database or disk is full")
        with box.transaction() as conn:
            yield conn

    desk = Told("desk")
    desk.capabilities = Capabilities(on_ambiguous="verify")
    to = delivering(ConsoleChannel(name="desk"))
    box.put([alert(1)], to, datetime.now(UTC))
    made = Dispatcher(transaction, [desk], to)
    made.start()
    assert eventually(lambda: box.states() == {"sent": 1})
    assert made.stop()
    assert len(desk.said) == 1


def test_the_pace_of_the_settings_goes_before_that_of_the_channel(box: Box) -> None:
    desk = Told("desk")
    to = replace(delivering(ConsoleChannel(name="desk")), pace=timedelta(seconds=7))
    now = datetime.now(UTC).replace(microsecond=0)
    box.put([alert(1), alert(2)], to, now)
    due = Dispatcher(box.transaction, [desk], to, monotonic=lambda: 0.0).run_once(now)
    assert due == now + timedelta(seconds=7)


def test_asking_again_tries_a_blocked_channel_at_once(box: Box) -> None:
    answers: list[Outcome] = [Sent(), Blocked("closed", "open it", timedelta(hours=1))]
    desk = Told("desk", answers.pop)
    to = delivering(ConsoleChannel(name="desk"))
    made = Dispatcher(box.transaction, [desk], to)
    box.put([alert(1)], to, datetime.now(UTC))
    made.run_once(datetime.now(UTC))
    assert box.states() == {"blocked": 1}
    made.ask_again(datetime.now(UTC))
    made.run_once(datetime.now(UTC))
    assert box.states() == {"sent": 1}
