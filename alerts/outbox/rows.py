"""Rows of the outbox <-> words of the model."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from alerts.model import Alert, AlertUpdate, Point, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alerts.model import Json


def stamp(at: datetime) -> str:
    """UTC with milliseconds, `2026-11-24T09:00:00.000Z`, so that text order is time order."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def dumps(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def query(conn: sqlite3.Connection, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
    """Rows that can be asked by column name, whatever the connection's own row factory."""
    cursor = conn.cursor()
    cursor.row_factory = sqlite3.Row
    return list(cursor.execute(sql, values))


def alert_values(alert: Alert, owed: int) -> dict[str, Any]:
    detail = {
        "digits": alert.digits,
        "highlight": alert.highlight,
        "series": [{"at": stamp(p.at), "value": p.value, "label": p.label} for p in alert.series],
        "official": alert.official,
        "hold": alert.hold,
    }
    return {
        "alert": alert.key, "created": stamp(alert.created), "severity": alert.severity, "rule": alert.rule,
        "change": alert.change, "title": alert.title, "reason": alert.reason, "figure": alert.figure,
        "before": alert.before, "evidence": alert.evidence, "url": alert.url, "article": alert.article,
        "thread": alert.thread, "batch": alert.batch, "tags": dumps(alert.tags),
        "milestone": None if alert.payload is None else dumps(alert.payload), "detail": dumps(detail), "owed": owed,
    }  # fmt: skip


def source_values(alert: str, position: int, source: Source) -> dict[str, Any]:
    return {
        "alert": alert, "position": position, "outlet": source.outlet, "title": source.title, "url": source.url,
        "at": stamp(source.at), "trust": source.trust, "official": source.official, "copy_of": source.copy_of,
    }  # fmt: skip


def source_of(row: sqlite3.Row | dict[str, Any]) -> Source:
    return Source(
        outlet=row["outlet"], title=row["title"], url=row["url"], at=moment(row["at"]), trust=row["trust"],
        official=bool(row["official"]), copy_of=row["copy_of"],
    )  # fmt: skip


def alert_of(row: sqlite3.Row, sources: Iterable[Source]) -> Alert:
    detail = json.loads(row["detail"])
    return Alert(
        key=row["alert"],
        created=moment(row["created"]),
        severity=row["severity"],
        rule=row["rule"],
        change=row["change"],
        title=row["title"],
        reason=row["reason"],
        figure=row["figure"],
        before=row["before"],
        evidence=row["evidence"],
        url=row["url"],
        article=row["article"],
        thread=row["thread"],
        batch=row["batch"],
        tags=tuple(json.loads(row["tags"])),
        payload=None if row["milestone"] is None else json.loads(row["milestone"]),
        digits=tuple(detail["digits"]),
        highlight=None if detail["highlight"] is None else (detail["highlight"][0], detail["highlight"][1]),
        series=tuple(Point(at=moment(p["at"]), value=p["value"], label=p["label"]) for p in detail["series"]),
        official=detail["official"],
        hold=detail["hold"],
        sources=tuple(sources),
    )


def update_of(row: sqlite3.Row) -> AlertUpdate:
    return AlertUpdate(
        key=row["alert_update"],
        alert=row["alert"],
        at=moment(row["at"]),
        kind=row["kind"],
        reason=row["reason"],
        note=row["note"],
        source=source_of(json.loads(row["source"])),
        payload=json.loads(row["payload"]),
    )


def insert(conn: sqlite3.Connection, table: str, values: dict[str, Any]) -> bool:
    """Whether the row is new; a row whose key is there already stays as it is. `table` is a constant of this room."""
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    sql = f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608
    bound = tuple(_storable(value) for value in values.values())
    return conn.execute(sql, bound).rowcount == 1


def _storable(value: object) -> object:
    """SQLite takes no lone surrogates; they stand for bytes that were no text, and become question marks."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode("utf-8")
    return value


def alerts_of(conn: sqlite3.Connection, keys: Sequence[str]) -> list[Alert]:
    """The alerts with these keys, in the order of the keys, with every source that has joined."""
    wanted = "WHERE alert IN (SELECT value FROM json_each(?))"
    values = (dumps(keys),)
    sources: dict[str, list[Source]] = {}
    for row in query(conn, f"SELECT * FROM alert_sources {wanted} ORDER BY alert, position", values):  # noqa: S608
        sources.setdefault(row["alert"], []).append(source_of(row))
    rows = query(conn, f"SELECT * FROM alerts {wanted}", values)  # noqa: S608
    found = {row["alert"]: alert_of(row, sources.get(row["alert"], ())) for row in rows}
    return [found[key] for key in keys if key in found]
