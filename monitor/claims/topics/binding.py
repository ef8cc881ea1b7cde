"""Which word holds a figure: of its own segment, or of one before that it goes on from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.frames import Bond, figure_kind
from monitor.claims.metrics import LEVELS
from monitor.claims.topics.changes import direction
from monitor.claims.topics.conditions import readings
from monitor.claims.topics.segments import ENDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.lexicon import Entry
    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment
    from monitor.claims.world import World

_POINTED_AT, _COUNTED = frozenset({"listed_entities", "tariff", "deal"}), frozenset({"数量", "數量", "规模", "規模"})
"""Metrics that a figure without a word of its own goes on about only where a word points back, not one that counts."""
_ADDED_TO = frozenset({"deal", "investment", "funding", "orders"})
_GUIDED = frozenset({"investment", "revenue", "profit"})
_BEHIND = 3
"""Tokens between a figure and the noun behind it."""
_LISTED = frozenset({"、", "等", "均", "等个股"})


def bind(figure: Token, segment: Segment, chain: Sequence[Segment], row: Sequence[Token], world: World) -> Bond | None:
    """The bond of a figure; a change is bound to what changes."""
    sign = direction(figure, row)
    if sign is not None:
        base = _base(figure, segment, chain, world)
        if base is None or base.entry.metric is None:
            return base
        entry = replace(base.entry, metric="growth", id=f"growth/{base.entry.id}", status=None)
        return replace(base, entry=entry, change=sign or 1)
    kind = figure_kind(figure)
    if kind == "nm" and (process := _process_behind(figure, row)):
        return process
    own = _paired(figure, kind, segment, world) or _nearest(figure, kind, segment, row, world)
    after = row[figure.index + 1] if figure.index + 1 < len(row) else None
    if own is None and kind == "percent" and after is not None and after.clause == figure.clause and after.entries:
        return None
    return (
        own
        or _taken_over(figure, kind, segment, chain, row=row, world=world)
        or _compared_before(figure, kind, segment, world)
        or _back_reference(figure, kind, segment, world)
    )


def _compared_before(figure: Token, kind: str, segment: Segment, world: World) -> Bond | None:
    """ "与2024年的4.6万片相比，寒武纪出货量…": of the word behind the comma, for the time that stands beside it."""
    behind = segment.behind_it
    dated = any(t.period is not None for t in segment.before(figure.index))
    if behind is None or segment.mark != "," or not dated or not any(t.has("than") for t in segment.tokens):
        return None
    for token in behind.tokens:
        for entry in readings(token, behind, world):
            if kind in entry.fits and entry.metric is not None:
                return Bond(figure, token, entry, 10)
    return None


def _paired(figure: Token, kind: str, segment: Segment, world: World) -> Bond | None:
    """ "营收和净利润分别为38亿元和2亿元": the word at the figure's own place in the list."""
    mark = next((t for t in segment.tokens if t.has("respectively") and t.index < figure.index), None)
    if mark is None:
        return None
    figures = [t for t in segment.tokens if t.kind == "figure" and t.index > mark.index and figure_kind(t) == kind]
    nouns = [
        (t, e)
        for t in segment.tokens
        if t.index < mark.index
        for e in readings(t, segment, world)
        if kind in e.fits and e.pos == "noun"
    ]
    if len(figures) < 2 or len(nouns) != len(figures) or len({t.index for t, _ in nouns}) != len(nouns):
        return None
    token, entry = nouns[figures.index(figure)]
    return Bond(figure, token, entry, 1)


def _process_behind(figure: Token, row: Sequence[Token]) -> Bond | None:
    """ "18A（即1.8纳米）工艺": the noun behind the bracket."""
    at = figure.index + 1
    if at + 1 < len(row) and row[at].text in (")", "）"):
        entry = next((e for e in row[at + 1].entries if e.metric == "process_node"), None)
        return Bond(figure, row[at + 1], entry, 1, reversed=True) if entry is not None else None
    return None


