"""Which word holds a figure, wherever it stands in the sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.frames import SMALLEST_BARE, Bond, figure_kind
from monitor.claims.lexicon import Entry
from monitor.claims.marked.changes import MOST_COST, base, direction
from monitor.claims.marked.ground import allowed, candidates, relates, weight
from monitor.claims.marked.segments import verbish
from monitor.claims.metrics import FLOOR, LEVELS, SINGLY, TOTALS
from monitor.claims.world import RULERS

if TYPE_CHECKING:
    from monitor.claims.marked.ground import Ground
    from monitor.claims.tokens import Token

_LINKERS = 3
"""Tokens that may lie between a figure and the noun behind it."""
_TOPICS = frozenset("は은는")
_GENITIVE = re.compile(r"(?:の|의 )$")
"""Between a figure and its noun: "50억원의 순이익"."""
_PACE = re.compile(r"の?ペース|씩")
"""Behind a rate of change: "毎月7%のペースで"."""
_OBLIQUE = re.compile(r"で(?!は|の|も)|에서 ")
"""Behind a noun that only tells where: "サーバー調達で10億元を受注した"."""


def bind(figure: Token, ground: Ground) -> Bond | None:
    """The cheapest bond of a figure; a change is bound to what changes."""
    kind = figure_kind(figure)
    sign = direction(figure, ground)
    if sign is not None:
        held = base(figure, ground) or _spoken_of(figure, ground)
        if held is None or held.entry.metric is None:
            return held
        entry = replace(held.entry, metric="growth", id=f"growth/{held.entry.id}", status=None)
        return replace(held, entry=entry, change=sign or 1)
    if kind == "money" and figure.figure is not None and figure.figure.each:
        return _self_evident(figure, kind, ground)
    if (
        kind == "percent"
        and figure.figure is not None
        and (figure.figure.lead == "by" or _PACE.match(ground.text, figure.end))
    ):
        return None
    best: Bond | None = None
    for token, entry in candidates(figure, ground):
        if kind not in entry.fits or (kind == "bare" and not weighty(figure) and not _of_machines(figure, ground)):
            continue
        if _has_its_own(token, figure, kind, ground) or small_change(figure, entry):
            continue
        cost = _cost(figure, token, entry, ground)
        if cost is not None and cost <= MOST_COST and (best is None or cost < best.cost):
            best = Bond(figure, token, entry, cost, reversed=token.index > figure.index)
    return (
        best
        or _self_evident(figure, kind, ground)
        or _topic(figure, kind, ground)
        or _headline_gift(figure, kind, ground)
    )


def _has_its_own(trigger: Token, figure: Token, kind: str, ground: Ground) -> bool:
    """ "Meta nutzt Chips für 10 Milliarden, und UMC setzte 19 Milliarden um": a verb that has a figure of its own."""
    if ground.verb_final or trigger.clause == figure.clause:
        return False
    there, own = ground.segments[trigger.clause], ground.segment(figure)
    if there.clause == own.clause:
        return False
    named = [
        any(t.kind == "name" and ground.world.is_org(t.entity) for t in ground.row if t.clause in clauses)
        for clauses in ((trigger.clause,), (figure.clause,))
    ]
    return all(named) and any(t.kind == "figure" and figure_kind(t) == kind for t in there.tokens)


def _headline_gift(figure: Token, kind: str, ground: Ground) -> Bond | None:
    """ "アマゾン、アンソロピックに追加で40億ドル": a headline without a verb, of who pays whom."""
    if ground.field != "title" or kind != "money" or not ground.verb_final:
        return None
    names = [t for t in ground.row[: figure.index] if t.kind == "name" and ground.world.is_org(t.entity)]
    if (
        len(names) < 2
        or ground.world.kind(names[-1].entity) != "company"
        or ground.text[names[-1].end : names[-1].end + 1] not in ("に", "에")
    ):
        return None
    ruler = ground.world.is_ruler(names[0].entity)
    metric = "investment" if ruler else "deal"
    subject = RULERS if ruler else frozenset({"company", "fund"})
    entry = Entry(id=f"{metric}:headline", metric=metric, pos="verb", fits=frozenset({"money"}), subject=subject)
    return Bond(figure, figure, entry, MOST_COST)


def _topic(figure: Token, kind: str, ground: Ground) -> Bond | None:
    """ "歩留まりは秘密だが、業者は「半分だ」と話す": the topic of the sentence, however far before."""
    if not ground.verb_final:
        return None
    for token in reversed(ground.row[: figure.index]):
        if ground.text[token.end : token.end + 1] not in _TOPICS and token.text[-1:] not in _TOPICS:
            continue
        for entry in token.entries:
            fitting = kind in entry.fits and entry.pos == "noun" and allowed(entry, token, ground)
            fitting = fitting and (kind != "bare" or weighty(figure))
            if fitting and ground.segments[token.clause].part == ground.segment(figure).part:
                return Bond(figure, token, entry, MOST_COST)
    return None


def _spoken_of(figure: Token, ground: Ground) -> Bond | None:
    """A change of what the sentence before was about: "7〜9月は2割増を計画する"."""
    entry = ground.world.entry
    if entry is None or entry.metric not in LEVELS or figure_kind(figure) != "percent":
        return None
    return Bond(figure, figure, entry, 10)


def _self_evident(figure: Token, kind: str, ground: Ground) -> Bond | None:
    """A compute rate needs no word; money "each" is a price, wafers a month beside "mass production" are made."""
    if kind == "compute":
        entry = Entry(id="performance:unit", metric="performance", pos="adjunct", fits=frozenset({"compute"}))
        return Bond(figure, figure, entry, 5)
    made = any(e.metric == "mass_production" for t in ground.row for e in t.entries)
    rate = figure.figure is not None and figure.figure.per in ("month", "year", "week")
    if kind == "wafers" and rate and not made and not ground.verb_final:
        entry = Entry(id="capacity:rate", metric="capacity", pos="adjunct", fits=frozenset({"wafers"}))
        return Bond(figure, figure, entry, 5)
    if kind == "wafers" and made and figure.figure is not None and figure.figure.per in ("month", "year", "week"):
        entry = Entry(id="production:rate", metric="production", pos="adjunct", fits=frozenset({"wafers"}))
        return Bond(figure, figure, entry, 5)
    if kind == "money" and figure.figure is not None and figure.figure.each:
        entry = Entry(id="price:each", metric="price", pos="adjunct", fits=frozenset({"money"}))
        return Bond(figure, figure, entry, 5)
    return None


def rated(bond: Bond, ground: Ground) -> Bond:
    """What can be made in a month or year is capacity: "월 5000장을 만들 수 있다", "kann … Wafer fertigen"."""
    quantity, entry = bond.figure.figure, bond.entry
    if entry.metric != "production" or quantity is None or quantity.per not in ("day", "week", "month", "year"):
        return bond
    tokens = ground.segment(bond.figure).tokens
    if not any(t.has("able") or any(e.metric == "capacity" and e.pos == "noun" for e in t.entries) for t in tokens):
        return bond
    return replace(bond, entry=replace(entry, metric="capacity", id=f"capacity/{entry.id}"))


def small_change(figure: Token, entry: Entry) -> bool:
    """ "kostet 379 Euro": too little money for what companies take, spend or pay."""
    quantity = figure.figure
    money = quantity is not None and quantity.kind == "money" and entry.metric in TOTALS
    return money and quantity is not None and abs(quantity.value) < FLOOR


def _of_machines(figure: Token, ground: Ground) -> bool:
    """ "16 EUV-Systeme": few are news of what is sold singly."""
    after = ground.row[figure.index + 1] if figure.index + 1 < len(ground.row) else None
    return after is not None and after.entity in SINGLY


def weighty(figure: Token) -> bool:
    return figure.figure is not None and abs(figure.figure.value) >= SMALLEST_BARE


def _cost(figure: Token, trigger: Token, entry: Entry, ground: Ground) -> int | None:
    first, last = sorted((figure.index, trigger.index))
    between = ground.row[first + 1 : last]
    behind = trigger.index > figure.index
    cost = sum(weight(token) for token in between)
    if entry.fits == {"nm"} and entry.pos == "trap" and not behind:
        return None
    if entry.pos == "trap" and behind and any(t.kind == "name" or t.has("prep") for t in between):
        return None
    if entry.pos == "trap" and "units" in entry.fits and not ground.verb_final and len(between) > (1 if behind else 3):
        return None
    if entry.pos == "adjunct" and (not behind or len(between) > _LINKERS):
        return None
    if entry.pos == "noun" and ground.verb_final and not behind and _OBLIQUE.match(ground.text, trigger.end):
        cost += 4
    if entry.pos == "verb":
        far = 3 if relates(trigger, figure, ground) else 12
        cost += (0 if behind else far) if ground.verb_final else 2
        if behind and any(t.kind == "figure" for t in between):
            cost += 2
    elif behind and _GENITIVE.match(ground.text[figure.end : trigger.start]):
        cost = -1
    elif behind:
        cost += 2 if len(between) <= _LINKERS and not any(verbish(t) or t.text == "," for t in between) else 9
    if behind and entry.pos == "noun" and any(t.text.lower() == "bei" for t in between):
        cost += 8
    if trigger.clause != figure.clause:
        cost += 5
    return cost - bool(entry.object)
