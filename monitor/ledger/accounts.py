"""One result told twice by an article: in another currency, or counted in another way than the company reports it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.ledger.keys import CLASSES
from monitor.model import LedgerEntry
from monitor.text.amounts import is_currency

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.ledger.page import Page
    from monitor.model import Claim

RESULTS = frozenset({"revenue", "profit"})
_REACH = 28
"""Characters before a figure within which the words for its kind stand."""
_ADJUSTED = re.compile(
    r"adjusted|non-gaap|excluding (?:one-|special|exceptional)|underlying|扣非|扣除非经|扣除非經|"
    r"非经常性|非經常性|经调整|經調整|"
    r"调整后|調整後|非公认会计|非公認會計|非国际财务|非國際財務|調整後|調整済|조정|bereinigt|ajusté",
    re.IGNORECASE,
)


def converted(page: Page, claim: Claim) -> LedgerEntry | None:
    """Money that the same sentence has told in another currency, or a result of the same period the article."""
    if claim.value is None or not is_currency(claim.unit):
        return None
    for other, key in _of_its_series(page, claim):
        result = claim.metric in RESULTS and claim.period is not None and claim.period == other.period
        if other.unit != claim.unit and is_currency(other.unit) and (result or other.evidence == claim.evidence):
            reason = f"told in {other.unit} by the same article"
            return LedgerEntry(claim=claim, change="background", reason=reason, fact=page.touched[key])
    return None


def adjusted(page: Page, claim: Claim) -> LedgerEntry | None:
    """A result counted in another way beside the one that the article reports: adjusted, 扣非, non-GAAP."""
    if claim.metric not in RESULTS or not _said_adjusted(page, claim):
        return None
    if any(o.unit == claim.unit and o.period == claim.period for o, _ in _of_its_series(page, claim)):
        fact = page.open(claim, "background")
        reason = "a result counted in another way than the one reported"
        return LedgerEntry(claim=claim, change="background", reason=reason, fact=fact, opens=True)
    return None


def _of_its_series(page: Page, claim: Claim) -> Iterator[tuple[Claim, str]]:
    """What the article has told of the claim's metric, actor and thing, done or ahead as the claim is."""
    actor = page.kin.actor(claim.subject, claim.product)
    for other, key in page.told:
        if (
            (other.metric, CLASSES[other.status]) == (claim.metric, CLASSES[claim.status])
            and page.kin.actor(other.subject, other.product) == actor
            and (other.product, other.product_name) == (claim.product, claim.product_name)
            and (not other.of or not claim.of or other.of == claim.of)
        ):
            yield other, key


def _said_adjusted(page: Page, claim: Claim) -> bool:
    """Whether the words before the claim's figure say that it is an adjusted one."""
    if claim.figure is None:
        return False
    text = page.article.title if claim.field == "title" else page.article.text
    start = claim.figure[0]
    return _ADJUSTED.search(text, max(0, start - _REACH), start) is not None
