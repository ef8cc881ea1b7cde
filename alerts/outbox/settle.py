"""What became of a call, written down; every function is one committed step of the state machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alerts.outbox.put import opaque
from alerts.outbox.rows import insert, query, stamp

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime, timedelta


def set_state(
    conn: sqlite3.Connection, message: int, state: str, reason: str | None = None, due: datetime | None = None
) -> None:
    """The message and its deliveries are in `state`; `due` is when to go on with it, None: not by itself."""
    at = None if due is None else stamp(due)
    conn.execute("UPDATE messages SET state = ?, reason = ?, due = ? WHERE message = ?", (state, reason, at, message))
    conn.execute("UPDATE deliveries SET state = ?, reason = ? WHERE message = ?", (state, reason, message))


def sent(
    conn: sqlite3.Connection,
    message: int,
    revision: int,
    *,
    now: datetime,
    edit_every: timedelta | None,
) -> None:
    """Arrived as `ts`, showing `revision`; what has joined since is edited in `edit_every` from now, None: never."""
    set_state(conn, message, "sent")
    edit_from = None if edit_every is None else stamp(now + edit_every)
    conn.execute(
        "UPDATE messages SET sent = ?1, shown = ?2, edit_from = ?3, edit_due = CASE WHEN revision > ?2 THEN ?3 END "
        "WHERE message = ?4",
        (stamp(now), revision, edit_from, message),
    )


def named(conn: sqlite3.Connection, message: int, ts: str | None, place: str | None) -> None:
    """What the channel calls the message, and where it stands."""
    conn.execute("UPDATE messages SET ts = ?, place = ? WHERE message = ?", (ts, place, message))


def edited(conn: sqlite3.Connection, message: int, revision: int, now: datetime, edit_every: timedelta) -> None:
    """The message shows `revision` now."""
    conn.execute(
        "UPDATE messages SET edited = ?1, shown = ?2, edit_attempts = 0, reason = NULL, edit_from = ?3, "
        "edit_due = CASE WHEN revision > ?2 THEN ?3 END WHERE message = ?4",
        (stamp(now), revision, stamp(now + edit_every), message),
    )


def edit_later(conn: sqlite3.Connection, message: int, due: datetime | None, reason: str) -> None:
    """The edit is tried again at `due`; None: never, the message cannot be edited."""
    conn.execute(
        "UPDATE messages SET edit_attempts = edit_attempts + 1, edit_due = ?, reason = ? WHERE message = ?",
        (None if due is None else stamp(due), f"edit: {reason}", message),
    )


def looked(conn: sqlite3.Connection, message: int, due: datetime, reason: str, *, counted: bool) -> None:
    """Still `sending`: looked for in vain (`counted`), or the look itself failed; once more at `due`."""
    set_state(conn, message, "sending", reason, due)
    conn.execute("UPDATE messages SET looks = looks + ? WHERE message = ?", (int(counted), message))


def uncount(conn: sqlite3.Connection, message: int) -> None:
    """A call that the channel turned away for speed is no attempt."""
    conn.execute("UPDATE messages SET attempts = attempts - 1 WHERE message = ?", (message,))


def plain(conn: sqlite3.Connection, message: int) -> bool:
    """Whether the message may be tried once more as text alone; false when it already was."""
    return conn.execute("UPDATE messages SET plain = 1 WHERE message = ? AND plain = 0", (message,)).rowcount == 1


def unthread(conn: sqlite3.Connection, message: int) -> None:
    """Its thread is gone: it becomes a message of its own."""
    conn.execute(
        "UPDATE messages SET root = NULL, broadcast = 0, kind = CASE kind WHEN 'note' THEN 'notice' ELSE 'alert' END "
        "WHERE message = ?",
        (message,),
    )


def tell_instead(conn: sqlite3.Connection, channel: str, message: int, now: datetime) -> None:
    """The message cannot be edited: what has become official or corrected is said in its thread."""
    updates = query(
        conn,
        "SELECT u.alert_update, COALESCE(m.root, m.message) AS root FROM alert_updates AS u "
        "JOIN deliveries AS d USING (alert) JOIN messages AS m USING (message) "
        "WHERE d.message = ? AND u.kind IN ('official', 'corrected') ORDER BY u.rowid",
        (message,),
    )
    for row in updates:
        insert(conn, "messages", {
            "key": opaque("instead", channel, row["alert_update"]), "channel": channel, "kind": "note",
            "state": "pending", "created": stamp(now), "due": stamp(now), "root": row["root"],
            "alert_update": row["alert_update"],
        })  # fmt: skip


def called(conn: sqlite3.Connection, channel: str, now: datetime, free_at: datetime, *, arrived: bool) -> None:
    """A call to the channel has ended; the next may begin at `free_at`."""
    conn.execute(
        "INSERT INTO channels (channel, free_at, last_attempt, last_sent) "
        "VALUES (?1, ?2, ?3, CASE WHEN ?4 THEN ?3 END) "
        "ON CONFLICT (channel) DO UPDATE SET free_at = ?2, last_attempt = ?3, "
        "last_sent = COALESCE(excluded.last_sent, last_sent), failures = CASE WHEN ?4 THEN 0 ELSE failures END",
        (channel, stamp(free_at), stamp(now), arrived),
    )


def failed(conn: sqlite3.Connection, channel: str) -> int:
    """Number of calls in a row that did not reach the channel, this one included."""
    conn.execute(
        "INSERT INTO channels (channel, failures) VALUES (?, 1) "
        "ON CONFLICT (channel) DO UPDATE SET failures = failures + 1",
        (channel,),
    )
    count: int = conn.execute("SELECT failures FROM channels WHERE channel = ?", (channel,)).fetchone()[0]
    return count
