"""`chipwire watchlist`: what the desk cares about, and why a text matches or does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli import control, options, output
from monitor.cli.options import DEFAULT_CONFIG, Format
from monitor.errors import ConfigError

if TYPE_CHECKING:
    from monitor.mentions import EntitySpec, Lexicon

app = typer.Typer(help="Watchlists: entities and queries the desk cares about.", no_args_is_help=True)


def register(root: typer.Typer) -> None:
    """Adds the commands."""
    root.add_typer(app, name="watchlist")


@app.command("list", epilog="Example: chipwire watchlist list")
def list_(form: options.OutputFormat = Format.TABLE, config: options.Config = DEFAULT_CONFIG) -> None:
    """List the watchlists in force."""
    rows = [
        {"name": watchlist.name, "entities": len(watchlist.entities), "queries": len(watchlist.queries)}
        for watchlist in options.settings_for(config, shipped=True).watchlists
    ]
    output.write(rows, ("name", "entities", "queries"), form, empty="no watchlists; add `watchlists: [{use: chips}]`")


@app.command(epilog="Example: chipwire watchlist show chips")
def show(
    name: Annotated[str, typer.Argument(help="A watchlist, or the id of an entity.")],
    form: options.OutputFormat = Format.TABLE,
    config: options.Config = DEFAULT_CONFIG,
) -> None:
    """Show the entities and queries of a watchlist, or everything about one entity."""
    lists = options.settings_for(config, shipped=True).watchlists
    entities = [(w.name, e) for w in lists for e in w.entities if name in (w.name, e.id)]
    queries = [{"watchlist": w.name, "query": query} for w in lists if w.name == name for query in w.queries]
    if not entities and not queries:
        known = ", ".join(watchlist.name for watchlist in lists)
        raise ConfigError(f'no watchlist and no entity "{name}"; watchlists: {known}')
    rows = [_row(watchlist, entity) for watchlist, entity in entities]
    output.write(rows or queries, ("id", "name", "kind", "maker", "names") if rows else ("query",), form, empty="")
    if rows and queries and form is Format.TABLE:
        output.table(queries, ("query",))


def _row(watchlist: str, entity: EntitySpec) -> dict[str, Any]:
    ambiguous = [name for sense in entity.senses for name in sense.names]
    return {
        "watchlist": watchlist,
        "id": entity.id,
        "name": entity.name or (entity.names or entity.exact or (entity.id,))[0],
        "kind": entity.kind,
        "maker": entity.maker or entity.parent,
        "names": ", ".join(
            (*entity.names, *entity.exact, *entity.tickers, *(f"{name} (in context)" for name in ambiguous))
        ),
    }


@app.command(epilog="Example: chipwire watchlist add memory nanya --names 'Nanya Technology' --names 南亞科技")
def add(
    watchlist: Annotated[str, typer.Argument(help="A shipped watchlist to use, or one of your own.")],
    entity: Annotated[
        str | None, typer.Argument(help="Id of an entity to add: small letters, digits, hyphens.")
    ] = None,
    names: Annotated[list[str] | None, typer.Option(help="A name as articles write it; may be given again.")] = None,
    kind: Annotated[str, typer.Option(help="company, chip, technology, agency, government, rule ...")] = "company",
    maker: Annotated[str | None, typer.Option(help="Of a chip: the id of who makes it.")] = None,
    context: Annotated[list[str] | None, typer.Option(help="The names count only beside one of these words.")] = None,
    query: Annotated[str | None, typer.Option(help="A query to add in place of an entity.")] = None,
    backfill: Annotated[str | None, typer.Option(help="Also apply it to the stored articles of this time: 7d.")] = None,
    config: options.Config = DEFAULT_CONFIG,
) -> None:
    """Add a shipped watchlist, an entity or a query to the file; comments and order stay."""
    from typing import get_args

    from monitor.mentions import EntitySpec
    from monitor.mentions.edit import add_entity, add_query, use
    from monitor.model import EntityKind
    from monitor.settings.edit import edit

    kinds = {word: word for word in get_args(EntityKind)}
    if kind not in kinds:
        raise ConfigError(f'--kind "{kind}": write one of {", ".join(kinds)}')
    if query is not None:
        edit(config, lambda text: add_query(text, watchlist, query))
    elif entity is not None:
        spec = EntitySpec(id=entity, names=tuple(names or ()), kind=kinds[kind], maker=maker)
        edit(config, lambda text: add_entity(text, watchlist, spec, context or ()))
    else:
        edit(config, lambda text: use(text, watchlist))
    typer.echo(f"added to {config}; a running daemon takes it up within seconds")
    if backfill is not None:
        from monitor.settings.watch import digest

        since = options.moment(backfill, options.utc_now())
        typer.echo(control.ask(config, wish="backfill", target=since and since.isoformat(), text=digest(config)))


@app.command(epilog="Example: chipwire watchlist remove memory nanya")
def remove(
    watchlist: Annotated[str, typer.Argument(help="The watchlist.")],
    entity: Annotated[str | None, typer.Argument(help="Only this entity of it.")] = None,
    query: Annotated[str | None, typer.Option(help="Only this query of it.")] = None,
    config: options.Config = DEFAULT_CONFIG,
) -> None:
    """Take a watchlist, an entity or a query out of the file; comments and order stay."""
    from monitor.mentions.edit import drop, remove_entity, remove_query
    from monitor.settings.edit import edit

    if query is not None:
        edit(config, lambda text: remove_query(text, watchlist, query))
    elif entity is not None:
        edit(config, lambda text: remove_entity(text, watchlist, entity))
    else:
        edit(config, lambda text: drop(text, watchlist))
    typer.echo(f"removed from {config}; a running daemon takes it up within seconds")


@app.command("test", epilog="Example: chipwire watchlist test '英伟达H20芯片恢复对华出口'")
def try_out(
    text: Annotated[
        str | None, typer.Argument(help="A text; without one the watchlists' own examples are tried.")
    ] = None,
    against: Annotated[str | None, typer.Option(help="An archive: count hits per term and day, with samples.")] = None,
    limit: options.Limit = 50,
    form: options.OutputFormat = Format.TABLE,
    config: options.Config = DEFAULT_CONFIG,
) -> int:
    """Say why a text matches or does not: which term, where, which context decided."""
    from monitor.mentions import compile_lexicon

    watchlists = options.settings_for(config, shipped=True).watchlists
    lexicon = compile_lexicon(watchlists)
    if against is not None:
        _survey(lexicon, against, limit, form)
        return 0
    if text is not None:
        _explain(lexicon, text, form)
        return 0
    from monitor.mentions.examples import failures
    from monitor.watched import Watched

    failed = failures(compile_lexicon(Watched.of(watchlists).lists), watchlists)
    output.write(failed, ("entity", "text", "problem"), form, empty="every example comes out as it should")
    return int(bool(failed))


def _explain(lexicon: Lexicon, text: str, form: Format) -> None:
    from monitor.mentions.explain import explain
    from monitor.model import Article
    from monitor.text.language import detect

    found = explain(lexicon, Article(id="test", title="", text=text, language=detect("", text)))
    rows = [
        {"outcome": v.outcome, "entity": v.entity, "text": v.text, "start": v.start, "end": v.end, "reason": v.reason}
        for v in found.verdicts
    ]
    rows += [
        {
            "outcome": "query",
            "entity": hit.watchlist,
            "text": hit.query,
            "start": None,
            "end": None,
            "reason": "it holds",
        }
        for hit in found.hits
    ]
    output.write(
        rows, ("outcome", "entity", "text", "start", "reason"), form, empty="nothing in it is named like an entity"
    )


def _survey(lexicon: Lexicon, archive: str, limit: int, form: Format) -> None:
    from monitor.exchange import read_lines
    from monitor.mentions.survey import survey

    counts = survey(lexicon, (line.article for line in read_lines(archive) if line.article is not None))
    rows = [
        {
            "entity": count.entity or "query",
            "term": count.term,
            "articles": count.articles,
            "a_day": round(count.articles / max(1, len(count.days)), 1),
            "sample": count.samples[0] if count.samples else "",
            "days": {str(day): number for day, number in count.days.items()},
            "samples": count.samples,
        }
        for count in counts[:limit]
    ]
    output.write(rows, ("entity", "term", "articles", "a_day", "sample"), form, empty="nothing in it matches")
