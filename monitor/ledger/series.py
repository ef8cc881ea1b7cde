"""A figure that is no known fact, placed in its series: new, record, conflict or background."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.ledger import periods, values
from monitor.ledger.keys import CLASSES
from monitor.ledger.same import NEAR, same_series
from monitor.model import LedgerEntry
from monitor.text.amounts import amount, bounded, is_currency

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.ledger.kinship import Kinship
    from monitor.ledger.page import Page
    from monitor.model import Change, Claim, Fact, Number

TOTALS = frozenset({"shipments", "orders", "production", "deployment"})
CLOSING = timedelta(days=10)
"""Weeks that a company counts instead of months end some days before its quarter does."""
ACTS = frozenset({"funding", "deal", "investment", "penalty", "tariff", "listed_entities"})
"""All other metrics are states: what is the case until it changes."""
STATES = frozenset({"valuation", "market_share", "price", "yield", "performance"})
GONE = timedelta(days=30)
"""What was the case so long ago is told as history beside what is."""


def place(page: Page, claim: Claim, steps: tuple[Number, ...]) -> LedgerEntry:
    """The change of a first or differing figure, its fact opened."""
    if claim.value is None:
        fact = page.open(claim, "new")
        return LedgerEntry(claim=claim, change="new", reason="the first telling of this act", fact=fact, opens=True)
    standing = series_of(page, claim)
    change, reason, against = _differs(page, claim, standing)
    if change == "new":
        beaten = _record(claim, standing)
        step = crossed(claim, standing, steps)
        if beaten is not None or step is not None:
            change, reason = "record", _record_reason(claim, beaten, step)
        return LedgerEntry(
            claim=claim,
            change=change,
            reason=reason,
            fact=page.open(claim, change),
            against=against,
            opens=True,
            step=step,
            series=tuple(standing),
        )
    fact = page.open(claim, change)
    if change == "conflict" and against is not None:
        against = page.keep(replace(against, disputed=True))
    return LedgerEntry(claim=claim, change=change, reason=reason, fact=fact, against=against, opens=True)


def series_of(page: Page, claim: Claim) -> list[Fact]:
    """Standing figures of the series that other articles told, last told first."""
    own = CLASSES[claim.status]
    found = [
        fact
        for fact in page.series(claim)
        if fact.status_class == own
        and fact.state == "standing"
        and fact.value is not None
        and fact.key not in page.opened
        and fact.article != page.article.id
        and same_series(claim, fact, page.kin)
    ]
    return sorted(found, key=lambda f: (f.told, f.key), reverse=True)


def last(page: Page, claim: Claim) -> Fact | None:
    """The last told standing figure of the claim's series."""
    return next(iter(series_of(page, claim)), None)


def slipped(claim: Claim, fact: Fact | None) -> int | None:
    if claim.value is None or fact is None or fact.value is None:
        return None
    return values.slip(claim.value, fact.value)


def supersedes(other: Claim, claim: Claim, kin: Kinship, at: datetime) -> bool:
    """Whether another claim of the article, told `at`, tells a later period of the same series as done."""
    period = periods.parse(other.period)
    if period is None or period.end is None or period.start is None:
        return False
    running = period.end if period.kind in {"quarter", "half"} else period.start
    if not period.fiscal and running > at.date() + CLOSING:
        return False  # What has not begun is not done, nor are results of a quarter that runs, however they were read.
    return (
        other is not claim
        and (other.metric, other.unit, CLASSES[other.status]) == (claim.metric, claim.unit, CLASSES[claim.status])
        and CLASSES[claim.status] == "done"
        and kin.actor(other.subject, other.product) == kin.actor(claim.subject, claim.product)
        and (other.product, other.product_name) == (claim.product, claim.product_name)
        and (other.of == claim.of or not claim.of or not other.of)
        and periods.same_kind(other.period, claim.period)
        and periods.later(other.period, claim.period)
    )


def was(other: Claim, claim: Claim, kin: Kinship, at: datetime) -> bool:
    """Whether the claim tells what was the case at a time gone by, beside another of the article that tells what is:
    a market value "at its peak in October", a yearly rate "up from 9 billion at the end of 2025"."""
    gone, now = periods.parse(claim.period), periods.parse(other.period)
    if gone is None or gone.end is None or gone.kind in {"rate", "total"} or at.date() - gone.end < GONE:
        return False
    running = now is not None and now.kind == "rate"
    state = claim.metric in STATES and (now is None or running or (now.end is not None and now.end > gone.end))
    return (
        (state or (claim.metric == "revenue" and running))
        and other is not claim
        and (other.metric, other.unit) == (claim.metric, claim.unit)
        and CLASSES[other.status] == CLASSES[claim.status] == "done"
        and kin.actor(other.subject, other.product) == kin.actor(claim.subject, claim.product)
        and (other.product, other.product_name) == (claim.product, claim.product_name)
        and other.of == claim.of
    )


