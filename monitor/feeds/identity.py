"""Which entries of a document are new, known, edited: a pure function of the document and the feed's memory."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.feeds import google_news, html
from monitor.feeds.canonical import canonical
from monitor.model import Identified, Sorted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from monitor.model import Entry, Feed, Fetched, KeyKind, Remembered
    from monitor.ports import EntryMemory

ORDER: tuple[KeyKind, ...] = ("guid", "link", "canonical", "title")
MASS = 0.5
"""Share of unseen items above which a known feed is suspected to have changed its ids, and share of those that must
be found again by content for the suspicion to hold."""
LONGEST_KEY = 200


def sort(feed: Feed, fetched: Fetched, memory: EntryMemory, *, key: KeyKind | None = None) -> Sorted:
    """Tells the entries of a document apart.

    `key` is the `Sorted.key` of last time (None: first fetch). An entry is known by the first of guid, link, canonical
    link, title+date that tells all items of the document apart; all its keys are to be stored.
    """
    usable, rejected = _usable(feed, fetched)
    items = [_Item(entry) for entry in usable]
    remembered = memory.recall([text for item in items for text in item.keys.values()])
    present = frozenset(fetched.known.values())
    kind = _telling(items, remembered, present, key)
    sorter = _Sorter(feed, kind, remembered, present)
    for item in items:
        sorter.place(item)
    if len(sorter.new) > MASS * fetched.count and memory.count() > 0:
        sorter.match_by_content()
    return sorter.result(fetched, rejected)


def alone(feed: Feed, entry: Entry) -> Identified:
    """An entry by the best key that it has, whatever stands beside it."""
    return _identified(_Item(entry), _identity(feed.url, _Item(entry).key(ORDER[0])))


class _Item:
    """An entry and all that it can be known by."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.visible = title, text = visible(entry)
        self.keys: dict[str, str] = {}
        if google_news.is_item(entry):
            self.keys["title"] = _key("title", f"{_folded(title)}|{_folded(entry.outlet or '')}")
        else:
            if entry.guid:
                self.keys["guid"] = _key("guid", entry.guid)
            if entry.link:
                self.keys["link"] = _key("link", entry.link)
                self.keys["canonical"] = _key("canonical", canonical(entry.link))
            if title:
                date = entry.published.isoformat() if entry.published else ""
                self.keys["title"] = _key("title", f"{_folded(title)}|{date}")
        digest = hashlib.blake2b(f"{_folded(title)}\0{_folded(text)}".encode(), digest_size=16)
        self.content = digest.hexdigest()
        self.keys["content"] = f"content:{self.content}"

    def key(self, kind: KeyKind) -> str:
        """Its key of this kind or, where it has none, of the next that it has."""
        for name in ORDER[ORDER.index(kind) :]:
            if name in self.keys:
                return self.keys[name]
        return self.keys["content"]


def visible(entry: Entry) -> tuple[str, str]:
    """Title and text as a reader sees them. Google News: headline without outlet, no text, which lists neighbours."""
    title = html.line(entry.title)
    if google_news.is_item(entry):
        return google_news.headline(title, entry.outlet), ""
    return title, html.text(entry.html)


