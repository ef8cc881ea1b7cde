"""Messages that live: sources that join, replies, folds, first fetches, what is taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from alerts_desk import Desk
from alerts_make import Time, alert, dispatcher, settle_all, update

from alerts import outbox
from alerts.channels import slack as slack_channel

if TYPE_CHECKING:
    pass


@pytest.fixture
def time() -> Time:
    # Message times of the server are real, so that a look-up `since` works; the clock of the test begins with them.
    return Time(datetime.now(UTC).replace(microsecond=0))


def test_sources_that_join_edit_the_message_at_most_once_a_minute(desk: Desk) -> None:
    desk.put(1)
    desk.dispatcher.run_once(desk.time.now)
    for number, outlet in enumerate(("Chip Daily", "Second Wire", "Third Wire")):
        desk.box.put([], desk.to, desk.time.pass_(seconds=5), updates=[update(1, outlet)])
        desk.dispatcher.run_once(desk.time.now)
        assert desk.server.methods().count("chat.update") == 0, number
    desk.settle()
    assert desk.server.methods().count("chat.update") == 1
    (message,) = desk.server.messages
    assert "4 sources" in str(message["blocks"])
    assert "Third Wire" in str(message["blocks"])
    desk.settle()
    assert desk.server.methods().count("chat.update") == 1


def test_a_source_known_before_sending_is_in_the_first_message(desk: Desk) -> None:
    desk.put(1)
    desk.box.put([], desk.to, desk.time.now, updates=[update(1)])
    desk.settle()
    assert desk.server.methods() == ["chat.postMessage"]
    assert "2 sources" in str(desk.server.messages[0]["blocks"])


@pytest.mark.parametrize("fault", ["lost", "http:500", "retry:2", "hang", "cut", "error:internal_error"])
def test_an_edit_that_fails_is_made_again(desk: Desk, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alerts.channels.slack.api.TIMEOUT", 0.3)
    hasty = dispatcher(desk.box, desk.to, slack_channel.SlackNotifier(desk.channel), time=desk.time)
    desk.put(1)
    hasty.run_once(desk.time.now)
    desk.server.script["chat.update"].append(fault)
    desk.box.put([], desk.to, desk.time.now, updates=[update(1)])
    settle_all(hasty, desk.time)
    assert len(desk.server.messages) == 1
    assert "2 sources" in str(desk.server.messages[0]["blocks"])


def test_a_dispute_is_told_in_the_thread_without_broadcast(desk: Desk) -> None:
    desk.put(1)
    desk.settle()
    dispute = update(1, "Rival", kind="disputed", note="Rival says 80,000, not 100,001")
    desk.box.put([], desk.to, desk.time.now, updates=[dispute])
    desk.settle()
    root, reply = desk.server.messages
    assert reply["thread_ts"] == root["ts"]
    assert not reply.get("reply_broadcast")
    assert "80,000" in reply["text"]
    assert "Disputed" in str(root["blocks"])


def test_a_material_change_is_a_reply_that_is_broadcast(desk: Desk) -> None:
    desk.put(1)
    desk.settle()
    denial = alert(2, thread="alert-1", change="denied", title="Alibaba denies 100,001", digits=("100,001",))
    again = alert(3, thread="alert-2", change="corrected", title="It was 90,001", digits=("90,001",))
    for change in (denial, again):
        desk.box.put([change], desk.to, desk.time.pass_(days=60))
        desk.settle()
    root, first, second = desk.server.messages
    assert first["thread_ts"] == second["thread_ts"] == root["ts"]
    assert first["reply_broadcast"]
    assert second["reply_broadcast"]
    assert "90,001" in second["text"]


def test_a_reply_in_doubt_is_looked_up_in_its_thread(desk: Desk) -> None:
    desk.put(1)
    desk.settle()
    desk.server.script["chat.postMessage"].append("lost")
    desk.box.put([], desk.to, desk.time.now, updates=[update(1, "Rival", kind="disputed", note="Rival says 80,000")])
    desk.settle()
    assert "conversations.replies" in desk.server.methods()
    assert len(desk.server.messages) == 2
    assert desk.box.rows("SELECT COUNT(*) FROM messages WHERE state <> 'sent'") == [(0,)]


def test_a_reply_waits_until_its_root_has_arrived(desk: Desk) -> None:
    desk.server.script["chat.postMessage"].append("drop")
    desk.put(1)
    desk.box.put([alert(2, thread="alert-1", change="denied")], desk.to, desk.time.now)
    desk.settle()
    root, reply = desk.server.messages
    assert "thread_ts" not in root
    assert reply["thread_ts"] == root["ts"]


def test_a_reply_to_a_thread_that_is_gone_becomes_a_message(desk: Desk) -> None:
    desk.put(1)
    desk.settle()
    desk.server.script["chat.postMessage"].append("error:thread_not_found")
    desk.box.put([alert(2, thread="alert-1", change="denied")], desk.to, desk.time.now)
    desk.settle()
    assert "thread_ts" not in desk.server.messages[-1]
    assert desk.box.states() == {"sent": 2}


def test_what_cannot_be_edited_in_is_said_in_the_thread_when_it_is_official(desk: Desk) -> None:
    desk.put(1)
    desk.settle()
    desk.server.script["chat.update"].append("error:edit_window_closed")
    official = update(1, "Register", kind="official", reason="document 2026-1 says the same")
    desk.box.put([], desk.to, desk.time.now, updates=[official])
    desk.settle()
    root, reply = desk.server.messages
    assert reply["thread_ts"] == root["ts"]
    assert "document 2026-1" in reply["text"]


def test_alerts_of_one_article_are_one_message(desk: Desk) -> None:
    desk.box.put([alert(1, article="same"), alert(2, article="same"), alert(3)], desk.to, desk.time.now)
    desk.settle()
    first, second = desk.server.messages
    assert "100,001" in first["text"]
    assert "100,002" in first["text"]
    assert "100,003" in second["text"]


def test_a_burst_is_folded_and_every_figure_is_named(desk: Desk) -> None:
    desk.put(*range(1, 48))
    desk.settle()
    assert len(desk.server.messages) == 3
    told = "\n".join(message["text"] for message in desk.server.messages)
    shown = "\n".join(str(message["blocks"]) for message in desk.server.messages)
    for number in range(1, 48):
        assert f"{100_000 + number:,}" in told
        assert f"{100_000 + number:,}" in shown
    assert not any("thread_ts" in message for message in desk.server.messages)


def test_first_fetches_share_one_message_the_rest_in_its_thread(desk: Desk) -> None:
    severities = ["low"] * 30 + ["high"] * 5 + ["medium"] * 20
    batch = [alert(n, severity=severity, batch="start-1") for n, severity in enumerate(severities, 1)]
    desk.box.put(batch[:40], desk.to, desk.time.now)
    assert desk.dispatcher.run_once(desk.time.now) == desk.time.now + timedelta(seconds=30)
    assert desk.server.messages == []
    desk.box.put(batch[40:], desk.to, desk.time.pass_(seconds=20))
    with desk.box.transaction() as conn:
        outbox.close_batch(conn, "start-1", desk.time.now)
    desk.dispatcher.run_once(desk.time.now)
    desk.settle()
    root, *rest = desk.server.messages
    assert [m.get("thread_ts") for m in rest] == [root["ts"]] * 2
    assert not any(m.get("reply_broadcast") for m in rest)
    top = {n for n in range(1, 56) if f"{100_000 + n:,}" in root["text"]}
    assert len(top) == 20
    assert set(range(31, 36)) <= top
    told = "\n".join(message["text"] for message in desk.server.messages)
    assert all(f"{100_000 + n:,}" in told for n in range(1, 56))
    desk.box.put([alert(99, batch="start-1")], desk.to, desk.time.pass_(minutes=5))
    desk.settle()
    assert desk.server.messages[-1]["thread_ts"] == root["ts"]


def test_what_first_fetches_take_back_of_each_other_stands_in_their_message(desk: Desk) -> None:
    told = [alert(n, batch="start-1") for n in (1, 2)]
    denial = alert(3, batch="start-1", thread="alert-1", change="denied", title="Alibaba denies 100,001")
    desk.box.put([*told, denial], desk.to, desk.time.now)
    with desk.box.transaction() as conn:
        outbox.close_batch(conn, "start-1", desk.time.now)
    desk.settle()
    (root,) = desk.server.messages
    assert "Alibaba denies 100,001" in str(root["blocks"])
    later = alert(4, batch="start-2", thread="alert-2", change="denied", title="Alibaba denies 100,002")
    desk.box.put([later], desk.to, desk.time.pass_(days=1))
    with desk.box.transaction() as conn:
        outbox.close_batch(conn, "start-2", desk.time.now)
    desk.settle()
    reply = desk.server.messages[-1]
    assert reply["thread_ts"] == root["ts"]
    assert reply["reply_broadcast"]


def test_a_source_that_takes_it_back_leaves_the_message(desk: Desk) -> None:
    desk.put(1)
    desk.box.put([], desk.to, desk.time.now, updates=[update(1, "Chip Daily")])
    desk.settle()
    assert "2 sources" in str(desk.server.messages[0]["blocks"])
    gone = update(1, "Example Wire", kind="withdrawn", key="gone")
    desk.box.put([], desk.to, desk.time.pass_(minutes=5), updates=[gone])
    desk.settle()
    (message,) = desk.server.messages
    assert "Example Wire" not in str(message["blocks"])
    assert "Chip Daily" in str(message["blocks"])
    desk.box.put([], desk.to, desk.time.pass_(minutes=5), updates=[update(1, "Third Wire", key="third")])
    desk.settle()
    assert "2 sources" in str(desk.server.messages[0]["blocks"])
