"""A sentence as segments: what stands between two commas, each with a clause's worth of words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.claims.tokens import Token

Mode = Literal["main", "if", "aside"]
CUTS = frozenset({",", ";", ":", ".", "?", "!", "—"})
"""Marks that end a segment."""
ENDS = frozenset({".", ";", "?", "!"})
"""Marks that end a statement: what stands before one says nothing of what stands behind it."""
_OPENING, _CLOSING = frozenset("(（[【"), frozenset(")）]】")
_CJK = "\u2e80"
_BACKWARD = frozenset({"前提是", "的前提是", "除非", "取决于", "取決於"})
"""Conditions that stand behind what hangs on them."""


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


def segments(row: Sequence[Token], text: str) -> list[Segment]:
    """The segments of a sentence, in order; every token is in one, marks that cut are in none."""
    cut = _Cutter(text)
    for at, token in enumerate(row):
        cut.step(token, row[at + 1 : at + 3] if token.kind == "mark" else ())
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

    def step(self, token: Token, ahead: Sequence[Token] = ()) -> None:
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
        elif token.text in CUTS:
            self._cut(token.text)
        elif token.text == "-" and self.text[token.start - 1 : token.end + 1] == " - ":
            self._cut(";")
        elif _joins_clauses(token, ahead, here):
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


def _joins_clauses(mark: Token, ahead: Sequence[Token], segment: Segment) -> bool:
    """ "Meta赔偿210万美元、谷歌赔偿190万美元", and a plus sign: what stands before and behind are clauses."""
    if mark.text in "+＋":
        return any(t.verb for t in segment.tokens)
    if mark.text != "、" or len(ahead) < 2 or ahead[0].kind != "name" or not (ahead[1].verb and ahead[1].entries):
        return False
    verb = next((t for t in segment.tokens if t.verb and t.entries), None)
    return verb is not None and any(t.kind == "figure" and t.index > verb.index for t in segment.tokens)


def _only(token: Token, segment: Segment) -> bool:
    """ "只有50%": not a condition."""
    after = next(segment.after(token.index), None)
    return token.has("link") and after is not None and after.kind == "figure"


def _of_next(found: Sequence[Segment], at: int) -> bool:
    """ "商讨预付款，若采购量未达规模，差额扣除": the condition of what comes, not of what stands before."""
    segment = found[at]
    backward = any(t.text in _BACKWARD for t in segment.tokens)
    after = found[at + 1] if at + 1 < len(found) else None
    return segment.mark == "," and after is not None and after.mode != "aside" and not backward


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
            if before is not None and before.mode == "main" and hangs and ahead and not _of_next(found, at):
                before.conditional = True
        elif before is not None and before.mode == "if" and segment.tokens[0].has("moreover"):
            segment.mode = "if"
        elif supposing:
            segment.conditional = True
