"""The words of a language, compiled: which phrases a text holds and what each may mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import ahocorasick_rs

from monitor.claims.metrics import EVENTS
from monitor.text.fold import simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Pos = Literal["verb", "noun", "adjunct", "trap"]
"""How a word holds its figure: as a verb with subject and object, as a noun with an owner, as an adjunct beside the
figure; a trap holds it so that nothing else does."""

FIGURES = frozenset(
    [
        "money",
        "units",
        "wafers",
        "entities",
        "people",
        "other",
        "bare",
        "percent",
        "points",
        "multiple",
        "compute",
        "nm",
        "bytes",
        "power",
        "length",
    ]
)
"""What a word can hold: kinds of figures as the number grammar tells them apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One reading of a phrase: which metric it speaks of, and what must stand around it."""

    id: str
    metric: str | None
    """None: a trap."""
    pos: Pos
    fits: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    """Kinds of entity that may be the subject; empty: companies."""
    object: frozenset[str] = frozenset()
    """Classes of which one must stand in the clause: word classes of the language, or `entity:<kind>`."""
    also: frozenset[str] = frozenset()
    """Of these one more must stand there."""
    unless: frozenset[str] = frozenset()
    """Classes that must not stand in the clause."""
    act: str | None = None
    status: str | None = None
    sign: int = 1
    owner: str = ""
    """Who owns the figure where it is not the grammatical subject: `object` (what the verb acts on), `maker` (whoever
    makes the product), `buyer` (subject of the clause even before a foreign seller)."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """All that the tables say of one phrase."""

    text: str
    cues: frozenset[str] = frozenset()
    entries: tuple[Entry, ...] = ()


@dataclass(slots=True)
class Draft:
    cues: set[str] = field(default_factory=set)
    entries: list[Entry] = field(default_factory=list)


def _phrases(drafts: Mapping[str, Draft]) -> dict[str, Phrase]:
    # Thousands of phrases share a few hundred sets of cues.
    shared: dict[frozenset[str], frozenset[str]] = {}
    return {
        text: Phrase(text, shared.setdefault(cues := frozenset(d.cues), cues), tuple(d.entries))
        for text, d in drafts.items()
    }


def _classes(phrases: Iterable[Phrase]) -> dict[frozenset[str], frozenset[str]]:
    """Set of cues -> those of them that are classes."""
    return {cues: frozenset(c for c in cues if c.startswith("class:")) for cues in {p.cues for p in phrases}}


class Lexicon:
    """The compiled tables of one language; `find` is linear in the length of the text."""

    def __init__(
        self,
        language: str,
        *,
        spaced: bool,
        verb_final: bool,
        topic_chains: bool = False,
        simplified: bool = False,
        marked: bool = False,
        compounds: bool = False,
        particles: Mapping[str, tuple[str, ...]] | None = None,
        countries: Mapping[str, str] | None = None,
        verb_endings: tuple[str, ...] = (),
        drafts: Mapping[str, Draft],
    ) -> None:
        self.language = language
        self.spaced = spaced
        self.topic_chains = topic_chains
        self.simplified = simplified
        self.marked = marked
        self.particles = dict(particles or {})
        self.countries = dict(countries or {})
        """Letters that stand for a country in headlines (美) -> its government."""
        self.verb_final = verb_final
        self.verb_endings = verb_endings
        self.phrases = _phrases(drafts)
        told = ((p.text, tuple(e for e in p.entries if e.metric in EVENTS)) for p in self.phrases.values())
        self.acts = {text: entries for text, entries in told if entries}
        """Phrase -> those of its readings that need no figure."""
        classes = _classes(self.phrases.values())
        self._searches: dict[str, re.Pattern[str]] = {}
        self.compounds = compounds
        self._heads = _heads(self.phrases.values()) if compounds else {}
        self._lead = " " if spaced else ""
        self._patterns = [
            p for p in self.phrases.values()
            if p.entries or not (spaced and len(classes[p.cues]) == len(p.cues) and " " in p.text)
        ]  # fmt: skip
        self._found = {p.text: p for p in self._patterns}
        self._classed = [p.text for p in self.phrases.values() if classes[p.cues]]
        self._classes = [classes[self.phrases[text].cues] for text in self._classed]
        self._automaton = ahocorasick_rs.AhoCorasick(
            [self._lead + p.text for p in self._patterns], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(text.split(" ", 1)[0] for text in self.phrases)

    @cached_property
    def _class_automaton(self) -> ahocorasick_rs.AhoCorasick:
        return ahocorasick_rs.AhoCorasick([self._lead + text for text in self._classed])

    def find(self, text: str) -> Iterator[tuple[int, int, Phrase]]:
        """Phrases in order of place, the longest at each, none overlapping; in spaced languages whole words only."""
        folded = fold(text)
        if self.simplified:
            folded = simplified(folded)
        if not self.spaced:
            for index, start, end in self._automaton.find_matches_as_indexes(folded):
                yield start, end, self._patterns[index]
            return
        padded = " " + folded + " "
        done = 0
        for index, start, end in self._automaton.find_matches_as_indexes(padded):
            if start < done:
                continue
            if not padded[end].isalnum():
                done = end
                yield start, end - 1, self._patterns[index]
                continue
            for found in self._whole(padded, start, end):
                done = found[1] + 1
                yield found

    def compound(self, word: str) -> Phrase | None:
        """What the last part of a compound says: "Rechenzentrumsumsatz" is an "Umsatz"; its case does not matter."""
        if not self._heads or len(word) < _SHORTEST_COMPOUND or not word[:1].isupper():
            return None
        folded = fold(word)
        for tail in _CASES:
            if not folded.endswith(tail):
                continue
            stem = folded.removesuffix(tail)
            for start in range(max(1, len(stem) - _LONGEST_HEAD), len(stem) - _SHORTEST_HEAD + 1):
                if (start >= _SHORTEST_HEAD - 1) and stem[start:] in self._heads:
                    return self._heads[stem[start:]]
            if tail and stem in self._heads:
                return self._heads[stem]
        return None

    def holds(self, text: str, cue: str) -> bool:
        """Whether a phrase with `cue` stands in `text`."""
        found = self._searches.get(cue)
        if found is None:
            phrases = sorted((re.escape(p.text) for p in self.phrases.values() if cue in p.cues), key=len, reverse=True)
            found = self._searches[cue] = re.compile(
                rf"\b(?:{'|'.join(phrases)})\b" if phrases else "(?!)", re.IGNORECASE
            )
        return found.search(text) is not None

    def classes(self, text: str) -> list[tuple[int, frozenset[str]]]:
        """Where words of a class begin, with their classes, in order; they may overlap each other and phrases."""
        folded = " " + fold(text) + " " if self.spaced else fold(text)
        found: list[tuple[int, frozenset[str]]] = []
        for index, start, end in self._class_automaton.find_matches_as_indexes(folded, overlapping=True):
            if not (self.spaced and folded[end].isalnum()):
                found.append((start, self._classes[index]))
        found.sort(key=lambda item: item[0])
        return found

    def _whole(self, padded: str, start: int, end: int) -> Iterator[tuple[int, int, Phrase]]:
        """A match that stops inside a word: the longest phrases of whole words from each word it touched."""
        while 0 <= start < end:
            first = _FIRST_WORD.match(padded, start + 1)
            if first is None or first.group() not in self._first_words:
                start = padded.find(" ", start + 1)
                continue
            cuts = _word_ends(padded, start)
            cut = next((c for c in reversed(cuts) if padded[start + 1 : c] in self._found), None)
            if cut is None:
                start = padded.find(" ", start + 1)
                continue
            yield start, cut - 1, self._found[padded[start + 1 : cut]]
            start = cut if padded[cut] == " " else padded.find(" ", cut)


_SHORTEST_HEAD, _LONGEST_HEAD, _SHORTEST_COMPOUND = 4, 24, 7
_CASES = ("", "s", "es", "n", "en", "e")
"""What a noun in another case or number may end in."""


def _heads(phrases: Iterable[Phrase]) -> dict[str, Phrase]:
    """The nouns of the tables, and the words of their classes, that may end a compound."""
    found: dict[str, Phrase] = {}
    for phrase in phrases:
        entries = tuple(e for e in phrase.entries if e.pos in ("noun", "trap"))
        cues = frozenset(c for c in phrase.cues if c.startswith("class:") or c == "goal")
        if len(phrase.text) >= _SHORTEST_HEAD and phrase.text.isalpha() and (entries or cues):
            found[phrase.text] = Phrase(phrase.text, cues, entries)
    return found


_FIRST_WORD = re.compile(r"[^\W_]+(?:'[^\W_]*)*|'[^\W_]*")
LONGEST_PHRASE = 7
"""Words."""


def _word_ends(padded: str, start: int) -> list[int]:
    """Ends of the first words after `start`, up to a mark."""
    ends: list[int] = []
    at = start + 1
    while at < len(padded) and len(ends) < LONGEST_PHRASE:
        while at < len(padded) and (padded[at].isalnum() or padded[at] == "'"):
            at += 1
        ends.append(at)
        if at >= len(padded) or padded[at] != " ":
            break
        at += 1
    return ends


_BLANKS = str.maketrans(dict.fromkeys('-‐‑–—/()[]{}"“”„«»*_|<>\t\n\r\xa0\u3000', " ") | {"’": "'", "‘": "'", "＇": "'"})


def fold(text: str) -> str:
    """Lower case, hyphens, brackets and double quotes as blanks, straight apostrophes; the same length as `text`."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return lowered.translate(_BLANKS)
