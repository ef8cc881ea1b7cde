"""What a figure amounts to: its value, unit and bound, with what stands around it and what was told before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from monitor.claims.numbers.fold import fold
from monitor.claims.numbers.grammar import Unit
from monitor.claims.numbers.model import Quantity
from monitor.text.fold import simplified

if TYPE_CHECKING:
    from monitor.claims.numbers.context import After, Before
    from monitor.claims.numbers.grammar import Exact, Grammar
    from monitor.claims.numbers.model import Span
    from monitor.claims.numbers.numerals import Figure
    from monitor.model import Bound, Number

GAP_OF_CONVERSION = 14
"""Characters that may lie between a sum of money and its restatement."""
_STATEMENT_ENDS = re.compile(r"[。；;！!？?\n]")
SURE_LENGTH = 3
"""Ideographs of a figure in words that is one even without a unit (一百五)."""


@dataclass(slots=True)
class Read:
    """A figure with what stands around it."""

    figure: Figure
    before: Before
    after: After


class Amounts:
    """Makes a quantity of a figure, with what the text has told before it."""

    def __init__(self, text: str, rules: Grammar) -> None:
        self.text = fold(text)
        self.rules = rules
        self.quantities: list[Quantity] = []
        self.named: dict[str, int] = {}
        self.traditional: bool | None = None
        """Whether it is written in traditional characters, once asked."""

    def _single(self, got: Read, value: Exact | None = None, like: Read | None = None) -> Quantity | None:
        """The quantity of one figure; `value` is its value with a shared scale word, `like` lends it a missing unit."""
        figure, before, after = got.figure, got.before, got.after
        unit, span = self._unit_of(got)
        if like and unit is None and figure.sort == "number":
            unit = self._unit_of(like)[0]
            figure = replace(figure, sort=like.figure.sort)
        amount, unit = _by_sort(figure, figure.value if value is None else value, unit, before)
        if not figure.digits and not self._worth_reading(got, unit, amount):
            return None
        total = amount * (unit.factor if unit else 1)
        quantity = Quantity(
            start=min(before.start, figure.start),
            end=max(after.end, figure.end),
            number_span=(figure.start, figure.end),
            unit_span=span,
            value=number(-total if before.negative else total),
            value_max=number(figure.top * (unit.factor if unit else 1)) if figure.top else None,
            bound="range" if figure.top else figure.bound or _bound_of(before, after),
            kind=unit.kind if unit else "bare",
            unit=unit.unit if unit else "",
            noun="share" if after.share else unit.noun if unit else "",
            per=after.per or before.per,
            each=after.each or before.each,
            vague=figure.vague,
            negative=before.negative,
            lead=after.lead if before.lead == "from" and self.rules.from_needs_to else before.lead or after.lead,
        )
        quantity = self._wafers(quantity)
        return replace(quantity, conversion=True) if self._converts(quantity) else quantity

    def _worth_reading(self, got: Read, unit: Unit | None, amount: Exact) -> bool:
        """Whether a figure in words is one: 一 in 一些, 三 in 三星, 千 in 千葉 and "one" alone are not."""
        figure = got.figure
        if figure.sort != "number" or figure.vague:
            return True
        words = self.text[figure.start : figure.end]
        if words in self.rules.weak:
            return unit is not None and unit.kind in {"percent", "points"}
        if self.rules.spaced:
            return amount != 1 or unit is not None
        begins = self.rules.numerals.at(self.text, figure.start)
        from_digit = begins is not None and begins[1].op == "add"
        if figure.tail >= 10000 and (from_digit or got.before.bound or got.after.bound):
            return True
        if from_digit and amount >= 100 and len(words) >= SURE_LENGTH:
            return True
        return unit is not None and not (amount == 1 and unit.kind == "count")

    def _unit_of(self, got: Read) -> tuple[Unit | None, Span | None]:
        """The unit, 元 read as the currency that the text or the scale word tells."""
        unit, span = unit_of(got)
        if not unit or not span or unit.kind != "money":
            return unit, span
        word = self.text[span[0] : span[1]]
        taken_over = self.rules.currency_of_previous.get(word)
        if taken_over is None:
            return unit, span
        scale = self.text[got.figure.end - 1 : got.figure.end]
        told = self.rules.currency_by_scale.get(scale, {}).get(word)
        if got.before.currency:
            told = got.before.currency.unit
        elif told is None:
            told = next((code for code in taken_over if self._still_meant(code, span[0])), None)
        return (unit._replace(unit=told) if told else unit), span

    def _still_meant(self, code: str, place: int) -> bool:
        """Whether a currency named before is meant: in the same statement, or in traditional characters anywhere."""
        named = self.named.get(code)
        if named is None:
            return False
        if not _STATEMENT_ENDS.search(self.text, named, place):
            return True
        if self.traditional is None:
            self.traditional = simplified(self.text) != self.text
        return self.traditional

    def _wafers(self, quantity: Quantity) -> Quantity:
        """片, 枚 and 장 count wafers where wafers are spoken of."""
        if quantity.noun not in ("piece", "sheet") or self.rules.wafer_context is None:
            return quantity
        if quantity.noun == "sheet" and quantity.per in ("week", "month"):
            return replace(quantity, unit="wafers", noun="wafer")
        near = self.text[max(0, quantity.start - 24) : quantity.end + 12]
        return replace(quantity, unit="wafers", noun="wafer") if self.rules.wafer_context.search(near) else quantity

    def _converts(self, quantity: Quantity) -> bool:
        if quantity.kind != "money" or not self.quantities:
            return False
        last = self.quantities[-1]
        gap = self.text[last.end : quantity.start].strip()
        if last.kind != "money" or len(gap) > GAP_OF_CONVERSION:
            return False
        if last.unit == quantity.unit:
            signs = self.text[last.start : last.end], self.text[quantity.start : quantity.end]
            plain = "us$" in signs[0].lower() and "us$" not in signs[1].lower()
            return gap == "(" and plain  # "US$100 billion ($130 billion)"
        own = self.rules.conversions.at(self.text, quantity.start)
        if own is not None and own[0] - quantity.start > 1 and gap in {"", ",", "，"}:
            return True  # 约合 is a bound too, and stands within the figure.
        return gap in {"(", "（"} or bool(gap and self.rules.conversions.at(gap, 0))


def unit_of(got: Read) -> tuple[Unit | None, Span | None]:
    """The unit of a figure and its place; a currency sign before it outranks a noun behind it."""
    before, after = got.before, got.after
    if before.currency and after.unit and after.unit.unit == "mm" and after.unit.factor == 1:
        return before.currency._replace(factor=Fraction(1_000_000)), before.currency_span  # "$75MM"
    if before.currency and not (after.unit and after.unit.kind == "money"):
        return before.currency, before.currency_span
    return after.unit, after.unit_span


def _by_sort(figure: Figure, amount: Exact, unit: Unit | None, before: Before) -> tuple[Exact, Unit | None]:
    """Fractions as percent, multiples as the ratio of new to old."""
    if figure.sort == "fraction":
        return amount * 100, Unit("percent", "percent")
    if figure.sort == "multiple":
        return amount, Unit("multiple", "x")
    if unit and unit.kind == "multiple" and before.added and not before.level and before.lead != "to":
        return amount + 1, unit
    return amount, unit


def _bound_of(before: Before, after: After) -> Bound:
    if before.bound and before.bound != "about":
        return before.bound
    return after.bound or before.bound or "exact"


def number(value: Exact) -> Number:
    """An int where the value is whole, else the nearest float."""
    if isinstance(value, int):
        return value
    return value.numerator if value.denominator == 1 else float(value)
