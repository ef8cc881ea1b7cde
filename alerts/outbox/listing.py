"""What became of each alert: for `alerts list`, `alerts show`, `status` and its books."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

from alerts.model import DeliveryState
from alerts.outbox.rows import dumps, query

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from alerts.model import Json

STATES: tuple[DeliveryState, ...] = get_args(DeliveryState)


def listing(
    conn: sqlite3.Connection,
    *,
    states: Sequence[DeliveryState] = (),
    alert: str | None = None,
    limit: int | None = None,
) -> list[dict[str, Json]]:
    """Alerts newest first, as `alerts list --format json` writes them.

    `states`: only alerts with a delivery in one of them. `alert`: only this key. Each is `{"alert", "created", "rule",
    "severity", "title", "milestone", "sources": [{"outlet", "title", "url", "at", "trust", "official", "copy_of"}],
    "deliveries": [{"channel", "state", "ts", "attempts", "reason"}]}`; `channel` is null where no route takes it.
    """
    where, values = ["1"], list[object]()
    if states:
        where.append("alert IN (SELECT alert FROM deliveries WHERE state IN (SELECT value FROM json_each(?)))")
        values.append(dumps(states))
    if alert is not None:
        where.append("alert = ?")
        values.append(alert)
    sql = f"SELECT * FROM alerts WHERE {' AND '.join(where)} ORDER BY created DESC, rowid DESC LIMIT ?"  # noqa: S608
    return [_listed(conn, row) for row in query(conn, sql, [*values, -1 if limit is None else limit])]


def _listed(conn: sqlite3.Connection, row: sqlite3.Row) -> dict[str, Json]:
    sources = query(
        conn,
        "SELECT outlet, title, url, at, trust, official, copy_of FROM alert_sources WHERE alert = ? ORDER BY position",
        (row["alert"],),
    )
    deliveries = query(
        conn,
        "SELECT NULLIF(d.channel, '') AS channel, d.state, m.ts, COALESCE(m.attempts, 0) AS attempts, "
        "COALESCE(d.reason, m.reason) AS reason FROM deliveries AS d LEFT JOIN messages AS m USING (message) "
        "WHERE d.alert = ? ORDER BY d.channel",
        (row["alert"],),
    )
    return {
        "alert": row["alert"],
        "created": row["created"],
        "rule": row["rule"],
        "severity": row["severity"],
        "title": row["title"],
        "milestone": None if row["milestone"] is None else json.loads(row["milestone"]),
        "sources": [{**dict(source), "official": bool(source["official"])} for source in sources],
        "deliveries": [dict(delivery) for delivery in deliveries],
    }


def counts(conn: sqlite3.Connection) -> dict[DeliveryState, int]:
    """Deliveries by state, every state named."""
    found = dict(conn.execute("SELECT state, COUNT(*) FROM deliveries GROUP BY state").fetchall())
    return {state: found.get(state, 0) for state in STATES}


def books(conn: sqlite3.Connection) -> dict[str, Json]:
    """Deliveries owed when the alerts were put = deliveries by state: `{"left", "right", "balanced"}`."""
    left: int = conn.execute("SELECT COALESCE(SUM(owed), 0) FROM alerts").fetchone()[0]
    right = sum(counts(conn).values())
    return {"left": left, "right": right, "balanced": left == right}


def undelivered(conn: sqlite3.Connection) -> int:
    """What a person or a later try must still bring to its channel; held alerts are not owed yet."""
    sql = (
        "SELECT (SELECT COUNT(*) FROM deliveries WHERE state IN ('pending', 'sending', 'blocked', 'dead')) + "
        "(SELECT COUNT(*) FROM messages WHERE kind IN ('note', 'notice') AND state <> 'sent')"
    )
    count: int = conn.execute(sql).fetchone()[0]
    return count


def channels(conn: sqlite3.Connection) -> list[dict[str, Any]]:
    """Health of each channel that has been used: `{"channel", "blocked", "remedy", "blocked_since", "last_attempt",
    "last_sent"}`, times in ISO 8601, null where there is none."""
    sql = "SELECT channel, blocked, remedy, blocked_since, last_attempt, last_sent FROM channels ORDER BY channel"
    return [dict(row) for row in query(conn, sql)]


def last_alert(conn: sqlite3.Connection) -> str | None:
    """When the newest alert was made, ISO 8601."""
    found: str | None = conn.execute("SELECT MAX(created) FROM alerts").fetchone()[0]
    return found
