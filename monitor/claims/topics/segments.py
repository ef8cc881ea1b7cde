"""A sentence as segments: what stands between two commas, each with a clause's worth of words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from monitor.text.fold import simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.claims.lexicon import Lexicon
    from monitor.claims.tokens import Token

Mode = Literal["main", "if", "aside"]
_VERBS = frozenset({"say", "estimate", "expect", "deny", "link", "verb", "plan", "rise", "fall", "off"})
_GROWS = "增涨升长提扩大多翻"
_NONE: frozenset[str] = frozenset()
_EVENT = re.compile(
    r"[^\d，。；：、！？,;]{0,16}?(?:大会|大會|峰会|峰會|论坛|論壇|博览会|博覽會|展会|展會|年会|年會|发布会|發布會|开发者日)"
)
_MEASURED = frozenset("高低多少优優逊遜")
"""Before a date with 于 they hold a figure against that of the date: "高于前一年的…"."""
_COMPARING = frozenset({"同比", "环比", "環比", "按年", "按季", "按月"})
"""What a change is held against: no date of its own."""
_PUTS_OFF = frozenset("迟遲后後延期改挪移拖")
_LONGEST_REST = 3
"""Characters behind a name that may make it another company's."""
_CUTS = frozenset({",", ";", ":", ".", "?", "!", "—"})
_OPENING, _CLOSING = frozenset("(（[【"), frozenset(")）]】")
_CJK = "\u2e80"


@dataclass(slots=True, eq=False)
class Segment:
    """The words between two commas."""

    number: int
    mode: Mode = "main"
    tokens: list[Token] = field(default_factory=list)
    mark: str = ""
    """The mark that ends it; " " where a blank of a headline does."""
    conditional: bool = False
    """Hangs on an if-clause."""
    classes: list[tuple[int, frozenset[str]]] | None = None
    """Word classes by the index of their tokens, once asked for."""
    before_it: Segment | None = None
    behind_it: Segment | None = None
    """Its neighbours in the sentence."""

    @property
    def first(self) -> int:
        return self.tokens[0].index

    @property
    def last(self) -> int:
        return self.tokens[-1].index

    def before(self, index: int) -> Iterator[Token]:
        """Tokens before a place, nearest first."""
        return (t for t in reversed(self.tokens) if t.index < index)

    def after(self, index: int) -> Iterator[Token]:
        return (t for t in self.tokens if t.index > index)


def prepare(row: Sequence[Token], text: str, words: Lexicon) -> None:
    """Marks verbs, the enumeration comma, and tells 将 before an object from 将 of the future."""
    for token in row:
        if token.kind == "name":
            if _namesake(token, text, words):
                token.kind, token.entity, token.cues = "word", None, frozenset({"foreign"})
        elif token.kind == "period":
            _date(row, token, text, words)
        elif token.kind == "mark":
            if text[token.start] == "、":
                token.text = "、"
            elif token.text in "！？":
                token.text = "!" if token.text == "！" else "?"
        elif token.kind == "figure":
            token.cues = _told_by(token, text)
            continue
        if token.cues or token.entries:
            token.verb = not token.cues.isdisjoint(_VERBS) or any(e.pos == "verb" for e in token.entries)
    for token in row:
        if token.verb and token.end - token.start == 1 and "say" not in token.cues and not _stands_alone(row, token):
            token.entries = ()
            token.verb = False
        elif "disposal" in token.cues and "future" in token.cues:
            _dispose(row, token)


def _told_by(token: Token, text: str) -> frozenset[str]:
    """What the words that a figure has taken in say: a rise, an estimate."""
    quantity = token.figure
    if quantity is None or quantity.start == quantity.number_span[0]:
        return _NONE
    lead = simplified(text[quantity.start : quantity.number_span[0]])
    if quantity.kind == "multiple":
        return frozenset({"rise"}) if any(c in _GROWS for c in lead) else _NONE
    return frozenset({"expect"}) if any(c in lead for c in ("估", "料", "上看")) else _NONE


