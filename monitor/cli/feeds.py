"""`chipwire feeds`: what is polled, and how well."""

from __future__ import annotations

import typer

from monitor.cli import options, output
from monitor.cli.options import DEFAULT_CONFIG, Format
from monitor.cli.questions import questions

app = typer.Typer(help="Feeds: what is polled, and how well.", no_args_is_help=True)


@app.command("list", epilog="Example: chipwire feeds list --failing")
def list_(
    failing: bool = typer.Option(False, "--failing", help="Only feeds that fail, are silent or gone."),
    form: options.OutputFormat = Format.TABLE,
    config: options.Config = DEFAULT_CONFIG,
) -> None:
    """List feeds with health, newest entry, interval, next poll and why then."""
    with questions(config) as store:
        rows = [row for row in store.feeds() if not failing or row["health"] in ("failing", "silent", "gone")]
    columns = ("name", "health", "entries", "newest_entry", "last_success", "next_poll", "why", "error")
    output.write(rows, columns, form, empty="no feeds polled yet")
