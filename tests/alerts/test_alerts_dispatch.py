"""The state machine against a Slack that fails in every way it can."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import pytest
from alerts_desk import Desk
from alerts_make import Box, Time, alert, delivering, dispatcher, settle_all, slack, update
from alerts_slack_server import SlackServer

from alerts import outbox
from alerts.channels import slack as slack_channel
from alerts.model import ConsoleChannel, JsonlChannel, Notice

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def time() -> Time:
    # Message times of the server are real, so that a look-up `since` works; the clock of the test begins with them.
    return Time(datetime.now(UTC).replace(microsecond=0))


def test_one_alert_is_one_message_with_its_figure_and_key(desk: Desk) -> None:
    desk.put(1)
    desk.settle()
    (post,) = desk.server.posts()
    assert "100,001" in post["text"]
    assert post["metadata"]["event_payload"]["key"] == desk.box.rows("SELECT key FROM messages")[0][0]
    assert (post["unfurl_links"], post["unfurl_media"], post["link_names"], post["parse"]) == (
        False,
        False,
        False,
        "none",
    )
    (listed,) = outbox.listing(desk.box.conn)
    assert listed["deliveries"] == [
        {"channel": "desk", "state": "sent", "ts": desk.server.messages[0]["ts"], "attempts": 1, "reason": None}
    ]


@pytest.mark.parametrize("fault", ["lost", "5xx-done", "cut", "garbage"])
def test_what_arrived_in_doubt_is_looked_up_and_not_repeated(desk: Desk, fault: str) -> None:
    desk.server.script["chat.postMessage"].append(fault)
    desk.put(1)
    desk.settle()
    assert len(desk.server.messages) == 1
    assert "conversations.history" in desk.server.methods()
    assert desk.box.states() == {"sent": 1}
    assert desk.box.rows("SELECT ts FROM messages") == [(desk.server.messages[0]["ts"],)]


@pytest.mark.parametrize("fault", ["drop", "http:500", "http:502", "html", "error:fatal_error", "error:internal_error"])
def test_what_did_not_arrive_in_doubt_is_looked_for_twice_then_sent(desk: Desk, fault: str) -> None:
    desk.server.script["chat.postMessage"].append(fault)
    desk.put(1)
    desk.settle()
    assert len(desk.server.messages) == 1
    assert desk.server.methods().count("conversations.history") == 2
    assert desk.box.states() == {"sent": 1}
    assert len(set(desk.server.keys())) == 1


def test_a_hang_is_in_doubt(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alerts.channels.slack.api.TIMEOUT", 0.3)
    hasty = dispatcher(desk.box, desk.to, slack_channel.SlackNotifier(desk.channel), time=desk.time)
    desk.server.script["chat.postMessage"].append("hang")
    desk.put(1)
    settle_all(hasty, desk.time)
    assert len(desk.server.messages) == 1
    assert desk.box.states() == {"sent": 1}


@pytest.mark.parametrize(("value", "seconds"), [("7", 7), ("1.5", 1.5), ("-3", 1), ("0", 1), ("soon", 1), ("1e9", 600)])
def test_429_pauses_the_channel_and_is_no_attempt(desk: Desk, value: str, seconds: float) -> None:
    desk.server.script["chat.postMessage"].append(f"retry:{value}")
    desk.put(1)
    due = desk.dispatcher.run_once(desk.time.now)
    assert due is not None
    assert abs((due - desk.time.now).total_seconds() - seconds) < 0.1
    assert desk.box.rows("SELECT state, attempts FROM messages") == [("pending", 0)]
    desk.settle()
    assert desk.box.rows("SELECT state, attempts FROM messages") == [("sent", 1)]
    assert len(desk.server.messages) == 1


def test_429_with_a_date(desk: Desk) -> None:
    until = datetime.now(UTC) + timedelta(seconds=90)
    desk.server.script["chat.postMessage"].append(f"retry:{format_datetime(until, usegmt=True)}")
    desk.put(1)
    due = desk.dispatcher.run_once(desk.time.now)
    assert due is not None
    assert 80 < (due - desk.time.now).total_seconds() < 100


def test_connection_refused_is_retried_without_a_look_up(box: Box, time: Time, slack_server: SlackServer) -> None:
    url, _ = slack_server.url, slack_server.close()
    channel = slack(url)
    to = delivering(channel)
    made = dispatcher(box, to, slack_channel.SlackNotifier(channel), time=time)
    box.put([alert(1)], to, time.now)
    waits = []
    for _ in range(12):
        due = made.run_once(time.now)
        assert due is not None
        waits.append((due - time.now).total_seconds())
        time.now = due
    assert box.rows("SELECT state, attempts FROM messages") == [("pending", 12)]
    assert waits[0] <= 2
    assert 200 < max(waits) <= 300


def test_not_in_channel_blocks_with_the_exact_remedy_and_is_asked_again_in_an_hour(desk: Desk) -> None:
    desk.server.script["chat.postMessage"].extend(["error:not_in_channel"] * 2)
    desk.put(1)
    due = desk.dispatcher.run_once(desk.time.now)
    assert due is not None
    assert due - desk.time.now == timedelta(hours=1)
    assert desk.box.states() == {"blocked": 1}
    (listed,) = outbox.listing(desk.box.conn, states=["blocked"])
    assert "/invite @chipwire" in listed["deliveries"][0]["reason"]
    assert "#ai-chips" in listed["deliveries"][0]["reason"]
    desk.put(2)
    desk.dispatcher.run_once(desk.time.pass_(minutes=1))
    assert desk.box.states() == {"blocked": 2}
    desk.dispatcher.run_once(desk.time.pass_(hours=1))
    assert desk.box.states() == {"blocked": 2}
    desk.dispatcher.run_once(desk.time.pass_(hours=1))
    desk.settle()
    assert desk.box.states() == {"sent": 2}
    assert len(desk.server.messages) == 2
    assert outbox.channels(desk.box.conn)[0]["blocked"] is None


@pytest.mark.parametrize("word", ["token_revoked", "invalid_auth", "account_inactive", "missing_scope"])
def test_a_bad_token_is_asked_again_every_five_minutes(desk: Desk, word: str) -> None:
    desk.server.script["chat.postMessage"].append(f"error:{word}")
    desk.put(1)
    due = desk.dispatcher.run_once(desk.time.now)
    assert due is not None
    assert due - desk.time.now == timedelta(minutes=5)
    assert outbox.channels(desk.box.conn)[0]["blocked"] == word
    desk.dispatcher.run_once(desk.time.pass_(minutes=5))
    assert desk.box.states() == {"sent": 1}


def test_an_unknown_refusal_is_blocked_and_never_dropped(desk: Desk) -> None:
    desk.server.script["chat.postMessage"].append("error:some_new_word")
    desk.put(1)
    desk.dispatcher.run_once(desk.time.now)
    assert desk.box.states() == {"blocked": 1}


def test_retry_by_a_person_does_not_wait_for_the_probe(desk: Desk) -> None:
    desk.server.script["chat.postMessage"].append("error:not_in_channel")
    desk.put(1)
    desk.dispatcher.run_once(desk.time.now)
    with desk.box.transaction() as conn:
        assert outbox.retry(conn, None, desk.to, desk.time.now) == 1
    desk.dispatcher.run_once(desk.time.pass_(seconds=2))
    assert desk.box.states() == {"sent": 1}


def test_a_start_asks_a_blocked_channel_at_once(desk: Desk) -> None:
    desk.server.script["chat.postMessage"].append("error:is_archived")
    desk.put(1)
    desk.dispatcher.run_once(desk.time.now)
    desk.dispatcher.recover(desk.time.pass_(seconds=10))
    desk.dispatcher.run_once(desk.time.now)
    assert desk.box.states() == {"sent": 1}


def test_a_refused_layout_is_sent_once_as_text_alone(desk: Desk) -> None:
    desk.server.script["chat.postMessage"].append("error:invalid_blocks")
    desk.put(1)
    desk.settle()
    first, second = desk.server.posts()
    assert "blocks" in first
    assert "blocks" not in second
    assert "100,001" in second["text"]
    assert desk.box.states() == {"sent": 1}


def test_refused_as_text_too_it_is_dead_until_a_person_retries(desk: Desk) -> None:
    desk.server.script["chat.postMessage"].extend(["error:invalid_blocks", "error:msg_too_long"])
    desk.put(1)
    desk.settle()
    assert desk.box.states() == {"dead": 1}
    assert outbox.undelivered(desk.box.conn) == 1
    with desk.box.transaction() as conn:
        assert outbox.retry(conn, "alert-1", desk.to, desk.time.now) == 1
    desk.settle()
    assert desk.box.states() == {"sent": 1}


def test_on_ambiguous_resend_repeats_without_looking(box: Box, slack_server: SlackServer, time: Time) -> None:
    desk = Desk(box, slack_server, time, on_ambiguous="resend")
    desk.server.script["chat.postMessage"].append("lost")
    desk.put(1)
    desk.settle()
    assert len(desk.server.messages) == 2
    assert "conversations.history" not in desk.server.methods()
    assert desk.box.states() == {"sent": 1}


def test_verify_without_the_scope_resends_and_says_so(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.server.script["chat.postMessage"].append("lost")
    desk.server.script["conversations.history"].append("error:missing_scope")
    desk.server.script["conversations.list"].append("ok")
    desk.put(1)
    desk.settle()
    assert len(desk.server.messages) == 2
    assert "may repeat" in caplog.text


def test_on_ambiguous_hold_waits_for_a_person_where_it_cannot_look(
    box: Box, slack_server: SlackServer, time: Time
) -> None:
    desk = Desk(box, slack_server, time, on_ambiguous="hold")
    desk.server.script["chat.postMessage"].append("lost")
    desk.server.script["conversations.history"].append("error:missing_scope")
    desk.put(1)
    desk.settle()
    assert desk.box.states() == {"held": 1}
    assert "may have arrived" in outbox.listing(desk.box.conn)[0]["deliveries"][0]["reason"]
    with desk.box.transaction() as conn:
        outbox.retry(conn, "alert-1", desk.to, desk.time.now)
    desk.settle()
    assert desk.box.states() == {"sent": 1}


def test_a_look_up_that_fails_is_repeated_before_anything_is_posted_again(desk: Desk) -> None:
    desk.server.script["chat.postMessage"].append("lost")
    desk.server.script["conversations.history"].extend(["http:500", "retry:3", "drop"])
    desk.put(1)
    desk.settle()
    assert len(desk.server.messages) == 1
    assert desk.box.states() == {"sent": 1}


def test_after_a_crash_sending_is_looked_up(desk: Desk, box: Box) -> None:
    desk.put(1, 2)
    desk.dispatcher.run_once(desk.time.now)
    box.conn.execute("UPDATE messages SET state = 'sending', ts = NULL, due = NULL WHERE state = 'sent'")
    box.conn.execute("UPDATE deliveries SET state = 'sending' WHERE state = 'sent'")
    assert desk.dispatcher.recover(desk.time.pass_(minutes=2)) == 1
    desk.settle()
    assert len(desk.server.messages) == 2
    assert box.states() == {"sent": 2}


def test_one_message_a_second(desk: Desk) -> None:
    desk.put(1, 2, 3)
    times = []
    for _ in range(3):
        before = len(desk.server.messages)
        due = desk.dispatcher.run_once(desk.time.now)
        assert len(desk.server.messages) == before + 1
        times.append(desk.time.now)
        if due is not None:
            desk.time.now = due
    assert [round((b - a).total_seconds()) for a, b in itertools.pairwise(times)] == [1, 1]


def test_a_channel_in_trouble_keeps_no_other_waiting(
    box: Box, slack_server: SlackServer, time: Time, tmp_path: Path
) -> None:
    from alerts.channels.jsonl import JsonlNotifier

    good = JsonlChannel(name="file", path=str(tmp_path / "alerts.jsonl"))
    bad = slack(slack_server.url)
    to = delivering(bad, good, ops=["desk", "file"])
    made = dispatcher(box, to, slack_channel.SlackNotifier(bad), JsonlNotifier(good), time=time)
    slack_server.script["chat.postMessage"].append("error:token_revoked")
    box.put([alert(1)], to, time.now)
    made.run_once(time.now)
    deliveries = {d["channel"]: d["state"] for d in outbox.listing(box.conn)[0]["deliveries"]}
    assert deliveries == {"desk": "blocked", "file": "sent"}
    made.run_once(time.pass_(seconds=1))
    told = (tmp_path / "alerts.jsonl").read_text()
    assert "Channel desk is blocked: token_revoked" in told
    assert box.rows("SELECT channel FROM messages WHERE kind = 'notice'") == [("file",)]


def test_putting_the_same_twice_changes_nothing(desk: Desk) -> None:
    desk.put(1)
    desk.settle()
    desk.put(1)
    desk.box.put([], desk.to, desk.time.now, updates=[update(1), update(1)])
    desk.box.put([], desk.to, desk.time.now, updates=[update(1)])
    desk.settle()
    assert len(desk.server.messages) == 1
    assert "2 sources" in str(desk.server.messages[0]["blocks"])


def test_notices_go_to_ops_once_each(box: Box, slack_server: SlackServer, time: Time) -> None:
    channel = slack(slack_server.url)
    to = delivering(channel, ops=["desk"])
    made = dispatcher(box, to, slack_channel.SlackNotifier(channel), time=time)
    notice = Notice(key="down", at=time.now, text="Feed <x> is down & out")
    box.put([], to, time.now, notices=[notice, notice])
    box.put([], to, time.now, notices=[notice])
    settle_all(made, time)
    (message,) = slack_server.messages
    assert message["text"] == "Feed &lt;x&gt; is down &amp; out"


def test_an_alert_for_a_channel_that_left_the_file_is_blocked_and_says_so(box: Box, time: Time) -> None:
    old = delivering(ConsoleChannel(name="old"))
    box.put([alert(1)], old, time.now)
    dispatcher(box, delivering(), time=time).recover(time.now)
    assert box.states() == {"blocked": 1}
    assert "feeds.yaml" in outbox.listing(box.conn)[0]["deliveries"][0]["reason"]


def test_idle_costs_one_short_transaction_a_channel_and_no_call(desk: Desk) -> None:
    desk.put(1)
    desk.settle()
    calls, commits = len(desk.server.calls), desk.box.commits
    assert desk.dispatcher.run_once(desk.time.now) is None
    assert len(desk.server.calls) == calls
    assert desk.box.commits == commits + 1


def test_a_clock_set_back_does_not_stop_delivery(desk: Desk) -> None:
    desk.put(1)
    desk.dispatcher.run_once(desk.time.now)
    desk.put(2)
    desk.time.pass_(hours=-30)
    desk.put(3)
    desk.dispatcher.run_once(desk.time.now)
    desk.settle()
    assert desk.box.states() == {"sent": 3}


def test_a_message_that_always_fails_does_not_stop_the_others(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    original = desk.server.do

    def poisoned(method: str, params: dict[str, Any]) -> dict[str, Any]:
        if method == "chat.postMessage" and "100,001" in params["text"]:
            return {"ok": False, "error": "internal_error"}
        return original(method, params)

    monkeypatch.setattr(desk.server, "do", poisoned)
    desk.put(1)
    for number in range(2, 12):
        desk.put(number)
        for _ in range(20):
            desk.dispatcher.run_once(desk.time.pass_(seconds=1))
    assert desk.box.rows("SELECT state FROM deliveries WHERE alert <> 'alert-1' AND state <> 'sent'") == []
    assert len(desk.server.messages) == 10
