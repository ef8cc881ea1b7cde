"""Adds up the digits and number words of one figure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from monitor.claims.numbers.phrases import runs_on

if TYPE_CHECKING:
    from monitor.claims.numbers.grammar import Exact, Grammar
    from monitor.model import Bound


LONGEST = 30
"""Digits beyond which a run of them is an identifier, not a figure."""
LARGEST = 10**LONGEST
WIDEST_GAP = 3
"""Spaces between the words of a figure."""
_TENS = frozenset({20, 30})
"""What one character counts: 廿, 卅."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a folded text at `start:end`."""

    start: int
    end: int
    value: Exact
    tail: Exact = 1
    """Product of the scale words it ends with; what the first figure of a range may lack ("$600-800 million")."""
    sort: Literal["number", "fraction", "multiple"] = "number"
    digits: bool = True
    bound: Bound | None = None
    """Said inside the figure: 100多万."""
    vague: bool = False
    top: Exact | None = None
    """Upper end of two neighbouring digits: 两三万."""


class _Sum:
    """Adds up the words of a figure: digit and small multiplier into a section, sections and scales into a total."""

    def __init__(self) -> None:
        self.total: Exact = 0
        self.section: Exact = 0
        self.digit: Exact = 0
        self.filled = False
        self.scale = 0
        self.tail = 1
        self.below = 0
        """The scale or multiplier that the last digit stands behind; 0 after a zero (一千零五)."""

    def add(self, value: Exact) -> None:
        self.below = self.tail if value else 0
        self.digit += value
        self.filled = True
        self.tail = 1

    def append(self, value: Exact) -> None:
        self.digit = self.digit * 10 + value
        self.below = 0

    def times(self, factor: int) -> None:
        self.section += (self.digit if self.filled else 1) * factor
        self.digit, self.filled = 0, False
        self.tail *= factor

    def raise_to(self, scale: int) -> None:
        part = self.section + self.digit
        if not self.filled and not self.section and self.scale:
            self.total *= scale
        elif self.scale and scale > self.scale:
            self.total = (self.total + part) * scale
        else:
            self.total += (part if self.filled or self.section else 1) * scale
        self.section, self.digit, self.filled, self.scale = 0, 0, False, scale
        self.tail *= scale

    def settle(self, *, lower_place: bool) -> None:
        """Reads a last single digit as of the place below the scale word before it, where the language does."""
        if lower_place and self.filled and 0 < self.digit < 10 and self.below >= 100:
            self.digit *= self.below // 10

    @property
    def value(self) -> Exact:
        return self.total + self.section + self.digit


