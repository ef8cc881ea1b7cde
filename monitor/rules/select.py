"""Which rule cares about a claim, and what it lets pass."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.text.amounts import amount

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monitor.model import Change, Claim, Entity, Fact, Number, Rule

NEWS: frozenset[Change] = frozenset({"new", "record", "confirmed", "corrected", "denied"})
"""Changes that can raise an alert; the others update one, or nothing."""
OF_THINGS = frozenset({"launch", "price", "performance"})
"""Metrics that say nothing to people where the thing is not named: of these, accessories and shop offers are told."""


_HARDWARE = re.compile(
    r"chip|silicon|processor|accelerator|\b[cgtdnl]pus?\b|\bsocs?\b|\basics?\b|memory|\bdram\b|\bnand\b|hbm\d?|lpddr|\bgddr|\bssds?\b|"
    r"server|\bracks?\b|supernode|superpod|wafer|lithograph|scanner|\betch|deposition|\btool\b|"
    r"芯片|晶片|处理器|處理器|显卡|顯卡|加速卡|加速器|算力卡|gpu|cpu|npu|服务器|伺服器|超节点|超節點|机柜|機櫃|集群|内存|存储|記憶體|光刻|刻蚀|蝕刻|沉积|键合|量测|"
    r"チップ|半導体|プロセッサ|メモリ|サーバ|칩|반도체|프로세서|메모리|서버|가속기|prozessor|speicher|beschleuniger|halbleiter",
    re.IGNORECASE,
)
"""Words for the things of the trade."""
COUNTED = frozenset({"shipments", "orders", "production"})
_VEHICLES = re.compile(
    r"\b(?:cars?|vehicles?|evs?|suvs?|scooters?)\b|汽车|汽車|新车|新車|电动车|電動車|\d辆|\d輛|万辆|萬輛|自動車|자동차|차량|fahrzeug|\bautos?\b",
    re.IGNORECASE,
)
"""Words for what some makers of chips and phones also count by the thousand."""
NAMED_IN = frozenset({"en", "zh"})
"""Languages in which the party of a takeover is read; there a telling without one is mostly no takeover."""


def caring(rules: Iterable[Rule], claim: Claim, entities: Mapping[str, Entity]) -> Rule | None:
    """The first rule whose metric, entities, watchlists and statuses the claim fits."""
    return next((rule for rule in rules if _fits(rule, claim, entities)), None)


def _fits(rule: Rule, claim: Claim, entities: Mapping[str, Entity]) -> bool:
    if claim.metric not in rule.metrics:
        return False
    if rule.statuses and claim.status not in rule.statuses:
        return False
    if not rule.entities and not rule.watchlists:
        return True
    named = {id_ for id_ in (claim.subject, claim.product, claim.of) if id_}
    relations = (entities[id_] for id_ in named if id_ in entities)
    named |= {id_ for entity in relations for id_ in (entity.maker, entity.parent) if id_}
    lists = {entities[id_].watchlist for id_ in named if id_ in entities}
    return bool(named & set(rule.entities) or lists & set(rule.watchlists))


def steps(rules: Iterable[Rule]) -> dict[str, tuple[Number, ...]]:
    """Thresholds by metric, of all rules."""
    found: dict[str, set[Number]] = {}
    for rule in rules:
        for metric in rule.metrics:
            found.setdefault(metric, set()).update(rule.thresholds)
    return {metric: tuple(sorted(values)) for metric, values in found.items()}


def refusal(rule: Rule, claim: Claim, change: Change, last: Fact | None) -> str | None:
    """Why the rule lets the change pass without an alert, in words; None where it alerts."""
    if change not in (rule.changes or NEWS):
        return f"rule {rule.name} does not ask for {change}"
    if claim.metric in OF_THINGS and not claim.product:
        if not claim.product_name:
            return "names no product"
        if not _HARDWARE.search(claim.evidence):
            return f"{claim.product_name} is on no watchlist, and its sentence names no chip or machine"
    if claim.metric in COUNTED and not claim.product and _VEHICLES.search(claim.evidence):
        return "counts vehicles"
    if rule.minimum is not None and claim.value is not None and claim.value < rule.minimum:
        return f"rule {rule.name} asks for at least {amount(rule.minimum, claim.unit)}"
    if rule.change_by is not None and _moved(claim, last) < rule.change_by:
        return f"rule {rule.name} asks for a change of {rule.change_by:g}%"
    return None


def nameless(claim: Claim, fact: Fact, language: str | None) -> bool:
    """Whether a takeover of nobody in particular is told, in a language in which names are read."""
    return claim.metric == "acquisition" and not (claim.of or fact.of) and language in NAMED_IN


def _moved(claim: Claim, last: Fact | None) -> float:
    """Percent by which the figure differs from the last; without bounds where there is none to compare with."""
    if claim.value is None or last is None or not last.value:
        return float("inf")
    return abs(claim.value - last.value) / abs(last.value) * 100
