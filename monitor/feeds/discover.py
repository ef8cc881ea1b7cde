"""The feeds that a web page names, or that usually stand beside it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from monitor.feeds.canonical import absolute
from monitor.model import Feed, Fetched, PollJob

if TYPE_CHECKING:
    from monitor.feeds.fetch.poller import HttpPoller
    from monitor.model import Failed

TYPES = {
    "application/rss+xml": "RSS",
    "application/atom+xml": "Atom",
    "application/rdf+xml": "RDF",
    "application/feed+json": "JSON Feed",
    "application/json": "JSON",
    "text/xml": "XML",
    "application/xml": "XML",
}
GUESSES = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json")
PAGE = 1 << 20
MOST = 20

_LINK = re.compile(r"<link\b([^<>]*)>", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\b([^<>]*)>", re.IGNORECASE)
_BASE = re.compile(r"<base\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_FEEDISH = re.compile(r"(?:[/._-](?:feeds?|rss|atom)(?:[/._?-]|$)|\.(?:rss|atom|rdf)$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A feed that a page names, or one that was asked and is one."""

    url: str
    title: str | None = None
    kind: str = ""
    """RSS, Atom … as the page says; empty where it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What was found at a URL; `failed` says why nothing could be."""

    feeds: tuple[Candidate, ...] = ()
    failed: Failed | None = None


async def discover(poller: HttpPoller, url: str) -> Discovery:
    """The URL itself if it is a feed, else the feeds that its page names, else the usual places beside it that are."""
    result = await _poll(poller, url)
    if isinstance(result, Fetched):
        return Discovery(feeds=(Candidate(url=result.url or url, title=result.title),))
    page = await poller.page(url)
    if not isinstance(page, tuple):
        return Discovery(failed=page)
    address, markup = page
    named = candidates(markup, address)
    if named:
        return Discovery(feeds=named)
    found = []
    for guess in (urljoin(address, path) for path in GUESSES):
        result = await _poll(poller, guess)
        if isinstance(result, Fetched):
            found.append(Candidate(url=result.url or guess, title=result.title))
            break
    return Discovery(feeds=tuple(found))


async def _poll(poller: HttpPoller, url: str) -> object:
    return await poller.poll(PollJob(feed=Feed(url=url, name=url), url=url))


def candidates(markup: str, url: str) -> tuple[Candidate, ...]:
    """The feeds named by a page: `<link rel="alternate">` first, else links whose addresses look like feeds. Pure."""
    markup = markup[:PAGE]
    base = next((urljoin(url, tag["href"]) for tag in _tags(_BASE, markup) if tag.get("href")), url)
    found: dict[str, Candidate] = {}
    for tag in _tags(_LINK, markup):
        kind = TYPES.get(tag.get("type", "").partition(";")[0].strip().lower())
        rels = tag.get("rel", "").lower().split()
        if kind is None or not ({"alternate", "feed"} & set(rels)) or "stylesheet" in rels:
            continue
        if kind in {"JSON", "XML"} and not _FEEDISH.search(tag.get("href", "")):
            continue
        _add(found, base, tag.get("href", ""), tag.get("title") or None, kind)
    if not found:
        host = urlsplit(url).hostname
        for tag in _tags(_ANCHOR, markup):
            target = absolute(base, tag.get("href", ""))
            if target and urlsplit(target).hostname == host and _FEEDISH.search(urlsplit(target).path):
                _add(found, base, target, tag.get("title") or None, "")
    return tuple(found.values())[:MOST]


def _add(found: dict[str, Candidate], base: str, href: str, title: str | None, kind: str) -> None:
    target = absolute(base, href)
    if target is not None:
        found.setdefault(target, Candidate(url=target, title=title, kind=kind))


def _tags(pattern: re.Pattern[str], markup: str) -> list[dict[str, str]]:
    return [
        {
            name.lower(): html.unescape(double or single or bare).strip()
            for name, double, single, bare in _ATTRIBUTE.findall(found[1])
        }
        for found in pattern.finditer(markup)
    ]
