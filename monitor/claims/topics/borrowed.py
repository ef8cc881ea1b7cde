"""Figures that are none of the article's own: asked, quoted, a part of the one before, an estimate held against."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.claims.topics import standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.tokens import Token
    from monitor.claims.topics.scene import Scene
    from monitor.claims.topics.segments import Segment

_ORDINAL = re.compile(r"第[\d,.零一二两兩三四五六七八九十百千点點]*$")
_OTHERS_EXPECT = frozenset(
    {"市场预期", "市場預期", "机构预期", "華爾街預期", "华尔街预期", "一致预期", "市场预估", "市場預估", "市场共识"}
)
""" "市场预期净利润4800亿元": what opens a clause of a preview."""
_OVER = frozenset("超高低逊遜优優")
_HELD_AGAINST = re.compile(
    "的?(?:销售|銷售|营收|營收|出货|出貨|收入|业绩|業績)?(?:预测|預測|预期|預期|预估|預估|目标|目標|财测|財測|指引)"
)
_FORMERLY = re.compile(
    "(?:前|此前|先前|原先|年初|早先|之前)的?(?:目标|目標|预期|預期|预测|預測|指引|预估|預估|估计|估計|计划|計劃)"
)
_HELD = frozenset("超高低符优優逊遜不略远遠好胜勝")
_BEATS = re.compile(
    "(?:大幅?|略|小幅?|远|遠|轻松|輕鬆|明显|明顯|亦|也|均|都|皆|并|並)*"
    "(?:胜|勝|超[出过過]?(?![\\d预預])|逊|遜|好[于於过過]|优[于於]|優於|高[于於出]|低[于於]|超越|符合|不及|不如)"
)
""" "大勝彭博綜合預測的…": what opens a segment about an expectation."""
_MISSED = re.compile("(?:虽|雖|虽然|雖然|但|仍|尚)*(?:未[能]?达|未[能]?達|不及|未[能]?超)")
_RECKONED = re.compile(
    "的?(?:上限|下限|中值|中位数|高标|低标|水平|水準)?(?:来|來)?(?:估算|测算|測算|推算|计算|計算|假设|假設|折算)"
)
_WITH = frozenset({"按", "若按", "如按", "以", "若以", "按照"})
""" "若按98亿欧元上限估算": the figure that a reckoning starts from."""
_PLACES = frozenset({"市场", "市場"})
"""Whose expectation it is only behind the word of comparison: "在…市场的占有率超过70%"."""
_ANNOUNCED = frozenset({"宣布", "宣佈", "公布", "披露"})
"""What was announced before is told, and no estimate: "先前英伟达宣布将…"."""


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
    if segment.mode == "aside" and _of_the_expected(scene, segment):
        return "a consensus"
    if "whether" in scene.cues and any(t.has("whether") for t in near):
        return "asked, not told"
    if _part(figure, near):
        return "a part of the figure before"
    return _consensus(scene, figure, near) or _beside(scene, figure, segment, near)


def _of_the_expected(scene: Scene, segment: Segment) -> bool:
    """ "符合此前指引（59亿美元）", "远低于市场预期（10.5亿美元）": what the bracket explains."""
    at = segment.first - 2
    if at < 0 or scene.row[at + 1].kind != "mark" or not scene.row[at].has("consensus", "guidance", "expect"):
        return False
    outer = [t for t in scene.row[max(0, at - 5) : at] if t.clause == scene.row[at].clause]
    return any(t.text[0] in _HELD for t in outer)


def _part(figure: Token, near: Sequence[Token]) -> bool:
    if figure.figure is None or figure.figure.kind != "count" or not any(t.has("part") for t in near):
        return False
    if any(t.period is not None and t.period.rule == "year" for t in near):
        return False  # "其中2025年交付量已超过35万辆"
    return not any(t.kind == "name" and not t.actor for t in near)


def _consensus(scene: Scene, figure: Token, near: Sequence[Token]) -> str:
    speech = standing.speech_over(scene.speeches, figure.index)
    expected = speech is not None and speech.kind in ("expect", "estimate") and speech.speaker
    if speech is not None and expected and all(t.has("consensus") for t in speech.speaker):
        return "a consensus"
    if _once_expected(near):
        return "an earlier estimate"
    held = "than" in scene.cues and any(t.has("than") for t in near)
    against = next((t.index for t in near if t.has("than")), None) if held else None
    if against is not None and any(
        t.has("consensus", "analyst")
        for t in near
        if t.speech is None and (t.index >= against or not (t.text in _PLACES or t.has("analyst")))
    ):
        return "a consensus"
    opening = _words_from(near, figure)
    held = opening is not None and _BEATS.match(scene.place.text, opening) is not None
    if held and any(t.has("consensus", "analyst", "estimate", "expect", "guidance", "goal") for t in near):
        return "a consensus"
    if near and near[0].has("consensus") and all(t.has("consensus", "link", "adverb", "of") for t in near):
        return "a consensus"
    if near and near[0].text in _OTHERS_EXPECT and not any(t.kind == "name" for t in near):
        return "a consensus"
    if against is not None and any(t.index > against and t.has("say", "estimate", "expect") for t in near):
        return "an earlier estimate"
    over = opening is not None and any(c in _OVER for c in scene.place.text[opening : opening + 2])
    over = over or (opening is not None and _MISSED.match(scene.place.text, opening) is not None)
    if over and _HELD_AGAINST.match(scene.place.text, figure.end):
        return "an earlier estimate"
    if _RECKONED.match(scene.place.text, figure.end) and any(t.text in _WITH for t in near[-3:]):
        return "what is reckoned with"
    if _FORMERLY.search("".join(t.text for t in near)):
        return "an earlier estimate"
    done = any((t.has("done") and not t.has("earlier", "link")) or t.has("actual") for t in near)
    done = done or any(t.text in _ANNOUNCED for t in near)
    if near and not done and (near[0].has("earlier") or (near[0].has("than") and any(t.has("earlier") for t in near))):
        return "an earlier estimate"
    return ""


def _words_from(near: Sequence[Token], figure: Token) -> int | None:
    """Where the words before a figure begin; None behind a name, whose letters say nothing: 超微 surpasses nobody."""
    if near and near[0].kind == "name":
        return None
    return near[0].start if near else figure.start


def _once_expected(near: Sequence[Token]) -> bool:
    """ "从7月时预测的三成": what a date with "from" before it says was expected then."""
    return any(
        then.period is not None
        and then.text[0] in "从從由自"
        and any(t.has("expect", "estimate", "consensus") for t in near[at + 1 : at + 3])
        for at, then in enumerate(near)
    )


def _beside(scene: Scene, figure: Token, segment: Segment, near: Sequence[Token]) -> str:
    if near and near[-1].has("tolerance"):
        return "a tolerance"
    if figure.figure is not None and figure.figure.kind != "count" and any(t.has("per_share") for t in near):
        return "said of a share"
    if figure.figure is not None and figure.figure.kind == "money" and any(t.has("per_day") for t in near):
        return "so much a day"
    if _converted(scene, figure, segment):
        return "a conversion into another currency"
    return ""


def _converted(scene: Scene, figure: Token, segment: Segment) -> bool:
    """ "营收攀高至351億美元，超越目標，約10899億元新台幣": nothing but the same sum once more."""
    quantity = figure.figure
    if quantity is None or quantity.kind != "money" or quantity.bound != "about" or len(segment.tokens) > 1:
        return False
    sums = [t.figure for t in scene.row[: figure.index] if t.figure is not None and t.figure.kind == "money"]
    return bool(sums) and all(other.unit != quantity.unit for other in sums)
