"""RSS 2.0 in the form that most feeds have, read by expat: what `feedparser` makes of it, for a tenth of the cost.

Pure; imports nothing of ours, for the process that parses. `feedparser` remains what says how a feed is read: only what
is listed here is taken, one of each element, of nothing but text, with the attributes that RSS knows, in the usual
namespaces; everything else is given back unread. `tests/feeds/test_feeds_plain.py` holds both against each other.
"""

from __future__ import annotations

import calendar
import re
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple
from xml.parsers import expat

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_PREFIXES = {
    "content": _CONTENT,
    "dc": _DUBLIN_CORE,
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "media": "http://search.yahoo.com/mrss/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "atom": "http://www.w3.org/2005/Atom",
    "wordpress": "com-wordpress:feed-additions:1",
}
"""What these prefixes must stand for, where they are declared: `feedparser` goes by prefix in some places. The last is
only ever declared without a prefix, on the one element that it is for."""


def _names(text: str) -> frozenset[str]:
    """Names as expat gives them, `URI name`, of names with a prefix."""
    split = (name.rpartition(":") for name in text.split())
    return frozenset(f"{_PREFIXES[prefix]} {name}" if prefix else name for prefix, _, name in split)


_FIELDS = {
    "title": "title",
    "link": "link",
    "guid": "guid",
    "description": "description",
    "pubDate": "published",
    "source": "source",
    f"{_CONTENT} encoded": "content",
    f"{_DUBLIN_CORE} date": "updated",
}
_ATTRIBUTES = {"guid": {"isPermaLink"}, "source": {"url"}}
_IDLE = _names(
    "author category comments enclosure dc:creator dc:subject slash:comments wfw:comment wfw:commentRss thr:total"
    " media:thumbnail media:content media:credit media:keywords media:rating feedburner:origLink"
    " itunes:author itunes:duration itunes:explicit itunes:episode itunes:episodeType itunes:keywords itunes:image"
    " media:group wordpress:post-id"
)
"""Elements of an item that no field of an entry is made of; of text at most, but for the next."""
_HOLDERS = _names("media:group media:content")
_HELD = _names("media:content media:thumbnail media:credit media:keywords media:rating")
_HEAD = _names(
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs"
    " ttl cloud sy:updatePeriod sy:updateFrequency sy:updateBase atom:link feedburner:info wordpress:site"
)
_HEAD_PARTS = {
    "image": _names("url title link width height description"),
    "skipHours": _names("hour"),
    "skipDays": _names("day"),
}
_FED = frozenset(("title", "language"))

