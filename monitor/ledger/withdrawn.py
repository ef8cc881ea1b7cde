"""Figures that an edited article no longer tells, without another in their place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from monitor.ledger.same import NEAR, same_content
from monitor.ledger.sources import same_outlet
from monitor.text.amounts import bounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.ledger.page import Page
    from monitor.model import Claim, Fact, LedgerEntry

_ENDED = re.compile(r"[.!?。！？…\"”’」)）]\s*$")
_CUT = re.compile(r"\s*(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")


class Gone(NamedTuple):
    """A figure that an earlier version told: its claim then, its fact as it stands now, and what that means."""

    claim: Claim
    fact: Fact
    reason: str


def withdrawn(page: Page, entries: Iterable[LedgerEntry]) -> tuple[Gone, ...]:
    """What the versions in `page.versions` told as a figure and this one does not; each fact once.

    A fact that nobody else tells is corrected, without `replaced_by`. From one that other independent outlets tell the
    outlet leaves the list of sources. A text that was only cut short, a figure that still stands in it, and one that
    another article of the outlet still tells are no withdrawal.
    """
    entries = tuple(entries)
    told = {entry.fact.key for entry in entries} | {e.against.key for e in entries if e.against is not None}
    return tuple(
        _take_out(page, claim, fact) for claim, fact in _told_before(page) if fact.key not in told
        if not any(same_content(e.claim, fact, page.setting(e.claim, fact, NEAR)) for e in entries)
        if not _told_elsewhere(page, fact)
    )  # fmt: skip


def _told_before(page: Page) -> Iterator[tuple[Claim, Fact]]:
    """Figures of earlier versions that stand, and whose words are gone."""
    seen: set[str] = set()
    for version in page.versions:
        words = page.known.words_of(version)
        if words is None or _cut_short(words, (page.article.title, page.article.text)):
            continue
        for finding in page.known.told_by(version):
            claim, fact = finding.claim, page.fact(finding.fact)
            if (
                fact is not None
                and fact.key not in seen
                and fact.state in {"standing", "held"}
                and claim.value is not None
                and claim.status != "denied"
                and not _still_there(page, claim, words)
            ):
                seen.add(fact.key)
                yield claim, fact


def _still_there(page: Page, claim: Claim, words: tuple[str, str]) -> bool:
    """Whether sentence or figure stand in the article as before; then it was only read in another way."""
    now = f"{page.article.title}\n{page.article.text}"
    if claim.evidence in now:
        return True
    if claim.figure is None:
        return False
    before = words[0] if claim.field == "title" else words[1]
    figure = before[slice(*claim.figure)].strip()
    return bool(figure) and figure in now


def _cut_short(before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Whether a feed has only come to show the beginning of the text."""
    text = _CUT.sub("", after[1]).strip()
    if before[0] != after[0] or not before[1].startswith(text):
        return False
    return not _ENDED.search(after[1]) or bool(_CUT.search(after[1])) or 2 * len(text) < len(before[1])


def _told_elsewhere(page: Page, fact: Fact) -> bool:
    """Whether another article of the outlet tells it."""
    own = {page.article.id, *page.versions}
    return any(
        article not in own and same_outlet(outlet, page.outlet) for article, outlet in page.known.tellers(fact.key)
    )


def _take_out(page: Page, claim: Claim, fact: Fact) -> Gone:
    others = tuple(outlet for outlet in fact.outlets if not same_outlet(outlet, page.outlet))
    figure = "" if fact.value is None else bounded(fact.value, fact.value_max, fact.unit, fact.bound)
    if not others:
        gone = page.keep(replace(fact, state="corrected", waiting=None))
        return Gone(claim, gone, f"an edit by {page.outlet} takes back {figure} and gives no figure in its place")
    listed = tuple(outlet for outlet in fact.listed if not same_outlet(outlet, page.outlet))
    left = page.keep(replace(fact, outlets=others, listed=listed))
    return Gone(claim, left, f"an edit by {page.outlet} no longer tells {figure}, which {others[0]} also tells")
