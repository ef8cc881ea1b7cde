"""Cuts a row of tokens into clauses and says which of them state, suppose, quote or compare."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.tokens import Token

Mode = Literal["main", "content", "relative", "if", "aside"]
"""`content`: what somebody says; `relative`: who, which; `aside`: in brackets."""

_CUTTING = frozenset({"relative", "if", "inverted_if", "boundary", "and", "that", "rumour"})
_STOPS = frozenset({";", "—", "(", ")", ".", "?", "!"})
_SHORTENED = frozenset({"rev", "revs", "est", "ests", "op", "approx"})
"""Words of headlines whose stop is their own."""
_REACH = 14
"""Tokens that a subject may take before its verb."""


@dataclass(slots=True, eq=False)
class Clause:
    """A run of tokens with one subject; inner clauses are clauses of their own."""

    number: int
    mode: Mode
    parent: Clause | None = None
    tokens: list[Token] = field(default_factory=list)
    comma: bool = False
    """Of a relative clause: whether a comma opened it."""
    antecedent: Token | None = None
    """What "which" or "who" stands for."""
    speaker: int | None = None
    """Number of the speech that this clause is the content of."""
    inner: list[Clause] = field(default_factory=list)
    """The clauses that open within it."""
    shares: Clause | None = None
    """The clause whose subject this one goes on with: "delivers 1 petaflop |and costs 9,000 yuan|"."""
    near: dict[tuple[int, bool], frozenset[str]] = field(default_factory=dict)
    """What stands around its words, as far as asked for."""

    @property
    def verb(self) -> Token | None:
        return next((t for t in self.tokens if t.verb), None)


def clauses(row: Sequence[Token]) -> list[Clause]:
    """The clauses of a sentence in order of their first token; tokens of a speech's speaker belong to none."""
    return _Cutter(row).cut()


def _names_day(token: Token) -> bool:
    return token.has("on") or any(cue.startswith(("weekday:", "day:")) for cue in token.cues)


