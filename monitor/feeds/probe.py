"""What a feed or a file would give, before it is in anybody's list: `feeds test`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.feeds import identity, normalize
from monitor.feeds.fetch import body
from monitor.feeds.parse.errors import ParseError
from monitor.model import Article, Entry, Failed, Feed, Fetched, PollJob

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Iterable, Mapping
    from datetime import datetime

    from monitor.feeds.fetch.poller import HttpPoller
    from monitor.model import Remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What a source gives: its entries with their articles in document order, or why there are none.

    Entries that would not be stored are among `items` too, so that they are as many as the document has.
    """

    source: str
    items: tuple[tuple[Entry, Article], ...] = ()
    fetched: Fetched | None = None
    rejected: tuple[tuple[Entry, str], ...] = ()
    error: str | None = None

    def reason(self, entry: Entry) -> str | None:
        """Why one of the entries would not be stored; None if it would."""
        return next((reason for rejected, reason in self.rejected if rejected is entry), None)


class _NoMemory:
    """The memory of a feed never seen."""

    def recall(self, keys: Collection[str]) -> Mapping[str, Remembered]:
        return {}

    def count(self) -> int:
        return 0


async def probe(
    poller: HttpPoller, sources: Iterable[str], *, seen: datetime, feeds: Mapping[str, Feed] | None = None
) -> AsyncIterator[Probe]:
    """Reads URLs and files one after the other; `feeds` gives the settings of sources that are configured."""
    for source in sources:
        feed = (feeds or {}).get(source) or Feed(url=source, name=source)
        if source.lower().startswith(("http://", "https://")):
            result = await poller.poll(PollJob(feed=feed, url=feed.url))
        else:
            result = await _file(poller, Path(source), feed)
        if isinstance(result, Fetched):
            yield _probed(source, feed, result, seen)
        else:
            yield Probe(source=source, error=result.message if isinstance(result, Failed) else "nothing new")


async def _file(poller: HttpPoller, path: Path, feed: Feed) -> Fetched | Failed:
    try:
        raw = path.read_bytes()
        content = body.decode(raw, "", poller.network.max_body)
        return await poller.read(content, "", PollJob(feed=feed, url=""), url="")
    except OSError as error:
        return Failed(kind="connect", message=f"{path}: {error.strerror or error}")
    except (body.BodyError, ParseError) as error:
        return Failed(kind="parse", message=str(error))


def _probed(source: str, feed: Feed, fetched: Fetched, seen: datetime) -> Probe:
    found = identity.sort(feed, fetched, _NoMemory())
    stored = {id(item.entry): item for item in found.new}
    items = tuple(
        (entry, normalize.article(feed, stored.get(id(entry)) or identity.alone(feed, entry), fetched, seen=seen))
        for entry in fetched.entries
    )
    return Probe(source=source, items=items, fetched=fetched, rejected=found.rejected)


def record(source: str, entry: Entry, article: Article, mentions: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The JSON object of an entry in `feeds test --format json`; times as the feed gives them."""
    return {
        "feed": source,
        "id": entry.guid or entry.link or article.id,
        "url": article.url or entry.link,
        "title": article.title,
        "text": article.text,
        "published": _iso(entry.published),
        "updated": _iso(entry.updated),
        "outlet": article.outlet,
        "lang": article.language,
        "mentions": list(mentions),
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
