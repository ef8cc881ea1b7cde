"""What a command asks of the daemon that owns the database: one file a request, taken up by the daemon's next tick."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

from monitor.errors import StoreError

MAX_BYTES = 100_000

Wish = Literal["retry", "release", "dismiss", "silence", "unsilence", "backfill"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """`retry` and `unsilence` name an alert or a silence in `target` (None: all), `release` and `dismiss` a fact.

    `backfill` names in `target` since when (ISO 8601), and in `text` the digest of the file that must be in force.
    """

    wish: Wish
    target: str | None = None
    author: str = ""
    reason: str = ""
    expires: str | None = None
    rule: str | None = None
    tag: str | None = None
    text: str | None = None


def leave(database: Path, request: Request) -> Path:
    """Puts the request beside the database, whole or not at all."""
    folder = _folder(database)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(request), file, ensure_ascii=False)
        target = Path(name).with_suffix(".json")
        Path(name).rename(target)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror}; run this as its owner") from error
    return target


def take(database: Path) -> list[tuple[Path, Request | str]]:
    """Requests in the order in which they were left, each with its file, to be removed once it is done.

    A file that is no request comes as the reason why not.
    """
    try:
        files = sorted(_folder(database).glob("*.json"), key=lambda file: (file.stat().st_mtime_ns, file.name))
    except OSError:
        return []
    return [(file, _read(file)) for file in files]


def _read(file: Path) -> Request | str:
    try:
        if file.stat().st_size > MAX_BYTES:
            return f"larger than {MAX_BYTES} bytes"
        data = json.loads(file.read_text("utf-8"))
        request = Request(**data)
    except (OSError, ValueError, TypeError) as error:
        return str(error)
    if request.wish not in get_args(Wish):
        return f"unknown wish {request.wish!r}"
    return request


def _folder(database: Path) -> Path:
    return database.with_name(database.name + ".requests")
