"""Scales said once for a table: "(in millions)", 单位：亿元, 単位：百万円, 단위: 억원, "in Mio. Euro"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.claims.numbers.grammar import Grammar
    from monitor.claims.numbers.model import Quantity
    from monitor.model import Number

_END = re.compile(r"[.!?](?=\s|$)|[。！？]|\n\s*\n")
_PLAIN = re.compile(r"[\d.,'\u00a0\u202f -]+")


def carried(quantities: Sequence[Quantity], text: str, rules: Grammar) -> Iterator[Quantity]:
    """The quantities of a folded `text` with what a heading says of those behind it, to the end of its sentence.

    Figures without a scale of their own are multiplied; those without a unit take the heading's currency,
    or that of the money before them. What is
    counted, rates, multiples and prices of shares stay. The heading itself is no figure.
    """
    headings = list(_headings(text, rules))
    starts = [heading[0] for heading in headings]
    ends = [heading[1] for heading in headings]
    told: dict[int, str] = {}
    for quantity in quantities:
        around = bisect_right(starts, quantity.number_span[0]) - 1
        if around >= 0 and quantity.number_span[0] < ends[around]:
            continue
        # Reaches end in the order of their headings: where the last one does not reach, none does.
        at = bisect_right(ends, quantity.start) - 1
        last = headings[at] if at >= 0 and quantity.start < headings[at][2] else None
        if last is None:
            yield quantity
            continue
        yield _scaled(quantity, text, last[3], last[4] or told.get(last[0], ""))
        if quantity.kind == "money":
            told[last[0]] = quantity.unit


def _headings(text: str, rules: Grammar) -> Iterator[tuple[int, int, int, int, str]]:
    """Start, end, end of its reach, scale and currency of each heading."""
    if rules.carried is None:
        return
    stops: list[int] | None = None
    for match in rules.carried.finditer(text):
        if stops is None:
            stops = [end.start() for end in _END.finditer(text)]
        unit = match.groupdict().get("unit")
        at = bisect_left(stops, match.end())
        scale = rules.carried_scales[match["scale"]]
        yield match.start(), match.end(), stops[at] if at < len(stops) else len(text), scale, _currency(unit, rules)


def _currency(word: str | None, rules: Grammar) -> str:
    found = rules.units.at(word, 0) if word else None
    return found[1].unit if found is not None and found[1].kind == "money" else ""


def _scaled(quantity: Quantity, text: str, scale: int, currency: str) -> Quantity:
    plain = _PLAIN.fullmatch(text[slice(*quantity.number_span)]) is not None
    if not plain or quantity.kind not in ("bare", "money") or quantity.noun == "share" or quantity.vague:
        return quantity
    high = None if quantity.value_max is None else _times(quantity.value_max, scale)
    scaled = replace(quantity, value=_times(quantity.value, scale), value_max=high, carried=scale)
    if quantity.kind == "bare" and currency:
        return replace(scaled, kind="money", unit=currency)
    return scaled


def _times(value: Number, scale: int) -> Number:
    exact = Fraction(str(value)) * scale
    return int(exact) if exact.denominator == 1 else float(exact)
