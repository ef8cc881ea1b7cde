"""Where messages go, one module a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alerts.model import AppriseChannel, AtomChannel, Channel, ConsoleChannel, JsonlChannel, SlackChannel

if TYPE_CHECKING:
    from alerts.ports import AddressGuard, Notifier


def build(channel: Channel, *, user_agent: str = "chipwire", guard: AddressGuard | None = None) -> Notifier:
    """The channel ready to be told; each kind is imported only where it is used.

    `guard` decides which addresses a webhook may be sent to; None: any. ChannelConfigError when the settings name
    something that cannot be.
    """
    if isinstance(channel, SlackChannel):
        from alerts.channels.slack import SlackNotifier

        return SlackNotifier(channel)
    if isinstance(channel, ConsoleChannel):
        from alerts.channels.console import ConsoleNotifier

        return ConsoleNotifier(channel)
    if isinstance(channel, JsonlChannel):
        from alerts.channels.jsonl import JsonlNotifier

        return JsonlNotifier(channel)
    if isinstance(channel, AtomChannel):
        from alerts.channels.atom import AtomNotifier

        return AtomNotifier(channel)
    if isinstance(channel, AppriseChannel):
        from alerts.channels.apprise import AppriseNotifier

        return AppriseNotifier(channel)
    from alerts.channels.webhook import WebhookNotifier

    return WebhookNotifier(channel, user_agent=user_agent, guard=guard)
