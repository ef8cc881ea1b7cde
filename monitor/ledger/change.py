"""The ten changes, tried in the order of the contract; the first that fits wins."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.ledger import accounts, corrections, deeds, kindred, periods, retold, series
from monitor.ledger.known import best, related
from monitor.ledger.same import same_content, vague
from monitor.ledger.sources import voice_of
from monitor.model import LedgerEntry
from monitor.text.amounts import bounded

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.ledger.page import Page
    from monitor.model import Claim, Fact, Number

_YEARS_AGO = re.compile(
    r"\b(?:years|decades?) ago\b|(?:\d|[一二两兩三四五六七八九十])年前|\d년 전|"
    r"\bvor (?:\d+|zwei|drei|vier|fünf|zehn) jahren\b",
    re.IGNORECASE,
)
_BY_CHANCE = 1_000
"""Smaller counts are equal by chance."""
LONG_PAST = timedelta(days=180)
"""An act that ended longer ago than this before its article is told as history."""
BOUGHT_BEFORE = timedelta(days=60)
"""The same of purchases, which every later article about what was bought recalls."""
_NOTICE = re.compile(
    r"class action|securities (?:fraud|litigation|class)|(?:shareholder|investor|deadline) (?:alert|reminder|notice)|"
    r"lead plaintiff|encourages (?:investors|shareholders)|investors who lost|law (?:firm|offices)\b",
    re.IGNORECASE,
)
"""What law firms call their notices, which tell old figures anew."""
Steps = tuple["Number", ...]
"""Thresholds that rules set for the claim's metric."""


def assess(page: Page, claim: Claim, steps: Steps) -> LedgerEntry:
    """The claim's change with its reason, and the fact that it tells or opens."""
    tries: tuple[Callable[[], LedgerEntry | None], ...] = (
        lambda: _repost(page, claim),
        lambda: _headline_of_copy(page, claim),
        lambda: corrections.taken_back(page, claim),
        lambda: corrections.corrected(page, claim),
        lambda: _said_already(page, claim),
        lambda: _misgiven(page, claim),
        lambda: accounts.converted(page, claim),
        lambda: _same(page, claim),
        lambda: accounts.elsewhere(page, claim),
        lambda: _denied(page, claim),
        lambda: accounts.adjusted(page, claim),
        lambda: _history(page, claim),
        lambda: _suspect(page, claim),
    )
    for attempt in tries:
        if (entry := attempt()) is not None:
            return entry
    entry = series.place(page, claim, steps)
    return kindred.renamed(page, entry) or entry


def _repost(page: Page, claim: Claim) -> LedgerEntry | None:
    if page.reposted is None:
        return None
    reason = f"a re-post: its own dateline is {page.reposted:%d %B %Y}"
    if told := best(page, claim):
        fact = page.tell(told, claim, independent=False)
        return LedgerEntry(claim=claim, change="background", reason=reason, fact=fact)
    return LedgerEntry(claim=claim, change="background", reason=reason, fact=page.open(claim, "background"), opens=True)


def _misgiven(page: Page, claim: Claim) -> LedgerEntry | None:
    """A count that another sentence of the article has given to somebody else, of a thing that only one of them names:
    "Foxconn's racks … 12,000", "12,000 GB300 racks have gone out"."""
    if claim.metric not in deeds.OF_PIECES or claim.value is None or claim.value < _BY_CHANCE:
        return None
    for other, key in page.told:
        if (
            (other.metric, other.unit, other.value, other.status)
            == (claim.metric, claim.unit, claim.value, claim.status)
            and other.evidence != claim.evidence
            and (other.product is None) != (claim.product is None)
            and not other.product_name
            and not claim.product_name
        ):
            reason = "the article has told this count of somebody else"
            return LedgerEntry(claim=claim, change="background", reason=reason, fact=page.touched[key])
    return None


def _headline_of_copy(page: Page, claim: Claim) -> LedgerEntry | None:
    """An act that only the headline tells which somebody has put over another's text; the next telling lets it go."""
    if page.copied is None or claim.field != "title" or claim.value is not None or best(page, claim) is not None:
        return None
    fact = page.open(claim, "new", state="held", waiting="sources")
    reason = f"only the headline over a copy of {page.copied} tells it"
    return LedgerEntry(claim=claim, change="background", reason=reason, fact=fact, opens=True)


