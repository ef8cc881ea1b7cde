"""`chipwire search` and `chipwire stories`."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli import options, output
from monitor.cli.options import DEFAULT_CONFIG, Format

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from monitor.store.questions import Questions


@contextlib.contextmanager
def outbox_of(config: Path) -> Iterator[sqlite3.Connection]:
    """The database of a desk, read beside its daemon."""
    from monitor.store.db import open_reader

    database = open_reader(options.database_of(config))
    try:
        with database.reading() as sql:
            yield sql
    finally:
        database.close()


@contextlib.contextmanager
def questions(config: Path) -> Iterator[Questions]:
    """The store of a desk, read beside its daemon."""
    from monitor.store.questions import Questions as Store

    with outbox_of(config) as sql:
        yield Store(sql)


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command(epilog="Example: chipwire search '昇腾 910C' --since 7d")(search)
    app.command(epilog="Example: chipwire stories --entity huawei --since 7d")(stories)


def search(
    text: Annotated[list[str] | None, typer.Argument(help="Words that all must occur, in any script.")] = None,
    entity: options.Entity = None,
    metric: options.Metric = None,
    since: options.Since = None,
    limit: options.Limit = 50,
    form: options.OutputFormat = Format.TABLE,
    config: options.Config = DEFAULT_CONFIG,
) -> None:
    """Find stored articles by their words, entities and claims."""
    when = options.moment(since, options.utc_now())
    with questions(config) as store:
        rows = store.articles(" ".join(text) if text else None, entity=entity, metric=metric, since=when, limit=limit)
        output.write(rows, ("published", "outlet", "title", "entities"), form, empty="no article holds all of that")


def stories(
    entity: options.Entity = None,
    metric: options.Metric = None,
    since: options.Since = None,
    limit: options.Limit = 50,
    form: options.OutputFormat = Format.TABLE,
    config: options.Config = DEFAULT_CONFIG,
) -> None:
    """Show stories: articles of any outlet or language that report the same event."""
    when = options.moment(since, options.utc_now())
    with questions(config) as store:
        rows = store.stories(entity=entity, metric=metric, since=when, limit=limit)
        output.write(rows, ("told", "articles", "outlets", "languages", "title"), form, empty="no stories yet")
