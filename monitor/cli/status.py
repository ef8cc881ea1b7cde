"""`chipwire status`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli import options, output
from monitor.cli.options import DEFAULT_CONFIG, Format

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: chipwire status --format json")(status)


def status(
    check: Annotated[bool, typer.Option("--check", help="Exit 1 when the daemon shows no sign of life.")] = False,
    form: options.OutputFormat = Format.TABLE,
    config: options.Config = DEFAULT_CONFIG,
) -> int:
    """Show feeds with their health, the backlog, the last alert, and whether the books balance."""
    from monitor.store.db import Lock, open_reader

    path = options.database_of(config)
    now = options.utc_now()
    database = open_reader(path)
    try:
        with database.reading() as sql:
            report = _report(sql, now)
    finally:
        database.close()
    owner = Lock(path).owner()
    report["daemon"] = {"pid": owner.pid if owner else None, "overdue": report.pop("overdue")}
    if form is Format.TABLE:
        _show(report)
    else:
        output.print_json(report)
    return int(check and (owner is None or bool(report["daemon"]["overdue"])))


def _report(sql: sqlite3.Connection, now: datetime) -> dict[str, Any]:
    from alerts import outbox
    from monitor.store.questions import Questions

    store = Questions(sql)
    feeds = store.feeds()
    health = [feed["health"] for feed in feeds]
    states = outbox.counts(sql)
    return {
        "feeds": {
            "total": len(feeds),
            "healthy": health.count("healthy"),
            "failing": health.count("failing"),
            "silent": health.count("silent"),
            "waiting": health.count("waiting"),
            "gone": health.count("gone"),
        },
        **store.totals(),
        "alerts": states,
        "backlog": states["pending"] + states["sending"],
        "last_poll": store.last_poll(),
        "last_alert": outbox.last_alert(sql),
        "channels": outbox.channels(sql),
        "books": {**store.books(), "deliveries": outbox.books(sql)},
        "unhealthy": [feed for feed in feeds if feed["health"] in ("failing", "silent", "gone")],
        "config_error": store.remark("config"),
        "overdue": store.overdue(now),
    }


def _show(report: dict[str, Any]) -> None:
    daemon, feeds = report["daemon"], report["feeds"]
    lines = [
        ("daemon", f"running, pid {daemon['pid']}" if daemon["pid"] else "not running"),
        ("feeds", ", ".join(f"{count} {name}" for name, count in feeds.items() if count)),
        ("last poll", report["last_poll"] or "never"),
        ("articles", f"{report['articles']:,}, {report['matched']:,} matched, {report['failed']:,} failed"),
        ("claims", f"{report['claims']:,} in {report['stories']:,} stories"),
        ("milestones", f"{report['milestones']:,}"),
        ("deliveries", ", ".join(f"{count} {name}" for name, count in report["alerts"].items() if count) or "none"),
        ("backlog", f"{report['backlog']:,}"),
        ("last alert", report["last_alert"] or "never"),
    ]
    for name, text in lines:
        typer.echo(f"{name:<12}{output.plain(text)}")
    if report["config_error"]:
        typer.echo(f"{'config':<12}the last edit is not in force: {output.plain(report['config_error'])}")
    for name, sums in report["books"].items():
        if not sums["balanced"]:
            typer.echo(f"{'books':<12}{name} do not balance: {sums['left']:,} on the left, {sums['right']:,} right")
    for line in daemon["overdue"]:
        typer.echo(f"{'overdue':<12}{line}")
    for channel in report["channels"]:
        if channel.get("blocked"):
            typer.echo(f"{'blocked':<12}{output.plain(channel['channel'])}: {output.plain(channel['remedy'])}")
    if report["unhealthy"]:
        output.table(report["unhealthy"], ("name", "health", "last_success", "next_poll", "error"))
