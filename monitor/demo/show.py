"""The daemon itself over the recorded morning: a throw-away database, a real server, the console for a channel."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import ipaddress
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alerts import outbox
from alerts.model import ConsoleChannel, Delivering, Route
from monitor.app import App, SystemClock
from monitor.daemon import Daemon
from monitor.demo import summary
from monitor.demo.recording import MORNING, outlets
from monitor.demo.screen import Screen
from monitor.demo.server import FeedServer, Morning
from monitor.errors import MonitorError
from monitor.feeds.fetch.poller import HttpPoller
from monitor.model import Feed
from monitor.settings import Poll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.demo.recording import Outlet
    from monitor.model import PollJob, PollResult
    from monitor.ports import Poller
    from monitor.settings import Settings

EVERY = 2.0
"""Seconds between two polls of a feed at speed 1."""
OFTENEST = 0.25
LOOK = 0.1
"""Seconds between two looks at whether the morning is over."""
LATEST = 20.0
"""Seconds that the last polls and alerts get after the morning."""
LAST_EDITS = 1.5
"""Seconds that sources get to join what has been told."""


def show(settings: Settings, *, speed: float, port: int) -> bool:
    """Plays the morning and writes what came of it to standard output; whether it came to its end.

    Watchlists and rules are those of `settings`, feeds and channel are the demo's own. `speed` 1 takes three minutes;
    `port` 0 takes a free one. MonitorError when the port cannot be had, or loopback does not work.
    """
    recording = outlets()
    morning = Morning(speed)
    with tempfile.TemporaryDirectory(prefix="chipwire-demo-") as folder, FeedServer(recording, morning, port) as server:
        feeds = [_feed(outlet, server) for outlet in recording]
        staged = _staged(settings, feeds, Path(folder), max(OFTENEST, EVERY / speed))
        with App(staged, secrets=False) as app:
            with Screen(recording, morning) as screen:
                over = asyncio.run(_play(app, screen, morning))
            with app.engine.database.reading() as sql:
                summary.write(sql, recording, screen.polls, screen.unchanged)
    return over


def _feed(outlet: Outlet, server: FeedServer) -> Feed:
    return Feed(url=server.url(outlet), name=outlet.name, language=outlet.language, trust=outlet.trust)


def _staged(settings: Settings, feeds: Sequence[Feed], folder: Path, every: float) -> Settings:
    """The settings with the demo's feeds, folder and channel; its file does not exist and so never changes."""
    pace = timedelta(seconds=every)
    return dataclasses.replace(
        settings,
        path=folder / "feeds.yaml",
        database=folder / "demo.db",
        feeds=tuple(feeds),
        poll=Poll(every=pace, min=pace, max=pace, jitter=0.1),
        network=dataclasses.replace(settings.network, allow_private=(ipaddress.IPv4Network("127.0.0.0/8"),)),
        delivering=Delivering(
            channels=(ConsoleChannel(name="console"),), routes=(Route(to=("console",)),), ops=("console",)
        ),
    )


class _Watched:
    """A poller whose answers are shown."""

    def __init__(self, poller: Poller, screen: Screen) -> None:
        self._poller, self._screen = poller, screen

    async def poll(self, job: PollJob) -> PollResult:
        result = await self._poller.poll(job)
        self._screen.polled(job, result)
        return result


async def _play(app: App, screen: Screen, morning: Morning) -> bool:
    """Runs the daemon until the morning is over, or somebody stops it; whether it is over."""
    clock = SystemClock()
    async with HttpPoller(app.engine.settings.network, clock=clock) as poller:
        daemon = Daemon(app, _Watched(poller, screen), clock)
        direction = asyncio.create_task(_direct(daemon, app, screen, morning))
        await daemon.run()
        stopped = not direction.done()
        direction.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await direction
    return not stopped


async def _direct(daemon: Daemon, app: App, screen: Screen, morning: Morning) -> None:
    """Lets the morning begin when every feed has been asked once; ends the daemon when all of it has been told."""
    feeds = {feed.url for feed in app.engine.settings.feeds}
    try:
        while screen.answered != feeds:
            await asyncio.sleep(LOOK)
        if screen.failed.keys() == feeds:
            reason = next(iter(screen.failed.values()))
            raise MonitorError(f"no recorded feed could be asked: {reason}; is the loopback interface up?")
        morning.start()
        screen.begin()
        while morning.time() < MORNING:
            screen.advance()
            screen.joined(_alerts(app))
            await asyncio.sleep(LOOK)
        screen.answered.clear()
        latest = time.monotonic() + LATEST
        while time.monotonic() < latest and (screen.answered != feeds or _owed(app)):
            await asyncio.sleep(LOOK)
        await asyncio.sleep(LAST_EDITS)
    finally:
        daemon.stop()


def _alerts(app: App) -> list[dict[str, Any]]:
    with app.engine.database.reading() as sql:
        return outbox.listing(sql)


def _owed(app: App) -> bool:
    with app.engine.database.reading() as sql:
        return outbox.undelivered(sql) > 0
