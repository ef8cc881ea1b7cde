"""The state of each channel: when it may be called again, and what a person must mend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alerts.outbox.rows import moment, query, stamp

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Nothing is sent before `free_at`, nor while `blocked`, except to ask again at `probe_due`."""

    free_at: datetime | None = None
    blocked: str | None = None
    blocked_since: datetime | None = None
    probe_due: datetime | None = None


def gate(conn: sqlite3.Connection, channel: str) -> Gate:
    rows = query(conn, "SELECT * FROM channels WHERE channel = ?", (channel,))
    if not rows:
        return Gate()
    row = rows[0]
    times = {
        name: None if row[name] is None else moment(row[name]) for name in ("free_at", "blocked_since", "probe_due")
    }
    return Gate(blocked=row["blocked"], **times)


def block(conn: sqlite3.Connection, channel: str, reason: str, remedy: str, *, now: datetime, probe: datetime) -> bool:
    """Whether this is news: everything that waits for the channel is `blocked` and says why and what to do."""
    known = gate(conn, channel).blocked
    conn.execute(
        "INSERT INTO channels (channel, blocked, remedy, blocked_since, probe_due) VALUES (?1, ?2, ?3, ?4, ?5) "
        "ON CONFLICT (channel) DO UPDATE SET blocked = ?2, remedy = ?3, probe_due = ?5, "
        "blocked_since = COALESCE(blocked_since, ?4)",
        (channel, reason, remedy, stamp(now), stamp(probe)),
    )
    absorb(conn, channel, now)
    return known is None


def absorb(conn: sqlite3.Connection, channel: str, now: datetime) -> None:
    """What has come due for a blocked channel is blocked as well."""
    row = query(conn, "SELECT blocked, remedy FROM channels WHERE channel = ?", (channel,))[0]
    reason = f"{row['blocked']}: {row['remedy']}"
    conn.execute(
        "UPDATE messages SET state = 'blocked', reason = ?, due = NULL WHERE channel = ? AND state = 'pending'",
        (reason, channel),
    )
    conn.execute(
        "UPDATE deliveries SET state = 'blocked', reason = ? "
        "WHERE channel = ? AND message IS NULL AND state = 'pending' AND due <= ?",
        (reason, channel, stamp(now)),
    )
    conn.execute(
        "UPDATE deliveries SET state = 'blocked', reason = ? WHERE state <> 'blocked' AND message IN "
        "(SELECT message FROM messages WHERE channel = ? AND state = 'blocked')",
        (reason, channel),
    )


def open_up(conn: sqlite3.Connection, channel: str, now: datetime) -> None:
    """What is blocked on the channel is due again; whether the channel takes it will show."""
    at = stamp(now)
    conn.execute(
        "UPDATE messages SET state = 'pending', due = ? WHERE channel = ? AND state = 'blocked'", (at, channel)
    )
    conn.execute("UPDATE deliveries SET state = 'pending' WHERE channel = ? AND state = 'blocked'", (channel,))
    conn.execute("UPDATE channels SET probe_due = NULL WHERE channel = ?", (channel,))


def unblock(conn: sqlite3.Connection, channel: str) -> bool:
    """The channel took something; whether it was blocked before."""
    changed = conn.execute(
        "UPDATE channels SET blocked = NULL, remedy = NULL, blocked_since = NULL, probe_due = NULL "
        "WHERE channel = ? AND blocked IS NOT NULL",
        (channel,),
    ).rowcount
    if changed:
        conn.execute("UPDATE messages SET reason = NULL WHERE channel = ? AND state = 'pending'", (channel,))
        conn.execute("UPDATE deliveries SET reason = NULL WHERE channel = ? AND state = 'pending'", (channel,))
    return changed == 1


def doubt(conn: sqlite3.Connection, channel: str, now: datetime) -> int:
    """Messages that are `sending` though nobody is sending them are to be looked up; their number."""
    return conn.execute(
        "UPDATE messages SET due = ?, looks = 0 WHERE channel = ? AND state = 'sending' AND due IS NULL",
        (stamp(now), channel),
    ).rowcount


def ask_again(conn: sqlite3.Connection, channel: str, now: datetime) -> None:
    """A blocked channel is tried at once."""
    conn.execute("UPDATE channels SET probe_due = ? WHERE channel = ? AND blocked IS NOT NULL", (stamp(now), channel))


def recover(conn: sqlite3.Connection, channel: str, now: datetime) -> int:
    """After a start or a reload: what was being sent is looked up, what was blocked is tried again.

    Number of messages whose fate is unknown.
    """
    if gate(conn, channel).blocked is None:
        open_up(conn, channel, now)
    ask_again(conn, channel, now)
    conn.execute("UPDATE messages SET due = NULL WHERE channel = ? AND state = 'sending'", (channel,))
    return doubt(conn, channel, now)


def unwind(conn: sqlite3.Connection, channel: str, now: datetime, furthest: timedelta, probe: timedelta) -> None:
    """A clock that was set back must not make a minute's pause last for a day: waits end at `furthest`."""
    limit = stamp(now + furthest)
    for table, column, far in (
        ("messages", "due", limit),
        ("messages", "edit_due", limit),
        ("channels", "free_at", limit),
        ("channels", "probe_due", stamp(now + probe)),
        ("deliveries", "due", limit),
    ):
        # What is held waits for a time of its own, however far.
        which = " AND message IS NULL AND state = 'pending'" if table == "deliveries" else ""
        conn.execute(
            f"UPDATE {table} SET {column} = ? WHERE channel = ? AND {column} > ?{which}",  # noqa: S608 - constants above
            (stamp(now), channel, far),
        )