_MAIL_DATE = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ((?:19|20)\d\d)"
    r" (\d\d?):(\d\d)(?::(\d\d))? (?:([+-])(\d\d)(\d\d)|([A-Z]{1,3}))",
    re.ASCII,
)
_ISO_DATE = re.compile(
    r"((?:19|20)\d\d)-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:([+-])(\d\d):(\d\d)|(Z|))", re.ASCII
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ZONES = {"": 0, "GMT": 0, "UTC": 0, "UT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "PST": -8, "PDT": -7}
_CONTROLS = re.compile(r"[\x80-\x9f]")
_BUFFER = 1 << 18


class Item(NamedTuple):
    """An entry's fields; what it does not have is empty."""

    guid: str
    link: str
    title: str
    texts: list[str]
    published: int | str | None
    """Seconds since 1970; as it is written, where it is to be read elsewhere."""
    updated: int | str | None
    source: str


class Feed(NamedTuple):
    """A document of this form."""

    title: str
    language: str
    items: list[Item]


class NotPlainError(Exception):
    """Something that only `feedparser` knows how to read."""


def read(body: bytes) -> Feed:
    """The feed. Raises NotPlainError, and ExpatError for what is not well-formed."""
    return _Reader().read(body)


class _Reader:
    """Follows the elements of one document."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._pieces: list[str] | None = None
        """Text of the element that is being read, where it is one that counts."""
        self._head: dict[str, str] = {}
        self._item: dict[str, str] | None = None
        self._permanent = False
        self._items: list[Item] = []

    def read(self, body: bytes) -> Feed:
        parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.buffer_size = _BUFFER
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartNamespaceDeclHandler = _check_prefix
        parser.StartDoctypeDeclHandler = _refuse
        parser.Parse(body, True)
        return Feed(self._head.get("title", ""), self._head.get("language", ""), self._items)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        path = self._path
        depth = len(path)
        if self._pieces is not None or (depth > 3 and not (path[-1] in _HOLDERS and name in _HELD)):
            raise NotPlainError(name)
        if depth > 3:
            _check_attributes(attributes)
        elif depth == 3 and path[2] == "item":
            self._start_field(name, attributes)
        elif depth == 2 and name == "item":
            if attributes:
                raise NotPlainError(name)
            self._item = {}
        else:
            self._start_outside(name, attributes, depth)
        path.append(name)

    def _start_field(self, name: str, attributes: dict[str, str]) -> None:
        field = _FIELDS.get(name)
        if field is None:
            if name not in _IDLE:
                raise NotPlainError(name)
            _check_attributes(attributes)
            return
        if attributes:
            if not attributes.keys() <= _ATTRIBUTES.get(field, set()):
                raise NotPlainError(name)
            if field == "guid":
                self._permanent = attributes["isPermaLink"] == "true"
        elif field == "guid":
            self._permanent = True
        if self._item is None or field in self._item:
            raise NotPlainError(name)
        self._pieces = []

    def _start_outside(self, name: str, attributes: dict[str, str], depth: int) -> None:
        _check_attributes(attributes)
        if depth < 2:
            # One root, and one channel in it that holds everything.
            if name != ("rss", "channel")[depth] or self._head or self._items or attributes.keys() - {"version"}:
                raise NotPlainError(name)
        elif depth == 2:
            if name in _FED:
                if name in self._head:
                    raise NotPlainError(name)
                self._pieces = []
            elif name not in _HEAD and name not in _HEAD_PARTS:
                raise NotPlainError(name)
        elif name not in _HEAD_PARTS.get(self._path[2], ()):
            raise NotPlainError(name)

    def _end(self, name: str) -> None:
        path = self._path
        path.pop()
        pieces, item = self._pieces, self._item
        if pieces is not None:
            self._pieces = None
            text = _repaired("".join(pieces))
            if item is not None:
                item[_FIELDS[name]] = text
            else:
                self._head[name] = text
        elif item is not None and len(path) == 2:
            self._items.append(_finished(item, permanent=self._permanent))
            self._item = None

    def _text(self, text: str) -> None:
        if self._pieces is not None:
            self._pieces.append(text)


def _check_prefix(prefix: str | None, uri: str) -> None:
    if _PREFIXES.get("wordpress" if prefix is None else prefix.lower(), uri) != uri:
        raise NotPlainError(f"xmlns:{prefix}")


def _refuse(*_: object) -> None:
    raise NotPlainError("DOCTYPE")


def _check_attributes(attributes: dict[str, str]) -> None:
    for name in attributes:
        # Those of a namespace: `xml:base`, `xml:lang`, and what else reaches beyond its element.
        if " " in name or name.lower() in {"base", "lang", "lastmod"}:
            raise NotPlainError(name)


def _repaired(text: str) -> str:
    """Trimmed; UTF-8 that was taken for Latin-1 undone."""
    text = text.strip()
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("latin-1").decode("utf-8")
    if _CONTROLS.search(text):
        raise NotPlainError("Windows-1252 taken for Latin-1")
    return text


def _finished(item: dict[str, str], *, permanent: bool) -> Item:
    guid, link = item.get("guid", ""), item.get("link")
    if link is None:
        link = guid if permanent and "guid" in item else ""
    if ":///" in guid or ":///" in link or ("&" in link and ";" in link):
        raise NotPlainError("an address to be mended")
    return Item(
        guid=guid,
        link=link,
        title=item.get("title", ""),
        texts=[item[name] for name in ("content", "description") if name in item] or [""],
        published=_seconds(item.get("published", "")),
        updated=_seconds(item.get("updated", "")),
        source=item.get("source", ""),
    )


def _seconds(date: str) -> int | None:
    """Seconds since 1970 of a date in one of the two usual forms; None of none."""
    if not date:
        return None
    if (found := _MAIL_DATE.fullmatch(date)) is not None:
        day, name, year, *rest = found.groups()
        month = _MONTHS.index(name) + 1
    elif (found := _ISO_DATE.fullmatch(date)) is not None:
        year, number, day, *rest = found.groups()
        month = int(number)
    else:
        raise NotPlainError(date)
    hour, minute, second, sign, hours, minutes, zone = rest
    if sign is not None:
        offset = (int(hours) * 60 + int(minutes)) * (-60 if sign == "-" else 60)
    elif zone in _ZONES:
        offset = _ZONES[zone] * 3600
    else:
        raise NotPlainError(date)
    try:
        moment = datetime(int(year), month, int(day), int(hour), int(minute), int(second or 0))  # noqa: DTZ001 - see offset
    except ValueError:
        raise NotPlainError(date) from None
    return calendar.timegm(moment.timetuple()) - offset
