"""A desk with one Slack channel, for the tests of delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alerts_make import Box, Time, alert, delivering, dispatcher, settle_all, slack

from alerts.channels import slack as slack_channel

if TYPE_CHECKING:
    from alerts_slack_server import SlackServer

    from alerts.model import SlackChannel


class Desk:
    """One Slack channel and its outbox."""

    def __init__(self, box: Box, server: SlackServer, time: Time, **changes: Any) -> None:
        self.box, self.server, self.time = box, server, time
        self.channel: SlackChannel = slack(server.url, **changes)
        self.to = delivering(self.channel)
        self.dispatcher = dispatcher(box, self.to, slack_channel.SlackNotifier(self.channel), time=time)

    def put(self, *numbers: int) -> None:
        self.box.put([alert(number) for number in numbers], self.to, self.time.now)

    def settle(self) -> None:
        settle_all(self.dispatcher, self.time)