class Reader:
    def __init__(self, text: str, grammar: Grammar) -> None:
        self.text = text
        self.grammar = grammar
        self.sum = _Sum()
        self.previous = ""
        self.last_added: Exact = 0
        self.digits = False
        self.bound: Bound | None = None
        self.vague = False

    def read(self, start: int) -> Figure | None:
        end, place, gap = start, start, ""
        while True:
            step = self._step(place, gap)
            if step is None:
                break
            end = self._infix(step)
            place, gap = self._gap(end)
        if not self.previous or self.previous == "vague" or runs_on(self.text, end):
            return None
        self.sum.settle(lower_place=self.grammar.lower_place)
        value = 0 if self.vague else self.sum.value
        return Figure(start, end, value, self.sum.tail, "number", self.digits, self.bound, self.vague)

    def _step(self, place: int, gap: str) -> int | None:
        """Takes in the word at `place`; its end, or None where the figure does not go on."""
        if place < len(self.text) and self.text[place].isdecimal():
            return self._digits(place, gap)
        found = self.grammar.numerals.at(self.text, place)
        if found is None:
            return None
        end, (op, value) = found
        if not self._may_follow(op, value, gap) or self._dangles(end):
            return None
        self._apply(op, value)
        return end

    def _dangles(self, end: int) -> bool:
        """Whether the word goes on with what is no numeral ("mil" in "Millimeter", "ein" in "Einheit")."""
        if not runs_on(self.text, end) or self.grammar.numerals.at(self.text, end):
            return False
        joined = (end + len(joiner) for joiner in self.grammar.joiners if self.text.startswith(joiner, end))
        return not any(self.grammar.numerals.at(self.text, place) for place in joined)

    def _digits(self, place: int, gap: str) -> int | None:
        match = self.grammar.digits.match(self.text, place)
        if match is None or len(match.group()) > LONGEST:
            return None
        value = exact(match.group(), self.grammar)
        follows = self.previous in {"times", "scale"} and not self.grammar.spaced
        spaced = gap == " " and (self.grammar.digits_after_scale or self._smaller_scale(match.end()))
        fits = value < self.sum.tail and (not gap or spaced)
        if self.previous and not (follows and fits):
            return None
        self.digits = True
        self._apply("add", value)
        self.previous = "digits"
        glued = self.grammar.glued_scales.at(self.text, match.end())
        if glued:
            self._apply("scale", glued[1])
            return glued[0]
        return match.end()

    def _smaller_scale(self, end: int) -> bool:
        """ "3,309 億 8,000 萬元": behind the blank stand digits with a smaller scale word of their own."""
        scale = self.grammar.numerals.at(self.text, end + 1 if self.text.startswith(" ", end) else end)
        return scale is not None and scale[1].op == "scale" and scale[1].value < self.sum.scale

    def _may_follow(self, op: str, value: Exact, gap: str) -> bool:
        if op == "none":
            return False
        if not self.previous or self.previous == "vague":
            return op != "half" and (op not in {"times", "scale"} or self.grammar.bare_scales)
        if op == "add":
            return self._may_add(value, gap)
        if op == "half":
            return self.previous in {"add", "digits", "scale", "whole"}
        if op in {"times", "scale"}:
            piled = self.previous == "scale" and value <= self.sum.scale
            return gap in {"", " ", "-"} and not piled and self.sum.value < LARGEST
        return False

    def _may_add(self, value: Exact, gap: str) -> bool:
        if self.previous in {"times", "scale", "whole"}:
            return (not gap or self.grammar.spaced) and (not self.digits or not self.grammar.spaced)
        if self.previous != "add":
            return False
        if not self.grammar.spaced:
            return not gap and value < 10 and (self.last_added < 10 or self.last_added in _TENS)
        if gap == "and" and not self.grammar.compounds:
            return False
        tens = (self.last_added, value) if self.last_added >= 20 else (value, self.last_added)
        return tens[0] >= 20 and tens[0] % 10 == 0 and tens[0] <= 90 and 0 < tens[1] < 20

    def _apply(self, op: str, value: Exact) -> None:
        if op == "add" and self.previous == "add" and not self.grammar.spaced and self.last_added not in _TENS:
            self.sum.append(value)
        elif op == "half":
            self.sum.add(value * self.sum.scale if self.previous == "scale" else value)
        elif op in {"add", "whole"}:
            self.sum.add(value)
        elif op == "times":
            self.sum.times(int(value))
        elif op == "scale":
            self.sum.raise_to(int(value))
        elif op == "vague":
            self.vague = True
        self.last_added = value if op == "add" else 0
        self.previous = op

    def _infix(self, end: int) -> int:
        """Past a bound word inside the figure (100多万), where a scale word still follows."""
        found = self.grammar.infix_bounds.at(self.text, end)
        if found is None:
            return end
        following = self.grammar.numerals.at(self.text, found[0])
        if following is None or following[1].op not in {"times", "scale"}:
            return end
        self.bound = found[1]
        return found[0]

    def _gap(self, end: int) -> tuple[int, str]:
        """Where the next word of the figure would begin, and what lies between."""
        place = end
        while self.text.startswith(" ", place) and place - end < WIDEST_GAP:
            place += 1
        if place > end and self.grammar.numerals.at(self.text, place):
            return place, " "
        for joiner in self.grammar.joiners:
            if self.text.startswith(joiner, place) and (place == end or self.text.startswith(" ", place + len(joiner))):
                after = place + len(joiner)
                while place > end and self.text.startswith(" ", after):
                    after += 1
                return after, joiner
        return place, " " if place > end else ""


def exact(digits: str, grammar: Grammar) -> Exact:
    """The value of a run of digits with the group and decimal marks of the language."""
    whole, mark, part = _split(digits, grammar.decimal)
    if not mark:
        return int(whole)
    value = Fraction(int(whole or "0") * 10 ** len(part) + int(part), 10 ** len(part))
    return value.numerator if value.denominator == 1 else value


def _split(digits: str, decimal: str) -> tuple[str, str, str]:
    """Whole digits, decimal mark, decimal digits; group marks are dropped."""
    group = "." if decimal == "," else ","
    other_marks = group == "." and decimal not in digits and digits.count(".") == 1
    if digits.count(decimal) > 1 or (other_marks and len(digits.rpartition(".")[2]) != 3):
        decimal, group = group, decimal
    whole, mark, part = digits.partition(decimal)
    plain = whole.replace(group, "").replace(" ", "").replace("'", "")
    return plain, mark, part
