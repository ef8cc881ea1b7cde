"""`chipwire why`: the stored trace of every stage, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli import options, output
from monitor.cli.options import DEFAULT_CONFIG, Format
from monitor.cli.questions import outbox_of
from monitor.errors import MonitorError

if TYPE_CHECKING:
    import sqlite3


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: chipwire why https://example.org/news/alibaba-100000")(why)


def why(
    reference: Annotated[str, typer.Argument(help="URL or id of an article, number of a milestone, key of an alert.")],
    form: options.OutputFormat = Format.TABLE,
    config: options.Config = DEFAULT_CONFIG,
) -> None:
    """Say why an article was alerted, or why not: what each stage found and decided."""
    with outbox_of(config) as sql:
        found = _find(sql, reference)
    if form is Format.JSON:
        output.print_json(found)
    else:
        _show(found)


def _find(sql: sqlite3.Connection, reference: str) -> dict[str, Any]:
    from alerts import outbox
    from monitor.store.questions import Questions

    store = Questions(sql)
    alert = store.alert_of(reference)
    found = store.trace(reference if alert is None else store.article_of(alert) or "")
    if found is None:
        raise MonitorError(f"no article, milestone or alert {reference}; `chipwire search` finds articles")
    raised = [key for version in found["versions"] for key in version["raised"]]
    joined = [claim["alert"] for claim in found["claims"] if claim["alert"]]
    keys = [alert] if alert is not None else dict.fromkeys((*raised, *joined))
    found["alerts"] = [{**row, **(store.grounds(key) or {})} for key in keys for row in outbox.listing(sql, alert=key)]
    if alert is not None:
        shown = next(version for version in found["versions"] if alert in version["raised"])
        found |= {name: shown[name] for name in ("version", "title", "seen", "trace")}
    return found


def _show(found: dict[str, Any]) -> None:
    typer.echo(output.plain(found["title"]))
    typer.echo(f"{output.plain(found['outlet'])}  {found['published'] or found['seen']}  {output.plain(found['url'])}")
    for version in found["versions"]:
        last = version is found["versions"][-1]
        if not (version["raised"] or version["version"] >= found["version"]):
            continue
        if len(found["versions"]) > 1:
            typer.echo(f"version {version['version']}{', the last' if last else ''}: {output.plain(version['title'])}")
        for line in version["trace"]:
            typer.echo(f"  {line['stage']:<10}{output.plain(line['outcome'])}: {output.plain(line['reason'])}")
    for alert in found["alerts"]:
        _show_alert(alert)


def _show_alert(alert: dict[str, Any]) -> None:
    typer.echo(f"  {'alert':<10}{output.plain(alert['title'])}: rule {alert['rule']}, {output.plain(alert['reason'])}")
    typer.echo(f"  {'evidence':<10}{output.plain(alert['evidence'])}")
    typer.echo(f"  {'before':<10}{output.plain(alert['before']) if alert['before'] else 'nothing of its series'}")
    for delivery in alert["deliveries"]:
        where = delivery["channel"] or "no route"
        reason = f": {output.plain(delivery['reason'])}" if delivery["reason"] else ""
        typer.echo(f"  {'delivery':<10}{where}: {delivery['state']}{reason}")
