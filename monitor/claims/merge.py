"""One claim a fact and article."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.draft import Drawn, Passed
    from monitor.claims.world import World
    from monitor.model import Claim, Field, Number

_LICENCE = re.compile(r"licen[cs]e|permit|许可|許可|라이선스|허가|genehmigung|lizenz", re.IGNORECASE)
_LETS, _BARS = frozenset({"eased", "granted"}), frozenset({"tightened", "imposed", "refused", "revoked"})
_LISTING = (None, "entity-list", "export-controls")


PARTIES = frozenset({"orders", "deal", "investment", "funding", "capacity"})
"""What a headline may give to another party of the same act than the body does."""


def merged(drawn: Sequence[Drawn], world: World) -> tuple[list[Drawn], list[Passed]]:
    """The claims without repetitions: the body's telling before the title's, the fuller before the shorter."""
    kept: list[Drawn] = []
    dropped: list[Passed] = []
    alike: dict[tuple[str, Number | None], list[Drawn]] = {}
    for item in sorted(drawn, key=lambda d: d.claim.field == "title"):
        told = alike.setdefault((item.claim.metric, item.claim.value), [])
        rivals = kept if item.claim.field == "title" else told
        rival = next((o for o in rivals if _same(item.claim, o.claim, world) or _outdone(item, o)), None)
        if rival is not None:
            _lend_party(item.claim, rival, kept, alike[rival.claim.metric, rival.claim.value])
            continue
        kept.append(item)
        told.append(item)
    kept = [d for d in kept if not any(_rounds(d.claim, other.claim) for other in kept)]
    steps = {d.claim.subject for d in kept if d.claim.metric == "ipo" and d.claim.status == "achieved"}
    kept = [d for d in kept if not (_yet_to_list(d.claim) and d.claim.subject in steps)]
    kept = [d for d in kept if not _in_general(d.claim, kept)]
    levels = {_series(d.claim) for d in kept}
    kept = [d for d in kept if not _levelled(d, levels)]
    priced = {(d.claim.subject, d.claim.field) for d in kept if d.claim.metric == "deal"}
    kept = [d for d in kept if not _told_as_deal(d.claim, priced)]
    listers = {d.claim.subject for d in kept if d.claim.metric == "listed_entities" and d.claim.status != "denied"}
    kept = [d for d in kept if not _follows_from_listing(d.claim, listers, world)]
    return kept, dropped


def _lend_party(told: Claim, rival: Drawn, *lists: list[Drawn]) -> None:
    """Whom only one of two tellings names as taken over, the one that stays takes from it, wherever it is listed."""
    if told.metric == rival.claim.metric == "acquisition" and told.of and not rival.claim.of:
        lent = replace(rival, claim=replace(rival.claim, of=told.of))
        for one in lists:
            one[one.index(rival)] = lent


def _yet_to_list(claim: Claim) -> bool:
    """The listing that a step already taken towards it has in view, with no date of its own."""
    return claim.metric == "ipo" and claim.status == "planned" and claim.period is None and claim.field == "text"


def _rounds(claim: Claim, other: Claim) -> bool:
    """Whether `claim` is what the other tells exactly, in round figures: "past 7tn", "7.23tn"."""
    low, high = claim.value, other.value
    if low is None or high is None or claim.bound != "at_least" or other.bound != "exact" or not claim.period:
        return False
    series = (claim.metric, claim.subject, claim.product, claim.period, claim.unit, claim.status, claim.of)
    if series != (other.metric, other.subject, other.product, other.period, other.unit, other.status, other.of):
        return False
    return 0 < low < high < low * 1.05 and len(f"{low:.0f}".rstrip("0")) < len(f"{high:.0f}".rstrip("0"))


def _series(claim: Claim) -> tuple[str | None, ...]:
    return claim.metric, claim.subject, claim.product, claim.period, claim.of


def _levelled(item: Drawn, levels: set[tuple[str | None, ...]]) -> bool:
    """Whether the level is told of what `item` tells the change of, for the same time."""
    claim = item.claim
    if claim.metric != "growth" or claim.period is None or not item.pattern.startswith("growth/"):
        return False
    return (item.pattern.removeprefix("growth/").partition(":")[0], *_series(claim)[1:]) in levels


def _told_as_deal(claim: Claim, priced: set[tuple[str | None, Field]]) -> bool:
    """A takeover in the body whose price the title tells."""
    return claim.metric == "acquisition" and claim.field == "text" and (claim.subject, "title") in priced


def _follows_from_listing(claim: Claim, listers: set[str | None], world: World) -> bool:
    """The licence that a listing brings with it: the same act of the same authority, no control of its own."""
    return (
        claim.metric == "export_control"
        and claim.product in _LISTING
        and claim.act in (None, "tightened", "required")
        and claim.status != "denied"
        and bool(_LICENCE.search(claim.evidence))
        and any(_akin(claim.subject, lister, loose=True, world=world) for lister in listers)
    )


def _same(one: Claim, other: Claim, world: World) -> bool:
    if one.metric != other.metric or not _same_unit(one, other):
        return False
    if not _akin(one.subject, other.subject, one.field != other.field, world):
        return False
    if one.field != other.field and one.value is None:
        return True
    if one.value is None and (one.status != other.status or (one.metric == "ipo" and one.act != other.act)):
        return False
    if one.value is None and one.evidence == other.evidence and _beside(one, other):
        return False
    if one.value is None and _opposed(one.act, other.act):
        return False
    if one.value is None and one.act != other.act and one.period and other.period and one.period != other.period:
        return False
    if not _akin(one.product, other.product, one.field != other.field, world):
        return False
    if _of_another_date(one, other):
        return False
    if one.value is None or other.value is None:
        return one.value is other.value
    apart = one.status != other.status and bool(one.period and other.period) and one.period != other.period
    close = 0.08 if one.field != other.field and not apart else 0.0001
    return abs(one.value - other.value) <= close * max(abs(one.value), abs(other.value))


def _of_another_date(one: Claim, other: Claim) -> bool:
    """Whether two launches of one family are planned for different dates."""
    planned = one.metric == "launch" and one.product is not None and one.status == other.status == "planned"
    return planned and bool(one.period and other.period) and one.period != other.period


def _in_general(claim: Claim, kept: Sequence[Drawn]) -> bool:
    """Whether one names only "export controls" of an act that another claim tells of a thing."""
    if claim.metric != "export_control" or claim.product != "export-controls":
        return False
    return any(
        (d.claim.metric, d.claim.subject, d.claim.act) == (claim.metric, claim.subject, claim.act)
        and d.claim.product not in (None, "export-controls")
        for d in kept
    )


def _beside(one: Claim, other: Claim) -> bool:
    """Whether one sentence tells of two products, of which a watchlist knows one at most."""
    if one.product and other.product:
        return False
    names = one.product_name or one.product, other.product_name or other.product
    return bool(one.product_name or other.product_name) and all(names) and names[0] != names[1]


def _opposed(one: str | None, other: str | None) -> bool:
    """Whether one act lets through and the other bars."""
    return {one in _LETS, other in _LETS} == {True, False} and bool({one, other} & _BARS)


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
    if one.field != "title" or two.field == "title":
        return False
    if one.metric == two.metric and one.metric in PARTIES and one.value is not None and one.value == two.value:
        return True  # the body tells whose it is
    if one.subject != two.subject:
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
    if (one.metric, one.unit, two.unit) == (two.metric, "units/year", "wafers/month") and one.value == 12 * (
        two.value or 0
    ):
        return True
    if one.metric == "production" and two.metric == "capacity" and one.value == two.value:
        return True  # "output to 130,000 wafers a month": what the body calls a capacity
    if one.metric == "growth":
        return f"growth/{two.metric}:" in item.pattern
    return one.metric == "acquisition" and two.metric in ("deal", "orders")
