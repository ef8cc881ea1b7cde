"""An httpx transport with one small pool per origin.

httpcore's pool walks all its connections and requests for each request (1.4 ms of CPU at 10 in flight, 11 to 13 ms at
200); here a host has one request at a time, so each origin has a pool of its own and the walk has nothing to walk.
"""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import httpcore
import httpx

from monitor.feeds.fetch.backend import Backend

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator
    from types import TracebackType
    from typing import Self

    from monitor.feeds.network import Network

RESOLVERS = 64
"""Threads: asyncio's own six on two cores let thirty slow name servers starve every other feed."""
IDLE_ORIGINS = 64
"""Origins whose connection is kept for the next request."""
KEEP_ALIVE = 15.0


class _Body(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._response.aiter_stream():
            yield piece

    async def aclose(self) -> None:
        await self._response.aclose()


class OriginTransport(httpx.AsyncBaseTransport):
    """Raises httpcore's exceptions as they are: who polls maps them to a `Failed`, and wants their kind."""

    def __init__(self, network: Network) -> None:
        self._resolver = ThreadPoolExecutor(RESOLVERS, thread_name_prefix="resolve")
        self._backend = Backend(network, self._resolver)
        self._pools: OrderedDict[tuple[bytes, bytes, int | None], httpcore.AsyncConnectionPool] = OrderedDict()
        self._tls: ssl.SSLContext | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        origin = (url.raw_scheme, url.raw_host, url.port)
        pool = self._pools.get(origin) or self._open(origin)
        self._pools.move_to_end(origin)
        response = await pool.handle_async_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        await self._close_idle()
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions
        )

    def _open(self, origin: tuple[bytes, bytes, int | None]) -> httpcore.AsyncConnectionPool:
        pool = httpcore.AsyncConnectionPool(
            ssl_context=self._context() if origin[0] == b"https" else None,
            max_keepalive_connections=1,
            keepalive_expiry=KEEP_ALIVE,
            network_backend=self._backend,
        )
        self._pools[origin] = pool
        return pool

    def _context(self) -> ssl.SSLContext:
        # 20 ms of reading certificates: only when the first https feed is asked.
        if self._tls is None:
            self._tls = httpx.create_ssl_context(trust_env=False)
        return self._tls

    async def _close_idle(self) -> None:
        for origin, pool in list(self._pools.items())[: max(len(self._pools) - IDLE_ORIGINS, 0)]:
            if all(connection.is_idle() or connection.is_closed() for connection in pool.connections):
                del self._pools[origin]
                await pool.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        for pool in self._pools.values():
            await pool.aclose()
        self._pools.clear()
        self._resolver.shutdown(wait=False, cancel_futures=True)
