"""Which of the known facts a claim tells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ledger.acts import ONE_DAY, direction
from monitor.ledger.keys import CLASSES
from monitor.ledger.retold import fits_class
from monitor.ledger.same import NEAR, nothing_named, same_content, vague
from monitor.text.fold import folded

if TYPE_CHECKING:
    from monitor.ledger.page import Page
    from monitor.model import Claim, Fact


def best(page: Page, claim: Claim, *, standing: bool = False) -> Fact | None:
    """The fact that the claim tells: of its own class first, then equal product, then the last told."""
    found = []
    for fact in page.alike(claim):
        if standing and fact.state != "standing":
            continue
        if fits_class(claim, fact) and _tells(page, claim, fact):
            found.append(fact)
    own, actor = CLASSES[claim.status], page.kin.actor(claim.subject, claim.product)
    return max(
        found,
        key=lambda f: (
            f.status_class == own,
            f.state in {"standing", "held"},
            f.product == claim.product,
            f.actor == actor,
            f.of == claim.of,
            f.told,
        ),
        default=None,
    )


def _tells(page: Page, claim: Claim, fact: Fact) -> bool:
    told = claim
    if vague(claim, fact) and abs(page.at - fact.told) <= ONE_DAY and page.related(fact, unknown=False):
        # In a story about the same, an act on nothing named is that act, whatever word is used for it.
        told = replace(claim, act=None)
    if not same_content(told, fact, page.setting(claim, fact)):
        return False
    return not vague(claim, fact) or fact.key in page.opened or related(page, claim, fact)


def related(page: Page, claim: Claim, fact: Fact) -> bool:
    """An act on nothing named would fit any other act of its actor that week; the stories must be about the same."""
    if not page.targets(claim).isdisjoint(fact.targets):
        return True
    if page.at - fact.told > NEAR:
        return not _anew(page, claim, fact)
    if (fact.of and page.names(fact.of)) or (claim.of and folded(claim.of) in folded(fact.evidence)):
        return True
    if fact.of and fact.of.isascii() and claim.metric == "acquisition":
        return False  # Names in Latin letters stand in every language; this article has another.
    return page.related(fact, unknown=True) or _only_one(page, claim, fact)


def _anew(page: Page, claim: Claim, fact: Fact) -> bool:
    """A control on nothing named, long after another of its actor, which the headline tells as the news."""
    same_class = CLASSES[claim.status] == fact.status_class
    told = claim.told == "news" and page.headline is not None and page.own_news(claim)
    return claim.metric == "export_control" and same_class and told


def _only_one(page: Page, claim: Claim, fact: Fact) -> bool:
    """Neither control names a thing, and it is the only one of its actor and direction that week."""
    way = direction(fact.act)
    if way is None or way != direction(claim.act) or not nothing_named(claim, fact):
        return False
    denied = fact.status_class == "not"
    week = [
        other for other in page.alike(claim)
        if (other.status_class == "not") == denied and direction(other.act) == way and page.at - other.told <= NEAR
    ]  # fmt: skip
    return [other.key for other in week] == [fact.key]
