"""Who owns a noun: "X's shipments", "orders at X", "shipments of X's P"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.clausal.who.subjects import FOREIGN, Subject, some

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.tokens import Token
    from monitor.claims.world import World


def _outer(row: Sequence[Token], at: int, world: World) -> str | None:
    """The outermost owner of "Nvidia's $20 billion Groq deal"."""
    for token in reversed(row[max(0, at - 6) : at]):
        if token.verb or token.has("prep", "and") or token.text in (",", ";", ":"):
            return None
        if token.kind == "name" and token.possessive and world.is_org(token.entity):
            return token.entity
    return None


def owner_of(
    noun: Token, row: Sequence[Token], world: World, *, outermost: bool = False
) -> tuple[Subject | None, bool]:
    """Who owns a noun ("X's shipments", "shipments of X's P", "orders at X"); and whether a pronoun owns it."""
    thing: str | None = None
    at = noun.index - 1
    apart = False
    while at >= 0 and noun.index - at <= 8:
        token = row[at]
        if token.kind == "name" and (not token.actor or _levies(token, noun)):
            given = at > 0 and row[at - 1].has("gives") and row[at - 1].verb
            if token.modifier or ((apart or given) and not token.possessive):
                break  # "gave Wolfspeed a grant"
            if outermost and not token.possessive and at and row[at - 1].kind == "figure":
                at -= 1
                continue  # "the $3 billion Synaptics deal": the other party
            if world.is_org(token.entity):
                outer = _outer(row, at, world) if outermost else None
                beyond = None if thing else owner_after(noun, row, world)
                thing = thing or (beyond.product if beyond is not None else None)
                return Subject("named", some(outer or token.entity), thing), False
            if thing is None and _pair(token, row, world):
                return Subject("product", some(world.maker(token.entity))), False
            thing = thing or token.entity
        elif token.has("possessive") or (token.has("pronoun") and not token.has("person")):
            after = owner_after(noun, row, world)
            return (after or (Subject("none", (), thing) if thing else None)), True
        elif token.kind == "word" and token.capital and token.text.endswith(("'s", "’s")):
            return FOREIGN, False
        elif (
            token.text == "s"
            and at > 1
            and row[at - 1].kind == "phrase"
            and row[at - 1].capital
            and row[at - 2].capital
        ):
            return FOREIGN, False  # "Torvane Group's $2.7 billion deal"
        elif token.kind == "mark" or token.verb or token.has("prep", "and", "relative", "that", "if", "boundary"):
            break
        apart = apart or token.has("determiner")
        at -= 1
    after = owner_after(noun, row, world)
    if after is not None and (after.entities or not thing):
        return (after if after.product or not thing else replace(after, product=thing)), False
    if thing:
        return Subject("product", some(world.maker(thing)), thing), False
    return None, False


def _levies(country: Token, noun: Token) -> bool:
    """ "the US tariff on", "China's 34% duty": whose duty it is; "China tariffs" are others' on China."""
    if not any(e.metric == "tariff" for e in noun.entries):
        return False
    before = country.index + 1 == noun.index and country.text.lower() in ("us", "u.s.", "eu", "american")
    return country.possessive or before


def _subject_behind(relative: Token, row: Sequence[Token], world: World) -> str | None:
    """Who does what a relative clause tells."""
    after = row[relative.index + 1 : relative.index + 3]
    named = len(after) == 2 and after[0].kind == "name" and world.is_org(after[0].entity) and not after[0].possessive
    return after[0].entity if named and after[1].verb else None


def _pair(name: Token, row: Sequence[Token], world: World) -> bool:
    """ "Blackwell and Rubin sales": what two products of one maker have together is of neither."""
    if name.index < 2 or not row[name.index - 1].has("and"):
        return False
    other = row[name.index - 2].entity
    made = world.maker(name.entity)
    return other != name.entity and world.is_thing(other) and made is not None and world.maker(other) == made


def _makes(name: Token, row: Sequence[Token], world: World) -> bool:
    """ "prices for Samsung's HBM3E": a company with a thing of its own."""
    after = row[name.index + 1] if name.index + 1 < len(row) else None
    return name.possessive and after is not None and world.is_thing(after.entity)


def owner_after(noun: Token, row: Sequence[Token], world: World) -> Subject | None:
    at = noun.index if noun.text.lower().endswith(" of") else noun.index + 1
    if at < len(row) and row[at].has("relative") and (maker := _subject_behind(row[at], row, world)):
        return Subject("named", (maker,))  # "62% of the dies that SMIC makes"
    if at > noun.index and (at >= len(row) or not row[at].has("of", "at", "by", "for", "from", "on")):
        return None
    if at < len(row) and row[at].has("on") and any(e.metric == "ipo" for e in noun.entries):
        return None  # "a listing on the model of SMIC's"
    thing: str | None = None
    for token in row[at + 1 : at + 8]:
        if token.kind == "name" and not token.modifier:
            if world.is_org(token.entity) and not token.actor:
                if (
                    row[at].has("for")
                    and noun.entries
                    and noun.entries[0].metric in ("investment", "orders", "funding", "deal", "price")
                    and not _makes(token, row, world)
                ):
                    break
                if not token.possessive:
                    return Subject("named", some(token.entity), thing)
                if token.index + 1 < len(row) and row[token.index + 1].has("modified"):
                    return FOREIGN  # "at Apple's neighbour"
                after = next((t for t in row[token.index + 1 : token.index + 4] if t.kind == "name"), None)
                thing = after.entity if after is not None and world.is_thing(after.entity) else thing
                return Subject("named", some(token.entity), thing)
            if world.is_thing(token.entity):
                if token.index + 2 < len(row) and _pair(row[token.index + 2], row, world):
                    return Subject("product", some(world.maker(token.entity)))
                thing = token.entity
        elif (
            token.kind == "mark"
            or token.verb
            or token.kind in ("figure", "period")
            or (token.has("relative", "that", "if", "boundary", "and", "prep") and not token.has("of", "from", "at"))
        ):
            break
    return Subject("product", some(world.maker(thing)), thing) if thing else None
