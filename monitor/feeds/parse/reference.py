"""Entries as `feedparser` reads them: the reference for every XML feed. Runs in the child process."""

from __future__ import annotations

import calendar
import io
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import feedparser

from monitor.feeds.parse.document import Document
from monitor.feeds.parse.errors import ParseError
from monitor.model import Entry, Hints

if TYPE_CHECKING:
    from time import struct_time


def read(body: bytes, url: str) -> Document:
    """Parses UTF-8 XML whole. Raises ParseError for what is no feed."""
    parsed = feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not parsed.version and not parsed.entries:
        raise ParseError("not_a_feed", "neither RSS nor Atom nor RDF nor JSON Feed")
    entries = tuple(_entry(entry) for entry in parsed.entries)
    return Document(
        entries=entries,
        count=len(entries),
        title=parsed.feed.get("title"),
        language=parsed.feed.get("language"),
        hints=_hints(parsed.feed),
    )


def _entry(entry: Any) -> Entry:
    source = entry.get("source") or {}
    return Entry(
        guid=entry.get("id") or None,
        link=entry.get("link") or None,
        title=entry.get("title", ""),
        html=_longest(entry),
        published=_moment(entry.get("published_parsed")),
        updated=_moment(entry.get("updated_parsed")),
        outlet=source.get("title") or None,
    )


def _longest(entry: Any) -> str:
    texts: list[str] = [content.get("value", "") for content in entry.get("content", ())]
    texts.append(entry.get("summary", ""))
    return max(texts, key=len)


def _moment(parsed: struct_time | None) -> datetime | None:
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _hints(feed: Any) -> Hints:
    ttl = str(feed.get("ttl", ""))
    return Hints(ttl=timedelta(minutes=int(ttl)) if ttl.isascii() and ttl.isdigit() and len(ttl) < 7 else None)
