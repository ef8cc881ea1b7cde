"""Which readings of a word hold where it stands: what must, and must not, stand beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.claims.tokens import class_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.claims.lexicon import Entry
    from monitor.claims.rows import Row
    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment
    from monitor.claims.world import World

_ASKED_AROUND = frozenset({"market_share", "penalty", "ipo"})
_BARRED_AROUND = frozenset({"deal", "price", "ipo", "export_control", "valuation"})
"""Metrics whose words look beyond the comma for what must, or must not, stand beside them."""
_LONG_BEFORE = 2
_MODEL = re.compile(r"[A-Z][A-Za-z]*[ -]?\d{2,4}[A-Z]{0,2}|[A-Z]\d[A-Z]")
""" "MI500": a chip that no watchlist knows, by its name."""
_MODELNAME = frozenset({"modelname"})
_BACKING = frozenset(
    {
        "投资人工智能",
        "投資人工智慧",
        "投資人工智能",
        "投资",
        "投資",
        "力挺",
        "入股",
        "注资",
        "注資",
        "加码投资",
        "加碼投資",
    }
)
_BACKED = 2
"""Words between such a verb and the company's name: "投资人工智能公司OpenAI"."""
_PLACES = frozenset("区區厂廠市省州县縣园園")
_NOTICES = frozenset({"公告", "通告", "通知"})
_TOWARD = frozenset({"向", "对", "對", "给", "給"})


def readings(token: Token, segment: Segment, world: World) -> Iterator[Entry]:
    """The entries of a word whose conditions hold."""
    for entry in token.entries:
        if not entry.object and not entry.unless and not entry.also:
            yield entry
            continue
        near = classes(token, segment, world)
        if token.text in _BACKING and _invests_in(token, segment, world):
            near.add("toward_company")
        around = set(near)
        for other in (segment.before_it, segment.behind_it):
            around |= classes(token, other, world) if other is not None else set()
        beyond = entry.metric == "launch" and (entry.pos == "noun" or token is segment.tokens[-1])
        beyond = beyond and not _of_company(token, segment, world)
        asked = around if beyond or entry.metric in _ASKED_AROUND else near
        barred = around if entry.metric in _BARRED_AROUND else near
        if entry.also and not entry.also & near:
            continue
        if entry.metric == "acquisition" and "debtword" in around:
            continue
        if entry.metric == "launch":
            barred = barred - _excused(token, segment)
        elif entry.metric == "export_control" and "reportword" in barred and _announced(segment, near):
            barred = barred - {"reportword"}
        if (not entry.object or entry.object & asked) and not entry.unless & barred:
            yield entry


def _of_company(token: Token, segment: Segment, world: World) -> bool:
    """ "昇腾950量产，长鑫上市": a company with a segment of its own goes public; it does not sell the chip before."""
    return token.text == "上市" and any(
        t.kind == "name" and world.kind(t.entity) == "company" and t.index < token.index for t in segment.tokens
    )


def may_hold(entries: Iterable[Entry], row: Row, world: World) -> bool:
    """Whether a sentence has what one of the entries asks for, wherever in it that stands."""
    there = set(row.classes_of_words())
    if _MODEL.search(row.place.text, row.place.start, row.place.end):
        there |= _MODELNAME
    for token in row.known:
        if token.entity:
            there |= _classes_of_name(token.entity, world)
    return any(
        (not entry.object or entry.object & there) and (not entry.also or entry.also & there) for entry in entries
    )


def _announced(segment: Segment, near: set[str]) -> bool:
    """ "发布出口管制公告，禁止…", "发布了关于对锑实施出口管制的公告": the notice is the act itself."""
    if "reportword" in near:
        reports = [t for t in segment.tokens if t.has("class:reportword")]
        return all(t.text in _NOTICES for t in reports) and reports[-1] is segment.tokens[-1]
    before = segment.before_it
    return before is not None and before.mark in (",", " ") and any(t.has("decree") for t in before.tokens)


def _excused(token: Token, segment: Segment) -> set[str]:
    """What does not bar a launch: a delay that has its new date, a report named long before."""
    found = {"delayword"} if any(t.has("postponed") for t in segment.tokens) else set[str]()
    reports = [index for index, of in segment.classes or () if "reportword" in of]
    if reports and all(index < token.index - _LONG_BEFORE for index in reports):
        found.add("reportword")
    return found


def classes(trigger: Token, segment: Segment, world: World) -> set[str]:
    """Word classes and kinds of names that stand in the segment beside a word."""
    if segment.classes is None:
        segment.classes = [(t.index, of) for t in segment.tokens if (of := _classes_of(t, segment, world))]
    found: set[str] = set()
    for index, of in segment.classes:
        if index != trigger.index:
            found |= of
    return found


def _classes_of(token: Token, segment: Segment, world: World) -> frozenset[str]:
    if token.entity:
        return _classes_of_name(token.entity, world)
    if token.kind == "word" and _MODEL.fullmatch(token.text):
        return _MODELNAME
    names = class_names(token.cues)
    if token.text in _BACKING and _invests_in(token, segment, world):
        return names | {"toward_company"}
    if "toward_company" in names and _at_a_country(token, segment):
        return names - {"toward_company"}
    return names


def _invests_in(verb: Token, segment: Segment, world: World) -> bool:
    """ "投资OpenAI一千亿美元", "力挺英特尔": in a company, which follows without a preposition."""
    for place, token in enumerate(segment.after(verb.index)):
        if token.kind == "name":
            after = next(iter(segment.after(token.index)), None)
            at_home = after is not None and (after.text[-1] in _PLACES or after.has("class:buildword", "of"))
            return world.kind(token.entity) == "company" and not (token.modifier or at_home)
        if place > _BACKED or token.kind in ("figure", "mark") or token.verb:
            return False
    return False


def _classes_of_name(entity: str, world: World) -> frozenset[str]:
    return frozenset({f"entity:{world.kind(entity)}", f"entity:{entity}"})


def _at_a_country(token: Token, segment: Segment) -> bool:
    """ "向美国投资", "向平泽园区注入": not an investment in a company."""
    if token.text not in _TOWARD and token.text not in ("于", "於"):
        return False
    for other in segment.after(token.index):
        if other.has("class:companyword"):
            return False
        if other.verb or other.has("locative"):
            return True
        if other.kind == "name" and not other.actor:
            return False
        if other.has("pronoun", "foreign", "orgword", "class:companyword") or (other.kind == "word" and other.capital):
            return False
        if other.actor or (other.kind == "word" and other.text[-1] in _PLACES):
            return True
    return True
