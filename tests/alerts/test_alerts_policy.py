"""Send, hold, fold: plain values at chosen times."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from alerts_make import NOW, alert, delivering
from hypothesis import given
from hypothesis import strategies as st

from alerts.errors import ChannelConfigError
from alerts.model import Alert, ConsoleChannel, Digest, QuietHours, Route, Silence, Waiting
from alerts.policy.attempts import LONGEST_WAIT, backoff
from alerts.policy.decide import Hold, Send, decide
from alerts.policy.drafts import BURST, FOLD, FOLD_DIGITS, drafts
from alerts.policy.hours import next_digest, quiet_until, validate


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-24T21:59+01:00", None),
        ("2026-11-24T22:00+01:00", "2026-11-25T07:00+01:00"),
        ("2026-11-25T03:00+01:00", "2026-11-25T07:00+01:00"),
        ("2026-11-25T07:00+01:00", None),
        # The night of 29 March has 23 hours, that of 25 October has 25.
        ("2026-03-28T23:00+01:00", "2026-03-29T07:00+02:00"),
        ("2026-10-24T23:00+02:00", "2026-10-25T07:00+01:00"),
    ],
)
def test_quiet_hours_over_midnight_and_changes_of_clocks(now: str, until: str | None) -> None:
    quiet = QuietHours(start="22:00", end="07:00", zone="Europe/Berlin")
    assert quiet_until(quiet, at(now)) == (None if until is None else at(until))


def test_quiet_hours_that_end_in_the_hour_that_is_skipped_or_told_twice() -> None:
    quiet = QuietHours(start="22:00", end="02:30", zone="Europe/Berlin")
    assert quiet_until(quiet, at("2026-03-28T23:00+01:00")) == at("2026-03-29T03:00+02:00")
    assert quiet_until(quiet, at("2026-10-24T23:00+02:00")) == at("2026-10-25T02:30+02:00")
    assert quiet_until(quiet, at("2026-10-25T02:15+01:00")) is None


def test_quiet_hours_within_a_day_and_on_chosen_days() -> None:
    quiet = QuietHours(start="22:00", end="07:00", zone="Asia/Tokyo", days=("fri", "sat"))
    assert quiet_until(quiet, at("2026-11-29T06:00+09:00")) == at("2026-11-29T07:00+09:00")  # Sunday, of Saturday
    assert quiet_until(quiet, at("2026-11-29T23:00+09:00")) is None
    lunch = QuietHours(start="12:00", end="13:00", zone="Asia/Tokyo")
    assert quiet_until(lunch, at("2026-11-29T12:30+09:00")) == at("2026-11-29T13:00+09:00")
    assert quiet_until(lunch, at("2026-11-29T13:30+09:00")) is None


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.times(),
    st.times(),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]),
)
def test_quiet_hours_always_end_within_a_day_and_after_now(
    now: datetime, start: object, end: object, zone: str
) -> None:
    until = quiet_until(QuietHours(start=str(start)[:5], end=str(end)[:5], zone=zone), now)
    assert until is None or now < until <= now + timedelta(hours=25, minutes=1)
    if until is not None and start != end:
        assert quiet_until(QuietHours(start=str(start)[:5], end=str(end)[:5], zone=zone), until) is None or (
            str(start)[:5] == str(end)[:5]
        )


def test_a_digest_is_due_once_on_days_when_clocks_change() -> None:
    daily = Digest(cron="30 2 * * *", zone="Europe/Berlin")
    times, now = [], at("2026-10-23T12:00+02:00")
    for _ in range(4):
        now = next_digest(daily, now)
        times.append(now)
    days = [time.astimezone(tz=None).date() for time in times]
    assert len(set(days)) == len(days) == 4
    spring = next_digest(daily, at("2026-03-28T12:00+01:00"))
    assert at("2026-03-29T00:00+01:00") < spring < at("2026-03-29T04:00+02:00")
    assert next_digest(daily, spring) == at("2026-03-30T02:30+02:00")


@pytest.mark.parametrize(
    "spec",
    [
        QuietHours(start="25:00", end="07:00", zone="UTC"),
        QuietHours(start="22:00", end="late", zone="UTC"),
        QuietHours(start="22:00", end="07:00", zone="Berlin"),
        QuietHours(start="22:00", end="07:00", zone="UTC", days=("monday",)),
        Digest(cron="every day"),
        Digest(cron="0 8 30 2 *"),
        Digest(cron="0 8 * * *", zone="../etc/passwd"),
    ],
)
def test_bad_hours_are_refused_with_what_to_write(spec: QuietHours | Digest) -> None:
    with pytest.raises(ChannelConfigError, match="write"):
        validate(spec)


def test_good_hours_pass() -> None:
    validate(QuietHours(start="22:00", end="07:00", zone="Asia/Singapore", days=("mon",)))
    validate(Digest(cron="0 8 * * mon-fri", zone="America/New_York"))


NIGHT = QuietHours(start="22:00", end="07:00", zone="UTC")
MIDNIGHT = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
MORNING = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)


def decided(
    made: Alert, *routes: Route, silences: tuple[Silence, ...] = (), now: datetime = MIDNIGHT, **of: object
) -> Hold | Send:
    to = delivering(ConsoleChannel(name="desk"), routes=routes)
    waiting = Waiting(alert=made, since=of.pop("since", now), **of)  # type: ignore[arg-type]
    return decide(waiting, "desk", to, silences, now)


def test_quiet_hours_hold_and_high_pierces() -> None:
    route = Route(to=("desk",), quiet=NIGHT)
    held = decided(alert(severity="medium"), route)
    assert isinstance(held, Hold)
    assert held.until == MORNING
    assert "quiet hours" in held.reason
    assert decided(alert(severity="high"), route) == Send()
    strict = Route(to=("desk",), quiet=QuietHours(start="22:00", end="07:00", zone="UTC", pierce=None))
    assert isinstance(decided(alert(severity="high"), strict), Hold)
    assert decided(alert(severity="medium"), route, released=True) == Send()
    assert decided(alert(severity="medium"), route, now=MORNING) == Send()


def test_a_digest_holds_until_its_time_and_then_says_it_is_one() -> None:
    route = Route(to=("desk",), digest=Digest(cron="0 8 * * *"))
    due = datetime(2026, 11, 25, 8, tzinfo=UTC)
    assert decided(alert(), route) == Hold(due, "for the digest")
    assert decided(alert(), route, now=due, since=MIDNIGHT) == Send(digest=True)
    quiet = Route(to=("desk",), digest=Digest(cron="0 6 * * *"), quiet=NIGHT)
    later = decided(alert(severity="low"), quiet, now=due - timedelta(hours=2), since=MIDNIGHT)
    assert isinstance(later, Hold)
    assert later.until == MORNING


def test_of_two_routes_to_one_channel_the_earlier_counts() -> None:
    digest = Route(to=("desk",), digest=Digest(cron="0 8 * * *"))
    now = Route(to=("desk",), severity=("high",))
    assert decided(alert(severity="high"), digest, now) == Send()
    assert isinstance(decided(alert(severity="low"), digest, now), Hold)


def test_an_alert_that_its_rule_holds_goes_with_the_next_digest() -> None:
    made = alert(hold="one alert a subject in 6h")
    assert decided(made, Route(to=("desk",))) == Hold(
        datetime(2026, 11, 25, 8, tzinfo=UTC), "one alert a subject in 6h"
    )
    hourly = Route(to=("desk",), digest=Digest(cron="0 * * * *"))
    assert decided(made, hourly) == Hold(datetime(2026, 11, 25, 0, tzinfo=UTC), "one alert a subject in 6h")


@pytest.mark.parametrize(
    ("matcher", "holds"),
    [
        ({}, True),
        ({"rule": "shipments"}, True),
        ({"rule": "prices"}, False),
        ({"tag": "china"}, True),
        ({"tag": "korea"}, False),
        ({"text": "ZHENWU"}, True),
        ({"text": "cloud summit"}, False),
        ({"rule": "shipments", "text": "nothing of it"}, False),
    ],
)
def test_silences_hold_what_they_match_with_author_and_reason(matcher: dict[str, str], holds: bool) -> None:
    silence = Silence(
        id="s", author="mk", reason="trade fair", created=NOW, expires=MIDNIGHT + timedelta(hours=3), **matcher
    )
    decision = decided(alert(tags=("china",)), Route(to=("desk",)), silences=(silence,))
    if holds:
        assert decision == Hold(silence.expires, "silenced by mk: trade fair")
    else:
        assert decision == Send()
    assert decided(alert(tags=("china",)), Route(to=("desk",)), silences=(silence,), now=silence.expires) == Send()


severities = st.sampled_from(["high", "medium", "low"])
alerts = st.lists(
    st.tuples(severities, st.integers(1, 40), st.sampled_from([None, "b1", "b2"]), st.integers(0, 60)), max_size=120
)


@given(alerts)
def test_every_alert_is_in_exactly_one_message_and_every_message_has_room(
    specs: list[tuple[str, int, str, int]],
) -> None:
    made = [
        alert(n, severity=severity, article=f"a{article}", batch=batch, digits=tuple(f"{k:,}" for k in range(count)))
        for n, (severity, article, batch, count) in enumerate(specs)
    ]
    drawn = drafts([(one, Send()) for one in made])
    told = Counter(one.key for draft in drawn for one in draft.alerts)
    assert told == Counter(one.key for one in made)
    for draft in drawn:
        assert 1 <= len(draft.alerts) <= FOLD
        size = sum(len(figure) + 2 for one in draft.alerts for figure in one.digits)
        assert size <= FOLD_DIGITS or len(draft.alerts) == 1
    for batch in ("b1", "b2"):
        kinds = [draft.kind for draft in drawn if draft.batch == batch]
        assert kinds[1:] == ["rest"] * len(kinds[1:])


def test_up_to_five_articles_have_messages_of_their_own() -> None:
    singles = [(alert(n), Send()) for n in range(BURST)]
    assert [draft.kind for draft in drafts(singles)] == ["alert"] * BURST
    assert [draft.kind for draft in drafts([*singles, (alert(99), Send())])] == ["fold"]


def test_back_off_doubles_to_five_minutes_and_is_spread() -> None:
    waits = [backoff(attempt, "key").total_seconds() for attempt in range(1, 40)]
    assert 1.5 <= waits[0] <= 2
    assert all(wait <= LONGEST_WAIT.total_seconds() for wait in waits)
    assert min(waits[10:]) >= 225
    assert len({backoff(5, f"key-{n}") for n in range(50)}) > 20
