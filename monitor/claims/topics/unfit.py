"""Why a figure is none by itself: vague, a conversion, a change, part of a name, a count of people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.numbers.model import Quantity
    from monitor.claims.tokens import Token

_PEOPLE = ("人", "学生", "學生", "家庭", "教师", "教師", "儿童", "兒童", "开发者", "開發者")
_LEAST_COUNT = 10_000
_PER_MACHINE = re.compile(
    r"(?:每|单|單)(?:一)?(?:个|個|台|臺|座|架|套|块|塊)?(?:机柜|機櫃|机架|機架|服务器|伺服器|节点|節點|托盘|托盤|主板|模组|模組|超节点)"
    r"(?!价|價|售|租|成本)"
)
_CUTS = ("砍掉", "砍去", "削减", "削減", "裁减", "裁減", "缩减", "縮減")
_ROUND = ("千元", "百元", "万元", "萬元", "亿元", "億元")


def unfit(figure: Token, row: Sequence[Token]) -> str:
    """Why the figure itself is none; empty where it may be one."""
    quantity = figure.figure
    if quantity is None:
        return "no figure"
    before = row[figure.index - 1] if figure.index else None
    after = row[figure.index + 1] if figure.index + 1 < len(row) else None
    if quantity.vague or (quantity.kind == "money" and figure.text in _ROUND):
        return "a vague magnitude"
    if quantity.conversion:
        return "a conversion into another currency"
    if quantity.kind == "points":
        return "percentage points"
    if before is not None and before.text in _CUTS and quantity.kind in ("money", "count") and quantity.lead != "to":
        return "a change, not a level"
    if _revised_by(figure, row):
        return "a change, not a level"
    if quantity.lead == "by" and quantity.kind not in ("percent", "multiple") and not _anew(figure, row):
        return "a change, not a level"
    if quantity.kind == "bare" and _counts_people(quantity.end, row[figure.index + 1 : figure.index + 3]):
        return "a count of people"
    if quantity.kind in ("count", "bare") and _of_one_machine(figure, row):
        return "what one machine holds"
    if after is not None and after.text.startswith(("级", "層", "层", "級")):
        return "a magnitude"
    if _of_a_name(quantity, before, after):
        return "part of a name"
    return _small(figure, quantity)


def _of_one_machine(figure: Token, row: Sequence[Token]) -> bool:
    """ "每机柜LPU数量由64颗提升至256颗": of one rack, server or board."""
    before = "".join(t.text for t in row[: figure.index] if t.clause == figure.clause)
    return _PER_MACHINE.search(before) is not None


def _anew(figure: Token, row: Sequence[Token]) -> bool:
    """ "新签订单80亿元", "可多出20亿美元营收": of something new, held against nothing."""
    near = [t for t in row[max(0, figure.index - 5) : figure.index] if t.clause == figure.clause]
    if near and near[-1].has("anew"):
        return True
    return bool(near) and near[-1].text.startswith("多") and not any(t.has("than") for t in near)


def _revised_by(figure: Token, row: Sequence[Token]) -> bool:
    """ "较此前预期上调10亿美元": by how much, not to what."""
    before = row[figure.index - 1] if figure.index else None
    if before is None or not before.has("revise") or before.text[-1] in "至到":
        return False
    return any(t.has("than") and t.clause == figure.clause for t in row[max(0, figure.index - 5) : figure.index])


def _counts_people(end: int, behind: Sequence[Token]) -> bool:
    """ "300万非洲人": a noun for people right behind the figure."""
    for token in behind:
        if token.start != end or token.verb or token.kind == "mark":
            return False
        if token.text.endswith(_PEOPLE):
            return True
        end = token.end
    return False


def _of_a_name(quantity: Quantity, before: Token | None, after: Token | None) -> bool:
    """ "镇岳510", "36氪": digits that lean on a word."""
    if quantity.noun == "chip" and before is not None and before.kind == "name" and _numbered(quantity, before):
        return True
    if quantity.kind != "bare":
        return False
    if after is not None and after.kind == "word" and after.start == quantity.end and quantity.value < 1000:
        return True
    return (
        before is not None
        and not (before.verb or before.entries or before.kind == "mark")
        and (before.end == quantity.start or (before.kind == "word" and before.end + 1 == quantity.start))
        and quantity.value < 10000
    )


def _numbered(quantity: Quantity, before: Token) -> bool:
    """ "麒麟970芯片": a number glued to a name, without a word that counts."""
    glued = quantity.unit_span is not None and quantity.unit_span[0] == quantity.number_span[1]
    return before.end == quantity.start and glued and quantity.value < _LEAST_COUNT


def _small(figure: Token, quantity: Quantity) -> str:
    if quantity.noun == "stack" and quantity.value < 100:
        return "layers"
    if quantity.noun == "unit" and quantity.value < 10 and not any(c.isdecimal() for c in figure.text):
        return "a small count"
    return ""
