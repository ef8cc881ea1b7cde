"""Whom a figure is given to, and of which entities a metric can speak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.claims.lexicon import roles
from monitor.claims.metrics import OPERATORS, RULER_METRICS, RULERS_TOO

if TYPE_CHECKING:
    from monitor.claims.lexicon import Entry
    from monitor.claims.world import World


@dataclass(frozen=True, slots=True)
class Person:
    """Who is meant, by which words, and the product those words name."""

    entities: tuple[str, ...]
    how: str
    reason: str
    product: str | None = None
    shared: bool = False
    """Coordinated subjects of which each has the figure."""


def subjects_for(entry: Entry, person: Person, thing: str | None, world: World) -> tuple[str | None, ...] | str:
    """The subjects of the claims to make, or why there is none to make."""
    rulers = entry.metric in RULER_METRICS
    fitting = tuple(e for e in person.entities if _fits(entry, e, world))
    if not rulers and person.how == "stale" and world.maker(thing) and entry.metric not in OPERATORS - {"performance"}:
        return (world.maker(thing),)
    if len(fitting) > 1 and entry.metric == "price":
        return fitting[:1]  # "Samsung and AMD settled on $480 a stack"
    if len(fitting) > 1 and not person.shared:
        return "a sum for several companies together"
    if (entry.metric in ("performance", "process_node") or entry.owner == "maker") and world.maker(thing):
        return (world.maker(thing),)
    if entry.metric == "price" and person.how == "stale" and thing:
        return (world.maker(thing),)
    if fitting:
        return _of_trade(entry, person, thing, fitting, world)
    if entry.metric == "listed_entities" and person.how == "passive":
        return (world.ruler,) if world.ruler or thing else "no government acts"
    if rulers and entry.also and world.ruler and person.how == "foreign":
        return (world.ruler,)
    if rulers:
        known = world.ruler and person.how in ("pronoun", "carried", "stale", "passive")
        return (world.ruler,) if known else "no government acts"
    maker = world.maker(thing)
    if person.how == "foreign" and entry.metric not in OPERATORS:
        return person.reason
    if maker:
        return (maker,)
    if thing and person.how != "foreign":
        return (None,)
    return "no subject and no product of the watchlists"


def _of_trade(
    entry: Entry, person: Person, thing: str | None, fitting: tuple[str, ...], world: World
) -> tuple[str | None, ...]:
    """Whom "the company", or nobody, means where the last one spoken of cannot do it: another's chips are not its to
    ship, and who has no fab has no yield."""
    maker = world.maker(thing)
    if (
        person.how == "pronoun"
        and entry.metric in ("shipments", "production")
        and maker is not None
        and maker not in fitting
        and fitting[0] not in roles()["server"] | roles()["chipmaker"] | {"samsung"}
    ):
        return (maker,)
    made = roles()["foundry"] | roles()["memory"]
    if person.how == "stale" and thing is None and entry.metric in ("yield", "process_node") and not made & {*fitting}:
        return (world.last_of(made) or fitting[0],)
    return fitting


def _fits(entry: Entry, entity: str, world: World) -> bool:
    kind = world.kind(entity)
    if entry.subject:
        return kind in entry.subject
    if kind in ("agency", "government"):
        return entry.metric in RULER_METRICS or entry.metric in RULERS_TOO
    return kind in ("company", "fund") and entry.metric not in RULER_METRICS
