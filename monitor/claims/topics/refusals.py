"""Why what is bound to a figure makes no claim."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.claims.metrics import COUNTS, RULER_METRICS, TOTALS
from monitor.claims.topics.carried import LAST
from monitor.claims.topics.counts import miscounted
from monitor.claims.topics.measures import mismeasured
from monitor.claims.topics.persons import STATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.lexicon import Entry
    from monitor.claims.persons import Person
    from monitor.claims.tokens import Token
    from monitor.claims.topics.scene import Scene
    from monitor.claims.topics.segments import Segment
    from monitor.claims.world import World
    from monitor.model import Claim

_LEAST_SUM = 1_000_000
_LEVELS = frozenset({"price", "revenue", "profit", "shipments", "orders", "production", "capacity", "deployment"})
_CONTESTED = re.compile(
    r"[^，。；]{0,8}(?:交易|协议|協議|合作|合同|合約)[^，。；]{0,24}(?:法律行动|法律行動|诉讼|訴訟|起诉|起訴|反垄断|反壟斷|审查|審查|调查|調查|纠纷|糾紛)"
)
_SHARES = re.compile(r"\d[\d,.]*(?:万|萬|亿|億)?股")
_KINDS = re.compile(
    r"(?:推动|推動|带动|帶動|促使|使得?)(?:[^，。；]{0,4})(?:大型|主要|头部|頭部|各大|几大|幾大|多家|众多|眾多|各家|全球|国内|國內)[^，。；]{0,8}?"
    r"(?:企业|企業|公司|厂商|廠商|巨头|巨頭|服务商|服務商|供应商|供應商|运营商|運營商)"
    r"|[两兩三四五六七八九十]大[^，。；]{0,8}?(?:企业|企業|公司|厂商|廠商|巨头|巨頭|业者|業者|科企|云厂)"
)
_AFFAIRS = ("案", "案件", "机密", "機密", "技术", "技術", "人员", "人員", "资料", "資料", "客户", "客戶")
_GOODS = re.compile(r"(?i)dram|nand|ddr\d|hbm|ssd|记忆体|記憶體|内存|闪存|快闪|快閃|晶圆|晶圓|存储|芯片|晶片|显卡")
_OWN_MARKETS = frozenset({"本土", "国际", "國際", "海外", "国内", "國內", "境外"})
"""What a company parts its own sales by: "国际市场游戏收入"."""
_OUTDOES = ("远超", "遠超", "超过", "超過", "高于", "高於", "低于", "低於", "不及", "超越")
_MARKETS = frozenset({"shipments", "revenue", "growth", "production"})


def unbound(scene: Scene, bond: Bond, segment: Segment, thing: str | None, person: Person) -> str:
    """Why a bond makes no claim; empty where it may."""
    quantity, metric = bond.figure.figure, bond.entry.metric
    if quantity is None:
        return "no figure"
    if metric == "listed_entities" and _listed_before(bond, segment, scene.place.text):
        return "who was listed before"
    if metric in _LEVELS and quantity.kind == "percent":
        return "a share of it, not its size"
    if metric in _MARKETS and _of_a_market(bond, _home(bond, segment, scene), person):
        return "a whole market's figure"
    if person.reason == LAST and bond.entry.id.startswith(("growth/price", "price")) and _of_a_good(bond, scene):
        return "a whole market's price"
    if bond.figure.speech is not None and segment.tokens[0].has("source"):
        return "what is reckoned by"
    if metric == "penalty" and any(t.figure is not None and t.figure.unit == "entities" for t in segment.tokens):
        return "a sum for several companies together"
    if _held_against(bond, scene, person):
        return "held against somebody else's"
    if quantity.noun == "vehicle" and metric != "shipments":
        return "counts cars"
    if metric in COUNTS:
        return miscounted(scene, bond, segment, thing, quantity)
    if metric == "tariff" and _on_other_goods(bond, segment):
        return "on goods that have nothing to do with chips"
    if metric in TOTALS and quantity.kind == "money" and abs(quantity.value) < _LEAST_SUM:
        return "too small a sum"
    if metric in TOTALS | {"growth"} and _of_many(bond, scene):
        return "everybody's together"
    if metric == "investment" and person.reason == STATE and "支出" in bond.trigger.text:
        return "what a whole country spends"
    if metric == "process_node" and _of_something_else(bond, scene.row):
        return "says more of something else"
    if metric == "investment" and _would_cost(bond, segment):
        return "what it would cost"
    if metric in ("investment", "deal") and _bought_back(scene, metric):
        return "shares bought back"
    if metric == "funding" and _set_apart(bond, segment):
        return "what a part of it is for"
    if metric in ("funding", "deal") and _bid_for(bond, scene.row):
        return "what was bid for"
    if metric == "deal" and quantity.lead == "to" and bond.trigger.text.startswith(("增资", "增資")):
        return "a company's capital"
    if metric == "deal" and _between_others(bond, scene.row, person, scene.place.text):
        return "a deal between others"
    return mismeasured(scene, bond, segment, person)


def _of_a_good(bond: Bond, scene: Scene) -> bool:
    """ "DRAM平均售价季涨30%": the price of a good, of whatever maker, where nobody is named."""
    if any(t.kind == "name" and scene.world.kind(t.entity) == "company" for t in scene.row):
        return False
    near = scene.row[max(0, bond.trigger.index - 4) : bond.trigger.index]
    return any(_GOODS.search(t.text) for t in near)


def _home(bond: Bond, segment: Segment, scene: Scene) -> Segment:
    """Where the word that holds a figure stands."""
    return scene.segments[bond.trigger.clause] if bond.trigger.clause >= 0 else segment


def _listed_before(bond: Bond, segment: Segment, text: str) -> bool:
    """ "对于4月被列入管控名单的16家美国实体": those of a list that is told of in passing."""
    figure = bond.figure
    start = figure.figure.start if figure.figure is not None else figure.start
    before = next(segment.before(figure.index), None)
    if not (text[start] == "的" or (before is not None and before.has("of"))) or bond.trigger.index > figure.index:
        return False
    opening = [t for t in segment.tokens if t.index < bond.trigger.index]
    return any(t.has("agent", "toward") for t in opening) and not any(t.has("decree") for t in opening)


def _of_a_market(bond: Bond, segment: Segment, person: Person) -> bool:
    """ "2025年中国PC市场整体出货1150万台", where nobody is named; "全球折叠屏手机出货量", of whatever maker."""
    if person.how != "carried":
        return False
    before = [t for t in segment.tokens if t.index < bond.trigger.index]
    if person.reason == LAST:
        wide = [at for at, t in enumerate(before) if t.text.endswith(("市场", "市場", "全球", "行业", "行業"))]
        return any(not (at and before[at - 1].text in _OWN_MARKETS) for at in wide)
    if any(t.kind == "name" and not t.actor for t in before):
        return False
    return any(t.text == "全球" and t.index < bond.trigger.index - 1 and t.end < bond.trigger.start for t in before)


def _held_against(bond: Bond, scene: Scene, person: Person) -> bool:
    """ "这一规模远超OpenAI的30亿美元": behind a word of comparison that somebody else follows."""
    between = scene.row[bond.trigger.index + 1 : bond.figure.index]
    quantity = bond.figure.figure
    if any(t.text.endswith(("仅次于", "僅次於")) for t in between):
        return True
    if not between or quantity is None or not (between[-1].has("of") or scene.place.text[quantity.start] == "的"):
        return False
    return any(
        token.text.endswith(_OUTDOES)
        and after.kind == "name"
        and scene.world.kind(after.entity) == "company"
        and after.entity not in person.entities
        for token, after in pairwise(between)
    )


def _bought_back(scene: Scene, metric: str) -> bool:
    """ "回购1700万股，斥资2.5亿美元", "以约800亿港元购回合共1.5亿股"; "成交173万股，涉资4501万元"."""
    if metric == "deal" and not _SHARES.search(scene.place.text, scene.row[0].start, scene.row[-1].end):
        return False
    if any(t.text == "成交" for t in scene.row) and _SHARES.search(scene.place.text, scene.row[0].start):
        return True
    return any(t.has("class:buybackword") or t.text in ("购回", "購回", "回购", "回購") for t in scene.row)


def _of_many(bond: Bond, scene: Scene) -> bool:
    """ "推动大型云企业的租赁总额突破7000亿": companies of a kind, none of them named behind that word."""
    text = scene.place.text
    segment = scene.segments[bond.figure.clause]
    before = next(iter(scene.chain(segment)), None)
    start = (before if before is not None and before.mark == "," else segment).tokens[0].start
    found = list(_KINDS.finditer(text, start, min(bond.figure.start, bond.trigger.start)))
    if not found:
        return False
    return not any(
        t.kind == "name" and not t.actor and found[-1].end() <= t.start < bond.figure.start for t in scene.row
    )


def _set_apart(bond: Bond, segment: Segment) -> bool:
    """ "募集资金中的75亿元计划用于…，130亿元用于…": parts of what is raised, told by what they are for."""
    spent = any(t.has("purpose") for t in [*segment.after(bond.figure.index)][:2])
    if not spent:
        return False
    between = [t for t in segment.before(bond.figure.index) if t.index > bond.trigger.index]
    return bond.trigger.clause != segment.number or any(t.has("part") or t.text in ("中", "中的") for t in between)


def _of_something_else(bond: Bond, row: Sequence[Token]) -> bool:
    """ "1.8纳米制程的良率", "2纳米制程泄密案": the node only tells of what."""
    behind = row[bond.trigger.index + 1 : bond.trigger.index + 3]
    if bond.trigger.index < bond.figure.index or not behind:
        return False
    if behind[0].has("of") and len(behind) > 1:
        return any(e.metric in ("yield", "capacity") for e in behind[1].entries)
    glued = behind[0].start == bond.trigger.end and behind[0].kind == "word" and behind[0].clause == bond.trigger.clause
    return glued and behind[0].text.endswith(_AFFAIRS)


def _would_cost(bond: Bond, segment: Segment) -> bool:
    """ "建1吉瓦容量需花费约500亿美元"."""
    before = next(segment.before(bond.trigger.index), None)
    return before is not None and before.text in ("需", "需要", "须", "須", "要花", "约需", "約需")


def _bid_for(bond: Bond, row: Sequence[Token]) -> bool:
    """ "债券发行获得约1260亿美元认购": demand, not what was raised."""
    after = row[bond.figure.index + 1] if bond.figure.index + 1 < len(row) else None
    return after is not None and after.text in ("认购", "認購", "的认购", "申购", "申購")


def _on_other_goods(bond: Bond, segment: Segment) -> bool:
    """ "对进口专利药加征100%关税"."""
    said = segment.tokens
    return any(t.has("class:othergoods") for t in said) and not any(
        t.has("class:chipword", "class:techword") for t in said
    )


def _between_others(bond: Bond, row: Sequence[Token], person: Person, text: str) -> bool:
    """ "就亚马逊与OpenAI的500亿美元云交易采取法律行动"."""
    if _CONTESTED.match(text, bond.figure.end):
        return True
    pair = row[max(0, bond.figure.index - 3) : bond.figure.index]
    if len(pair) < 3 or bond.trigger.index < bond.figure.index or not pair[1].has("and"):
        return False
    named = [t for t in (pair[0], pair[2]) if t.kind == "name" and not t.actor]
    return len(named) == 2 and not any(t.entity in person.entities for t in named) and bool(person.entities)


def off_topic(scene: Scene, entry: Entry, subjects: Sequence[str | None]) -> bool:
    """Whether a government acts on something that has nothing to do with chips."""
    if entry.metric == "listed_entities":
        return False
    if entry.metric not in RULER_METRICS and not any(scene.world.is_ruler(s) for s in subjects):
        return False
    return not (scene.told.technical or scene.technical())


def decreed_below(claim: Claim, decreed: Sequence[Claim], world: World) -> bool:
    """ "中国政府依法对镓实施出口管制", said of what the ministry's notice tells."""
    if claim.metric != "export_control" or world.kind(claim.subject) != "government":
        return False
    return any(
        other.subject is not None
        and (other.act, other.status) == (claim.act, claim.status)
        and world.within(other.subject, claim.subject or "")
        and claim.product in (None, "export-controls", other.product)
        for other in decreed
    )
