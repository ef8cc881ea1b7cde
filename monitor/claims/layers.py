"""What the layers find in a field of an article: names, periods, figures and phrases, none overlapping another."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from monitor.claims import numbers
from monitor.claims.period import periods
from monitor.claims.tokens import Token, layered, name_token, phrase_token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor.claims.numbers.model import Quantity
    from monitor.claims.words import Lexicon, Phrase
    from monitor.model import Article, Field, Reading

LONGEST_OVERLAP = 4
"""Names and periods that one phrase can reach into."""
_PREPOSITIONS = frozenset({"in", "for", "by", "until", "from", "to", "on", "at", "through", "over"})
"""With which a period may begin and a phrase end."""
_WIDER = frozenset({"foreign", "common"})
"""What outranks the name of a country: longer names that begin with it, and common words."""
_AT_MOST = re.compile(r"at (?:most|least)\b", re.IGNORECASE)
_LETTER = re.compile(r"(?<![一-龥])[一-龥](?![一-龥])")


class Layers(NamedTuple):
    """Tokens in order of place; and, in languages where none is cut by another layer, phrases still to become some."""

    tokens: list[Token]
    phrases: list[tuple[int, int, Phrase]]


def layers(field: Field, searched: str, article: Article, reading: Reading, words: Lexicon) -> Layers:
    """What stands in `searched`, a field of the article as it is or with a part blotted out."""
    text = article.title if field == "title" else article.text
    names = [name_token(m, text) for m in reading.mentions if m.field == field]
    actors = [name_token(m, text, actor=True) for m in reading.actors if m.field == field]
    if words.countries:
        actors = sorted([*actors, *_countries(text, words)], key=start_of)
    named = layered(names, period_tokens(searched, article, words.language))
    periods = [t for t in named if t.kind == "period"]  # H200 is no half of 2000
    masked = [(t.start, t.end) for t in (*names, *periods)]
    name_starts = sorted(t.start for t in names)
    figures = [_figure(q, text, name_starts) for q in numbers.quantities(searched, words.language, masked)]
    if words.spaced:
        rates = [p for p in periods if p.period is not None and p.period.rule == "per_year"]
        dated = [p for p in periods if p not in rates]
        found = _recut(_phrases(text, text, words), sorted((*names, *dated), key=start_of), text, words)
        _take_nouns(figures, found)
        found = _before_bounds(found, figures, text, words)
        beside = outside_bounds(_rated(found, rates), figures)
        return Layers(layered(names, dated, figures, actors, beside, rates), [])
    taken = layered(named, figures)
    if actors:
        wider = [
            phrase_token(start, end, text, phrase)
            for start, end, phrase in words.find(_blanked(searched, taken))
            if not _WIDER.isdisjoint(phrase.cues)
        ]
        taken = layered(taken, layered(wider, actors))
    blanked = _blanked(searched, taken)
    if not words.marked:
        return Layers(taken, list(words.find(blanked)))
    phrases = list(outside_bounds(_phrases(text, blanked, words), figures))
    phrases = _past_bounds(text, blanked, words, figures, phrases)
    return Layers(sorted([*taken, *phrases], key=start_of), [])


def _countries(text: str, words: Lexicon) -> Iterator[Token]:
    """Letters that stand for a country, apart from other letters of their script: "美, 수출 허용"."""
    for match in _LETTER.finditer(text):
        if (entity := words.countries.get(match.group())) is not None:
            yield Token("name", match.start(), match.end(), match.group(), entity=entity, actor=True, capital=True)


def _past_bounds(
    text: str, blanked: str, words: Lexicon, figures: Sequence[Token], phrases: Sequence[Token]
) -> list[Token]:
    """The phrases, and those that begin right behind a bound into which a longer one reached: "3万個以上納めた"."""
    tails = [(t.end, t.figure.end) for t in figures if t.figure is not None and t.figure.end > t.end]
    letters = list(blanked)
    for start, end in tails:
        letters[start:end] = "\0" * (end - start)
    kept = [p for p in phrases if not (p.entries and any(start < p.start < end for start, end in tails))]
    return layered(kept, _phrases(text, "".join(letters), words)) if tails else list(phrases)


def start_of(token: Token) -> int:
    """Where it begins; what tokens are sorted by."""
    return token.start


def _phrases(text: str, searched: str, words: Lexicon) -> Iterator[Token]:
    return (phrase_token(start, end, text, phrase) for start, end, phrase in words.find(searched))


def _recut(phrases: Iterable[Token], taken: Sequence[Token], text: str, words: Lexicon) -> list[Token]:
    """Phrases that reach into a name or period, cut to what they hold beside it: "cumulative |shipments|"."""
    kept: list[Token] = []
    at = 0
    for phrase in phrases:
        while at < len(taken) and taken[at].end <= phrase.start:
            at += 1
        if at == len(taken) or taken[at].start >= phrase.end:
            kept.append(phrase)
            continue
        if (head := _before_period(text, phrase, taken[at])) is not None:
            kept.append(head)
            continue
        rest = _blanked_within(text, phrase, taken[at : at + LONGEST_OVERLAP])
        kept += [
            phrase_token(phrase.start + start, phrase.start + end, text, found)
            for start, end, found in words.find(rest)
        ]  # fmt: skip
    return kept


def _before_bounds(phrases: Sequence[Token], figures: Sequence[Token], text: str, words: Lexicon) -> list[Token]:
    """Phrases whose last word belongs to a bound, without it: "is likely to |sell| at most 300,000"."""
    bounds = [t.figure.start for t in figures if t.figure is not None and _AT_MOST.match(text, t.figure.start)]
    if not bounds:
        return list(phrases)
    kept: list[Token] = []
    for phrase in phrases:
        at = next((b for b in bounds if phrase.start < b < phrase.end), None)
        kept += (
            [phrase]
            if at is None
            else (
                phrase_token(phrase.start + start, phrase.start + end, text, found)
                for start, end, found in words.find(text[phrase.start : at])
            )
        )
    return kept


def _before_period(text: str, phrase: Token, taken: Token) -> Token | None:
    """Of a phrase whose last word, a preposition, belongs to a period what stands before: "scheduled |for May|"."""
    if taken.period is None or not phrase.start < taken.start < phrase.end <= taken.end:
        return None
    end = phrase.start + len(text[phrase.start : taken.start].rstrip())
    tail = text[taken.start : phrase.end].lower()
    if tail not in _PREPOSITIONS:
        return None
    return Token(
        "phrase", phrase.start, end, text[phrase.start : end], phrase.cues, phrase.entries, capital=phrase.capital
    )


def _blanked_within(text: str, phrase: Token, taken: Sequence[Token]) -> str:
    letters = list(text[phrase.start : phrase.end])
    for token in taken:
        start, end = max(token.start, phrase.start), min(token.end, phrase.end)
        if start < end:
            letters[start - phrase.start : end - phrase.start] = "\0" * (end - start)
    return "".join(letters)


def _blanked(text: str, taken: Iterable[Token]) -> str:
    """`text` with what is taken, in order of place, blotted out: else a phrase could begin within a name or date."""
    parts: list[str] = []
    at = 0
    for token in taken:
        parts += (text[at : token.start], "\0" * (token.end - token.start))
        at = token.end
    return "".join((*parts, text[at:]))


def _figure(quantity: Quantity, text: str, name_starts: Sequence[int]) -> Token:
    start, end = quantity.number_span
    unit = quantity.unit_span
    if unit is not None:
        start = min(start, unit[0])
        following = bisect_left(name_starts, end)
        if following == len(name_starts) or name_starts[following] >= unit[1]:
            end = max(end, unit[1])
    return Token("figure", start, end, text[start:end], figure=quantity)


def _take_nouns(figures: Sequence[Token], phrases: Sequence[Token]) -> None:
    """Gives a rate the noun within it that holds it: "half of the dies"."""
    at = 0
    for figure in figures:
        if figure.figure is None or figure.figure.kind not in ("percent", "multiple"):
            continue
        while at < len(phrases) and phrases[at].start < figure.start:
            at += 1
        for phrase in phrases[at:]:
            if phrase.start >= figure.end:
                break
            figure.entries += tuple(
                e for e in phrase.entries
                if e.pos == "noun" and e.metric and ("percent" in e.fits or figure.figure.kind == "multiple")
            )  # fmt: skip


def _rated(phrases: Iterable[Token], rates: Sequence[Token]) -> Iterator[Token]:
    """Phrases that hold a rate ("revenue run rate") with the period that it is."""
    starts = [r.start for r in rates]
    for phrase in phrases:
        at = bisect_left(starts, phrase.start)
        if at < len(rates) and rates[at].end <= phrase.end:
            phrase.period = rates[at].period
        yield phrase


def outside_bounds(phrases: Iterable[Token], figures: Sequence[Token]) -> Iterator[Token]:
    """Phrases without those that only bound a figure ("more than", "up to"); verbs and directions stay."""
    at = 0
    for phrase in phrases:
        while at < len(figures) and figures[at].start <= phrase.start:
            at += 1
        quantity = figures[at].figure if at < len(figures) else None
        if quantity is not None and phrase.end > quantity.start and not _tells(phrase, quantity):
            continue
        yield phrase


def _tells(phrase: Token, quantity: Quantity) -> bool:
    if phrase.start < quantity.start or phrase.entries or phrase.has("link", "verb", "respectively"):
        return True
    return quantity.lead in ("by", "to", "from") and phrase.has("rise", "fall", "from", "to", "by", "previous")


def period_tokens(text: str, article: Article, language: str) -> list[Token]:
    """What a text says of time, as tokens that no figure is read from."""
    published = article.published.date() if article.published else None
    return [
        Token("period", p.start, p.end, text[p.start : p.end], period=p) for p in periods(text, language, published)
    ]
