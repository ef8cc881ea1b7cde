"""What polling costs: many feeds on loopback, each on an address of its own, from one server process.

    python bench/poll.py [--feeds 200] [--in-flight 50]

Prints, for unchanged feeds (304), feeds whose bytes changed but whose entries did not, and feeds with one new entry:
polls per second and CPU milliseconds per poll, the parsing child included; then memory. Beside it, on the same feeds in
the same run: a bare loop over our own transport, under httpx's client and without it; a bare `httpx` loop over its own
transport, at the number in flight and at 200; a naive script of feedparser and sqlite-utils; and `reader`, if it can be
imported.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import multiprocessing
import resource
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

sys.path.insert(0, str(Path(__file__).parent))
from _server import serve
from parse import rss

from monitor.feeds.fetch.poller import ACCEPT, CODINGS, HttpPoller
from monitor.feeds.fetch.transport import OriginTransport
from monitor.feeds.network import Network
from monitor.feeds.sweep import sweep
from monitor.model import Feed, Fetched, PollJob, Unchanged

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from multiprocessing.connection import Connection

LOCAL = Network(allow_private=True)
HEADERS = {"User-Agent": LOCAL.user_agent, "Accept": ACCEPT, "Accept-Encoding": CODINGS}
ROUNDS = 5


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


@dataclass
class Site:
    """The server and the URLs of its feeds."""

    pipe: Connection
    urls: list[str]

    def show(self, document: bytes) -> None:
        self.pipe.send({"/" + url.split("/", 3)[3]: document for url in self.urls})
        self.pipe.recv()


def spent(pids: list[int]) -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    children = sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9 for pid in pids)
    return usage.ru_utime + usage.ru_stime + children


def row(name: str, count: int, seconds: float, cpu: float) -> float:
    print(f"  {name:44} {count / seconds:9.0f} polls/s {cpu / count * 1000:9.3f} ms CPU")
    return count / seconds


async def measured(name: str, count: int, work: Callable[[], Awaitable[Any]], pids: list[int]) -> tuple[float, Any]:
    cpu, start = spent(pids), time.perf_counter()
    result = await work()
    return row(name, count, time.perf_counter() - start, spent(pids) - cpu), result


async def ours(site: Site, in_flight: int) -> float:
    """The rate of unchanged polls."""
    async with HttpPoller(LOCAL, clock=SystemClock()) as poller:

        async def round_(jobs: list[PollJob]) -> list[tuple[PollJob, Any]]:
            return [found async for found in sweep(poller, jobs, clock=SystemClock(), concurrency=in_flight)]

        site.show(rss(0, long=False))
        jobs = [PollJob(feed=Feed(url=url, name=url), url=url) for url in site.urls]
        await poller.poll(jobs[0])
        pids = poller.processes()
        _, found = await measured("chipwire, first fetch", len(jobs), lambda: round_(jobs), pids)
        jobs = [after(job, result) for job, result in found]

        async def rounds() -> list[tuple[PollJob, Any]]:
            return [found for _ in range(ROUNDS) for found in await round_(jobs)]

        rate, found = await measured("chipwire, unchanged", ROUNDS * len(jobs), rounds, pids)
        assert all(isinstance(result, Unchanged) for _, result in found)
        site.show(rss(0, long=False, stamp="09:00"))
        _, found = await measured("chipwire, changed bytes", len(jobs), lambda: round_(jobs), pids)
        assert all(isinstance(result, Fetched) and not result.entries for _, result in found)
        jobs = [after(job, result) for job, result in found]
        site.show(rss(1, long=False))
        _, found = await measured("chipwire, one new entry", len(jobs), lambda: round_(jobs), pids)
        assert all(len(result.entries) == 1 for _, result in found)
        return rate


def after(job: PollJob, result: Fetched) -> PollJob:
    known = {**result.known, **{entry.fingerprint: entry.guid or "" for entry in result.entries}}
    return replace(job, validators=result.validators, body_hash=result.body_hash, known=known)


async def spread(urls: list[str], in_flight: int, one: Callable[[str], Awaitable[None]]) -> None:
    waiting = iter(urls)

    async def worker() -> None:
        for url in waiting:
            await one(url)

    await asyncio.gather(*[worker() for _ in range(in_flight)])


async def timed(name: str, urls: list[str], in_flight: int, one: Callable[[str], Awaitable[None]]) -> float:
    await spread(urls, in_flight, one)  # ours had its connections open already
    urls = urls * (ROUNDS if in_flight < 100 else 1)
    rate, _ = await measured(f"{name}, 304", len(urls), lambda: spread(urls, in_flight, one), [])
    return rate


async def bare_transport(site: Site, in_flight: int, etag: str) -> float:
    """Requests handed to our transport, no client around it."""
    async with OriginTransport(LOCAL) as transport:

        async def one(url: str) -> None:
            request = httpx.Request("GET", url, headers={**HEADERS, "If-None-Match": etag})
            response = await transport.handle_async_request(request)
            assert response.status_code == 304
            await response.aread()

        return await timed("bare loop over our transport", site.urls, in_flight, one)


async def bare_client(site: Site, name: str, in_flight: int, etag: str, *, of: httpx.AsyncClient) -> float:
    """The loop that anybody would write with httpx."""
    async with of as client:

        async def one(url: str) -> None:
            response = await client.get(url, headers={**HEADERS, "If-None-Match": etag})
            assert response.status_code == 304

        return await timed(f"bare httpx loop over {name}", site.urls, in_flight, one)


def httpx_over_ours() -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=OriginTransport(LOCAL), timeout=None, trust_env=False)


def httpx_of_its_own(in_flight: int) -> httpx.AsyncClient:
    return httpx.AsyncClient(limits=httpx.Limits(max_connections=in_flight, max_keepalive_connections=in_flight))


def naive(site: Site) -> None:
    import feedparser
    import sqlite_utils

    with tempfile.TemporaryDirectory() as folder:
        database = sqlite_utils.Database(Path(folder) / "naive.db")
        for name, document in (("first fetch", rss(0, long=False)), ("one new entry", rss(1, long=False))):
            site.show(document)
            cpu, start = spent([]), time.perf_counter()
            for url in site.urls:
                with urllib.request.urlopen(url) as response:
                    parsed = feedparser.parse(io.BytesIO(response.read()))
                rows = [{"id": entry.id, "title": entry.title, "text": entry.summary} for entry in parsed.entries]
                database["entries"].upsert_all(rows, pk="id")
            row(f"feedparser + sqlite-utils, {name}", len(site.urls), time.perf_counter() - start, spent([]) - cpu)


def with_reader(site: Site) -> None:
    try:
        from reader import make_reader
    except ImportError:
        print("  reader: not installed (pip install reader sgmllib3k)")
        return
    with tempfile.TemporaryDirectory() as folder:
        library = make_reader(str(Path(folder) / "reader.db"), feed_root=None)
        for url in site.urls:
            library.add_feed(url)
        shows = {"first fetch": rss(0, long=False), "unchanged": None, "one new entry": rss(1, long=False)}
        for name, document in shows.items():
            if document is not None:
                site.show(document)
            cpu, start = spent([]), time.perf_counter()
            for _ in library.update_feeds_iter(scheduled=False):
                pass
            row(f"reader, {name}", len(site.urls), time.perf_counter() - start, spent([]) - cpu)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--feeds", type=int, default=200)
    arguments.add_argument("--in-flight", type=int, default=50)
    options = arguments.parse_args()
    pipe, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    port = pipe.recv()
    hosts = [f"127.0.{n // 250}.{n % 250 + 2}" for n in range(options.feeds)]
    site = Site(pipe, [f"http://{host}:{port}/feed/{n}" for n, host in enumerate(hosts)])
    print(
        f"{options.feeds} feeds of 30 entries ({len(rss(0, long=False)) / 1024:.0f} KiB), {options.in_flight} in flight"
    )
    rate = asyncio.run(ours(site, options.in_flight))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    etag = f'"{3}"'
    bare = asyncio.run(bare_transport(site, options.in_flight, etag))
    over = asyncio.run(bare_client(site, "our transport", options.in_flight, etag, of=httpx_over_ours()))
    few, many = (
        asyncio.run(bare_client(site, f"its own, {at} in flight", at, etag, of=httpx_of_its_own(at)))
        for at in (options.in_flight, 200)
    )
    naive(site)
    with_reader(site)
    print(f"  unchanged feeds: {rate / over:.2f} of the bare httpx loop over our transport, {rate / bare:.2f} of the")
    print(f"  transport alone, {rate / few:.1f} times httpx with its own, {rate / many:.1f} times it at 200 in flight")
    print(f"  memory of chipwire's part: {peak:.0f} MiB at its peak")
    pipe.send(None)
    process.join()


if __name__ == "__main__":
    main()
