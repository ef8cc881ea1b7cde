"""`chipwire milestones`: what was news, and what is held for review."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli import control, options, output
from monitor.cli.options import DEFAULT_CONFIG, Format
from monitor.cli.questions import questions

app = typer.Typer(help="Milestones: figures and events that were news.", invoke_without_command=True)


def register(root: typer.Typer) -> None:
    """Adds the commands."""
    root.add_typer(app, name="milestones")


Fact = Annotated[str, typer.Argument(metavar="ID", help="The held figure, as `milestones review` shows it.")]
Reason = Annotated[str, typer.Option(help="Why; kept with the figure.")]


@app.callback(epilog="Example: chipwire milestones --entity alibaba --metric shipments --since 30d")
def milestones(
    context: typer.Context,
    entity: options.Entity = None,
    metric: options.Metric = None,
    since: options.Since = None,
    limit: options.Limit = 50,
    form: options.OutputFormat = Format.TABLE,
    config: options.Config = DEFAULT_CONFIG,
) -> None:
    """List milestones, newest first; the subcommands judge figures that are held for review."""
    if context.invoked_subcommand is not None:
        return
    when = options.moment(since, options.utc_now())
    with questions(config) as store:
        rows = store.milestones(entity=entity, metric=metric, since=when, limit=limit)
    output.write(rows, ("at", "severity", "change", "title", "sources", "milestone"), form, empty="no milestones yet")


@app.command(epilog="Example: chipwire milestones review")
def review(form: options.OutputFormat = Format.TABLE, config: options.Config = DEFAULT_CONFIG) -> None:
    """List figures that are held: a thousand times off their series, or waiting for a second source."""
    with questions(config) as store:
        rows = store.suspects()
    columns = ("id", "at", "subject", "metric", "value", "unit", "reason", "evidence")
    output.write(rows, columns, form, empty="nothing is held")


@app.command(epilog="Example: chipwire milestones release 4f0c… --reason 'confirmed by the filing'")
def release(fact: Fact, reason: Reason, config: options.Config = DEFAULT_CONFIG) -> None:
    """Release a held figure: it is alerted now."""
    typer.echo(control.ask(config, wish="release", target=fact, reason=reason))


@app.command(epilog="Example: chipwire milestones dismiss 4f0c… --reason 'a slip of 万'")
def dismiss(fact: Fact, reason: Reason, config: options.Config = DEFAULT_CONFIG) -> None:
    """Dismiss a held figure: it stays in the ledger and is not alerted."""
    typer.echo(control.ask(config, wish="dismiss", target=fact, reason=reason))


@app.command(epilog="Example: chipwire milestones reviews")
def reviews(form: options.OutputFormat = Format.TABLE, config: options.Config = DEFAULT_CONFIG) -> None:
    """List verdicts on held figures, each with the rule test that it became."""
    with questions(config) as store:
        rows = store.reviews()
    output.write(rows, ("at", "verdict", "reason", "test"), form, empty="nothing has been judged yet")
