"""One round over many feeds: hosts one at a time and apart, everything at once otherwise."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from feeds_server import Exchange, Server, SystemClock, items, job, run

from monitor.feeds.fetch.poller import HttpPoller
from monitor.feeds.network import Network
from monitor.feeds.sweep import TOGETHER, default_gap, host_of, sweep, sweep_together
from monitor.model import Failed, Fetched, PollJob, PollResult, Unchanged, Validators

if TYPE_CHECKING:
    from collections.abc import Sequence

SECOND = timedelta(seconds=1)


class Time:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return datetime(2026, 11, 23, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds
        await asyncio.sleep(0)


class Recorder:
    """A poller that notes who is asked when, and answers after a few turns of the loop."""

    def __init__(self, time: Time, results: dict[str, PollResult] | None = None) -> None:
        self.time, self.results = time, results or {}
        self.asked: list[tuple[str, float]] = []
        self.busy: defaultdict[str, int] = defaultdict(int)
        self.most = self.most_of_a_host = 0

    async def poll(self, job: PollJob) -> PollResult:
        host = host_of(job.url)
        self.asked.append((job.url, self.time.seconds))
        self.busy[host] += 1
        self.most = max(self.most, sum(self.busy.values()))
        self.most_of_a_host = max(self.most_of_a_host, self.busy[host])
        for _ in range(5):
            await asyncio.sleep(0)
        self.busy[host] -= 1
        return self.results.get(job.url, Unchanged(status=304, validators=Validators()))


def swept(
    urls: Sequence[str], poller: Recorder, *, gap: timedelta | None = SECOND, concurrency: int = 50
) -> list[tuple[PollJob, PollResult]]:
    async def work() -> list[tuple[PollJob, PollResult]]:
        rounds = sweep(
            poller, map(job, urls), clock=poller.time, host_gap=gap, concurrency=concurrency, sleep=poller.time.sleep
        )
        return [found async for found in rounds]

    return run(work())


def test_every_job_comes_back_once() -> None:
    urls = [f"http://h{n % 7}.example/{n}" for n in range(40)]
    found = swept(urls, Recorder(Time()))
    assert sorted(job.url for job, _ in found) == sorted(urls)
    assert swept([], Recorder(Time())) == []


def test_one_request_of_a_host_at_a_time_with_a_gap() -> None:
    poller = Recorder(Time())
    swept([f"http://one.example/{n}" for n in range(5)], poller)
    assert poller.most_of_a_host == 1
    assert [at for _, at in poller.asked] == [0, 1, 2, 3, 4]


def test_hosts_do_not_wait_for_each_other() -> None:
    poller = Recorder(Time())
    swept([f"http://h{n}.example/" for n in range(20)], poller)
    assert {at for _, at in poller.asked} == {0}
    assert poller.most == 20


def test_ports_are_hosts_of_their_own() -> None:
    poller = Recorder(Time())
    swept([f"http://h.example:{port}/" for port in (80, 8080, 8081)] + ["https://h.example/"], poller)
    assert {at for _, at in poller.asked} == {0}


def test_concurrency_is_bounded() -> None:
    poller = Recorder(Time())
    found = swept([f"http://h{n}.example/" for n in range(50)], poller, concurrency=7)
    assert (poller.most, len(found)) == (7, 50)


def gathered(poller: Recorder, urls: Sequence[str]) -> list[list[tuple[PollJob, PollResult]]]:
    async def work() -> list[list[tuple[PollJob, PollResult]]]:
        gap = timedelta(0)
        return [found async for found in sweep_together(poller, map(job, urls), clock=poller.time, host_gap=gap)]

    return run(work())


def test_answers_that_brought_nothing_come_together() -> None:
    urls = [f"http://one.example/{n}" for n in range(TOGETHER + 20)]
    failed = Failed(kind="status", message="HTTP 500", status=500)
    found = gathered(Recorder(Time(), {urls[9]: failed}), urls)
    assert [len(answers) for answers in found] == [10, TOGETHER, 10]
    assert [job.url for answers in found for job, _ in answers] == urls
    assert found[0][-1][1] is failed


class Hanging(Recorder):
    """One feed answers when all others have been taken."""

    def __init__(self) -> None:
        super().__init__(Time())
        self.taken = asyncio.Event()

    async def poll(self, job: PollJob) -> PollResult:
        if job.url.endswith("/slow"):
            await self.taken.wait()
        return await super().poll(job)


def test_no_answer_waits_for_a_feed_that_hangs() -> None:
    poller = Hanging()

    async def work() -> list[int]:
        sizes = []
        urls = ["http://a.example/slow", "http://b.example/", "http://c.example/"]
        async for answers in sweep_together(poller, map(job, urls), clock=poller.time):
            sizes.append(len(answers))
            poller.taken.set()
        return sizes

    assert run(work()) == [2, 1]


@pytest.mark.parametrize(
    ("url", "gap"),
    [("http://127.0.0.2:80/", 0), ("http://localhost/", 0), ("http://[::1]/", 0), ("https://h.example/", 1),
     ("http://10.0.0.1/", 1), ("http://127.example/", 1)],
)  # fmt: skip
def test_the_gap_is_a_second_but_on_loopback(url: str, gap: int) -> None:
    assert default_gap(host_of(url)) == gap * SECOND


def test_retry_after_gives_the_rest_of_the_host_back() -> None:
    pause = Failed(kind="throttled", message="429", status=429, retry_after=timedelta(minutes=5), soft=True)
    urls = [f"http://one.example/{n}" for n in range(4)]
    poller = Recorder(Time(), {urls[1]: pause})
    found = {job.url: result for job, result in swept([*urls, "http://other.example/"], poller)}
    assert [url for url, _ in poller.asked if "one" in url] == urls[:2]
    for url in urls[2:]:
        result = found[url]
        assert isinstance(result, Failed)
        assert (result.kind, result.retry_after, result.soft) == ("throttled", timedelta(minutes=5), True)
        assert "one.example:80" in result.message
    assert isinstance(found["http://other.example/"], Unchanged)


def test_a_poller_that_raises_ends_the_round() -> None:
    class Bug(Recorder):
        async def poll(self, job: PollJob) -> PollResult:
            raise RuntimeError("bug")

    with pytest.raises(RuntimeError, match="bug"):
        swept(["http://a.example/", "http://b.example/"], Bug(Time()))


def test_leaving_early_cancels_the_rest() -> None:
    async def work() -> None:
        poller = Recorder(Time())
        rounds = sweep(poller, map(job, [f"http://one.example/{n}" for n in range(9)]), clock=poller.time)
        async for _ in rounds:
            break
        await rounds.aclose()  # type: ignore[attr-defined]
        assert len(poller.asked) < 9
        assert len(asyncio.all_tasks()) == 1

    run(work())


def test_fifty_healthy_feeds_beside_every_fault(server: Server) -> None:
    """The healthy ones lose no poll and no entry; every faulty one ends with an error that says what it was."""
    import gzip

    async def never(exchange: Exchange) -> None:
        await asyncio.sleep(30)

    async def flood(exchange: Exchange) -> None:
        await exchange.raw(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            await exchange.raw(b"<" * 65536)

    server.on("/never", never)
    server.on("/flood", flood)
    server.on("/bomb", gzip.compress(gzip.compress(b"\0" * 50_000_000)), Content_Encoding="gzip, gzip")
    server.on("/loop", b"", status="302 Found", Location="/loop")
    server.on("/page", b"<html><title>no feed</title></html>")
    server.on("/attributes", b"<rss><item " + b" ".join(b'a%d="x"' % n for n in range(60_000)) + b"/></rss>")
    server.on("/nesting", b"<rss>" + b"<a>" * 400_000)
    server.on("/limit", b"", status="429 Later", Retry_After="60")
    faults = ["/never", "/flood", "/bomb", "/loop", "/page", "/attributes", "/nesting"]
    for n in range(50):
        server.on(f"/well{n}", items(30, first=n))

    def at(host: int, path: str) -> PollJob:
        return job(f"http://127.0.1.{host}:{everywhere.port}{path}")

    everywhere = EveryAddress(server)
    try:
        jobs = [at(n + 1, path) for n, path in enumerate(faults)]
        jobs += [at(20, "/limit"), at(20, "/well0")]
        jobs += [at(100 + n, f"/well{n}") for n in range(50)]

        async def work() -> dict[str, PollResult]:
            network = Network(allow_private=True, timeout=2 * SECOND, max_body=2_000_000)
            async with HttpPoller(network, clock=SystemClock()) as poller:
                return {job.url: result async for job, result in sweep(poller, jobs, clock=SystemClock())}

        found = run(work())
    finally:
        everywhere.close()
    assert len(found) == len(jobs)
    healthy = [found[job.url] for job in jobs[-50:]]
    assert all(isinstance(result, Fetched) and len(result.entries) == 30 for result in healthy)
    kinds = [result.kind for job in jobs[:-50] if isinstance(result := found[job.url], Failed)]
    assert kinds == [
        "timeout", "too_large", "too_large", "redirects", "not_a_feed", "parse", "parse", "throttled", "throttled",
    ]  # fmt: skip


class EveryAddress:
    """Passes connections to any loopback address on to a server: a host of its own for each feed."""

    def __init__(self, server: Server) -> None:
        self._server, self._loop = server, server._loop
        self._listener = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(server._serve, "0.0.0.0", 0), self._loop
        ).result(5)
        self.port = self._listener.sockets[0].getsockname()[1]

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._listener.close)
