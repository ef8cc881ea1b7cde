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
    found = store.trace(reference) or store.trace(store.article_of(reference) or "")
    if found is None:
        raise MonitorError(f"no article, milestone or alert {reference}; `chipwire search` finds articles")
    keys = dict.fromkeys(claim["alert"] for claim in found["claims"] if claim["alert"])
    found["alerts"] = [row for key in keys for row in outbox.listing(sql, alert=key)]
    return found


def _show(found: dict[str, Any]) -> None:
    typer.echo(output.plain(found["title"]))
    typer.echo(f"{output.plain(found['outlet'])}  {found['published'] or found['seen']}  {output.plain(found['url'])}")
    if found["version"] > 1:
        typer.echo(f"edited: this is version {found['version']}")
    for line in found["trace"]:
        typer.echo(f"  {line['stage']:<10}{output.plain(line['outcome'])}: {output.plain(line['reason'])}")
    for alert in found["alerts"]:
        for delivery in alert["deliveries"]:
            where = delivery["channel"] or "no route"
            reason = f": {output.plain(delivery['reason'])}" if delivery["reason"] else ""
            typer.echo(f"  {'delivery':<10}{where}: {delivery['state']}{reason}")
