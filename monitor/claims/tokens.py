"""A sentence as a row of typed tokens: names, figures, periods, known phrases, other words, marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor.claims.lexicon import Entry, Phrase
    from monitor.claims.numbers.model import Quantity
    from monitor.claims.period import Period
    from monitor.model import Mention

Kind = Literal["name", "figure", "period", "phrase", "word", "mark"]

_PIECE = re.compile(r"\w+(?:[.'’&-]\w+)*|[^\w\s]")
_ABBREVIATIONS = frozenset(
    re.split(" ", "inc corp co ltd mr mrs ms dr jr sr st gen gov sen rep u.s u.k e.u vs approx incl")
)
"""Words whose stop is their own and ends no clause."""
_LEGAL_FORM = re.compile(r", (?:Inc|Corp|Ltd|LLC|Co|plc|N\.V|S\.A)\b\.?")
_TICKER = re.compile(r"[A-Z]{2,8}:[A-Z0-9]{1,6}(?:\.[A-Z]{1,3})?|[A-Z0-9]{1,6}\.[A-Z]{1,3}")
_GLOSS = re.compile(r"[A-Z][A-Z.]{1,5}s?")
_NO_CUES: frozenset[str] = frozenset()
_MARKS = {"，": ",", "、": ",", "；": ";", "：": ":", "（": "(", "）": ")", "。": ".", "–": "—", "―": "—", "－": "—"}


@dataclass(slots=True, eq=False)
class Token:
    """One token; offsets are code points of the field."""

    kind: Kind
    start: int
    end: int
    text: str
    """As written."""
    cues: frozenset[str] = _NO_CUES
    entries: tuple[Entry, ...] = ()
    entity: str | None = None
    possessive: bool = False
    actor: bool = False
    """A country or president, which names a government only where it acts."""
    modifier: bool = False
    """The name only describes another: "Nvidia-backed", "Samsung supplier"."""
    figure: Quantity | None = None
    period: Period | None = None
    capital: bool = False
    styled: bool = False
    """The capital says nothing: the headline writes every word so."""
    index: int = 0
    clause: int = -1
    verb: bool = False
    speech: int | None = None
    """Number of the speech whose speaker this token names."""

    def has(self, *cues: str) -> bool:
        return not self.cues.isdisjoint(cues)


@lru_cache(maxsize=4096)
def class_names(cues: frozenset[str]) -> frozenset[str]:
    """The word classes among cues; asked of the same few hundred sets for every word of every clause."""
    return frozenset(cue[6:] for cue in cues if cue.startswith("class:"))


def phrase_token(start: int, end: int, text: str, phrase: Phrase) -> Token:
    written = text[start:end]
    return Token("phrase", start, end, written, phrase.cues, phrase.entries, capital=written[:1].isupper())


def name_token(mention: Mention, text: str, *, actor: bool = False) -> Token:
    tail = text[mention.end : mention.end + 2]
    bare = tail[:1] in ("'", "’") and tail[1:2] in ("", " ") and text[mention.end - 1] in "sxz"
    possessive = tail in ("'s", "’s") or bare
    plural = tail[:1] == "s" and not tail[1:2].isalnum()
    end = mention.end + (1 if bare or plural else 2 if possessive else 0)
    if tail[:1] == "." and mention.text[-2:-1] == "." and len(text) > mention.end + 1:
        end += 1  # "U.S. spending"
    if (form := _LEGAL_FORM.match(text, mention.end)) is not None:
        end = form.end()  # The comma of "Micron Technology, Inc." ends no clause.
    return Token(
        "name",
        mention.start,
        end,
        mention.text,
        entity=mention.entity,
        possessive=possessive,
        actor=actor,
        capital=True,
    )


def layered(*layers: Iterable[Token]) -> list[Token]:
    """Tokens in order of place; of overlapping ones that of the earlier layer stays."""
    taken: list[Token] = []
    for layer in layers:
        merged: list[Token] = []
        at = 0
        for token in layer:
            while at < len(taken) and taken[at].end <= token.start:
                merged.append(taken[at])
                at += 1
            if (at < len(taken) and taken[at].start < token.end) or (merged and merged[-1].end > token.start):
                continue
            merged.append(token)
        merged.extend(taken[at:])
        taken = merged
    return taken


def fill(text: str, start: int, end: int, known: Iterable[Token]) -> list[Token]:
    """The row of `text[start:end]`: the known tokens, and words and marks for what stands between them."""
    row: list[Token] = []
    at = start
    for token in known:
        bound = token.start if token.figure is None else min(token.figure.start, token.start)
        if at < bound:
            row.extend(_pieces(text, at, bound))
        row.append(token)
        at = token.end
    row.extend(_pieces(text, at, end))
    for index, token in enumerate(row):
        token.index = index
    for index, token in enumerate(row):
        if token.kind == "name":
            token.modifier = _modifies(row, index)
    return row


def drop_glosses(row: list[Token]) -> None:
    """Takes abbreviations in brackets out of a row: "Artificial Intelligence (AI) chips", "Nvidia (NVDA)"."""
    at = 1
    while at + 2 < len(row):
        opens, gloss, closes = row[at : at + 3]
        if (
            opens.text == "("
            and closes.text == ")"
            and gloss.kind != "name"
            and not gloss.entries
            and _GLOSS.fullmatch(gloss.text)
        ):
            del row[at : at + 3]
        elif (close := _ticker_end(row, at)) is not None:
            del row[at : close + 1]
        else:
            at += 1
    for index, token in enumerate(row):
        token.index = index


def _ticker_end(row: Sequence[Token], at: int) -> int | None:
    """Where a bracket closes that holds what a company is called at its exchange: "(688256.SH)", "(NASDAQ: AMD)"."""
    if row[at].text != "(" or row[at - 1].kind != "name":
        return None
    close = next((i for i in range(at + 2, min(at + 7, len(row))) if row[i].text == ")"), None)
    if close is None or _TICKER.fullmatch("".join(t.text for t in row[at + 1 : close])) is None:
        return None
    return close


def annotate(row: Sequence[Token], classes: Sequence[tuple[int, frozenset[str]]]) -> None:
    """Gives tokens the classes of the words that begin in them."""
    at = 0
    for start, found in classes:
        while at < len(row) and row[at].end <= start:
            at += 1
        if at == len(row):
            return
        if row[at].start <= start:
            row[at].cues |= found


def _modifies(row: list[Token], index: int) -> bool:
    after = row[index + 1] if index + 1 < len(row) else None
    if after is not None and after.text == "(" and index + 3 < len(row) and row[index + 3].text == ")":
        after = row[index + 4] if index + 4 < len(row) else None
    if after is not None and after.has("hyphenated"):
        following = row[after.index + 1] if after.index + 1 < len(row) else None
        return following is not None and following.has("role")
    if after is not None and after.text in "-‐‑)":
        after = row[index + 2] if index + 2 < len(row) else None
        if after is not None and after.has("hyphenated"):
            return True
    if after is not None and after.has("unitword") and index and row[index - 1].text.lower() == "the":
        return True  # "the Baidu unit" is not Baidu
    return (after is not None and after.has("modified")) or (index > 0 and row[index - 1].has("former"))


def _pieces(text: str, start: int, end: int) -> Iterator[Token]:
    done = start
    for match in _PIECE.finditer(text, start, end):
        written = match.group()
        if match.start() < done:
            continue
        if written[0].isalnum() or written[0] == "_":
            if written.lower() in _ABBREVIATIONS and text[match.end() : match.end() + 1] == "." and match.end() < end:
                written += "."
            done = match.start() + len(written)
            yield Token("word", match.start(), done, written, capital=written[0].isupper())
        elif written not in "'’":
            yield Token("mark", match.start(), match.end(), _MARKS.get(written, written))
