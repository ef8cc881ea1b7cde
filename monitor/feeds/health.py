"""Whether a feed is down, silent, moved or gone, and what is said of it once. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from monitor.model import Fetched, Notice

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.model import Failed, PollState, Sorted, Unchanged

CONFIRMATIONS = 3
"""Permanent redirects in a row to one place before the feed is asked there."""
DOWN_FAILURES = 3.0
DOWN_AFTER = timedelta(hours=6)
SOFT = 0.5
SILENT_GAPS = 5
"""Usual gaps without an unseen entry that make a feed silent, three days at least."""
SILENT_AFTER = timedelta(days=3)
SILENT_ARRIVALS = 5
MEMORY = 0.2
"""Weight of the last arrival in the usual gap."""


def succeeded(
    state: PollState, result: Fetched | Unchanged, sorted_: Sorted | None, *, now: datetime, first: bool
) -> tuple[PollState, tuple[Notice, ...]]:
    """State after an answer, 304 included."""
    notices = []
    if state.down:
        since = f" since {state.failing_since:%Y-%m-%d %H:%M} UTC" if state.failing_since else ""
        notices.append(Notice(kind="recovered", text=f"answers again; it was down{since}"))
    state = replace(state, failures=0.0, failing_since=None, down=False, gone=False)
    state = _moved(state, result.moved)
    if state.moved_times == CONFIRMATIONS:
        notices.append(Notice(kind="moved", text=f"moved for good to {state.moved}"))
    if result.status == 200:
        state = replace(state, fetched_at=now)
    if sorted_ is not None and sorted_.new:
        state, spoke = _arrived(state, sorted_, now, first=first)
        notices += spoke
    if (silence := _silence(state, now)) is not None:
        state = replace(state, silent=True)
        notices.append(silence)
    return state, tuple(notices)


def _moved(state: PollState, moved: str | None) -> PollState:
    times = state.moved_times + 1 if moved is not None and moved == state.moved else int(moved is not None)
    return replace(state, moved=moved, moved_times=times)


def _arrived(state: PollState, sorted_: Sorted, now: datetime, *, first: bool) -> tuple[PollState, list[Notice]]:
    if first:
        return _baseline(state, sorted_, now), []
    gap = state.gap
    if state.newest is not None:
        last = max(now - state.newest, timedelta(0))
        gap = last if gap is None else gap + (last - gap) * MEMORY
    notices = [Notice(kind="speaking", text="has new entries again")] if state.silent else []
    return replace(state, newest=now, gap=gap, arrivals=state.arrivals + 1, silent=False), notices


def _baseline(state: PollState, sorted_: Sorted, now: datetime) -> PollState:
    """The usual gap from the dates of the first document: a feed that froze years ago is noticed at once."""
    dates = sorted(
        min(moment, now) for item in sorted_.new if (moment := item.entry.published or item.entry.updated) is not None
    )
    if len(set(dates)) < 2:
        return replace(state, newest=now)
    gap = timedelta(seconds=median((later - earlier).total_seconds() for earlier, later in pairwise(dates)))
    return replace(state, newest=dates[-1], gap=gap, arrivals=len(dates))


def _silence(state: PollState, now: datetime) -> Notice | None:
    if state.silent or state.newest is None or state.gap is None or state.arrivals < SILENT_ARRIVALS:
        return None
    if now - state.newest <= max(SILENT_GAPS * state.gap, SILENT_AFTER):
        return None
    return Notice(
        kind="silent",
        text=f"nothing new since {state.newest:%Y-%m-%d %H:%M} UTC; its usual gap is {_hours(state.gap)}",
    )


def _hours(gap: timedelta) -> str:
    hours = gap / timedelta(hours=1)
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:.0f} days"


def failed(state: PollState, result: Failed, *, now: datetime) -> tuple[PollState, tuple[Notice, ...]]:
    """State after a failure; 410 ends a feed, nothing else does."""
    failures = state.failures + (SOFT if result.soft else 1.0)
    since = state.failing_since or now
    state = replace(state, failures=failures, failing_since=since)
    if result.kind == "gone":
        notices = () if state.gone else (Notice(kind="gone", text=f"ended by its server: {result.message}"),)
        return replace(state, gone=True), notices
    if state.down or failures < DOWN_FAILURES or now - since < DOWN_AFTER:
        return state, ()
    text = f"down since {since:%Y-%m-%d %H:%M} UTC: {result.message}"
    return replace(state, down=True), (Notice(kind="down", text=text),)


def loss(url: str, interval: timedelta) -> Notice:
    """No entry of a full document was known: some may have come and gone unseen."""
    return Notice(kind="loss", text=f"every entry of {url} was new: some may be lost; asked again in {interval}")
