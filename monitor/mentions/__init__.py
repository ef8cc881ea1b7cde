"""Watchlists, and what they find in an article."""

from __future__ import annotations

from monitor.mentions.lexicon import Lexicon, compile_lexicon
from monitor.mentions.packs import CORE as _CORE
from monitor.mentions.packs import shipped_watchlist
from monitor.mentions.query import Query, QueryError, parse_query
from monitor.mentions.watchlist import Clue, EntitySpec, Sense, Watchlist

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


def shipped_watchlists() -> tuple[str, ...]:
    """Names of the packs that the shipped file uses; `packs.NAMES` has the wider ones as well."""
    return _CORE


def shipped(*names: str) -> Lexicon:
    """The lexicon of the packs of these names; of the three core packs where none is given."""
    return compile_lexicon(map(shipped_watchlist, names or _CORE))
