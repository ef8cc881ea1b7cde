"""`chipwire feeds`: what is polled, and how well."""

from __future__ import annotations

import asyncio
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli import options, output
from monitor.cli.options import DEFAULT_CONFIG, Format
from monitor.cli.questions import questions
from monitor.errors import ConfigError, MonitorError

if TYPE_CHECKING:
    from monitor.feeds.discover import Discovery
    from monitor.feeds.probe import Probe
    from monitor.model import Feed
    from monitor.settings import Settings

app = typer.Typer(help="Feeds: what is polled, and how well.", no_args_is_help=True)


def register(root: typer.Typer) -> None:
    """Adds the commands."""
    root.add_typer(app, name="feeds")


SHOWN = 200
"""Characters of a text that the table shows."""


@app.command("list", epilog="Example: chipwire feeds list --failing")
def list_(
    failing: Annotated[bool, typer.Option("--failing", help="Only feeds that fail, are silent or gone.")] = False,
    form: options.OutputFormat = Format.TABLE,
    config: options.Config = DEFAULT_CONFIG,
) -> None:
    """List feeds with health, newest entry, interval, next poll and why then."""
    with questions(config) as store:
        rows = [row for row in store.feeds() if not failing or row["health"] in ("failing", "silent", "gone")]
    columns = ("name", "health", "entries", "newest_entry", "last_success", "next_poll", "why", "error")
    output.write(rows, columns, form, empty="no feeds polled yet")


@app.command(epilog="Example: chipwire feeds add https://www.example.org/news --name Example --tags china")
def add(
    url: Annotated[str, typer.Argument(help="A feed, or a page that names one.")],
    name: Annotated[str | None, typer.Option(help="What to call it; by default what it calls itself.")] = None,
    every: Annotated[str | None, typer.Option(help="How often to ask: 5m, 1h.")] = None,
    tags: Annotated[list[str] | None, typer.Option(help="A tag for routes; may be given again.")] = None,
    language: Annotated[str | None, typer.Option(help="Its language: en, zh, ja, ko, de.")] = None,
    trust: Annotated[str | None, typer.Option(help="record, company, press or rumour.")] = None,
    config: options.Config = DEFAULT_CONFIG,
) -> None:
    """Find the feed at a URL and add it to the file."""
    from monitor.settings.edit import add_feeds, edit

    settings = options.settings_for(config)
    found = asyncio.run(_discover(settings, url))
    if found.failed is not None:
        raise MonitorError(f"{url}: {found.failed.message}")
    if not found.feeds:
        raise MonitorError(
            f"{url}: names no feed, and none is in the usual places; give the address of the feed itself"
        )
    if len(found.feeds) > 1:
        choices = "\n".join(f"  {feed.url}  {output.plain(feed.title)}" for feed in found.feeds)
        raise MonitorError(f"{url} names several feeds; add one of them:\n{choices}")
    chosen = found.feeds[0]
    feed = _feed(chosen.url, name or chosen.title, every, tags or [], language, trust)
    edit(config, lambda text: add_feeds(text, [feed]))
    typer.echo(f"added {feed.name}: {feed.url}")


def _feed(
    url: str, name: str | None, every: str | None, tags: list[str], language: str | None, trust: str | None
) -> Feed:
    from typing import get_args
    from urllib.parse import urlsplit

    from monitor.model import Feed, Trust
    from monitor.settings import parse_duration

    known = {word: word for word in get_args(Trust)}
    if trust is not None and trust not in known:
        raise ConfigError(f'--trust "{trust}": write one of {", ".join(known)}')
    try:
        interval = parse_duration(every) if every else None
    except ValueError as error:
        raise ConfigError(f'--every "{every}": {error}') from error
    return Feed(
        url=url,
        name=" ".join((name or urlsplit(url).hostname or url).split()),
        every=interval,
        tags=tuple(tags),
        language=language,
        trust=known[trust] if trust else None,
    )


