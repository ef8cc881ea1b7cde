"""What a figure counts and per what time, where the words for it stand apart from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.lexicon import Entry
    from monitor.claims.numbers.model import Per, Quantity
    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment
    from monitor.claims.world import World

_PERS: tuple[Per, ...] = ("day", "week", "month", "quarter", "year")
_WAFERS = frozenset({"dram", "nand", "cowos"})
_HONG_KONG = ("港股", "港交所", "h股", "H股", "赴港", "在港")
_LEAST_SUM = 10_000_000
_LARGEST_COUNT = 500_000_000
"""Above it a bare number counts money, not pieces."""
_MADE = frozenset({"production", "capacity"})


def pieces(figure: Token, segment: Segment, bond: Bond | None) -> bool:
    """Makes 片 pieces again where only a word beyond the comma made them wafers."""
    quantity = figure.figure
    if quantity is None or quantity.noun != "wafer" or any(c in figure.text for c in "晶硅矽"):
        return False
    if bond is None and any(t.has("waferword") for t in segment.tokens):
        return False
    if bond is not None and (
        bond.entry.metric != "orders" or any(t.has("waferword") or t.text.lower() in _WAFERS for t in segment.tokens)
    ):
        return False
    if any(e.metric == "capacity" for t in segment.tokens for e in t.entries):
        return False
    figure.figure = replace(quantity, unit="units", noun="piece")
    return True


def currency(figure: Token, segment: Segment, world: World) -> None:
    """Gives a bare sum the currency before its noun ("美元营收402亿"), or that of the last sum of its kind."""
    quantity = figure.figure
    if quantity is None or quantity.kind != "bare":
        return
    if unit := _of_list(figure, segment):
        figure.figure = replace(quantity, kind="money", unit=unit)
        return
    if quantity.value < _LEAST_SUM:
        return
    before = [t for t in segment.tokens if t.index < figure.index]
    behind = next(iter(segment.after(figure.index)), None)
    noun = _sum_noun(reversed(before)) or (_sum_noun([behind]) if behind is not None else None)
    if noun is None or (quantity.value < _LARGEST_COUNT and any("units" in e.fits for t in before for e in t.entries)):
        return
    dollars = any(t.text.endswith(("美元", "美金")) for t in before)
    if noun.metric == "valuation" and any(t.text.startswith(_HONG_KONG) for t in segment.tokens):
        figure.figure = replace(quantity, kind="money", unit="HKD")
        return
    unit = "USD" if dollars else world.units.get(noun.metric or "") or _at_home(_named(before, segment), world)
    if unit:
        figure.figure = replace(quantity, kind="money", unit=unit)


def _of_list(figure: Token, segment: Segment) -> str:
    """The currency that only the last sum of a list names: "349亿、360亿和440亿美元"."""
    for token in segment.after(figure.index):
        if token.figure is not None and token.figure.kind == "money":
            return token.figure.unit
        listed = token.figure is not None and token.figure.kind == "bare"
        if not listed and token.text != "、" and not token.has("and"):
            break
    return ""


def _sum_noun(tokens: Iterable[Token]) -> Entry | None:
    return next((e for t in tokens for e in t.entries if e.metric is not None and "money" in e.fits), None)


def _named(before: Sequence[Token], segment: Segment) -> Sequence[Token]:
    """The words with a name: of the segment, else of those before ("寒武纪一季报：24.8亿营收")."""
    while not any(t.kind == "name" for t in before) and segment.before_it is not None:
        segment = segment.before_it
        before = segment.tokens
    return before


def _at_home(before: Sequence[Token], world: World) -> str:
    """The yuan, where only companies of mainland China are named."""
    known = [world.entities[t.entity].country for t in before if t.entity is not None and t.entity in world.entities]
    return "CNY" if known and all(country == "CN" for country in known) else ""


def rated(bond: Bond, segment: Segment, home: Segment) -> Quantity | None:
    """The quantity of a bond with the rate before its verb ("每周可加工1.8万片"), pieces as wafers where they are."""
    quantity = bond.figure.figure
    if quantity is None or bond.entry.metric not in _MADE:
        return quantity
    if quantity.per is None:
        for token in (*home.tokens, *segment.tokens):
            if token.index < bond.figure.index and quantity.per is None:
                per = next((p for p in _PERS if token.has(f"per_{p}")), None)
                quantity = replace(quantity, per=per) if per else quantity
    if quantity.noun == "piece" and any(t.has("waferword") for t in (*home.tokens, *segment.tokens)):
        quantity = replace(quantity, unit="wafers", noun="wafer")
    return quantity


def enabled(bond: Bond, home: Segment) -> bool:
    """Whether a verb of making tells what could be made: "一年最多可封测40万颗"."""
    if bond.trigger.has("able"):
        return True
    return any(t.has("able") for t in home.tokens if bond.trigger.index - 4 <= t.index < bond.trigger.index)
