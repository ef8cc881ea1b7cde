"""The tables and what they tell: real SQLite files, the format that programs rely on."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from alerts_make import NOW, Box, Time, alert, delivering, dispatcher, settle_all, slack, source, update

from alerts import outbox
from alerts.channels.slack import SlackNotifier
from alerts.model import ConsoleChannel, Digest, Notice, QuietHours, Route, Silence, SlackChannel

if TYPE_CHECKING:
    from alerts_slack_server import SlackServer

DESK = ConsoleChannel(name="desk")
NIGHT = ConsoleChannel(name="night")


def test_the_listing_has_the_form_that_programs_rely_on(box: Box) -> None:
    to = delivering(DESK, NIGHT, routes=[Route(to=("desk", "night")), Route(to=("desk",), severity=("high",))])
    assert box.put([alert(1)], to) == 1
    assert json.loads(json.dumps(outbox.listing(box.conn))) == [
        {
            "alert": "alert-1",
            "created": "2026-11-24T09:00:00.000Z",
            "rule": "shipments",
            "severity": "high",
            "title": "Alibaba has shipped more than 100,001 Zhenwu 810E",
            "milestone": {"metric": "shipments", "value": 100_001},
            "sources": [
                {
                    "outlet": "Example Wire",
                    "title": "As Example Wire tells it",
                    "url": "https://examplewire.example/a",
                    "at": "2026-11-24T09:00:00.000Z",
                    "trust": None,
                    "official": False,
                    "copy_of": None,
                }
            ],
            "deliveries": [
                {"channel": "desk", "state": "pending", "ts": None, "attempts": 0, "reason": None},
                {"channel": "night", "state": "pending", "ts": None, "attempts": 0, "reason": None},
            ],
        }
    ]


def test_an_alert_comes_back_as_it_was_put(box: Box, slack_server: SlackServer, time: Time) -> None:
    channel = slack(slack_server.url)
    to = delivering(channel)
    made = alert(1, tags=("a", "芯"), highlight=(3, 9), payload=None, hold=None, official=True, batch=None)
    box.put([made], to)
    from alerts.outbox.rows import alerts_of

    assert alerts_of(box.conn, ["alert-1", "unknown"]) == [made]


def test_without_a_route_it_is_unrouted_and_can_be_routed_later(box: Box) -> None:
    to = delivering(DESK, routes=[Route(to=("desk",), severity=("high",), tags=("china",))])
    box.put([alert(1, severity="low"), alert(2), alert(3, tags=("china",))], to)
    assert box.states() == {"pending": 1, "unrouted": 2}
    (listed,) = outbox.listing(box.conn, alert="alert-1")
    assert listed["deliveries"] == [
        {"channel": None, "state": "unrouted", "ts": None, "attempts": 0, "reason": "no route takes it"}
    ]
    wider = delivering(DESK, NIGHT, routes=[Route(to=("desk", "night"), severity=("low",))])
    with box.transaction() as conn:
        assert outbox.retry(conn, None, wider, NOW) == 2
    assert box.states() == {"pending": 3, "unrouted": 1}
    assert outbox.books(box.conn) == {"left": 4, "right": 4, "balanced": True}


def test_routes_choose_by_severity_tag_and_rule(box: Box) -> None:
    to = delivering(
        DESK,
        NIGHT,
        routes=[Route(to=("desk",), rules=("prices",)), Route(to=("night",), severity=("high",), tags=("x", "china"))],
    )
    box.put([alert(1, rule="prices", severity="low"), alert(2, tags=("china",)), alert(3)], to)
    found = {a["alert"]: [d["channel"] for d in a["deliveries"]] for a in outbox.listing(box.conn)}
    assert found == {"alert-1": ["desk"], "alert-2": ["night"], "alert-3": [None]}


def test_a_put_that_fails_leaves_nothing(box: Box) -> None:
    to = delivering(DESK)
    with pytest.raises(RuntimeError), box.transaction() as conn:
        outbox.put(conn, [alert(1)], [update(1)], [Notice(key="n", at=NOW, text="x")], to, now=NOW)
        raise RuntimeError
    for table in ("alerts", "alert_sources", "alert_updates", "deliveries", "messages", "notices"):
        assert box.rows(f"SELECT COUNT(*) FROM {table}") == [(0,)]


def test_books_find_a_delivery_that_is_gone(box: Box) -> None:
    box.put([alert(1), alert(2)], delivering(DESK))
    box.conn.execute("DELETE FROM deliveries WHERE alert = 'alert-1'")
    assert outbox.books(box.conn) == {"left": 2, "right": 1, "balanced": False}


def test_what_is_no_text_is_stored_all_the_same(box: Box) -> None:
    made = alert(1, title="\ud800 芯", evidence="\udfff", sources=(source("\ud83d"),))
    box.put([made], delivering(DESK), updates=[update(1, "\udc00", note="\ud800")])
    (listed,) = outbox.listing(box.conn)
    assert listed["title"] == "? 芯"
    assert [s["outlet"] for s in listed["sources"]] == ["?", "?"]


def test_a_copy_joins_silently_and_a_dispute_is_no_source(box: Box) -> None:
    copy = update(1, "Portal", kind="copy", source=source("Portal", copy_of="Example Wire"))
    dispute = update(1, "Rival", kind="disputed", note="80,000")
    box.put([alert(1)], delivering(DESK), updates=[copy, dispute, copy])
    (listed,) = outbox.listing(box.conn)
    assert [(s["outlet"], s["copy_of"]) for s in listed["sources"]] == [
        ("Example Wire", None),
        ("Portal", "Example Wire"),
    ]


def test_the_only_source_stays_on_the_list(box: Box) -> None:
    box.put([alert(1)], delivering(DESK), updates=[update(1, "Example Wire", kind="withdrawn")])
    (listed,) = outbox.listing(box.conn)
    assert [s["outlet"] for s in listed["sources"]] == ["Example Wire"]


def test_only_a_dispute_with_a_note_is_told_in_the_thread(box: Box) -> None:
    box.put([alert(1)], delivering(DESK), updates=[update(1, "Rival", kind="disputed", note=None)])
    assert box.conn.execute("SELECT count(*) FROM messages WHERE kind = 'note'").fetchone()[0] == 0
    box.put([], delivering(DESK), updates=[update(1, "Other", kind="disputed", note="80,000")])
    assert box.conn.execute("SELECT count(*) FROM messages WHERE kind = 'note'").fetchone()[0] == 1


def test_an_update_of_an_alert_that_is_not_there_harms_nothing(box: Box, time: Time) -> None:
    to = delivering(DESK)
    box.put([], to, updates=[update(9, kind="disputed")])
    assert dispatcher(box, to, time=time).run_once(time.now) is None


def test_states_limit_and_order_of_the_listing(box: Box) -> None:
    box.put([alert(n, created=NOW + timedelta(minutes=n)) for n in range(5)], delivering(DESK))
    box.conn.execute(
        "UPDATE deliveries SET state = 'held', reason = 'quiet hours' WHERE alert IN ('alert-1', 'alert-3')"
    )
    assert [a["alert"] for a in outbox.listing(box.conn, limit=2)] == ["alert-4", "alert-3"]
    assert [a["alert"] for a in outbox.listing(box.conn, states=["held"])] == ["alert-3", "alert-1"]
    assert outbox.counts(box.conn) == {
        "pending": 3, "sending": 0, "sent": 0, "held": 2, "blocked": 0, "dead": 0, "unrouted": 0,
    }  # fmt: skip
    assert outbox.last_alert(box.conn) == "2026-11-24T09:04:00.000Z"
    assert outbox.undelivered(box.conn) == 3


def test_any_row_factory_will_do(box: Box) -> None:
    box.conn.row_factory = sqlite3.Row
    box.put([alert(1)], delivering(DESK))
    assert outbox.listing(box.conn)[0]["alert"] == "alert-1"
    assert outbox.undelivered(box.conn) == 1
    assert outbox.books(box.conn)["balanced"]


def night_desk(slack_server: SlackServer, **route: object) -> tuple[SlackChannel, Route]:
    return slack(slack_server.url), Route(to=("desk",), **route)  # type: ignore[arg-type]


def test_held_over_the_night_sent_in_the_morning(box: Box, slack_server: SlackServer, time: Time) -> None:
    quiet = QuietHours(start="22:00", end="07:00", zone="UTC")
    channel, route = night_desk(slack_server, quiet=quiet)
    to = delivering(channel, routes=[route])
    made = dispatcher(box, to, SlackNotifier(channel), time=time)
    time.pass_(hours=14)
    box.put([alert(n, severity="medium") for n in range(1, 4)] + [alert(9)], to, time.now)
    due = made.run_once(time.now)
    assert box.states() == {"held": 3, "sent": 1}
    assert due == time.now + timedelta(hours=8)
    assert outbox.undelivered(box.conn) == 0
    assert "quiet hours" in outbox.listing(box.conn, states=["held"])[0]["deliveries"][0]["reason"]
    time.now = due
    settle_all(made, time)
    assert box.states() == {"sent": 4}


def test_a_digest_gathers_what_has_come_since_the_last_that_arrived(
    box: Box, slack_server: SlackServer, time: Time
) -> None:
    channel, route = night_desk(slack_server, digest=Digest(cron="0 8 * * *"))
    to = delivering(channel, routes=[route])
    made = dispatcher(box, to, SlackNotifier(channel), time=time)
    for day in (1, 2):
        box.put([alert(day * 10 + n) for n in range(4)], to, time.now)
        made.run_once(time.now)
        assert box.states()["held"] == 4
        time.pass_(hours=23)
        settle_all(made, time)
        assert box.states() == {"sent": 4 * day}
        time.pass_(hours=1)
    first, second = slack_server.messages
    assert first["text"].startswith("Digest: 4 alerts\n")
    assert second["text"].startswith("Digest: 4 alerts since 25 Nov 2026 08:00 UTC\n")
    assert all(f"100,02{n}" in second["text"] for n in range(4))


def test_a_digest_that_did_not_arrive_is_not_lost(box: Box, slack_server: SlackServer, time: Time) -> None:
    channel, route = night_desk(slack_server, digest=Digest(cron="0 8 * * *"))
    to = delivering(channel, routes=[route])
    made = dispatcher(box, to, SlackNotifier(channel), time=time)
    slack_server.script["chat.postMessage"].append("error:not_in_channel")
    box.put([alert(1)], to, time.now)
    made.run_once(time.now)
    made.run_once(time.pass_(hours=23))
    assert box.states() == {"blocked": 1}
    made.run_once(time.pass_(hours=2))
    assert box.states() == {"sent": 1}
    assert "100,001" in slack_server.messages[0]["text"]


def test_a_silence_holds_and_its_end_releases(box: Box, slack_server: SlackServer, time: Time) -> None:
    channel, route = night_desk(slack_server)
    to = delivering(channel, routes=[route])
    made = dispatcher(box, to, SlackNotifier(channel), time=time)
    fair = Silence(
        id="s1", author="mk", reason="fair", created=time.now, expires=time.now + timedelta(days=2), text="zhenwu"
    )
    with box.transaction() as conn:
        assert outbox.silence(conn, fair)
        assert not outbox.silence(conn, fair)
        assert outbox.silences(conn, time.now) == [fair]
    box.put([alert(1), alert(2, title="Other", evidence="Other 100,002")], to, time.now)
    made.run_once(time.pass_(seconds=2))
    assert box.states() == {"held": 1, "sent": 1}
    assert outbox.listing(box.conn, states=["held"])[0]["deliveries"][0]["reason"] == "silenced by mk: fair"
    with box.transaction() as conn:
        assert outbox.unsilence(conn, "s1", time.now)
        assert not outbox.unsilence(conn, "s1", time.now)
        assert outbox.silences(conn, time.now) == []
    settle_all(made, time)
    assert box.states() == {"sent": 2}


def test_a_person_releases_what_is_held(box: Box, slack_server: SlackServer, time: Time) -> None:
    channel, route = night_desk(slack_server, digest=Digest(cron="0 8 * * *"))
    to = delivering(channel, routes=[route])
    made = dispatcher(box, to, SlackNotifier(channel), time=time)
    box.put([alert(1), alert(2)], to, time.now)
    made.run_once(time.now)
    with box.transaction() as conn:
        assert outbox.retry(conn, None, to, time.now) == 0
        assert outbox.retry(conn, "alert-1", to, time.now) == 1
    made.run_once(time.pass_(seconds=1))
    assert box.states() == {"held": 1, "sent": 1}


def test_the_tables_are_named_in_the_words_of_the_product(box: Box) -> None:
    tables = {name for (name,) in box.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {
        "alerts", "alert_sources", "alert_updates", "batches", "channels", "deliveries", "messages", "notices",
        "silences",
    }  # fmt: skip
