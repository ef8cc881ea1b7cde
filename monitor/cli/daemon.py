"""`chipwire run`."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli import options, output
from monitor.cli.options import DEFAULT_CONFIG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from monitor.daemon import Round
    from monitor.settings import Settings


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: chipwire run --once --deadline 30s")(run)


def run(
    once: Annotated[bool, typer.Option("--once", help="Ask every feed once, deliver, and exit.")] = False,
    deadline: Annotated[str, typer.Option(help="With --once: how long to wait for deliveries.")] = "60s",
    config: options.Config = DEFAULT_CONFIG,
) -> int:
    """Run the daemon: poll, match, dedupe, extract, alert, until SIGTERM."""
    from monitor.settings import parse_duration

    settings = options.settings_for(config, secrets=True)
    if once:
        try:
            seconds = parse_duration(deadline).total_seconds()
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="--deadline") from error
        return asyncio.run(_once(settings, seconds))
    logging.getLogger().setLevel(logging.INFO)
    asyncio.run(_forever(settings))
    return 0


async def _forever(settings: Settings) -> None:
    from monitor.app import App, SystemClock
    from monitor.daemon import Daemon
    from monitor.feeds.fetch.poller import HttpPoller

    clock = SystemClock()
    with App(settings) as app:
        async with HttpPoller(settings.network, clock=clock) as poller:
            logging.getLogger("chipwire").info(
                "%d feeds, database %s; stop with Ctrl-C", len(settings.feeds), settings.database
            )
            await Daemon(app, poller, clock).run()


async def _once(settings: Settings, deadline: float) -> int:
    from alerts import outbox
    from monitor.app import App, SystemClock
    from monitor.daemon import Daemon
    from monitor.feeds.fetch.poller import HttpPoller

    clock = SystemClock()
    with App(settings) as app:
        async with HttpPoller(settings.network, clock=clock) as poller:
            with _progress() as progress:
                done = await Daemon(app, poller, clock).once(deadline, progress)
        with app.engine.database.reading() as sql:
            undelivered = outbox.undelivered(sql)
    _summary(done, undelivered)
    return int((done.polled > 0 and done.failed == done.polled) or undelivered > 0)


def _summary(done: Round, undelivered: int) -> None:
    failures = [(recorded.feed.name, recorded.error) for recorded in done.recorded if recorded.error]
    for name, error in failures:
        typer.echo(f"{name}: {error}", err=True)
    totals = {
        "feeds": f"{done.polled - done.failed} of {done.polled}",
        "new articles": sum(recorded.new for recorded in done.recorded),
        "edited": sum(recorded.edited for recorded in done.recorded),
        "matched": sum(recorded.matched for recorded in done.recorded),
        "alerts": sum(recorded.alerts for recorded in done.recorded),
        "updates": sum(recorded.updates for recorded in done.recorded),
    }
    if done.paused:
        totals["paused"] = done.paused
    if undelivered:
        totals["not delivered"] = undelivered
    typer.echo(", ".join(f"{name} {output.plain(value)}" for name, value in totals.items()), err=True)


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[Round, int], None]]:
    """A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    console = output.console(stderr=True)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("polling"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(done: Round, total: int) -> None:
            bar.update(task, completed=done.polled, total=total, description=done.recorded[-1].feed.name)

        yield show
