"""`Poller` over HTTP: asks one feed, and makes of whatever comes back a `PollResult`."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import h11

from monitor.feeds.fetch import headers as header
from monitor.feeds.fetch.errors import ConnectError, RefusedError, ResolveError, TlsError
from monitor.feeds.fetch.page import Page, Refusal, get, shown
from monitor.feeds.fetch.room import Room
from monitor.feeds.fetch.transport import OriginTransport
from monitor.feeds.parse.errors import ParseError
from monitor.model import Failed, Fetched, Unchanged, Validators

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from monitor.feeds.network import Network
    from monitor.feeds.parse.parser import Parser
    from monitor.model import PollJob, PollResult
    from monitor.ports import Clock

ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"
CODINGS = "gzip, deflate"
"""What `body.decode` undoes within bounds."""


class HttpPoller:
    """Async context manager. `poll` may be called by many tasks at once; it never raises for what a server does."""

    def __init__(self, network: Network, *, clock: Clock) -> None:
        self.network, self._clock = network, clock
        self._transport = OriginTransport(network)
        self._room = Room()
        self._parser: Parser | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._transport.aclose()
        if self._parser is not None:
            await self._parser.aclose()

    async def poll(self, job: PollJob) -> PollResult:
        try:
            with self._room.stay() as stay:
                page = await get(self._transport, self.network, job.url, self._headers(job), stay)
                return await self._result(job, page)
        except Refusal as refusal:
            return refusal.failed
        except ParseError as error:
            return Failed(kind=error.kind, message=str(error), status=200)
        except Exception as error:  # noqa: BLE001  what a server can do to a client is an open list
            return _failed(error, self.network)

    def _headers(self, job: PollJob) -> dict[str, str]:
        feed = job.feed
        headers = {
            "User-Agent": feed.user_agent or self.network.user_agent,
            "Accept": ACCEPT,
            "Accept-Encoding": CODINGS,
            **feed.headers,
        }
        if not job.unconditional:
            if job.validators.etag is not None:
                headers["If-None-Match"] = job.validators.etag
            if job.validators.last_modified is not None:
                headers["If-Modified-Since"] = job.validators.last_modified
        return headers

    async def _result(self, job: PollJob, page: Page) -> PollResult:
        conditional = not job.unconditional and job.validators != Validators()
        if page.status == 304 and not conditional:
            return Failed(kind="protocol", message="304 to a request that set no condition", status=304)
        if page.status == 304:
            kept = header.kept(job.validators, header.validators(page.headers))
            return Unchanged(status=304, validators=kept, hints=header.hints(page.headers), moved=page.moved)
        if page.status != 200:
            return _refused(page, self._clock)
        return await self._document(job, page)

    async def _document(self, job: PollJob, page: Page) -> Fetched | Unchanged:
        given, hints = header.validators(page.headers), header.hints(page.headers)
        digest = _digest(page.body)
        if digest == job.body_hash:
            return Unchanged(status=200, validators=given, hints=hints, moved=page.moved)
        fetched = await self.read(page.body, page.headers.get("content-type", ""), job, url=page.url)
        return replace(
            fetched,
            body_hash=digest,
            validators=given,
            moved=page.moved,
            hints=replace(fetched.hints, max_age=hints.max_age, expires=hints.expires),
            size=page.size,
        )

    async def read(self, body: bytes, content_type: str, job: PollJob, *, url: str) -> Fetched:
        """A document from elsewhere, as a poll would read it, without validators and hash. Raises ParseError."""
        document = await self._reader().parse(body, content_type, job)
        return Fetched(
            entries=document.entries,
            known=document.known,
            count=document.count,
            validators=Validators(),
            body_hash="",
            title=document.title,
            language=document.language,
            garbled=document.garbled,
            url=url,
            hints=document.hints,
            size=len(body),
            warnings=document.warnings,
        )

    def _reader(self) -> Parser:
        """Loaded with the first document: most rounds bring none."""
        if self._parser is None:
            from monitor.feeds.parse.parser import Parser

            self._parser = Parser(self.network.parse_timeout, self.network.parse_memory)
        return self._parser

    def processes(self) -> list[int]:
        """Ids of the child processes that live."""
        return [] if self._parser is None else self._parser.processes()

    async def page(self, url: str) -> tuple[str, str] | Failed:
        """A web page: where it was found in the end, and its text."""
        headers = {"User-Agent": self.network.user_agent, "Accept": "text/html, */*;q=0.5", "Accept-Encoding": CODINGS}
        try:
            with self._room.stay() as stay:
                page = await get(self._transport, self.network, url, headers, stay)
        except Refusal as refusal:
            return refusal.failed
        except Exception as error:  # noqa: BLE001  as in `poll`
            return _failed(error, self.network)
        if page.status != 200:
            return _refused(page, self._clock)
        from monitor.feeds.parse import charset

        return page.url, charset.decode(page.body, page.headers.get("content-type", ""))


def _digest(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def _refused(page: Page, clock: Clock) -> Failed:
    """Any status but 200 and 304, with the first words of what was said with it."""
    status = page.status
    said = shown(page.body[:400].decode("utf-8", "replace"))
    message = f"HTTP {status} from {page.url}" + (f": {said}" if said else "")
    pause = header.retry_after(page.headers.get("retry-after"), clock.now())
    if status == 410:
        return Failed(kind="gone", message=message, status=status)
    if status in {429, 503} or (status == 403 and pause is not None):
        return Failed(kind="throttled", message=message, status=status, retry_after=pause, soft=True)
    if page.headers.get("cf-mitigated") == "challenge":
        message = f"HTTP {status} from {page.url}: a challenge that only browsers pass"
        return Failed(kind="auth", message=message, status=status)
    if status in {401, 403, 407, 451}:
        return Failed(kind="auth", message=message, status=status)
    return Failed(kind="status", message=message, status=status, soft=status == 404 or status >= 500)


def _failed(error: Exception, network: Network) -> Failed:
    """What an exception of h11, httpx or the standard library means."""
    said = shown(str(error)) or type(error).__name__
    match error:
        case RefusedError():
            return Failed(kind="refused", message=said)
        case ResolveError():
            return Failed(kind="dns", message=f"name not resolved: {said}", soft=True)
        case TlsError():
            return Failed(kind="tls", message=f"TLS: {said}")
        case TimeoutError():
            seconds = network.timeout.total_seconds()
            return Failed(kind="timeout", message=f"not done within {seconds:g} s (network.timeout)", soft=True)
        case ConnectError() | OSError():
            return Failed(kind="connect", message=said, soft=True)
        case h11.RemoteProtocolError():
            return Failed(kind="protocol", message=f"broken HTTP: {said}")
        case h11.LocalProtocolError() | UnicodeEncodeError():
            return Failed(kind="protocol", message=f"its headers or user_agent cannot be sent: {said}")
    return Failed(kind="protocol", message=f"{type(error).__name__}: {said}")
