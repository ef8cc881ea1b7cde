"""The one text of a message that stands in notifications, screen readers and search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alerts.render.mrkdwn import escape
from alerts.render.words import MARKS, capital, counted, missing_figures, outlet, summary

if TYPE_CHECKING:
    from alerts.model import Alert, Message

LONGEST = 39_000
"""chat.postMessage cuts `text` at 40,000 characters."""
LONGEST_EDIT = 3_900
"""chat.update refuses more than 4,000."""


def fallback(message: Message, limit: int = LONGEST) -> str:
    """Every new figure in full digits, no earlier one; `&`, `<` and `>` escaped, since Slack reads it as mrkdwn."""
    if message.note is not None:
        return escape(message.note, 3_000)
    if len(message.alerts) == 1:
        return _cut(f"{MARKS[message.alerts[0].severity]} {_line(message.alerts[0], 300)}", limit)
    lines = [f"{MARKS[alert.severity]} {_line(alert, 90)}" for alert in message.alerts]
    of_one_article = message.kind in ("alert", "reply")
    return _cut("\n".join(lines if of_one_article else [summary(message), *lines]), limit)


def _line(alert: Alert, room: int) -> str:
    title = escape(alert.title, room)
    missing = missing_figures(title, alert)
    told = counted(alert) or list(alert.sources)
    where = f" · {escape(outlet(told[0], 25), 40)}" if told else ""
    return capital(title) + (f": {', '.join(missing)}" if missing else "") + where


def _cut(text: str, limit: int) -> str:
    """At a space: there is none inside an entity or a figure."""
    return text if len(text) <= limit else text[: limit - 2].rpartition(" ")[0] + " …"
