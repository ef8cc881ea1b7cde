"""RSS 2.0 and Atom 1.0 in their usual forms, read by expat: what `feedparser` makes of them, for a tenth of the cost.

Pure; imports nothing of ours but their names, for the process that parses. `feedparser` remains what says how a feed
is read: only what is listed in `forms.py` is taken, one of each element, of nothing but text, with the usual
attributes, in the usual namespaces; everything else is given back unread. `tests/feeds/test_feeds_plain.py` holds both
against each other.
"""

from __future__ import annotations

import calendar
import re
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple
from xml.parsers import expat

from monitor.feeds.parse.forms import ATOM, LINK, PREFIXES, RSS, UNPREFIXED

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
_LANG = "http://www.w3.org/XML/1998/namespace lang"
_OF_A_LINK = frozenset(("href", "rel", "type", "title", "hreflang", "length"))
_PAGES = frozenset(("html", "text/html", "xhtml", "application/xhtml+xml"))


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
        self._form = RSS
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
        path, form = self._path, self._form
        inside = len(path) - len(form.path)
        if self._pieces is not None:
            raise NotPlainError(name)
        if inside < 0:
            self._start_root(name, attributes, len(path))
        elif inside == 0:
            self._start_beside(name, attributes)
        elif inside == 1 and self._item is not None:
            self._start_field(name, attributes, self._item)
        elif name in form.holders.get(path[-1], ()):
            _check_attributes(attributes)
        else:
            raise NotPlainError(name)
        path.append(name)

    def _start_root(self, name: str, attributes: dict[str, str], depth: int) -> None:
        if not depth:
            self._form = ATOM if name == ATOM.path[0] else RSS
            if self._form is ATOM and (language := attributes.pop(_LANG, None)):
                self._head["language"] = language.replace("_", "-")
        elif self._head or self._items:
            # One channel, which holds everything.
            raise NotPlainError(name)
        if name != self._form.path[depth] or attributes.keys() - {"version"}:
            raise NotPlainError(name)

    def _start_beside(self, name: str, attributes: dict[str, str]) -> None:
        """An item, or an element of the feed itself."""
        if name == self._form.item:
            if attributes:
                raise NotPlainError(name)
            self._item, self._permanent = {}, True
            return
        _check_attributes(attributes)
        field = self._form.fed.get(name)
        if field is not None:
            _check_type(name, attributes)
            if field in self._head:
                raise NotPlainError(name)
            self._pieces = []
        elif name not in self._form.head:
            raise NotPlainError(name)

    def _start_field(self, name: str, attributes: dict[str, str], item: dict[str, str]) -> None:
        field = self._form.fields.get(name)
        if field is None:
            if name == LINK and self._form is ATOM:
                _add_link(item, attributes)
            elif name in self._form.idle:
                _check_attributes(attributes)
            else:
                raise NotPlainError(name)
            return
        if attributes:
            if not attributes.keys() <= self._form.attributes.get(field, frozenset()):
                raise NotPlainError(name)
            _check_type(name, attributes)
            if field == "guid":
                self._permanent = attributes["isPermaLink"] == "true"
        if field in item:
            raise NotPlainError(name)
        self._pieces = []

    def _end(self, name: str) -> None:
        self._path.pop()
        pieces, item = self._pieces, self._item
        if pieces is not None:
            self._pieces = None
            text = _repaired("".join(pieces))
            if item is not None:
                item[self._form.fields[name]] = text
            else:
                self._head[self._form.fed[name]] = text
        elif item is not None and len(self._path) == len(self._form.path):
            self._items.append(_finished(item, permanent=self._permanent))
            self._item = None

    def _text(self, text: str) -> None:
        if self._pieces is not None:
            self._pieces.append(text)


def _add_link(item: dict[str, str], attributes: dict[str, str]) -> None:
    """Atom: the last link to a page of the entry's own counts, whatever is linked beside it."""
    if not {"href"} <= attributes.keys() <= _OF_A_LINK:
        raise NotPlainError(LINK)
    if attributes.get("rel", "alternate").lower() == "alternate" and attributes.get("type", "html").lower() in _PAGES:
        item["link"] = attributes["href"]


def _check_type(name: str, attributes: dict[str, str]) -> None:
    if attributes.get("type", "text") not in {"text", "html"}:
        raise NotPlainError(name)


def _check_prefix(prefix: str | None, uri: str) -> None:
    if uri not in UNPREFIXED if prefix is None else PREFIXES.get(prefix.lower(), uri) != uri:
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
