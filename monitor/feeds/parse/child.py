"""The process that parses: reads documents from its standard input, writes what `feedparser` makes of them.

Run by `children.py` as a script of its own, within limits of memory and processor time that it sets itself before it
reads a byte. Imports nothing of ours but `plain.py`, which reads most feeds: it starts in 25 ms, and `feedparser` is
loaded (40 ms) with the first document that needs it.

Request: 4 bytes of length, then `p` (of use only if `plain.py` can read it), `s` (if well-formed) or `w` (whatever
it is), then UTF-8 XML. Answer: 4 bytes of length, then `F` (fresh) or `T` (tired: give it no other), then JSON:
`{"error": …}`, `{"strict": false}` for what is not well-formed, `{"plain": false}`, or `{"version", "strict", "feed":
{"title", "language"}, "entries": [[guid, link, title, text, published, updated, source], …]}`, times in seconds since
1970, or as the feed wrote them where `feedparser` does not read them.
"""

from __future__ import annotations

import calendar
import gc
import io
import json
import re
import resource
import sys
from functools import cache
from typing import Any, BinaryIO
from xml.parsers import expat

from monitor.feeds.parse import plain

ANSWER_LIMIT = 32 << 20
LONGEST_TEXT = 300_000
"""Code points of one text; a book is no news."""
LONGEST_LINE = 4000
"""Code points of a title, a name."""
TIRED = 2 << 20
"""Bytes of a document after which the process gives its memory back by ending."""
_MISREAD = re.compile(r"\s*(?:\d{4}\s*年|\d{4}/\d|\d{9,13}\s*$)")
"""Dates that `feedparser` takes for others: "2026年05月12日", "2026/05/12" for November 1; seconds for a year."""


def main(memory: int, seconds: int) -> None:
    """Serves until its input ends. `memory` in bytes of address space, `seconds` of processor time per document."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while (head := source.read(4)) and len(head) == 4:
        _limit_time(seconds)
        request = source.read(int.from_bytes(head))
        answer = _answer(request[1:], request[:1])
        _write(sink, answer, tired=int.from_bytes(head) > TIRED)


def _limit_time(seconds: int) -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(usage.ru_utime + usage.ru_stime) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, hard))


@cache
def _feedparser() -> Any:
    import feedparser
    import feedparser.api

    # Each parse would look for libxml2's reader on the disk; expat is what everybody has.
    feedparser.api.PREFERRED_XML_PARSERS.clear()
    gc.freeze()
    return feedparser.parse


def _answer(body: bytes, way: bytes) -> bytes:
    try:
        return json.dumps(_WAYS[way](body)).encode("utf-8", "replace")
    except MemoryError:
        return b'{"error": "it needs more memory than parsing may take"}'
    except Exception as error:  # noqa: BLE001  feedparser raises on ordinary malformed input (its issue 599)
        return json.dumps({"error": f"{type(error).__name__}: {error}"[:300]}).encode("utf-8", "replace")


def _plainly(body: bytes) -> dict[str, Any]:
    try:
        feed = plain.read(body)
    except plain.NotPlainError:
        return {"plain": False}
    except expat.ExpatError:
        return {"strict": False}
    return {
        "strict": True,
        "feed": {"title": feed.title, "language": feed.language},
        "entries": [_row(item) for item in feed.items],
    }


def _strictly(body: bytes) -> dict[str, Any]:
    return _wholly(body) if _is_well_formed(body) else {"strict": False}


def _wholly(body: bytes) -> dict[str, Any]:
    return _document(_parsed(body))


_WAYS = {b"p": _plainly, b"s": _strictly, b"w": _wholly}


def _parsed(body: bytes) -> Any:
    return _feedparser()(
        io.BytesIO(body),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )


def _is_well_formed(body: bytes) -> bool:
    try:
        expat.ParserCreate("utf-8", " ").Parse(body, True)
    except expat.ExpatError:
        return False
    return True


def _write(sink: BinaryIO, answer: bytes, *, tired: bool) -> None:
    if len(answer) > ANSWER_LIMIT:
        answer = b'{"error": "its entries are too long"}'
    sink.write((len(answer) + 1).to_bytes(4) + (b"T" if tired else b"F") + answer)
    sink.flush()


def _document(parsed: Any) -> dict[str, Any]:
    return {
        "version": parsed.get("version", ""),
        "strict": not parsed.get("bozo"),
        "problem": str(parsed.get("bozo_exception", ""))[:200],
        "feed": {"title": _text(parsed.feed, "title"), "language": _text(parsed.feed, "language")},
        "entries": [_row(_entry(entry)) for entry in parsed.entries],
    }


def _text(holder: Any, name: str) -> str:
    value = dict.get(holder, name)
    return value if isinstance(value, str) else ""


def _entry(entry: Any) -> plain.Item:
    source = dict.get(entry, "source")
    texts = [_text(content, "value") for content in dict.get(entry, "content") or ()]
    return plain.Item(
        guid=_text(entry, "id"),
        link=_text(entry, "link"),
        title=_text(entry, "title"),
        texts=[*texts, _text(entry, "summary")],
        published=_moment(entry, "published"),
        updated=_moment(entry, "updated"),
        source=_text(source, "title") if isinstance(source, dict) else "",
    )


def _row(item: plain.Item) -> list[Any]:
    """An item as it is answered."""
    text = _longest(item.texts)[:LONGEST_TEXT]
    title, source = item.title[:LONGEST_LINE], item.source[:LONGEST_LINE]
    return [item.guid, item.link, title, text, item.published, item.updated, source]


def _longest(texts: list[str]) -> str:
    """That of the most visible words."""
    return max(texts, key=_visible) if len(texts) > 1 else texts[0]


def _visible(markup: str) -> int:
    return sum(len(piece.rpartition(">")[2]) for piece in markup.split("<"))


def _moment(entry: Any, name: str) -> int | str | None:
    parsed = dict.get(entry, f"{name}_parsed")
    written = _text(entry, name)
    if parsed is None or _MISREAD.match(written):
        return written[:100] or None
    try:
        return calendar.timegm(parsed)
    except (ValueError, OverflowError):
        return None
