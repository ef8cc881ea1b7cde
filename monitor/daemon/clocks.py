"""Clocks that are set, and machines that sleep."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apscheduler.schedulers.base import BaseScheduler

    from monitor.ports import Clock

STEP = timedelta(seconds=30)
"""Wall time and monotonic time further apart than this: the clock was set or the machine slept."""


class ClockWatch:
    """Notices when wall time and monotonic time part: the clock was set, or the machine slept."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._apart = self._difference()

    def jump(self) -> float:
        """Seconds by which wall time has jumped since the last jump; 0 while it has not by more than `STEP`."""
        moved = self._difference() - self._apart
        if abs(moved) <= STEP.total_seconds():
            return 0.0
        self._apart += moved
        return moved

    def _difference(self) -> float:
        return self._clock.now().timestamp() - self._clock.monotonic()


def schedule_anew(scheduler: BaseScheduler) -> None:
    """Every job runs next as its trigger says from now on, not from when the clock was another."""
    for job in scheduler.get_jobs():
        job.reschedule(job.trigger)
