"""Which product a figure counts, prices or measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.frames import figure_kind
from monitor.claims.lexicon import roles
from monitor.claims.metrics import COUNTS, OF_PRODUCTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.persons import Person
    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment
    from monitor.claims.world import World

_SUMMED = COUNTS | {"revenue"}
_NEVER = frozenset({"funding", "valuation", "penalty", "ipo", "acquisition", "listed_entities"})
_MADE = ("chip", "technology")
_CHAINED = frozenset({"capacity", "yield", "tariff", "mass_production"})
"""Metrics whose product may stand in a segment before."""


def product_of(bond: Bond, segment: Segment, row: Sequence[Token], world: World, person: Person) -> str | None:
    """The product that the words around the figure name: the counted noun, the topic, the object, a back-reference."""
    metric = bond.entry.metric
    if metric in _NEVER:
        return None
    if (paired := _paired(bond, segment, world)) is not None:
        return paired
    if _joint(bond, segment, row, world):
        return None
    thing = _counted(bond.figure, row, world)
    if thing is None:
        thing = _named(bond, segment, row, world)
    before = segment.before_it
    if thing is None and person.product is not None and not (before and _joint(bond, before, row, world)):
        thing = person.product
    if thing is None and (metric in OF_PRODUCTS | _CHAINED or 0 <= bond.trigger.clause < segment.number):
        thing = _before(bond, segment, row, world, person)
    maker = world.maker(thing)
    if maker and person.entities and metric not in ("orders", "deployment", "tariff", "deal", "investment"):
        return (
            thing
            if any(_kin(world, maker, e) or e in roles()["server"] for e in person.entities)
            or metric in ("production", "capacity", "price")
            else None
        )
    return thing


def _paired(bond: Bond, segment: Segment, world: World) -> str | None:
    """ "H20、H200的单价分别为…": the product at the figure's own place in the list."""
    mark = next((t for t in segment.tokens if t.has("respectively") and t.index < bond.figure.index), None)
    if mark is None:
        return None
    things = [t.entity for t in segment.tokens if t.index < mark.index and world.kind(t.entity) in _MADE]
    figures = [t.index for t in segment.tokens if t.kind == "figure" and t.index > mark.index]
    paired = len(things) > 1 and len(things) == len(figures) and bond.figure.index in figures
    return things[figures.index(bond.figure.index)] if paired else None


def _joint(bond: Bond, segment: Segment, row: Sequence[Token], world: World) -> bool:
    """ "Blackwell和Rubin的订单": one figure for several products."""
    if bond.entry.metric not in _SUMMED or any(t.has("respectively", "each") for t in segment.tokens):
        return False
    for token in segment.tokens:
        if token.kind != "name" or world.kind(token.entity) != "chip" or token.index + 2 >= len(row):
            continue
        link, other = row[token.index + 1], row[token.index + 2]
        if (link.has("and") or link.text == "、") and other.kind == "name" and world.kind(other.entity) == "chip":
            return other.entity != token.entity
    return False


def _before(bond: Bond, segment: Segment, row: Sequence[Token], world: World, person: Person) -> str | None:
    """The product that a figure without one goes on about: of the segments before, else of the sentence before."""
    if person.how == "foreign" or _counts_another(bond, row):
        return None
    other = segment.before_it
    first = 0 if bond.entry.metric in OF_PRODUCTS | _CHAINED else bond.trigger.clause
    while other is not None and other.mark not in (";", "?", "!") and other.number >= first:
        if other.mode != "if":
            there = [
                t.entity for t in other.tokens
                if t.entity and t.speech is None and world.kind(t.entity) in _MADE and not _compared(row, t)
            ]  # fmt: skip
            if there:
                return None if _joint(bond, other, row, world) else world.most_specific(there)[-1]
        other = other.before_it
    sum_ordered = bond.entry.metric == "orders" and figure_kind(bond.figure) == "money"
    if any(t.has("product_pronoun") for t in segment.tokens) or (bond.entry.metric in OF_PRODUCTS and not sum_ordered):
        return world.product
    return None


def _counts_another(bond: Bond, row: Sequence[Token]) -> bool:
    """Whether a noun that no watchlist knows stands behind the figure or before it: "加速卡9.6万张"."""
    figure = bond.figure
    if figure.figure is not None and figure.figure.kind == "percent":
        return False
    if figure.figure is not None and figure.figure.noun in ("card", "wafer", "server", "phone", "rack", "company"):
        return True
    after = row[figure.index + 1] if figure.index + 1 < len(row) else None
    before = row[figure.index - 1] if figure.index else None
    beside = [t for t in (after, before) if t is not None and t.has("class:chipword")]
    return bool(beside) or (after is not None and after.kind == "word" and after.clause == figure.clause)


def _kin(world: World, maker: str, subject: str) -> bool:
    return (
        subject == maker
        or world.within(subject, maker)
        or world.within(maker, subject)
        or _parent(world, subject) == maker
        or world.is_ruler(subject)
    )


def _parent(world: World, entity: str) -> str | None:
    known = world.entities.get(entity)
    return known.parent if known else None


def _counted(figure: Token, row: Sequence[Token], world: World) -> str | None:
    """ "11万块GB200", "10万颗英伟达H20"."""
    for token in row[figure.index + 1 : figure.index + 4]:
        if token.kind == "name" and world.is_thing(token.entity):
            return token.entity if world.kind(token.entity) in ("chip", "technology") else None
        if token.kind in ("mark", "figure", "period") or token.verb or token.has("prep", "and"):
            return None
    return None


def _named(bond: Bond, segment: Segment, row: Sequence[Token], world: World) -> str | None:
    best: tuple[int, str] | None = None
    for token in segment.tokens:
        if token.kind != "name" or not token.entity or not world.is_thing(token.entity) or token.speech is not None:
            continue
        kind = world.kind(token.entity)
        if kind == "rule" and bond.entry.metric not in ("tariff", "investment"):
            continue
        if _compared(row, token) or (bond.entry.metric not in OF_PRODUCTS and not _describes(token, bond, row)):
            continue
        far = min(abs(token.index - bond.figure.index), abs(token.index - bond.trigger.index))
        if best is None or far < best[0]:
            best = far, token.entity
    return best[1] if best else None


def _describes(thing: Token, bond: Bond, row: Sequence[Token]) -> bool:
    """Whether a product stands before the word that holds the figure, with no verb between, or right behind a verb."""
    trigger = bond.trigger
    first, last = sorted((thing.index, trigger.index))
    between = row[first + 1 : last]
    if thing.index > trigger.index:
        return trigger.verb and not any(t.verb or t.kind == "mark" for t in between)
    return not any(t.has("say", "estimate", "deny", "source") for t in between)


def _compared(row: Sequence[Token], thing: Token) -> bool:
    return any(t.has("than") for t in row[max(0, thing.index - 3) : thing.index])
