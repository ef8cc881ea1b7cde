"""JSON by POST, signed as https://www.standardwebhooks.com describes."""

from alerts.channels.webhook.notifier import WebhookNotifier

__all__ = ["WebhookNotifier"]
