"""How long a server asks us to wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SHORTEST = timedelta(seconds=1)
LONGEST = timedelta(minutes=10)


def retry_after(value: str | None, now: datetime) -> timedelta:
    """`Retry-After` as seconds, with or without a fraction, or as an HTTP date; between 1 s and 10 min, 1 s where it
    says nothing that can be read."""
    wait = SHORTEST
    if value is not None:
        wait = _seconds(value) or _until(value, now) or SHORTEST
    return min(max(wait, SHORTEST), LONGEST)


def _seconds(value: str) -> timedelta | None:
    try:
        return timedelta(seconds=float(value))
    except (ValueError, OverflowError):
        return None


def _until(value: str, now: datetime) -> timedelta | None:
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
