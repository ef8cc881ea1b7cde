"""Puts alerts and delivers them to Slack, and is killed on the way. test_alerts_crash.py runs it in its own process.

Forks a process for each life; a life ends by SIGKILL at a chosen step: around every transaction and every call.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from alerts_make import Box, alert, delivering, slack, update

from alerts import outbox
from alerts.channels.slack import SlackNotifier
from alerts.dispatch import Dispatcher

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from alerts.model import Alert, AlertUpdate, Message
    from alerts.ports import Finding, Outcome


class Fate:
    """Kills this process at the given step; 0 lets it live."""

    def __init__(self, at: int) -> None:
        self.left = at

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class MortalNotifier(SlackNotifier):
    """Slack, with a step before and after every call."""

    def __init__(self, url: str, fate: Fate) -> None:
        super().__init__(slack(url), pace=timedelta(0))
        self._fate = fate

    def send(self, message: Message) -> Outcome:
        self._fate.step()
        outcome = super().send(message)
        self._fate.step()
        return outcome

    def edit(self, message: Message, ts: str | None) -> Outcome:
        self._fate.step()
        outcome = super().edit(message, ts)
        self._fate.step()
        return outcome

    def find(self, message: Message, since: datetime) -> Finding:
        self._fate.step()
        finding = super().find(message, since)
        self._fate.step()
        return finding


class Life:
    """One process: opens the outbox, recovers, puts what is not there yet, delivers until nothing is due."""

    def __init__(self, path: str, url: str, dies_at: int) -> None:
        self._fate = Fate(dies_at)
        self._box = Box(Path(path))
        self._box.conn.execute("PRAGMA synchronous = FULL")
        self._to = delivering(slack(url))
        notifier = MortalNotifier(url, self._fate)
        self._dispatcher = Dispatcher(self.transaction, [notifier], self._to, lambda: datetime.now(UTC))
        self._now = datetime.now(UTC)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        self._fate.step()
        with self._box.transaction() as conn:
            yield conn
            self._fate.step()
        self._fate.step()

    def run(self, waves: list[list[int]]) -> None:
        self._dispatcher.recover(self._now)
        for wave in waves:
            self._put([alert(number) for number in wave], [])
            self._put([], [update(number) for number in wave[:1]])
        self._deliver()

    def _put(self, alerts: list[Alert], updates: list[AlertUpdate]) -> None:
        with self.transaction() as conn:
            outbox.put(conn, alerts, updates, (), self._to, now=self._now)
        self._deliver()

    def _deliver(self) -> None:
        while (due := self._dispatcher.run_once(self._now)) is not None:
            self._now = max(due, self._now)


def lived(path: str, url: str, waves: list[list[int]], dies_at: int) -> bool:
    """Whether a life with this fate came to its end."""
    child = os.fork()
    if child == 0:
        try:
            Life(path, url, dies_at).run(waves)
        except BaseException:  # noqa: BLE001 - a fork must never return into its parent's code
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return False
    if status != 0:
        sys.exit(f"a life failed: {status}")
    return True


def every_step(path: str, url: str) -> int:
    """Three alerts at a time, killed at step 1, 2, 3 … until a life is longer than that; each is then finished."""
    step = 0
    while True:
        step += 1
        wave = [[step * 10 + 1, step * 10 + 2], [step * 10 + 3]]
        if lived(path, url, wave, step):
            return step
        assert lived(path, url, wave, 0)


def at_random(path: str, url: str) -> int:
    """1,000 alerts in waves of up to seven, killed again and again; the last life is spared."""
    dice, waves, number = random.Random(9), list[list[int]](), 0
    while number < 1_000:
        size = min(dice.choice((1, 2, 3, 7)), 1_000 - number)
        waves.append(list(range(number + 1, number + 1 + size)))
        number += size
    deaths, done = 0, 0
    while done < len(waves):
        part = waves[done : done + 8]
        while not lived(path, url, part, dice.randint(1, 160)):
            deaths += 1
        done += 8
    assert lived(path, url, [], 0)
    return deaths


if __name__ == "__main__":
    modes: dict[str, Callable[[str, str], int]] = {"every-step": every_step, "at-random": at_random}
    sys.stdout.write(str(modes[sys.argv[1]](sys.argv[2], sys.argv[3])))
