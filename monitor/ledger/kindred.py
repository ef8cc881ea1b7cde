"""One figure under two names: what one outlet calls an order another calls a deal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.ledger import values
from monitor.ledger.retold import fits_class
from monitor.ledger.same import same_content, same_party
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
    authority = page.article.record is not None or page.article.trust in {"company", "record"}
    tellings = _priced(page, claim) if claim.metric == "acquisition" else _tellings(page, claim)
    told = next((f for f in tellings if f.key in page.opened or not authority), None)
    if told is None:
        return None
    page.discard(entry.fact)
    fact = page.tell(told, claim, independent=False)
    reason = f"{told.outlet} told the same as {told.metric.replace('_', ' ')}"
    return LedgerEntry(claim=claim, change="background", reason=reason, fact=fact, against=told)


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


def _priced(page: Page, claim: Claim) -> Iterator[Fact]:
    """The same purchase told with its price, which makes it a deal."""
    for unit in _CURRENCIES:
        deal = replace(claim, metric="deal", unit=unit)
        for fact in page.alike(deal):
            setting = page.setting(claim, fact)
            named = not setting.targets.isdisjoint(fact.targets) or (claim.of is not None and fact.of is not None)
            if (
                abs(page.at - fact.told) <= SOON
                and fact.status_class != "not"
                and claim.status != "denied"
                and page.kin.actor(claim.subject, claim.product) == fact.actor
                and named
                and same_party(deal, fact, setting)
            ):
                yield fact


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
