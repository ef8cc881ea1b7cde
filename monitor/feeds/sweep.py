"""One round over many feeds: one request per host at a time, hosts independent of each other."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from datetime import timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING

from monitor.feeds.fetch.url import parse
from monitor.model import Failed, Unchanged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
    from typing import Self

    from monitor.model import PollJob, PollResult
    from monitor.ports import Clock, Poller

HOST_GAP = timedelta(seconds=1)
TOGETHER = 50
"""Answers that are given at once, at most."""
PATIENCE = 0.2
"""Seconds that an answer waits for others."""


def host_of(url: str) -> str:
    """Host and port that a URL is asked from, `host:port`; what politeness counts by. The URL itself if it has none."""
    try:
        target = parse(url)
    except ValueError:
        return url
    return f"{target.host.rstrip('.')}:{target.port}"


def default_gap(host: str) -> timedelta:
    """One second, none on a loopback address."""
    name = host.rpartition(":")[0]
    if name == "localhost":
        return timedelta(0)
    with suppress(ValueError):
        if ip_address(name).is_loopback:
            return timedelta(0)
    return HOST_GAP


async def sweep(
    poller: Poller,
    jobs: Iterable[PollJob],
    *,
    clock: Clock,
    host_gap: timedelta | None = None,
    concurrency: int = 50,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[tuple[PollJob, PollResult]]:
    """Polls every job once and yields each with its result as it comes.

    Never more than one request per host at a time, `host_gap` (None: `default_gap`) between the end of one and the
    start of the next, `concurrency` requests in all. A `retry_after` gives the host's remaining jobs back as throttled.
    Results that nobody takes hold up the polls. Leaving the loop early cancels what is in flight.
    """
    async with _Round(poller, jobs, clock, host_gap, concurrency=concurrency, sleep=sleep) as round_:
        while round_.left:
            yield await round_.take()


async def sweep_together(
    poller: Poller, jobs: Iterable[PollJob], *, clock: Clock, host_gap: timedelta | None = None, concurrency: int = 50
) -> AsyncIterator[list[tuple[PollJob, PollResult]]]:
    """`sweep`, but answers that brought nothing come several at a time: all but the last of a list are `Unchanged`."""
    async with _Round(poller, jobs, clock, host_gap, concurrency=concurrency, sleep=asyncio.sleep) as round_:
        while round_.left:
            yield await round_.take_together()


class _Round:
    """The queues of one sweep."""

    def __init__(
        self,
        poller: Poller,
        jobs: Iterable[PollJob],
        clock: Clock,
        host_gap: timedelta | None,
        *,
        concurrency: int,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self.poller, self.clock, self.host_gap, self.sleep = poller, clock, host_gap, sleep
        self.concurrency = concurrency
        self.hosts: dict[str, deque[PollJob]] = {}
        self.ready: asyncio.Queue[str] = asyncio.Queue()
        self.results: asyncio.Queue[tuple[PollJob, PollResult] | BaseException] = asyncio.Queue(concurrency)
        self.tasks: set[asyncio.Task[None]] = set()
        self.workers: list[asyncio.Task[None]] = []
        self.left = 0
        """Results to come."""
        for job in jobs:
            self._add(job)

    def _add(self, job: PollJob) -> None:
        host = host_of(job.url)
        if host not in self.hosts:
            self.hosts[host] = deque()
            self.ready.put_nowait(host)
        self.hosts[host].append(job)
        self.left += 1

    async def __aenter__(self) -> Self:
        self.workers = [asyncio.create_task(self.work()) for _ in range(min(self.concurrency, len(self.hosts)))]
        for worker in self.workers:
            worker.add_done_callback(self._report)
        return self

    async def take(self) -> tuple[PollJob, PollResult]:
        """The next result."""
        result = await self.results.get()
        if isinstance(result, BaseException):
            raise result
        self.left -= 1
        return result

    async def take_together(self) -> list[tuple[PollJob, PollResult]]:
        """The next result, and while it brought nothing those that follow at once."""
        found = [await self.take()]
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while self.left and len(found) < TOGETHER and isinstance(found[-1][1], Unchanged):
                    found.append(await self.take())
        return found

    def _report(self, worker: asyncio.Task[None]) -> None:
        """A poller that raises is a bug: the round ends with it instead of waiting for ever."""
        if not worker.cancelled() and (bug := worker.exception()) is not None:
            self._spawn(self.results.put(bug))

    async def work(self) -> None:
        while True:
            host = await self.ready.get()
            queue = self.hosts[host]
            job = queue.popleft()
            result = await self.poller.poll(job)
            await self.results.put((job, result))
            if isinstance(result, Failed) and result.retry_after is not None:
                await self._give_back(host, result.retry_after)
            elif queue:
                self._rest(host)

    async def _give_back(self, host: str, pause: timedelta) -> None:
        message = f"{host} asked to be left alone for {pause}"
        for job in self.hosts[host]:
            await self.results.put((job, Failed(kind="throttled", message=message, retry_after=pause, soft=True)))
        self.hosts[host].clear()

    def _rest(self, host: str) -> None:
        gap = default_gap(host) if self.host_gap is None else self.host_gap
        if not gap:
            self.ready.put_nowait(host)
            return
        self._spawn(self._ready_after(host, gap.total_seconds()))

    def _spawn(self, coroutine: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(coroutine)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _ready_after(self, host: str, seconds: float) -> None:
        until = self.clock.monotonic() + seconds
        while (left := until - self.clock.monotonic()) > 0:
            await self.sleep(left)
        self.ready.put_nowait(host)

    async def __aexit__(self, *exc: object) -> None:
        tasks = [*self.workers, *self.tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
