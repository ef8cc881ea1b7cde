"""Why a figure, or what is bound to it, makes no claim."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.claims.frames import LARGEST_BARE
from monitor.claims.metrics import CEILING, COUNTS, RULER_METRICS, TOTALS
from monitor.claims.topics import standing
from monitor.claims.topics.carried import LAST
from monitor.claims.topics.persons import STATE
from monitor.claims.topics.ratios import of_anothers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.lexicon import Entry
    from monitor.claims.numbers.model import Quantity
    from monitor.claims.tokens import Token
    from monitor.claims.topics.scene import Scene
    from monitor.claims.topics.segments import Segment
    from monitor.claims.who import Person

_LEAST_SUM = 1_000_000
_FEWEST_BARE = 1000
"""Without a unit fewer are hardly chips."""
_FEWEST_ORDERED = 10
_FEWEST_INSTALLED = 500
"""Fewer are the parts of one machine."""
_FEWEST_MADE_UP = 1000
"""Chips of which no one system is made up."""
_MADE = frozenset({"deployment", "production"})
_ORDINAL = re.compile(r"第[\d,.零一二两兩三四五六七八九十百千]*$")
_LEVELS = frozenset({"price", "revenue", "profit", "shipments", "orders", "production", "capacity", "deployment"})
_OVER = frozenset("超高低逊遜优優")
_HELD_AGAINST = re.compile("的?(?:销售|銷售|营收|營收|出货|出貨|收入|业绩|業績)?(?:预测|預測|预期|預期|预估|預估)")
_FORMERLY = re.compile(
    "(?:前|此前|先前|原先|年初|早先|之前)的?(?:目标|目標|预期|預期|预测|預測|指引|预估|預估|估计|估計|计划|計劃)"
)
_CONTESTED = re.compile(
    r"[^，。；]{0,8}(?:交易|协议|協議|合作|合同|合約)[^，。；]{0,24}(?:法律行动|法律行動|诉讼|訴訟|起诉|起訴|反垄断|反壟斷|审查|審查|调查|調查)"
)
_SHARES = re.compile(r"\d[\d,.]*(?:万|萬|亿|億)?股")
_KINDS = re.compile(
    r"(?:推动|推動|带动|帶動|促使|使得?)(?:[^，。；]{0,4})(?:大型|主要|头部|頭部|各大|几大|幾大|多家|众多|眾多|各家|全球|国内|國內)[^，。；]{0,8}?"
    r"(?:企业|企業|公司|厂商|廠商|巨头|巨頭|服务商|服務商|供应商|供應商|运营商|運營商)"
)
_OWN_MARKETS = frozenset({"本土", "国际", "國際", "海外", "国内", "國內", "境外"})
"""What a company parts its own sales by: "国际市场游戏收入"."""
_OUTDOES = ("远超", "遠超", "超过", "超過", "高于", "高於", "低于", "低於", "不及", "超越")
_ANNOUNCED = frozenset({"宣布", "宣佈", "公布", "披露"})
"""What was announced before is told, and no estimate: "先前英伟达宣布将…"."""
_MARKETS = frozenset({"shipments", "revenue", "growth", "production"})
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


def left_out(scene: Scene, figure: Token, segment: Segment) -> str:
    """Why a figure is none of the article's own: asked, quoted from a headline, a part of the one before, beaten."""
    closing = scene.place.evidence.rstrip('”」』"')
    asked = closing.endswith(("？", "?")) and segment is scene.segments[-1]
    if not scene.rebutted and (segment.mark == "?" or asked):
        return "asked, not told"
    if _ORDINAL.search(scene.place.text[max(0, figure.start - 12) : figure.start]):
        return "an ordinal"
    quoted = next((t.text for t in reversed(scene.row[: figure.index]) if t.text in ("《", "》")), "")
    if quoted == "《":
        return "stands in a title that is quoted"
    near = [t for t in segment.tokens if t.index < figure.index]
    if "whether" in scene.cues and any(t.has("whether") for t in near):
        return "asked, not told"
    if _part(figure, near):
        return "a part of the figure before"
    return _consensus(scene, figure, near) or _beside(figure, near)


