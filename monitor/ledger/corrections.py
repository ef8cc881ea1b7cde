"""Figures that a source takes back, with another in their place: named in the text, or told by an earlier version."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ledger import periods, series
from monitor.ledger.keys import CLASSES
from monitor.ledger.known import best
from monitor.ledger.same import NEAR, same_content
from monitor.ledger.sources import same_outlet, voice_of
from monitor.model import LedgerEntry
from monitor.text.amounts import bounded

if TYPE_CHECKING:
    from monitor.ledger.page import Page
    from monitor.model import Claim, Fact

_CORRECTION = re.compile(
    r"\bcorrect(?:ion|ions|ed|s|ing)\b|\berratum\b|\bclarification\b|更正|勘误|勘誤|订正|訂正|정정|바로잡|korrektur|"
    r"korrigi|berichtigung|rectificatif",
    re.IGNORECASE,
)
"""What outlets call a correction."""


def taken_back(page: Page, claim: Claim) -> LedgerEntry | None:
    """The wrong figure that the same article corrects: the `before`, no denial of its own."""
    if claim.status != "denied" or claim.value is None:
        return None
    right = next((c for c in page.claims if c.corrects == claim.value and c.metric == claim.metric), None)
    if right is None:
        return None
    standing = _standing(page, right)
    if standing and not any(_may_take_back(page, right, fact) for fact in standing):
        return None
    fact = page.open(claim, "background", state="corrected")
    reason = "the figure that this article takes back"
    return LedgerEntry(claim=claim, change="background", reason=reason, fact=fact, opens=True)


def corrected(page: Page, claim: Claim) -> LedgerEntry | None:
    wrong = _wrong(page, claim)
    if wrong is None or claim.status == "denied":
        return None
    right = best(page, claim, standing=True)
    opens = right is None
    fact = page.open(claim, "corrected") if right is None else page.tell(right, claim, independent=False)
    if fact.key == wrong.key:
        return None
    wrong = page.keep(replace(wrong, state="corrected", replaced_by=fact.key, waiting=None))
    before = "" if wrong.value is None else bounded(wrong.value, wrong.value_max, wrong.unit, wrong.bound)
    reason = f"{page.outlet} takes back {before}" if opens else f"{page.outlet} takes back {before}; this figure stood"
    return LedgerEntry(claim=claim, change="corrected", reason=reason, fact=fact, against=wrong, opens=opens)


def _wrong(page: Page, claim: Claim) -> Fact | None:
    """The standing fact whose figure is taken back here: named in the text, or told by an earlier version."""
    if claim.value is None:
        return None
    if claim.corrects is None:
        return _edited(page, claim) or _announced(page, claim)
    own = (fact for fact in _standing(page, claim) if _may_take_back(page, claim, fact))
    return max(own, key=lambda f: (page.outlet in f.outlets, f.told), default=None)


def _standing(page: Page, claim: Claim) -> list[Fact]:
    """Facts of other articles that tell the figure which the claim corrects."""
    old = replace(claim, value=claim.corrects, value_max=None, bound="about", corrects=None)
    return [
        f for f in page.alike(old)
        if f.state in {"standing", "held"}
        and f.status_class != "not"
        and f.key not in page.opened
        and same_content(old, f, page.setting(old, f, NEAR))
    ]  # fmt: skip


def _may_take_back(page: Page, claim: Claim, fact: Fact) -> bool:
    """Whether the figure is the article's to correct: its own, its subject's, or one whose correction it reports.

    Anybody else who says "170,000, not 200,000" has a count of his own.
    """
    if voice_of(page.article, claim) in {"subject", "record"} or _CORRECTION.search(
        f"{page.article.title}\n{claim.evidence}"
    ):
        return True
    return any(same_outlet(page.outlet, told) for told in (*fact.outlets, *fact.listed, *fact.cites)) or (
        page.copied is not None and any(same_outlet(page.copied, told) for told in fact.outlets)
    )


def _announced(page: Page, claim: Claim) -> Fact | None:
    """The outlet's own last figure, where its headline calls the article a correction and names no wrong figure."""
    if not _CORRECTION.match(page.article.title.lstrip("[【(（ ")) or best(page, claim, standing=True) is not None:
        return None
    own = (
        fact for fact in series.series_of(page, claim)
        if page.at - fact.told <= NEAR
        and any(same_outlet(page.outlet, told) for told in (*fact.outlets, *fact.listed))
        and not periods.contradict(claim.period, fact.period)
        and not any(same_content(other, fact, page.setting(other, fact, NEAR)) for other in page.claims)
    )  # fmt: skip
    return next(own, None)


def _edited(page: Page, claim: Claim) -> Fact | None:
    for finding in page.earlier:
        told = finding.claim
        if told.value is None or CLASSES[told.status] != CLASSES[claim.status]:
            continue
        probe = replace(claim, value=told.value, value_max=told.value_max, bound=told.bound)
        fact = page.fact(finding.fact)
        if (
            fact is not None
            and fact.state in {"standing", "held"}
            and fact.key not in page.opened
            and same_content(probe, fact, page.setting(probe, fact, NEAR))
            and not same_content(claim, fact, page.setting(claim, fact, NEAR))
            and not any(same_content(other, fact, page.setting(other, fact, NEAR)) for other in page.claims)
        ):
            return fact
    return None
