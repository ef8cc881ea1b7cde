"""The shipped packs: YAML beside this file, compiled ahead into JSON so that start-up reads no YAML."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from monitor.mentions.watchlist import Clue, EntitySpec, Sense, Watchlist

CORE = ("companies", "chips", "export-controls")
NAMES = (*CORE, "companies-wider", "chips-wider", "export-controls-wider")
"""The wider packs hold what stands one step beyond the desk's subject; they need the core beside them."""
_TUPLES = ("names", "exact", "tickers", "others", "actors", "series", "hits", "misses")


def shipped_watchlist(name: str) -> Watchlist:
    """The pack of this name; KeyError where none is shipped."""
    if name not in NAMES:
        raise KeyError(name)
    rows: list[dict[str, Any]] = json.loads(files(__name__).joinpath(f"{name}.json").read_text("utf-8"))
    return Watchlist(name=name, entities=tuple(map(_entity, rows)))


def _entity(row: dict[str, Any]) -> EntitySpec:
    fields: Any = {key: tuple(value) if key in _TUPLES else value for key, value in row.items() if key != "senses"}
    return EntitySpec(**fields, senses=tuple(map(_sense, row.get("senses", ()))))


def _sense(row: dict[str, Any]) -> Sense:
    return Sense(
        names=tuple(row["names"]),
        prior=row.get("prior", 0.0),
        clues=tuple(Clue(where=where, pattern=pattern, weight=weight) for where, pattern, weight in row["clues"]),
        partners=tuple(row.get("partners", ())),
        folds=row.get("folds", False),
    )
