"""Rows that are asked for again and again, decoded once; forgotten whenever the database takes something back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.store.db import Database

T = TypeVar("T")

MOST = 20_000
"""Values kept; some 20 MB of facts. All are forgotten at once when it is reached: rare, and cheaper than order."""


class Remembered(Generic[T]):
    """Values by key; right as long as this process is the only one that writes."""

    def __init__(self, database: Database, query: str, decode: Callable[[str], T]) -> None:
        self._database = database
        self._query = query
        self._decode = decode
        self._values: dict[str, T] = {}
        self._rollbacks = database.rollbacks

    def get(self, key: str) -> T | None:
        """The value of the key, from the file where it is not remembered."""
        self._refresh()
        value = self._values.get(key)
        if value is None:
            row = self._database.connection.execute(self._query, (key,)).fetchone()
            if row is None:
                return None
            value = self._values[key] = self._decode(row[0])
        return value

    def put(self, key: str, value: T) -> None:
        """What was just written under the key."""
        self._refresh()
        self._values[key] = value

    def _refresh(self) -> None:
        if self._database.rollbacks != self._rollbacks or len(self._values) >= MOST:
            self._values.clear()
            self._rollbacks = self._database.rollbacks
