"""Changes: which way they go, what level they belong to, and figures that tell where one began."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.frames import figure_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment


_AS_MUCH = frozenset({"达", "達", "高达", "高達", "达到", "達到"})
_LEVEL_TO = re.compile(r"持平(?:到|至)(?:小幅|微幅|略)?(?:增[长長加]?|成[长長]|上升|提升|季增|年增)?$")
""" "持平到增长2%": from nothing."""
_FROM = frozenset("由从從自")


def earlier(bond: Bond, bonds: Sequence[Bond], segment: Segment, row: Sequence[Token]) -> bool:
    """Whether a figure only tells where a change began, and not when that was."""
    if not began(bond, row) or bond.entry.metric == "capacity":
        return False
    if dated(bond, segment, row) and not bond.trigger.has("outlook"):
        return False
    return any(_ends(bond, other, segment) for other in bonds)


def began(bond: Bond, row: Sequence[Token]) -> bool:
    """Whether a figure tells where a change began."""
    quantity = bond.figure.figure
    near = row[max(0, bond.figure.index - 3) : bond.figure.index]
    starts = any(t.has("starting") or starting(t) for t in near)
    first = bond.figure.index + 1
    moved = _moved(bond, row)
    if quantity is None or not (quantity.lead == "from" or starts or moved):
        return False
    for place, token in enumerate(row[first : first + (5 if moved else 3)], start=first):
        if token.figure is not None and token.figure.lead == "to":
            return True
        words = "".join(t.text for t in row[place : place + 2])
        if token.has("rise", "fall") and any(c in words for c in "至到"):
            return True
    return False


def starting(token: Token) -> bool:
    """Whether a date has "from" before it: "由二季度", "预计从2025年"."""
    return token.text[0] in _FROM or (token.period is not None and any(c in _FROM for c in token.text[:3]))


def _moved(bond: Bond, row: Sequence[Token]) -> bool:
    """ "把3800亿元的投入提高到4800亿元"."""
    at = bond.figure.index
    if at + 1 >= len(row) or not row[at + 1].has("of"):
        return False
    return any(t.has("disposal") and t.clause == bond.figure.clause for t in row[max(0, at - 4) : at])


def _ends(bond: Bond, other: Bond, segment: Segment) -> bool:
    """Whether `other` tells where the change that `bond` begins has ended."""
    quantity = other.figure.figure
    if other.figure.index <= bond.figure.index or other.trigger is not bond.trigger or quantity is None:
        return False
    reach = 1 if segment.mark == "," else 0
    return (quantity.lead == "to" or quantity.kind == "percent") and other.figure.clause - segment.number <= reach


def dated(bond: Bond, segment: Segment, row: Sequence[Token]) -> bool:
    """Whether an earlier figure has its period right before it."""
    near = row[max(0, bond.figure.index - 3) : bond.figure.index]
    quantity = bond.figure.figure
    if quantity is not None and quantity.lead == "from" and bond.figure.text[:1] not in "的":
        near = [t for t in near if t.end >= quantity.start - 1]
    return any(t.period is not None and t.period.rule != "years" and t.clause == segment.number for t in near)


def direction(figure: Token, row: Sequence[Token]) -> int | None:
    """+1 or -1 of a change, 0 of a multiple without a word of change; None where the figure is a level."""
    quantity = figure.figure
    kind = figure_kind(figure)
    if quantity is None or kind not in ("percent", "multiple") or quantity.lead == "from":
        return None
    if (extent := _extent(figure, row)) is not None:
        return extent
    if quantity.lead == "to" and kind == "percent":
        return _by_as_much(figure, row)
    near = row[max(0, figure.index - 6) : figure.index]
    if any(
        t.has("than") and row[t.index + 1].kind == "name" and row[t.index + 1].clause == figure.clause for t in near
    ):
        return None
    if any(t.has("versus_plan") for t in row[max(0, figure.index - 6) : figure.index]):
        return None
    if figure.has("rise"):
        return 1
    for token in reversed(row[max(0, figure.index - 5) : figure.index]):
        if token.kind == "period" and token.text[0] in "至到" and kind == "percent":
            return None
        if token.has("rise", "fall"):
            if kind == "percent" and any(c in token.text for c in "至到") and token.index < figure.index - 1:
                return None
            return 1 if token.has("rise") else -1
        if token.kind in ("figure", "name") or (token.kind == "mark" and token.text in ",;:.、("):
            break
    for token in row[figure.index + 1 : figure.index + 2]:
        last = token.index + 1 == len(row) or row[token.index + 1].kind == "mark"
        if token.has("rise", "fall") and last:
            return 1 if token.has("rise") else -1
    return _told_behind(figure, kind, row)


def _by_as_much(figure: Token, row: Sequence[Token]) -> int | None:
    """ "季增达53%", "调涨高达60%": by how much, though 达 leads to a level elsewhere."""
    if figure.index < 2 or row[figure.index - 1].text not in _AS_MUCH:
        return None
    moved = row[figure.index - 2]
    if not moved.has("rise", "fall") or moved.text[-1] in "至到":
        return None
    return 1 if moved.has("rise") else -1


def _extent(figure: Token, row: Sequence[Token]) -> int | None:
    """ "4月起调升报价，幅度最高达一成": the direction that the segment before tells."""
    near = [t for t in row[max(0, figure.index - 4) : figure.index] if t.clause == figure.clause]
    extent = next((t for t in near if t.has("extent")), None)
    if extent is None or any(t.has("rise", "fall") for t in near):
        return None
    for token in reversed(row[: extent.index]):
        if token.has("rise", "fall"):
            return 1 if token.has("rise") else -1
        if token.clause not in (figure.clause, figure.clause - 1, -1) or token.kind == "figure":
            break
    return None


def from_nothing(figure: Token, text: str) -> None:
    """ "环比持平到增长2%": a range that begins with no change."""
    quantity = figure.figure
    if quantity is None or quantity.kind != "percent" or quantity.value_max is not None:
        return
    if _LEVEL_TO.search(text[max(0, quantity.number_span[0] - 12) : quantity.number_span[0]]):
        figure.figure = replace(quantity, value=0, value_max=quantity.value, bound="range", lead="by")


def add_behind(figure: Token, row: Sequence[Token]) -> None:
    """ "近八倍增长": by how many times, told before the word of growth."""
    quantity = figure.figure
    after = row[figure.index + 1] if figure.index + 1 < len(row) else None
    if quantity is None or quantity.kind != "multiple" or quantity.lead or after is None or not after.has("rise"):
        return
    if (
        figure.text[0] != "翻"
        and figure.text.rstrip().endswith("倍")
        and after.text[:2] in ("增长", "增長", "增幅", "成长", "成長")
    ):
        figure.figure = replace(quantity, value=quantity.value + 1, lead="by")


def _told_behind(figure: Token, kind: str, row: Sequence[Token]) -> int | None:
    """The direction that the words behind a figure tell, or a multiple itself."""
    quantity = figure.figure
    if quantity is None:
        return None
    behind = row[figure.index + 1 : figure.index + 3]
    if len(behind) == 2 and behind[0].has("of") and behind[1].has("rise", "fall") and "幅" in behind[1].text:
        return 1 if behind[1].has("rise") else -1
    if kind == "multiple" and (
        quantity.lead in ("by", "to") or not figure.text.rstrip().endswith("倍") or figure.text[0] in "翻增加"
    ):
        near = row[max(0, figure.index - 3) : figure.index]
        after = row[figure.index + 1 : figure.index + 2]
        if figure.text[0] == "翻":
            return 1
        if any(t.has("than") or t.kind == "name" or t.text == "是" for t in near) or any(t.has("of") for t in after):
            return None
        return 0
    return None


def _dates_itself(segment: Segment, until: int) -> bool:
    """Whether a period of its own stands in a segment, not one that is only compared with."""
    compared = False
    for token in segment.tokens:
        if token.index >= until:
            return False
        if token.period is not None and not compared:
            return True
        compared = token.has("than")
    return False


def _same_series(bond: Bond, other: Bond, own: Segment) -> bool:
    """ "报价每张18.5万元，较上月涨5%": a change that names nothing, right behind a level of its kind."""
    return (
        other.figure.clause == own.number - 1
        and bond.trigger.clause == other.figure.clause
        and bond.entry.id.startswith(f"growth/{other.entry.metric}:")
        and not any(t.kind == "name" for t in own.tokens)
    )


def _told_next(bond: Bond, other: Bond, segments: Sequence[Segment]) -> bool:
    """ "中期少赚两成，赚2.6亿美元": the level in the next words, which hold nothing else."""
    if other.figure.clause != bond.figure.clause + 1 or not bond.entry.id.startswith(f"growth/{other.entry.metric}:"):
        return False
    behind = segments[other.figure.clause].tokens
    return behind[0] is other.trigger and not any(t.kind in ("name", "period") for t in behind)


def level_of(bond: Bond, bonds: Sequence[Bond], segments: Sequence[Segment]) -> Token | None:
    """The level told of what has changed, if there is one for the same time."""
    if bond.entry.metric != "growth":
        return None
    own = segments[bond.figure.clause]
    for other in bonds:
        if other.entry.metric == "growth":
            continue
        same = other.trigger is bond.trigger or _same_series(bond, other, own) or _told_next(bond, other, segments)
        if not same:
            continue
        apart = other.figure.clause < own.number and _dates_itself(own, bond.figure.index)
        if not apart:
            return other.figure
    return None