def _date(row: Sequence[Token], token: Token, text: str, words: Lexicon) -> None:
    """What stands around a date: words of comparison, a plan before it, what it is put off to."""
    if token.text in _COMPARING:
        token.kind, token.period, token.cues = "phrase", None, frozenset({"adverb"})
        return
    if _of_an_event(token, text) or (token.text == "今年" and text[token.start - 1 : token.start] == "如"):
        token.period = None
    if token.text[0] in "于於" and token.index and text[token.start - 1 : token.start] in _MEASURED:
        row[token.index - 1].cues |= {"than"}
    token.cues = _lead(token.text, words)
    if text.startswith("同期", token.end):
        token.cues |= {"same_time"}
        _merge_same(row, token)
    before = text[max(0, token.start - 3) : token.start].rstrip("了")
    before, at = (before, token.text[0]) if token.text[0] in "到至" else (before[:-1], before[-1:])
    if at and at in "到至" and before[-1:] in _PUTS_OFF:
        token.cues |= {"postponed"}


def _of_an_event(token: Token, text: str) -> bool:
    """ "在2026玄铁生态大会上": a year that is part of a name."""
    return token.text[-4:].isdecimal() and _EVENT.match(text, token.end) is not None


def _namesake(token: Token, text: str, words: Lexicon) -> bool:
    """Whether a name only begins another company's ("三星SDI")."""
    return _begins_another(text[token.start : token.end + _LONGEST_REST], token.end - token.start + 1, words)


@lru_cache(maxsize=4096)
def _begins_another(text: str, first: int, words: Lexicon) -> bool:
    plain = simplified(text).lower()
    known = (words.phrases.get(plain[:size]) for size in range(first, len(plain) + 1))
    return any(phrase is not None and "namesake" in phrase.cues for phrase in known)


def _merge_same(row: Sequence[Token], token: Token) -> None:
    """ "2024年同期": one date, not two."""
    after = row[token.index + 1] if token.index + 1 < len(row) else None
    if after is not None and after.period is not None and after.period.rule == "same":
        after.period = None


def _stands_alone(row: Sequence[Token], token: Token) -> bool:
    """Whether a verb of one character is a word of its own and not half of one that no table knows ("预装")."""
    before = row[token.index - 1] if token.index else None
    after = row[token.index + 1] if token.index + 1 < len(row) else None
    if token.has("link") and after is not None and after.kind == "figure":
        return True
    if before is not None and before.kind == "word" and before.end == token.start and before.text[-1] >= _CJK:
        return False
    joined = after is not None and after.kind == "word" and after.start == token.end and after.text[0] >= _CJK
    return not token.entries or (after is not None and not joined)


def _lead(text: str, words: Lexicon) -> frozenset[str]:
    """What the words before a date say ("计划在2026年")."""
    plain = simplified(text)
    for size in range(min(4, len(plain) - 1), 0, -1):
        phrase = words.phrases.get(plain[:size])
        if phrase is not None and phrase.cues & {"plan", "expect", "goal", "hope", "future", "done"}:
            return phrase.cues & {"plan", "expect", "goal", "hope", "future", "done"}
    return frozenset()


def _dispose(row: Sequence[Token], token: Token) -> None:
    """将 is the future before a verb, preposition or adverb; before a noun with a verb behind it moves the object."""
    rest: list[Token] = []
    for other in row[token.index + 1 : token.index + 24]:
        if other.kind == "mark" and other.text in _CUTS:
            break
        rest.append(other)
    head = next((t for t in rest if t.kind != "period"), None)
    moved = (
        head is not None
        and not head.verb
        and (not head.has("prep") or head.has("from"))
        and not head.has("disposal", "adverb", "future", "negation", "agent", "may")
        and not (head.kind == "figure" and head.figure is not None and _bounded(head))
        and any(t.verb for t in rest[1:])
    )
    token.cues = token.cues - ({"future"} if moved else {"disposal"})


def _bounded(token: Token) -> bool:
    quantity = token.figure
    return quantity is not None and quantity.start < token.start and bool(quantity.lead or quantity.bound != "exact")


