"""When to try again."""

from __future__ import annotations

import hashlib
from datetime import timedelta

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)
"""An outage of the channel must not lose alerts: there is no limit to the number of attempts."""
LOOK_AGAIN = timedelta(seconds=5)
"""Slack promises no read-after-write: what is not found is looked for once more after this."""


def backoff(attempts: int, key: str) -> timedelta:
    """2 s, doubled with every attempt to 5 minutes, less up to a quarter that differs by key and attempt."""
    wait: timedelta = min(FIRST_WAIT * 2 ** min(max(attempts - 1, 0), 16), LONGEST_WAIT)
    spread = hashlib.sha256(f"{key}:{attempts}".encode()).digest()[0] / 1024
    return wait * (1 - spread)
