"""Deliveries that wait -> messages whose alerts are fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alerts.model import Waiting
from alerts.outbox.put import opaque
from alerts.outbox.rows import alerts_of, dumps, moment, query, stamp

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

    from alerts.model import Draft

CROWD = 3
"""While this many messages of a channel have not arrived, further alerts wait, and fold, instead of queueing singly."""
STUCK = 5
"""A message that failed so often no longer counts as one that others wait for."""


def crowded(conn: sqlite3.Connection, channel: str) -> bool:
    """Whether alerts that wait should go on waiting for the messages that are already made."""
    sql = (
        "SELECT COUNT(*) FROM messages WHERE channel = ? AND due IS NOT NULL AND state IN ('pending', 'sending') "
        "AND attempts < ? AND kind NOT IN ('notice', 'note')"
    )
    count: int = conn.execute(sql, (channel, STUCK)).fetchone()[0]
    return count >= CROWD


def waiting(conn: sqlite3.Connection, channel: str, now: datetime) -> list[Waiting]:
    """Alerts owed to the channel, due and in no message yet, in the order in which they were put."""
    rows = query(
        conn,
        "SELECT d.alert, d.created, d.state, d.released, b.newest, b.closed FROM deliveries AS d JOIN alerts AS a "
        "USING (alert) LEFT JOIN batches AS b USING (batch) WHERE d.channel = ? AND d.message IS NULL "
        "AND d.state IN ('pending', 'held') AND d.due <= ? ORDER BY a.rowid",
        (channel, stamp(now)),
    )
    alerts = {alert.key: alert for alert in alerts_of(conn, [row["alert"] for row in rows])}
    return [
        Waiting(
            alert=alerts[row["alert"]],
            since=moment(row["created"]),
            held=row["state"] == "held",
            released=bool(row["released"]),
            batch_newest=None if row["newest"] is None else moment(row["newest"]),
            batch_closed=row["closed"] is not None,
        )
        for row in rows
    ]


def hold(conn: sqlite3.Connection, channel: str, alert: str, until: datetime, reason: str, *, silent: bool) -> None:
    """Looked at again at `until`; `silent` leaves it pending in the eyes of people."""
    conn.execute(
        "UPDATE deliveries SET state = ?, reason = ?, due = ? WHERE alert = ? AND channel = ?",
        ("pending" if silent else "held", reason, stamp(until), alert, channel),
    )


def root_of(conn: sqlite3.Connection, channel: str, alert: str) -> int | None:
    """Message in whose thread changes of the alert belong on this channel; None when it has not been told there."""
    rows = query(
        conn,
        "SELECT COALESCE(m.root, m.message) AS root FROM deliveries AS d JOIN messages AS m USING (message) "
        "WHERE d.alert = ? AND d.channel = ?",
        (alert, channel),
    )
    return rows[0]["root"] if rows else None


def batch_of(conn: sqlite3.Connection, alert: str) -> str | None:
    """The batch of first fetches that an alert belongs to."""
    rows = query(conn, "SELECT batch FROM alerts WHERE alert = ?", (alert,))
    return rows[0]["batch"] if rows else None


def batch_root(conn: sqlite3.Connection, channel: str, batch: str) -> int | None:
    """Message of the batch that others of it follow in its thread."""
    sql = "SELECT message FROM messages WHERE batch = ? AND channel = ? AND root IS NULL ORDER BY message LIMIT 1"
    rows = query(conn, sql, (batch, channel))
    return rows[0]["message"] if rows else None


def fix(
    conn: sqlite3.Connection,
    channel: str,
    draft: Draft,
    now: datetime,
    *,
    root: int | None = None,
    broadcast: bool = False,
) -> int:
    """The message's id; from now on it says these alerts and no others."""
    keys = [alert.key for alert in draft.alerts]
    at = stamp(now)
    cursor = conn.execute(
        "INSERT INTO messages (key, channel, kind, state, created, due, root, broadcast, batch, total) "
        "VALUES (?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?)",
        (opaque("alerts", channel, *keys), channel, draft.kind, at, at, root, int(broadcast), draft.batch, draft.total),
    )
    message = cursor.lastrowid
    assert message is not None  # noqa: S101 - an INSERT that did not raise has made a row
    _assign(conn, channel, keys, message)
    return message


def _assign(conn: sqlite3.Connection, channel: str, keys: Iterable[str], message: int) -> None:
    for position, key in enumerate(keys):
        conn.execute(
            "UPDATE deliveries SET message = ?, position = ?, state = 'pending', reason = NULL "
            "WHERE alert = ? AND channel = ? AND message IS NULL",
            (message, position, key, channel),
        )


def anchor_notes(conn: sqlite3.Connection, channel: str) -> None:
    """Gives each note that has no thread yet the thread of its alert, once there is one."""
    rows = query(
        conn,
        "SELECT m.message, u.alert FROM messages AS m JOIN alert_updates AS u USING (alert_update) "
        "WHERE m.channel = ? AND m.kind = 'note' AND m.state = 'pending' AND m.root IS NULL",
        (channel,),
    )
    for row in rows:
        root = root_of(conn, channel, row["alert"])
        if root is not None:
            conn.execute("UPDATE messages SET root = ? WHERE message = ?", (root, row["message"]))


def strand(conn: sqlite3.Connection, known: Iterable[str]) -> int:
    """Blocks what is owed to channels that are not in `known`, and says so; the number of deliveries."""
    names = dumps(sorted(known))
    reason = "its channel is not in feeds.yaml any more; put it back, or drop it from the database"
    elsewhere = "channel <> '' AND channel NOT IN (SELECT value FROM json_each(?))"
    conn.execute(
        f"UPDATE messages SET state = 'blocked', reason = ? WHERE state = 'pending' AND {elsewhere}",  # noqa: S608
        (reason, names),
    )
    return conn.execute(
        f"UPDATE deliveries SET state = 'blocked', reason = ? WHERE state IN ('pending', 'held') AND {elsewhere}",  # noqa: S608
        (reason, names),
    ).rowcount
