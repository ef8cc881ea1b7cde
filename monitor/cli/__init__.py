"""Arguments in, calls, words out; no logic."""

from monitor.cli.entry import run

__all__ = ["run"]
