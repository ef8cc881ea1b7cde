"""What is owed: alerts, updates and notices, written in the caller's transaction."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from alerts.outbox.rows import alert_values, dumps, insert, query, source_values, stamp

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

    from alerts.model import Alert, AlertUpdate, Delivering, Notice, Source


def put(
    conn: sqlite3.Connection,
    alerts: Iterable[Alert],
    updates: Iterable[AlertUpdate],
    notices: Iterable[Notice],
    delivering: Delivering,
    *,
    now: datetime,
) -> int:
    """Number of alerts that are new here; one whose key is known changes nothing.

    Routes are decided now, whether to send at once or later is decided when it is due.
    """
    new = sum([_put_alert(conn, alert, delivering, now) for alert in alerts])
    for update in updates:
        _put_update(conn, update, now)
    for notice in notices:
        put_notice(conn, notice, delivering.ops, now)
    return new


def close_batch(conn: sqlite3.Connection, batch: str, now: datetime) -> None:
    """All first fetches of the batch are in: its message need not wait for more."""
    conn.execute("UPDATE batches SET closed = ? WHERE batch = ? AND closed IS NULL", (stamp(now), batch))
    conn.execute(
        "UPDATE deliveries SET due = ? WHERE message IS NULL AND state = 'pending' "
        "AND alert IN (SELECT alert FROM alerts WHERE batch = ?)",
        (stamp(now), batch),
    )


def opaque(*parts: str) -> str:
    """A key that tells nothing of what it stands for: everybody in a Slack workspace can read it."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def owe(conn: sqlite3.Connection, alert: str, channels: tuple[str, ...], now: datetime) -> int:
    """Number of deliveries written; without a channel one that says so."""
    at = stamp(now)
    if not channels:
        reason = "no route takes it"
        values = {"alert": alert, "channel": "", "state": "unrouted", "reason": reason, "created": at, "due": at}
        return int(insert(conn, "deliveries", values))
    return sum(
        insert(
            conn, "deliveries", {"alert": alert, "channel": name, "state": "pending", "created": at, "due": at}
        )
        for name in channels
    )  # fmt: skip


def _put_alert(conn: sqlite3.Connection, alert: Alert, delivering: Delivering, now: datetime) -> bool:
    channels = delivering.channels_of(alert)
    if not insert(conn, "alerts", alert_values(alert, owed=max(1, len(channels)))):
        return False
    for position, source in enumerate(alert.sources):
        insert(conn, "alert_sources", source_values(alert.key, position, source))
    owe(conn, alert.key, channels, now)
    if alert.batch is not None:
        conn.execute(
            "INSERT INTO batches (batch, newest) VALUES (?, ?) "
            "ON CONFLICT (batch) DO UPDATE SET newest = excluded.newest",
            (alert.batch, stamp(now)),
        )
    return True


def _put_update(conn: sqlite3.Connection, update: AlertUpdate, now: datetime) -> None:
    source = source_values(update.alert, 0, update.source)
    values = {
        "alert_update": update.key, "alert": update.alert, "at": stamp(update.at), "kind": update.kind,
        "reason": update.reason, "note": update.note, "outlet": update.source.outlet, "url": update.source.url,
        "payload": dumps(dict(update.payload)), "source": dumps(source),
    }  # fmt: skip
    if not insert(conn, "alert_updates", values):
        return
    if update.kind == "withdrawn":
        _leave(conn, update.alert, update.source)
    elif update.kind != "disputed":
        _join(conn, update.alert, update.source)
    at = stamp(now)
    # `edit_from` is NULL while a message has not arrived, and so is the maximum: what is sent then shows the update.
    conn.execute(
        "UPDATE messages SET revision = revision + 1, edit_due = COALESCE(edit_due, MAX(?, edit_from)) "
        "WHERE message IN (SELECT message FROM deliveries WHERE alert = ? AND message IS NOT NULL)",
        (at, update.alert),
    )
    if update.kind == "disputed" and update.note is not None:
        for row in query(
            conn, "SELECT channel, message FROM deliveries WHERE alert = ? AND channel <> ''", (update.alert,)
        ):
            insert(conn, "messages", {
                "key": opaque("dispute", row["channel"], update.key), "channel": row["channel"], "kind": "note",
                "state": "pending", "created": at, "due": at, "alert_update": update.key,
            })  # fmt: skip


def _join(conn: sqlite3.Connection, alert: str, source: Source) -> None:
    known = query(conn, "SELECT outlet, url, position FROM alert_sources WHERE alert = ?", (alert,))
    if (source.outlet, source.url) not in {(row["outlet"], row["url"]) for row in known}:
        last = max((row["position"] for row in known), default=-1)
        insert(conn, "alert_sources", source_values(alert, last + 1, source))


def _leave(conn: sqlite3.Connection, alert: str, source: Source) -> None:
    """Takes the outlet's telling off the list, unless nothing would stay on it."""
    others = "SELECT 1 FROM alert_sources WHERE alert = ? AND outlet <> ?"
    if query(conn, others, (alert, source.outlet)):
        conn.execute("DELETE FROM alert_sources WHERE alert = ? AND outlet = ?", (alert, source.outlet))


def put_notice(conn: sqlite3.Connection, notice: Notice, channels: Iterable[str], now: datetime) -> None:
    """One message to each of `channels`, once per key."""
    values = {"notice": notice.key, "at": stamp(notice.at), "text": notice.text}
    if not insert(conn, "notices", values):
        return
    at = stamp(now)
    for name in dict.fromkeys(channels):
        insert(conn, "messages", {
            "key": opaque("notice", name, notice.key), "channel": name, "kind": "notice", "state": "pending",
            "created": at, "due": at, "notice": notice.key,
        })  # fmt: skip
