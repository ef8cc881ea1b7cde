"""`chipwire alerts`: the outbox, what became of each delivery, and what people may ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli import control, options, output
from monitor.cli.options import DEFAULT_CONFIG, Format
from monitor.cli.questions import outbox_of
from monitor.errors import ConfigError, MonitorError

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer(help="Alerts and what became of each delivery.", no_args_is_help=True)


def register(root: typer.Typer) -> None:
    """Adds the commands."""
    root.add_typer(app, name="alerts")


Key = Annotated[str, typer.Argument(metavar="ALERT", help="The alert's key, as `alerts list` shows it.")]


@app.command("list", epilog="Example: chipwire alerts list --held")
def list_(
    held: Annotated[bool, typer.Option("--held", help="Only what waits: quiet hours, digests, silences.")] = False,
    state: Annotated[str | None, typer.Option(help="Only deliveries in this state, for example blocked.")] = None,
    limit: options.Limit = 50,
    form: options.OutputFormat = Format.TABLE,
    config: options.Config = DEFAULT_CONFIG,
) -> None:
    """List alerts, newest first, with the state of each delivery."""
    from alerts import outbox

    states = _states(state, held=held)
    with outbox_of(config) as sql:
        rows = outbox.listing(sql, states=states, limit=limit)
    shown = rows if form is Format.JSON else [_short(row) for row in rows]
    columns = ("created", "severity", "title", "sources", "deliveries", "alert")
    output.write(shown, columns, form, empty="no alerts yet")


def _states(state: str | None, *, held: bool) -> Sequence[Any]:
    from alerts.outbox.listing import STATES

    if state is not None and state not in STATES:
        raise ConfigError(f'--state "{state}": write one of {", ".join(STATES)}')
    return [*(["held"] if held else []), *([state] if state else [])]


def _short(row: dict[str, Any]) -> dict[str, Any]:
    deliveries = ", ".join(f"{d['channel'] or 'no route'}: {d['state']}" for d in row["deliveries"])
    return {**row, "sources": len(row["sources"]), "deliveries": deliveries, "milestone": None}


@app.command(epilog="Example: chipwire alerts show 3f9c…")
def show(alert: Key, form: options.OutputFormat = Format.TABLE, config: options.Config = DEFAULT_CONFIG) -> None:
    """Show one alert: what it says, its sources, and each delivery."""
    from alerts import outbox

    with outbox_of(config) as sql:
        rows = outbox.listing(sql, alert=alert)
    if not rows:
        raise MonitorError(f"no alert {alert}; `chipwire alerts list` shows the keys")
    row = rows[0]
    if form is Format.JSON:
        output.print_json(row)
        return
    for name in ("title", "severity", "rule", "created"):
        typer.echo(f"{name:<12}{output.plain(row[name])}")
    output.table(row["sources"], ("at", "outlet", "title", "url"))
    output.table(row["deliveries"], ("channel", "state", "ts", "attempts", "reason"))


@app.command(epilog="Example: chipwire alerts retry")
def retry(
    alert: Annotated[str | None, typer.Argument(help="Only this alert; without: all blocked, dead, unrouted.")] = None,
    config: options.Config = DEFAULT_CONFIG,
) -> None:
    """Try deliveries again that are blocked, dead or unrouted."""
    typer.echo(control.ask(config, wish="retry", target=alert))


@app.command(epilog="Example: chipwire alerts silence --rule shipments --for 2d --reason 'earnings week'")
def silence(
    reason: Annotated[str, typer.Option(help="Why; shown to whoever looks.")],
    duration: Annotated[str, typer.Option("--for", help="How long: 6h, 2d.")],
    author: Annotated[str | None, typer.Option(help="Who asks; by default the user of this terminal.")] = None,
    rule: Annotated[str | None, typer.Option(help="Only alerts of this rule.")] = None,
    tag: Annotated[str | None, typer.Option(help="Only alerts with this tag.")] = None,
    text: Annotated[str | None, typer.Option(help="Only alerts whose title or evidence holds this.")] = None,
    config: options.Config = DEFAULT_CONFIG,
) -> None:
    """Hold alerts that match, until the silence expires; what is held is not lost."""
    import getpass

    expires = options.until(duration, options.utc_now()).isoformat()
    answer = control.ask(
        config,
        wish="silence",
        author=author or getpass.getuser(),
        reason=reason,
        expires=expires,
        rule=rule,
        tag=tag,
        text=text,
    )
    typer.echo(answer)


@app.command(epilog="Example: chipwire alerts unsilence 5e9c1f02")
def unsilence(
    silence_id: Annotated[str, typer.Argument(metavar="SILENCE", help="The silence, as `alerts silences` shows it.")],
    config: options.Config = DEFAULT_CONFIG,
) -> None:
    """End a silence now."""
    typer.echo(control.ask(config, wish="unsilence", target=silence_id))


@app.command(epilog="Example: chipwire alerts silences")
def silences(form: options.OutputFormat = Format.TABLE, config: options.Config = DEFAULT_CONFIG) -> None:
    """List the silences in force."""
    import dataclasses

    from alerts import outbox

    with outbox_of(config) as sql:
        rows = [dataclasses.asdict(found) for found in outbox.silences(sql, options.utc_now())]
    columns = ("id", "expires", "author", "reason", "rule", "tag", "text")
    output.write(rows, columns, form, empty="no silence in force")


@app.command("test", epilog="Example: chipwire alerts test desk")
def send_test(
    channels: Annotated[list[str] | None, typer.Argument(help="Only these channels; without: all.")] = None,
    config: options.Config = DEFAULT_CONFIG,
) -> int:
    """Send a labelled test message to each channel and say what the channel allows and what is missing."""
    from monitor.app import notifiers

    settings = options.settings_for(config, secrets=True)
    known = [channel.name for channel in settings.delivering.channels]
    for name in channels or ():
        if name not in known:
            raise ConfigError(f'unknown channel "{name}"; known: {", ".join(known)}')
    failed = False
    for notifier in notifiers(settings):
        if not channels or notifier.name in channels:
            rows = notifier.check(options.utc_now(), send=True)
            failed |= any(row.ok is False for row in rows)
            for row in rows:
                mark = {True: "ok", False: "MISSING", None: "-"}[row.ok]
                typer.echo(f"{notifier.name}: {mark:<8}{row.what}: {output.plain(row.says)}")
        notifier.close()
    return int(failed)
