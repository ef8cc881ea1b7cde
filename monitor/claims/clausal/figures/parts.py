"""Figures that are a part of another, or a whole that many share: neither is a claim of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.frames import Bond, figure_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.tokens import Token
    from monitor.claims.world import World


def pool(figure: Token, row: Sequence[Token]) -> str:
    """ "Of the 1.1 million cards sold in China, Huawei ...": everybody's together."""
    if figure_kind(figure) != "units" or figure.index < 2:
        return ""
    before = row[figure.index - 2 : figure.index]
    if not (before[0].has("of") and before[1].has("determiner")):
        return ""
    for token in row[figure.index + 1 : figure.index + 6]:
        if token.kind == "name" or token.has("relative", "pronoun"):
            return ""
        if any(e.pos == "verb" for e in token.entries) and token.text.lower().endswith(("ed", "d", "t")):
            after = row[token.index + 1 : token.index + 2]
            return "" if not after or after[0].has("by") else "a total that many share"
        if token.verb or token.kind == "mark":
            return ""
    return ""


def subset(figure: Token, bond: Bond, bonds: Sequence[Bond], row: Sequence[Token]) -> bool:
    """ "..., seven of them in Singapore": a part of what was counted before."""
    around = row[max(0, figure.index - 2) : figure.index + 3]
    alike = any(_same_kind(b, bond) and _exceeds(b.figure, figure) for b in bonds)
    if alike and figure_kind(figure) not in ("money", "percent") and any(t.has("subset") for t in around):
        return True
    if alike and bond.entry.owner != "object" and _of_head(figure, bonds, row):
        return True
    same = any(b.trigger is bond.trigger and b.figure.clause == figure.clause for b in bonds)
    bare = figure.figure is not None and figure.figure.kind == "bare" and bond.entry.metric == "listed_entities"
    before = row[figure.index - 1] if figure.index else None
    counted = (
        figure_kind(figure) in ("units", "bare", "entities")
        and before is not None
        and before.text.lower() == "including"
    )
    part = figure_kind(figure) == "percent" and any(t.has("subset") for t in around[-2:])
    return same and (bare or counted or part)


def _of_head(figure: Token, bonds: Sequence[Bond], row: Sequence[Token]) -> bool:
    """ "Of the 52,000 cards that AMD delivered, 20,000 went to one buyer": a part of what the head counts."""
    comma = next((t.index for t in row if t.text == ","), 0)
    return row[0].has("of") and figure.index == comma + 1 and any(b.figure.index < comma for b in bonds)


def _same_kind(one: Bond, other: Bond) -> bool:
    """Whether two figures may count the same things: what is made is a part of what can be made."""
    made = {"production", "capacity"}
    return one.entry.metric == other.entry.metric or {one.entry.metric, other.entry.metric} == made


def _exceeds(whole: Token, part: Token) -> bool:
    return whole.figure is not None and part.figure is not None and whole.figure.value > part.figure.value


def of_own_sales(figure: Token, row: Sequence[Token], world: World) -> bool:
    """ "China accounted for 12.5% of Nvidia's revenue", "makes up half of its HBM shipments"."""
    after = row[figure.index + 1 : figure.index + 8]
    if len(after) < 3 or not after[0].has("of"):
        return False
    owner = after[1]
    if owner.text.lower() in ("total", "overall", "group") and after[2].has("class:salesword"):
        return True  # "accounting for over half of total revenue"
    company = owner.kind == "name" and owner.possessive and world.kind(owner.entity) == "company"
    if not (company or owner.has("possessive")):
        return False
    held = next((t for t in after[2:] if t.verb or t.kind in ("mark", "figure") or t.has("class:salesword")), None)
    return held is not None and held.has("class:salesword") and not held.verb


def restated(figure: Token, row: Sequence[Token]) -> bool:
    """ "3.4 million wafers in the quarter, or some 37,000 a day"."""
    before, after = row[max(0, figure.index - 2) : figure.index], row[figure.index + 1 : figure.index + 3]
    told = len(before) == 2 and before[0].text == "," and before[1].text.lower() == "or"
    return told and len(after) == 2 and after[0].text.lower() in ("a", "per") and after[1].has("timeword")
