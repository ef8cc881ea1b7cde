"""E-mail and a hundred other services through Apprise, which says no more than whether it worked."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from alerts.channels.trial import told
from alerts.errors import ChannelConfigError
from alerts.ports import Ambiguous, Capabilities, Sent, Unverifiable
from alerts.render.plain import body, title

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from alerts.model import AppriseChannel, Message
    from alerts.ports import Checked, Finding, Outcome

TITLE = 200
"""Characters; longer subjects are cut by mail programs."""


class AppriseNotifier:
    """No threads and no edits: what joins an alert later is not told. At least once."""

    def __init__(self, channel: AppriseChannel) -> None:
        import apprise

        self.name = channel.name
        self.capabilities = Capabilities()
        self._apprise: Any = apprise.Apprise()
        self._capture: Any = apprise.LogCapture
        if not self._apprise.add(channel.url):
            raise ChannelConfigError(
                f"channel {channel.name}: Apprise does not know this url; see https://appriseit.com/services/"
            )

    def send(self, message: Message) -> Outcome:
        with self._capture(level=logging.WARNING, fmt="%(message)s") as output:
            arrived = self._apprise.notify(
                title=title(message)[:TITLE], body=body(message), body_format="text", interpret_escapes=False
            )
            said = output.getvalue().strip()
        return Sent() if arrived else Ambiguous(said.splitlines()[-1][:300] if said else "Apprise could not deliver it")

    def edit(self, message: Message, ts: str | None) -> Outcome:
        return Sent()

    def find(self, message: Message, since: datetime) -> Finding:
        return Unverifiable("Apprise cannot look a message up")

    def check(self, at: datetime, *, send: bool) -> Sequence[Checked]:
        return told(self, at, send=send)

    def close(self) -> None:
        """Nothing is kept open between messages."""
