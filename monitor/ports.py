"""What the middle asks of the edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.model import PollJob, PollResult


class Clock(Protocol):
    """Wall time in UTC and a monotonic count of seconds; the two part when a clock is set or the machine sleeps."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


class Poller(Protocol):
    """Asks one feed. Touches the network and nothing else; never raises for what a server does."""

    async def poll(self, job: PollJob) -> PollResult: ...
