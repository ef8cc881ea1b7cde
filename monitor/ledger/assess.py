"""All claims of one article against the ledger."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ledger import roundup
from monitor.ledger.change import assess as assess_claim
from monitor.ledger.keys import lookup_keys
from monitor.ledger.kindred import order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.ledger.page import Page
    from monitor.model import Claim, Fact, LedgerEntry, Number


def assess(page: Page, steps: Mapping[str, tuple[Number, ...]]) -> tuple[LedgerEntry, ...]:
    """An entry for each claim, in the order of the article; the facts as they then stand are in `page.touched`.

    `steps` holds the thresholds of the rules by metric.
    """
    entries: dict[int, LedgerEntry] = {}
    for place in order(page.claims):
        claim = page.claims[place]
        entry = assess_claim(page, claim, steps.get(claim.metric, ()))
        entries[place] = _grouped(page, entry, list(entries.values()))
        page.told.append((claim, entries[place].fact.key))
    entries = roundup.retold(page, entries)
    told = (entries[place] for place in range(len(page.claims)))
    return tuple(replace(entry, fact=page.touched[entry.fact.key]) for entry in told)


def _grouped(page: Page, entry: LedgerEntry, before: list[LedgerEntry]) -> LedgerEntry:
    """One act of several products is one fact: a further product joins the fact that the article has just opened."""
    if not (entry.opens and entry.change in {"new", "record"} and entry.claim.product):
        return entry
    for first in before:
        if first.opens and first.change in {"new", "record"} and _one_act(first.claim, entry.claim, page):
            page.discard(entry.fact)
            fact = _joined(page, page.touched[first.fact.key], entry.claim)
            return replace(entry, fact=fact, opens=False, change=first.change, reason="one act with the product before")
    return entry


def _one_act(first: Claim, second: Claim, page: Page) -> bool:
    return (
        first.product is not None
        and first.product != second.product
        and page.kin.actor(first.subject, first.product) == page.kin.actor(second.subject, second.product)
        and all(getattr(first, name) == getattr(second, name) for name in ("metric", "unit", "value", "status", "of"))
    )


def _joined(page: Page, fact: Fact, claim: Claim) -> Fact:
    products = fact.products or ((fact.product,) if fact.product else ())
    return page.keep(
        replace(
            fact,
            products=tuple(dict.fromkeys((*products, *((claim.product,) if claim.product else ())))),
            keys=tuple(dict.fromkeys((*fact.keys, *lookup_keys(claim, page.kin)))),
        )
    )
