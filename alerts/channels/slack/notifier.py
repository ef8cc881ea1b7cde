"""Messages -> calls of Slack, and what their outcome means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from alerts.channels.slack.api import SlackApi, TooMuch
from alerts.channels.slack.errors import RAISED, explained, word
from alerts.ports import Blocked, Capabilities, LookupFailed, Lost, Missing, Sent, Throttled, Unverifiable
from alerts.render.fallback import LONGEST, LONGEST_EDIT, fallback
from alerts.render.slack import blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alerts.channels.slack.api import Call
    from alerts.model import Message, SlackChannel
    from alerts.ports import Checked, Failure, Finding, Outcome

PACE = timedelta(seconds=1)
"""About one message a second a channel: https://docs.slack.dev/apis/web-api/rate-limits"""
SLACK_CLOCK = timedelta(days=1)
"""How far our clock may be ahead of Slack's when a message is looked for; newest messages are read first."""


class SlackNotifier:
    """One Slack channel."""

    def __init__(self, channel: SlackChannel, pace: timedelta = PACE) -> None:
        self.name = channel.name
        self.capabilities = Capabilities(threads=True, edits=True, on_ambiguous=channel.on_ambiguous, pace=pace)
        self._channel = channel
        self._api = SlackApi(channel)

    def send(self, message: Message) -> Outcome:
        try:
            ts, place = self._post(message)
        except RAISED as error:
            return self._explained(error)
        return Sent(ts, f"{self._channel.channel} {place}")

    def _post(self, message: Message) -> tuple[str, str]:
        """Slack does not find every channel by name (a private one, say) that it lists: that one is tried by its id."""
        said = self._said(message, LONGEST)
        try:
            return self._api.post(said, key=message.key, thread=message.thread, broadcast=message.broadcast)
        except SlackApiError as error:
            if word(error) != "channel_not_found" or self._api.known or not self._listed():
                raise
        return self._api.post(said, key=message.key, thread=message.thread, broadcast=message.broadcast)

    def _listed(self) -> bool:
        try:
            return self._api.channel_id() is not None
        except (*RAISED, TooMuch):
            return False

    def edit(self, message: Message, ts: str | None) -> Outcome:
        channel = self._place(message)
        if ts is None or channel is None:
            return Lost("it is not known where the message stands")
        try:
            self._api.update(self._said(message, LONGEST_EDIT), ts=ts, channel=channel)
        except RAISED as error:
            return self._explained(error)
        return Sent(ts, message.place)

    def find(self, message: Message, since: datetime) -> Finding:
        try:
            return self._found(message, since)
        except TooMuch as error:
            return Unverifiable(str(error))
        except RAISED as error:
            if isinstance(error, SlackApiError) and word(error) in ("missing_scope", "thread_not_found"):
                return Unverifiable(word(error))
            outcome = self._explained(error)
            if isinstance(outcome, Blocked):
                return outcome
            return LookupFailed(outcome.reason, outcome.wait if isinstance(outcome, Throttled) else None)

    def _found(self, message: Message, since: datetime) -> Finding:
        channel = self._place(message) or self._api.channel_id()
        if channel is None:
            return Unverifiable(f"no channel {self._channel.channel} can be seen")
        for said in self._api.messages(channel, message.thread, (since - SLACK_CLOCK).timestamp()):
            payload = (said.get("metadata") or {}).get("event_payload") or {}
            if payload.get("key") == message.key:
                return Sent(str(said["ts"]), f"{self._channel.channel} {channel}")
        return Missing()

    def _place(self, message: Message) -> str | None:
        """Id of the channel, if the last message went to the channel that is configured now."""
        target, _, channel = (message.place or "").rpartition(" ")
        return channel if target == self._channel.channel else None

    def _said(self, message: Message, longest: int) -> Call:
        text = fallback(message, longest)
        return {"text": text} if message.plain else {"text": text, "blocks": blocks(message, self._channel.zone)}

    def _explained(self, error: BaseException) -> Failure:
        return explained(error, self._channel.channel, datetime.now(UTC))

    def check(self, at: datetime, *, send: bool) -> Sequence[Checked]:
        from alerts.channels.slack.check import Checks

        checks = Checks(self._api, self._channel, at)
        return [*checks.standing(), *(checks.told(self) if send else ())]

    def close(self) -> None:
        """Nothing is kept open between calls."""