def _part(figure: Token, near: Sequence[Token]) -> bool:
    if figure.figure is None or figure.figure.kind != "count" or not any(t.has("part") for t in near):
        return False
    return not any(t.kind == "name" and not t.actor for t in near)


def _consensus(scene: Scene, figure: Token, near: Sequence[Token]) -> str:
    speech = standing.speech_over(scene.speeches, figure.index)
    expected = speech is not None and speech.kind in ("expect", "estimate") and speech.speaker
    if speech is not None and expected and all(t.has("consensus") for t in speech.speaker):
        return "a consensus"
    held = "than" in scene.cues and any(t.has("than") for t in near)
    if held and any(t.has("consensus", "analyst") for t in near if t.speech is None):
        return "a consensus"
    if near and near[0].has("consensus") and all(t.has("consensus", "link", "adverb", "of") for t in near):
        return "a consensus"
    against = next((t.index for t in near if t.has("than")), None) if held else None
    if against is not None and any(t.index > against and t.has("say", "estimate", "expect") for t in near):
        return "an earlier estimate"
    opening = near[0].start if near else figure.start
    if any(c in _OVER for c in scene.place.text[opening : opening + 2]) and _HELD_AGAINST.match(
        scene.place.text, figure.end
    ):
        return "an earlier estimate"
    if _FORMERLY.search("".join(t.text for t in near)):
        return "an earlier estimate"
    done = any((t.has("done") and not t.has("earlier", "link")) or t.has("actual") for t in near)
    done = done or any(t.text in _ANNOUNCED for t in near)
    if near and not done and (near[0].has("earlier") or (near[0].has("than") and any(t.has("earlier") for t in near))):
        return "an earlier estimate"
    return ""


def _beside(figure: Token, near: Sequence[Token]) -> str:
    if near and near[-1].has("tolerance"):
        return "a tolerance"
    if figure.figure is not None and figure.figure.kind == "money" and any(t.has("per_share") for t in near):
        return "said of a share"
    return ""


def unbound(scene: Scene, bond: Bond, segment: Segment, thing: str | None, person: Person) -> str:
    """Why a bond makes no claim; empty where it may."""
    quantity, metric = bond.figure.figure, bond.entry.metric
    if quantity is None:
        return "no figure"
    if metric in _LEVELS and quantity.kind == "percent":
        return "a share of it, not its size"
    if metric in _MARKETS and _of_a_market(bond, segment, person):
        return "a whole market's figure"
    if metric == "penalty" and any(t.figure is not None and t.figure.unit == "entities" for t in segment.tokens):
        return "a sum for several companies together"
    if _held_against(bond, scene, person):
        return "held against somebody else's"
    if quantity.noun == "vehicle" and metric != "shipments":
        return "counts cars"
    if metric in COUNTS:
        return _miscounted(scene, bond, segment, thing, quantity)
    if metric == "tariff" and _on_other_goods(bond, segment):
        return "on goods that have nothing to do with chips"
    if metric in TOTALS and quantity.kind == "money" and quantity.value < _LEAST_SUM:
        return "too small a sum"
    if metric in TOTALS and _of_many(bond, scene):
        return "everybody's together"
    if metric == "investment" and person.reason == STATE and "支出" in bond.trigger.text:
        return "what a whole country spends"
    if metric in ("investment", "deal") and _bought_back(scene, metric):
        return "shares bought back"
    if metric in ("funding", "deal") and _bid_for(bond, scene.row):
        return "what was bid for"
    if metric == "deal" and quantity.lead == "to" and bond.trigger.text.startswith(("增资", "增資")):
        return "a company's capital"
    if metric == "deal" and _between_others(bond, scene.row, person, scene.place.text):
        return "a deal between others"
    return _mismeasured(scene, bond, segment, person)


