"""When to ask a feed again, and what its operator should hear of it: pure functions of its history."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from monitor.feeds import health
from monitor.model import Failed, Fetched, Step, Unchanged

if TYPE_CHECKING:
    from monitor.model import Hints, PollResult, PollState, Sorted

AIM = (1 / 3, 2 / 3)
"""Share of known entries that a good interval gives: less risks losing some, more is asking for nothing."""
STEPS = (0.5, 1.25)
"""What an interval is multiplied by when the share is below the aim, and above it."""
DAY = timedelta(days=1)
LONGEST = DAY
"""No `Retry-After` and no series of failures delays a feed beyond it."""
BUSY = 5
"""Entries in a document below which no share says anything."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The operator's wishes for one feed."""

    every: timedelta = timedelta(minutes=10)
    minimum: timedelta = timedelta(minutes=1)
    maximum: timedelta | None = None
    """None: three times `every`; a server's hints and a quiet feed do not delay news beyond it."""
    jitter: float = 0.1

    @property
    def longest(self) -> timedelta:
        return max(3 * self.every if self.maximum is None else self.maximum, self.minimum)

    def clamp(self, interval: timedelta) -> timedelta:
        return min(max(interval, self.minimum), self.longest)


def advance(
    pace: Pace,
    state: PollState,
    result: PollResult,
    sorted_: Sorted | None,
    *,
    url: str,
    now: datetime,
    fraction: float,
) -> Step:
    """What a poll makes of a feed: new state, time of the next poll and why, notices.

    `sorted_` is there exactly when the result is a `Fetched`; `fraction` is random in [0, 1); `url` is the feed's, and
    spreads feeds that would fall due together.
    """
    if isinstance(result, Failed):
        return _failed(pace, state, result, url=url, now=now, fraction=fraction)
    first = state.fetched_at is None
    known = None if sorted_ is None else _share(sorted_, result)
    interval, reason = _own_pace(pace, state, known, first=first)
    state, notices = health.succeeded(replace(state, interval=interval), result, sorted_, now=now, first=first)
    if known == 0 and not first:
        notices = (*notices, health.loss(url, interval))
    wait, reason = _hinted(pace, interval, reason, result.hints, now)
    due = _skipped(now + _jittered(wait, pace.jitter, fraction), result.hints, now + pace.longest)
    moved = state.moved if state.moved_times >= health.CONFIRMATIONS else None
    return Step(state=state, due=due + _offset(url, wait), reason=reason, notices=notices, url=moved)


def unconditional(state: PollState, now: datetime) -> bool:
    """Whether the next request should set no condition: once a day, for servers whose ETag lies."""
    return state.fetched_at is not None and now - state.fetched_at >= DAY


def _share(sorted_: Sorted, result: Fetched | Unchanged) -> float | None:
    """Share of entries known before; None where the document is too short to tell, or its ids changed."""
    count = result.count if isinstance(result, Fetched) else 0
    if count < BUSY or sorted_.reidentification:
        return None
    return 1 - len(sorted_.new) / count


def _own_pace(pace: Pace, state: PollState, known: float | None, *, first: bool) -> tuple[timedelta, str]:
    current = pace.clamp(state.interval or pace.every)
    if first or (known is None and state.interval is None):
        return pace.clamp(pace.every), "every"
    if known is None or known > AIM[1]:
        longer = pace.clamp(current * STEPS[1])
        return longer, f"quiet: {'nothing' if known is None else f'{1 - known:.0%}'} new"
    if known < AIM[0]:
        return pace.clamp(current * STEPS[0]), f"busy: {1 - known:.0%} new"
    return current, f"steady: {1 - known:.0%} new"


def _hinted(pace: Pace, interval: timedelta, reason: str, hints: Hints, now: datetime) -> tuple[timedelta, str]:
    """The interval lengthened to what the server asks for, as far as the operator allows."""
    asked = {
        "ttl": hints.ttl,
        "Cache-Control": hints.max_age,
        "Expires": None if hints.expires is None else hints.expires - now,
    }
    for name, hint in asked.items():
        if hint is not None and pace.clamp(hint) > interval:
            interval, reason = pace.clamp(hint), f"{name}: {hint}"
    return interval, reason


def _jittered(wait: timedelta, jitter: float, fraction: float) -> timedelta:
    return wait * (1 + jitter * (2 * fraction - 1))


def _offset(url: str, wait: timedelta) -> timedelta:
    """The feed's own moment, up to a hundredth of the wait: feeds of one host never fall due at one instant."""
    digest = hashlib.blake2b(url.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return wait / 100 * (int.from_bytes(digest) / 2**64)


def _skipped(due: datetime, hints: Hints, latest: datetime) -> datetime:
    """The first hour from `due` on that the feed does not ask to be skipped, `latest` if that comes first."""
    moment = due
    for _ in range(24 * 7):
        moment_utc = moment.astimezone(UTC)
        if moment_utc.hour not in hints.skip_hours and WEEKDAYS[moment_utc.weekday()] not in hints.skip_days:
            break
        moment = moment_utc.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return max(due, min(moment, latest))


def _failed(pace: Pace, state: PollState, result: Failed, *, url: str, now: datetime, fraction: float) -> Step:
    state, notices = health.failed(state, result, now=now)
    if state.gone:
        return Step(state=state, due=now + LONGEST, reason="ended: 410 Gone", notices=notices)
    wait = min(pace.clamp(pace.every) * 2 ** min(state.failures, 20.0), max(LONGEST, pace.every))
    if result.retry_after is not None:
        pause = max(min(result.retry_after, LONGEST), pace.minimum)
        due = now + pause + _offset(url, wait) + wait * pace.jitter * fraction
        reason = f"{result.kind}: Retry-After {result.retry_after}"
        return Step(state=state, due=due, reason=reason, notices=notices, pause_until=now + pause)
    spread = _jittered(wait, max(pace.jitter, 0.25), fraction)
    reason = f"{result.kind}: {state.failures:g} failures in a row"
    return Step(state=state, due=now + spread + _offset(url, wait), reason=reason, notices=notices)
