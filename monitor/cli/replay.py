"""`chipwire replay`: archived articles through the whole pipeline, on their own clock, offline."""

from __future__ import annotations

import contextlib
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli import options, output
from monitor.cli.options import DEFAULT_CONFIG
from monitor.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from monitor.analysis import Desk
    from monitor.exchange import Line
    from monitor.model import Article, Findings
    from monitor.replay import Difference, Event, Summary
    from monitor.settings import Settings
    from monitor.store.db import Database

BATCH = 500
"""Articles of one commit."""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: chipwire replay archive.jsonl.gz > events.jsonl")(replay)


def replay(
    files: Annotated[
        list[str] | None, typer.Argument(help="Archives, one JSON object a line; .gz is read, - is standard input.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Without files: the desk's own articles from then on: 30d.")] = None,
    rules: Annotated[Path | None, typer.Option(help="Another feeds.yaml: show what its rules would change.")] = None,
    budget: Annotated[str | None, typer.Option(help="Exit 1 when more alerts are raised: 20/day, 100/week.")] = None,
    summary: Annotated[bool, typer.Option("--summary", help="Totals for people instead of events.")] = False,
    db: Annotated[Path | None, typer.Option(help="Keep the store here; by default it is thrown away.")] = None,
    seed: Annotated[
        bool, typer.Option("--seed", help="With --db: fill a new desk's ledger; nothing is alerted, now or later.")
    ] = False,
    config: options.Config = DEFAULT_CONFIG,
) -> int:
    """Show what would have been alerted: events as they happen, one JSON object a line; nothing is sent."""
    if seed and db is None:
        raise ConfigError("--seed needs --db: name the database of the desk to be seeded")
    limit = _budget(budget)
    settings = options.settings_for(config, shipped=True)
    articles, names, failed = _articles(files, since, settings.database)
    for answer in failed:
        output.print_line(answer)
    run = _Run(articles, names, db)
    if rules is not None:
        _show_difference(run.difference(settings, options.settings_for(rules)))
    elif summary or seed:
        _show_summary(run.totals(settings, seed=seed))
    else:
        run.print_events(settings)
    broken = limit is not None and not run.summary.within(limit)
    if broken:
        typer.echo(f"{run.summary.a_day:.1f} alerts a day are more than {budget}", err=True)
    return int(bool(failed) or broken)


def _budget(text: str | None) -> float | None:
    from monitor.replay import parse_budget

    try:
        return None if text is None else parse_budget(text)
    except ValueError as error:
        raise ConfigError(f"--budget: {error}") from error


class _Run:
    """Articles through a desk, as often as wanted."""

    def __init__(self, articles: Sequence[Article], names: dict[str, Any], db: Path | None) -> None:
        from monitor.replay import Summary, in_order

        self._articles = in_order(articles)
        self._names = names
        self._db = db
        self.summary = Summary()

    def print_events(self, settings: Settings) -> None:
        for findings, events in self._through(_desk(settings), self._db):
            self.summary.add(findings)
            for event in events:
                output.print_line({**event, "article": self._names[event["article"]]})

    def totals(self, settings: Settings, *, seed: bool) -> Summary:
        for findings, _ in self._through(_desk(settings, seed=seed), self._db):
            self.summary.add(findings)
        return self.summary

    def difference(self, before: Settings, after: Settings) -> Difference:
        from monitor.replay import difference

        old = [event for _, events in self._through(_desk(before), None) for event in events]
        new = []
        for findings, events in self._through(_desk(after), self._db):
            self.summary.add(findings)
            new += events
        return difference(old, new)

    def _through(self, desk: Desk, db: Path | None) -> Iterator[tuple[Findings, list[Event]]]:
        from monitor.replay import replay as engine
        from monitor.store.news import News

        with _store(db) as database, _progress(len(self._articles)) as advance:
            news = News(database)
            for start in range(0, len(self._articles), BATCH):
                batch = self._articles[start : start + BATCH]
                with database.transaction():
                    for findings, events in engine(batch, desk, news, kept=db is not None):
                        yield findings, events
                        advance(findings.article)


def _desk(settings: Settings, *, seed: bool = False) -> Desk:
    """A desk being seeded has no rules: its ledger learns what is known, and nothing of it counts as alerted."""
    import dataclasses

    from monitor.app import desk

    return desk(dataclasses.replace(settings, rules=()) if seed else settings)


def _articles(
    files: list[str] | None, since: str | None, database: Path
) -> tuple[list[Article], dict[str, Any], list[dict[str, Any]]]:
    from monitor.exchange import read_lines

    if files:
        return _named([line for file in files for line in read_lines(file)])
    if since is None:
        raise ConfigError("name archives to replay, or --since 30d for the desk's own articles")
    from monitor.store.db import open_reader
    from monitor.store.questions import Questions

    own = open_reader(database)
    try:
        with own.reading() as sql:
            articles = Questions(sql).stored(options.moment(since, options.utc_now()))
    finally:
        own.close()
    return articles, {article.id: article.id for article in articles}, []


def _named(lines: list[Line]) -> tuple[list[Article], dict[str, Any], list[dict[str, Any]]]:
    """Articles under ids of their own, what each was called, and the lines that are none."""
    from dataclasses import replace as changed

    articles: list[Article] = []
    names: dict[str, Any] = {}
    failed: list[dict[str, Any]] = []
    for line in lines:
        error = line.error
        if line.article is not None and line.article.published is None:
            error = '"published" is missing or no ISO 8601 time'
        if line.article is None or error is not None:
            failed.append({"line": line.number, "error": error})
            continue
        name = line.article.id
        while name in names:
            name += "+"
        names[name] = line.id
        articles.append(changed(line.article, id=name))
    return articles, names, failed


@contextlib.contextmanager
def _store(db: Path | None) -> Iterator[Database]:
    from monitor.app import throw_away
    from monitor.store.db import Lock, open_writer

    if db is None:
        with throw_away() as database:
            yield database
        return
    lock = Lock(db)
    lock.acquire()
    try:
        database = open_writer(db)
        yield database
        database.close()
    finally:
        lock.release()


def _show_difference(found: Difference) -> None:
    for event in found.added:
        output.print_line({"diff": "added", **event})
    for event in found.dropped:
        output.print_line({"diff": "dropped", **event})
    for change in found.changed:
        output.print_line({"diff": "changed", "fields": change.fields, "before": change.before, "after": change.after})
    typer.echo(
        f"{len(found.added)} added, {len(found.dropped)} dropped, {len(found.changed)} changed, {found.same} the same",
        err=True,
    )


def _show_summary(total: Summary) -> None:
    typer.echo(f"{total.first} to {total.last}: {total.articles:,} articles, {total.matched:,} matched")
    typer.echo(f"{total.claims:,} claims, {total.alerts:,} alerts ({total.a_day:.1f} a day), {total.updates:,} updates")
    if total.by_rule:
        output.table(
            [{"rule": rule, "alerts": count} for rule, count in total.by_rule.most_common()], ("rule", "alerts")
        )
    rows = [{"term": t.name, "articles": t.matched, "alerted": t.alerted} for t in total.noisiest()]
    typer.echo("noisiest terms")
    output.table(rows, ("term", "articles", "alerted"))


@contextlib.contextmanager
def _progress(total: int) -> Iterator[Callable[[Article], None]]:
    """A bar on a terminal, nothing in a pipe."""
    console = output.console(stderr=True)
    if not console.is_terminal:
        yield lambda article: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("replay", total=total)

        def advance(article: Article) -> None:
            bar.update(task, advance=1, description=f"{article.published:%Y-%m-%d}" if article.published else "")

        yield advance
