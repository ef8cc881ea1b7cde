"""The Slack channel against a Slack that others wrote."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alerts_emulator import TOKEN, ask, installed, running
from alerts_make import Box, Time, alert, delivering, dispatcher, settle_all, showcase, slack, update

from alerts.channels.slack import SlackNotifier
from alerts.model import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slack_emulator


@pytest.fixture(scope="module")
def emulator(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    start = installed(request.config.cache.mkdir("slack-emulator"))  # type: ignore[union-attr]
    yield from running(start, tmp_path_factory.mktemp("slack"))


@pytest.fixture
def time() -> Time:
    return Time(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
def channel_id(emulator: str) -> str:
    channels = ask(emulator, "conversations.list")["channels"]
    return next(str(channel["id"]) for channel in channels if channel["name"] == "ai-chips")


def history(url: str, channel: str) -> list[dict[str, Any]]:
    return list(ask(url, "conversations.history", channel=channel, limit=999, include_all_metadata=True)["messages"])


def test_it_listens_on_loopback_alone(emulator: str) -> None:
    port = f":{int(emulator.split(':')[2].partition('/')[0]):04X}"
    for table, loopback in (("/proc/net/tcp", "0100007F"), ("/proc/net/tcp6", None)):
        rows = [row.split() for row in Path(table).read_text().splitlines()[1:]] if Path(table).exists() else []
        for address in (row[1] for row in rows if row[3] == "0A" and row[1].endswith(port)):
            assert address.removesuffix(port) == loopback


def test_post_edit_reply_and_broadcast(emulator: str, channel_id: str, box: Box, time: Time) -> None:
    channel = slack(emulator, token=TOKEN)
    to = delivering(channel)
    made = dispatcher(box, to, SlackNotifier(channel), time=time)
    box.put([showcase()], to, time.now)
    settle_all(made, time)
    joined = update(0, "Third Wire", alert="alert-0")
    dispute = update(0, "Rival", key="d", alert="alert-0", kind="disputed", note="Rival counts 80,000")
    denial = alert(5, thread="alert-0", change="denied", title="Alibaba denies 100,005")
    box.put([denial], to, time.now, updates=[joined, dispute])
    settle_all(made, time)
    assert box.states() == {"sent": 2}
    ts = box.rows("SELECT ts FROM messages WHERE kind = 'alert'")[0][0]
    replies = ask(emulator, "conversations.replies", channel=channel_id, ts=ts)["messages"]
    root, *others = replies
    assert "3 sources" in str(root["blocks"])
    assert "More than 100,000 units" in str(root["blocks"])
    # The emulator does not list a reply in the channel when it is broadcast, but it keeps the wish.
    assert {m["text"].split()[0]: bool(m.get("reply_broadcast")) for m in others} == {"Rival": False, "🔴": True}


def test_after_a_crash_its_history_tells_what_arrived(emulator: str, channel_id: str, box: Box, time: Time) -> None:
    channel = slack(emulator, token=TOKEN)
    to = delivering(channel)
    first = SlackNotifier(channel)
    before = len(history(emulator, channel_id))
    box.put([alert(11), alert(12)], to, time.now)
    made = dispatcher(box, to, first, time=time)
    made.run_once(time.now)
    # The first of the two was posted; the process dies before it can write that down.
    box.conn.execute("UPDATE messages SET state = 'sending', ts = NULL, place = NULL WHERE state = 'sent'")
    box.conn.execute("UPDATE deliveries SET state = 'sending' WHERE state = 'sent'")
    again = dispatcher(box, to, SlackNotifier(channel), time=time)
    again.recover(time.pass_(seconds=5))
    settle_all(again, time)
    assert box.states() == {"sent": 2}
    assert len(history(emulator, channel_id)) == before + 2


def test_alerts_test_finds_all_in_order(emulator: str, time: Time) -> None:
    lines = SlackNotifier(slack(emulator, token=TOKEN)).check(time.now, send=True)
    found = {line.what: line.ok for line in lines}
    # The emulator tells no scopes.
    assert found == {"token": True, "scopes": None, "channel": True, "send": True, "edit": True, "look up": True}


def test_an_unknown_channel_is_blocked_with_a_remedy(emulator: str, time: Time) -> None:
    outcome = SlackNotifier(slack(emulator, token=TOKEN, channel="#nowhere")).send(
        Message(key="x", kind="notice", note="x", at=time.now)
    )
    assert "/invite @chipwire" in str(getattr(outcome, "remedy", outcome))
