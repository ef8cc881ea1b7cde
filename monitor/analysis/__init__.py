"""One article through the rooms: mentions, claims, ledger, story, rules -> Findings. Pure; asks the past of `Known`.

What reads articles that match is loaded with the first of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.analysis.clock import clock
from monitor.analysis.desk import Desk, Reader
from monitor.model import Findings, TraceLine

if TYPE_CHECKING:
    from monitor.model import Article, Reading
    from monitor.ports import Known

__all__ = ["Desk", "Reader", "analyse", "clock"]


def analyse(article: Article, desk: Desk, known: Known) -> Findings:
    """All that the article teaches, its alerts included.

    An article needs `seen` or `published`; its own clock is `published`, never later than `seen`.
    """
    reading = desk.lexicon.read(article)
    # Whoever names nobody claims nothing: most articles of a general feed load and cost no more than the watchlists.
    claims = desk.extract(article, reading, desk.entities) if reading.mentions or reading.actors else ()
    if not (reading.mentions or reading.hits or claims or _told_before(article, known)):
        return Findings(article=article, reading=reading, trace=(_unmatched(reading),))
    from monitor.analysis.matched import Analysis

    return Analysis(article, desk, known, reading, claims).findings()


def _told_before(article: Article, known: Known) -> bool:
    """Whether an earlier version told anything, which this one may have taken back."""
    return (article.version > 1 or article.feed is None) and bool(known.told_by(article.id))


def _unmatched(reading: Reading) -> TraceLine:
    """Names the terms that nearly matched."""
    nearly = [f"{r.text!r} is not {r.entity}: {r.reason}" for r in reading.rejected[:8]]
    reason = "; ".join(nearly) or "no watchlist names anything in it"
    return TraceLine(stage="mentions", outcome="unmatched", reason=reason)
