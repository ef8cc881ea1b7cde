"""Reads an article with a lexicon: candidates by automaton, then boundaries, visibility, sense, and the longest name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from monitor.mentions.boundary import begins, ends
from monitor.mentions.names import letters
from monitor.model import Mention, Reading, Rejected
from monitor.text.fold import Folded, fold, fold_words, words
from monitor.text.visible import hidden_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.mentions.lexicon import Lexicon, Term
    from monitor.mentions.watchlist import Clue
    from monitor.model import Article, Field

_NOTHING = Reading(mentions=())
_ECHO = 0.5
"""What an undoubted name of the same entity elsewhere in the article is worth to an ambiguous one."""
_PARTNER = 0.5
_REACH = 60
_GAP = " \n "
_BLANKS = bytes(code if chr(code).isalnum() and code < 128 else 32 for code in range(256)).replace(b"\n", b" ")
_SENTENCE_END = re.compile(r"[。!?;\n]|\.(?=\s)")


class Candidate(NamedTuple):
    """A spelling found where a name may begin and end; offsets of the folded page."""

    start: int
    end: int
    term: Term


@dataclass(frozen=True)
class Page:
    """An article as one text: title, a gap, body."""

    article: Article
    raw: str
    words: str
    back: Folded | None
    """Way back to `raw` where folding changed lengths."""

    @cached_property
    def folded(self) -> str:
        return (self.back or fold(self.raw)).text

    @cached_property
    def hidden(self) -> list[tuple[int, int]]:
        article = self.article
        title = [(start + 1, end + 1) for start, end in hidden_spans(article.title, article.outlet, title=True)]
        return title + [(s + self.body, e + self.body) for s, e in hidden_spans(article.text, article.outlet)]

    @property
    def body(self) -> int:
        """Where the body starts in `raw`."""
        return 1 + len(self.article.title) + len(_GAP)

    def original(self, start: int, end: int) -> tuple[int, int]:
        return self.back.original(start, end) if self.back else (start, end)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        stop = _SENTENCE_END.search(self.folded, end)
        first = 0
        for mark in _SENTENCE_END.finditer(self.folded, 0, start):
            first = mark.end()
        return first, stop.start() if stop else len(self.folded)

    def place(self, start: int, end: int) -> tuple[Field, int, int, str]:
        """Field, offsets in it and words of a span of the folded page."""
        start, end = self.original(start, end)
        shift, field = (self.body, "text") if start >= self.body else (1, "title")
        return field, start - shift, end - shift, self.raw[start:end]  # type: ignore[return-value]


def read(lexicon: Lexicon, article: Article) -> Reading:
    """Find mentions, actors and near misses of an article."""
    raw = f" {article.title}{_GAP}{article.text} "
    page, found = _candidates(lexicon, article, raw)
    if page is None or not found:
        return _NOTHING
    return _decide(lexicon, page, found)


def _candidates(lexicon: Lexicon, article: Article, raw: str) -> tuple[Page | None, list[Candidate]]:
    back = None
    plain: str | None = raw
    if not raw.isascii():
        plain = fold_words(raw)
        if plain is None:
            back = fold(raw)
            plain = words(back.text)
    if plain.isascii():  # type: ignore[union-attr]
        automaton, numbers = lexicon.latin
        blanked = plain.lower().encode().translate(_BLANKS)  # type: ignore[union-attr]
        found = automaton.find_matches_as_indexes(blanked, overlapping=True)
        if not found:
            return None, []
        page = Page(article, raw, blanked.decode(), back)
        return page, list(_whole_words(lexicon, page, ((numbers[n], s + 1) for n, s, _ in found)))
    found = lexicon.wide.find_matches_as_indexes(plain, overlapping=True)  # type: ignore[arg-type]
    if not found:
        return None, []
    page = Page(article, raw, plain, back)  # type: ignore[arg-type]
    return page, list(_whole_words(lexicon, page, ((n, s) for n, s, _ in found)))


def _whole_words(lexicon: Lexicon, page: Page, found: Iterable[tuple[int, int]]) -> Iterator[Candidate]:
    text = page.words
    for number, start in found:
        end = start + len(lexicon.spelled[number])
        if not begins(text, start):
            continue
        whole = ends(text, start, end) or (
            number in lexicon.plurals and text[end] == "s" and ends(text, start, end + 1)
        )
        for term in lexicon.terms[number]:
            if term.series is not None:
                grown = _pattern(term.series).match(page.folded, start)
                if grown and grown.end() > end and ends(text, start, grown.end()):
                    yield Candidate(start, grown.end(), term)
            elif whole and (term.exact is None or _exact(page, start, end, term.exact)):
                yield Candidate(start, end, term)


def _exact(page: Page, start: int, end: int, wanted: str) -> bool:
    start, end = page.original(start, end)
    return letters(page.raw[start:end]) == wanted


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _before(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern})\\Z")


def _decide(lexicon: Lexicon, page: Page, found: list[Candidate]) -> Reading:
    found = sorted({c for c in found if not _is_hidden(page, c)}, key=_longest_first)
    sure = _undoubted(found)
    taken: list[Candidate] = []
    mentions: list[Mention] = []
    actors: list[Mention] = []
    rejected: list[Rejected] = []
    for candidate in found:
        if any(_ousts(winner, candidate) for winner in taken):
            continue
        term = candidate.term
        if term.sense is not None:
            score, why = _score(lexicon, page, candidate, sure)
            if score < lexicon.thresholds[term.entity]:
                rejected.append(_rejection(page, candidate, score, why))
                continue
            sure.add(term.entity)
        taken.append(candidate)
        if term.role != "other":
            field, start, end, text = page.place(candidate.start, candidate.end)
            mention = Mention(entity=term.entity, text=text, field=field, start=start, end=end)
            (mentions if term.role == "name" else actors).append(mention)
    return Reading(mentions=_ordered(mentions), actors=_ordered(actors), rejected=tuple(rejected))


def _longest_first(candidate: Candidate) -> tuple[int, int, bool, bool]:
    start, end, term = candidate
    return start - end, start, term.role != "other", bool(term.series)


def _ousts(winner: Candidate, other: Candidate) -> bool:
    """Whether `other` cannot stand beside `winner`: it overlaps, or is an unlisted generation where a listed one is."""
    if winner[:2] == other[:2]:
        return winner.term.role == "other" or other.term.series is not None
    return winner.start < other.end and other.start < winner.end


def _undoubted(found: list[Candidate]) -> set[str]:
    """Entities named on sight, outside longer names."""
    sure: set[str] = set()
    spans: list[tuple[int, int]] = []
    for candidate in found:
        if candidate.term.sense is None:
            inside = any(s <= candidate.start and candidate.end <= e and (s, e) != candidate[:2] for s, e in spans)
            if not inside and candidate.term.role == "name":
                sure.add(candidate.term.entity)
            spans.append(candidate[:2])
    return sure


def _is_hidden(page: Page, candidate: Candidate) -> bool:
    start, end = page.original(candidate.start, candidate.end)
    return any(s < end and start < e for s, e in page.hidden)


def _score(lexicon: Lexicon, page: Page, candidate: Candidate, sure: set[str]) -> tuple[float, list[str]]:
    sense = candidate.term.sense
    assert sense is not None
    score = sense.prior
    why: list[str] = []
    for clue in sense.clues:
        if seen := _clue(page, candidate, clue):
            score += clue.weight
            why.append(f"{clue.weight:+g} {clue.where} {seen!r}")
    if candidate.term.entity in sure:
        score += _ECHO
        why.append(f"{_ECHO:+g} named in full elsewhere")
    entity = lexicon.entities[candidate.term.entity]
    if partners := sure.intersection((*sense.partners, entity.maker, entity.parent)):
        score += _PARTNER
        why.append(f"{_PARTNER:+g} beside {min(map(str, partners))}")
    return score, why


def _clue(page: Page, candidate: Candidate, clue: Clue) -> str | None:
    text, (start, end) = page.folded, candidate[:2]
    if clue.where == "before":
        seen = _before(clue.pattern).search(text, max(0, start - _REACH), start)
    elif clue.where == "after":
        seen = _pattern(clue.pattern).match(text, end)
    elif clue.where == "sentence":
        seen = _pattern(clue.pattern).search(text, *page.sentence(start, end))
    else:
        seen = _pattern(clue.pattern).search(text)
    return seen[0] if seen else None


def _rejection(page: Page, candidate: Candidate, score: float, why: list[str]) -> Rejected:
    field, start, end, text = page.place(candidate.start, candidate.end)
    reason = f"score {score:g}: " + ("; ".join(why) if why else "nothing around it speaks for this sense")
    return Rejected(entity=candidate.term.entity, text=text, field=field, start=start, end=end, reason=reason)


def _ordered(mentions: list[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(dict.fromkeys(mentions), key=lambda m: (m.field == "text", m.start, m.entity)))
