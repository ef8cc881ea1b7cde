"""Watchlists of the file -> the words of `mentions`."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.mentions import packs, shipped_watchlist, shipped_watchlists
from monitor.mentions.watchlist import Clue, EntitySpec, Sense, Watchlist
from monitor.settings import words
from monitor.text.fold import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monitor.settings.schema import EntityTable, WatchlistTable
    from monitor.settings.source import Location

    Problem = Callable[[Location, str], None]


def convert(tables: Sequence[WatchlistTable], problem: Problem) -> tuple[Watchlist, ...]:
    """Shipped ones by name, own ones as written; each name and each entity id once."""
    lists: dict[str, Watchlist] = {}
    for index, table in enumerate(tables):
        watchlist = _watchlist(index, table, problem)
        if watchlist is None:
            continue
        if watchlist.name in lists:
            problem(("watchlists", index), f'a watchlist "{watchlist.name}" stands already; rename one')
        lists[watchlist.name] = watchlist
    if any(table.queries for table in tables):
        _check_queries(tables, tuple(lists.values()), problem)
    return tuple(lists.values())


def _check_queries(tables: Sequence[WatchlistTable], lists: Sequence[Watchlist], problem: Problem) -> None:
    known = {spec.id for watchlist in lists for spec in watchlist.entities}
    known |= {spec.id for name in shipped_watchlists() for spec in shipped_watchlist(name).entities}
    for index, table in enumerate(tables):
        for number, query in enumerate(table.queries):
            _check_query(query, known, ("watchlists", index, "queries", number), problem)


def _check_query(query: str, known: set[str], location: Location, problem: Problem) -> None:
    from monitor.mentions.query import QueryError, parse_query

    try:
        named = parse_query(query).entities
    except QueryError as error:
        problem(location, str(error))
        return
    for entity in sorted(set(named) - known):
        problem(location, _unknown(entity, known))


def _unknown(entity: str, known: set[str]) -> str:
    close = difflib.get_close_matches(entity, known, n=1)
    return f'unknown entity "{entity}"' + (
        f'; did you mean "{close[0]}"?' if close else "; `chipwire watchlist show` lists them"
    )


def _watchlist(index: int, table: WatchlistTable, problem: Problem) -> Watchlist | None:
    if table.use is not None:
        if table.use not in packs.NAMES:
            problem(("watchlists", index, "use"), words.unknown("shipped watchlist", table.use, packs.NAMES))
            return None
        return packs.shipped_watchlist(table.use)
    return Watchlist(
        name=table.name or "", entities=tuple(_entity(entity) for entity in table.entities), queries=table.queries
    )


def _entity(table: EntityTable) -> EntitySpec:
    spec = EntitySpec(
        id=table.id,
        name=table.name or table.names[0],
        kind=table.kind,
        maker=table.maker,
        parent=table.parent,
        others=table.forbid,
    )
    if not table.context:
        return replace(spec, names=table.names)
    context = "|".join(re.escape(folded(word)) for word in table.context)
    sense = Sense(names=table.names, clues=(Clue(where="article", pattern=context, weight=1.0),), folds=True)
    return replace(spec, senses=(sense,))