class _Cutter:
    def __init__(self, row: Sequence[Token]) -> None:
        self._row = row
        self._closing = -1
        """The comma that closes an aside."""
        self._all: list[Clause] = []
        self._open = self._new("main", None)

    def _new(self, mode: Mode, parent: Clause | None) -> Clause:
        clause = Clause(len(self._all), mode, parent)
        if parent is not None:
            parent.inner.append(clause)
        self._all.append(clause)
        return clause

    def cut(self) -> list[Clause]:
        for at, token in enumerate(self._row):
            if token.speech is not None:
                self._speech(at)
                continue
            self._step(at, token)
        return [c for c in self._all if c.tokens]

    def _speech(self, at: int) -> None:
        """After the speaker's words what is said goes on, or begins, as a clause of its own."""
        if self._interposed(at):
            return
        following = self._row[at + 1] if at + 1 < len(self._row) else None
        if following is not None and following.speech is None and self._open.tokens and self._row[at].verb:
            self._open = self._new("content", None)

    def _interposed(self, at: int) -> bool:
        """ "a share it reckons stood at 39%": a speaker between a noun and the verb that the noun is subject of."""
        first = at
        while first and self._row[first - 1].speech == self._row[at].speech:
            first -= 1
        before = self._row[first - 1] if first else None
        after = self._row[at + 1] if at + 1 < len(self._row) else None
        if before is not None and before.text == "," and after is not None and after.text == ",":
            awaited = bool(self._open.tokens) and self._open.verb is None and at + 2 < len(self._row)
            return awaited and self._row[at + 2].verb  # "Sales of the P800, she added, have passed 180,000"
        noun = before is not None and before.speech is None and any(e.pos == "noun" and e.fits for e in before.entries)
        told = noun or (before is not None and before.text.lower() in ("figure", "number", "rate", "level"))
        return told and after is not None and bool(after.cues & {"be", "link", "past", "rise", "fall"})

    def _step(self, at: int, token: Token) -> None:
        if token.kind == "mark":
            self._mark(at, token)
        elif not token.verb and not token.cues & _CUTTING:
            self._take(token)
        elif token.has("relative") and self._relative(at):
            inner = self._new("relative", self._open)
            inner.comma = self._row[at - 1].text == ","
            inner.antecedent = next(
                (t for t in reversed(self._row[:at]) if t.kind == "name" and t.speech is None and not t.modifier), None
            )
            self._open = inner
            self._take(token)
        elif (token.has("if") and not self._made_so(token) and not self._gives(at)) or (
            token.has("inverted_if") and (not self._open.tokens or self._supposes(at))
        ):
            self._open = self._new("if", self._open)
            self._take(token)
        elif (
            token.has("boundary")
            and self._starts(at + 1, verbless=not token.has("with"))
            and not (token.has("with") and self._awaits_verb())
        ):
            self._open = self._new("main", None)
            self._take(token)
        elif (
            token.has("and")
            and (self._open.verb or self._after_expectation(at))
            and self._starts(at + 1)
            and not self._pairs(at)
        ):
            before, self._open = self._open, self._sibling()
            self._open.shares = before if self._row[at + 1].verb else None
            self._take(token)
        elif (
            token.has("that")
            and self._open.tokens
            and not self._pointing(at)
            and (self._open.tokens[-1].verb or self._open.tokens[-1].kind == "name" or self._said_on(at))
        ):
            self._open = self._new("content", self._open)
        elif token.has("rumour") and self._open.verb is not None and self._tells_of_another(at):
            self._take(token)
            self._open = self._new("content", self._open)
        elif self._resumes(at, token):
            self._open = self._open.parent or self._open
            self._take(token)
        else:
            self._take(token)

    def _tells_of_another(self, at: int) -> bool:
        """ "there was no truth in talk that Qualcomm would buy": who acts in what is said stands behind "that"."""
        after = self._row[at + 1] if at + 1 < len(self._row) else None
        named = after is not None and after.kind == "name" and not after.possessive
        return named and self._row[at].text.lower().endswith(" that") and self._starts(at + 1)

    def _made_so(self, token: Token) -> bool:
        """ "would make exports subject to approval": what is made so, no condition."""
        making = any(t.text.lower() in ("make", "makes", "made", "making") for t in self._open.tokens)
        exports = any(t.has("class:exportword", "class:sendword") for t in self._open.tokens)
        return making and exports and token.text.lower().startswith("subject to")

    def _gives(self, at: int) -> bool:
        """ "Management provided a guide of $54bn": the verb, not the condition."""
        after = self._row[at + 1] if at + 1 < len(self._row) else None
        said = self._row[at].text.lower() in ("provided", "providing") and at > 0 and self._row[at - 1].text != ","
        object_ = after is not None and (after.has("determiner", "possessive") or after.kind == "figure")
        return said and object_ and self._open.verb is None

    def _after_expectation(self, at: int) -> bool:
        """ "X expects revenue of $9bn, and Y reported ...": what is expected has no finite verb."""
        first = self._open.tokens[0].index if self._open.tokens else 0
        spoken = first > 0 and self._row[first - 1].speech is not None and self._row[first - 1].has("expect")
        return spoken and self._row[at - 1].text == ","

    def _supposes(self, at: int) -> bool:
        """ "X would pay $1.9bn should its shareholders consent": a second "should" with its subject behind it."""
        after = self._row[at + 1] if at + 1 < len(self._row) else None
        plural = after is not None and after.text.endswith("s") and not after.verb
        opens = after is not None and (
            plural or after.has("determiner", "possessive") or after.kind == "name" or after.capital
        )
        before = self._row[at - 1]
        return (
            self._row[at].text.lower() == "should" and self._open.verb is not None and opens and not before.has("and")
        )

    def _awaits_verb(self) -> bool:
        """ "A contract with Oracle is worth ...": the verb to come is that of what stands before "with"."""
        return bool(self._open.tokens) and self._open.verb is None and self._open.tokens[-1].text != ","

    def _resumes(self, at: int, token: Token) -> bool:
        """A second finite verb ends a relative clause without commas: "HBM that cost $180 now costs $420"."""
        clause = self._open
        if clause.mode != "relative" or clause.comma or clause.parent is None or not token.verb or token.has("aux"):
            return False
        before = self._row[at - 1]
        return (
            any(t.verb and not t.has("aux") for t in clause.tokens)
            and not (
                before.verb
                or before.has("and", "to", "aux", "be", "future", "would", "may", "not")
                or before.text == ","
                or token.text.lower().startswith("subject to")
            )
            and not before.text.lower().endswith("ing")
        )

    def _pairs(self, at: int) -> bool:
        """ "90,000 B200 and B300 chips": two names behind one figure."""
        before = self._row[max(0, at - 2) : at]
        after = self._row[at + 1] if at + 1 < len(self._row) else None
        return (
            len(before) == 2 and before[0].kind == "figure" and before[1].kind == "name"
            and after is not None and after.kind == "name"
        ) or self._named_together(at)  # fmt: skip

    def _named_together(self, at: int) -> bool:
        """ "a maker that counts Naura and AMEC among its customers": two names of one aside."""
        if at > 1 and self._row[at - 1].kind == "name" and self._row[at - 2].text.lower() in ("let", "lets", "letting"):
            return True  # "will let Samsung and SK Hynix ship tools"
        around = self._row[at - 1 : at + 3]
        named = len(around) == 4 and around[0].kind == "name" and around[2].kind == "name"
        return named and self._open.mode == "relative" and not self._open.comma and around[3].has("prep")

    def _take(self, token: Token) -> None:
        self._open.tokens.append(token)
        token.clause = self._open.number

    def _sibling(self) -> Clause:
        return self._new("if" if self._open.mode == "if" else "main", self._open.parent)

    def _mark(self, at: int, token: Token) -> None:
        if token.text == "(":
            self._open = self._new("aside", self._open)
        elif token.text == ")":
            self._open = self._open.parent or self._open if self._open.mode == "aside" else self._open
        elif (token.text in ("—", ":") and self._names_figure(at)) or self._shortens(at):
            self._take(token)
        elif token.text in _STOPS or (token.text == ":" and self._open.tokens):
            self._open = self._new("main", None)
        elif token.text == ",":
            self._comma(at, token)
        else:
            self._take(token)

    def _shortens(self, at: int) -> bool:
        """ "REV. $9bn": a stop that belongs to the word before it."""
        return self._row[at].text == "." and at > 0 and self._row[at - 1].text.lower() in _SHORTENED

    def _names_figure(self, at: int) -> bool:
        """ "Net profit: 19.8 trillion won", "its profit — 14.2 trillion won — was": the noun before holds it."""
        after = self._row[at + 1] if at + 1 < len(self._row) else None
        before = next((t for t in reversed(self._row[:at]) if t.kind != "period"), None)
        noun = before is not None and any(e.pos == "noun" and e.fits for e in before.entries)
        return noun and after is not None and after.kind == "figure"

    def _bracketed(self, at: int) -> int:
        """Where an aside ends that a comma opens: "suspends, from today on, the ..."."""
        row = self._row
        after = row[at + 1] if at + 1 < len(row) else None
        if after is None or at == 0:
            return -1
        end = next((i for i in range(at + 1, min(at + 14, len(row))) if row[i].text == "," or row[i].verb), -1)
        if end < 0 or row[end].text != "," or end + 1 >= len(row) or any(t.kind == "figure" for t in row[at:end]):
            return -1
        within_verb = row[at - 1].verb and (after.has("prep") or after.kind == "period") and not row[end + 1].verb
        apposed = self._open.mode == "relative" and after.has("determiner") and row[end + 1].has("for", "in", "at")
        return end if within_verb or apposed else -1

    def _comma(self, at: int, token: Token) -> None:
        if at == self._closing:
            self._take(token)
            return
        self._closing = max(self._closing, self._bracketed(at))
        if self._closing > at:
            self._take(token)
            return
        if self._open.mode in ("relative", "if") and (self._open.verb or self._starts(at + 1)):
            aside, outer = self._open.mode == "relative", self._open.parent
            if outer is not None and outer.tokens:
                self._open = outer
                if aside and self._goes_on(at + 1):
                    self._take(token)
                    return  # "Applications to ship it, which had lain for months, were approved"
            else:
                self._open = self._new("main", None)
                return
        self._take(token)
        if self._open.verb and self._starts(at + 1) and not self._past_apposition(at):
            self._open = self._new("main", None)

    def _past_apposition(self, at: int) -> bool:
        """ "The duty, due to start in June, will be 10%": the finite verb of what stands before an aside."""
        after = self._row[at + 1]
        opened = next((t.index for t in self._open.tokens if t.text == ","), at)
        verb = self._open.verb
        if any(t.kind == "figure" for t in self._row[opened:at]):
            return False  # "Anthropic, valued at $380 billion in February, is raising"
        return opened < at and verb is not None and verb.index > opened and after.has("future", "would", "be", "may")

    def _goes_on(self, at: int) -> bool:
        """Whether a finite passive follows: the verb of what stands before the aside."""
        if at >= len(self._row) or not self._row[at].verb:
            return False
        return self._row[at].text.lower().split()[0] in ("is", "are", "was", "were")

    def _relative(self, at: int) -> bool:
        before = self._row[at - 1] if at else None
        after = self._row[at + 1] if at + 1 < len(self._row) else None
        if self._row[at].has("that") and after is not None and after.has("possessive", "timeword"):
            return False
        if self._pointing(at):
            return False
        if self._row[at].has("that") and before is not None and before.has("prep", "if"):
            return False  # "If that happens"
        return before is not None and not before.verb and not (self._row[at].has("that") and self._said_on(at))

    def _pointing(self, at: int) -> bool:
        """ "It wants to raise that to 80,000": a pronoun of its own, with what is done to it behind."""
        after = self._row[at + 1] if at + 1 < len(self._row) else None
        led = after is not None and (after.has("to", "by", "from") or (after.figure is not None and after.figure.lead))
        return self._row[at].text.lower() == "that" and bool(led)

    def _said_on(self, at: int) -> bool:
        """ "said on Monday that": what follows a date behind a verb of speech is what is said."""
        before = at - 1
        while before > 0 and (self._row[before].kind == "period" or _names_day(self._row[before])):
            before -= 1
        return before < at - 1 and self._row[before].verb and self._row[before].has("say", "expect", "estimate", "deny")

    def _is_subject(self, at: int) -> bool:
        """Whether the figure at `at` is followed by a verb at once: "RMB567m was left"."""
        for token in self._row[at + 1 : at + 4]:
            if token.verb:
                return True
            if token.has("pronoun", "adverb"):
                continue
            if token.kind != "word" and not token.cues & {"class:chipword", "of"} and token.kind != "name":
                return False
        return False

    def _past_aside(self, at: int) -> list[Token]:
        """The tokens from `at` on, without a "which ..." between two commas behind the first words."""
        ahead = list(self._row[at : at + _REACH])
        comma = next((i for i, t in enumerate(ahead) if t.text == ","), len(ahead))
        if comma + 1 >= len(ahead) or not ahead[comma + 1].has("relative") or any(t.verb for t in ahead[:comma]):
            return ahead
        close = next((t.index for t in self._row[at + comma + 1 : at + 2 * _REACH] if t.text == ","), None)
        return ahead if close is None else [*ahead[:comma], *self._row[close + 1 : close + 1 + _REACH]]

    def _starts(self, at: int, *, verbless: bool = False) -> bool:
        """Whether a clause with a verb of its own starts at `at`, before a comma or another clause begins."""
        seen = noun = False
        for token in self._past_aside(at):
            if token.speech is not None or token.has("boundary", "if", "relative", "and"):
                return False
            if token.kind == "mark" and token.text in (",", ";", "—", ":", "("):
                return False
            before = self._row[token.index - 1] if token.index else None
            if token.kind == "figure" and not seen and not (before and before.has("prep")):
                return self._is_subject(token.index)
            if (token.verb and not (before and before.has("to"))) or token.text.lower() == "to follow":
                return True
            if token.kind == "figure" and noun and verbless:
                return True
            noun = noun or any(e.pos == "noun" and e.fits for e in token.entries)
            seen = seen or token.kind == "name" or token.has("pronoun")
        return False
