"""Who tells: outlets, their rank, and whether one more is independent of those counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from monitor.text.fold import folded

if TYPE_CHECKING:
    from monitor.model import Article, Claim, Fact, Voice

RANK: tuple[Voice, ...] = ("record", "subject", "named", "unnamed")
"""Best first."""

_HEAD = 3_000
_RECORD = re.compile(r"\bFR Doc(?:\.|ument)? ?(?:No\. ?)?20\d\d-\d{4,6}\b|^\s*AGENCY: .{3,200}? ACTION: ", re.DOTALL)
"""What stands in a document of the Federal Register, whoever carries it."""
_DECORATION = re.compile(r"\b(?:the|www|com|net|org|news|online)\b|[\s.\-_'’]+")
_VAGUE = re.compile(
    r"外媒|媒体|媒體|台媒|日媒|韩媒|美媒|港媒|외신|매체|언론|报道|報導|メディア|報道|\b(?:media|press|reports?|newspapers?|"
    r"outlets?|zeitung(?:sbericht)?|medien(?:bericht(?:en)?)?)\b",
    re.IGNORECASE,
)


def outlet_of(article: Article) -> str:
    """The outlet's name; of an article without one the host of its address, else its feed."""
    if article.outlet:
        return article.outlet
    host = urlsplit(article.url or "").hostname or ""
    return host.removeprefix("www.") or article.feed or "unknown"


def plain(outlet: str) -> str:
    """A name as it compares: `The Sentinel Business` and `sentinel business` are one."""
    return _DECORATION.sub("", folded(outlet)) or folded(outlet)


def same_outlet(one: str, other: str) -> bool:
    return plain(one) == plain(other)


def voice_of(article: Article, claim: Claim) -> Voice:
    """The claim's own rank, raised by what the feed or article is: a record, or the company's own line."""
    if article.record or article.trust == "record" or _RECORD.search(article.text[:_HEAD]):
        return "record"
    if article.trust == "company" and claim.voice != "record":
        return "subject"
    if article.trust == "rumour" and claim.voice == "named":
        return "unnamed"
    return claim.voice


def better(one: Voice, other: Voice) -> Voice:
    return min(one, other, key=RANK.index)


def dependence(article: Article, claim: Claim, fact: Fact, copied: str | None) -> str | None:
    """Why the telling is not independent of those that the fact counts, in words; None where it is.

    `copied` is the outlet whose text the article repeats.
    """
    outlet = outlet_of(article)
    told = {plain(name) for name in (*fact.outlets, *fact.listed)}
    if copied is not None:
        return f"a copy of {copied}"
    if plain(outlet) in told:
        return f"{outlet} has told it already"
    cited = claim.cites
    if cited and _counted(cited, fact):
        return f"cites {cited}"
    if plain(outlet) in {plain(name) for name in fact.cites}:
        return f"{outlet} is cited by a source already counted"
    if cited and _VAGUE.search(cited):
        return f"cites {cited}"
    return None


def _counted(cited: str, fact: Fact) -> bool:
    name = plain(cited)
    counted = {plain(known) for known in (*fact.outlets, *fact.listed, *fact.cites)}
    return name in counted or any(len(known) > 3 and known in name for known in counted)
