"""`chipwire replay`: archived articles through the whole pipeline, on their own clock, offline."""

from __future__ import annotations

import contextlib
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli import options, output
from monitor.cli.options import DEFAULT_CONFIG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from monitor.exchange import Line
    from monitor.model import Article
    from monitor.store.db import Database

BATCH = 500
"""Articles of one commit."""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: chipwire replay archive.jsonl.gz > events.jsonl")(replay)


def replay(
    files: Annotated[
        list[str], typer.Argument(help="Archives, one JSON object a line; .gz is read, - is standard input.")
    ],
    db: Annotated[Path | None, typer.Option(help="Keep the store here; by default it is thrown away.")] = None,
    config: options.Config = DEFAULT_CONFIG,
) -> int:
    """Show what would have been alerted: events as they happen, one JSON object a line; nothing is sent."""
    from monitor import replay as engine
    from monitor.app import desk
    from monitor.exchange import read_lines
    from monitor.store.news import News

    settings = options.settings_for(config, shipped=True)
    lines = [line for file in files for line in read_lines(file)]
    articles, names, failed = _articles(lines)
    for answer in failed:
        output.print_line(answer)
    with _store(db) as database, _progress(len(articles)) as advance:
        news = News(database.connection)
        watch = desk(settings)
        ordered = engine.in_order(articles)
        for start in range(0, len(ordered), BATCH):
            with database.transaction():
                for findings, events in engine.replay(ordered[start : start + BATCH], watch, news):
                    for event in events:
                        output.print_line({**event, "article": names[event["article"]]})
                    advance(findings.article)
    return int(bool(failed))


def _articles(lines: list[Line]) -> tuple[list[Article], dict[str, Any], list[dict[str, Any]]]:
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
