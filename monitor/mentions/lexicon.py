"""Watchlists compiled once into what the reader of articles works with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

from monitor.mentions import match, packs
from monitor.mentions.names import is_acronym, letters, spellings, ticker_sense
from monitor.mentions.watchlist import EntitySpec, Sense, Watchlist
from monitor.model import Entity
from monitor.text.fold import folded, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from monitor.model import Article, Reading

__all__ = ["EntitySpec", "Lexicon", "Sense", "Watchlist", "compile_watchlists", "shipped"]

Role = Literal["name", "actor", "other"]


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


@dataclass(frozen=True)
class Lexicon:
    """Names with their meanings, and the automata that find them."""

    entities: Mapping[str, Entity]
    thresholds: Mapping[str, float]
    terms: tuple[tuple[Term, ...], ...]
    """By number of the spelling."""
    spelled: tuple[str, ...]
    """The spellings as they stand in a folded text: letters, digits, blanks."""
    plurals: frozenset[int]
    """Spellings that count with an s as well."""

    def read(self, article: Article) -> Reading:
        """Find what the watchlists name in an article."""
        return match.read(self, article)

    @cached_property
    def latin(self) -> tuple[BytesAhoCorasick, tuple[int, ...]]:
        """For texts that fold to ASCII: spellings with a blank at either end, so that only whole words are found."""
        patterns: list[bytes] = []
        numbers: list[int] = []
        for number, spelling in enumerate(self.spelled):
            if not spelling.isascii():
                continue
            head_only = all(term.series for term in self.terms[number])
            for ending in self._endings(number, head_only=head_only):
                patterns.append(f" {spelling}{ending}".encode())
                numbers.append(number)
        return BytesAhoCorasick(patterns), tuple(numbers)

    def _endings(self, number: int, *, head_only: bool) -> Sequence[str]:
        if head_only:
            return ("",)
        return (" ", "s ") if number in self.plurals else (" ",)

    @cached_property
    def wide(self) -> AhoCorasick:
        """For all other texts: spellings as they are; where words end is looked at afterwards."""
        return AhoCorasick(self.spelled, store_patterns=False)


def compile_watchlists(watchlists: Iterable[Watchlist]) -> Lexicon:
    """Compile watchlists; an id in several of them is one entity with the names of all."""
    entities: dict[str, Entity] = {}
    thresholds: dict[str, float] = {}
    found: dict[tuple[str, bool], dict[Term, None]] = {}
    plurals: set[str] = set()
    for watchlist in watchlists:
        for spec in watchlist.entities:
            entities.setdefault(spec.id, _entity(spec, watchlist.name))
            thresholds[spec.id] = spec.threshold
            for name, term in _terms(spec):
                for spelling in spellings(name):
                    found.setdefault((spelling, term.series is not None), {})[term] = None
                    if spec.kind != "company" and term.role == "name":
                        plurals.add(spelling)
    spelled = tuple(spelling for spelling, _ in found)
    return Lexicon(
        entities=MappingProxyType(entities),
        thresholds=MappingProxyType(thresholds),
        terms=tuple(tuple(terms) for terms in found.values()),
        spelled=spelled,
        plurals=frozenset(number for number, (spelling, head) in enumerate(found) if spelling in plurals and not head),
    )


def shipped(*names: str) -> Lexicon:
    """The lexicon of the packs of these names; of all where none is given."""
    return compile_watchlists(map(packs.shipped, names or packs.NAMES))


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
            yield name, Term(spec.id, "name", exact=None if sense.folds else letters(name), sense=sense)
    for name in spec.actors:
        yield name, Term(spec.id, "actor", exact=letters(name))
    for name in spec.others:
        yield name, Term(spec.id, "other")
    for pattern in spec.series:
        yield _head(pattern), Term(spec.id, "name", series=pattern)


def _head(series: str) -> str:
    """The literal letters that a part number of this grammar begins with."""
    head = re.match(r"[^\\\[\](){}?*+.^$|\d]+(?![?*{])", series)
    if head is None:
        raise ValueError(f"the series {series!r} does not begin with letters")
    return words(folded(head[0]))
