"""One sum told twice: in another currency, or a result counted in another way than the company reports it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.ledger import retold, values
from monitor.ledger.keys import CLASSES
from monitor.ledger.same import NEAR, same_content
from monitor.model import LedgerEntry
from monitor.text.amounts import is_currency

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.ledger.page import Page
    from monitor.model import Claim, Fact

RESULTS = frozenset({"revenue", "profit"})
_PER_DOLLAR = {
    "USD": 1.0, "CNY": 7.1, "EUR": 0.9, "JPY": 150.0, "KRW": 1_400.0, "TWD": 31.5, "HKD": 7.8, "GBP": 0.77,
}  # fmt: skip
_SOON = timedelta(days=3)
"""Within this time two such sums are one whatever the articles are about."""
_ROUGHLY = 0.18
"""Rates move by so much in some years, and outlets round."""
_REACH = 28
"""Characters before a figure within which the words for its kind stand."""
_ADJUSTED = re.compile(
    r"adjusted|non-gaap|excluding (?:one-|special|exceptional)|underlying|扣非|扣除非经|扣除非經|"
    r"非经常性|非經常性|经调整|經調整|"
    r"调整后|調整後|非公认会计|非公認會計|非国际财务|非國際財務|調整後|調整済|조정|bereinigt|ajusté",
    re.IGNORECASE,
)


def converted(page: Page, claim: Claim) -> LedgerEntry | None:
    """Money that the same sentence has told in another currency, or the article, as far as the two can be one."""
    if claim.value is None or not is_currency(claim.unit):
        return None
    for other, key in _of_its_series(page, claim):
        result = claim.metric in RESULTS and claim.period is not None and claim.period == other.period
        if (
            other.unit != claim.unit
            and is_currency(other.unit)
            and (result or other.evidence == claim.evidence or _worth(claim, other))
        ):
            reason = f"told in {other.unit} by the same article"
            return LedgerEntry(claim=claim, change="background", reason=reason, fact=page.touched[key])
    return None


def elsewhere(page: Page, claim: Claim) -> LedgerEntry | None:
    """The same sum told by another article in another currency: within 3 days, or within 7 of one period or in a
    story about the same.

    Nothing is converted: the rough rates only say whether two sums can be one.
    """
    if claim.value is None or claim.status == "denied" or claim.unit not in _PER_DOLLAR:
        return None
    for unit, rate in _PER_DOLLAR.items():
        if unit == claim.unit:
            continue
        factor = rate / _PER_DOLLAR[claim.unit]
        top = None if claim.value_max is None else claim.value_max * factor
        there = replace(claim, unit=unit, value=claim.value * factor, value_max=top)
        for fact in page.alike(there):
            if _one_sum(page, there, fact):
                again = retold.judge(page, claim, fact)
                return again and _under_its_alert(page, again, unit)
    return None


def _under_its_alert(page: Page, again: LedgerEntry, unit: str) -> LedgerEntry:
    """The sum as a figure of its own under the alert of the one that was told: later tellings in it join that alert."""
    reason = f"told in {unit} before; {again.reason}"
    if again.opens:
        return replace(again, reason=reason)
    told, sum_here = again.fact, page.open(again.claim, again.fact.change)
    fact = page.keep(
        replace(
            sum_here, alert=told.alert, rule=told.rule, story=told.story, outlets=told.outlets, listed=told.listed,
            waiting=told.waiting, state=told.state,
        )
    )  # fmt: skip
    return replace(again, reason=reason, fact=fact)


def _one_sum(page: Page, claim: Claim, fact: Fact) -> bool:
    """Whether a claim, in the fact's currency by a rough rate, can be the fact: done as done, or what was ahead."""
    if fact.value is None or fact.status_class == "not" or fact.state != "standing":
        return False
    if fact.status_class == "done" and CLASSES[claim.status] != "done":
        return False
    setting = page.setting(claim, fact)
    told = replace(claim, value=fact.value, value_max=fact.value_max, bound=fact.bound)
    one_period = claim.period is not None and claim.period == fact.period
    return (
        setting.apart <= NEAR
        and fact.key not in page.opened
        and _overlap(claim, fact)
        and same_content(told, fact, setting)
        and (one_period or setting.apart <= _SOON or page.related(fact, unknown=False))
    )


def _overlap(claim: Claim, fact: Fact) -> bool:
    ours, theirs = (claim.value or 0, claim.value_max), (fact.value or 0, fact.value_max)
    (low, high), (least, most) = ((v, v if top is None else top) for v, top in (ours, theirs))
    return low <= most / (1 - _ROUGHLY) and least <= high / (1 - _ROUGHLY)


def _worth(one: Claim, other: Claim) -> bool:
    """Whether two sums in different currencies can be one."""
    if one.value is None or other.value is None or not {one.unit, other.unit} <= _PER_DOLLAR.keys():
        return False
    dollars = one.value / _PER_DOLLAR[one.unit], other.value / _PER_DOLLAR[other.unit]
    return values.within(*dollars, _ROUGHLY)


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
