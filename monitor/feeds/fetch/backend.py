"""How connections are made, below the pool: so that every hop and every answer of the name server is checked."""

from __future__ import annotations

import asyncio
import socket
import ssl
from typing import TYPE_CHECKING, Any

import httpcore

from monitor.feeds.fetch import guard

if TYPE_CHECKING:
    from collections.abc import Iterable
    from concurrent.futures import Executor

    from monitor.feeds.network import Network

CHUNK = 65536
RFC6555_DELAY = 0.25
"""Seconds that one address is given before the next is tried beside it (RFC 8305 section 5)."""


class Refused(httpcore.ConnectError):
    """The name led only to addresses or ports that a feed may not be fetched from."""


class Unresolved(httpcore.ConnectError):
    """The name server knows no such name, or gave no answer."""


class Stream(httpcore.AsyncNetworkStream):
    """One connection, on asyncio's own streams."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            async with asyncio.timeout(timeout):
                return await self._reader.read(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout("no byte came for too long") from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        try:
            self._writer.write(buffer)
            async with asyncio.timeout(timeout):
                await self._writer.drain()
        except TimeoutError as error:
            raise httpcore.WriteTimeout("the server does not read") from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    async def aclose(self) -> None:
        # abort, not close: a stranger's TLS shutdown is nothing to wait for.
        self._writer.transport.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            async with asyncio.timeout(timeout):
                await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        except TimeoutError as error:
            await self.aclose()
            raise httpcore.ConnectTimeout("TLS handshake: no answer") from error
        except (OSError, ssl.SSLError) as error:
            await self.aclose()
            raise httpcore.ConnectError(f"TLS: {error}") from error
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object":
            return self._writer.get_extra_info("ssl_object")
        if info == "is_readable":
            return self._reader.at_eof() or bool(self._reader._buffer) or self._writer.is_closing()  # type: ignore[attr-defined]  # noqa: SLF001
        return None


class Backend(httpcore.AsyncNetworkBackend):
    """Resolves in threads of our own, drops what `Network.allow_private` does not allow, connects to what is left."""

    def __init__(self, network: Network, resolver: Executor) -> None:
        self._network, self._resolver = network, resolver

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        if port in guard.BAD_PORTS:
            raise Refused(f"port {port} is not one that feeds are served from")
        try:
            async with asyncio.timeout(timeout):
                addresses = self._allowed(host, await self._resolve(host, port))
                return await self._connect(addresses, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"{host}:{port}: no answer") from error

    async def _resolve(self, host: str, port: int) -> list[str]:
        loop = asyncio.get_running_loop()
        try:
            return [str(guard.parse(host))]
        except ValueError:
            pass
        try:
            found = await loop.run_in_executor(self._resolver, _getaddrinfo, host, port)
        except (OSError, UnicodeError) as error:
            raise Unresolved(f"{host}: {error}") from error
        return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))

    def _allowed(self, host: str, addresses: list[str]) -> list[str]:
        allowed = [text for text in addresses if guard.is_allowed(guard.parse(text), self._network.allow_private)]
        if not allowed:
            raise Refused(f"{host} is {', '.join(addresses)}: not a public address (network.allow_private)")
        return allowed

    async def _connect(self, addresses: list[str], port: int) -> Stream:
        loop = asyncio.get_running_loop()
        errors: list[OSError] = []
        for address in addresses:
            reader = asyncio.StreamReader(limit=CHUNK, loop=loop)
            protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
            try:
                transport, _ = await loop.create_connection(lambda p=protocol: p, address, port)  # type: ignore[misc]
            except OSError as error:
                errors.append(error)
                continue
            return Stream(reader, asyncio.StreamWriter(transport, protocol, reader, loop))
        raise httpcore.ConnectError("; ".join(str(error) for error in errors))


def _getaddrinfo(host: str, port: int) -> list[Any]:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
