"""OPML 2.0: lists of feeds as other readers write and read them. Pure."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, get_args
from xml.etree import ElementTree as ET

from monitor.feeds.canonical import absolute
from monitor.feeds.parse import charset, guard
from monitor.feeds.parse.errors import ParseError
from monitor.model import Feed, Trust

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAMESPACE = "https://chipwire.dev/opml"
"""Of what only chipwire knows: every, trust, userAgent, encoding, maxItems. Never headers: they may hold keys."""
MOST = 10_000
_DURATION = re.compile(r"(\d{1,9})(ms|s|m|h|d)")
_UNITS = {"d": 86_400_000, "h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}


class OpmlError(Exception):
    """The file is no OPML; the message says why."""


def read(data: bytes) -> tuple[list[Feed], list[str]]:
    """Feeds of an OPML document, folders and categories as tags, and a line for each outline that is no usable feed.

    A URL that comes twice counts once. Raises OpmlError for what is no OPML.
    """
    root = _root(data)
    feeds: dict[str, Feed] = {}
    problems: list[str] = []
    for outline, folders in _outlines(root):
        name = _first(outline, "text", "title", "htmlUrl", "xmlUrl")
        url = absolute("", _first(outline, "xmlUrl", "xmlurl", "url"))
        if url is None:
            if _first(outline, "xmlUrl", "xmlurl"):
                problems.append(f"{name}: {_first(outline, 'xmlUrl', 'xmlurl')[:200]} is no http(s) URL")
            continue
        if len(feeds) == MOST:
            problems.append(f"more than {MOST} feeds; the rest is left out")
            break
        feeds.setdefault(url, _feed(outline, url, name, folders))
    if not feeds and not problems:
        problems.append("no outline names a feed (xmlUrl)")
    return list(feeds.values()), problems


def _root(data: bytes) -> ET.Element:
    try:
        body = guard.without_doctype(charset.to_utf8(data).lstrip())
        guard.check(body)
        # The prolog may name the encoding that the text no longer has.
        root = ET.fromstring(re.sub(rb"^<\?xml[^>]*\?>", b"", body))  # noqa: S314
    except (ParseError, ET.ParseError, ValueError) as error:
        raise OpmlError(f"not readable as OPML: {error}") from error
    if root.tag.lower() != "opml" or root.find("body") is None:
        raise OpmlError(
            f"not OPML: its root is <{root.tag[:60]}>" if root.tag.lower() != "opml" else "OPML without a body"
        )
    return root


def _outlines(root: ET.Element) -> Iterator[tuple[ET.Element, tuple[str, ...]]]:
    """In document order, each with the names of the folders it lies in."""
    stack: list[tuple[ET.Element, tuple[str, ...]]] = [
        (outline, ()) for body in reversed(root.findall("body")) for outline in reversed(body.findall("outline"))
    ]
    while stack:
        outline, folders = stack.pop()
        yield outline, folders
        name = _first(outline, "text", "title")
        inside = (*folders, name) if name else folders
        stack += [(child, inside) for child in reversed(outline.findall("outline"))]


def _first(outline: ET.Element, *names: str) -> str:
    return next((value.strip() for name in names if (value := outline.get(name)) and value.strip()), "")


def _feed(outline: ET.Element, url: str, name: str, folders: tuple[str, ...]) -> Feed:
    categories = [part.strip("/ ") for part in _first(outline, "category").split(",")]
    tags = dict.fromkeys(tag.casefold().replace(" ", "-") for tag in (*folders, *categories) if tag)
    own = {key: outline.get(f"{{{NAMESPACE}}}{key}") for key in ("every", "trust", "userAgent", "encoding", "maxItems")}
    trusted: tuple[Trust, ...] = get_args(Trust)
    items = own["maxItems"] or ""
    return Feed(
        url=url,
        name=" ".join(name.split())[:200] or url,
        every=_duration(own["every"]),
        tags=tuple(tags),
        language=_first(outline, "language") or None,
        trust=next((trust for trust in trusted if trust == own["trust"]), None),
        user_agent=own["userAgent"] or None,
        encoding=own["encoding"] or None,
        max_items=int(items) if items.isascii() and items.isdigit() and 0 < len(items) < 7 else None,
    )


def _duration(text: str | None) -> timedelta | None:
    found = _DURATION.fullmatch(text or "")
    return timedelta(milliseconds=int(found[1]) * _UNITS[found[2]]) if found else None


def _written(duration: timedelta) -> str:
    milliseconds = round(duration.total_seconds() * 1000)
    return next(f"{milliseconds // size}{unit}" for unit, size in _UNITS.items() if milliseconds % size == 0)


def write(feeds: Iterable[Feed], title: str = "chipwire") -> str:
    """An OPML document that `read` and other readers understand."""
    ET.register_namespace("chipwire", NAMESPACE)
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = title
    body = ET.SubElement(root, "body")
    for feed in feeds:
        ET.SubElement(body, "outline", _attributes(feed))
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _attributes(feed: Feed) -> dict[str, str]:
    optional = {
        "category": ",".join(f"/{tag}" for tag in feed.tags),
        "language": feed.language,
        "every": None if feed.every is None else _written(feed.every),
        "trust": feed.trust,
        "userAgent": feed.user_agent,
        "encoding": feed.encoding,
        "maxItems": None if feed.max_items is None else str(feed.max_items),
    }
    plain = ("category", "language")
    named = {name if name in plain else f"{{{NAMESPACE}}}{name}": value for name, value in optional.items() if value}
    return {"type": "rss", "text": _printable(feed.name), "title": _printable(feed.name), "xmlUrl": feed.url, **named}


def _printable(text: str) -> str:
    """Without what XML 1.0 cannot hold."""
    return "".join(character if character.isprintable() else " " for character in text)
