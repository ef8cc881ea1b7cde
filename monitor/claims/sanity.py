"""What an article's claims cannot be: a duty that is a ban too, results of a quarter that still runs, other trades."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from monitor.claims.domain import concerns, makes
from monitor.claims.lexicon import roles
from monitor.claims.metrics import REPORTED, RULER_METRICS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.draft import Drawn
    from monitor.claims.world import World
    from monitor.model import Article, Claim

_PART = re.compile(r"(?P<year>\d{4})-(?:Q(?P<quarter>[1-4])|H(?P<half>[12]))$")
_CLOSING = timedelta(days=10)
"""Weeks that a company counts instead of months end some days before the quarter does."""
_DUTY = re.compile(r"tariff|surcharge|\bdut(?:y|ies)\b|\blev(?:y|ies)\b|关税|關稅|関税|관세|zoll|zölle", re.IGNORECASE)
_OTHER_GOODS = re.compile(
    r"\b(?:on|of) (?:(?:all|raw|refined|imported|foreign|frozen) )?(?:urea|sugar|rice|wheat|grain|corn|soy\w*|beef|pork"
    r"|poultry|fish|seafood|fruit|dairy|wine|whisky|steel|alumini?um|copper|nickel|coal|crude|oil|diesel|petrol|gas"
    r"|fertili[sz]ers?|timber|lumber|cotton|textiles|clothing|shoes|toys|furniture|cars|vehicles|ships|aircraft|drugs"
    r"|medicines|vaccines|sand)\b"
    r"|\b(?:steel|alumini?um|copper|pharmaceutical|drug|lumber|film|furniture|dairy)s?(?: and \w+)?"
    r" (?:imports|levies|levy|tariffs|duties|duty|products)\b",
    re.IGNORECASE,
)
"""What controls and duties on are no news of chips."""
_CHIPS = re.compile(r"(?i)chip|semicon|processor|wafer|memory|silicon|rare[- ]earth|gallium|germanium")
_OF_TRADE = frozenset().union(*(roles()[trade] for trade in ("tools", "memory", "foundry", "chipmaker"))) - {"samsung"}
_OF_ANY_TRADE = RULER_METRICS | {"mass_production"}
"""Acts that governments and companies do in other trades too."""
_OF_ONE = frozenset({"revenue", "profit", "funding", "valuation"})
"""Sums that two companies never have alike: of two of one article the headline's owner has it, else the first."""
_GOES_ON = frozenset({"subject: topic of a segment before", "subject: the last one spoken of"})
_NO_CHIPS = frozenset({"section-232", "export-controls"})
"""Rules that cover more than chips."""


def sane(drawn: Sequence[Drawn], article: Article, world: World) -> list[Drawn]:
    """The claims without those that cannot be, and with results that lie ahead as planned."""
    duties = {d.claim.subject for d in drawn if d.claim.metric == "tariff"}
    published = article.published.date() if article.published else None
    owners = {_sum(d.claim): d.claim.subject for d in reversed(drawn) if d.claim.metric in _OF_ONE}
    owners |= {_sum(d.claim): d.claim.subject for d in drawn if d.claim.metric in _OF_ONE and d.claim.field == "title"}
    return [
        _settled(item, published) for item in drawn
        if not (_is_the_duty(item.claim, duties) or _other_trade(item.claim, article, world))
        if item.claim.subject == owners.get(_sum(item.claim), item.claim.subject)
        if not (_misgiven(item, drawn) or _is_the_listing(item, drawn) or _told_of_product(item.claim, drawn))
    ]  # fmt: skip


def _is_the_listing(item: Drawn, drawn: Sequence[Drawn]) -> bool:
    """ "将11家实体列入名单，禁止向其出口": what a listing means is no control beside it, whoever is left to do it."""
    claim = item.claim
    left_open = any("last company spoken of" in reason for reason in item.reasons)
    return (
        claim.metric == "export_control"
        and claim.product in (None, "entity-list", "export-controls")
        and any(
            other.claim.metric == "listed_entities"
            and other.claim.evidence == claim.evidence
            and (left_open or other.claim.subject == claim.subject)
            for other in drawn
        )
    )


def _told_of_product(claim: Claim, drawn: Sequence[Drawn]) -> bool:
    """ "has begun to issue licences to Nvidia, allowing it to export the H20": the same grant, with what it is for."""
    if claim.metric != "export_control" or claim.product is not None or claim.act != "granted":
        return False
    return any(
        (other.claim.metric, other.claim.subject, other.claim.status, other.claim.evidence, other.claim.act)
        == (claim.metric, claim.subject, claim.status, claim.evidence, claim.act)
        and other.claim.product is not None
        for other in drawn
    )


def _misgiven(item: Drawn, drawn: Sequence[Drawn]) -> bool:
    """ "A raises 7bn, Xingyun ships 20,000": a headline's figure that goes on with its subject, or a duty, which the
    text gives to somebody else by name."""
    claim = item.claim
    goes_on = claim.metric == "tariff" or not _GOES_ON.isdisjoint(item.reasons)
    if claim.field != "title" or claim.value is None or not goes_on:
        return False
    return any(
        (other.claim.metric, other.claim.value, other.claim.unit) == (claim.metric, claim.value, claim.unit)
        and other.claim.field == "text"
        and other.claim.subject not in (None, claim.subject)
        and _GOES_ON.isdisjoint(other.reasons)
        for other in drawn
    )


def _sum(claim: Claim) -> tuple[str, object, str]:
    return claim.metric, claim.value, claim.unit


def _is_the_duty(claim: Claim, duties: set[str | None]) -> bool:
    """What a sentence that sets a duty says of its law and of who is exempt is no control beside it."""
    if claim.metric != "export_control" or claim.product not in (None, "section-232"):
        return False
    return claim.subject in duties and _DUTY.search(claim.evidence) is not None


def _other_trade(claim: Claim, article: Article, world: World) -> bool:
    """An act on nothing of ours, in an article without a word of chips, of what they are made with, or of exports."""
    if claim.metric == "launch":
        return world.kind(claim.product) == "rule"
    if claim.metric not in _OF_ANY_TRADE or (claim.product and claim.product not in _NO_CHIPS):
        return False
    if claim.metric == "mass_production" and claim.subject in roles()["chipmaker"]:
        return False
    if claim.metric != "mass_production" and _OTHER_GOODS.search(claim.evidence) and not _CHIPS.search(claim.evidence):
        return True
    if claim.metric == "listed_entities" and any(world.kind(e) == "company" for e in world.mentioned):
        return False
    if claim.metric == "export_control" and not _OF_TRADE.isdisjoint(world.mentioned):
        return False
    return not (makes(article) if claim.metric == "mass_production" else concerns(article))


def _settled(item: Drawn, published: date | None) -> Drawn:
    claim = item.claim
    if claim.metric not in REPORTED or claim.status != "achieved" or published is None:
        return item
    end = _end(claim.period)
    if end is None or end <= published + _CLOSING:
        return item
    return replace(item, claim=replace(claim, status="planned"))


def _end(period: str | None) -> date | None:
    """The last day of a calendar quarter or half; of a company's own the text does not tell."""
    found = _PART.match(period or "")
    if found is None:
        return None
    month = int(found["quarter"]) * 3 if found["quarter"] else int(found["half"]) * 6
    year = int(found["year"])
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
