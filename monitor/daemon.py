"""When: the tick that asks what is due, signals, reload of the file, sign of life, draining."""

from __future__ import annotations

import asyncio
import logging
import random
import signal
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from monitor.errors import ConfigError, StoreError
from monitor.feeds.sweep import default_gap, host_of, sweep_together
from monitor.model import Unchanged
from monitor.pipeline import Recorded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from apscheduler.schedulers.asyncio import AsyncIOScheduler
    from apscheduler.schedulers.base import BaseScheduler

    from monitor.engine import Engine
    from monitor.model import Feed, PollJob, PollResult
    from monitor.ports import Clock, Poller

log = logging.getLogger(__name__)

TICK = timedelta(seconds=1)
STEP = timedelta(seconds=30)
"""Wall time and monotonic time further apart than this: the clock was set or the machine slept."""
WATCH = 5.0
"""Seconds between two looks at the clocks."""
BEAT = timedelta(seconds=10)
OVERDUE = timedelta(seconds=90)
"""Without a sign of life for this long `status --check` fails."""
CONCURRENCY = 50
DRAIN = 10.0
"""Seconds that polls in flight get at the end."""


class RunningDesk(Protocol):
    """What makes engines: the first at the start, another whenever the file changed."""

    engine: Engine

    def reload(self) -> Engine | None:
        """A new engine when the file changed; ConfigError when the edit is broken."""

    def look_again(self) -> None:
        """The next reload takes the file up even if it looks the same."""


