"""HTTP/1.1 for httpx on h11 and asyncio's streams, one idle connection per origin.

httpx's own pool walks all its connections for each request: 1.3 ms CPU for a 304 over loopback at 50 in flight, 13 ms
at 200. A host has one request at a time here, so a pool would have nothing to decide; `docs/decisions/0020` has what
was measured.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING

import h11
import httpx

from monitor.feeds.fetch.connect import CHUNK, Connector
from monitor.feeds.fetch.url import PORTS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from monitor.feeds.network import Network

IDLE = 256
"""Connections kept for the next request, one per origin."""
LONGEST_HEAD = 100 * 1024
"""Bytes that a response's status line and headers, a chunk's header, or the trailers may take."""
EARLY = 16
"""Responses of status 1xx before the one that counts."""

Origin = tuple[str, str, int]


class _Connection:
    """One connection and where its dialogue stands."""

    def __init__(self, origin: Origin, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.origin, self._reader, self._writer = origin, reader, writer
        self._dialogue = h11.Connection(h11.CLIENT, max_incomplete_event_size=LONGEST_HEAD)

    async def ask(self, request: httpx.Request, *, again: bool) -> h11.Response | None:
        """The head of the answer. None if a kept connection (`again`) turns out to have been closed by the server."""
        event = h11.Request(method=request.method, target=request.url.raw_path, headers=request.headers.raw)
        self._writer.write(self._dialogue.send(event) + self._dialogue.send(h11.EndOfMessage()))
        first = True
        for _ in range(EARLY):
            try:
                answer = await self._next(first=first)
            except ConnectionError:
                if again:
                    return None
                raise
            if isinstance(answer, h11.Response):
                return answer
            if answer is None and again:
                return None
            if not isinstance(answer, h11.InformationalResponse):
                raise h11.RemoteProtocolError("the server closed the connection without an answer")
            first = again = False
        raise h11.RemoteProtocolError(f"more than {EARLY} responses of status 1xx")

    async def _next(self, *, first: bool = False) -> object:
        """The next event of the dialogue; None where the connection was closed before the first byte (`first`)."""
        while (event := self._dialogue.next_event()) is h11.NEED_DATA:
            data = await self._reader.read(CHUNK)
            if first and not data:
                return None
            first = False
            self._dialogue.receive_data(data)
        return event

    async def pieces(self) -> AsyncIterator[bytes]:
        while isinstance(event := await self._next(), h11.Data):
            yield bytes(event.data)

    def reusable(self) -> bool:
        """Whether the dialogue ended cleanly and the server keeps the line open; readies it for the next request."""
        over = self._dialogue.our_state is h11.DONE and self._dialogue.their_state is h11.DONE
        if not over or self._dialogue.trailing_data != (b"", False) or self.closed():
            return False
        self._dialogue.start_next_cycle()
        return True

    def closed(self) -> bool:
        return self._reader.at_eof() or self._writer.is_closing()

    def abort(self) -> None:
        # Not close: a stranger's TLS farewell is nothing to wait for.
        self._writer.transport.abort()


class _Body(httpx.AsyncByteStream):
    """What follows a head, compressed as it comes; closing it ends the exchange, whether it was read or not."""

    def __init__(self, connection: _Connection, transport: OriginTransport) -> None:
        self._connection, self._transport = connection, transport

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._connection.pieces()

    async def aclose(self) -> None:
        self._transport.release(self._connection)


class OriginTransport(httpx.AsyncBaseTransport):
    """GET requests only. Raises h11's errors, OSError and `ConnectError` as they are; deadlines are the caller's."""

    def __init__(self, network: Network) -> None:
        self._connector = Connector(network)
        self._idle: OrderedDict[Origin, _Connection] = OrderedDict()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Asks once; a second time on a new connection where the server had closed the kept one."""
        url = request.url
        origin = (url.scheme, url.raw_host.decode("ascii"), url.port or PORTS[url.scheme])
        kept = self._idle.pop(origin, None)
        if kept is not None and kept.closed():
            kept.abort()
        elif kept is not None:
            response = await self._ask(kept, request, again=True)
            if response is not None:
                return response
        streams = await self._connector.open(origin[1], origin[2], tls=origin[0] == "https")
        response = await self._ask(_Connection(origin, *streams), request, again=False)
        assert response is not None  # noqa: S101  a fresh connection that says nothing raises
        return response

    async def _ask(self, connection: _Connection, request: httpx.Request, *, again: bool) -> httpx.Response | None:
        try:
            head = await connection.ask(request, again=again)
        except BaseException:
            connection.abort()
            raise
        if head is None:
            connection.abort()
            return None
        body = _Body(connection, self)
        return httpx.Response(head.status_code, headers=list(head.headers), stream=body, request=request)

    def release(self, connection: _Connection) -> None:
        """Takes back a connection whose response was read or given up."""
        if not connection.reusable():
            connection.abort()
            return
        replaced = self._idle.pop(connection.origin, None)
        self._idle[connection.origin] = connection
        if replaced is None and len(self._idle) > IDLE:
            _, replaced = self._idle.popitem(last=False)
        if replaced is not None:
            replaced.abort()

    async def aclose(self) -> None:
        while self._idle:
            self._idle.popitem()[1].abort()
        # asyncio closes a socket two turns of its loop after it was told to.
        for _ in range(3):
            await asyncio.sleep(0)
