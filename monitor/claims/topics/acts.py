"""Acts without a number: controls, launches, listings on exchanges, takeovers."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from monitor.claims.frames import Bond
from monitor.claims.lexicon import roles
from monitor.claims.metrics import EVENTS
from monitor.claims.persons import subjects_for
from monitor.claims.topics import binding, refusals
from monitor.claims.topics.carried import LAST
from monitor.claims.topics.conditions import readings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.claims.lexicon import Entry
    from monitor.claims.persons import Person
    from monitor.claims.tokens import Token
    from monitor.claims.topics.scene import Scene
    from monitor.claims.topics.segments import Segment


_MAKERS = ("gpu", "tools")
"""Trades (`languages/roles.yaml`) whose companies make nothing else."""
_AS = frozenset({"作为", "作為", "身为", "身為"})
_MATTERS = ("交易", "计划", "計劃", "提案", "案", "要约", "要約", "方案")
_THROUGH = frozenset({"通过", "通過"})
_SERVING = frozenset(
    {
        "配合",
        "支持",
        "支援",
        "等待",
        "迎接",
        "随着",
        "隨著",
        "因",
        "因应",
        "因應",
        "迎合",
        "受",
        "避开",
        "避開",
        "围绕",
        "圍繞",
    }
)
_BECOMES = frozenset({"成为", "成為", "是", "将是", "將是", "备受", "備受", "受到"})
_AS_IT_COMES = frozenset({"随着", "隨著", "随", "隨"})
_LETTING = frozenset({"让", "讓", "使", "以便", "允许", "允許", "准许", "准許", "好让", "好讓"})
_NOT_YET = re.compile("(?:迟|遲|迟迟|遲遲)(?:未|没有|沒有|不)[^，。；]{0,4}$")
_RECENTLY = frozenset({"这次", "這次", "此次", "本次", "新", "最新", "刚刚", "剛剛", "近期", "日前", "刚", "剛"})
_SHORTEST_NAME = 3
_SINCE = re.compile(
    r"(?:了|仅|僅|已|已经|已經|才|近|约|約|满|滿|不到)*[\d一二两兩三四五六七八九十半多]+[个個多]?(?:月|年|周|週|天|季)(?!底|末|初|中|份)(?!\d|[一二三四五六七八九十]+[日月])"
)
""" "上市三个月": how long ago it was."""


class Act(NamedTuple):
    """An act with whom and what it concerns."""

    bond: Bond
    segment: Segment
    subject: str | None
    thing: str | None
    person: Person


def acts(scene: Scene, bonds: Sequence[Bond]) -> list[Act]:
    """The acts of a sentence, one for each product; of controls those that name the thing controlled."""
    found: dict[tuple[str | None, str | None, str | None, str], Act] = {}
    for token in scene.row:
        if not token.entries or token.clause < 0 or token.speech is not None:
            continue
        if not any(e.metric in EVENTS for e in token.entries):
            continue
        segment = scene.segments[token.clause]
        if segment.mode == "if" or segment.mark == "?" or binding.passing(token, scene.row):
            continue
        if any(t.has("whether") for t in segment.before(token.index)) or _for_what(token, segment):
            continue
        if segment.tokens[0].text in _AS and any(t.has("pronoun", "of") for t in segment.after(token.index)):
            continue  # "作为首家发布AI耳机的公司": who somebody is.
        if _NOT_YET.search(scene.place.text, max(0, token.start - 8), token.start):
            continue  # "许可却迟未核发": nothing is refused.
        if _in_name_only(token, segment) or _just_described(token, segment) or _to_be_drawn_up(token, segment):
            continue
        if _SINCE.match(scene.place.text, token.end) or _describes(token, scene.row) or _of_another(token, segment):
            continue
        for entry in readings(token, segment, scene.world):
            if entry.metric not in EVENTS or _adjective(token, scene.row):
                continue
            if not _outdone(entry, token, bonds, segment):
                for act in _acts(scene, token, entry, segment):
                    key = entry.metric, act.subject, act.thing
                    node = _node(entry, segment)
                    if entry.metric != "launch" or node or (*key, node) in found or all(k[:3] != key for k in found):
                        found.setdefault((*key, node), act)
    named = {who for metric, who, thing, _ in found if metric == "export_control" and thing}
    return [
        a for (metric, who, thing, _), a in found.items() if metric != "export_control" or thing or who not in named
    ]


def _node(entry: Entry, segment: Segment) -> str:
    """ "2纳米已量产，1.4纳米预计2028年量产": two acts, told apart by the node; launches by their date."""
    if entry.metric == "launch":
        dated = any(t.period is not None for t in segment.tokens)
        return next((t.text for t in segment.tokens if dated and t.kind == "name" and t.text[-1:].isalnum()), "")
    if entry.metric != "mass_production":
        return ""
    return next((str(t.figure.value) for t in segment.tokens if t.figure is not None and t.figure.unit == "nm"), "")


def _describes(token: Token, row: Sequence[Token]) -> bool:
    """ "由天数智芯推出的天垓150": told of the thing in passing."""
    after = row[token.index + 1] if token.index + 1 < len(row) else None
    before = row[token.index - 2] if token.index > 1 else None
    if after is None or "of" not in after.cues:
        return False
    thing = row[token.index + 2] if token.index + 2 < len(row) else None
    return (before is not None and "agent" in before.cues) or (thing is not None and thing.has("class:newproduct"))


def _of_another(token: Token, segment: Segment) -> bool:
    """ "重返派拉蒙收购华纳的交易": a takeover by the unlisted name right before it, told of what it is about."""
    before = next(segment.before(token.index), None)
    if not any(e.metric == "acquisition" for e in token.entries) or before is None or before.kind != "word":
        return False
    if before.end != token.start or len(before.text) < _SHORTEST_NAME:
        return False
    behind = list(segment.after(token.index))
    return any(of.has("of") and thing.text.startswith(_MATTERS) for of, thing in pairwise(behind))


def _in_name_only(token: Token, segment: Segment) -> bool:
    """ "配合加速器的发布", "通过把拨款转为股权": a noun that another verb is done for, and no verb at all."""
    before, after = next(segment.before(token.index), None), next(iter(segment.after(token.index)), None)
    if after is not None and token.text in _THROUGH and after.has("disposal", "prep"):
        return True
    noun = (
        before is not None and before.has("of") and after is None and any(e.metric == "launch" for e in token.entries)
    )
    return noun and any(t.text in _SERVING for t in segment.before(token.index))


def _just_described(token: Token, segment: Segment) -> bool:
    """ "这次发表的旗舰将是…", "配合即将推出的Rubin": told of a thing that is out, not that it comes out."""
    before, behind = list(segment.before(token.index)), list(segment.after(token.index))
    if any(e.metric == "launch" and e.pos == "noun" for e in token.entries):
        near = (segment, segment.before_it, segment.behind_it)
        return not any(t.period is not None for s in near if s is not None for t in s.tokens)
    if segment.tokens[0].text in _AS_IT_COMES and segment.mark == "," and segment.behind_it is not None:
        return any(e.metric == "launch" for e in token.entries)
    if not behind or not behind[0].has("of") or not any(e.metric == "launch" for e in token.entries):
        return False
    if before and (before[0].text in _RECENTLY or any(t.text in _SERVING for t in before)):
        return True
    return any(t.verb and t.text in _BECOMES for t in behind)


def _to_be_drawn_up(token: Token, segment: Segment) -> bool:
    """ "商务部须在180天内发布细则": a duty, and nothing done."""
    if not any(e.act == "in_force" for e in token.entries):
        return False
    return any(t.has("class:mustword") for t in segment.before(token.index))


def _for_what(token: Token, segment: Segment) -> bool:
    """ "30亿元用于C700流片": what money is for."""
    purpose = next((t for t in segment.before(token.index) if t.has("purpose")), None)
    return purpose is not None and any(t.kind == "figure" for t in segment.before(purpose.index))


def _adjective(token: Token, row: Sequence[Token]) -> bool:
    """ "首次推出自己的量产芯片": 量产 that only describes what another verb is done to."""
    before = row[token.index - 1] if token.index else None
    after = row[token.index + 1] if token.index + 1 < len(row) else None
    if token.text not in ("量产", "量產") or before is None or after is None or after.clause != token.clause:
        return False
    noun = after.kind == "word" or (after.kind == "phrase" and after.has("class:chipword", "class:phoneword", "common"))
    if not noun or after.verb:
        return False
    if before.has("and", "moreover"):
        return False
    if (before.verb or before.has("of")) and not before.has("plan", "expect", "say", "off", "rise"):
        return True
    return any(
        t.has("link") or any(e.metric == "launch" for e in t.entries)
        for t in row[: token.index]
        if t.clause == token.clause and t.verb
    )


def _outdone(entry: Entry, token: Token, bonds: Sequence[Bond], segment: Segment) -> bool:
    """Whether a figure of the sentence tells the act already."""
    if entry.metric == "tape_out":
        return any(b.trigger is token for b in bonds)
    if entry.metric == "acquisition":
        return any(b.entry.metric in ("deal", "orders") for b in bonds)
    if entry.metric != "export_control":
        return False
    return any(b.entry.metric == "listed_entities" and b.figure.clause == segment.number for b in bonds)


def _acts(scene: Scene, token: Token, entry: Entry, segment: Segment) -> Iterator[Act]:
    bond = Bond(token, token, entry, 0)
    person = replace(scene.persons.subject(bond, segment), shared=True)
    for thing in _things(scene, entry, segment, person, token):
        subjects = _makers(entry, person) or subjects_for(entry, person, thing, scene.world)
        if isinstance(subjects, str) or refusals.off_topic(scene, entry, subjects):
            continue
        for subject in subjects:
            yield Act(bond, segment, subject, thing, person)


def _makers(entry: Entry, person: Person) -> tuple[str | None, ...] | str:
    """Of an entry that speaks of makers of chips and tools only, whoever is one; empty for all other entries."""
    if "maker" not in entry.subject:
        return ()
    known = {company for trade in _MAKERS for company in roles()[trade]}
    return tuple(e for e in person.entities if e in known) or "no maker of chips or tools"


def _object_before(entry: Entry, segment: Segment, token: Token) -> bool:
    """A launch that names nothing itself: "…，将于9月发布", "…，发布时间改到…"."""
    return entry.metric == "launch" and (entry.pos == "noun" or token is segment.tokens[-1])


def _things(scene: Scene, entry: Entry, segment: Segment, person: Person, token: Token) -> list[str | None]:
    """What the act is done to."""
    if entry.metric in ("ipo", "acquisition"):
        return [] if person.reason == LAST else [None]
    world = scene.world
    named = [t for t in segment.tokens if t.kind == "name" and world.is_thing(t.entity) and t.speech is None]
    found = world.most_specific([t.entity for t in named if t.entity and not _compared(scene, t)])
    if found == ["export-controls"] and any(t.has("class:techword", "class:chipword") for t in segment.tokens):
        return [None]
    bare = entry.metric == "export_control" and not entry.object
    if not found and (bare or entry.metric in ("mass_production", "tape_out") or _object_before(entry, segment, token)):
        found = _spoken_of(scene, segment, far=bare)
    if not found and entry.metric == "export_control":
        found = _let_through(scene, segment)
    return [*found] or [person.product]


def _let_through(scene: Scene, segment: Segment) -> list[str]:
    """ "核发许可，让X能向中国出口H20": what the next segment says it is for."""
    behind = segment.behind_it
    if behind is None or segment.mark != "," or behind.tokens[0].text not in _LETTING:
        return []
    return [t.entity for t in behind.tokens if t.kind == "name" and t.entity and scene.world.kind(t.entity) == "chip"]


def _spoken_of(scene: Scene, segment: Segment, *, far: bool) -> list[str]:
    """The things of the segments before: "；7月又放行"."""
    for other in scene.chain(segment):
        there = [t.entity for t in other.tokens if t.kind == "name" and t.entity and scene.world.is_thing(t.entity)]
        if there:
            return there
    return [scene.world.product] if far and scene.world.product else []


def _compared(scene: Scene, token: Token) -> bool:
    return any(t.has("than") for t in scene.row[max(0, token.index - 2) : token.index])
