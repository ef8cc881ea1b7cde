"""When a feed itself would like to be asked again: RSS `ttl`, `skipHours`, `skipDays`, and `sy:updatePeriod`. Pure."""

from __future__ import annotations

import re
from datetime import timedelta

from monitor.model import Hints

HEAD = 65536
_TTL = re.compile(rb"<ttl>\s*(\d{1,7})\s*</ttl>", re.IGNORECASE)
_HOURS = re.compile(rb"<skipHours>(.*?)</skipHours>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAYS = re.compile(rb"<skipDays>(.*?)</skipDays>", re.IGNORECASE | re.DOTALL)
_DAY = re.compile(rb"<day>\s*([A-Za-z]{6,9})\s*</day>", re.IGNORECASE)
_PERIOD = re.compile(rb"<(?:\w+:)?updatePeriod>\s*(hourly|daily|weekly|monthly|yearly)\s*<", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<(?:\w+:)?updateFrequency>\s*(\d{1,4})\s*<", re.IGNORECASE)
_LENGTHS = {b"hourly": 1, b"daily": 24, b"weekly": 168, b"monthly": 720, b"yearly": 8760}


def hints(head: bytes) -> Hints:
    """From the part of a feed before its items."""
    head = head[:HEAD]
    if b"ttl>" not in head and b"skip" not in head and b"updatePeriod" not in head:
        return Hints()
    hours, days = _HOURS.search(head), _DAYS.search(head)
    return Hints(
        ttl=_ttl(head),
        # RSS 0.91 counts 1 to 24, RSS 2.0 counts 0 to 23.
        skip_hours=frozenset(int(hour) % 24 for hour in _HOUR.findall(hours[1])) if hours else frozenset(),
        skip_days=frozenset(day.decode().lower() for day in _DAY.findall(days[1])) if days else frozenset(),
    )


def _ttl(head: bytes) -> timedelta | None:
    ttl, period = _TTL.search(head), _PERIOD.search(head)
    if ttl:
        return timedelta(minutes=int(ttl[1]))
    if period is None:
        return None
    frequency = _FREQUENCY.search(head)
    return timedelta(hours=_LENGTHS[period[1].lower()]) / max(int(frequency[1]) if frequency else 1, 1)
