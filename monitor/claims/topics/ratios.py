"""Yields told by counting ("每三颗只有一颗能用"), and those held against another's."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from monitor.claims.frames import Bond

if TYPE_CHECKING:
    from monitor.claims.tokens import Token
    from monitor.claims.topics.scene import Scene
    from monitor.claims.topics.segments import Segment

_ONE = re.compile("有一[颗顆枚片块塊个個张張]")
_REACH = 12
"""Characters between the whole and "只有一颗"."""
_DICE = frozenset({"chip", "piece", "die", "unit"})


def counted_yield(figure: Token, scene: Scene, segment: Segment) -> Bond | None:
    """The bond of a count of good dies, its figure turned into their share; None where no such count stands."""
    quantity = figure.figure
    phrase = scene.words.phrases.get("良率")
    if quantity is None or quantity.noun not in _DICE or phrase is None:
        return None
    if not any(t.has("class:goodword") for t in segment.after(figure.index)):
        return None
    before = next((t for t in segment.before(figure.index) if t.kind == "figure"), None)
    share: Fraction | None = None
    if before is not None and _each(before, scene) and before.figure is not None and before.figure.noun in _DICE:
        share = Fraction(quantity.value) / Fraction(before.figure.value)
    elif _each(figure, scene) and _ONE.search(scene.place.text, quantity.end, quantity.end + _REACH):
        share = 1 / Fraction(quantity.value)
    if share is None or share >= 1:
        return None
    figure.figure = replace(quantity, kind="percent", unit="percent", noun="", value=round(float(share * 100), 1))
    entry = next(e for e in phrase.entries if e.metric == "yield")
    return Bond(figure, figure, entry, 10)


def of_anothers(bond: Bond, scene: Scene) -> bool:
    """Whether it is told as a part of another's: "良率只有台积电的三分之一"."""
    pair = scene.row[max(0, bond.figure.index - 2) : bond.figure.index]
    return len(pair) > 1 and pair[0].has("link") and pair[1].kind == "name" and scene.world.is_org(pair[1].entity)


def _each(figure: Token, scene: Scene) -> bool:
    """Whether "每" stands before a count."""
    quantity = figure.figure
    if quantity is None:
        return False
    return quantity.each or scene.place.text[max(0, quantity.start - 1) : quantity.start] == "每"
