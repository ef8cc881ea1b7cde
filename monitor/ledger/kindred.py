"""One figure under two names: what one outlet calls an order another calls a deal."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.ledger import retold, values
from monitor.ledger.retold import fits_class
from monitor.ledger.same import NEAR, same_content, same_party
from monitor.model import LedgerEntry
from monitor.text.amounts import is_currency

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.ledger.page import Page
    from monitor.model import Claim, Fact, Number

SOON = timedelta(days=3)
"""Tellings of one event lie within this time; later an equal figure is chance, or a further step."""

_PIECES = ("deployment", "shipments", "orders", "production")
_MONEY = ("revenue", "penalty", "funding", "deal", "orders", "investment", "valuation", "price")
_SHARES = ("tariff", "market_share")
"""The plainer names first: of two that one article gives a figure, the first stands."""
_CURRENCIES = ("USD", "EUR", "CNY", "GBP", "JPY", "KRW", "TWD", "HKD")
_LEAST = {"pieces": 1_000, "money": 1_000_000}
"""Smaller figures are equal by chance."""
_BUYING = re.compile(
    r"acqui|\bbuy|\bbought\b|purchas|take-?over|taken over|takes? over|收购|收購|并购|併購|買収|인수|übern[ai]hm|"
    r"rach[eè]t",
    re.IGNORECASE,
)
_STAKE = re.compile(r"\bstakes?\b|\bshares\b|\bholding\b|股|出資|지분|\banteil|\bparticipation\b", re.IGNORECASE)
"""A part of a company is bought for one sum today and another tomorrow; a company once."""


def order(claims: tuple[Claim, ...]) -> list[int]:
    """Places of the claims in the order in which they are assessed: the plainer names of a figure first."""
    ranks = {metric: rank for group in (_PIECES, _MONEY, _SHARES) for rank, metric in enumerate(group)}
    ranks["acquisition"] = len(ranks)
    return sorted(range(len(claims)), key=lambda place: ranks.get(claims[place].metric, 0))


def renamed(page: Page, entry: LedgerEntry) -> LedgerEntry | None:
    """A figure that would be new, and that has just been told under a kindred metric; None where it has not.

    A company's own line and a government's record decide what a figure is, so they are not held to another's word.
    """
    claim = entry.claim
    if entry.change not in {"new", "record"}:
        return None
    if (bought := next(_purchases(page, claim), None)) is not None:
        return _bought(page, entry, bought)
    if claim.metric == "acquisition":
        return None
    authority = page.article.record is not None or page.article.trust in {"company", "record"}
    told = next((f for f in _tellings(page, claim) if f.key in page.opened or not authority), None)
    if told is None:
        return None
    page.discard(entry.fact)
    fact = page.tell(told, claim, independent=False)
    reason = f"{told.outlet} told the same as {told.metric.replace('_', ' ')}"
    return LedgerEntry(claim=claim, change="background", reason=reason, fact=fact, against=told)


def _bought(page: Page, entry: LedgerEntry, told: Fact) -> LedgerEntry | None:
    """One purchase under its other name: as any fact that is told again."""
    opened = entry.fact
    if told.waiting == "name":
        return None  # Nobody has been told of it yet; its price is the news.
    page.discard(opened)
    again = retold.judge(page, entry.claim, told)
    if again is None:
        page.opened.add(opened.key)
        page.keep(opened)
        return None
    name = told.metric.replace("_", " ")
    again = replace(again, reason=f"{again.reason}; {told.outlet} told it as {name}")
    return _priced(page, again, opened) if entry.claim.value is not None and again.fact.key == told.key else again


def _priced(page: Page, again: LedgerEntry, opened: Fact) -> LedgerEntry:
    """The price of a purchase told without one: a figure of its own under the purchase's alert."""
    bought = again.fact
    page.opened.add(opened.key)
    price = replace(
        opened, alert=bought.alert, rule=bought.rule, story=bought.story, outlets=bought.outlets, listed=bought.listed,
        change=bought.change,
    )  # fmt: skip
    return replace(again, fact=page.keep(price))


def _tellings(page: Page, claim: Claim) -> Iterator[Fact]:
    for metric in _kindred(claim):
        other = replace(claim, metric=metric)
        for fact in page.alike(other):
            if (
                fact.value is not None
                and claim.value is not None
                and values.within(fact.value, claim.value, values.EXACT)
                and abs(page.at - fact.told) <= SOON
                and fact.status_class != "not"
                and fits_class(claim, fact)
                and same_content(other, fact, page.setting(claim, fact, SOON))
            ):
                yield fact


def _purchases(page: Page, claim: Claim) -> Iterator[Fact]:
    """The same purchase without its price, which is an acquisition, or with it, which makes it a deal.

    After 7 days a deal with whom one has bought is another one unless the sentence is about buying.
    """
    for other in _other_names(claim):
        for fact in page.alike(other):
            setting = page.setting(claim, fact)
            named = (
                not setting.targets.isdisjoint(fact.targets)
                or (claim.of is not None and fact.of is not None)
                or (claim.of is None and fact.of is not None and page.names(fact.of))
            )
            if (
                named
                and fact.status_class != "not"
                and not (claim.metric == "deal" and _STAKE.search(fact.evidence))
                and page.kin.actor(claim.subject, claim.product) == fact.actor
                and same_party(replace(claim, metric="deal"), fact, setting)
                and (setting.apart <= NEAR or (_BUYING.search(claim.evidence) and _BUYING.search(fact.evidence)))
            ):
                yield fact


def _other_names(claim: Claim) -> Iterator[Claim]:
    if claim.status == "denied":
        return
    if claim.metric == "acquisition":
        for unit in _CURRENCIES:
            yield replace(claim, metric="deal", unit=unit)
    elif claim.metric == "deal" and is_currency(claim.unit):
        yield replace(claim, metric="acquisition", unit="", value=None, value_max=None, bound="exact")


def _kindred(claim: Claim) -> tuple[str, ...]:
    if claim.value is None or claim.status == "denied":
        return ()
    group = _group(claim.unit, claim.value)
    return tuple(metric for metric in group if metric != claim.metric) if claim.metric in group else ()


def _group(unit: str, value: Number) -> tuple[str, ...]:
    if unit == "units" and value >= _LEAST["pieces"]:
        return _PIECES
    if is_currency(unit) and value >= _LEAST["money"]:
        return _MONEY
    return _SHARES if unit == "percent" else ()
