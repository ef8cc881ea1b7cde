"""How far the words of a speech reach: where its speaker, its statement and its sentence begin and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.tokens import Token

_PAPERS = frozenset(
    {
        "report",
        "note",
        "survey",
        "study",
        "paper",
        "filing",
        "release",
        "statement",
        "notice",
        "letter",
        "memo",
        "email",
    }
)
"""Where somebody says it: nothing more is said behind them."""
_STOPS = frozenset({";", "—", "(", ")", ":", ".", "!", "?"})


def sentence_part(row: Sequence[Token], at: int) -> tuple[int, int]:
    first = next((i + 1 for i in range(at - 1, -1, -1) if row[i].text in _STOPS), 0)
    depth = 0
    for last in range(at + 1, len(row)):
        if row[last].text == "(":
            depth += 1
        elif row[last].text == ")" and depth:
            depth -= 1  # "expect revenue of 24 trillion won ($17 billion) and a profit"
        elif row[last].text in _STOPS and not depth:
            return first, last
    return first, len(row)


def closes(row: Sequence[Token], at: int, last: int) -> bool:
    """Whether nothing is said after the verb up to the next comma: no figure, no further verb, no "that"."""
    behind = row[at + 1 : at + 6]
    if behind and behind[0].has("in") and any(t.text.lower().split()[-1] in _PAPERS for t in behind):
        return True  # "projects in a report seen on the 21st"
    for token in row[at + 1 : last]:
        if token.text == ",":
            return True
        if token.verb or token.kind == "figure" or token.has("that", "may", "future", "would"):
            return False
        if token.has("of") and token.index == at + 1:
            return False
        if token.entries and token.kind == "phrase":
            return False
    return True


def complete(row: Sequence[Token], first: int, comma: int) -> bool:
    """Whether a statement stands before the comma, not just an adverbial."""
    return any(t.verb or t.kind == "figure" or t.entries for t in row[first:comma] if t.speech is None)


def phrase_end(row: Sequence[Token], start: int, last: int, *, words_only: bool = False) -> int:
    for index in range(start, last):
        token = row[index]
        if token.text == "," or token.has("that"):
            return index
        if not words_only and index > start and token.has("relative", "boundary"):
            return index
    return last


def _noun(token: Token) -> bool:
    return token.text.lower() in ("figure", "number", "rate", "level", "sum", "total") or any(
        e.pos == "noun" and e.fits for e in token.entries
    )


def clause_start(row: Sequence[Token], at: int, first: int) -> int:
    if at - 1 > first and row[at - 1].has("pronoun") and (row[first].has("prep") or row[at - 1].text.lower() == "we"):
        return at - 1  # "For Kioxia we assume", "for Samsung it expects"
    if at - 1 > first and row[at - 1].has("pronoun") and _noun(row[at - 2]):
        return at - 1  # "a share it reckons stood at"
    for index in range(at - 1, first - 1, -1):
        token = row[index]
        if token.text == "," or token.has("that", "boundary", "if") or token.speech is not None:
            return index + 1
        if token.has("and") and any(t.verb for t in row[first:index]):
            return index + 1
        if token.has("relative"):
            return index + 1
    return first


def plain(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """A speaker's own words, without adverbs, auxiliaries and dates."""
    return tuple(
        t for t in tokens
        if t.kind != "period" and t.text != "," and not t.has("adverb", "aux", "boundary", "and", "future", "may", "be")
    )  # fmt: skip


def source_end(row: Sequence[Token], start: int, last: int, *, leading: bool) -> int:
    """Where the words for a source end: at a comma, or, at the head of a sentence, before the next noun phrase."""
    for index in range(start, last):
        token = row[index]
        if token.text == ",":
            return index
        if (
            leading
            and index > start + 1
            and (token.has("possessive", "pronoun") or (token.kind == "name" and not token.possessive))
        ):
            before = row[index - 1]
            if not before.has("prep", "and", "determiner", "possessive") and before.kind != "name":
                return index
    return last
