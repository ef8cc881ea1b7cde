"""Reads an article: candidates by automaton, then word boundaries, visibility, sense; the longest name wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monitor.mentions.boundary import begins, ends
from monitor.mentions.names import is_written
from monitor.mentions.page import Page, ascii_words, folded_words, lay_out
from monitor.mentions.query.evaluate import Evidence, holds
from monitor.mentions.query.syntax import Named, Words
from monitor.mentions.sense import Discourse, Weight, compiled, weigh
from monitor.model import Hit, Mention, Reading, Rejected

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from monitor.mentions.lexicon import Lexicon, Term
    from monitor.mentions.page import Span
    from monitor.model import Article

_NOTHING = Reading(mentions=())
_GENITIVE_S = frozenset({"da", "de", "nb", "nn", "no", "sv"})
"""Languages that write the s of a name's genitive without an apostrophe: Nvidias Umsatz."""


class Candidate(NamedTuple):
    """A spelling found, and one of its meanings; offsets of the folded page."""

    start: int
    end: int
    term: Term

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end


class Found(NamedTuple):
    """What stands on a page before anything is decided."""

    candidates: tuple[Candidate, ...]
    common: frozenset[tuple[str, str]]
    """Entities with a name that also stands in small letters, as an ordinary word."""


class Fate(NamedTuple):
    """What became of a candidate: no `reason` means that it counts."""

    candidate: Candidate
    reason: str | None = None
    score: str | None = None


def read(lexicon: Lexicon, article: Article) -> Reading:
    """Mentions, actors, query hits, and the ambiguous names that were turned down."""
    page, spelled = search(lexicon, article)
    if not spelled and not lexicon.unanchored:
        return _NOTHING
    found = visible(page, find(lexicon, page, spelled))
    if not found.candidates and not lexicon.unanchored:
        return _NOTHING
    fates = tuple(judge(lexicon, page, found))
    return Reading(
        mentions=_mentions(page, fates, "name"),
        actors=_mentions(page, fates, "actor"),
        hits=_hits(lexicon, page, found.candidates, fates) if lexicon.queries else (),
        rejected=tuple(rejection(page, fate) for fate in _doubted(fates)),
    )


def _doubted(fates: tuple[Fate, ...]) -> Iterator[Fate]:
    """Those turned down for their context, unless the same place names the same entity in another sense."""
    standing = {(fate.candidate.span, fate.candidate.term.entity) for fate in fates if fate.reason is None}
    for fate in fates:
        if fate.reason and fate.score and (fate.candidate.span, fate.candidate.term.entity) not in standing:
            yield fate


def search(lexicon: Lexicon, article: Article) -> tuple[Page, list[tuple[int, int]]]:
    """The page, and the spellings on it as pairs of number and start; where words end is yet to be seen."""
    raw = lay_out(article)
    small = raw.lower()
    if not raw.isascii() and lexicon.probe.may_hold(small):
        words, back = folded_words(raw)
        return Page(article, raw, words, back), lexicon.find_latin(ascii_words(words)) + lexicon.find_wide(words)
    return Page(article, raw, small, None), lexicon.find_latin(ascii_words(small))


def find(lexicon: Lexicon, page: Page, spelled: Iterable[tuple[int, int]]) -> Found:
    """Spellings that stand as words of their own and as they must be written, one for each meaning."""
    candidates: list[Candidate] = []
    common: set[tuple[str, str]] = set()
    text = page.words
    inflected = (page.article.language or "").lower().split("-")[0] in _GENITIVE_S
    for number, start in spelled:
        end = start + len(lexicon.spelled[number])
        if not begins(text, start):
            continue
        alone = ends(text, start, end)
        with_s = not alone and text[end] == "s" and ends(text, start, end + 1)
        for term in lexicon.terms[number]:
            may_end = number in lexicon.plurals or (inflected and _declines(page, term, end))
            whole = alone or (with_s and may_end)
            if term.series is not None:
                grown = compiled(term.series).match(page.folded, start)
                if grown and grown.end() > end and ends(text, start, grown.end()):
                    candidates.append(Candidate(start, grown.end(), term))
            elif term.role == "actor" and end - start == 1 and not _heads_a_line(page, start, end):
                continue
            elif whole and (term.exact is None or is_written(term.exact, page.written(start, end))):
                candidates.append(Candidate(start, end, term))
            elif whole and term.sense is not None and page.written(start, end).islower():
                common.add((term.entity, lexicon.spelled[number]))
    return Found(tuple(candidates), frozenset(common))


def _declines(page: Page, term: Term, end: int) -> bool:
    """Whether the s behind a name may be that of its genitive."""
    return term.role in ("name", "actor") and page.written(end, end + 1) == "s" and page.words[end - 1] not in "sxz"


def _heads_a_line(page: Page, start: int, end: int) -> bool:
    """Whether a country's one-letter name stands as the subject of a Japanese or Korean headline: 米、…を撤回."""
    before, after = page.folded[start - 1 : start], page.folded[end : end + 1]
    return not before.isalnum() and after in {"、", ","}


