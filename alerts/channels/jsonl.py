"""JSON Lines: one object a message, appended to a file or written to standard output."""

from __future__ import annotations

import json
import os
import stat
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from alerts.channels.trial import told
from alerts.ports import Blocked, Capabilities, LookupFailed, Missing, Sent, Unverifiable
from alerts.render.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from alerts.model import JsonlChannel, Message
    from alerts.ports import Checked, Finding, Outcome

PROBE = timedelta(minutes=1)
TAIL = 16 << 20
"""Bytes at the end of the file that are searched for a message in doubt."""


class JsonlNotifier:
    """Appends whole lines or nothing. Standard output (`-`) cannot be asked what it has taken."""

    def __init__(self, channel: JsonlChannel) -> None:
        self.name = channel.name
        self._path = None if channel.path == "-" else Path(channel.path)
        self.capabilities = Capabilities(edits=True, on_ambiguous="resend" if self._path is None else "verify")

    def send(self, message: Message) -> Outcome:
        return self._write(message, "message")

    def edit(self, message: Message, ts: str | None) -> Outcome:
        return self._write(message, "update")

    def _write(self, message: Message, event: str) -> Outcome:
        line = json.dumps(record(message, self.name, event=event), ensure_ascii=False) + "\n"
        data = line.encode("utf-8", "backslashreplace")
        try:
            if self._path is None:
                sys.stdout.buffer.write(data)
                sys.stdout.buffer.flush()
            else:
                append(self._path, data)
        except (OSError, ValueError) as error:
            where = self._path or "standard output"
            return Blocked(f"{where} cannot be written: {error}", f"make {where} writable", PROBE)
        return Sent()

    def find(self, message: Message, since: datetime) -> Finding:
        if self._path is None:
            return Unverifiable("standard output cannot be read back")
        try:
            lines = tail(self._path, TAIL).split(b"\n")
        except FileNotFoundError:
            return Missing()
        except OSError as error:
            return LookupFailed(str(error))
        return Sent() if any(_is(line, message.key) for line in lines) else Missing()

    def check(self, at: datetime, *, send: bool) -> Sequence[Checked]:
        return told(self, at, send=send)

    def close(self) -> None:
        """Nothing is kept open between messages."""


def append(path: Path, data: bytes) -> None:
    """Whole or not at all: what a full disk leaves of a line, now or at an earlier time, is taken back."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = _whole(handle)
        try:
            written = os.write(handle, data)
        except OSError:
            os.ftruncate(handle, size)
            raise
        if written != len(data):
            os.ftruncate(handle, size)
            raise OSError(28, "No space left on device")
        if stat.S_ISREG(os.fstat(handle).st_mode):
            os.fsync(handle)
    finally:
        os.close(handle)


def _whole(handle: int) -> int:
    """Size of the file once a last line without an end is cut off."""
    size = os.fstat(handle).st_size
    end = size
    while end > 0:
        start = max(end - 65_536, 0)
        block = os.pread(handle, end - start, start)
        if (at := block.rfind(b"\n")) >= 0:
            end = start + at + 1
            break
        end = start
    if end < size:
        os.ftruncate(handle, end)
    return end


def tail(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        length = file.seek(0, os.SEEK_END)
        file.seek(max(length - size, 0))
        return file.read()


def _is(line: bytes, key: str) -> bool:
    try:
        found = json.loads(line)
    except ValueError:
        return False
    return isinstance(found, dict) and found.get("id") == key
