"""What the rest of the program sees of feeds.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from alerts.model import Delivering
    from monitor.feeds.network import Network
    from monitor.mentions.watchlist import Watchlist
    from monitor.model import Feed, Rule

_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
LONGEST = timedelta(days=3650)
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def parse_duration(text: str) -> timedelta:
    """`500ms`, `2s`, `10m`, `6h`, `1d` as a timedelta; ValueError for anything else."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError("not a duration; write for example 500ms, 2s, 10m, 6h or 1d")
    seconds = float(match[1]) * _UNITS[match[2]]
    if seconds > LONGEST.total_seconds():
        raise ValueError("longer than ten years; write for example 500ms, 2s, 10m, 6h or 1d")
    return timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """How often feeds are asked; each feed's own interval moves between `min` and `max`."""

    every: timedelta = timedelta(minutes=10)
    min: timedelta = timedelta(minutes=1)
    max: timedelta = timedelta(hours=6)
    jitter: float = 0.1
    """Share of the interval by which it is varied at random."""
    host_gap: timedelta | None = None
    """Between two requests to one host; None: 1 s, and 0 on loopback addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """feeds.yaml, checked and complete."""

    path: Path
    database: Path
    poll: Poll
    network: Network
    feeds: tuple[Feed, ...]
    watchlists: tuple[Watchlist, ...]
    rules: tuple[Rule, ...]
    delivering: Delivering
    max_age: timedelta
    """Older articles raise no alert (`alerts.max_age`)."""
