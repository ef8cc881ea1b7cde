"""The date that an article gives itself at its head: what betrays a re-post from the archive."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.model import Article

STALE = timedelta(days=7)
"""A dateline older than this makes the article a re-post."""

_HEAD = 160
"""Characters of the text in which a dateline is looked for."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar", "feb february februar", "mar march märz maerz", "apr april", "may mai",
            "jun june juni", "jul july juli", "aug august", "sep sept september", "oct october okt oktober",
            "nov november", "dec december dez dezember",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))

_PLACE = r"(?:[^\n.!?]|\.(?=\s?[,(]))"
"""A character of a place's name; a dot only where an abbreviation ends (Calif.,)."""
_DATED = (
    rf"(?:(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}})|(?P<d2>\d{{1,2}})\.?\s+(?P<m2>{_MONTH}))\.?"
    r"(?:,?\s+(?P<y>20\d\d))?"
)
_LATIN = re.compile(
    rf"^(?:{_PLACE}{{0,60}}?[,(/–—-]\s*|\s*){_DATED}"
    r"\s*(?:[(\[/][^)\]\n]{1,40}[)\]/]|,\s*[^\n.!?]{1,30}?)?\s*(?:--|[-–—:])\s",
    re.IGNORECASE,
)
_ISO = re.compile(rf"^{_PLACE}{{0,40}}?\b(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b[^\n.!?]{{0,24}}?(?:--|[-–—:)\]】])")
_FIRST = re.compile(
    r"^[^\w\n]{0,3}(?:(?:this|the following) (?:article|story|piece|report) )?(?:was )?"
    r"(?:(?:first|originally) (?:published|appeared|ran|posted)|from (?:the|our) archives?[:,]?"
    r"|dieser (?:artikel|beitrag) (?:erschien|ist)(?: zuerst| erstmals)?"
    r"|(?:zuerst|erstmals) (?:erschienen|veröffentlicht))"
    rf"\s(?:on |in |am |vom )?{_DATED}(?!\w)",
    re.IGNORECASE,
)
"""What an outlet says of its own re-post."""
_SENT = re.compile(
    r"^[^\n。，,]{0,16}?(?:(?P<y>20\d\d)年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})日\s*(?:电|電|讯|訊|消息|综合|=|＝)"
)
_BRACKET = re.compile(
    r"^\s*[【\[(（](?:[^】\])）\n:：，,]{0,10}?(?<![至于自到将於])"
    r"|[^】\])）\n:：，,]{0,8}?(?:首发|首發|发表|發表|刊发|刊發|发布|原载|原載)[于於])"
    r"(?:(?P<y>20\d\d)\s*[年년]\s*)?(?P<m>\d{1,2})\s*[月월]\s*"
    r"(?P<d>\d{1,2})\s*[日일]\s*(?:电|電|讯|訊|時事|共同|=|＝|付[^】\])）\n]{0,14}|자 [^】\])）\n]{0,14})?[】\])）]"
)
"""A headline in brackets may end with a date too, so nothing but a name may stand before it."""


def dateline(article: Article) -> date | None:
    """The day in the head of the text, or None. Without a year the latest such day before publication is meant."""
    head = article.text[:_HEAD]
    for pattern in (_LATIN, _FIRST, _SENT, _BRACKET, _ISO):
        if match := pattern.match(head):
            return _day(article, match)
    return None


def _day(article: Article, match: re.Match[str]) -> date | None:
    found = match.groupdict()
    month, day = (found["m"] or found.get("m2") or ""), int(found["d"] or found.get("d2") or 0)
    number = _MONTHS.get(month.lower()) or int(month if month.isdigit() else 0)
    year = found.get("y")
    try:
        return date(int(year), number, day) if year else _latest(article, number, day)
    except ValueError:
        return None


def _latest(article: Article, month: int, day: int) -> date | None:
    if article.published is None:
        return None
    # A day ahead of UTC is still today somewhere.
    limit = article.published.date() + timedelta(days=1)
    this_year = date(limit.year, month, day)
    return this_year if this_year <= limit else date(limit.year - 1, month, day)


def reposted(article: Article) -> date | None:
    """The article's own date where it is a re-post, else None."""
    day = dateline(article)
    if day is None or article.published is None:
        return None
    return day if article.published.date() - day > STALE else None
