"""When: the tick that asks what is due, signals, reload of the file, sign of life, draining."""

from monitor.daemon.clocks import ClockWatch, schedule_anew
from monitor.daemon.polling import Round
from monitor.daemon.running import Daemon, RunningDesk

__all__ = ["ClockWatch", "Daemon", "Round", "RunningDesk", "schedule_anew"]
