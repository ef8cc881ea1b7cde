"""Cuts a sentence into segments: at marks, and where a connective ends a clause."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from monitor.claims.inflection import closes_clause, supposes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.tokens import Token

Mode = Literal["main", "if", "aside"]
_SHORT = 4
_OPENERS = frozenset("「『“„«‘")
_CLOSERS = frozenset("」』”“»’")
_WIDE_BLANK = "\u3000"
"""Parts the pieces of a Japanese headline."""
STOPS = frozenset({".", ";", "?", "!", "—", "|"})


@dataclass(slots=True, eq=False)
class Segment:
    """A run of tokens without a comma that ends a clause; `part` numbers the stretch between two stops."""

    number: int
    part: int
    clause: int = 0
    """Number of the clause that it belongs to, which a bracket interrupts but does not end."""
    mode: Mode = "main"
    tokens: list[Token] = field(default_factory=list)

    @property
    def first(self) -> int:
        return self.tokens[0].index

    @property
    def last(self) -> int:
        return self.tokens[-1].index


def verbish(token: Token) -> bool:
    return token.has("verb", "link", "say", "aux") or any(e.pos == "verb" for e in token.entries)


def segments(
    row: Sequence[Token], *, comma_cuts: bool, text: str = "", language: str = "", headline: bool = False
) -> list[Segment]:
    """The segments of a sentence of `text`. `comma_cuts`: a comma ends a clause (German); else only behind a connective
    or a form that leads on."""
    found: list[Segment] = []
    opened = Segment(0, 0)
    depth = clause = 0
    quoted = _quoted(row)
    for at, token in enumerate(row):
        if token.text in ("(", "（"):
            depth += 1
        aside = depth > 0
        if token.text in (")", "）") and depth:
            depth -= 1
        cut = _cuts(row, at, comma_cuts=comma_cuts) or (
            not comma_cuts and _runs_on(row, at, text, language, headline=headline)
        )
        if opened.tokens and (cut or (opened.mode == "aside") != aside):
            found.append(opened)
            wide = headline and at > 0 and _WIDE_BLANK in text[row[at - 1].end : token.start]
            stops = (token.text in STOPS or wide) and not aside
            opened = Segment(opened.number + 1, opened.part + stops, clause + cut)
            clause += cut
        opened.mode = "aside" if aside else opened.mode
        opened.tokens.append(token)
        token.clause = opened.number
        supposed = (token.has("if") and _opens(token, opened)) or _supposes(token, text, language)
        if opened.mode == "main" and supposed and token.index not in quoted:
            opened.mode = "if"
    if opened.tokens:
        found.append(opened)
    if comma_cuts:
        _inverted_conditions(found)
    return found


def _opens(token: Token, segment: Segment) -> bool:
    """ "sollte die Lizenz kommen", unlike "zehn Milliarden sollte der Staat zahlen": a modal supposes only in front."""
    return not token.has("inverted_if") or not any(t.kind != "mark" and t is not token for t in segment.tokens)


def closes(row: Sequence[Token], token: Token) -> bool:
    """Whether nothing of its clause comes behind a separated prefix: "stellt … vor", "setzte mehr um als je"."""
    after = row[token.index + 1] if token.index + 1 < len(row) else None
    return after is None or after.kind == "mark" or after.has("and", "than", "connective")


def rejoin_prefixes(row: Sequence[Token], found: Sequence[Segment]) -> None:
    """Gives a verb the cue that it has with the prefix at the end of its clause: "kündigt … an"."""
    for token in row:
        for cue in [c for c in token.cues if "|" in c]:
            name, _, prefix = cue.partition("|")
            if any(t.text == prefix and t.index > token.index and closes(row, t) for t in found[token.clause].tokens):
                token.cues |= {name}


def _quoted(row: Sequence[Token]) -> set[int]:
    """Indices of the tokens in quotation marks that hold no amount: an "if" there conditions nothing outside."""
    found: set[int] = set()
    opened: int | None = None
    for token in row:
        if token.text in _OPENERS:
            opened = token.index
        elif token.text in _CLOSERS and opened is not None:
            inside = row[opened + 1 : token.index]
            if not any(t.figure is not None and t.figure.kind not in ("percent", "multiple") for t in inside):
                found |= {t.index for t in inside}
            opened = None
    return found


def _inverted_conditions(found: Sequence[Segment]) -> None:
    """ "Erteilt Washington die Lizenz, wird Nvidia …": a clause that opens with its verb before one that does."""
    for segment, following in pairwise(found):
        head = next((t for t in following.tokens if t.kind != "mark"), None)
        opens = segment.number == 0 or segment.tokens[0].text in STOPS
        first = next((t for t in segment.tokens if t.kind != "mark"), None)
        if not opens or first is None or head is None:
            continue
        inverted = first.has("inverted_if", *(("verb", "aux") if verbish(head) else ())) and first.capital
        moving = verbish(first) or first.has("rise", "fall", "link")
        inverted = inverted or (first.capital and moving and (verbish(head) or head.has("able", "may")))
        if inverted or (verbish(first) and head.has("future", "would", "likely", "plan")):
            segment.mode = "if"


def _cuts(row: Sequence[Token], at: int, *, comma_cuts: bool) -> bool:
    """Whether a new segment begins with the token at `at`."""
    token = row[at]
    before = row[at - 1] if at else None
    if token.text in STOPS:
        return True
    if before is None:
        return False
    if before.text == ":" and comma_cuts:
        return True
    if token.text == ",":
        return (comma_cuts and not _list_comma(row, at)) or before.has("connective", "if")
    if not comma_cuts:
        return before.has("if") or (before.has("connective") and before.text[-1:] in " ,、")
    after = row[at + 1] if at + 1 < len(row) else None
    goes_on = after is not None and (after.has("aux", "future", "plan", "verb") or verbish(after))
    closed = any(c.startswith("class:sep_") for c in before.cues) and closes(row, before)
    return token.has("and") and (goes_on or verbish(before) or closed or _ends_clause(before))


def _supposes(token: Token, text: str, language: str) -> bool:
    return supposes(language, text[max(0, token.end - 14) : token.end + 1])


def _runs_on(row: Sequence[Token], at: int, text: str, language: str, *, headline: bool) -> bool:
    """Whether the verb before leads on to a new clause by its form."""
    if not at:
        return False
    if language == "ja" and row[at].text != ",":
        return headline and _WIDE_BLANK in text[row[at - 1].end : row[at].start]
    before = row[at - 1]
    if _supposes(before, text, language):
        return True
    return closes_clause(language, text[max(0, before.end - 6) : before.end + (language == "ko")])


def _ends_clause(token: Token) -> bool:
    """A German participle or infinitive of no table, before "und"."""
    return token.kind == "word" and not token.capital and len(token.text) > _SHORT and token.text.endswith(("t", "en"))


def _list_comma(row: Sequence[Token], at: int) -> bool:
    """ "Huawei 44, Nvidia 22 und Cambricon elf Prozent": a comma between figures or names."""
    before, after = row[at - 1], row[at + 1] if at + 1 < len(row) else None
    return after is not None and before.kind == "figure" and after.kind in ("figure", "name")
