"""In which currency a sum without one is told: its noun's, its list's, its article's, its company's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.claims.lexicon import Entry
    from monitor.claims.numbers.model import Quantity
    from monitor.claims.tokens import Token
    from monitor.claims.topics.scene import Scene
    from monitor.claims.topics.segments import Segment
    from monitor.claims.world import World

_HONG_KONG = ("港股", "港交所", "h股", "H股", "赴港", "在港")
_LEAST_SUM = 10_000_000
_LARGEST_COUNT = 500_000_000
"""Above it a bare number counts money, not pieces."""
_NAMES = {
    "美元": "USD", "美金": "USD", "人民币": "CNY", "人民幣": "CNY", "港元": "HKD", "港币": "HKD", "港幣": "HKD",
    "新台币": "TWD", "新台幣": "TWD", "新臺幣": "TWD", "台币": "TWD", "台幣": "TWD", "日元": "JPY", "日圆": "JPY",
    "日圓": "JPY", "韩元": "KRW", "韓元": "KRW", "韓圜": "KRW", "欧元": "EUR", "歐元": "EUR",
}  # fmt: skip
_SETTING = ("下同", "同下", "单位", "單位", "以下", "下文", "本文")
"""One of them stands in every such statement."""
_CURRENCY = "|".join(_NAMES)
_SET = re.compile(
    rf"[(（【](?:[单單]位|[货貨][币幣])?[^)）】]{{0,6}}?(?P<same>{_CURRENCY})[^)）】]{{0,4}}(?:下同|以下同|同下)[)）】]"
    rf"|[单單]位[:：為为]?\s?(?:[百千]?[万萬亿億])?(?P<unit>{_CURRENCY})"
    rf"|(?:以下|下文|本文)(?:数字|數字|金额|金額)?[均皆都]?以(?P<counted>{_CURRENCY})[计計]"
)
""" "（美元，下同）", "单位：亿美元", "以下均以美元计"."""


def stated(text: str) -> str:
    """The currency that an article sets for all its sums; empty where it sets none."""
    if not any(word in text for word in _SETTING):
        return ""
    found = _SET.search(text)
    return _NAMES[next(name for name in found.groups() if name)] if found else ""


def of_sum(scene: Scene, quantity: Quantity, subject: str | None, unit: str) -> str:
    """元 alone: what the article sets, else the New Taiwan dollar in Taiwan's press for a company there."""
    span = quantity.unit_span
    if unit == "CNY" and "人民" in scene.place.text[max(0, quantity.number_span[0] - 4) : quantity.number_span[0]]:
        return unit
    if unit == "TWD" and scene.told.currency and span is not None and scene.place.text[span[0] : span[1]] == "元":
        return scene.told.currency
    if unit != "CNY" or span is None or scene.place.text[span[0] : span[1]] not in ("元", "圓"):
        return unit
    if scene.told.currency:
        return scene.told.currency
    known = scene.world.entities.get(subject or "")
    home = known is not None and known.country == "TW"
    return "TWD" if home and scene.told.traditional(scene.article.text) else unit


def dress(figure: Token, segment: Segment, world: World, said: str) -> None:
    """Gives a bare sum the currency before its noun ("美元营收402亿"), the article's, or that of the last
    sum of its kind. `said`: what the article sets."""
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
    unit = "USD" if dollars else said or world.units.get(noun.metric or "") or _at_home(_named(before, segment), world)
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
