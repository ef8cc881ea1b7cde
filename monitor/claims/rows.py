"""The sentences of an article as rows of tokens, made where somebody asks for them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.claims.draft import Place
from monitor.claims.layers import layers, outside_bounds, start_of
from monitor.claims.metrics import EVENTS
from monitor.claims.tokens import annotate, class_names, fill, phrase_token
from monitor.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.claims.tokens import Token
    from monitor.claims.words import Entry, Lexicon, Phrase
    from monitor.model import Article, Field, Reading

LONGEST_SENTENCE = 1500
"""Characters of a sentence that are analysed; what stands beyond, in text without stops, is not read."""


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence and what the layers found in it."""

    place: Place
    reach: int
    """Where what is read of it ends."""
    words: Lexicon
    known: Sequence[Token]
    phrases: Sequence[tuple[int, int, Phrase]]
    """Those that are no tokens yet."""
    classes: Sequence[tuple[int, frozenset[str]]]

    def has_figure(self) -> bool:
        """Whether a figure stands in it."""
        return any(token.kind == "figure" for token in self.known)

    def acts(self) -> Iterator[Entry]:
        """The readings of its phrases that tell of acts without a number."""
        acts = self.words.acts
        for _, _, phrase in self.phrases:
            yield from acts.get(phrase.text, ())
        for token in self.known:
            yield from (e for e in token.entries if e.metric in EVENTS)

    def classes_of_words(self) -> frozenset[str]:
        """The word classes of its phrases, and of the words within them."""
        told = {phrase.cues for _, _, phrase in self.phrases} | {token.cues for token in self.known}
        told |= {cues for _, cues in self.classes}
        return frozenset[str]().union(*map(class_names, told))

    def tokens(self) -> list[Token]:
        """Its tokens, with words and marks for what stands between the known ones; new ones with each call."""
        text, known = self.place.text, self.known
        if self.phrases:
            found = (phrase_token(start, end, text, phrase) for start, end, phrase in self.phrases)
            figures = [t for t in known if t.kind == "figure"]
            known = sorted([*known, *outside_bounds(found, figures)], key=start_of)
        row = fill(text, self.place.start, self.reach, known)
        for token in row if self.words.compounds else ():
            _head(token, self.words)
        annotate(row, self.classes)
        return row


def rows(field: Field, article: Article, reading: Reading, words: Lexicon) -> Iterator[Row]:
    """The sentences of a field in order; the title is one."""
    text = article.title if field == "title" else article.text
    if not text:
        return
    lead = 0 if field == "title" else _lead(article)
    spans = [(0, len(text))] if field == "title" else sentences(text[lead:])
    known, phrases = layers(field, " " * lead + text[lead:] if lead else text, article, reading, words)
    starts, begins = [t.start for t in known], [start for start, _, _ in phrases]
    classes = words.classes(text) if words.spaced else []
    places = [start for start, _ in classes]
    for begin, stop in spans:
        start, end = begin + lead, stop + lead
        reach = min(end, start + LONGEST_SENTENCE)
        yield Row(
            Place(field, text, start, end), reach, words,
            [t for t in known[bisect_left(starts, start) : bisect_left(starts, reach)] if t.end <= reach],
            [p for p in phrases[bisect_left(begins, start) : bisect_left(begins, reach)] if p[1] <= reach],
            classes[bisect_left(places, start) : bisect_left(places, reach)],
        )  # fmt: skip


def _head(token: Token, words: Lexicon) -> None:
    """Gives a compound of no table what its last part says."""
    phrase = words.compound(token.text) if token.kind == "word" else None
    if phrase is not None:
        token.kind, token.cues, token.entries = "phrase", phrase.cues, phrase.entries


def _lead(article: Article) -> int:
    """Where a text begins that repeats its title in front, as flash news do: "【title】text"."""
    text = article.text
    if not text.startswith("【"):
        return 0
    end = text.find("】", 0, LONGEST_SENTENCE) + 1
    return end if text[1 : end - 1].strip() == article.title.strip() else 0
