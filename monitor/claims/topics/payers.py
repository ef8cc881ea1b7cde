"""Who pays what somebody gets: grants of rulers, and what one investor puts in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.persons import Person
from monitor.claims.topics import agreements

if TYPE_CHECKING:
    from monitor.claims.frames import Bond
    from monitor.claims.tokens import Token
    from monitor.claims.topics.scene import Scene
    from monitor.claims.topics.segments import Segment
    from monitor.claims.world import World


def settled(scene: Scene, bond: Bond, segment: Segment, person: Person) -> tuple[Bond, Person]:
    """The bond and its person where a sum is the payer's, as they are elsewhere."""
    if bond.entry.metric == "investment" and _granted(bond, segment):
        return bond, scene.persons.granter(segment)
    payer = scene.persons.topic(segment, bond.trigger.index).agent if bond.entry.owner == "patient" else None
    if bond.entry.metric == "funding" and bond.trigger.has("agent"):
        payer = _giver(bond, segment, scene.world)
    if payer is None or agreements.several(bond, segment):
        return bond, person
    paid = replace(bond, entry=replace(bond.entry, metric="deal"))
    return paid, Person((payer.entity or "",), "named", "who pays")


def _granted(bond: Bond, segment: Segment) -> bool:
    """ "三星泰勒厂获47.5亿美元补贴": the sum is the granter's."""
    gained = [t.index for t in segment.tokens if t.has("class:gainword")]
    if not gained or not any(t.has("class:grantword") for t in segment.tokens):
        return False
    return bond.entry.pos == "noun" or gained[0] < bond.trigger.index


def _giver(bond: Bond, segment: Segment, world: World) -> Token | None:
    """ "获英伟达投资20亿美元": the company right behind the verb."""
    after = next(iter(segment.after(bond.trigger.index)), None)
    given = after is not None and after.kind == "name" and world.kind(after.entity) in ("company", "fund")
    return after if given else None
