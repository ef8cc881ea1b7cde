"""Which polls are due, and what their answers are handed to; one host is never asked twice at a time."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.errors import StoreError
from monitor.feeds.sweep import default_gap, host_of, sweep_together
from monitor.model import Unchanged
from monitor.pipeline import Recorded

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from monitor.engine import Engine
    from monitor.model import Feed, PollJob, PollResult
    from monitor.ports import Clock, Poller

log = logging.getLogger(__name__)

CONCURRENCY = 50


@dataclass(slots=True)
class Round:
    """What `run --once` came to."""

    polled: int = 0
    failed: int = 0
    paused: int = 0
    recorded: list[Recorded] = field(default_factory=list)


class Polling:
    """The polls under way; each call says by which engine."""

    def __init__(self, poller: Poller, clock: Clock) -> None:
        self._poller = poller
        self._clock = clock
        self._random = random.SystemRandom()
        self._batch = f"start {clock.now().isoformat()}"
        self._busy: set[str] = set()
        self._free_at: dict[str, float] = {}
        self._rounds: set[asyncio.Task[None]] = set()
        self._first: set[str] = set()

    def open_batch(self, engine: Engine) -> None:
        """The feeds without a first fetch: what theirs bring is told together, when the last of them is in."""
        unfetched = engine.sources.unfetched()
        self._first = {feed.url for feed in engine.settings.feeds if feed.url in unfetched}

    def launch(self, engine: Engine) -> None:
        """Starts polls for what is due, on hosts where none is under way."""
        jobs = self._due(engine)
        if not jobs:
            return
        self._busy.update(host_of(job.url) for job in jobs)
        task = asyncio.create_task(self._poll(engine, jobs))
        self._rounds.add(task)
        task.add_done_callback(self._rounds.discard)

    async def drain(self, seconds: float) -> None:
        """Polls under way get so many seconds to finish; what is late is cancelled and asked for again another time."""
        if self._rounds:
            _, late = await asyncio.wait(self._rounds, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def everything(self, engine: Engine, progress: Callable[[Round, int], None]) -> Round:
        """Asks every feed whatever its time, except on paused hosts."""
        now = self._clock.now()
        self.open_batch(engine)
        paused = engine.sources.paused(now)
        jobs = [engine.pipeline.job(feed, now) for feed in engine.settings.feeds]
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
        return done

    def _due(self, engine: Engine) -> list[PollJob]:
        now = self._clock.now()
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

    async def _poll(self, engine: Engine, jobs: list[PollJob]) -> None:
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

    def _close_batch(self, engine: Engine, feed: Feed) -> None:
        if feed.url in self._first:
            self._first.discard(feed.url)
            if not self._first:
                engine.close_batch(self._batch, self._clock.now())
                engine.dispatcher.wake()
