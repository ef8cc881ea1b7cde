"""`alerts test` for channels that can only be told, not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alerts.model import Message
from alerts.ports import Blocked, Checked, Sent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from alerts.ports import Notifier


def told(notifier: Notifier, at: datetime, *, send: bool) -> Sequence[Checked]:
    """Sends a labelled test, if wanted."""
    if not send:
        return ()
    text = f"Test of chipwire's channel {notifier.name}, sent by `chipwire alerts test`. Nothing has happened."
    outcome = notifier.send(Message(key=f"test-{at.timestamp():.6f}", kind="notice", note=text, at=at))
    if isinstance(outcome, Sent):
        return (Checked("send", ok=True, says="sent"),)
    says = f"{outcome.reason}: {outcome.remedy}" if isinstance(outcome, Blocked) else outcome.reason
    return (Checked("send", ok=False, says=says),)
