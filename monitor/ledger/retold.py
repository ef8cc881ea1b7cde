"""The same fact again: official, confirmed, corroborated or background; a held one is released."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ledger import acts, deeds
from monitor.ledger.keys import CLASSES
from monitor.ledger.same import NEAR
from monitor.ledger.sources import dependence, voice_of
from monitor.model import LedgerEntry

if TYPE_CHECKING:
    from datetime import timedelta

    from monitor.ledger.page import Page
    from monitor.model import Change, Claim, Fact

CLOSED = frozenset({"closed", "completed", "installed", "delivered", "raised", "listed"})
"""Acts that say of a plan that the step has been taken."""
_TALKS = re.compile(
    r"\btalks?\b|\bnegotiat|\bdiscuss|\bconsider|\bexplor|\bweigh|洽|谈判|談判|商谈|商談|磋商|考虑|考慮|交渉|協議中|検討|"
    r"협상|논의|검토|타진|verhandel|gespräch|erwäg|prüft",
    re.IGNORECASE,
)
OF_THINGS = frozenset({"launch", "mass_production", "tape_out", "acquisition"})
"""Acts on a thing: a plan and a deed that name none need not be about the same."""


def fits_class(claim: Claim, fact: Fact) -> bool:
    """Whether a claim of its status can tell a fact of the other's: a denial tells only a denial."""
    return (CLASSES[claim.status] == "not") == (fact.status_class == "not") or fact.status_class == "not"


def judge(page: Page, claim: Claim, fact: Fact) -> LedgerEntry | None:
    """None where the claim is a new act after all."""
    if fact.key in page.opened:
        return LedgerEntry(claim=claim, change="background", reason="told once more in this article", fact=fact)
    if fact.state in {"corrected", "denied"}:
        return _background(page, claim, fact, f"this figure has been {fact.state}")
    if fact.status_class == "not" and claim.status != "denied":
        return None if _turned(page, claim, fact) else _background(page, claim, fact, "denied already")
    if _new_act(page, claim, fact):
        return None
    if _taken(page, claim, fact):
        done = page.open(claim, "confirmed")
        reason = f"what {fact.outlet} told as {fact.status} on {fact.opened:%d %B} is done"
        return LedgerEntry(
            claim=claim, change="confirmed", reason=reason, fact=done, against=fact, opens=True, moved=True
        )
    return _told_again(page, claim, fact)


def _turned(page: Page, claim: Claim, fact: Fact) -> bool:
    """What was denied has come true since: the subject or a record says so, more than 7 days after."""
    return page.at - fact.told > NEAR and voice_of(page.article, claim) in {"subject", "record"}


def _new_act(page: Page, claim: Claim, fact: Fact) -> bool:
    """After 7 days an act without a number is a new one where the article dates it within the last 7 days."""
    if claim.value is not None or page.at - fact.told <= NEAR or claim.told != "news" or claim.dated == fact.dated:
        return False
    return acts.freshly_dated(claim.dated, page.at, NEAR)


def _taken(page: Page, claim: Claim, fact: Fact) -> bool:
    """What stood as ahead is told as done, and not only in looser words of the same announcement."""
    if not (fact.status_class == "ahead" and CLASSES[claim.status] == "done"):
        return False
    if claim.metric in OF_THINGS and not _same_object(claim, fact):
        return False
    if claim.metric == "ipo" and claim.act is not None and claim.act != fact.act:
        return page.at - fact.opened > acts.ONE_DAY
    voice = voice_of(page.article, claim)
    if fact.status == "forecast" and voice in {"subject", "record"}:
        return True
    own_news = claim.told == "news" and page.own_news(claim)
    authority = voice in {"subject", "record"}
    if _listed_with_it(page, claim) or (authority and _only_talked_of(claim, fact)):
        return True
    if page.at - fact.opened > NEAR:
        return own_news or (authority and claim.told == "news")
    return claim.told == "news" and _has_since(page, claim, fact, authority=authority, own_news=own_news)


def _listed_with_it(page: Page, claim: Claim) -> bool:
    """ "…登陆科创板，募集资金60亿元": what was to be raised has been where the article tells of the listing."""
    actor = page.kin.actor(claim.subject, claim.product)
    return claim.metric == "funding" and any(
        other.metric == "ipo"
        and (other.act, other.status, other.told) == ("listed", "achieved", "news")
        and page.kin.actor(other.subject, other.product) == actor
        and page.own_news(other)
        for other in page.claims
    )


def _only_talked_of(claim: Claim, fact: Fact) -> bool:
    """A deal of which others told that it was negotiated, and which its own party now says is agreed."""
    return (
        claim.metric in {"deal", "acquisition"}
        and fact.voice in {"named", "unnamed"}
        and bool(_TALKS.search(fact.evidence))
    )


def _has_since(page: Page, claim: Claim, fact: Fact, *, authority: bool, own_news: bool) -> bool:
    """Within 7 days of the plan: whether the step has been taken since, rather than the plan told in looser words."""
    if claim.act in CLOSED and claim.act != fact.act:
        return True
    if authority and claim.metric in deeds.OF_PIECES:
        return True
    return (authority or own_news) and deeds.says_done(page, claim)


def _same_object(claim: Claim, fact: Fact) -> bool:
    """Both name what the act is about; of two that do not, one plan and another deed would confirm each other."""
    ours = claim.product or claim.product_name or claim.of
    return ours is not None and (fact.product or fact.product_name or fact.of) is not None


def _told_again(page: Page, claim: Claim, fact: Fact) -> LedgerEntry:
    again = dependence(page.article, claim, fact, page.copied)
    late = page.at - fact.told > NEAR
    voice = voice_of(page.article, claim)
    counts = again is None and not late and claim.told != "history"
    told = page.tell(fact, claim, independent=counts)
    if fact.state == "held" and counts:
        told = page.keep(replace(told, state="standing"))
        reason = f"a second independent source, {page.outlet}, tells what was held"
        return LedgerEntry(claim=claim, change=fact.change, reason=reason, fact=told, independent=True, released=True)
    change, reason = _grade(page, fact, voice, again, late=late, counts=counts)
    return LedgerEntry(claim=claim, change=change, reason=reason, fact=told, against=fact, independent=counts)


def _grade(page: Page, fact: Fact, voice: str, again: str | None, *, late: bool, counts: bool) -> tuple[Change, str]:
    if late:
        return "background", f"told again {_days(page.at - fact.told)} after the last telling"
    if voice == "record" and not fact.official:
        return "official", "a government record or exchange filing tells it"
    if fact.voice == "unnamed" and voice in {"subject", "record"}:
        return "confirmed", "rested on unnamed people, now said by the subject"
    if counts:
        return "corroborated", f"a further independent source: {page.outlet}"
    return "background", again or "told as history"


def _background(page: Page, claim: Claim, fact: Fact, reason: str) -> LedgerEntry:
    told = page.tell(fact, claim, independent=False)
    return LedgerEntry(claim=claim, change="background", reason=reason, fact=told, against=fact)


def _days(apart: timedelta) -> str:
    return f"{apart.days} days" if apart.days != 1 else "a day"
