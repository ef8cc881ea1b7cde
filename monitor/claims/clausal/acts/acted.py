"""What an act is done to: the products that its clause names, or points back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.clausal.surroundings import like_model, passive

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.clausal.who.cast import Cast
    from monitor.claims.lexicon import Entry
    from monitor.claims.persons import Person
    from monitor.claims.tokens import Token
    from monitor.claims.world import World


_WITHIN = frozenset(
    {"incorporating", "using", "featuring", "supporting", "containing", "combining", "pairing", "equipped", "based"}
)
"""Words behind which stands what a product holds."""
_DONE_TO = frozenset({"launch", "mass_production", "tape_out"})
"""Acts done to a product of one's own; what follows "for" or "with" is somebody else's."""


def things(token: Token, entry: Entry, clause: Clause, person: Person, cast: Cast) -> list[str | None]:
    """What the act is done to: the products of the verb's object, the most specific of each family."""
    world, row = cast.world, cast.row
    front = passive(clause, token) or entry.pos == "noun" or entry.owner in ("decree", "itself")
    found: list[str] = []
    heirs = {t.entity for t in clause.tokens if _succeeded(t, row)}
    tokens = clause.tokens
    if entry.act == "committee":
        tokens = [t for t in row if t.index > token.index]
    for other in tokens:
        if _succeeded(other, row):
            continue
        if other.kind != "name" or other.modifier or not world.is_thing(other.entity) or other.entity is None:
            if (
                entry.metric in _DONE_TO
                and other.index > token.index
                and (other.verb or other.has("with", "for", "on", "to") or other.text.lower() in _WITHIN)
            ):
                break
            continue
        if other.index > token.index or front:
            found.append(other.entity)
    rules = entry.metric == "export_control"
    if entry.act in ("imposed", "proposed") or "listword" in entry.also:
        found = [t for t in found if t != "export-controls"]
    found = world.most_specific(t for t in found if rules or world.kind(t) in ("chip", "technology"))
    if not found and rules:
        found = world.most_specific(_told_of(token, clause, cast))
    if found:
        beside: list[str | None] = (
            [None] if entry.metric == "launch" and _with_another(found, token, clause, cast) else []
        )
        return [*found, *beside]
    meant = _meant(token, entry, clause, person, cast)
    return [None if meant in heirs else meant]


def _with_another(found: Sequence[str], verb: Token, clause: Clause, cast: Cast) -> bool:
    """ "announced the Ascend 950 and the Atlas 950 cabinet": a second product, which no watchlist knows."""
    for token in clause.tokens:
        if token.index < verb.index or token.entity not in found:
            continue
        after = [t for t in cast.row[token.index + 1 : token.index + 8] if not t.has("determiner", "class:launchword")]
        if len(after) > 2 and after[0].has("and") and after[1].kind == "word" and after[1].capital:
            return after[2].kind == "figure" or like_model(after[1].text)
    return False


def _succeeded(name: Token, row: Sequence[Token]) -> bool:
    """ "a successor to the 810E": another chip than the one named."""
    before = [t for t in row[max(0, name.index - 3) : name.index] if not t.has("determiner")]
    return len(before) > 1 and before[-1].has("to") and before[-2].has("class:heirword")


def _told_of(token: Token, clause: Clause, cast: Cast) -> list[str]:
    """What a control is about that its own clause does not name: "the licence under which ASML services DUV scanners",
    "firms that ship gallium must apply for a permit"."""
    row, world = cast.row, cast.world
    found = list(_sent(token, clause, world, row))
    for other in cast.scene.clauses:
        if found or other.mode != "relative" or other.parent is not clause:
            continue
        names = [t for t in other.tokens if t.kind == "name" and not t.modifier and world.is_thing(t.entity)]
        found = [t.entity for t in names if t.entity]
    return found


def _meant(token: Token, entry: Entry, clause: Clause, person: Person, cast: Cast) -> str | None:
    """The product of an act whose own words name none: what they point back to, else that of the subject."""
    world = cast.world
    if person.product is None and entry.metric == "export_control" and _points_back(token, clause):
        before = [t.entity for t in cast.row[: token.index] if t.kind == "name" and world.is_thing(t.entity)]
        return before[-1] if before else world.product
    antecedent = clause.antecedent if clause.mode == "relative" and person.how == "named" else None
    near = antecedent is not None and clause.tokens[0].index - antecedent.index <= 2
    if near and antecedent and entry.metric in _DONE_TO and world.kind(antecedent.entity) in ("chip", "technology"):
        return antecedent.entity  # "the MI450, which AMD launched in March"
    if (
        person.product is None
        and entry.metric in _DONE_TO
        and any(t.has("product_pronoun") and 0 < t.index - token.index <= 3 for t in clause.tokens)
    ):
        return world.product  # "mass production of the chip"
    if person.product is None and person.how == "pronoun" and _goes_into(token, clause):
        return world.product if world.maker(world.product) in person.entities else None
    return person.product


def _goes_into(token: Token, clause: Clause) -> bool:
    """ "It goes into volume production": what is made, not its maker, is the subject."""
    verb = clause.verb
    if verb is None or not any(e.metric == "mass_production" for e in token.entries):
        return False
    return verb.text.lower().split()[0] in ("go", "goes", "went", "gone", "going", "enter", "enters", "entered")


def _sent(token: Token, clause: Clause, world: World, row: Sequence[Token]) -> Iterator[str]:
    """What a licence is needed for, told behind it: "must seek a licence before they ship HBM to China"."""
    after = [t for t in row[token.index + 1 :] if t.clause != clause.number]
    if after and after[0].has("boundary", "to") and any(t.has("class:sendword") for t in after[:4]):
        for other in after:
            if other.kind == "mark":
                return
            if other.kind == "name" and not other.modifier and other.entity and world.is_thing(other.entity):
                yield other.entity


def _points_back(verb: Token, clause: Clause) -> bool:
    """ "allowed the sales", "allowed sales of it": the object names nothing new."""
    after = [t for t in clause.tokens if verb.index < t.index <= verb.index + 4]
    return any(t.text.lower() in ("it", "them", "the") for t in after[:1]) or any(
        t.text.lower() in ("it", "them") for t in after
    )
