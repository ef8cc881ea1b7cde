"""`chipwire watchlist`: what the desk cares about, and why a text matches or does not."""

from __future__ import annotations

import typer

from monitor.cli import options, output
from monitor.cli.options import DEFAULT_CONFIG, Format

app = typer.Typer(help="Watchlists: entities and queries the desk cares about.", no_args_is_help=True)


@app.command("list", epilog="Example: chipwire watchlist list")
def list_(form: options.OutputFormat = Format.TABLE, config: options.Config = DEFAULT_CONFIG) -> None:
    """List the watchlists in force."""
    rows = [
        {"name": watchlist.name, "entities": len(watchlist.entities), "queries": len(watchlist.queries)}
        for watchlist in options.settings_for(config, shipped=True).watchlists
    ]
    output.write(rows, ("name", "entities", "queries"), form, empty="no watchlists; add `watchlists: [{use: chips}]`")
