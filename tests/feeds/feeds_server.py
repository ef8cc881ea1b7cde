"""A server on loopback whose paths can be taught any misbehaviour, byte by byte."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from monitor.feeds.fetch.poller import HttpPoller
from monitor.feeds.network import Network
from monitor.model import Failed, Feed, PollJob, PollResult, Validators

Handler = Callable[["Exchange"], Awaitable[None]]
T = TypeVar("T")


class Exchange:
    """One request, and the connection to answer on."""

    def __init__(self, path: str, headers: dict[str, str], writer: asyncio.StreamWriter) -> None:
        self.path, self.headers, self.writer = path, headers, writer

    async def raw(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self, body: bytes = b"", status: str = "200 OK", **headers: str) -> None:
        fields = {
            "Content-Length": str(len(body)),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        await self.raw(f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body)


class Server:
    """Runs in a thread of its own; `on` teaches it a path, `seen` holds the requests of each path."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._handlers: dict[str, Handler] = {}
        self._tls = tls
        self.seen: dict[str, list[dict[str, str]]] = defaultdict(list)
        self.busy = self.most_busy = 0
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait(5)

    def on(self, path: str, handler: Handler | bytes, **headers: str) -> str:
        """The URL of a path that answers with a handler, or with bytes and headers."""

        async def fixed(exchange: Exchange) -> None:
            assert isinstance(handler, bytes)
            await exchange.answer(handler, **headers)

        self._handlers[path] = fixed if isinstance(handler, bytes) else handler
        return self.url(path)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
                path = head[0].split(" ")[1]
                self.seen[path].append(headers)
                self.busy += 1
                self.most_busy = max(self.most_busy, self.busy)
                try:
                    await self._handlers[path](Exchange(path, headers, writer))
                finally:
                    self.busy -= 1
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.transport.abort()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


LOCAL = Network(allow_private=True)
HASTY = Network(allow_private=True, timeout=timedelta(seconds=1), max_body=200_000)


def job(url: str, *, name: str = "Wire", known: dict[str, str] | None = None, **values: object) -> PollJob:
    """A job for a feed that is configured with `values`, except for those that a job takes itself."""
    own = {key: values.pop(key) for key in ("validators", "body_hash", "unconditional") if key in values}
    return PollJob(feed=Feed(url=url, name=name, **values), url=url, known=known or {}, **own)  # type: ignore[arg-type]


def run(work: Awaitable[T]) -> T:
    async def bounded() -> T:
        async with asyncio.timeout(30):
            return await work

    return asyncio.run(bounded())


def poll(*jobs: PollJob, network: Network = LOCAL) -> list[PollResult]:
    """Polls one after the other with one poller."""

    async def work() -> list[PollResult]:
        async with HttpPoller(network, clock=SystemClock()) as poller:
            return [await poller.poll(job) for job in jobs]

    return run(work())


def items(count: int, first: int = 0, **extra: str) -> bytes:
    """A small RSS 2.0 document, the newest item first."""
    tail = "".join(f"<{name}>{value}</{name}>" for name, value in extra.items())
    entries = "".join(
        f"<item><guid isPermaLink='false'>n-{n}</guid><title>Headline number {n}</title>"
        f"<link>https://news.example/{n}</link><pubDate>Mon, 23 Nov 2026 08:{n % 60:02}:00 +0000</pubDate>"
        f"<description>Words of story {n}.</description></item>"
        for n in reversed(range(first, first + count))
    )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>Wire</title>{tail}{entries}</channel></rss>".encode()
    )


NOTHING = Validators()


def failed(result: PollResult) -> Failed:
    """The failure of a poll; its message is there and can be printed."""
    assert isinstance(result, Failed), result
    assert result.message
    assert result.message.isprintable()
    return result