def visible(page: Page, found: Found) -> Found:
    """What a reader sees of it."""
    return found._replace(candidates=tuple(each for each in found.candidates if not page.is_hidden(*each.span)))


def judge(lexicon: Lexicon, page: Page, found: Found) -> Iterator[Fate]:
    """What becomes of each candidate, the longest first."""
    ordered = sorted((each for each in found.candidates if each.term.role != "word"), key=_longest_first)
    weights = [weigh(page, each.span, each.term.sense) if each.term.sense else None for each in ordered]
    discourse = _discourse(page, ordered, weights, found.common) if any(weights) else None
    owners: dict[int, Candidate] = {}
    for candidate, weight in zip(ordered, weights, strict=True):
        winner = next((owners[at] for at in range(*candidate.span) if at in owners), None)
        if winner is not None and _ousts(winner, candidate):
            yield Fate(candidate, f"stands within {page.written(*winner.span)!r}{_foreign(winner)}")
            continue
        account = None
        if weight and discourse:
            entity, spelled = lexicon.entities[candidate.term.entity], page.words[candidate.start : candidate.end]
            whole = discourse.weigh(entity, candidate.term.sense, spelled, weight)
            account = ", ".join(whole.account)
            limit = lexicon.thresholds[entity.id]
            if whole.score < limit:
                yield Fate(candidate, f"scores {whole.score:g}, needs {limit:g}: {account}", account)
                continue
        owners.update(dict.fromkeys(range(*candidate.span), candidate))
        yield Fate(candidate, None, account)


def _discourse(
    page: Page, ordered: list[Candidate], weights: list[Weight | None], common: Collection[tuple[str, str]]
) -> Discourse:
    """What the article as a whole says: whom it names beyond doubt, and which words stand for another somewhere."""
    weighed = [(each, weight) for each, weight in zip(ordered, weights, strict=True) if weight]
    convincing = {each.term.entity for each, weight in weighed if weight.convinces}
    another = [each for each in ordered if each.term.role == "other"]
    another += [each for each, weight in weighed if weight.denies and not weight.speaks]
    doubted = {(each.term.entity, page.words[each.start : each.end]) for each in another}
    return Discourse(frozenset(_undoubted(ordered) | convincing), frozenset(doubted.union(common)))


_RANKS = ("other", "name", "actor")


def _longest_first(candidate: Candidate) -> tuple[int, int, int, bool, bool]:
    start, end, term = candidate
    return start - end, start, _RANKS.index(term.role), bool(term.series), term.sense is not None


def _ousts(winner: Candidate, other: Candidate) -> bool:
    """Whether `other` cannot stand beside a winner on some of its words: on one span two entities may be named."""
    same_span = winner.span == other.span
    return not same_span or other.term.series is not None or winner.term.entity == other.term.entity


def _foreign(winner: Candidate) -> str:
    return ", which is another's name" if winner.term.role == "other" else ""


def _undoubted(ordered: Iterable[Candidate]) -> set[str]:
    """Entities that a name which needs no context names, outside longer names; the longest come first."""
    sure: set[str] = set()
    covers: dict[int, Span] = {}
    for candidate in ordered:
        if candidate.term.sense is not None:
            continue
        start, end = covers.get(candidate.start, candidate.span)
        inside = end >= candidate.end and (start, end) != candidate.span
        if not inside and candidate.term.role == "name":
            sure.add(candidate.term.entity)
        for at in range(*candidate.span):
            covers.setdefault(at, candidate.span)
    return sure


def _mentions(page: Page, fates: Iterable[Fate], role: str) -> tuple[Mention, ...]:
    mentions = {}
    for (start, end, term), reason, _ in fates:
        if reason is None and term.role == role:
            field, first, last = page.place(start, end)
            mention = Mention(entity=term.entity, text=page.written(start, end), field=field, start=first, end=last)
            mentions[field == "text", first, term.entity] = mention
    return tuple(mentions[key] for key in sorted(mentions)) if len(mentions) > 1 else tuple(mentions.values())


def rejection(page: Page, fate: Fate) -> Rejected:
    """A candidate turned down, as the model has it."""
    start, end, term = fate.candidate
    field, first, last = page.place(start, end)
    text = page.written(start, end)
    return Rejected(entity=term.entity, text=text, field=field, start=first, end=last, reason=fate.reason or "")


def _hits(lexicon: Lexicon, page: Page, found: Iterable[Candidate], fates: Iterable[Fate]) -> tuple[Hit, ...]:
    places: dict[Words | Named, list[Span]] = {}
    for candidate in found:
        if candidate.term.word is not None:
            places.setdefault(candidate.term.word, []).append(candidate.span)
    for fate in fates:
        if fate.reason is None and fate.candidate.term.role == "name":
            places.setdefault(Named(fate.candidate.term.entity), []).append(fate.candidate.span)
    asked = set(lexicon.unanchored).union(*(lexicon.anchors.get(place, ()) for place in places))
    evidence = Evidence(page, places)
    return tuple(
        Hit(watchlist=watchlist, query=query.text)
        for watchlist, query in (lexicon.queries[number] for number in sorted(asked))
        if holds(query.root, evidence)
    )
