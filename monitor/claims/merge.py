"""One claim a fact and article."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.draft import Drawn, Passed
    from monitor.claims.world import World
    from monitor.model import Claim, Field, Number


def merged(drawn: Sequence[Drawn], world: World) -> tuple[list[Drawn], list[Passed]]:
    """The claims without repetitions: the body's telling before the title's, the fuller before the shorter."""
    kept: list[Drawn] = []
    dropped: list[Passed] = []
    alike: dict[tuple[str, Number | None], list[Drawn]] = {}
    for item in sorted(drawn, key=lambda d: d.claim.field == "title"):
        told = alike.setdefault((item.claim.metric, item.claim.value), [])
        rivals = kept if item.claim.field == "title" else told
        if any(_same(item.claim, other.claim, world) or _outdone(item, other) for other in rivals):
            continue
        kept.append(item)
        told.append(item)
    kept = [d for d in kept if not any(_level(d, other) for other in kept)]
    priced = {(d.claim.subject, d.claim.field) for d in kept if d.claim.metric == "deal"}
    kept = [d for d in kept if not _told_as_deal(d.claim, priced)]
    return kept, dropped


def _level(item: Drawn, other: Drawn) -> bool:
    """Whether `other` tells the level of what `item` tells the change of, for the same time."""
    one, two = item.claim, other.claim
    if one.metric != "growth" or f"growth/{two.metric}:" not in item.pattern or one.period is None:
        return False
    return (one.subject, one.product, one.period, one.of) == (two.subject, two.product, two.period, two.of)


def _told_as_deal(claim: Claim, priced: set[tuple[str | None, Field]]) -> bool:
    """A takeover in the body whose price the title tells."""
    return claim.metric == "acquisition" and claim.field == "text" and (claim.subject, "title") in priced


def _same(one: Claim, other: Claim, world: World) -> bool:
    if one.metric != other.metric or not _same_unit(one, other):
        return False
    if not _akin(one.subject, other.subject, one.field != other.field, world):
        return False
    if one.field != other.field and one.value is None:
        return True
    if one.value is None and (one.status != other.status or (one.metric == "ipo" and one.act != other.act)):
        return False
    if one.value is None and one.act != other.act and one.period and other.period and one.period != other.period:
        return False
    if not _akin(one.product, other.product, one.field != other.field, world):
        return False
    if one.value is None or other.value is None:
        return one.value is other.value
    close = 0.08 if one.field != other.field else 0.0001
    return abs(one.value - other.value) <= close * max(abs(one.value), abs(other.value))


def _same_unit(one: Claim, other: Claim) -> bool:
    """A headline's pieces may be the body's wafers."""
    if one.unit == other.unit:
        return True
    return one.field != other.field and {
        one.unit.replace("wafers", "units"),
        other.unit.replace("wafers", "units"),
    } in ({"units"}, {"units/month"})


def _akin(one: str | None, other: str | None, loose: bool, world: World) -> bool:
    """Whether two names can be one; a headline may name the parent ("the US") of whom the body names (the bureau)."""
    if one == other or not one or not other:
        return True
    return loose and (world.within(one, other) or world.within(other, one))


def _outdone(item: Drawn, other: Drawn) -> bool:
    """A headline's change or act whose level or price the body tells."""
    one, two = item.claim, other.claim
    if one.field != "title" or two.field == "title" or one.subject != two.subject:
        return False
    if (
        one.metric == two.metric
        and one.unit != two.unit
        and one.value is not None
        and len(one.unit) == len(two.unit) == 3
    ):
        return True
    if one.value is not None and one.value == two.value and one.unit == two.unit:
        return True
    if one.metric == "growth":
        return f"growth/{two.metric}:" in item.pattern
    return one.metric == "acquisition" and two.metric in ("deal", "orders")
