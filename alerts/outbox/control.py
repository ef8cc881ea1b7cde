"""What a person asks of the outbox: another try, a silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alerts.model import Silence
from alerts.outbox.put import owe
from alerts.outbox.rows import alerts_of, dumps, insert, moment, query, stamp

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from alerts.model import Delivering


def retry(conn: sqlite3.Connection, alert: str | None, delivering: Delivering, now: datetime) -> int:
    """Number of deliveries that are due again.

    With a key, everything of that alert that has not arrived, held included; without, all that is blocked, dead or
    unrouted (held waits for its time).
    """
    rows = query(
        conn,
        "SELECT alert, channel, message FROM deliveries WHERE (?1 IS NULL AND state IN ('blocked', 'dead')) "
        "OR (alert = ?1 AND state IN ('blocked', 'dead', 'held'))",
        (alert,),
    )
    for row in rows:
        _again(conn, row["alert"], row["channel"], row["message"], now)
    if rows:
        conn.execute(
            "UPDATE channels SET blocked = NULL, remedy = NULL, blocked_since = NULL, probe_due = NULL "
            "WHERE channel IN (SELECT value FROM json_each(?))",
            (dumps([row["channel"] for row in rows]),),
        )
    return len(rows) + _route_again(conn, alert, delivering, now)


def _again(conn: sqlite3.Connection, alert: str, channel: str, message: int | None, now: datetime) -> None:
    conn.execute(
        "UPDATE deliveries SET state = 'pending', reason = NULL, released = 1, due = ? WHERE alert = ? AND channel = ?",
        (stamp(now), alert, channel),
    )
    if message is not None:
        conn.execute(
            "UPDATE messages SET state = 'pending', reason = NULL, due = ?, plain = 0, looks = 0 "
            "WHERE message = ? AND state IN ('blocked', 'dead', 'held')",
            (stamp(now), message),
        )
        conn.execute(
            "UPDATE deliveries SET state = 'pending', reason = NULL "
            "WHERE message = ? AND state IN ('blocked', 'dead', 'held')",
            (message,),
        )


def _route_again(conn: sqlite3.Connection, alert: str | None, delivering: Delivering, now: datetime) -> int:
    rows = query(conn, "SELECT alert FROM deliveries WHERE state = 'unrouted' AND (?1 IS NULL OR alert = ?1)", (alert,))
    count = 0
    for found in alerts_of(conn, [row["alert"] for row in rows]):
        names = delivering.channels_of(found)
        if names:
            conn.execute("DELETE FROM deliveries WHERE alert = ? AND channel = ''", (found.key,))
            count += owe(conn, found.key, names, now)
            conn.execute("UPDATE alerts SET owed = ? WHERE alert = ?", (len(names), found.key))
    return count


def silence(conn: sqlite3.Connection, wanted: Silence) -> bool:
    """Whether the silence is new; alerts that match are held until it expires."""
    return insert(conn, "silences", {
        "silence": wanted.id, "author": wanted.author, "reason": wanted.reason, "created": stamp(wanted.created),
        "expires": stamp(wanted.expires), "rule": wanted.rule, "tag": wanted.tag, "text": wanted.text,
    })  # fmt: skip


def unsilence(conn: sqlite3.Connection, silence_id: str, now: datetime) -> bool:
    """Ends a silence now; whether there was one in force. What it held is looked at again at once."""
    changed = conn.execute(
        "UPDATE silences SET expires = ?1 WHERE silence = ?2 AND expires > ?1", (stamp(now), silence_id)
    ).rowcount
    if changed:
        conn.execute("UPDATE deliveries SET due = ? WHERE state = 'held'", (stamp(now),))
    return changed == 1


def silences(conn: sqlite3.Connection, now: datetime) -> list[Silence]:
    """The silences in force."""
    return [
        Silence(
            id=row["silence"], author=row["author"], reason=row["reason"], created=moment(row["created"]),
            expires=moment(row["expires"]), rule=row["rule"], tag=row["tag"], text=row["text"],
        )
        for row in query(conn, "SELECT * FROM silences WHERE expires > ? ORDER BY expires", (stamp(now),))
    ]  # fmt: skip
