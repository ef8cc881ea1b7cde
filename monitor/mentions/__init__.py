"""Watchlists, and what they find in an article.

What reads articles is loaded at its first use: a poll that brings nothing new needs the watchlists alone.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from monitor.mentions.packs import CORE as _CORE
from monitor.mentions.packs import shipped_watchlist
from monitor.mentions.watchlist import Clue, EntitySpec, Sense, Watchlist

if TYPE_CHECKING:
    from monitor.mentions.lexicon import Lexicon, compile_lexicon
    from monitor.mentions.query import Query, QueryError, parse_query

__all__ = [
    "Clue",
    "EntitySpec",
    "Lexicon",
    "Query",
    "QueryError",
    "Sense",
    "Watchlist",
    "compile_lexicon",
    "parse_query",
    "shipped",
    "shipped_watchlist",
    "shipped_watchlists",
]

_LATER = {
    "Lexicon": "lexicon",
    "compile_lexicon": "lexicon",
    "Query": "query",
    "QueryError": "query",
    "parse_query": "query",
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_LATER[name]}"), name)


def shipped_watchlists() -> tuple[str, ...]:
    """Names of the packs that the shipped file uses; `packs.NAMES` has the wider ones as well."""
    return _CORE


def shipped(*names: str) -> Lexicon:
    """The lexicon of the packs of these names; of the three core packs where none is given."""
    from monitor.mentions.lexicon import compile_lexicon

    return compile_lexicon(map(shipped_watchlist, names or _CORE))
