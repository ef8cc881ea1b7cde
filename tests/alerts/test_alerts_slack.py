"""Slack's words, `alerts test`, and secrets that stay secret."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest
from alerts_make import NOW, Box, Time, alert, delivering, dispatcher, slack
from alerts_slack_server import CHANNEL, SlackServer

from alerts.channels.retry_after import retry_after
from alerts.channels.slack import SlackNotifier
from alerts.model import Message
from alerts.ports import Ambiguous, Blocked, Failure, Lost, NotSent, Rejected, Sent, Throttled

NOTICE = Message(key="k", kind="notice", note="x", at=NOW)


def answered(server: SlackServer, fault: str) -> Failure | Sent:
    server.script["chat.postMessage"].append(fault)
    return SlackNotifier(slack(server.url)).send(NOTICE)


@pytest.mark.parametrize(
    ("kind", "faults"),
    [
        (Throttled, ["retry:1", "error:ratelimited", "error:rate_limited"]),
        (Ambiguous, ["http:500", "http:503", "error:fatal_error", "error:internal_error", "error:request_timeout"]),
        (Ambiguous, ["error:service_unavailable", "drop", "lost", "cut", "garbage", "html"]),
        (Rejected, ["error:invalid_blocks", "error:msg_blocks_too_long", "error:no_text", "error:metadata_too_large"]),
        (Rejected, ["error:invalid_metadata_format", "error:invalid_blocks_format", "error:msg_too_long"]),
        (Blocked, ["error:not_in_channel", "error:is_archived", "error:restricted_action_read_only_channel"]),
        (Blocked, ["error:token_revoked", "error:missing_scope", "error:message_limit_exceeded", "error:brand_new"]),
        (Lost, ["error:thread_not_found", "error:cannot_reply_to_message", "error:restricted_action_thread_locked"]),
    ],
)
def test_every_error_has_its_class(slack_server: SlackServer, kind: type, faults: list[str]) -> None:
    for fault in faults:
        assert type(answered(slack_server, fault)) is kind, fault


def test_a_wrong_address_is_blocked_and_named(slack_server: SlackServer) -> None:
    slack_server.script["chat.postMessage"].append("page:404")
    page = SlackNotifier(slack(slack_server.url)).send(NOTICE)
    assert isinstance(page, Blocked)
    assert "api_url" in page.remedy


def test_nothing_is_retried_by_the_client(slack_server: SlackServer) -> None:
    for fault in ("drop", "http:500", "http:503", "retry:1", "cut"):
        before = len(slack_server.calls)
        answered(slack_server, fault)
        assert len(slack_server.calls) == before + 1


def test_no_connection_is_certainly_not_sent(slack_server: SlackServer) -> None:
    url = slack_server.url
    slack_server.close()
    assert isinstance(SlackNotifier(slack(url)).send(NOTICE), NotSent)
    assert isinstance(SlackNotifier(slack("http://no-such-host.invalid/api/")).send(NOTICE), NotSent)


def test_remedies_are_exact(slack_server: SlackServer) -> None:
    outcome = answered(slack_server, "error:not_in_channel")
    assert isinstance(outcome, Blocked)
    assert outcome.remedy == "in Slack, write `/invite @chipwire` in #ai-chips"
    assert outcome.probe == timedelta(hours=1)
    revoked = answered(slack_server, "error:token_revoked")
    assert isinstance(revoked, Blocked)
    assert "install the app again" in revoked.remedy
    assert revoked.probe == timedelta(minutes=5)


def test_a_channel_that_is_listed_but_not_found_by_name_is_used_by_its_id(slack_server: SlackServer) -> None:
    slack_server.script["chat.postMessage"].append("error:channel_not_found")
    assert isinstance(SlackNotifier(slack(slack_server.url)).send(NOTICE), Sent)
    assert [call["channel"] for call in slack_server.posts()] == ["#ai-chips", CHANNEL]
    slack_server.script["chat.postMessage"].append("error:channel_not_found")
    slack_server.script["conversations.list"].append("error:missing_scope")
    assert isinstance(SlackNotifier(slack(slack_server.url)).send(NOTICE), Blocked)


def test_an_id_needs_no_list_to_look_a_message_up(slack_server: SlackServer) -> None:
    slack_server.script["chat.postMessage"].append("lost")
    notifier = SlackNotifier(slack(slack_server.url, channel=CHANNEL))
    now = datetime.now(UTC)
    assert isinstance(notifier.send(NOTICE), Ambiguous)
    assert isinstance(notifier.find(NOTICE, now), Sent)
    assert slack_server.methods() == ["chat.postMessage", "conversations.history"]


def test_a_look_up_reads_page_after_page(slack_server: SlackServer, monkeypatch: pytest.MonkeyPatch) -> None:
    original = slack_server.do

    def paged(method: str, params: dict[str, object]) -> dict[str, object]:
        done = original(method, params)
        if method == "conversations.history":
            start = int(str(params.get("cursor") or 0))
            page = done["messages"][start : start + 1]
            done = {"ok": True, "messages": page, "response_metadata": {"next_cursor": str(start + 1)}}
            if start + 1 >= len(slack_server.messages):
                del done["response_metadata"]
        return done

    monkeypatch.setattr(slack_server, "do", paged)
    notifier = SlackNotifier(slack(slack_server.url))
    for key in ("first", "second", "third"):
        notifier.send(Message(key=key, kind="notice", note=key, at=NOW))
    found = notifier.find(Message(key="first", kind="notice", note="x", at=NOW), datetime.now(UTC))
    assert isinstance(found, Sent)
    assert found.ts == slack_server.messages[0]["ts"]
    assert slack_server.methods().count("conversations.history") == 3


class TestAlertsTest:
    def lines(self, server: SlackServer, *, send: bool = True) -> dict[str, tuple[bool | None, str]]:
        checked = SlackNotifier(slack(server.url)).check(datetime.now(UTC), send=send)
        return {line.what: (line.ok, line.says) for line in checked}

    def test_all_in_order(self, slack_server: SlackServer) -> None:
        lines = self.lines(slack_server)
        assert {what: ok for what, (ok, _) in lines.items()} == dict.fromkeys(
            ("token", "scopes", "channel", "send", "edit", "look up"), True
        )
        (message,) = slack_server.messages
        assert "Test of chipwire" in message["text"]
        assert "can be edited" in message["text"]

    def test_live_check_sends_nothing(self, slack_server: SlackServer) -> None:
        assert set(self.lines(slack_server, send=False)) == {"token", "scopes", "channel"}
        assert slack_server.messages == []

    def test_missing_scopes_are_named_with_their_use(self, slack_server: SlackServer) -> None:
        slack_server.scopes = "chat:write,channels:read"
        ok, says = self.lines(slack_server)["scopes"]
        assert ok is False
        assert "channels:history (look up whether a message arrived" in says
        assert "chat:write" not in says

    def test_not_a_member(self, slack_server: SlackServer) -> None:
        slack_server.member = False
        assert self.lines(slack_server)["channel"] == (False, "in Slack, write `/invite @chipwire` in #ai-chips")

    def test_a_bad_token_ends_it(self, slack_server: SlackServer) -> None:
        slack_server.script["auth.test"].append("error:invalid_auth")
        lines = self.lines(slack_server)
        assert lines["token"][0] is False
        assert "copy the Bot User OAuth Token again" in lines["token"][1]

    def test_no_history(self, slack_server: SlackServer) -> None:
        slack_server.script["conversations.history"].append("error:missing_scope")
        ok, says = self.lines(slack_server)["look up"]
        assert ok is False
        assert "may be sent twice" in says


@pytest.mark.parametrize("fault", ["ok", "http:500", "drop", "error:invalid_auth", "garbage", "retry:1", "html"])
def test_the_token_is_in_no_log_and_not_in_the_database(
    box: Box, slack_server: SlackServer, time: Time, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    caplog.set_level(logging.DEBUG)
    canary = "xoxb-canary-4711"
    channel = slack(slack_server.url, token=canary)
    slack_server.script["chat.postMessage"].append(fault)
    to = delivering(channel)
    box.put([alert(1)], to, time.now)
    dispatcher(box, to, SlackNotifier(channel), time=time).run_once(time.now)
    assert canary not in caplog.text
    assert canary not in "\n".join(box.conn.iterdump())
    assert canary not in repr(channel)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, 1),
        ("", 1),
        ("30", 30),
        ("0.2", 1),
        ("nan", 1),
        ("inf", 1),
        ("999999", 600),
        ("Tue, 24 Nov 2026 09:01:30 GMT", 90),
        ("Tue, 24 Nov 2026 08:00:00 GMT", 1),
        ("Fri, 99 Foo", 1),
    ],
)
def test_retry_after(value: str | None, seconds: float) -> None:
    assert retry_after(value, NOW) == timedelta(seconds=seconds)
