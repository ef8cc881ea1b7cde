"""Acts told without their word: "HBM4E is to follow", "as will Micron"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.claims.clausal.surroundings import like_model
from monitor.claims.clausal.who.subjects import some

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.clausal.scene import Scene
    from monitor.claims.lexicon import Entry
    from monitor.claims.tokens import Token
    from monitor.claims.world import World

    Told = tuple[Entry, str | None, str | None]
    """An act's word, actor and product."""

REPEATED = frozenset({"launch", "mass_production", "tape_out", "ipo"})
"""Acts that one company does after another, or with one product after another."""
_HELPING = frozenset({"future", "would", "aux", "be"})


@dataclass(frozen=True, slots=True)
class Elided:
    """An act said again of another product or company; `entry` has the status that the words give it."""

    trigger: Token
    entry: Entry
    clause: Clause
    subject: str | None
    product: str | None


def elided(scene: Scene, world: World, told: Sequence[tuple[int, Told]]) -> Iterator[Elided]:
    """The acts that a sentence repeats without their word; `told`: place, entry, subject and product of its own."""
    repeated = [(at, one) for at, one in told if one[0].metric in REPEATED]
    last = repeated[-1][1] if repeated else world.act
    if last is None:
        return
    first = repeated[0][0] if repeated else -1
    for clause in scene.clauses:
        if clause.tokens[-1].index < first:
            continue
        found = _followed(clause, scene.row, world, last) or _joined(clause, scene.row, world, last)
        if found is not None and clause.mode != "if":
            yield found


def _followed(clause: Clause, row: Sequence[Token], world: World, last: Told) -> Elided | None:
    """ "HBM4E is to follow next year", "with the MI500 to follow"."""
    entry, actor, product = last
    word = next((t for t in clause.tokens if t.has("follows")), None)
    if word is None or any(e.metric in REPEATED for t in clause.tokens for e in t.entries):
        return None
    named = [t for t in clause.tokens if t.kind == "name" and t.index < word.index and not t.modifier]
    if any(t.has("by") for t in row[word.index + 1 : word.index + 2]):
        return None
    thing = next((t.entity for t in reversed(named) if world.kind(t.entity) in ("chip", "technology")), None)
    company = next((t.entity for t in named if world.kind(t.entity) == "company"), None)
    called = any(
        t.kind == "word" and t.capital and like_model(t.text) for t in row[clause.tokens[0].index : word.index]
    )
    if thing is None and company is None and not called:
        opening = [t for t in clause.tokens if t.index < word.index]
        put_off = entry.metric in ("mass_production", "tape_out") and not word.text.lower().startswith(
            ("follow", "comes", "begins", "starts")
        )
        if not put_off or len(opening) != 1 or opening[0].text.lower() not in ("it", "this", "that"):
            return None
        return Elided(word, replace(entry, status="planned"), clause, actor, product)  # "It is scheduled for 2027"
    subject = company or world.maker(thing) or actor
    return Elided(word, replace(entry, status="planned"), clause, subject, thing)


def _joined(clause: Clause, row: Sequence[Token], world: World, last: Told) -> Elided | None:
    """ "..., as will Micron", "and so did Samsung"."""
    entry, actor, product = last
    for token in clause.tokens:
        if not (token.has("as") or token.text.lower() in ("so", "as")) or token.index + 2 >= len(row):
            continue
        helper, name = row[token.index + 1 : token.index + 3]
        if not helper.cues & _HELPING or name.kind != "name" or world.kind(name.entity) != "company":
            continue
        if name.entity == actor or name.possessive:
            continue
        thing = None if world.maker(product) else product
        ahead = helper.has("future", "would")
        return Elided(helper, replace(entry, status="planned") if ahead else entry, clause, some(name.entity)[0], thing)
    return None