def _nearest(figure: Token, kind: str, segment: Segment, row: Sequence[Token], world: World) -> Bond | None:
    best: Bond | None = None
    for token in segment.tokens:
        if not token.entries or token.speech is not None:
            continue
        for entry in readings(token, segment, world):
            if kind not in entry.fits or (entry.metric == "deployment" and _a_rate(figure)):
                continue
            cost = _cost(figure, token, entry, row)
            if cost is not None and (best is None or cost < best.cost):
                best = Bond(figure, token, entry, cost, reversed=token.index > figure.index)
    if best is not None and best.entry.metric == "capacity":
        return _booked(figure, kind, segment, world) or best
    return _paid_in(best, row, world) if best is not None and best.entry.owner == "patient" else best


def _paid_in(bond: Bond, row: Sequence[Token], world: World) -> Bond:
    """ "公司获英伟达投资20亿美元": what one named investor puts in is a deal of its own."""
    at = bond.trigger.index
    if at < 2 or not row[at - 2].has("agent") or not world.is_org(row[at - 1].entity) or row[at - 1].modifier:
        return bond
    return replace(bond, entry=replace(bond.entry, metric="deal", owner="agent", subject=frozenset()))


def _a_rate(figure: Token) -> bool:
    """ "已建成6.5万片/月": what can be made, not what stands there."""
    return figure.figure is not None and figure.figure.per in ("week", "month")


def _booked(figure: Token, kind: str, segment: Segment, world: World) -> Bond | None:
    """ "吃下台积电3纳米6万片产能": capacity that a buyer takes is an order."""
    for token in segment.before(figure.index):
        for entry in readings(token, segment, world) if token.verb else ():
            if entry.metric == "orders" and kind in entry.fits and entry.pos == "verb":
                return Bond(figure, token, entry, figure.index - token.index)
    return None


def _cost(figure: Token, trigger: Token, entry: Entry, row: Sequence[Token]) -> int | None:
    if trigger.index > figure.index and any(
        t.has("purpose") or t.text == "以" for t in row[figure.index + 1 : trigger.index]
    ):
        return None
    if trigger.index < figure.index:
        between = row[trigger.index + 1 : figure.index]
        if entry.pos == "adjunct":
            return None
        cost = sum(3 if t.kind == "figure" else 1 for t in between)
        yielded = 2 if entry.pos == "verb" and trigger.has("takes") else 0  # "贡献5.9兆韩元营业利益"
        return cost + yielded - (1 if entry.object else 0)
    end = figure.figure.end if figure.figure is not None else figure.end
    between = [t for t in row[figure.index + 1 : trigger.index] if t.start >= end]
    if entry.pos == "verb":
        return 4 + len(between) if not any(t.kind == "figure" for t in between) else 9 + len(between)
    compound = between[-1] if between and between[-1].end == trigger.start else None
    if len(between) > _BEHIND or any(t.kind in ("figure", "mark") or (t.verb and t is not compound) for t in between):
        return None
    return len(between) - (1 if entry.pos == "adjunct" else 0)


def _base(figure: Token, segment: Segment, chain: Sequence[Segment], world: World) -> Bond | None:
    """The word of what changes: the nearest before the change, else right behind it."""
    for scope in (segment,) if _of_the_share(figure, segment) else (segment, *chain):
        best: Bond | None = None
        for token in scope.tokens:
            if token.speech is not None or not token.entries:
                continue
            for entry in readings(token, scope, world):
                if entry.metric is None and not entry.fits & {"percent", "multiple"}:
                    continue
                if entry.metric is not None and entry.metric not in LEVELS:
                    continue
                if (
                    entry.metric is not None
                    and entry.pos == "verb"
                    and not entry.fits & {"units", "wafers"}
                    and entry.metric != "investment"
                ):
                    continue
                if entry.metric in ("deployment", "production") and entry.pos == "verb":
                    continue
                if scope is segment and token.index > figure.index and token.index - figure.index > _BEHIND:
                    continue
                cost = abs(token.index - figure.index)
                if best is None or cost < best.cost:
                    best = Bond(figure, token, entry, cost)
        if best is not None:
            return best
        if scope.mark in ENDS and scope is not segment:
            break
    return None


