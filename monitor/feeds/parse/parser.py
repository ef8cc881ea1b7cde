"""From the bytes of a response to a `Document`: what was read before is not read again."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any

from monitor.feeds.parse import charset, guard
from monitor.feeds.parse.children import Children
from monitor.feeds.parse.cut import Cut, cut
from monitor.feeds.parse.dates import from_seconds, moment
from monitor.feeds.parse.document import Document
from monitor.feeds.parse.errors import ParseError
from monitor.feeds.parse.hints import hints
from monitor.model import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, timedelta

    from monitor.feeds.parse.children import Way
    from monitor.model import PollJob

MOST = 1000
"""Items taken of one document, the first ones; more is an archive or an attack."""
FACE = 300
"""Code points of a document that an error looks at."""


class Parser:
    """What is heavy or dangerous is done by child processes, which start when something is first to be parsed."""

    def __init__(self, timeout: timedelta, memory: int) -> None:
        self._children = Children(timeout, memory)

    async def parse(self, body: bytes, content_type: str, job: PollJob) -> Document:
        """Entries of a document without those that the job knows. Raises ParseError."""
        text = charset.to_utf8(body, content_type, job.feed.encoding, job.feed.language)
        garbled = charset.is_garbled(text)
        # Blanks before the XML declaration are common, and not well-formed.
        text = text.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n\0")
        if not text:
            raise ParseError("not_a_feed", "an empty document")
        if text[:1] in {b"{", b"["}:
            from monitor.feeds.parse import json_feed

            return _flagged(json_feed.read(text.decode(), job.known, MOST), garbled=garbled)
        return _flagged(await self._xml(text, job.known), garbled=garbled)

    async def _xml(self, body: bytes, known: Mapping[str, str]) -> Document:
        body = guard.without_doctype(body)
        pieces = cut(body)
        if pieces is None:
            return await self._whole(body)
        taken = pieces.unseen(known)[:MOST]
        if not taken:
            return _document(pieces, known, taken, {})
        if pieces.is_sound(taken):
            answer = await self._sound(pieces, taken)
            if answer["strict"] and len(answer["entries"]) == len(taken):
                return _document(pieces, known, taken, answer)
        return await self._whole(body)

    async def _sound(self, pieces: Cut, taken: Sequence[int]) -> Any:
        answer = await self._ask(pieces.only(taken), "plain")
        if answer.get("plain", True):
            return answer
        return await self._ask(pieces.slim(taken), "strict")

    async def _whole(self, body: bytes) -> Document:
        """Every entry, none told apart by its bytes."""
        answer = await self._ask(body, "whole")
        entries = answer["entries"]
        if not entries and not answer["version"]:
            raise ParseError("not_a_feed", _face(body, answer["problem"]))
        return Document(
            entries=tuple(_entry(entry, "") for entry in entries[:MOST]),
            count=min(len(entries), MOST),
            title=answer["feed"]["title"] or None,
            language=answer["feed"]["language"] or None,
            hints=hints(body),
            warnings=_warnings(len(entries), answer),
        )

    async def _ask(self, body: bytes, way: Way) -> Any:
        guard.check(body)
        return await self._children.parse(body, way)

    def processes(self) -> list[int]:
        """Ids of the child processes that live."""
        return self._children.processes()

    async def aclose(self) -> None:
        await self._children.aclose()


def _flagged(document: Document, *, garbled: bool) -> Document:
    if not garbled:
        return document
    from dataclasses import replace

    warning = "garbled: more than 0.5 % of its characters are lost; `encoding` of the feed can name the right one"
    return replace(document, garbled=True, warnings=(*document.warnings, warning))


def _document(pieces: Cut, known: Mapping[str, str], positions: Sequence[int], answer: Mapping[str, Any]) -> Document:
    """The items of a cut document: those at `positions` as answered, the others as known."""
    feed = answer.get("feed", {})
    seen = {print_: known[print_] for print_ in pieces.fingerprints if print_ in known}
    skipped = sum(print_ not in known for print_ in pieces.fingerprints) - len(positions)
    return Document(
        entries=tuple(
            _entry(entry, pieces.fingerprints[at])
            for at, entry in zip(positions, answer.get("entries", ()), strict=False)
        ),
        known=seen,
        count=len(pieces.items) - skipped,
        title=feed.get("title") or None,
        language=feed.get("language") or None,
        hints=hints(pieces.around[0]),
        warnings=_warnings(len(pieces.items), answer) if skipped else (),
    )


def _warnings(count: int, answer: Mapping[str, Any]) -> tuple[str, ...]:
    warnings = (f"{count} items, the first {MOST} taken",) if count > MOST else ()
    if answer.get("strict", True):
        return warnings
    return (*warnings, f"not well-formed: {answer['problem']}")


def _entry(entry: Sequence[Any], fingerprint: str) -> Entry:
    guid, link, title, text, published, updated, source = entry
    return Entry(
        guid=guid or None,
        link=link or None,
        title=title,
        html=text,
        published=_moment(published),
        updated=_moment(updated),
        outlet=source.strip() or None,
        fingerprint=fingerprint,
    )


def _moment(value: float | str | None) -> datetime | None:
    if value is None:
        return None
    return moment(value) if isinstance(value, str) else from_seconds(value)


def _face(body: bytes, problem: str) -> str:
    """What a document that is no feed looks like, for its error."""
    text = body[: 4 * FACE].decode("utf-8", "replace")
    if re.search(r"<(?:!doctype\s+)?html", text, re.IGNORECASE):
        title = re.search(r"<title[^>]*>([^<]{1,200})", body[:65536].decode("utf-8", "replace"), re.IGNORECASE)
        named = f' "{" ".join(title[1].split())}"' if title else ""
        return f"a web page{named}, not a feed; `chipwire feeds add` looks for the feed of a page"
    shown = " ".join("".join(c if c.isprintable() else " " for c in text[:100]).split())
    return f"neither RSS nor Atom nor RDF nor JSON Feed, it begins: {shown}" + (f" ({problem})" if problem else "")
