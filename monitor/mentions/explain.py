"""Why a text matches or does not: every place where a name stands, what became of it, and what decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ahocorasick_rs import AhoCorasick

from monitor.mentions.boundary import begins, ends
from monitor.mentions.match import Candidate, Fate, judge, read, search, visible
from monitor.mentions.match import find as find_whole
from monitor.mentions.names import is_written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.mentions.lexicon import Lexicon
    from monitor.mentions.page import Page
    from monitor.model import Article, Field, Hit

Outcome = Literal["mention", "actor", "other", "rejected"]
_SHORTEST_PART = 3
"""Letters from which a name within a longer word is worth telling of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A place where a name stands, or seems to."""

    entity: str
    text: str
    field: Field
    start: int
    end: int
    outcome: Outcome
    """`other`: the longer name of another, which keeps the name within from counting."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All verdicts in the order of the text, and the queries that hold."""

    verdicts: tuple[Verdict, ...]
    hits: tuple[Hit, ...]


def explain(lexicon: Lexicon, article: Article) -> Explanation:
    """Say of every candidate in an article what became of it and why."""
    page, spelled = search(lexicon, article)
    found = find_whole(lexicon, page, spelled)
    shown = visible(page, found)
    verdicts = [_verdict(page, fate) for fate in judge(lexicon, page, shown)]
    verdicts += [_hidden(page, each) for each in found.candidates if each not in shown.candidates and each.term.entity]
    verdicts += _misspelled(lexicon, page, spelled)
    verdicts += _within_words(lexicon, page)
    kept = sorted(_telling(verdicts), key=lambda verdict: (verdict.field == "text", verdict.start, -verdict.end))
    return Explanation(verdicts=tuple(kept), hits=read(lexicon, article).hits)


def _telling(verdicts: list[Verdict]) -> Iterator[Verdict]:
    """Without refusals that a place which counts, of the same entity and around the same words, makes idle."""
    counting = [verdict for verdict in verdicts if verdict.outcome in {"mention", "actor"}]
    for verdict in dict.fromkeys(verdicts):
        if verdict.outcome != "rejected" or not any(_covers(rival, verdict) for rival in counting):
            yield verdict


def _covers(rival: Verdict, verdict: Verdict) -> bool:
    same = rival.entity == verdict.entity and rival.field == verdict.field
    return same and rival.start <= verdict.start and verdict.end <= rival.end


def _verdict(page: Page, fate: Fate) -> Verdict:
    if fate.reason is not None:
        return _at(page, fate.candidate, "rejected", fate.reason)
    role = fate.candidate.term.role
    if role == "other":
        return _at(page, fate.candidate, "other", "the name of another")
    if fate.score is not None:
        return _at(page, fate.candidate, "mention", f"its context decides: {fate.score}")
    if role == "actor":
        return _at(page, fate.candidate, "actor", "acts for the entity, does not name it")
    return _at(page, fate.candidate, "mention", "a name that needs no context")


def _at(page: Page, candidate: Candidate, outcome: Outcome, reason: str) -> Verdict:
    start, end, term = candidate
    field, first, last = page.place(start, end)
    text = page.written(start, end)
    return Verdict(entity=term.entity, text=text, field=field, start=first, end=last, outcome=outcome, reason=reason)


def _hidden(page: Page, candidate: Candidate) -> Verdict:
    return _at(page, candidate, "rejected", "stands in an address, mark-up or furniture of the page, not in its words")


def _misspelled(lexicon: Lexicon, page: Page, spelled: list[tuple[int, int]]) -> Iterator[Verdict]:
    for number, start in spelled:
        end = start + len(lexicon.spelled[number])
        written = page.written(start, end)
        for term in lexicon.terms[number]:
            if term.role == "name" and term.exact is not None and not is_written(term.exact, written):
                reason = f"is written {written!r} here; the name counts as {term.exact!r}"
                yield _at(page, Candidate(start, end, term), "rejected", reason)


def _within_words(lexicon: Lexicon, page: Page) -> Iterator[Verdict]:
    text = page.words
    automaton = AhoCorasick(lexicon.spelled, store_patterns=False)
    for number, start, _ in automaton.find_matches_as_indexes(text, overlapping=True):
        end = start + len(lexicon.spelled[number])
        plural = number in lexicon.plurals and text[end : end + 1] == "s" and ends(text, start, end + 1)
        if end - start < _SHORTEST_PART or (begins(text, start) and (ends(text, start, end) or plural)):
            continue
        for term in lexicon.terms[number]:
            as_written = term.exact is None or is_written(term.exact, page.written(start, end))
            if term.role == "name" and term.series is None and as_written:
                yield _at(page, Candidate(start, end, term), "rejected", "is part of a longer word")
