"""Agreements between two companies: which of them buys, and when what is supplied is only agreed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.lexicon import roles
from monitor.claims.persons import Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.topics.scene import Scene
    from monitor.claims.topics.segments import Segment
    from monitor.claims.world import World

_MORE = frozenset({"、", "等", "等人", "等机构"})
_SUPPLYING = frozenset({"提供", "供应", "供應"})
_SUPPLIES = frozenset({"shipments", "orders"})


def read(bond: Bond, bonds: Sequence[Bond], segment: Segment) -> Bond:
    """The bond, as what an agreement told around it makes of it."""
    return as_agreed(as_gained(as_order(as_stake(bond, bonds, segment), segment), segment), segment)


def as_stake(bond: Bond, bonds: Sequence[Bond], segment: Segment) -> Bond:
    """ "英伟达对Anthropic投资100亿美元，微软投50亿美元": the second puts its money into the same company."""
    if bond.entry.metric != "investment" or bond.entry.pos != "verb" or segment.last != bond.figure.index:
        return bond
    stake = next((b for b in bonds if b.entry.metric == "deal" and b.figure.clause == segment.number - 1), None)
    return bond if stake is None else replace(bond, entry=stake.entry)


def as_order(bond: Bond, segment: Segment) -> Bond:
    """ "签下供应5万颗MI450的协议": what is agreed to be supplied is ordered."""
    if bond.entry.metric != "shipments" or bond.entry.pos != "verb" or bond.trigger.clause != segment.number:
        return bond
    signed = any(t.has("signed", "class:signword") for t in segment.tokens)
    agreed = any(t.has("class:agreement") for t in segment.after(max(bond.figure.index, bond.trigger.index)))
    if not (signed and agreed):
        return bond
    entry = replace(bond.entry, metric="orders", id=f"orders/{bond.entry.id}", owner="buyer")
    return replace(bond, entry=entry)


def as_agreed(bond: Bond, segment: Segment) -> Bond:
    """ "与Meta达成一项长期协议，预计提供约200亿美元的云容量": what is supplied is the sum of the agreement before."""
    before = segment.before_it
    if bond.entry.metric != "investment" or bond.trigger.text not in _SUPPLYING or before is None or before.mark != ",":
        return bond
    if not any(t.has("signed", "class:signword") for t in before.tokens):
        return bond
    found = [(t, e) for t in before.tokens if t.has("class:agreement") for e in t.entries if e.metric == "deal"]
    return replace(bond, trigger=found[-1][0], entry=found[-1][1]) if found else bond


def as_gained(bond: Bond, segment: Segment) -> Bond:
    """ "获OpenAI等10亿美元投资": what others put in is raised by the one who gets it; grants are the granter's."""
    if (
        bond.entry.metric != "investment"
        or bond.entry.pos != "noun"
        or any(t.has("class:grantword") for t in segment.tokens)
    ):
        return bond
    gained = next((t for t in segment.tokens if t.has("class:gainword")), None)
    if gained is None or gained.index > bond.figure.index:
        return bond
    return replace(bond, entry=replace(bond.entry, metric="funding", id=f"funding/{bond.entry.id}", owner="patient"))


def as_set_up(bond: Bond, subjects: Sequence[str | None], world: World) -> Bond:
    """ "微软设立2000万美元的社区基金": what a company puts into a fund of its own; a state's fund raises it."""
    if bond.entry.metric != "funding" or "fundname" not in bond.entry.object:
        return bond
    if not all(world.kind(subject) == "company" for subject in subjects):
        return bond
    return replace(bond, entry=replace(bond.entry, metric="investment"))


def several(bond: Bond, segment: Segment) -> bool:
    """ "获高瓴、华为等投资15亿元": what a list of investors puts in is a round, no deal of one of them."""
    gained = next((t for t in segment.tokens if t.has("class:gainword", "agent")), None)
    last = max(bond.trigger.index, bond.figure.index)
    return gained is not None and any(
        t.text in _MORE or t.has("and") for t in segment.after(gained.index) if t.index < last
    )


def buyer(scene: Scene, bond: Bond, segment: Segment, thing: str | None) -> Person | None:
    """ "CoreWeave与Meta达成算力协议", "AMD与OpenAI签下供应MI450的协议": the party that surely does not sell."""
    metric = bond.entry.metric
    if metric != "deal" and not bond.entry.id.startswith("orders/"):
        return None
    home = scene.segments[bond.trigger.clause] if bond.trigger.clause >= 0 else segment
    topic = scene.persons.topic(home, min(bond.trigger.index, bond.figure.index))
    others = [t.entity for t in topic.others if scene.world.kind(t.entity) == "company"]
    heads = [t.entity for t in topic.heads] or [scene.persons.speaker(home)]
    if len(heads) != 1 or heads[0] is None or not others:
        return None
    head, other = heads[0], others[0]
    if metric in _SUPPLIES:
        sells = scene.world.maker(thing) == head
    else:
        sells = _leases(head, other, told=any(t.has("class:computeword") for t in segment.tokens))
    return Person((other or "",), "named", "who buys") if sells else None


def _leases(one: str | None, other: str | None, *, told: bool) -> bool:
    """Whether of two parties the first is the one that sells computing; `told`: whether computing is spoken of."""
    known = roles()
    if other in known["neocloud"]:
        return False
    return one in known["neocloud"] or (told and one in known["cloud"] and other not in known["cloud"])