def _said_already(page: Page, claim: Claim) -> LedgerEntry | None:
    """An act that the same sentence has told, with its object or in other words."""
    if claim.value is not None:
        return None
    actor = page.kin.actor(claim.subject, claim.product)
    for other, key in page.told:
        if (
            (other.metric, other.evidence, other.status) == (claim.metric, claim.evidence, claim.status)
            and page.kin.actor(other.subject, other.product) == actor
            and (other.product is None or claim.product is None)
            and (other.of is None or claim.of is None or other.of == claim.of)
        ):
            fact = page.touched[key]
            return LedgerEntry(claim=claim, change="background", reason="told by the same sentence", fact=fact)
    return None


def _same(page: Page, claim: Claim) -> LedgerEntry | None:
    told = best(page, claim)
    if told is None:
        return None
    return retold.judge(page, claim, told)


def _denied(page: Page, claim: Claim) -> LedgerEntry | None:
    """A first denial: of a figure that stands, or of one that nobody had told here."""
    if claim.status != "denied":
        return None
    denied = _contradicted(page, claim)
    if denied is not None and denied.state in {"corrected", "denied"}:
        fact = page.open(claim, "background")
        reason = f"already {denied.state}"
        return LedgerEntry(claim=claim, change="background", reason=reason, fact=fact, against=denied, opens=True)
    if _authority(page, claim, denied):
        fact = page.open(claim, "denied")
        if denied is not None:
            denied = page.keep(replace(denied, state="denied", replaced_by=fact.key, waiting=None))
        reason = "denied for the first time" if denied is None else f"denies what {denied.outlet} was first to tell"
        return LedgerEntry(claim=claim, change="denied", reason=reason, fact=fact, against=denied, opens=True)
    fact = page.open(claim, "conflict")
    if denied is not None:
        denied = page.keep(replace(denied, disputed=True))
    reason = f"{claim.attribution or page.outlet} says that it is not so, which is neither the subject nor an authority"
    return LedgerEntry(claim=claim, change="conflict", reason=reason, fact=fact, against=denied, opens=True)


def _contradicted(page: Page, claim: Claim) -> Fact | None:
    found = [
        fact
        for fact in page.alike(claim)
        if fact.status_class != "not"
        and fact.key not in page.opened
        and same_content(replace(claim, act=None), fact, page.setting(claim, fact))
        and (not vague(claim, fact) or related(page, claim, fact))
    ]
    return max(found, key=lambda f: (f.state == "standing", f.product == claim.product, f.told), default=None)


def _authority(page: Page, claim: Claim, denied: Fact | None) -> bool:
    """Whether the subject or an authority denies; without attribution, what nobody told is denied by its subject."""
    voice = voice_of(page.article, claim)
    return voice in {"record", "subject"} or (denied is None and voice == "named" and not claim.attribution)


def _history(page: Page, claim: Claim) -> LedgerEntry | None:
    """An earlier figure behind the news, told as such or beside a later one of its series."""
    behind = (
        claim.told == "history"
        or _NOTICE.search(page.article.title) is not None
        or _long_past(page, claim)
        or any(
            series.supersedes(other, claim, page.kin, page.at) or series.was(other, claim, page.kin, page.at)
            for other in page.claims
        )
    )
    if not behind:
        return None
    fact = page.open(claim, "background")
    return LedgerEntry(claim=claim, change="background", reason="told as history", fact=fact, opens=True)


def _long_past(page: Page, claim: Claim) -> bool:
    """An act without a number that the article itself puts into a time long gone is the history behind its news."""
    if claim.value is None and claim.status == "achieved" and _YEARS_AGO.search(claim.evidence):
        return True
    bought = claim.metric in {"acquisition", "deal"} and claim.status != "denied"
    told = periods.parse(claim.period) if bought or (claim.value is None and claim.status == "achieved") else None
    limit = BOUGHT_BEFORE if bought else LONG_PAST
    return told is not None and told.end is not None and page.at.date() - told.end > limit


def _suspect(page: Page, claim: Claim) -> LedgerEntry | None:
    if claim.value is None or claim.status == "denied":
        return None
    last = series.last(page, claim)
    factor = series.slipped(claim, last)
    if last is None or last.value is None or factor is None:
        return None
    fact = page.open(claim, "new", state="held", waiting="suspect")
    before = bounded(last.value, last.value_max, last.unit, last.bound)
    reason = f"{factor:,} times apart from the last figure, {before}: a slip of magnitude would explain it"
    return LedgerEntry(claim=claim, change="suspect", reason=reason, fact=fact, against=last, opens=True)
