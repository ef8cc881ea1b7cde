"""How connections are made: every answer of the name server is checked, and the checked address connected to."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from monitor.feeds.fetch import guard
from monitor.feeds.fetch.errors import ConnectError, RefusedError, ResolveError, TlsError

if TYPE_CHECKING:
    from monitor.feeds.network import Network

RESOLVERS = 64
"""Threads: asyncio's own six on two cores let thirty slow name servers starve every other feed."""
CHUNK = 65536

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Connector:
    """Opens connections to what `Network.allow_private` allows."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._lookups = asyncio.Semaphore(RESOLVERS)
        self._tls: ssl.SSLContext | None = None

    async def open(self, host: str, port: int, *, tls: bool) -> Streams:
        """Raises ConnectError and its kinds; TimeoutError when the budget of half the poll's time is spent."""
        if port in guard.BAD_PORTS:
            raise RefusedError(f"port {port} is not one that feeds are served from")
        async with asyncio.timeout(self._network.timeout.total_seconds() / 2):
            addresses = self._allowed(host, await self._resolve(host, port))
            return await self._first(addresses, host, port, self._context() if tls else None)

    async def _resolve(self, host: str, port: int) -> list[str]:
        if _is_address(host):
            return [host]
        try:
            found = await self._lookup(host, port)
        except (OSError, UnicodeError) as error:
            raise ResolveError(f"{host}: {error}") from error
        return list(dict.fromkeys(found))

    async def _lookup(self, host: str, port: int) -> list[str]:
        """Asks the name server in a thread that ends with the process: an executor's would hold up its exit."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[str]] = loop.create_future()
        # Not `async with`: the place is taken as long as the thread lives, however long anybody waits for it.
        await self._lookups.acquire()

        def finish(found: list[str], error: Exception | None) -> None:
            self._lookups.release()
            if answer.cancelled():
                return
            if error is None:
                answer.set_result(found)
            else:
                answer.set_exception(error)

        def work() -> None:
            found: list[str] = []
            failure: Exception | None = None
            try:
                found = _getaddrinfo(host, port)
            except (OSError, UnicodeError) as error:
                failure = error
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(finish, found, failure)

        threading.Thread(target=work, name=f"resolve {host}", daemon=True).start()
        return await answer

    def _allowed(self, host: str, addresses: list[str]) -> list[str]:
        allowed = [text for text in addresses if guard.is_allowed(guard.parse(text), self._network.allow_private)]
        if not allowed:
            found = "" if addresses == [host] else f" ({', '.join(addresses)})"
            raise RefusedError(f"{host}{found} is not a public address; network.allow_private can allow it")
        return allowed

    async def _first(self, addresses: list[str], host: str, port: int, tls: ssl.SSLContext | None) -> Streams:
        """The first address that answers; one that does not leaves its share of the time to the next."""
        errors: list[str] = []
        share = self._network.timeout.total_seconds() / 2 / len(addresses)
        for address in addresses:
            try:
                # The only address has the caller's deadline.
                async with asyncio.timeout(share if len(addresses) > 1 else None):
                    return await self._connect(address, host, port, tls)
            except ssl.SSLError as error:
                raise TlsError(f"{host}: {_reason(error)}") from error
            except TimeoutError:
                errors.append(f"{address} port {port}: no answer within {share:g} s")
            except OSError as error:
                errors.append(f"{address} port {port}: {_why(error)}")
        raise ConnectError("; ".join(errors))

    async def _connect(self, address: str, host: str, port: int, tls: ssl.SSLContext | None) -> Streams:
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(limit=CHUNK, loop=loop)
        protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
        transport, _ = await loop.create_connection(
            lambda: protocol, address, port, ssl=tls, server_hostname=host if tls is not None else None
        )
        return reader, asyncio.StreamWriter(transport, protocol, reader, loop)

    def _context(self) -> ssl.SSLContext:
        # Reading the certificates takes 20 ms: only when the first https feed is asked.
        if self._tls is None:
            import certifi

            self._tls = ssl.create_default_context(cafile=certifi.where())
            self._tls.set_alpn_protocols(["http/1.1"])
        return self._tls


def _is_address(host: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        with suppress(OSError):
            socket.inet_pton(family, host)
            return True
    return False


def _reason(error: ssl.SSLError) -> str:
    return getattr(error, "verify_message", "") or error.reason or str(error)


def _getaddrinfo(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _why(error: OSError) -> str:
    """In the system's words: those of asyncio name the address a second time."""
    return os.strerror(error.errno).lower() if error.errno and error.errno > 0 else error.strerror or str(error)
