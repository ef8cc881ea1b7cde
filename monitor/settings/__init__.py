"""feeds.yaml + environment -> frozen Settings; all problems at once, each with file, line and what to write instead."""

from monitor.settings.load import load, shipped_path
from monitor.settings.values import Poll, Settings, parse_duration

__all__ = ["Poll", "Settings", "load", "parse_duration", "shipped_path"]
