"""The few calls that chipwire makes of Slack's Web API; limits and tiers: https://docs.slack.dev/apis/web-api."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from slack_sdk import WebClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alerts.model import SlackChannel

TIMEOUT = 20
"""Seconds without a byte after which a call is in doubt."""
PAGE = 200
EVENT = "chipwire_message"

Call = dict[str, Any]


class TooMuch(Exception):  # noqa: N818 - a verdict on the search, not a fault
    """There is more to look through than one look-up may read."""


class SlackApi:
    """Calls without a retry of their own: a retry by the client could post twice. Raises what the client raises."""

    def __init__(self, channel: SlackChannel) -> None:
        base = channel.api_url if channel.api_url.endswith("/") else channel.api_url + "/"
        self._client = WebClient(token=channel.token, base_url=base, timeout=TIMEOUT, retry_handlers=[])
        self._target = channel.channel
        self._id = self._target if re.fullmatch(r"[CGD][A-Z0-9]{6,}", self._target) else None

    def post(self, said: Call, *, key: str, thread: str | None, broadcast: bool) -> tuple[str, str]:
        """ts and id of the channel."""
        answer = self._client.chat_postMessage(
            channel=self._id or self._target,
            metadata={"event_type": EVENT, "event_payload": {"key": key}},
            unfurl_links=False,
            unfurl_media=False,
            link_names=False,
            parse="none",
            thread_ts=thread,
            reply_broadcast=broadcast if thread else None,
            **said,
        )
        self._id = str(answer["channel"])
        return str(answer["ts"]), self._id

    def update(self, said: Call, *, ts: str, channel: str) -> None:
        self._client.chat_update(channel=channel, ts=ts, link_names=False, parse="none", **said)

    @property
    def known(self) -> bool:
        """Whether the id of the channel is known."""
        return self._id is not None

    def channel_id(self) -> str | None:
        """Id of the configured channel; None when no channel that the app can see has its name."""
        if self._id is None:
            wanted = self._target.removeprefix("#")
            for page in self._pages("conversations.list", {"types": "public_channel,private_channel"}, 10):
                for channel in page["channels"]:
                    if channel.get("name") == wanted:
                        self._id = str(channel["id"])
                        return self._id
        return self._id

    def messages(self, channel: str, thread: str | None, oldest: float) -> Iterator[Call]:
        """Messages since `oldest`, or replies in the thread, with the metadata that this app gave them."""
        params = {"channel": channel, "oldest": f"{oldest:.6f}", "include_all_metadata": True}
        method = "conversations.history" if thread is None else "conversations.replies"
        if thread is not None:
            params["ts"] = thread
        for page in self._pages(method, params, 50):
            yield from page["messages"]

    def _pages(self, method: str, params: Call, most: int) -> Iterator[Any]:
        cursor = ""
        for _ in range(most):
            page = self._client.api_call(method, params={**params, "limit": PAGE, "cursor": cursor})
            yield page
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return
        raise TooMuch(f"{method}: more than {most} pages")

    def identity(self) -> tuple[str, str, frozenset[str] | None]:
        """Name of the workspace, name of the bot, scopes of the token (None: not told)."""
        answer = self._client.auth_test()
        found = next((value for name, value in answer.headers.items() if name.lower() == "x-oauth-scopes"), None)
        scopes = None if found is None else frozenset(scope.strip() for scope in found.split(","))
        return str(answer["team"]), str(answer["user"]), scopes

    def is_member(self, channel: str) -> bool:
        return bool(self._client.conversations_info(channel=channel)["channel"].get("is_member"))
