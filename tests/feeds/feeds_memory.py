"""What the store remembers of a feed's entries, in a dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.feeds import identity
from monitor.model import Entry, Feed, Fetched, Identified, KeyKind, Remembered, Sorted, Validators

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

FEED = Feed(url="https://w.example/feed", name="Wire")


class Memory:
    """Keeps all that a sort gives, as the store does."""

    def __init__(self) -> None:
        self.keys: dict[str, str] = {}
        self.contents: dict[str, str] = {}
        self.items: Mapping[str, str] = {}
        self.key: KeyKind | None = None

    def recall(self, keys: Collection[str]) -> Mapping[str, Remembered]:
        return {
            key: Remembered(identity=self.keys[key], content=self.contents[self.keys[key]])
            for key in keys
            if key in self.keys
        }

    def count(self) -> int:
        return len(self.contents)

    def keep(self, found: Sorted) -> None:
        for item in (*found.new, *found.edited, *found.reidentified):
            self._add(item)
        self.items, self.key = found.items, found.key

    def _add(self, item: Identified) -> None:
        self.contents[item.identity] = item.content
        self.keys.update(dict.fromkeys(item.keys, item.identity))

    def see(self, entries: Sequence[Entry], *, feed: Feed = FEED, cut: bool = False) -> Sorted:
        """Sorts a document and keeps the outcome; `cut`: known fingerprints are left out, as the parser does."""
        known = {e.fingerprint: self.items[e.fingerprint] for e in entries if cut and e.fingerprint in self.items}
        unseen = tuple(e for e in entries if e.fingerprint not in known)
        fetched = Fetched(
            entries=unseen, known=known, count=len(entries), validators=Validators(), body_hash="", url=feed.url
        )
        found = identity.sort(feed, fetched, self, key=self.key)
        assert fetched.count == len(found.new) + len(found.edited) + found.known + len(found.rejected)
        self.keep(found)
        return found


def entry(n: int, **values: object) -> Entry:
    given: dict[str, object] = {
        "guid": f"g{n}",
        "link": f"https://w.example/{n}",
        "title": f"Headline {n}",
        "html": f"<p>Words of story number {n}</p>",
        "fingerprint": f"f{n}",
    }
    return Entry(**{**given, **values})  # type: ignore[arg-type]
