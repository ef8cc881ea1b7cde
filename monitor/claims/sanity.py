"""What an article's claims cannot be, read together: a duty that is a ban too, results of a quarter that still runs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from monitor.claims.metrics import REPORTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.draft import Drawn
    from monitor.model import Claim

_PART = re.compile(r"(?P<year>\d{4})-(?:Q(?P<quarter>[1-4])|H(?P<half>[12]))$")
_CLOSING = timedelta(days=10)
"""Weeks that a company counts instead of months end some days before the quarter does."""


def sane(drawn: Sequence[Drawn], published: date | None) -> list[Drawn]:
    """The claims without acts that a duty of the same article is, and with results that lie ahead as planned."""
    duties = {(d.claim.subject, d.claim.evidence) for d in drawn if d.claim.metric == "tariff"}
    return [_settled(item, published) for item in drawn if not _is_the_duty(item.claim, duties)]


def _is_the_duty(claim: Claim, duties: set[tuple[str | None, str]]) -> bool:
    """Section 232 is law on duties: what a sentence that sets one says of it is that duty."""
    if claim.metric != "export_control" or claim.product != "section-232":
        return False
    return (claim.subject, claim.evidence) in duties


def _settled(item: Drawn, published: date | None) -> Drawn:
    claim = item.claim
    if claim.metric not in REPORTED or claim.status != "achieved" or published is None:
        return item
    end = _end(claim.period)
    if end is None or end <= published + _CLOSING:
        return item
    return replace(item, claim=replace(claim, status="planned"))


def _end(period: str | None) -> date | None:
    """The last day of a calendar quarter or half; of a company's own the text does not tell."""
    found = _PART.match(period or "")
    if found is None:
        return None
    month = int(found["quarter"]) * 3 if found["quarter"] else int(found["half"]) * 6
    year = int(found["year"])
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
