"""Large bodies wait for a place, small ones never do."""

from __future__ import annotations

import asyncio

from feeds_server import run

from monitor.feeds.fetch.room import LARGE, PLACES, Room


def test_places_are_taken_once_and_given_back() -> None:
    async def work() -> list[int]:
        room, inside, most = Room(), 0, []

        async def poll(size: int) -> None:
            nonlocal inside
            with room.stay() as stay:
                for part in (size // 2, size, size):
                    await stay.grow(part)
                inside += size > LARGE
                most.append(inside)
                await asyncio.sleep(0.01)
                inside -= size > LARGE

        await asyncio.gather(*[poll(LARGE + 2) for _ in range(9)], *[poll(LARGE) for _ in range(9)])
        assert room.places._value == PLACES
        return most

    most = run(work())
    assert max(most) == PLACES
    assert len(most) == 18