async def _discover(settings: Settings, url: str) -> Discovery:
    from monitor.app import SystemClock
    from monitor.feeds.discover import discover
    from monitor.feeds.fetch.poller import HttpPoller

    async with HttpPoller(settings.network, clock=SystemClock()) as poller:
        return await discover(poller, url)


@app.command(epilog="Example: chipwire feeds remove https://www.example.org/rss")
def remove(
    feed: Annotated[str, typer.Argument(help="The feed's URL or name.")],
    config: options.Config = DEFAULT_CONFIG,
) -> None:
    """Take a feed out of the file; what it brought stays in the database."""
    from monitor.settings.edit import edit, remove_feed

    edit(config, lambda text: remove_feed(text, feed))
    typer.echo(f"removed {feed}")


@app.command("test", epilog="Example: chipwire feeds test https://www.example.org/rss saved.xml --format json")
def try_out(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="URLs and files, any number.")],
    form: options.OutputFormat = Format.TABLE,
    config: options.Config = DEFAULT_CONFIG,
) -> int:
    """Show what feeds or files would give: what would be stored, and what would match."""
    settings = options.settings_for(config, shipped=True)
    return int(asyncio.run(_try_out(settings, sources, form)))


async def _try_out(settings: Settings, sources: list[str], form: Format) -> bool:
    from monitor.app import SystemClock, desk
    from monitor.exchange import mention_values
    from monitor.feeds.fetch.poller import HttpPoller
    from monitor.feeds.probe import probe, record

    clock, lexicon, failed = SystemClock(), desk(settings).lexicon, False
    feeds = {feed.url: feed for feed in settings.feeds}
    async with HttpPoller(settings.network, clock=clock) as poller:
        async for found in probe(poller, sources, seen=clock.now(), feeds=feeds):
            failed |= found.error is not None
            rows = [
                record(found.source, entry, article, [mention_values(m) for m in lexicon.read(article).mentions])
                for entry, article in found.items
            ]
            if form is Format.JSON:
                for row in [{"feed": found.source, "error": found.error}] if found.error else rows:
                    output.print_line(row)
            else:
                _show(found, rows)
    return failed


def _show(found: Probe, rows: list[dict[str, Any]]) -> None:
    if found.error is not None:
        typer.echo(f"{found.source}: {output.plain(found.error)}", err=True)
        return
    typer.echo(f"{found.source}: {len(rows)} entries")
    shown = [
        {
            **row,
            "mentions": ", ".join(dict.fromkeys(mention["entity"] for mention in row["mentions"])),
            "not_stored": found.reason(entry),
        }
        for row, (entry, _) in zip(rows, found.items, strict=True)
    ]
    columns = ("published", "outlet", "lang", "title", "mentions")
    output.table(shown, (*columns, "not_stored") if found.rejected else columns)


@app.command("import", epilog="Example: chipwire feeds import subscriptions.opml")
def import_(
    file: Annotated[Path, typer.Argument(help="An OPML file, as feed readers export it.")],
    config: options.Config = DEFAULT_CONFIG,
) -> int:
    """Add the feeds of an OPML file that are not in feeds.yaml yet."""
    from monitor.feeds.opml import OpmlError, read
    from monitor.settings.edit import add_feeds, edit

    try:
        feeds, problems = read(file.read_bytes())
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error
    except OpmlError as error:
        raise ConfigError(f"{file}: {error}") from error
    known = {feed.url for feed in options.settings_for(config).feeds}
    new = [feed for feed in feeds if feed.url not in known]
    edit(config, lambda text: add_feeds(text, new))
    for problem in problems:
        typer.echo(f"{file}: {output.plain(problem)}", err=True)
    typer.echo(f"{len(new)} feeds added, {len(feeds) - len(new)} were there already, {len(problems)} left out")
    return int(bool(problems))


@app.command(epilog="Example: chipwire feeds export > feeds.opml")
def export(config: options.Config = DEFAULT_CONFIG) -> None:
    """Write the feeds as OPML, for feed readers."""
    from monitor.feeds.opml import write

    typer.echo(write(options.settings_for(config).feeds), nl=False)
