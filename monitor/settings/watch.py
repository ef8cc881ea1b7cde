"""Whether feeds.yaml changed on disk; a half-written file is not read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_Stat = tuple[int, int, int]


class FileWatch:
    """Looked at often: a stat costs nothing, and the bytes are read only when it differs."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stat = self._look()
        self._hash = self._digest()
        self._pending: tuple[_Stat | None, str | None] | None = None

    @property
    def digest(self) -> str | None:
        """SHA-256 of the bytes last found."""
        return self._hash

    def changed(self) -> bool:
        """True once for each change, when two looks in a row find the same bytes."""
        stat = self._look()
        if stat == self._stat and self._pending is None:
            return False
        seen = (stat, self._digest())
        if seen != self._pending:
            self._pending = seen
            return False
        self._pending, self._stat = None, stat
        different = seen[1] is not None and seen[1] != self._hash
        self._hash = seen[1] or self._hash
        return different

    def look_again(self) -> None:
        """The next two looks report a change even where there is none (SIGHUP)."""
        self._stat, self._hash = None, None

    def _look(self) -> _Stat | None:
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size, stat.st_ino

    def _digest(self) -> str | None:
        return digest(self._path)


def digest(path: Path) -> str | None:
    """SHA-256 of the file's bytes; None where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
