"""What waits for a channel -> messages, by what policy says now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alerts.model import Draft
from alerts.outbox import plan as outbox
from alerts.outbox.control import silences
from alerts.policy.decide import Hold, Send, decide
from alerts.policy.drafts import by_article, chunks, drafts

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from alerts.model import Alert, Delivering, Waiting


def plan(conn: sqlite3.Connection, channel: str, delivering: Delivering, now: datetime) -> None:
    """Every alert that waits is held with a reason or fixed in a message."""
    items = outbox.waiting(conn, channel, now)
    if items:
        send = _sift(conn, channel, items, delivering, now)
        threaded = [alert for alert, how in send if not how.digest and _is_reply(conn, alert)]
        replies = {alert.key for alert in threaded}
        _roots(conn, channel, [pair for pair in send if pair[0].key not in replies], now)
        _replies(conn, channel, threaded, now)
    outbox.anchor_notes(conn, channel)


def _is_reply(conn: sqlite3.Connection, alert: Alert) -> bool:
    """Whether it is told in the thread of another; what one round of first fetches tells stands in one message."""
    if alert.thread is None:
        return False
    return alert.batch is None or outbox.batch_of(conn, alert.thread) != alert.batch


def _sift(
    conn: sqlite3.Connection, channel: str, items: list[Waiting], delivering: Delivering, now: datetime
) -> list[tuple[Alert, Send]]:
    send: list[tuple[Alert, Send]] = []
    muted = silences(conn, now)
    for item in items:
        decision = decide(item, channel, delivering, muted, now)
        if isinstance(decision, Hold):
            outbox.hold(conn, channel, item.alert.key, decision.until, decision.reason, silent=decision.silent)
        else:
            send.append((item.alert, decision))
    return send


def _roots(conn: sqlite3.Connection, channel: str, send: list[tuple[Alert, Send]], now: datetime) -> None:
    roots: dict[str, int] = {}
    for draft in drafts(send):
        root = None
        if draft.batch is not None:
            root = roots.get(draft.batch) or outbox.batch_root(conn, channel, draft.batch)
        made = _fix(conn, channel, draft, root, now)
        if draft.batch is not None:
            roots.setdefault(draft.batch, root or made)


def _fix(conn: sqlite3.Connection, channel: str, draft: Draft, root: int | None, now: datetime) -> int:
    late = root is not None and draft.kind != "rest"
    return outbox.fix(
        conn, channel, Draft(kind="rest", alerts=draft.alerts, batch=draft.batch) if late else draft, now, root=root
    )


def _replies(conn: sqlite3.Connection, channel: str, alerts: list[Alert], now: datetime) -> None:
    for article in by_article(alerts):
        by_root: dict[int | None, list[Alert]] = {}
        for alert in article:
            root = None if alert.thread is None else outbox.root_of(conn, channel, alert.thread)
            by_root.setdefault(root, []).append(alert)
        for root, group in by_root.items():
            for part in chunks(group):
                kind = Draft(kind="alert" if root is None else "reply", alerts=part)
                outbox.fix(conn, channel, kind, now, root=root, broadcast=root is not None)