def segments(row: Sequence[Token], text: str) -> list[Segment]:
    """The segments of a sentence, in order; every token is in one, marks that cut are in none."""
    cut = _Cutter(text)
    for token in row:
        cut.step(token)
    found = [s for s in cut.all if s.tokens]
    for number, segment in enumerate(found):
        segment.number = number
        segment.before_it = found[number - 1] if number else None
        segment.behind_it = found[number + 1] if number + 1 < len(found) else None
        for token in segment.tokens:
            token.clause = number
    _suppose(found)
    return found


class _Cutter:
    def __init__(self, text: str) -> None:
        self.text = text
        self.all: list[Segment] = [Segment(0)]
        self.outer: list[Segment] = []
        self.last: Token | None = None
        self.iffed = False

    def step(self, token: Token) -> None:
        here = self.all[-1] if not self.outer else self._open
        if self.last is not None and self.last.end < token.start and not self.outer and self._blank(self.last, token):
            self._cut(" ")
        self.last = token
        if token.kind != "mark":
            self._place(token)
        elif token.text in _OPENING:
            self.outer.append(here)
            self._open = self._new("aside")
        elif token.text in _CLOSING:
            if self.outer:
                self._resume(self.outer.pop())
        elif token.text in _CUTS:
            self._cut(token.text)
        elif token.text in "+＋" and any(t.verb for t in here.tokens):
            self._cut(",")
        else:
            self._place(token)

    _open: Segment

    def _new(self, mode: Mode) -> Segment:
        segment = Segment(len(self.all), mode)
        self.all.append(segment)
        return segment

    def _resume(self, outer: Segment) -> None:
        """After a bracket its clause goes on."""
        if self.outer:
            self._open = outer
        else:
            self.all.remove(outer)
            self.all.append(outer)

    def _cut(self, mark: str) -> None:
        target = self._open if self.outer else self.all[-1]
        if not target.tokens:
            return
        target.mark = mark
        if self.outer:
            self._open = self._new("aside")
        else:
            self._new("main")
        self.iffed = False

    def _place(self, token: Token) -> None:
        target = self._open if self.outer else self.all[-1]
        if target.tokens and "if" in target.tokens[-1].cues:
            self.iffed = True
        if self.iffed and token.has("then") and not token.has("disposal") and not self.outer and target.tokens[-1].verb:
            target.mark = ","
            target = self._new("main")
            target.conditional = True
            self.iffed = False
        target.tokens.append(token)

    def _blank(self, before: Token, after: Token) -> bool:
        """A blank between Chinese words of a headline parts clauses."""
        begin = min(after.start, after.figure.start) if after.figure is not None else after.start
        stop = max(before.end, before.figure.end) if before.figure is not None else before.end
        gap = self.text[stop:begin]
        if not gap or not gap.isspace():
            return False
        end, start = self.text[stop - 1], self.text[begin]
        return (end >= _CJK or end in "%％)") and start >= _CJK and before.kind != "mark"


def _only(token: Token, segment: Segment) -> bool:
    """ "只有50%": not a condition."""
    after = next(segment.after(token.index), None)
    return token.has("link") and after is not None and after.kind == "figure"


def _suppose(found: Sequence[Segment]) -> None:
    """Marks if-segments, and the segments that hang on them."""
    supposing = False
    for at, segment in enumerate(found):
        if segment.mode == "aside":
            continue
        before = found[at - 1] if at else None
        if before is not None and before.mark in (".", ";", "?", "!"):
            supposing = False
        if any("if" in t.cues and not _only(t, segment) for t in segment.tokens) and not segment.conditional:
            segment.mode = "if"
            supposing = True
            hangs = any(t.has("proviso") for t in segment.tokens)
            ahead = before is not None and any(t.has("future", "may", "hope", "plan") for t in before.tokens)
            if before is not None and before.mode == "main" and hangs and ahead:
                before.conditional = True
        elif before is not None and before.mode == "if" and segment.tokens[0].has("moreover"):
            segment.mode = "if"
        elif supposing:
            segment.conditional = True
