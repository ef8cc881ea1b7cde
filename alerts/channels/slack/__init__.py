"""Slack by bot token: says a message once, edits it, and can be asked whether it arrived."""

from alerts.channels.slack.notifier import SlackNotifier

__all__ = ["SlackNotifier"]