class ClockWatch:
    """Notices when wall time and monotonic time part: the clock was set, or the machine slept."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._apart = self._difference()

    def jump(self) -> float:
        """Seconds by which wall time has jumped since the last jump; 0 while it has not by more than `STEP`."""
        moved = self._difference() - self._apart
        if abs(moved) <= STEP.total_seconds():
            return 0.0
        self._apart += moved
        return moved

    def _difference(self) -> float:
        return self._clock.now().timestamp() - self._clock.monotonic()


def schedule_anew(scheduler: BaseScheduler) -> None:
    """Every job runs next as its trigger says from now on, not from when the clock was another."""
    for job in scheduler.get_jobs():
        job.reschedule(job.trigger)


@dataclass(slots=True)
class Round:
    """What `run --once` came to."""

    polled: int = 0
    failed: int = 0
    paused: int = 0
    recorded: list[Recorded] = field(default_factory=list)


class Daemon:
    """Drives an engine until it is told to stop."""

    def __init__(self, desk: RunningDesk, poller: Poller, clock: Clock) -> None:
        self._desk = desk
        self._engine = desk.engine
        self._poller = poller
        self._clock = clock
        self._random = random.SystemRandom()
        self._batch = f"start {clock.now().isoformat()}"
        self._busy: set[str] = set()
        self._free_at: dict[str, float] = {}
        self._rounds: set[asyncio.Task[None]] = set()
        self._first: set[str] = set()
        self._stop = asyncio.Event()
        self._beat_at: datetime | None = None

    async def run(self) -> None:
        """Polls and delivers until SIGTERM or SIGINT; a second signal ends at once."""
        self._signals()
        self._engine.dispatcher.start()
        self._open_batch(self._engine.settings.feeds)
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
        engine, now = self._engine, self._clock.now()
        feeds = engine.settings.feeds
        self._open_batch(feeds)
        paused = engine.sources.paused(now)
        jobs = [engine.pipeline.job(feed, now) for feed in feeds]
        asked = [job for job in jobs if host_of(job.url) not in paused]
        done = Round(paused=len(jobs) - len(asked))
        async for answers in sweep_together(
            self._poller,
            asked,
            host_gap=engine.settings.poll.host_gap,
            concurrency=CONCURRENCY,
            clock=self._clock,
        ):
            recorded = self._record(engine, answers)
            done.polled += len(recorded)
            done.failed += sum(one.error is not None for one in recorded)
            done.recorded += recorded
            progress(done, len(asked))
        engine.close_batch(self._batch, self._clock.now())
        await asyncio.to_thread(engine.dispatcher.drain, deadline)
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
            self._launch()
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
            self._open_batch(engine.settings.feeds)

    def _carry_out_requests(self) -> None:
        for line in self._engine.carry_out_requests(self._clock.now()):
            log.info("%s", line)
            self._engine.dispatcher.wake()

    def _launch(self) -> None:
        """Starts polls for what is due, on hosts where none is under way."""
        jobs = self._due()
        if not jobs:
            return
        self._busy.update(host_of(job.url) for job in jobs)
        task = asyncio.create_task(self._poll(jobs))
        self._rounds.add(task)
        task.add_done_callback(self._rounds.discard)

    def _due(self) -> list[PollJob]:
        engine, now = self._engine, self._clock.now()
        feeds = {feed.url: feed for feed in engine.settings.feeds}
        paused = engine.sources.paused(now)
        monotonic = self._clock.monotonic()
        jobs = []
        for url in engine.sources.due(now, engine.longest):
            job = engine.pipeline.job(feeds[url], now) if url in feeds else None
            host = host_of(job.url) if job else ""
            if job and host not in paused and host not in self._busy and self._free_at.get(host, 0.0) <= monotonic:
                jobs.append(job)
        return jobs

    async def _poll(self, jobs: list[PollJob]) -> None:
        engine = self._engine
        gap = engine.settings.poll.host_gap
        left = Counter(host_of(job.url) for job in jobs)
        try:
            concurrency = max(1, CONCURRENCY - len(self._busy))
            async for answers in sweep_together(
                self._poller, jobs, host_gap=gap, concurrency=concurrency, clock=self._clock
            ):
                self._record(engine, answers)
                for host in [host_of(job.url) for job, _ in answers]:
                    left[host] -= 1
                    if not left[host]:
                        self._release(host, gap)
        except Exception:
            log.exception("a round of polls failed")
        finally:
            for host, count in left.items():
                if count:
                    self._release(host, gap)

    def _record(self, engine: Engine, answers: list[tuple[PollJob, PollResult]]) -> list[Recorded]:
        """Answers in order: those that brought nothing in one transaction, each of the others in its own."""
        unchanged = [(job, result) for job, result in answers if isinstance(result, Unchanged)]
        if len(unchanged) < 2:
            return [self._record_one(engine, job, result) for job, result in answers]
        try:
            recorded = engine.pipeline.record_unchanged(unchanged, now=self._clock.now(), fraction=self._random.random)
        except Exception:
            log.exception("answers without news could not be stored together; each is taken in by itself")
            return [self._record_one(engine, job, result) for job, result in answers]
        for job, _ in unchanged:
            self._close_batch(engine, job.feed)
        others = [(job, result) for job, result in answers if not isinstance(result, Unchanged)]
        return recorded + [self._record_one(engine, job, result) for job, result in others]

    def _record_one(self, engine: Engine, job: PollJob, result: PollResult) -> Recorded:
        """One feed's answer; whatever goes wrong with it is that feed's, and its next poll brings the same again."""
        try:
            recorded = engine.pipeline.record(
                job,
                result,
                now=self._clock.now(),
                batch=self._batch,
                fraction=self._random.random(),
            )
        except StoreError as error:
            log.exception("%s: the answer could not be stored and will be asked for again", job.feed.name)
            return Recorded(feed=job.feed, error=str(error))
        except Exception as error:
            log.exception("%s: the answer could not be taken in and will be asked for again", job.feed.name)
            engine.put_off(job.feed, self._clock.now())
            return Recorded(feed=job.feed, error=f"{type(error).__name__}: {error}")
        if recorded.alerts or recorded.updates:
            engine.dispatcher.wake()
        self._close_batch(engine, job.feed)
        return recorded

    def _release(self, host: str, gap: timedelta | None) -> None:
        self._busy.discard(host)
        pause = default_gap(host) if gap is None else gap
        self._free_at[host] = self._clock.monotonic() + pause.total_seconds()

    def _open_batch(self, feeds: Iterable[Feed]) -> None:
        unfetched = self._engine.sources.unfetched()
        self._first = {feed.url for feed in feeds if feed.url in unfetched}

    def _close_batch(self, engine: Engine, feed: Feed) -> None:
        if feed.url in self._first:
            self._first.discard(feed.url)
            if not self._first:
                engine.close_batch(self._batch, self._clock.now())
                engine.dispatcher.wake()

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
        if self._rounds:
            _, late = await asyncio.wait(self._rounds, timeout=DRAIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await asyncio.to_thread(self._engine.dispatcher.stop)
        self._engine.rest(self._clock.now())
