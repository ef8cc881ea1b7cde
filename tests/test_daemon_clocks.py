"""Clocks that are set, and machines that sleep."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from monitor.daemon import ClockWatch, schedule_anew


@dataclass
class HandSetClock:
    wall: datetime = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)
    seconds: float = 100.0

    def now(self):
        return self.wall

    def monotonic(self):
        return self.seconds

    def pass_(self, seconds):
        self.wall += timedelta(seconds=seconds)
        self.seconds += seconds


def test_time_that_passes_is_no_jump():
    clock = HandSetClock()
    watch = ClockWatch(clock)
    for _ in range(1000):
        clock.pass_(7.0)
        assert watch.jump() == 0.0


@pytest.mark.parametrize("seconds", [-3600, 3600, -315_360_000, 315_360_000, 31])
def test_a_clock_that_is_set_is_noticed_once(seconds):
    clock = HandSetClock()
    watch = ClockWatch(clock)
    clock.wall += timedelta(seconds=seconds)
    assert watch.jump() == pytest.approx(seconds)
    clock.pass_(5.0)
    assert watch.jump() == 0.0


def test_slow_drift_adds_up_to_a_jump():
    clock = HandSetClock()
    watch = ClockWatch(clock)
    jumps = []
    for _ in range(40):
        clock.wall += timedelta(seconds=1)
        jumps.append(watch.jump())
    assert sum(jump != 0.0 for jump in jumps) == 1


def test_a_job_planned_under_another_clock_runs_soon():
    """The clock was set back by an hour: the job would have waited for it."""
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.start(paused=True)
    job = scheduler.add_job(print, "interval", seconds=1)
    job.modify(next_run_time=datetime.now(UTC) + timedelta(hours=1))
    schedule_anew(scheduler)
    assert job.next_run_time - datetime.now(UTC) <= timedelta(seconds=1)
    scheduler.shutdown()
