"""Why a rate, price, worth or node is none of the subject's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.metrics import CEILING
from monitor.claims.topics.carried import LAST
from monitor.claims.topics.ratios import of_anothers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.persons import Person
    from monitor.claims.tokens import Token
    from monitor.claims.topics.scene import Scene
    from monitor.claims.topics.segments import Segment

_WEIGHTS = (
    "斤",
    "吨",
    "噸",
    "桶",
    "盎司",
    "/克",
    "每克",
    "平方",
    "每升",
    "每度",
    "每晚",
    "每亩",
    "加仑",
    "加侖",
    "每股",
)


def mismeasured(scene: Scene, bond: Bond, segment: Segment, person: Person) -> str:
    """Why a rate, price, worth or node is none of the subject's."""
    metric, quantity = bond.entry.metric, bond.figure.figure
    if metric == "price" and quantity is not None and quantity.kind == "money" and quantity.value > CEILING:
        return "too much for one unit"
    if metric == "growth" and "price" in bond.entry.id and person.reason == LAST and _of_a_material(bond, scene.row):
        return "the price of something else"
    if metric == "growth" and "funding" in bond.entry.id and _moves(bond, scene.row):
        return "a move of the share"
    if metric == "growth" and "valuation" in bond.entry.id:
        shares = any(t.has("class:sharesword") for t in segment.tokens)
        return "a move of the share" if shares or _moves(bond, scene.row) else ""
    if metric == "yield" and of_anothers(bond, scene):
        return "held against another's"
    if metric == "market_share" and _of_a_family(bond, scene):
        return "a part of the company's own sales"
    if metric == "market_share" and _of_a_country(bond, scene.row):
        return "a country's part of the company's own sales"
    if metric == "valuation" and _of_another(bond, segment):
        return "the value of whom money goes to"
    if metric == "price" and _weighed(bond, scene.row):
        return "the price of something weighed"
    if metric == "process_node" and _modifies(bond, scene.row):
        return "only tells which kind of something else"
    if metric == "process_node" and person.reason == LAST and not any(t.has("product_pronoun") for t in scene.row):
        return "nobody is named in the sentence"
    return ""


def _moves(bond: Bond, row: Sequence[Token]) -> bool:
    """ "大涨超16%": said of a share, not of a company's worth."""
    before = row[bond.figure.index - 1] if bond.figure.index else None
    return before is not None and before.has("rise", "fall") and any(c in before.text for c in "涨漲跌")


def _modifies(bond: Bond, row: Sequence[Token]) -> bool:
    """ "2nm节点产能": of the capacity, not of the company."""
    after = row[bond.trigger.index + 1] if bond.trigger.index + 1 < len(row) else None
    return after is not None and any(e.metric is None and "nm" in e.fits for e in after.entries)


def _of_a_family(bond: Bond, scene: Scene) -> bool:
    """ "GB300占Blackwell出货的三分之二"."""
    between = scene.row[bond.trigger.index + 1 : bond.figure.index]
    return any(t.kind == "name" and scene.world.kind(t.entity) == "chip" for t in between)


def _of_a_country(bond: Bond, row: Sequence[Token]) -> bool:
    """ "中国市场占比降到三成八"."""
    before = row[bond.trigger.index - 1] if bond.trigger.index else None
    return before is not None and before.actor and "占比" in bond.trigger.text.replace("佔", "占")


def _of_another(bond: Bond, segment: Segment) -> bool:
    """ "以6.5亿美元的估值对该公司注资"."""
    behind = list(segment.after(bond.figure.index))
    paid = any(t.verb and t.has("class:fundword", "class:acquireword", "class:toward_company") for t in behind)
    return paid and any(t.has("toward") for t in behind)


def _of_a_material(bond: Bond, row: Sequence[Token]) -> bool:
    """ "氦气现货价格飙升逾五成": of what no table knows, where the sentence names nobody."""
    before = row[bond.trigger.index - 1] if bond.trigger.index else None
    if before is None or before.kind != "word" or before.end != bond.trigger.start:
        return False
    return len(before.text) > 1 and not before.text.endswith("等")


def _weighed(bond: Bond, row: Sequence[Token]) -> bool:
    """ "批发均价每斤4.35元"."""
    near = "".join(t.text for t in row[max(0, bond.figure.index - 2) : bond.figure.index + 3])
    return any(word in near for word in _WEIGHTS)
