"""Which product a figure counts, prices or measures."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.claims.clausal.surroundings import passive
from monitor.claims.clausal.who.nodes import chip_meant
from monitor.claims.metrics import COUNTS, OF_PRODUCTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.frames import Bond
    from monitor.claims.persons import Person
    from monitor.claims.tokens import Token
    from monitor.claims.world import World

_WHOLE_ARTICLE = COUNTS | {"price", "performance", "yield"}


def product_for(bond: Bond, clause: Clause, row: Sequence[Token], world: World, person: Person) -> str | None:
    """The product of a claim: the one its subject's words name, else the one the figure's own words do."""
    if bond.entry.metric in ("funding", "valuation"):
        return None
    thing = _priced(bond, row, world) or person.product or product_of(bond, clause, row, world)
    if thing is None and bond.entry.metric == "process_node" and person.reason == "whose chip is built on it":
        meant = chip_meant(bond, row, world)
        return meant if world.maker(meant) in person.entities else None
    if thing is None and bond.entry.metric == "process_node" and person.reason == "agent of the passive":
        before = [t.entity for t in row[: bond.trigger.index] if t.kind == "name" and world.kind(t.entity) == "chip"]
        return before[-1] if before else None
    if thing is None and bond.entry.metric in ("process_node", "performance") and person.how in ("pronoun", "carried"):
        return world.product
    return thing


def product_of(bond: Bond, clause: Clause, row: Sequence[Token], world: World) -> str | None:
    """The product that the words around the figure name: its noun, its verb's object, a back-reference."""
    thing = _noun_of(bond.figure, row, world)
    if thing is not None and (bond.entry.metric != "investment" or world.kind(thing) == "rule"):
        return thing
    if bond.entry.metric in OF_PRODUCTS or bond.entry.metric in ("deal", "tariff", "investment"):
        thing = _in_clause(bond, clause, row, world)
    if thing is None and bond.entry.metric == "market_share":
        thing = _market_of(bond, clause, world)
    if thing is None and bond.entry.metric == "revenue":
        thing = _from(bond.figure, row, world)
    if thing is None and bond.entry.metric == "tariff":
        thing = _only_rule(row, world)
        if thing is None and any(t.has("class:proceedsword") for t in clause.tokens):
            thing = world.product
    if thing is None and bond.entry.metric in _WHOLE_ARTICLE:
        thing = _back(bond, clause, world)
    return thing


def _market_of(bond: Bond, clause: Clause, world: World) -> str | None:
    """ "leads the HBM market with 57%": whose market the verb's object is."""
    for name, market in pairwise(t for t in clause.tokens if bond.trigger.index < t.index < bond.figure.index):
        if name.kind == "name" and world.is_thing(name.entity) and market.has("class:marketword"):
            return name.entity
    return None


def _priced(bond: Bond, row: Sequence[Token], world: World) -> str | None:
    """ "$11,500 for one MI308 and $39,000 for one B200"."""
    after = row[bond.figure.index + 1 : bond.figure.index + 5]
    before = row[max(0, bond.figure.index - 2) : bond.figure.index]
    named = len(before) == 2 and before[1].has("for", "at") and world.kind(before[0].entity) == "chip"
    if bond.entry.metric == "price" and named:
        return before[0].entity  # "sells one for 39,000 yuan and the H20 for 62,000"
    if bond.entry.metric not in ("price", "performance") or not after or not after[0].has("for"):
        return None
    return next((t.entity for t in after if t.kind == "name" and world.kind(t.entity) == "chip"), None)


def _only_rule(row: Sequence[Token], world: World) -> str | None:
    """The law that a duty rests on, wherever the sentence names it: "…, using Section 232 of a trade law"."""
    rules = {t.entity for t in row if t.kind == "name" and t.entity and world.kind(t.entity) == "rule"}
    return rules.pop() if len(rules) == 1 else None


def _noun_of(figure: Token, row: Sequence[Token], world: World) -> str | None:
    after = row[figure.index + 1 : figure.index + 3]
    start = figure.index + 1
    if len(after) == 2 and after[0].has("and") and after[1].kind == "figure":
        start += 2  # "90,000 and 25,000 Ascend 950 chips respectively"
    for token in row[start : start + 5]:
        if token.kind == "name" and world.is_thing(token.entity):
            return None if joint(token, row, world) else token.entity
        if (
            token.kind in ("mark", "figure", "period")
            or token.verb
            or (token.has("prep", "and", "than") and not token.has("of"))
        ):
            return None
        if token.has("product_pronoun"):
            return _before(figure, row, world)
    return None


