"""Child processes that parse: started when needed, killed when they hang, replaced when they die."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Literal

from monitor.feeds.parse.errors import ParseError

if TYPE_CHECKING:
    from datetime import timedelta

Way = Literal["plain", "strict", "whole"]
"""How a document is read; the child knows it by its first letter."""

MOST = 2
PATIENCE = 0.3
"""Seconds that a document waits for the busy child before another is started: a hanging one holds nobody up."""
_PROGRAM = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from monitor.feeds.parse.child import main
main(int(sys.argv[2]), int(sys.argv[3]))
"""


class _Child:
    """One process and the pipe to it."""

    def __init__(self, process: subprocess.Popen[bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        self.process, self._reader, self._writer = process, reader, writer
        self.tired = False
        """Has read a large document and is to be given no other."""

    @classmethod
    async def start(cls, memory: int, seconds: int) -> _Child:
        ours, theirs = socket.socketpair()
        with theirs:
            arguments = [sys.executable, "-I", "-S", "-c", _PROGRAM, json.dumps(sys.path), str(memory), str(seconds)]
            pipe = theirs.fileno()
            process = subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)  # noqa: S603
        reader, writer = await asyncio.open_connection(sock=ours, limit=1 << 20)
        return cls(process, reader, writer)

    async def ask(self, body: bytes, way: Way) -> Any:
        """Raises ConnectionError or IncompleteReadError when the child died, which may be what the document did."""
        # In one piece: the child would wake up for each.
        self._writer.write(b"".join(((len(body) + 1).to_bytes(4), way[:1].encode(), body)))
        head = await self._reader.readexactly(5)
        self.tired = head[4:] == b"T"
        return json.loads(await self._reader.readexactly(int.from_bytes(head[:4]) - 1))

    def end(self) -> int:
        """Kills it; the exit status it had, or the signal."""
        self._writer.transport.abort()
        self.process.kill()
        return self.process.wait()


class Children:
    """At most two processes; feeds that are well share the first, the second is there while one hangs."""

    def __init__(self, timeout: timedelta, memory: int) -> None:
        self._timeout, self._memory = timeout.total_seconds(), memory
        self._idle: asyncio.LifoQueue[_Child] = asyncio.LifoQueue()
        self._living: set[_Child] = set()
        self._starting = 0

    async def parse(self, body: bytes, way: Way = "whole") -> Any:
        """The child's answer for UTF-8 XML (`child.py`). Raises ParseError when it gave none.

        `plain` reads what `plain.py` can, `strict` what is well-formed, `whole` anything.
        """
        child = await self._take()
        try:
            async with asyncio.timeout(self._timeout):
                answer = await child.ask(body, way)
        except TimeoutError:
            self._drop(child)
            raise ParseError("parse_crash", f"not parsed within {self._timeout:g} s; given up") from None
        except (OSError, asyncio.IncompleteReadError, ValueError):
            status = self._drop(child)
            raise ParseError("parse_crash", f"the process that parsed it died (exit status {status})") from None
        except BaseException:
            self._drop(child)
            raise
        if child.tired:
            self._drop(child)
        else:
            self._idle.put_nowait(child)
        if "error" in answer:
            raise ParseError("parse", f"feedparser failed on it: {answer['error']}")
        return answer

    async def _take(self) -> _Child:
        while True:
            try:
                return self._idle.get_nowait()
            except asyncio.QueueEmpty:
                pass
            if not self._living and not self._starting:
                return await self._start()
            try:
                async with asyncio.timeout(PATIENCE):
                    return await self._idle.get()
            except TimeoutError:
                if len(self._living) + self._starting < MOST:
                    return await self._start()

    async def _start(self) -> _Child:
        self._starting += 1
        try:
            child = await _Child.start(self._memory, max(int(self._timeout), 1))
        finally:
            self._starting -= 1
        self._living.add(child)
        return child

    def _drop(self, child: _Child) -> int:
        self._living.discard(child)
        return child.end()

    def processes(self) -> list[int]:
        return [child.process.pid for child in self._living]

    async def aclose(self) -> None:
        while self._living:
            self._living.pop().end()
