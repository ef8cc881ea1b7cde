"""A server process on loopback that serves given documents and answers 304 to their ETag."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


class Responder(asyncio.Protocol):
    documents: dict[str, bytes] = {}  # noqa: RUF012
    """Path -> document."""
    etag = b'"0"'
    """The same for all; one more each time that other documents are shown."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport
        self.data = b""

    def data_received(self, data: bytes) -> None:
        self.data += data
        while b"\r\n\r\n" in self.data:
            head, self.data = self.data.split(b"\r\n\r\n", 1)
            if b"none-match: " + self.etag in head.lower():
                self.transport.write(b"HTTP/1.1 304 Not Modified\r\nETag: " + self.etag + b"\r\n\r\n")
                continue
            body = self.documents[head.split(b" ", 2)[1].decode()]
            fields = b"\r\nContent-Type: application/rss+xml\r\nContent-Length: %d\r\n\r\n" % len(body)
            self.transport.write(b"HTTP/1.1 200 OK\r\nETag: " + self.etag + fields + body)


def serve(pipe: Connection) -> None:
    """The server process: tells its port, then takes documents by their paths from the pipe until None comes."""

    async def work() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Responder, "0.0.0.0", 0, backlog=4096)
        pipe.send(server.sockets[0].getsockname()[1])
        while (shown := await loop.run_in_executor(None, pipe.recv)) is not None:
            Responder.documents, Responder.etag = shown, b'"%d"' % (int(Responder.etag[1:-1]) + 1)
            pipe.send(True)

    asyncio.run(work())