def _key(kind: str, value: str) -> str:
    if len(value) > LONGEST_KEY:
        value = hashlib.blake2b(value.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"{kind}:{value}"


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _usable(feed: Feed, fetched: Fetched) -> tuple[list[Entry], list[tuple[Entry, str]]]:
    usable: list[Entry] = []
    rejected: list[tuple[Entry, str]] = []
    room = len(fetched.entries) if feed.max_items is None else max(feed.max_items - len(fetched.known), 0)
    for entry in fetched.entries:
        if not (entry.title.strip() or entry.html.strip() or entry.link):
            rejected.append((entry, "neither title nor text nor link"))
        elif len(usable) >= room:
            rejected.append((entry, f"beyond max_items: {feed.max_items}"))
        else:
            usable.append(entry)
    return usable, rejected


def _telling(
    items: Sequence[_Item], remembered: Mapping[str, Remembered], present: Collection[str], last: KeyKind | None
) -> KeyKind:
    """The best key that tells the items apart. Better than last time's only if both mean the same articles by them."""
    for kind in ORDER:
        better = last is not None and ORDER.index(kind) < ORDER.index(last)
        if better and (present or not items or not _agree(kind, last, items, remembered)):
            continue
        if any(kind in item.keys for item in items) and _tells_apart(kind, items, remembered, present):
            return kind
    return last or ORDER[0]


def _agree(kind: KeyKind, last: KeyKind | None, items: Sequence[_Item], remembered: Mapping[str, Remembered]) -> bool:
    for item in items:
        one, other = remembered.get(item.key(kind)), remembered.get(item.key(last or kind))
        if one is None or other is None or one.identity != other.identity:
            return False
    return True


def _tells_apart(
    kind: KeyKind, items: Sequence[_Item], remembered: Mapping[str, Remembered], present: Collection[str]
) -> bool:
    """Whether no two items of different words share a key of this kind; `present` are those not among `items`."""
    contents: dict[str, str] = {}
    for item in items:
        if (key := item.keys.get(kind)) is None:
            continue
        if contents.setdefault(key, item.content) != item.content:
            return False
        known = remembered.get(key)
        if known is not None and known.identity in present and known.content != item.content:
            return False
    return True


class _Sorter:
    """Places the items of one document."""

    def __init__(
        self, feed: Feed, kind: KeyKind, remembered: Mapping[str, Remembered], present: frozenset[str]
    ) -> None:
        self.feed, self.kind, self.remembered = feed, kind, remembered
        self.taken = dict.fromkeys(present, "")
        self.new: list[Identified] = []
        self.edited: list[Identified] = []
        self.reidentified: list[Identified] = []
        self.repeated: list[Entry] = []
        self.items: dict[str, str] = {}
        self.known = 0

    def place(self, item: _Item) -> None:
        key = item.key(self.kind)
        known = self.remembered.get(key)
        identity = known.identity if known is not None else _identity(self.feed.url, key)
        self._remember(item.entry, identity)
        if identity in self.taken:
            self.repeated.append(item.entry)
            return
        self.taken[identity] = key
        found = _identified(item, identity)
        if known is None:
            self.new.append(found)
        elif known.content != item.content:
            self.edited.append(found)
        else:
            self.known += 1

    def match_by_content(self) -> None:
        """Finds known articles among the new: by their words, else by canonical link or title and date."""
        matched = [(item, self._match(item)) for item in self.new]
        found = [(item, identity) for item, identity in matched if identity is not None]
        if len(found) <= MASS * len(self.new):
            return
        self.new = [item for item, identity in matched if identity is None]
        for item, identity in found:
            self.reidentified.append(replace(item, identity=identity))
            self._remember(item.entry, identity)

    def _match(self, item: Identified) -> str | None:
        for prefix in ("content:", "canonical:", "title:"):
            for key in item.keys:
                known = self.remembered.get(key) if key.startswith(prefix) else None
                if known is not None and known.identity not in self.taken:
                    self.taken[known.identity] = key
                    return known.identity
        return None

    def _remember(self, entry: Entry, identity: str) -> None:
        if entry.fingerprint:
            self.items[entry.fingerprint] = identity

    def result(self, fetched: Fetched, rejected: list[tuple[Entry, str]]) -> Sorted:
        warnings: tuple[str, ...] = ()
        if self.reidentified:
            warnings = (f"{self.feed.name} changed its ids: {len(self.reidentified)} known articles found by content",)
        return Sorted(
            new=tuple(self.new),
            edited=tuple(self.edited),
            reidentified=tuple(self.reidentified),
            rejected=(*rejected, *((entry, "repeats another item of the document") for entry in self.repeated)),
            known=fetched.count - len(fetched.entries) + self.known + len(self.reidentified),
            items={**fetched.known, **self.items},
            key=self.kind,
            reidentification=bool(self.reidentified),
            warnings=warnings,
        )


def _identified(item: _Item, identity: str) -> Identified:
    return Identified(
        entry=item.entry,
        identity=identity,
        keys=tuple(item.keys.values()),
        content=item.content,
        visible=item.visible,
    )


def _identity(feed: str, key: str) -> str:
    return hashlib.blake2b(f"{feed}\0{key}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