def taxed(figure: Token, clause: Clause, world: World) -> list[str]:
    """The chips that a duty names side by side ("on the H200 and the MI308"): it is laid on each."""
    found: list[str] = []
    for token in clause.tokens:
        if token.index <= figure.index:
            continue
        if token.kind == "name" and token.entity and world.kind(token.entity) == "chip" and not token.modifier:
            found.append(token.entity)
        elif found and not (token.text == "," or token.has("and", "determiner") or token.possessive):
            break
    return list(dict.fromkeys(found))


def joint(name: Token, row: Sequence[Token], world: World) -> bool:
    """ "GB200 and GB300 chips", "Nvidia's H200 and AMD's MI308": one figure for several products."""
    if any(t.has("respectively", "each") for t in row):
        return False
    at = name.index + 1
    while at < len(row) and (
        row[at].text == "," or row[at].has("and") or row[at].possessive or row[at].has("determiner")
    ):
        at += 1
    if at == name.index + 1 or at >= len(row) or row[at].kind != "name" or row[at].modifier:
        return False
    other = row[at].entity
    if world.kind(other) != "chip" or other == name.entity or world.kind(name.entity) != "chip":
        return False
    return not any(t.kind == "figure" for t in row[at + 1 : at + 2])


def _before(figure: Token, row: Sequence[Token], world: World) -> str | None:
    """What "of them", "of the cards" stands for: the last product of the sentence, else of the article."""
    for token in reversed(row[: figure.index]):
        if token.kind == "name" and world.is_thing(token.entity) and world.kind(token.entity) != "rule":
            return token.entity
    return world.product


def _from(figure: Token, row: Sequence[Token], world: World) -> str | None:
    """ "$20 billion from the H20", "H20s worth $20 billion"."""
    after = row[figure.index + 1 : figure.index + 5]
    if figure.index and row[figure.index - 1].has("worth"):
        after = [*row[figure.index - 1 : figure.index], *row[max(0, figure.index - 4) : figure.index - 1]]
    if not after or not after[0].has("from", "with", "on", "worth"):
        return None
    return next((t.entity for t in after if t.kind == "name" and world.is_thing(t.entity)), None)


def _in_clause(bond: Bond, clause: Clause, row: Sequence[Token], world: World) -> str | None:
    best: tuple[int, str] | None = None
    for token in clause.tokens:
        if (
            token.kind != "name"
            or not token.entity
            or token.modifier
            or not world.is_thing(token.entity)
            or _compared(row, token.index)
        ):
            continue
        if any(t.kind == "figure" for t in row[bond.figure.index + 1 : token.index]):
            continue
        if bond.entry.metric == "process_node" and world.kind(token.entity) != "chip":
            continue  # "its 5nm process without EUV tools"
        if world.kind(token.entity) == "rule" and bond.entry.metric not in ("tariff", "investment"):
            continue
        if bond.entry.metric == "investment" and world.kind(token.entity) != "rule":
            continue
        if joint(token, row, world):
            return None
        far = min(abs(token.index - bond.figure.index), abs(token.index - bond.trigger.index))
        if best is None or far < best[0]:
            best = (far, token.entity)
    return best[1] if best else None


def _compared(row: Sequence[Token], index: int) -> bool:
    return any(t.has("than") and not t.has("from") for t in row[max(0, index - 4) : index])


def _back(bond: Bond, clause: Clause, world: World) -> str | None:
    money = bond.figure.figure is not None and bond.figure.figure.kind == "money"
    for token in clause.tokens:
        if money and bond.entry.metric == "orders":
            break
        if token.has("product_pronoun") or (
            bond.entry.metric == "performance" and token.text.lower() in ("it", "its", "each")
        ):
            return world.product
    each = bond.figure.figure is not None and bond.figure.figure.each
    if bond.entry.metric == "price" and (each or any(t.has("each") for t in clause.tokens)):
        return world.product
    behind = [t for t in clause.tokens if 0 < t.index - bond.figure.index <= 2]
    after = (
        len(behind) == 2 and (behind[0].has("and") or behind[0].text == ",") and behind[1].kind in ("figure", "name")
    )
    if bond.figure.figure is not None and bond.figure.figure.kind == "bare" and not after:
        known = world.products.get(bond.entry.metric or "")
        return known or (world.product if bond.reversed and passive(clause, bond.trigger) else None)
    return (
        world.product
        if bond.entry.metric == "price" and world.entry is not None and world.entry.metric == "price"
        else None
    )
