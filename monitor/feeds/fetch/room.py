"""How many large bodies may be held at once: the memory of a daemon must not hang on what strangers send together."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

LARGE = 1 << 20
"""Bytes; nearly every feed is smaller."""
PLACES = 2


class Room:
    """Shared by all polls of a poller."""

    def __init__(self) -> None:
        self.places = asyncio.Semaphore(PLACES)

    def stay(self) -> Stay:
        return Stay(self.places)


class Stay:
    """One poll, until what it fetched is parsed."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places, self._taken = places, False

    async def grow(self, size: int) -> None:
        """Waits for a place once the body is large; a sender that is slow meanwhile has the deadline of its poll."""
        if size > LARGE and not self._taken:
            await self._places.acquire()
            self._taken = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._taken:
            self._places.release()
