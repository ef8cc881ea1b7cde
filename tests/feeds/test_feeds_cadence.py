"""When the next poll is due, why, and what the operator hears: on values alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from feeds_memory import FEED, Memory, entry
from hypothesis import given
from hypothesis import strategies as st

from monitor.feeds import cadence
from monitor.feeds.cadence import Pace, advance, unconditional
from monitor.model import Failed, Fetched, Hints, PollResult, PollState, Sorted, Step, Unchanged, Validators

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TEN = timedelta(minutes=10)
PACE = Pace(every=TEN, jitter=0.0)
KNOWN = PollState(interval=TEN, fetched_at=NOW - timedelta(hours=1), newest=NOW - timedelta(hours=1))


def fetched(count: int = 30, **values: object) -> Fetched:
    return Fetched(entries=(), known={}, count=count, validators=Validators(), body_hash="", **values)  # type: ignore[arg-type]


def sorted_(
    new: int, count: int = 30, *, reidentification: bool = False, dates: list[datetime] | None = None
) -> Sorted:
    found = Memory().see([entry(n, published=dates[n] if dates else None) for n in range(new)], feed=FEED).new
    return Sorted(
        new=found, edited=(), reidentified=(), rejected=(), known=count - new, items={}, key="guid",
        reidentification=reidentification,
    )  # fmt: skip


def after(
    result: PollResult, found: Sorted | None = None, *, state: PollState = KNOWN, pace: Pace = PACE,
    fraction: float = 0.5, now: datetime = NOW, url: str = "https://w.example/feed",
) -> Step:  # fmt: skip
    return advance(pace, state, result, found, url=url, now=now, fraction=fraction)


def wait(step: Step) -> float:
    return (step.due - NOW) / timedelta(minutes=1)


@pytest.mark.parametrize(
    ("new", "minutes", "reason"),
    [(0, 12.5, "quiet"), (1, 12.5, "quiet"), (15, 10, "steady"), (12, 10, "steady"), (25, 5, "busy"), (30, 5, "busy")],
)
def test_a_third_to_two_thirds_of_known_entries_is_the_aim(new: int, minutes: float, reason: str) -> None:
    step = after(fetched(), sorted_(new))
    assert minutes <= wait(step) <= minutes * 1.011
    assert step.reason.startswith(reason)
    assert step.state.interval == timedelta(minutes=minutes)


def test_the_pace_stays_within_its_bounds() -> None:
    pace = Pace(every=TEN, minimum=timedelta(minutes=4), maximum=timedelta(minutes=20), jitter=0.0)
    state = KNOWN
    for _ in range(20):
        state = after(Unchanged(status=304, validators=Validators()), state=state, pace=pace).state
    assert state.interval == timedelta(minutes=20)
    for _ in range(20):
        state = after(fetched(), sorted_(28), state=state, pace=pace).state
    assert state.interval == timedelta(minutes=4)


def test_without_a_maximum_three_times_every_is_the_longest() -> None:
    state = KNOWN
    for _ in range(20):
        step = after(Unchanged(status=304, validators=Validators()), state=state)
        state = step.state
    assert state.interval == 3 * TEN


def test_a_first_fetch_is_no_loss_and_no_haste() -> None:
    step = after(fetched(), sorted_(30), state=PollState())
    assert step.notices == ()
    assert (step.reason, step.state.interval) == ("every", TEN)


def test_nothing_known_is_a_possible_loss() -> None:
    step = after(fetched(), sorted_(30))
    (notice,) = step.notices
    assert notice.kind == "loss"
    assert FEED.url in notice.text
    assert after(fetched(), sorted_(30, reidentification=True)).notices == ()
    assert after(fetched(3), sorted_(3, 3)).notices == ()


@pytest.mark.parametrize(
    ("hints", "minutes", "reason"),
    [
        (Hints(ttl=timedelta(minutes=20)), 20, "ttl"),
        (Hints(max_age=timedelta(minutes=25)), 25, "Cache-Control"),
        (Hints(expires=NOW + timedelta(minutes=15)), 15, "Expires"),
        (Hints(expires=NOW - timedelta(days=15)), 10, "steady"),
        (Hints(ttl=timedelta(days=3)), 30, "ttl"),
        (Hints(ttl=timedelta(0)), 10, "steady"),
        (Hints(ttl=timedelta(minutes=12), max_age=timedelta(minutes=20)), 20, "Cache-Control"),
    ],
)
def test_hints_lengthen_the_wait_as_far_as_the_operator_allows(hints: Hints, minutes: float, reason: str) -> None:
    step = after(fetched(hints=hints), sorted_(15))
    assert minutes <= wait(step) <= minutes * 1.011
    assert step.reason.startswith(reason)
    assert step.state.interval == TEN


def test_skipped_hours_and_days_are_slept_through_within_the_maximum() -> None:
    pace = Pace(every=TEN, maximum=timedelta(hours=6), jitter=0.0)
    hours = after(fetched(hints=Hints(skip_hours=frozenset((8, 9)))), sorted_(15), pace=pace)
    assert NOW + timedelta(hours=2) <= hours.due < NOW + timedelta(hours=2, minutes=1)
    day = after(fetched(hints=Hints(skip_days=frozenset(("monday",)))), sorted_(15), pace=pace)
    assert NOW + timedelta(hours=6) <= day.due < NOW + timedelta(hours=6, minutes=1)
    always = after(fetched(hints=Hints(skip_hours=frozenset(range(24)))), sorted_(15), pace=pace)
    assert always.due < NOW + timedelta(hours=6, minutes=1)


@pytest.mark.parametrize(
    ("asked", "minutes"),
    [(timedelta(minutes=5), 5), (timedelta(0), 1), (timedelta(days=1), 1440), (timedelta(days=30), 1440)],
)
def test_retry_after_pauses_the_host_within_a_minute_and_a_day(asked: timedelta, minutes: float) -> None:
    step = after(Failed(kind="throttled", message="429", status=429, retry_after=asked, soft=True))
    assert step.pause_until == NOW + timedelta(minutes=minutes)
    assert step.due >= step.pause_until
    assert "Retry-After" in step.reason


def test_failures_double_the_wait_up_to_a_day_and_never_switch_off() -> None:
    state, waits = KNOWN, []
    for _ in range(60):
        step = after(Failed(kind="connect", message="refused"), state=state)
        state = step.state
        waits.append(wait(step))
    assert waits[0] < waits[2] < waits[4]
    assert 1440 * 0.7 < waits[-1] < 1440 * 1.3
    assert not state.gone
    back = after(Unchanged(status=304, validators=Validators()), state=state)
    assert (back.state.failures, back.state.failing_since) == (0.0, None)
    assert wait(back) < 13


def test_down_is_told_once_after_three_failures_and_six_hours_then_recovered() -> None:
    state, told = KNOWN, []
    for hour in range(24):
        now = NOW + timedelta(hours=hour)
        step = after(Failed(kind="status", message="HTTP 500", soft=True), state=state, now=now)
        state = step.state
        told += [(hour, notice.kind) for notice in step.notices]
    assert told == [(6, "down")]
    quick = KNOWN
    for _ in range(50):
        step = after(Failed(kind="dns", message="no name", soft=True), state=quick)
        quick = step.state
        assert step.notices == ()
    up = after(fetched(), sorted_(1), state=state)
    assert [notice.kind for notice in up.notices] == ["recovered"]
    assert after(fetched(), sorted_(1), state=up.state).notices == ()


def test_410_ends_a_feed_and_an_answer_revives_it() -> None:
    step = after(Failed(kind="gone", message="HTTP 410", status=410))
    assert [notice.kind for notice in step.notices] == ["gone"]
    assert step.state.gone
    assert step.due - NOW == timedelta(days=1)
    assert step.reason == "ended: 410 Gone"
    assert after(Failed(kind="gone", message="HTTP 410", status=410), state=step.state).notices == ()
    assert not after(fetched(), sorted_(1), state=step.state).state.gone


def test_a_feed_moves_after_three_confirmations_in_a_row() -> None:
    there, state, moves = "https://new.example/feed", KNOWN, []
    for target in (there, there, "https://else.example/", there, there, there):
        step = after(Unchanged(status=304, validators=Validators(), moved=target), state=state)
        state = step.state
        moves.append((step.url, [notice.kind for notice in step.notices]))
    assert moves == [(None, [])] * 5 + [(there, ["moved"])]
    assert after(Unchanged(status=304, validators=Validators()), state=state).url is None


def test_a_silent_feed_is_told_once_and_so_is_its_return() -> None:
    state = PollState()
    dates = [NOW - timedelta(days=n) for n in range(10)]
    state = after(fetched(10), sorted_(10, 10, dates=dates), state=state).state
    assert state.gap == timedelta(days=1)
    kinds = []
    for day in range(1, 12):
        step = after(Unchanged(status=304, validators=Validators()), state=state, now=NOW + timedelta(days=day))
        state = step.state
        kinds += [(day, notice.kind) for notice in step.notices]
    assert kinds == [(6, "silent")]
    step = after(fetched(), sorted_(1), state=state, now=NOW + timedelta(days=12))
    assert [notice.kind for notice in step.notices] == ["speaking"]
    assert not step.state.silent


def test_a_feed_that_froze_years_ago_is_silent_from_the_first_fetch() -> None:
    dates = [NOW - timedelta(days=700, hours=n) for n in range(10)]
    step = after(fetched(10), sorted_(10, 10, dates=dates), state=PollState())
    assert [notice.kind for notice in step.notices] == ["silent"]


def test_once_a_day_without_conditions() -> None:
    state = after(fetched(), sorted_(1)).state
    assert not unconditional(state, NOW + timedelta(hours=23))
    assert unconditional(state, NOW + timedelta(hours=24))
    kept = after(Unchanged(status=304, validators=Validators()), state=state, now=NOW + timedelta(hours=20)).state
    assert unconditional(kept, NOW + timedelta(hours=24))
    same = after(Unchanged(status=200, validators=Validators()), state=state, now=NOW + timedelta(hours=24)).state
    assert not unconditional(same, NOW + timedelta(hours=25))
    assert not unconditional(PollState(), NOW)


def test_feeds_of_one_host_never_fall_due_at_one_instant() -> None:
    dues = {
        after(fetched(), sorted_(15), url=f"https://w.example/{n}", pace=Pace(every=TEN, jitter=0.0)).due
        for n in range(60)
    }
    assert len(dues) == 60


_STATES = st.builds(
    PollState,
    interval=st.none() | st.timedeltas(timedelta(0), timedelta(days=2)),
    failures=st.floats(0, 1e6),
    failing_since=st.none() | st.just(NOW),
    fetched_at=st.none() | st.just(NOW),
    down=st.booleans(),
    silent=st.booleans(),
    gone=st.booleans(),
)
_HINTS = st.builds(
    Hints,
    ttl=st.none() | st.timedeltas(timedelta(0), timedelta(days=400)),
    max_age=st.none() | st.timedeltas(timedelta(0), timedelta(days=400)),
    expires=st.none() | st.datetimes(timezones=st.just(UTC)),
    skip_hours=st.frozensets(st.integers(0, 23)),
    skip_days=st.frozensets(st.sampled_from(cadence.WEEKDAYS)),
)


@given(state=_STATES, hints=_HINTS, new=st.integers(0, 30), fraction=st.floats(0, 1, exclude_max=True))
def test_an_answer_leads_to_a_poll_within_the_bounds(state: PollState, hints: Hints, new: int, fraction: float) -> None:
    pace = Pace(every=TEN, minimum=timedelta(minutes=2), maximum=timedelta(hours=1), jitter=0.1)
    step = after(fetched(hints=hints), sorted_(new), state=state, pace=pace, fraction=fraction)
    assert timedelta(minutes=1.8) <= step.due - NOW <= timedelta(hours=1) * 1.12
    assert step.reason


@given(
    state=_STATES,
    kind=st.sampled_from(["connect", "timeout", "status", "parse", "auth"]),
    soft=st.booleans(),
    pause=st.none() | st.timedeltas(timedelta(0), timedelta(days=900)),
    fraction=st.floats(0, 1, exclude_max=True),
)
def test_a_failure_leads_to_a_poll_within_a_day_or_so(state, kind, soft, pause, fraction) -> None:  # type: ignore[no-untyped-def]
    step = after(
        Failed(kind=kind, message="m", soft=soft, retry_after=pause),
        state=PollState(failures=state.failures, down=state.down),
        fraction=fraction,
    )
    assert timedelta(minutes=1) <= step.due - NOW <= timedelta(days=2)
