"""Whose chip a process node is told of: its maker's, not the foundry's that builds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.who.subjects import Subject
    from monitor.claims.frames import Bond
    from monitor.claims.tokens import Token
    from monitor.claims.world import World


def chip_owner(bond: Bond, subject: Subject, row: Sequence[Token], world: World, *, done_to: bool) -> str | None:
    """The company whose chip is built on the node, where the words name one; else the process is its owner's own.

    `done_to`: the verb is in the passive, so that the chip is its subject; otherwise the chip is its object.
    """
    if bond.entry.metric != "process_node":
        return None
    if done_to:
        if subject.how == "pronoun" and (made := chip_meant(bond, row, world)):
            return world.maker(made)
        named = [e for e in subject.entities if world.kind(e) == "company"] if subject.how != "pronoun" else []
        return named[-1] if named else None
    verb = next((t for t in row if t.verb and t.clause == bond.figure.clause and t.index < bond.figure.index), None)
    for token in row[verb.index + 1 : bond.figure.index] if verb is not None else ():
        if token.has("on", "at", "with", "in") or token.kind == "mark" or token.index + 1 == bond.figure.index:
            return None  # "comes off TSMC's 2nm line"
        if token.kind == "name" and token.possessive and world.kind(token.entity) == "company":
            return token.entity
        if token.kind == "name" and world.is_thing(token.entity):
            return world.maker(token.entity)
    return None


def chip_meant(bond: Bond, row: Sequence[Token], world: World) -> str | None:
    """ "Samsung no longer makes the P800; it is now built on a 7nm process": what the verb before acted on."""
    stop = next((t.index for t in reversed(row[: bond.trigger.index]) if t.text in (";", ".")), None)
    if stop is None:
        return None
    chips = [t for t in row[:stop] if t.kind == "name" and world.kind(t.entity) == "chip"]
    return chips[-1].entity if chips else None
