"""`chipwire check`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli import options, output
from monitor.cli.options import DEFAULT_CONFIG, Format

if TYPE_CHECKING:
    from alerts.model import Route
    from monitor.settings import Settings


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: chipwire check --live")(check)


def check(
    live: Annotated[bool, typer.Option("--live", help="Also ask every channel and every feed.")] = False,
    form: options.OutputFormat = Format.TABLE,
    config: options.Config = DEFAULT_CONFIG,
) -> int:
    """Validate the file, run its rule tests, show what would be polled and where alerts would go."""
    from monitor.app import desk
    from monitor.replay import run_expectations

    settings = options.settings_for(config, secrets=True)
    failures = run_expectations(desk(settings))
    report = {**_report(settings), "failed_expectations": failures}
    if live:
        report["live"] = _live(settings)
    if form is Format.TABLE:
        _show(settings, report)
    else:
        output.print_json(report)
    answers = report.get("live", {})
    broken = bool(failures) or any(row["ok"] is False for rows in answers.values() for row in rows)
    return int(broken)


def _report(settings: Settings) -> dict[str, Any]:
    delivering = settings.delivering
    return {
        "file": str(settings.path),
        "database": str(settings.database),
        "feeds": [
            {"name": f.name, "url": f.url, "every": str(f.every or settings.poll.every), "language": f.language}
            for f in settings.feeds
        ],
        "watchlists": [
            {"name": w.name, "entities": len(w.entities), "queries": len(w.queries)} for w in settings.watchlists
        ],
        "rules": [
            {
                "name": rule.name,
                "about": rule.watchlist or ", ".join(rule.metrics),
                "severity": rule.severity,
                "to": ", ".join(_destinations(settings, rule.name, rule.severity, rule.tags)) or "unrouted",
            }
            for rule in settings.rules
        ],
        "channels": [
            {"name": c.name, "kind": type(c).__name__.removesuffix("Channel").lower()} for c in delivering.channels
        ],
    }


def _destinations(settings: Settings, rule: str, severity: str, tags: tuple[str, ...]) -> list[str]:
    """Where the alerts of a rule would go; a route by tag may take more of them than this, by the tags of a feed."""

    def takes(route: Route) -> bool:
        return (
            severity in route.severity
            and (not route.rules or rule in route.rules)
            and (not route.tags or bool(set(route.tags) & set(tags)))
        )

    found = [name for route in settings.delivering.routes if takes(route) for name in route.to]
    return list(dict.fromkeys(found))


def _show(settings: Settings, report: dict[str, Any]) -> None:
    typer.echo(f"{settings.path} is valid; database {settings.database}")
    typer.echo(f"\n{len(settings.feeds)} feeds")
    output.table(report["feeds"], ("name", "every", "language", "url"))
    typer.echo(f"\n{len(settings.watchlists)} watchlists")
    output.table(report["watchlists"], ("name", "entities", "queries"))
    typer.echo(f"\n{len(settings.rules)} rules")
    output.table(report["rules"], ("name", "about", "severity", "to"))
    typer.echo("\nchannels: " + ", ".join(f"{c['name']} ({c['kind']})" for c in report["channels"]))
    for failure in report["failed_expectations"]:
        typer.echo(f"{settings.path}:{failure['line']}: rule {failure['rule']}: {failure['problem']}", err=True)
    for name, rows in report.get("live", {}).items():
        for row in rows:
            mark = {True: "ok", False: "FAILED", None: "-"}[row["ok"]]
            typer.echo(f"{name}: {mark:<7}{row['what']}: {output.plain(row['says'])}")


def _live(settings: Settings) -> dict[str, list[dict[str, Any]]]:
    from monitor.app import notifiers

    answers: dict[str, list[dict[str, Any]]] = {}
    for notifier in notifiers(settings):
        rows = notifier.check(options.utc_now(), send=False)
        answers[notifier.name] = [{"what": row.what, "ok": row.ok, "says": row.says} for row in rows]
        notifier.close()
    answers["feeds"] = asyncio.run(_ask_feeds(settings))
    return answers


async def _ask_feeds(settings: Settings) -> list[dict[str, Any]]:
    from monitor.app import SystemClock
    from monitor.feeds.fetch.poller import HttpPoller
    from monitor.feeds.sweep import sweep
    from monitor.model import Failed, Fetched, PollJob

    clock = SystemClock()
    jobs = [PollJob(feed=feed, url=feed.url) for feed in settings.feeds]
    rows = []
    async with HttpPoller(settings.network, clock=clock) as poller:
        async for job, result in sweep(poller, jobs, host_gap=settings.poll.host_gap, clock=clock):
            says = (
                result.message
                if isinstance(result, Failed)
                else f"{result.count} entries"
                if isinstance(result, Fetched)
                else "unchanged"
            )
            rows.append({"what": job.feed.name, "ok": not isinstance(result, Failed), "says": says})
    return rows