def _differs(page: Page, claim: Claim, standing: list[Fact]) -> tuple[Change, str, Fact | None]:
    if not standing:
        return "new", "the first figure of its series", None
    period = periods.parse(claim.period)
    total = claim.metric in TOTALS and (period is None or period.deadline)
    if period is not None and period.dated and not total:
        return _of_period(page, claim, standing)
    if claim.metric in TOTALS:
        return _of_total(claim, standing)
    latest = standing[0]
    if claim.metric in ACTS and claim.dated is not None and latest.dated is not None and claim.dated != latest.dated:
        return "new", f"another act, of {claim.dated:%d %B}; before: {_told(latest)}", latest
    return _of_state(page, standing)


def _of_state(page: Page, standing: list[Fact]) -> tuple[Change, str, Fact | None]:
    """What is the case until it changes: news after a week, a contradiction before."""
    latest = standing[0]
    if page.at - latest.told > NEAR:
        return "new", f"differs from the last figure, {_told(latest)}", latest
    return _conflict(standing)


def _of_period(page: Page, claim: Claim, standing: list[Fact]) -> tuple[Change, str, Fact | None]:
    dated = [fact for fact in standing if periods.comparable(claim.period, fact.period)]
    if not dated:
        if any(periods.parse(fact.period) is not None for fact in standing):
            return _of_state(page, standing)
        return "new", f"the first figure for its period; without one: {_told(standing[0])}", standing[0]
    same = [fact for fact in dated if not periods.contradict(claim.period, fact.period)]
    if same:
        return _conflict(same)
    if all(periods.later(claim.period, fact.period) for fact in dated):
        before = max(dated, key=lambda f: (_end(f), f.told))
        return "new", f"a later period than {_told(before)}", before
    return "background", f"an earlier period than {_told(max(dated, key=_end))}", standing[0]


def _end(fact: Fact) -> str:
    period = periods.parse(fact.period)
    return period.end.isoformat() if period and period.end else ""


def _of_total(claim: Claim, standing: list[Fact]) -> tuple[Change, str, Fact | None]:
    highest = max(standing, key=_value)
    if claim.value is not None and claim.value > _value(highest):
        return "new", f"more than every earlier figure, the highest {_told(highest)}", highest
    return _conflict(standing)


def _conflict(standing: list[Fact]) -> tuple[Change, str, Fact | None]:
    against = max(standing, key=lambda f: (f.alert is not None, f.change != "conflict", f.told))
    return "conflict", f"differs from a figure that stands: {_told(against)}", against


def _value(fact: Fact) -> float:
    return float("-inf") if fact.value is None else fact.value


def _told(fact: Fact) -> str:
    figure = "" if fact.value is None else bounded(fact.value, fact.value_max, fact.unit, fact.bound)
    period = f" ({fact.period})" if fact.period else ""
    return f"{figure}{period}, {fact.outlet}, {fact.told:%d %B %Y}"


def _record(claim: Claim, standing: list[Fact]) -> Fact | None:
    """The highest earlier figure, if the claim is beyond it."""
    if not standing or claim.value is None or claim.metric in ACTS:
        return None
    highest = max(standing, key=_value)
    return highest if claim.value > _value(highest) else None


def crossed(claim: Claim, standing: list[Fact], steps: tuple[Number, ...]) -> Number | None:
    """The highest threshold that the figure reaches and no earlier one did; money has no thresholds of pieces."""
    if claim.value is None or (is_currency(claim.unit) and claim.metric in TOTALS):
        return None
    reached = max((_value(fact) for fact in standing), default=float("-inf"))
    return max((step for step in steps if reached < step <= claim.value), default=None)


def _record_reason(claim: Claim, beaten: Fact | None, step: Number | None) -> str:
    parts = []
    if beaten is not None:
        parts.append(f"beyond every earlier figure, the highest {_told(beaten)}")
    if step is not None:
        parts.append(f"crosses {amount(step, claim.unit)}")
    if beaten is None:
        parts.append("the first figure of its series")
    return "; ".join(parts)
