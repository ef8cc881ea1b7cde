"""One figure under two names: what one outlet calls an order another calls a deal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.ledger import values
from monitor.ledger.retold import fits_class
from monitor.ledger.same import same_content
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
_LEAST = {"pieces": 1_000, "money": 1_000_000}
"""Smaller figures are equal by chance."""


def order(claims: tuple[Claim, ...]) -> list[int]:
    """Places of the claims in the order in which they are assessed: the plainer names of a figure first."""
    ranks = {metric: rank for group in (_PIECES, _MONEY, _SHARES) for rank, metric in enumerate(group)}
    return sorted(range(len(claims)), key=lambda place: ranks.get(claims[place].metric, 0))


def renamed(page: Page, entry: LedgerEntry) -> LedgerEntry | None:
    """A figure that would be new, and that has just been told under a kindred metric; None where it has not.

    A company's own line and a government's record decide what a figure is, so they are not held to another's word.
    """
    claim = entry.claim
    if entry.change not in {"new", "record"}:
        return None
    authority = page.article.record is not None or page.article.trust in {"company", "record"}
    told = next((f for f in _tellings(page, claim) if f.key in page.opened or not authority), None)
    if told is None:
        return None
    page.discard(entry.fact)
    fact = page.tell(told, claim, independent=False)
    reason = f"{told.outlet} told the same figure as {told.metric.replace('_', ' ')}"
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