def _miscounted(scene: Scene, bond: Bond, segment: Segment, thing: str | None, quantity: Quantity) -> str:
    """Why a count is none of chips shipped, ordered, made or installed."""
    metric = bond.entry.metric
    if quantity.kind == "bare" and quantity.value < _FEWEST_BARE:
        return "too few to be counted without a unit"
    if quantity.kind == "bare" and quantity.value > LARGEST_BARE:
        return "too many to be counted without a unit"
    if metric != "shipments" and _counts_cars(scene, segment, thing):
        return "counts cars"
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


def _mismeasured(scene: Scene, bond: Bond, segment: Segment, person: Person) -> str:
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
    if not between or quantity is None or not (between[-1].has("of") or scene.place.text[quantity.start] == "的"):
        return False
    return any(
        token.text.endswith(_OUTDOES)
        and after.kind == "name"
        and scene.world.kind(after.entity) == "company"
        and after.entity not in person.entities
        for token, after in pairwise(between)
    )


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
    return before is not None and before.kind == "word" and before.end == bond.trigger.start and len(before.text) > 1


def _of_licences(bond: Bond, segment: Segment) -> bool:
    """ "收回两张光刻机出口许可"."""
    return any(t.has("class:licenceword") for t in segment.after(bond.figure.index))


def _weighed(bond: Bond, row: Sequence[Token]) -> bool:
    """ "批发均价每斤4.35元"."""
    near = "".join(t.text for t in row[max(0, bond.figure.index - 2) : bond.figure.index + 3])
    return any(word in near for word in _WEIGHTS)


def _bought_back(scene: Scene, metric: str) -> bool:
    """ "回购1700万股，斥资2.5亿美元", "以约800亿港元购回合共1.5亿股"."""
    if metric == "deal" and not _SHARES.search(scene.place.text, scene.row[0].start, scene.row[-1].end):
        return False
    return any(t.has("class:buybackword") or t.text in ("购回", "購回", "回购", "回購") for t in scene.row)


def _of_many(bond: Bond, scene: Scene) -> bool:
    """ "推动大型云企业的租赁总额突破7000亿": companies of a kind, none of them named behind that word."""
    text = scene.place.text
    start = scene.segments[bond.figure.clause].tokens[0].start
    found = list(_KINDS.finditer(text, start, min(bond.figure.start, bond.trigger.start)))
    if not found:
        return False
    return not any(
        t.kind == "name" and not t.actor and found[-1].end() <= t.start < bond.figure.start for t in scene.row
    )


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


def _counts_cars(scene: Scene, segment: Segment, thing: str | None) -> bool:
    """ "小米YU7 18小时锁单24万台": orders for cars, and how many are made, are another trade's; sales are told."""
    if any(t.has("class:carword") for t in segment.tokens):
        return True
    if thing is not None:
        return False
    cars = any(t.has("class:carword") for t in scene.row)
    return cars and not any(t.has("class:chipword", "class:techword", "class:phoneword") for t in scene.row)


def _between_others(bond: Bond, row: Sequence[Token], person: Person, text: str) -> bool:
    """ "就亚马逊与OpenAI的500亿美元云交易采取法律行动"."""
    if _CONTESTED.match(text, bond.figure.end):
        return True
    pair = row[max(0, bond.figure.index - 3) : bond.figure.index]
    if len(pair) < 3 or bond.trigger.index < bond.figure.index or not pair[1].has("and"):
        return False
    named = [t for t in (pair[0], pair[2]) if t.kind == "name" and not t.actor]
    return len(named) == 2 and not any(t.entity in person.entities for t in named) and bool(person.entities)


def _permitted(bond: Bond, segment: Segment) -> bool:
    """ "已批准向G42出口3.5万颗": not shipped yet."""
    return any(
        e.metric == "export_control" and e.act == "granted" and e.owner != "speaker"
        for t in segment.before(bond.trigger.index)
        for e in t.entries
    )


def off_topic(scene: Scene, entry: Entry, subjects: Sequence[str | None]) -> bool:
    """Whether a government acts on something that has nothing to do with chips."""
    if entry.metric == "listed_entities":
        return False
    if entry.metric not in RULER_METRICS and not any(scene.world.is_ruler(s) for s in subjects):
        return False
    return not (scene.told.technical or scene.technical())
