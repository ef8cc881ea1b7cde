"""`alerts test` for Slack: what the token and the channel allow, shown by doing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alerts.channels.slack.errors import RAISED, explained
from alerts.model import Message
from alerts.ports import Blocked, Checked, Missing, Sent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from alerts.channels.slack.api import SlackApi
    from alerts.model import SlackChannel
    from alerts.ports import Notifier

SCOPES = {
    "chat:write": "post and edit messages",
    "channels:history": "look up whether a message arrived in a public channel",
    "groups:history": "the same in a private channel",
    "channels:read": "find a public channel by its name",
    "groups:read": "find a private channel by its name",
}
"""What slack-app-manifest.yaml asks for, and what for."""


class Checks:
    """The checks of one channel at one time."""

    def __init__(self, api: SlackApi, channel: SlackChannel, at: datetime) -> None:
        self._api = api
        self._channel = channel
        self._at = at

    def standing(self) -> Iterator[Checked]:
        """What can be asked without sending anything."""
        try:
            team, user, scopes = self._api.identity()
        except RAISED as error:
            yield Checked("token", ok=False, says=self._says(error))
            return
        yield Checked("token", ok=True, says=f"valid: {user} in {team}")
        yield _scopes(scopes)
        yield self._membership(user)

    def _membership(self, user: str) -> Checked:
        target = self._channel.channel
        try:
            place = self._api.channel_id()
            if place is None:
                return Checked(
                    "channel",
                    ok=False,
                    says=f"{target} cannot be seen: check the name, or write `/invite @{user}` in it",
                )
            member = self._api.is_member(place)
        except RAISED as error:
            return Checked("channel", ok=None, says=f"cannot be asked: {self._says(error)}")
        says = f"{target} ({place}): member" if member else f"in Slack, write `/invite @{user}` in {target}"
        return Checked("channel", ok=member, says=says)

    def told(self, notifier: Notifier) -> Iterator[Checked]:
        """Sends a labelled test, edits it and looks it up."""
        text = f"Test of chipwire's channel {notifier.name}, sent by `chipwire alerts test`. Nothing has happened."
        key = f"test-{self._at.timestamp():.6f}"
        sent = notifier.send(Message(key=key, kind="notice", note=text, at=self._at))
        if not isinstance(sent, Sent):
            yield Checked("send", ok=False, says=_remedy(sent.reason, sent))
            return
        yield Checked("send", ok=True, says=f"sent as {sent.ts}")
        message = Message(key=key, kind="notice", note=f"{text} It can be edited.", at=self._at, place=sent.place)
        edited = notifier.edit(message, sent.ts)
        good = isinstance(edited, Sent)
        yield Checked("edit", ok=good, says="works" if isinstance(edited, Sent) else _remedy(edited.reason, edited))
        if not good:
            return
        found = notifier.find(message, self._at)
        if isinstance(found, Sent):
            yield Checked("look up", ok=True, says="works: no message is sent twice after a crash or a lost answer")
        elif isinstance(found, Missing):
            yield Checked("look up", ok=False, says="the message that was sent is not in the channel's history")
        else:
            yield Checked("look up", ok=False, says=f"{found.reason}: after a crash a message may be sent twice")

    def _says(self, error: BaseException) -> str:
        outcome = explained(error, self._channel.channel, self._at)
        return _remedy(outcome.reason, outcome)


def _remedy(reason: str, outcome: object) -> str:
    return f"{reason}: {outcome.remedy}" if isinstance(outcome, Blocked) else reason


def _scopes(scopes: frozenset[str] | None) -> Checked:
    if scopes is None:
        return Checked("scopes", ok=None, says="Slack does not tell them")
    missing = [f"{scope} ({use})" for scope, use in SCOPES.items() if scope not in scopes]
    if missing:
        said = "; ".join(missing)
        return Checked("scopes", ok=False, says=f"missing: {said}. Add them to the app and install it again")
    return Checked("scopes", ok=True, says="all that are needed")
