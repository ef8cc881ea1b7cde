"""`chipwire extract`: JSON Lines of articles in, JSON Lines of mentions and claims out."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from monitor.cli import options, output
from monitor.cli.options import DEFAULT_CONFIG


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: chipwire extract articles.jsonl > claims.jsonl")(extract)


def extract(
    file: Annotated[
        str, typer.Argument(help="A file of articles, one JSON object a line; - for standard input.")
    ] = "-",
    explain: Annotated[bool, typer.Option("--explain", help="Say for people what was found, and why not.")] = False,
    config: options.Config = DEFAULT_CONFIG,
) -> int:
    """Read articles, write what the watchlists and the claim grammar find in each."""
    from monitor import exchange
    from monitor.app import desk

    reader = exchange.Extractor(desk(options.settings_for(config, shipped=True)))
    failed = False
    for line in exchange.read_lines(file):
        failed |= line.error is not None
        if explain:
            sys.stdout.write(reader.explain(line) + "\n")
        else:
            output.print_line(reader.answer(line))
    return int(failed)
