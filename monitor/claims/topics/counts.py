"""Why a count is none of chips shipped, ordered, made or installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.frames import LARGEST_BARE

if TYPE_CHECKING:
    from monitor.claims.frames import Bond
    from monitor.claims.numbers.model import Quantity
    from monitor.claims.topics.scene import Scene
    from monitor.claims.topics.segments import Segment

_FEWEST_BARE = 1000
"""Without a unit fewer are hardly chips."""
_FEWEST_ORDERED = 10
_FEWEST_INSTALLED = 500
"""Fewer are the parts of one machine."""
_FEWEST_MADE = 10
"""Fewer are what one chip is put together from."""
_FEWEST_MADE_UP = 1000
"""Chips of which no one system is made up."""
_MADE = frozenset({"deployment", "production"})


def miscounted(scene: Scene, bond: Bond, segment: Segment, thing: str | None, quantity: Quantity) -> str:
    """Why a count is none of chips shipped, ordered, made or installed."""
    metric = bond.entry.metric
    if quantity.kind == "bare" and quantity.value < _FEWEST_BARE:
        return "too few to be counted without a unit"
    if quantity.kind == "bare" and quantity.value > LARGEST_BARE:
        return "too many to be counted without a unit"
    if (metric != "shipments" or quantity.value < _FEWEST_BARE) and _counts_cars(scene, segment, thing):
        return "counts cars"
    if metric == "production" and quantity.noun in ("chip", "die", "gpu") and quantity.value < _FEWEST_MADE:
        return "too few to be made"
    if quantity.noun == "piece" and _of_licences(bond, segment):
        return "counts licences"
    if metric == "deployment" and quantity.value < _FEWEST_INSTALLED and quantity.noun not in ("rack", "system"):
        return "too few to be a cluster"
    if metric == "deployment" and bond.trigger.has("consist"):
        if quantity.value < _FEWEST_MADE_UP:
            return "what one system is made up of"
        if quantity.noun in ("rack", "system"):
            return "racks, not chips"
    if metric == "orders" and quantity.noun in ("card", "gpu", "chip") and quantity.value < _FEWEST_ORDERED:
        return "too few to be an order"
    told = (*segment.tokens, *(scene.segments[bond.trigger.clause].tokens if bond.trigger.clause >= 0 else ()))
    trade = any(t.has("class:chipword", "class:techword", "class:phoneword") for t in told)
    if metric in _MADE and quantity.noun == "unit" and thing is None and not trade:
        return "counts something else"
    if metric == "shipments" and _permitted(bond, segment):
        return "only what is permitted"
    return ""


def _of_licences(bond: Bond, segment: Segment) -> bool:
    """ "收回两张光刻机出口许可"."""
    return any(t.has("class:licenceword") for t in segment.after(bond.figure.index))


def _counts_cars(scene: Scene, segment: Segment, thing: str | None) -> bool:
    """ "小米YU7 18小时锁单24万台": orders for cars, and how many are made, are another trade's; sales are told."""
    if any(t.has("class:carword") for t in segment.tokens):
        return True
    if thing is not None:
        return False
    cars = any(t.has("class:carword") for t in scene.row)
    return cars and not any(t.has("class:chipword", "class:techword", "class:phoneword") for t in scene.row)


def _permitted(bond: Bond, segment: Segment) -> bool:
    """ "已批准向G42出口3.5万颗": not shipped yet."""
    return any(
        e.metric == "export_control" and e.act == "granted" and e.owner != "speaker"
        for t in segment.before(bond.trigger.index)
        for e in t.entries
    )
