"""Adds to and removes from the watchlists of `feeds.yaml`; no other byte of the file changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from monitor.errors import ConfigError
from monitor.mentions.yaml_text import YamlText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.mentions.watchlist import EntitySpec

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_KEY = "watchlists"

Row = dict[str, Any]


def use(text: str, pack: str) -> str:
    """The file with a shipped pack in use; ConfigError where it is in use already."""
    if _place(_lists(text), "use", pack) is not None:
        raise ConfigError(f"the shipped watchlist {pack!r} is in use already")
    return _add_list(text, {"use": pack})


def drop(text: str, name: str) -> str:
    """The file without a watchlist, shipped or own; ConfigError where there is none of that name."""
    lists = _lists(text)
    place = _place(lists, "use", name)
    if place is None:
        place = _place(lists, "name", name)
    if place is None:
        known = ", ".join(str(row.get("use") or row.get("name")) for row in lists)
        raise ConfigError(f"no watchlist {name!r}; there are: {known or 'none'}")
    return _remove(text, (_KEY, place))


def add_entity(text: str, watchlist: str, spec: EntitySpec, context: Sequence[str] = ()) -> str:
    """The file with an entity in an own watchlist, which is made where there is none of that name.

    `context` makes the names ambiguous: one of its words must stand in the article. ConfigError for an id that is none
    or stands there already, and for an entity without names.
    """
    if not _ID.match(spec.id):
        raise ConfigError(f"{spec.id!r} is no id; write small letters, digits and hyphens, such as acme-chips")
    if not spec.names:
        raise ConfigError(f"{spec.id}: give at least one name")
    lists = _lists(text)
    place = _place(lists, "name", watchlist)
    if place is not None and _find(lists[place].get("entities"), spec.id) is not None:
        raise ConfigError(f"{watchlist}: {spec.id!r} stands there already; remove it first")
    return _add(text, watchlist, "entities", _row(spec, context))


def remove_entity(text: str, watchlist: str, entity: str) -> str:
    """The file without an entity of an own watchlist; a watchlist that would be left with nothing goes as well."""
    place, row = _own(text, watchlist)
    index = _find(row.get("entities"), entity)
    if index is None:
        known = ", ".join(str(each.get("id")) for each in row.get("entities") or ())
        raise ConfigError(f"{watchlist}: no entity {entity!r}; there are: {known or 'none'}")
    return _remove_part(text, place, row, "entities", index)


def add_query(text: str, watchlist: str, query: str) -> str:
    """The file with a query in an own watchlist, which is made where there is none of that name."""
    lists = _lists(text)
    place = _place(lists, "name", watchlist)
    if place is not None and query in (lists[place].get("queries") or ()):
        raise ConfigError(f"{watchlist}: this query stands there already")
    return _add(text, watchlist, "queries", query)


def remove_query(text: str, watchlist: str, query: str) -> str:
    """The file without a query of an own watchlist; a watchlist that would be left with nothing goes as well."""
    place, row = _own(text, watchlist)
    queries = row.get("queries") or []
    if query not in queries:
        raise ConfigError(f"{watchlist}: no such query: {query}")
    return _remove_part(text, place, row, "queries", queries.index(query))


def _row(spec: EntitySpec, context: Sequence[str]) -> Row:
    row: Row = {"id": spec.id, "names": list(spec.names)}
    optional = {
        "name": spec.name,
        "kind": spec.kind if spec.kind != "company" else None,
        "maker": spec.maker,
        "parent": spec.parent,
        "context": list(context),
        "forbid": list(spec.others),
    }
    return row | {key: value for key, value in optional.items() if value}


def _lists(text: str) -> list[Row]:
    try:
        root = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ConfigError(f"the file is no YAML: {error}") from None
    if root is None:
        return []
    lists = root.get(_KEY) if isinstance(root, dict) else ()
    if lists is not None and not (isinstance(lists, list) and all(isinstance(row, dict) for row in lists)):
        raise ConfigError("`watchlists:` must hold a list of watchlists; mend the file first")
    return lists or []


def _place(lists: list[Row], key: str, name: str) -> int | None:
    return next((number for number, row in enumerate(lists) if row.get(key) == name), None)


def _find(entities: list[Row] | None, entity: str) -> int | None:
    return next((number for number, each in enumerate(entities or ()) if each.get("id") == entity), None)


def _own(text: str, name: str) -> tuple[int, Row]:
    lists = _lists(text)
    place = _place(lists, "name", name)
    if place is None:
        shipped = _place(lists, "use", name) is not None
        hint = ": it is a shipped one, which cannot be edited; add to one of your own" if shipped else ""
        raise ConfigError(f"no watchlist {name!r} of your own{hint}")
    return place, lists[place]


def _add(text: str, watchlist: str, key: str, value: Row | str) -> str:
    lists = _lists(text)
    place = _place(lists, "name", watchlist)
    if place is None:
        if _place(lists, "use", watchlist) is not None:
            _own(text, watchlist)
        return _add_list(text, {"name": watchlist, key: [value]})
    document = YamlText(text)
    if not lists[place].get(key):
        return document.with_key((_KEY, place), key, [value])
    return document.with_item((_KEY, place, key), value)


def _add_list(text: str, row: Row) -> str:
    document = YamlText(text)
    return document.with_item((_KEY,), row) if _lists(text) else document.with_key((), _KEY, [row])


def _remove_part(text: str, place: int, row: Row, key: str, index: int) -> str:
    if len(row[key]) > 1:
        return _remove(text, (_KEY, place, key, index))
    other = "queries" if key == "entities" else "entities"
    return _remove(text, (_KEY, place, key) if row.get(other) else (_KEY, place))


def _remove(text: str, path: tuple[str | int, ...]) -> str:
    document = YamlText(text)
    if path == (_KEY, 0) and len(_lists(text)) == 1:
        return document.without((_KEY,))
    return document.without(path)
