"""Quiet hours and digests: wall times of a zone, over midnight and over changes of clocks."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from alerts.errors import ChannelConfigError
from alerts.model import Digest, QuietHours

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def validate(spec: QuietHours | Digest) -> None:
    """ChannelConfigError when a time, a day, a zone or a schedule is none."""
    try:
        ZoneInfo(spec.zone)
    except (LookupError, ValueError, OSError) as error:
        raise ChannelConfigError(f"{spec.zone!r} is no time zone; write an IANA name such as Europe/Berlin") from error
    if isinstance(spec, Digest):
        _validate_cron(spec.cron)
        return
    for text in (spec.start, spec.end):
        try:
            time.fromisoformat(text)
        except ValueError as error:
            raise ChannelConfigError(f"{text!r} is no time of day; write HH:MM, such as 22:30") from error
    for day in spec.days:
        if day not in DAYS:
            raise ChannelConfigError(f"{day!r} is no day; write one of {', '.join(DAYS)}")


def _validate_cron(cron: str) -> None:
    try:
        next(CronSim(cron, datetime(2024, 1, 1, tzinfo=UTC)))
    except (CronSimError, StopIteration) as error:
        raise ChannelConfigError(
            f"{cron!r} is no schedule; write five cron fields, such as '0 8 * * mon-fri'"
        ) from error


def quiet_until(quiet: QuietHours, now: datetime) -> datetime | None:
    """End of the quiet hours that `now` lies in, UTC; None outside.

    A wall time that a change of clocks skips is taken as the moment of the change, one that it repeats as the first.
    """
    zone = ZoneInfo(quiet.zone)
    today = now.astimezone(zone).date()
    start, end = time.fromisoformat(quiet.start), time.fromisoformat(quiet.end)
    for day in (today - timedelta(days=1), today):
        if quiet.days and DAYS[day.weekday()] not in quiet.days:
            continue
        last = day + timedelta(days=1) if end <= start else day
        begins, ends = _utc(datetime.combine(day, start), zone), _utc(datetime.combine(last, end), zone)
        if begins <= now < ends:
            return ends
    return None


def _utc(wall: datetime, zone: ZoneInfo) -> datetime:
    utc = wall.replace(tzinfo=zone).astimezone(UTC)
    if utc.astimezone(zone).replace(tzinfo=None) == wall:
        return utc
    # Skipped: the offset before the jump puts it after the jump, that after the jump (fold) before it.
    low, high = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), utc
    offset = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == offset else (low, middle)
    return high.replace(microsecond=0)


def next_digest(digest: Digest, after: datetime) -> datetime:
    """First time of the schedule after `after`, UTC. Days when clocks change neither skip nor repeat it."""
    return next(CronSim(digest.cron, after.astimezone(ZoneInfo(digest.zone)))).astimezone(UTC)
