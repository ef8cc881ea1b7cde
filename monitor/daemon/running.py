"""The desk while it runs: its tick, its signals, edits of the file, its end."""

from __future__ import annotations

import asyncio
import logging
import signal
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from monitor.daemon.clocks import ClockWatch, schedule_anew
from monitor.daemon.polling import Polling
from monitor.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    from monitor.daemon.polling import Round
    from monitor.engine import Engine
    from monitor.ports import Clock, Poller

log = logging.getLogger(__name__)

TICK = timedelta(seconds=1)
WATCH = 5.0
"""Seconds between two looks at the clocks."""
BEAT = timedelta(seconds=10)
OVERDUE = timedelta(seconds=90)
"""Without a sign of life for this long `status --check` fails."""
DRAIN = 10.0
"""Seconds that polls in flight get at the end."""


class RunningDesk(Protocol):
    """What makes engines: the first at the start, another whenever the file changed."""

    engine: Engine

    def reload(self) -> Engine | None:
        """A new engine when the file changed; ConfigError when the edit is broken."""

    def look_again(self) -> None:
        """The next reload takes the file up even if it looks the same."""


class Daemon:
    """Drives an engine until it is told to stop."""

    def __init__(self, desk: RunningDesk, poller: Poller, clock: Clock) -> None:
        self._desk = desk
        self._engine = desk.engine
        self._clock = clock
        self._polling = Polling(poller, clock)
        self._stop = asyncio.Event()
        self._beat_at: datetime | None = None

    async def run(self) -> None:
        """Polls and delivers until SIGTERM or SIGINT; a second signal ends at once."""
        self._signals()
        self._engine.dispatcher.start()
        self._polling.open_batch(self._engine)
        scheduler = self._scheduler()
        scheduler.start()
        watch = asyncio.create_task(self._watch_clocks(scheduler))
        try:
            await self._stop.wait()
        finally:
            watch.cancel()
            scheduler.shutdown(wait=False)
            await self._drain()

    def stop(self) -> None:
        """Ends `run`; what is in flight may finish."""
        self._stop.set()

    async def once(self, deadline: float, progress: Callable[[Round, int], None]) -> Round:
        """Asks every feed whatever its time, except on paused hosts, then delivers for at most `deadline` seconds."""
        done = await self._polling.everything(self._engine, progress)
        await asyncio.to_thread(self._engine.dispatcher.drain, deadline)
        return done

    def _scheduler(self) -> AsyncIOScheduler:
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        tick = min(TICK, self._engine.settings.poll.min / 2)
        scheduler.add_job(
            self._tick, "interval", seconds=tick.total_seconds(), id="tick", next_run_time=self._clock.now()
        )
        scheduler.add_job(self._keep_house, "interval", hours=1, id="housekeeping")
        return scheduler

    async def _watch_clocks(self, scheduler: AsyncIOScheduler) -> None:
        """A scheduler on wall time would stand still for an hour when the clock is set back by one."""
        clocks = ClockWatch(self._clock)
        while True:
            await asyncio.sleep(WATCH)
            if jump := clocks.jump():
                log.warning("the clock jumped by %.0f s: the tick is scheduled anew", jump)
                schedule_anew(scheduler)

    async def _tick(self) -> None:
        try:
            self._renew()
            self._carry_out_requests()
            self._polling.launch(self._engine)
            self._beat()
        except StoreError:
            log.exception("the store failed; polling goes on when it answers again")

    def _renew(self) -> None:
        """Takes up an edit of the file; a broken one leaves everything as it was."""
        try:
            engine = self._desk.reload()
        except ConfigError as error:
            self._engine.notice(f"The edit is broken, the last good one stays in force:\n{error}", self._clock.now())
            log.error("%s", error)  # noqa: TRY400 - a person's slip, not a traceback
            self._engine.remark(str(error), self._clock.now())
            return
        if engine is not None:
            self._engine = engine
            engine.remark(None, self._clock.now())
            self._polling.open_batch(engine)

    def _carry_out_requests(self) -> None:
        for line in self._engine.carry_out_requests(self._clock.now()):
            log.info("%s", line)
            self._engine.dispatcher.wake()

    def _beat(self) -> None:
        now = self._clock.now()
        if self._beat_at is None or not timedelta(0) <= now - self._beat_at < BEAT:
            self._engine.beat(now, now + OVERDUE)
            self._beat_at = now

    async def _keep_house(self) -> None:
        try:
            self._engine.keep_house(self._clock.now())
        except StoreError:
            log.exception("housekeeping failed; it is tried again in an hour")

    def _signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._asked_to_stop, number)
        loop.add_signal_handler(signal.SIGHUP, self._desk.look_again)

    def _asked_to_stop(self, number: int) -> None:
        if self._stop.is_set():
            # Everything is committed or will be asked for again: ending here loses nothing.
            raise SystemExit(128 + number)
        log.info("stopping; polls in flight get %.0f s", DRAIN)
        self._stop.set()

    async def _drain(self) -> None:
        await self._polling.drain(DRAIN)
        await asyncio.to_thread(self._engine.dispatcher.stop)
        self._engine.rest(self._clock.now())
