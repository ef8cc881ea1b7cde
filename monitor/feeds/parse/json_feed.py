"""JSON Feed 1.0 and 1.1, and the documents of the Federal Register's API. Pure."""

from __future__ import annotations

import hashlib
import html
import json
from typing import TYPE_CHECKING, Any

from monitor.feeds.parse.dates import moment
from monitor.feeds.parse.document import Document
from monitor.feeds.parse.errors import ParseError
from monitor.model import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SPEC = "https://jsonfeed.org/version/"


def read(text: str, known: Mapping[str, str], most: int) -> Document:
    """Entries of a JSON document without those whose fingerprint is known. Raises ParseError for what is no feed."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ParseError("not_a_feed", f"neither XML nor JSON: {error}") from error
    if not isinstance(document, dict):
        raise ParseError("not_a_feed", "JSON, but no JSON Feed: not an object")
    if isinstance(items := document.get("results"), list) and ("count" in document or _is_record(items)):
        return _document(items, _record, known, most, title=_string(document.get("description")), language="en")
    if str(document.get("version", "")).startswith((SPEC, SPEC.replace("https", "http"))) or _looks_like_feed(document):
        items = document.get("items")
        if not isinstance(items, list):
            raise ParseError("not_a_feed", "a JSON Feed without a list of items")
        language = _string(document.get("language")) or None
        return _document(items, _item, known, most, title=_string(document.get("title")), language=language)
    said = _string(document.get("message")) or _string(document.get("error")) or "no version, no items"
    raise ParseError("not_a_feed", f"JSON, but no JSON Feed: {said[:200]}")


def _looks_like_feed(document: Mapping[str, Any]) -> bool:
    items = document.get("items")
    return isinstance(items, list) and any(
        isinstance(item, dict) and ("content_html" in item or "content_text" in item) for item in items
    )


def _is_record(items: list[Any]) -> bool:
    return bool(items) and isinstance(items[0], dict) and "document_number" in items[0]


def _document(
    items: list[Any],
    read_item: Callable[[Mapping[str, Any]], Entry],
    known: Mapping[str, str],
    most: int,
    *,
    title: str,
    language: str | None,
) -> Document:
    entries, seen = [], {}
    taken = [item for item in items if isinstance(item, dict)][:most]
    for item in taken:
        fingerprint = hashlib.blake2b(json.dumps(item, sort_keys=True).encode(), digest_size=12).hexdigest()
        if fingerprint in known:
            seen[fingerprint] = known[fingerprint]
        else:
            entries.append((fingerprint, read_item(item)))
    repeated = len(taken) - len(seen) - len(entries)
    return Document(
        entries=tuple(_with(entry, fingerprint) for fingerprint, entry in entries),
        known=seen,
        count=len(entries) + len(seen) + repeated,
        title=title or None,
        language=language,
        warnings=(f"{len(items)} items, the first {most} taken",) if len(items) > most else (),
    )


def _with(entry: Entry, fingerprint: str) -> Entry:
    from dataclasses import replace

    return replace(entry, fingerprint=fingerprint)


def _string(value: object) -> str:
    """Text of what should be a string; numbers too, which some use for ids."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _item(item: Mapping[str, Any]) -> Entry:
    plain = html.escape(_string(item.get("content_text")), quote=False)
    summary = html.escape(_string(item.get("summary")), quote=False)
    return Entry(
        guid=_string(item.get("id")).strip() or None,
        link=(_string(item.get("url")) or _string(item.get("external_url"))).strip() or None,
        title=html.escape(_string(item.get("title")), quote=False),
        html=max(_string(item.get("content_html")), plain, summary, key=len),
        published=moment(_string(item.get("date_published"))),
        updated=moment(_string(item.get("date_modified"))),
        language=_string(item.get("language")) or None,
    )


def _record(item: Mapping[str, Any]) -> Entry:
    agencies = [_string(agency.get("name")) for agency in item.get("agencies") or () if isinstance(agency, dict)]
    number = _string(item.get("document_number")) or None
    texts = (_string(item.get(name)) for name in ("abstract", "excerpts", "action"))
    return Entry(
        guid=number,
        link=_string(item.get("html_url")) or _string(item.get("pdf_url")) or None,
        title=html.escape(_string(item.get("title")), quote=False),
        html=max((html.escape(text, quote=False) for text in texts), key=len),
        published=moment(_string(item.get("publication_date"))),
        outlet=f"Federal Register: {agencies[-1]}" if agencies else "Federal Register",
        language="en",
        record=number,
    )
