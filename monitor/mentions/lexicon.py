"""Watchlists compiled once into what the reader of articles works with."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

from monitor.mentions import match
from monitor.mentions.names import is_acronym, is_cased, letters, spellings, ticker_sense
from monitor.mentions.probe import Probe
from monitor.mentions.query.parse import parse_query
from monitor.mentions.query.syntax import Named, Query, Words, needed, walk
from monitor.model import Entity
from monitor.text.fold import folded, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from monitor.mentions.watchlist import EntitySpec, Sense, Watchlist
    from monitor.model import Article, Reading

Role = Literal["name", "actor", "other", "word"]


@dataclass(frozen=True, slots=True)
class Term:
    """What one spelling stands for."""

    entity: str
    role: Role
    exact: str | None = None
    """Letters and digits as they must stand in the original; None: any case."""
    sense: Sense | None = None
    series: str | None = None
    """The spelling is only the head of a part number of this grammar."""
    word: Words | None = None
    """The word of queries that it is."""


@dataclass(frozen=True)
class Lexicon:
    """Names with their meanings, queries, and the automata that find them."""

    entities: Mapping[str, Entity]
    thresholds: Mapping[str, float]
    spelled: tuple[str, ...]
    """The spellings as they stand in a folded text: letters, digits, blanks."""
    terms: tuple[tuple[Term, ...], ...]
    """What each spelling stands for."""
    plurals: frozenset[int]
    """Spellings that count with an s as well."""
    queries: tuple[tuple[str, Query], ...] = ()
    """With the name of their watchlist."""
    anchors: Mapping[Words | Named, tuple[int, ...]] = field(default_factory=dict)
    """Queries worth asking where a word or entity is found."""
    unanchored: tuple[int, ...] = ()
    """Queries that must be asked of every article."""

    def read(self, article: Article) -> Reading:
        """Find what the watchlists name in an article."""
        return match.read(self, article)

    def find_latin(self, text: bytes) -> list[tuple[int, int]]:
        """Number and start of the ASCII spellings that are whole words of `text`: small letters, digits, blanks."""
        automaton, numbers = self._latin
        found = automaton.find_matches_as_indexes(text, overlapping=True)
        return [(numbers[pattern], start + 1) for pattern, start, _ in found] if found else []

    def find_wide(self, text: str) -> list[tuple[int, int]]:
        """Number and start of all other spellings in a folded text, within words too."""
        automaton, numbers = self._wide
        return [(numbers[n], start) for n, start, _ in automaton.find_matches_as_indexes(text, overlapping=True)]

    @cached_property
    def probe(self) -> Probe:
        """Tells early that a text which is not ASCII holds nothing but perhaps ASCII spellings."""
        return Probe(spelling for spelling in self.spelled if not spelling.isascii())

    @cached_property
    def _latin(self) -> tuple[BytesAhoCorasick, tuple[int, ...]]:
        patterns: list[bytes] = []
        numbers: list[int] = []
        for number, spelling in enumerate(self.spelled):
            if spelling.isascii():
                for ending in self._endings(number):
                    patterns.append(f" {spelling}{ending}".encode())
                    numbers.append(number)
        return BytesAhoCorasick(patterns), tuple(numbers)

    def _endings(self, number: int) -> tuple[str, ...]:
        if any(term.series for term in self.terms[number]):
            return ("",)
        return (" ", "s ")

    @cached_property
    def _wide(self) -> tuple[AhoCorasick, tuple[int, ...]]:
        numbers = tuple(number for number, spelling in enumerate(self.spelled) if not spelling.isascii())
        return AhoCorasick((self.spelled[number] for number in numbers), store_patterns=False), numbers


def compile_lexicon(watchlists: Iterable[Watchlist]) -> Lexicon:
    """Compile watchlists; an id in several of them is one entity with the names of all.

    QueryError where a query cannot be read, ValueError where a series does not begin with letters.
    """
    watchlists = tuple(watchlists)
    specs = [(watchlist.name, spec) for watchlist in watchlists for spec in watchlist.entities]
    queries = tuple((watchlist.name, parse_query(query)) for watchlist in watchlists for query in watchlist.queries)
    entities: dict[str, Entity] = {}
    for name, spec in specs:
        entities.setdefault(spec.id, _entity(spec, name))
    spelled, plurals = _spelled([spec for _, spec in specs], [query for _, query in queries])
    anchors, unanchored = _anchors(queries)
    return Lexicon(
        entities=MappingProxyType(entities),
        thresholds=MappingProxyType({spec.id: spec.threshold for _, spec in specs}),
        spelled=tuple(spelling for spelling, _ in spelled),
        terms=tuple(tuple(terms) for terms in spelled.values()),
        plurals=frozenset(number for number, key in enumerate(spelled) if key in plurals),
        queries=queries,
        anchors=MappingProxyType(anchors),
        unanchored=unanchored,
    )


Spelled = dict[tuple[str, bool], dict[Term, None]]
"""Terms by spelling; True for the head of a part number, whose end is seen only in the text."""


def _spelled(specs: Iterable[EntitySpec], queries: Iterable[Query]) -> tuple[Spelled, set[tuple[str, bool]]]:
    found: Spelled = {}
    plurals: set[tuple[str, bool]] = set()
    for spec in specs:
        for name, term in _terms(spec):
            for spelling in spellings(name):
                key = spelling, term.series is not None
                found.setdefault(key, {})[term] = None
                if spec.kind != "company" and term.role == "name" and not term.series:
                    plurals.add(key)
    for query in queries:
        for node in walk(query.root):
            if isinstance(node, Words):
                term = Term("", "word", exact=node.exact, word=node)
                for spelling in spellings(node.spelling):
                    found.setdefault((spelling, False), {})[term] = None
    return found, plurals


def _anchors(queries: Iterable[tuple[str, Query]]) -> tuple[dict[Words | Named, tuple[int, ...]], tuple[int, ...]]:
    anchors: defaultdict[Words | Named, list[int]] = defaultdict(list)
    unanchored: list[int] = []
    for number, (_, query) in enumerate(queries):
        places = needed(query.root)
        if places is None:
            unanchored.append(number)
        for place in places or ():
            anchors[place].append(number)
    return {place: tuple(numbers) for place, numbers in anchors.items()}, tuple(unanchored)


def _entity(spec: EntitySpec, watchlist: str) -> Entity:
    return Entity(
        id=spec.id,
        name=spec.name or next(iter((*spec.names, *spec.exact)), spec.id),
        kind=spec.kind,
        maker=spec.maker,
        parent=spec.parent,
        watchlist=watchlist,
        country=spec.country,
    )


def _terms(spec: EntitySpec) -> Iterator[tuple[str, Term]]:
    for name in spec.names:
        yield name, Term(spec.id, "name", exact=letters(name) if is_acronym(name) else None)
    for name in spec.exact:
        yield name, Term(spec.id, "name", exact=letters(name))
    for ticker in spec.tickers:
        yield ticker, Term(spec.id, "name", exact=letters(ticker), sense=ticker_sense(ticker))
    for sense in spec.senses:
        for name in sense.names:
            exact = _cased(name) if is_acronym(name) or not sense.folds else None
            yield name, Term(spec.id, "name", exact=exact, sense=sense)
    for name in spec.actors:
        yield name, Term(spec.id, "actor", exact=_cased(name))
    for name in spec.others:
        yield name, Term(spec.id, "other")
    for pattern in spec.series:
        yield _head(pattern), Term(spec.id, "name", series=pattern)


def _cased(name: str) -> str | None:
    return letters(name) if is_cased(name) else None


def _head(series: str) -> str:
    """The literal letters that a part number of this grammar begins with."""
    head = re.match(r"[^\\\[\](){}?*+.^$|\d-]+(?![?*{])", series)
    if head is None:
        raise ValueError(f"the series {series!r} does not begin with letters")
    return words(folded(head[0]))
