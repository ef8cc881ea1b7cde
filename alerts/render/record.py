"""Messages -> JSON objects for other programs; the schema is in docs/channels.md."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alerts.model import Alert, AlertUpdate, Json, Message, Source

VERSION = 1


def record(message: Message, channel: str, *, event: str = "message") -> dict[str, Json]:
    """`event` is `message` the first time and `update` when its alerts have changed since; `id` differs for each."""
    return {
        "version": VERSION,
        "event": event,
        "id": message.key if event == "message" else f"{message.key}-{message.revision}",
        "message": message.key,
        "channel": channel,
        "kind": message.kind,
        "at": message.at.isoformat(),
        "note": message.note,
        "alerts": [_alert(alert) for alert in message.alerts],
        "updates": [_update(update) for update in message.updates],
    }


def _alert(alert: Alert) -> dict[str, Json]:
    return {
        "alert": alert.key, "thread": alert.thread, "created": alert.created.isoformat(), "severity": alert.severity,
        "rule": alert.rule, "change": alert.change, "reason": alert.reason, "title": alert.title,
        "figure": alert.figure, "digits": list(alert.digits), "before": alert.before, "evidence": alert.evidence,
        "highlight": None if alert.highlight is None else list(alert.highlight), "url": alert.url,
        "article": alert.article, "tags": list(alert.tags), "official": alert.official,
        "milestone": None if alert.payload is None else dict(alert.payload),
        "sources": [_source(source) for source in alert.sources],
        "series": [{"at": point.at.isoformat(), "value": point.value, "label": point.label} for point in alert.series],
    }  # fmt: skip


def _source(source: Source) -> dict[str, Json]:
    return {**dataclasses.asdict(source), "at": source.at.isoformat()}


def _update(update: AlertUpdate) -> dict[str, Json]:
    return {
        "update": update.key, "alert": update.alert, "at": update.at.isoformat(), "kind": update.kind,
        "reason": update.reason, "note": update.note, "source": _source(update.source),
    }  # fmt: skip