def _of_the_share(figure: Token, segment: Segment) -> bool:
    """ "中芯国际涨超7%": with nothing between a name and 涨 or 跌 the share moves."""
    before = [t for t in segment.before(figure.index) if not t.has("adverb") and t.text not in _LISTED]
    moved = next((t for t in before if t.has("rise", "fall")), None)
    if moved is None:
        quantity = figure.figure
        return quantity is not None and bool(before) and before[0].kind == "name" and figure.text[:1] in "涨漲跌"
    return (
        moved.text[0] in "涨漲跌"
        and before.index(moved) + 1 < len(before)
        and before[before.index(moved) + 1].kind == "name"
    )


def _taken_over(
    figure: Token, kind: str, segment: Segment, chain: Sequence[Segment], *, row: Sequence[Token], world: World
) -> Bond | None:
    """ "…，海光信息为4.3万张": the figure goes on from a word that holds such figures in a segment before."""
    if kind != "compute" and any(
        t.verb
        and not t.has("link", "rise", "fall", "plan", "say", "estimate", "expect", "plain", "than")
        and not (t.entries and all(e.metric == "performance" for e in t.entries))
        and not (_a_rate(figure) and any(e.metric == "deployment" for e in t.entries))
        for t in segment.tokens
        if t.index < figure.index and t.speech is None
    ):
        return None
    if (kind == "bare" and segment.mode == "aside") or (kind == "money" and _of_a_stake(segment)):
        return None
    for scope in chain:
        best: Bond | None = None
        for token in scope.tokens:
            if token.speech is not None or token.has("consensus"):
                continue
            for entry in readings(token, scope, world):
                if kind in entry.fits or (kind == "bare" and entry.fits & {"units"} and entry.metric is not None):
                    cost = 20 + figure.index - token.index
                    if best is None or cost < best.cost:
                        best = Bond(figure, token, entry, cost)
        if best is not None:
            return best
    return None


def _of_a_stake(segment: Segment) -> bool:
    """ "微软持股约27%，价值约1350亿美元"."""
    before = segment.before_it
    return before is not None and any(t.has("class:standing") for t in before.tokens)


def passing(verb: Token, row: Sequence[Token]) -> bool:
    """A verb that only tells when: "投产后"."""
    after = row[verb.index + 1] if verb.index + 1 < len(row) else None
    return after is not None and after.has("when")


def series(entry: Entry | None, kind: str) -> Entry | None:
    """What a figure of this kind goes on about: of a change told before, the level."""
    if entry is None or entry.metric != "growth" or kind in ("percent", "multiple"):
        return entry
    plain = entry.id.removeprefix("growth/")
    return replace(entry, metric=plain.partition(":")[0], id=plain)


def _back_reference(figure: Token, kind: str, segment: Segment, world: World) -> Bond | None:
    """ "去年同期为2.1万张", "这一数字可以提高到55万片": nothing but the figure before can be meant."""
    entry = series(world.entry, kind)
    if entry is None or (kind not in entry.fits and not (kind == "bare" and "units" in entry.fits)):
        return None
    before = [t for t in segment.tokens if t.index < figure.index]
    again = entry.metric in _ADDED_TO and bool(before) and before[-1].has("anew")
    pointed = again or any(t.has("figureword") and t.text not in _COUNTED for t in segment.tokens)
    if entry.metric in _POINTED_AT and not pointed:
        return None
    guided = entry.metric in _GUIDED
    pointer = (
        before[-1]
        if again
        else next((t for t in before if t.has("figureword") or (guided and t.has("guidance"))), None)
    )
    if pointer is not None:
        return Bond(figure, pointer, entry, 10)
    aimed = any(t.has("goal") for t in before)
    for token in segment.tokens:
        if token.index >= figure.index:
            break
        if token.has("figureword"):
            return Bond(figure, token, entry, 10)
        if (
            token.kind in ("name", "figure")
            or (token.kind == "word" and not aimed)
            or any(kind in e.fits for e in token.entries)
        ):
            return None
        if token.verb and not token.has("link", "rise", "fall", "plan", "expect", "say", "estimate"):
            return None
    return Bond(figure, figure, entry, 10)
