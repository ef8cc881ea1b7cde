"""What a figure counts and per what time, where the words for it stand apart from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.claims.frames import Bond
    from monitor.claims.numbers.model import Per, Quantity
    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment
    from monitor.claims.world import World

_PERS: tuple[Per, ...] = ("day", "week", "month", "quarter", "year")
_WAFERS = frozenset({"dram", "nand", "cowos"})
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


def unit_before(metric: str, bond: Bond, world: World) -> str:
    """In what a metric is told: by its word ("月产能"), else as it was last."""
    if metric == "capacity" and bond.trigger.has("monthly"):
        return "wafers/month"
    return world.units.get(metric, "")
