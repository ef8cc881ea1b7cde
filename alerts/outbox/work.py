"""What a channel has to do next, leased one piece at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from alerts.model import Message
from alerts.outbox.rows import alerts_of, dumps, moment, query, stamp, update_of

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

_READY = (
    "m.state = 'pending' AND (m.kind <> 'note' OR m.root IS NOT NULL) AND "
    "(m.root IS NULL OR EXISTS (SELECT 1 FROM messages AS r WHERE r.message = m.root AND r.state IN ('sent', 'dead')))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One call to a channel. `attempts` counts this one; `since` is when the first was begun."""

    kind: Literal["post", "verify", "edit"]
    id: int
    message: Message
    attempts: int
    since: datetime
    looks: int = 0
    ts: str | None = None
    edit_attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When the channel has something to do: what is owed by now, and edits and held alerts whose time is yet to come.
    None: never."""

    owed: datetime | None
    later: datetime | None


def due(conn: sqlite3.Connection, channel: str, now: datetime, *, plannable: bool) -> Due:
    """`plannable`: whether alerts that wait may become messages now."""
    row = query(
        conn,
        "SELECT (SELECT MIN(m.due) FROM messages AS m WHERE m.channel = ?1 AND m.due IS NOT NULL AND "  # noqa: S608
        f"(m.state = 'sending' OR {_READY})) AS message, "
        "(SELECT MIN(due) FROM deliveries WHERE channel = ?1 AND message IS NULL AND state = 'pending') AS pending, "
        "(SELECT MIN(due) FROM deliveries WHERE channel = ?1 AND message IS NULL AND state = 'held') AS held, "
        "(SELECT MIN(edit_due) FROM messages WHERE channel = ?1 AND edit_due IS NOT NULL AND state = 'sent') AS edit",
        (channel,),
    )[0]
    owed = [row["message"], row["pending"] if plannable else None]
    timed = [row["edit"], row["held"] if plannable else None]
    later = [at for at in timed if at is not None and at > stamp(now)]
    return Due(owed=_earliest(*owed, *(at for at in timed if at not in later)), later=_earliest(*later))


def _earliest(*times: str | None) -> datetime | None:
    return min((moment(at) for at in times if at is not None), default=None)


def lease(conn: sqlite3.Connection, channel: str, now: datetime) -> Work | None:
    """What is due first: to look up, to send, to edit. A message to send is `sending` once this is committed."""
    at = stamp(now)
    looking = "SELECT * FROM messages WHERE channel = ? AND state = 'sending' AND due <= ? ORDER BY due LIMIT 1"
    if rows := query(conn, looking, (channel, at)):
        return _work(conn, "verify", rows[0])
    ready = f"SELECT m.* FROM messages AS m WHERE m.channel = ? AND m.due <= ? AND {_READY} ORDER BY m.due, m.message LIMIT 1"  # noqa: S608, E501
    if rows := query(conn, ready, (channel, at)):
        return _begin(conn, rows[0], at)
    changed = "SELECT * FROM messages WHERE channel = ? AND edit_due <= ? AND state = 'sent' ORDER BY edit_due LIMIT 1"
    if rows := query(conn, changed, (channel, at)):
        return _work(conn, "edit", rows[0])
    return None


def _begin(conn: sqlite3.Connection, row: sqlite3.Row, at: str) -> Work:
    message = row["message"]
    conn.execute(
        "UPDATE messages SET state = 'sending', due = NULL, attempts = attempts + 1, looks = 0, "
        "first_intent = COALESCE(first_intent, ?) WHERE message = ?",
        (at, message),
    )
    conn.execute("UPDATE deliveries SET state = 'sending' WHERE message = ?", (message,))
    return _work(conn, "post", query(conn, "SELECT * FROM messages WHERE message = ?", (message,))[0])


def _work(conn: sqlite3.Connection, kind: Literal["post", "verify", "edit"], row: sqlite3.Row) -> Work:
    return Work(
        kind=kind,
        id=row["message"],
        message=_message(conn, row),
        attempts=row["attempts"],
        since=moment(row["first_intent"]),
        looks=row["looks"],
        ts=row["ts"],
        edit_attempts=row["edit_attempts"],
    )


def _message(conn: sqlite3.Connection, row: sqlite3.Row) -> Message:
    keys = _keys(conn, row)
    updates = query(
        conn,
        "SELECT * FROM alert_updates WHERE alert IN (SELECT value FROM json_each(?)) ORDER BY at, rowid",
        (dumps(keys),),
    )
    return Message(
        key=row["key"],
        kind=row["kind"],
        alerts=tuple(alerts_of(conn, keys)),
        note=_note(conn, row),
        thread=_thread(conn, row["root"]),
        broadcast=bool(row["broadcast"]),
        at=moment(row["created"]),
        total=row["total"],
        plain=bool(row["plain"]),
        updates=tuple(update_of(update) for update in updates),
        place=row["place"] or _place(conn, row["channel"]),
        revision=row["revision"],
        since=_last_digest(conn, row),
    )


def _keys(conn: sqlite3.Connection, row: sqlite3.Row) -> list[str]:
    """The alerts that the message tells; of a note the one that it is about."""
    if row["alert_update"] is not None:
        found = query(conn, "SELECT alert FROM alert_updates WHERE alert_update = ?", (row["alert_update"],))
    else:
        found = query(conn, "SELECT alert FROM deliveries WHERE message = ? ORDER BY position", (row["message"],))
    return [each["alert"] for each in found]


def _note(conn: sqlite3.Connection, row: sqlite3.Row) -> str | None:
    if row["notice"] is not None:
        text: str = query(conn, "SELECT text FROM notices WHERE notice = ?", (row["notice"],))[0]["text"]
        return text
    if row["alert_update"] is not None:
        sql = "SELECT note, reason, outlet, url FROM alert_updates WHERE alert_update = ?"
        found = query(conn, sql, (row["alert_update"],))[0]
        return f"{found['note'] or found['reason']} ({found['outlet']})"
    return None


def _thread(conn: sqlite3.Connection, root: int | None) -> str | None:
    if root is None:
        return None
    rows = query(conn, "SELECT ts FROM messages WHERE message = ? AND state = 'sent'", (root,))
    return rows[0]["ts"] if rows else None


def _place(conn: sqlite3.Connection, channel: str) -> str | None:
    sql = "SELECT place FROM messages WHERE channel = ? AND place IS NOT NULL ORDER BY message DESC LIMIT 1"
    rows = query(conn, sql, (channel,))
    return rows[0]["place"] if rows else None


def _last_digest(conn: sqlite3.Connection, row: sqlite3.Row) -> datetime | None:
    if row["kind"] != "digest":
        return None
    sql = "SELECT MAX(sent) AS sent FROM messages WHERE channel = ? AND kind = 'digest' AND created < ?"
    found = query(conn, sql, (row["channel"], row["created"]))[0]["sent"]
    return None if found is None else moment(found)
