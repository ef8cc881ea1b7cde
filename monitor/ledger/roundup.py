"""Round-ups tell the facts of many in few words: what such an article seems to add is mostly what has been told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.ledger import values
from monitor.ledger.same import same_content
from monitor.model import LedgerEntry
from monitor.text.amounts import is_currency

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from monitor.ledger.page import Page
    from monitor.model import Claim, Fact

KNOWN = 2
"""Actors of known facts from which on an article is a round-up …"""
NAMED = 4
"""… if it names so many actors at all."""
_RESULTS = frozenset({"revenue", "profit"})
_SUMS = frozenset({"deal", "funding", "investment", "orders"})
LATELY = timedelta(days=14)
"""Round-ups are of a week or a month."""


def retold(page: Page, entries: dict[int, LedgerEntry]) -> dict[int, LedgerEntry]:
    """The entries of a round-up, those that only seem new told again; of any other article as they are."""
    if not page.roundup:
        known = {entry.fact.actor for entry in entries.values() if entry.fact.key not in page.opened}
        named = {page.kin.root(m.entity) for m in page.reading.mentions if page.kin.is_actor(m.entity)}
        named |= {entry.fact.actor for entry in entries.values()}
        if len(known) < KNOWN or len(named) < NAMED:
            return entries
    again = {place: _again(page, entry) for place, entry in entries.items()}
    gone = {entries[place].fact.key: entry.fact for place, entry in again.items() if entry is not entries[place]}
    return {place: _moved(entry, gone) for place, entry in again.items()}


def _moved(entry: LedgerEntry, gone: Mapping[str, Fact]) -> LedgerEntry:
    """An entry that told once more what turned out to be another fact."""
    fact = gone.get(entry.fact.key)
    return entry if fact is None else replace(entry, fact=fact, opens=False, change="background")


def _again(page: Page, entry: LedgerEntry) -> LedgerEntry:
    if not (entry.opens and entry.change in {"new", "record", "conflict"}):
        return entry
    before = (fact for fact in _alike(page, entry.claim) if fact.key not in page.opened)
    told = [fact for fact in before if _fits(page, entry.claim, fact)]
    if not told:
        return entry
    page.discard(entry.fact)
    if entry.change == "conflict" and entry.against is not None:
        page.keep(page.known.fact(entry.against.key) or entry.against)
    fact = page.tell(max(told, key=lambda f: (f.told, f.key)), entry.claim, independent=False)
    reason = f"a round-up: {fact.outlet} told it"
    return LedgerEntry(claim=entry.claim, change="background", reason=reason, fact=fact, against=fact)


def _alike(page: Page, claim: Claim) -> Iterator[Fact]:
    """Facts near in value; of money also those under other names: "made 5 billion" may be sales or profit."""
    yield from page.alike(claim)
    if claim.value is not None and is_currency(claim.unit):
        for metric in (_RESULTS if claim.metric in _RESULTS else _SUMS) - {claim.metric}:
            actor = page.kin.actor(claim.subject, claim.product)
            yield from (fact for fact in page.alike(replace(claim, metric=metric)) if fact.actor == actor)


def _fits(page: Page, claim: Claim, fact: Fact) -> bool:
    """The same figure of anybody whom the sentence may mean, or an act of the same direction."""
    if page.at - fact.told > LATELY:
        return False
    if claim.value is None or fact.value is None:
        return same_content(claim, fact, page.setting(claim, fact, timedelta(0)))
    return values.within(claim.value, fact.value, values.EQUAL)
