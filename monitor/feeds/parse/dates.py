"""Dates as JSON feeds write them, and those that `feedparser` does not read. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

_NUMBERS = re.compile(
    r"\s*(?P<year>\d{4})\s*(?:[-/.年])\s*(?P<month>\d{1,2})\s*(?:[-/.月])\s*(?P<day>\d{1,2})\s*日?"
    r"(?:[\sT,]*(?P<hour>\d{1,2})\s*[:时時点]\s*(?P<minute>\d{1,2})(?:\s*[:分]\s*(?P<second>\d{1,2}))?(?:[.,]\d+)?\s*[分秒]?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{1,2})?\s*$",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    r"\s*(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})(?:\s+(?P<hour>\d{1,2}):(?P<minute>\d{2}))?"
)
_SECONDS = re.compile(r"\s*(\d{9,10}|\d{12,13})\s*$")


def moment(text: str) -> datetime | None:
    """In UTC; without a zone taken for UTC, a day alone for its midnight. None for what is no date."""
    for read in (_iso, _mail, _numbers, _day_first, _seconds):
        try:
            found = read(text)
        except (ValueError, OverflowError, TypeError):
            continue
        if found is not None:
            return _utc(found)
    return None


def from_seconds(seconds: float) -> datetime | None:
    """Seconds since 1970; None outside of what a date can be."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _utc(found: datetime) -> datetime | None:
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _iso(text: str) -> datetime:
    return datetime.fromisoformat(text.strip())


def _mail(text: str) -> datetime:
    from email.utils import parsedate_to_datetime

    return parsedate_to_datetime(text)


def _numbers(text: str) -> datetime | None:
    return _from_match(_NUMBERS.match(text))


def _day_first(text: str) -> datetime | None:
    """`12.05.2026` is a day of May; `05/13/2026` can only be one of May too."""
    found = _DAY_FIRST.match(text)
    if found is None:
        return None
    day, month = int(found["day"]), int(found["month"])
    if month > 12:
        day, month = month, day
    return datetime(int(found["year"]), month, day, int(found["hour"] or 0), int(found["minute"] or 0), tzinfo=UTC)


def _from_match(found: re.Match[str] | None) -> datetime | None:
    if found is None:
        return None
    date = (int(found[name]) for name in ("year", "month", "day"))
    time = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    return datetime(*date, *time, tzinfo=_zone(found["zone"]))  # type: ignore[misc, arg-type]


def _zone(text: str | None) -> timezone:
    if text is None or text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _seconds(text: str) -> datetime | None:
    found = _SECONDS.match(text)
    if found is None:
        return None
    value = int(found[1])
    return from_seconds(value / 1000 if len(found[1]) > 10 else value)
