"""An entry made comparable. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from monitor.feeds import identity
from monitor.feeds.canonical import absolute, clean
from monitor.feeds.parse.charset import GARBLED
from monitor.model import Article
from monitor.text.language import detect

if TYPE_CHECKING:
    from monitor.model import Entry, Feed, Fetched, Identified

AHEAD = timedelta(minutes=10)
"""How far a clock may be ahead before its time is no time."""
EPOCH = datetime(1990, 1, 1, tzinfo=UTC)
"""Before it there was no news on the web: a date that stands for none."""


def article(
    feed: Feed, item: Identified, fetched: Fetched, *, seen: datetime, version: int = 1, batch: str | None = None
) -> Article:
    """The article of an entry: clean text, canonical URL, language, times in UTC.

    `seen` is when the identity was first seen, `batch` names the first fetches that it came with; `published` is None
    where the feed gives no time, or an impossible one.
    """
    entry = item.entry
    title, text = item.visible or identity.visible(entry)
    link = absolute(fetched.url or feed.url, entry.link) if entry.link else None
    return Article(
        id=item.identity,
        title=title,
        text=text,
        language=feed.language or detect(title, text) or _code(entry.language or fetched.language),
        published=published(entry, seen),
        outlet=entry.outlet or feed.name,
        url=clean(link) if link else None,
        seen=seen,
        feed=feed.url,
        trust=feed.trust,
        record=entry.record,
        garbled=fetched.garbled or is_garbled(title + text),
        version=version,
        tags=feed.tags,
        batch=batch,
    )


def is_garbled(text: str) -> bool:
    """More than 0.5 % replacement characters."""
    return text.count("\ufffd") > GARBLED * len(text)


def _code(language: str | None) -> str | None:
    """The first two letters of a language tag, which is what most feeds only mean by it."""
    tag = (language or "").strip().lower().replace("_", "-").partition("-")[0]
    return tag if len(tag) == 2 and tag.isalpha() and tag.isascii() else None


def published(entry: Entry, seen: datetime) -> datetime | None:
    """When the entry says it was published, else updated; None for a time before the web or ahead of `seen`."""
    for moment in (entry.published, entry.updated):
        if moment is not None and EPOCH <= moment <= seen + AHEAD:
            return min(moment, seen)
    return None
