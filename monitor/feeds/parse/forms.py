"""The elements of the plain forms of RSS 2.0 and Atom 1.0, by the names that expat gives them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIXES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
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
"""What these prefixes must stand for, where they are declared: `feedparser` goes by prefix in some places."""
UNPREFIXED = frozenset((PREFIXES["atom"], PREFIXES["wordpress"]))
"""What may be declared without a prefix."""


class Form(NamedTuple):
    """What a document of one kind may hold. Names of elements as expat gives them: `URI name`, or the name alone."""

    path: tuple[str, ...]
    """Elements around the items, the root first."""
    item: str
    fields: Mapping[str, str]
    """Element of an item -> what of an entry it is."""
    attributes: Mapping[str, frozenset[str]]
    """Field -> attributes that it may have; others may have none."""
    idle: frozenset[str]
    """Elements of an item that no field is made of; of text at most, but for the holders."""
    head: frozenset[str]
    """Elements beside the items; of text at most, but for the holders."""
    holders: Mapping[str, frozenset[str]]
    """Elements with elements in them, and which."""
    fed: Mapping[str, str]
    """Element beside the items -> what of the feed it is."""


def _name(text: str) -> str:
    prefix, _, name = text.rpartition(":")
    return f"{PREFIXES[prefix]} {name}" if prefix else name


def _names(text: str, default: str = "") -> frozenset[str]:
    return frozenset(_name(word if ":" in word or not default else f"{default}:{word}") for word in text.split())


_PICTURES = {
    _name("media:group"): _names("media:content media:thumbnail media:credit media:keywords media:rating"),
    _name("media:content"): _names("media:thumbnail media:credit media:keywords media:rating"),
}
_IDLE = _names(
    "slash:comments wfw:comment wfw:commentRss thr:total media:group media:thumbnail media:content media:credit"
    " media:keywords media:rating feedburner:origLink itunes:author itunes:duration itunes:explicit itunes:episode"
    " itunes:episodeType itunes:keywords itunes:image wordpress:post-id"
)

RSS = Form(
    path=("rss", "channel"),
    item="item",
    fields={
        "title": "title",
        "link": "link",
        "guid": "guid",
        "description": "description",
        "pubDate": "published",
        "source": "source",
        _name("content:encoded"): "content",
        _name("dc:date"): "updated",
    },
    attributes={"guid": frozenset(("isPermaLink",)), "source": frozenset(("url",))},
    idle=_IDLE | _names("author category comments enclosure dc:creator dc:subject"),
    head=_names(
        "title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator"
        " docs ttl cloud image skipHours skipDays sy:updatePeriod sy:updateFrequency sy:updateBase atom:link"
        " feedburner:info wordpress:site"
    ),
    holders={
        **_PICTURES,
        "image": _names("url title link width height description"),
        "skipHours": _names("hour"),
        "skipDays": _names("day"),
    },
    fed={"title": "title", "language": "language"},
)
_PERSON = _names("name uri email", "atom")
_TYPED = frozenset(("type",))
ATOM = Form(
    path=(_name("atom:feed"),),
    item=_name("atom:entry"),
    fields={
        _name("atom:title"): "title",
        _name("atom:id"): "guid",
        _name("atom:summary"): "description",
        _name("atom:content"): "content",
        _name("atom:published"): "published",
        _name("atom:updated"): "updated",
    },
    attributes={"title": _TYPED, "description": _TYPED, "content": _TYPED},
    idle=_IDLE | _names("author contributor category rights", "atom"),
    head=_names("title subtitle link id updated author contributor category generator icon logo rights", "atom")
    | _names("sy:updatePeriod sy:updateFrequency sy:updateBase feedburner:info"),
    holders={**_PICTURES, _name("atom:author"): _PERSON, _name("atom:contributor"): _PERSON},
    fed={_name("atom:title"): "title"},
)
LINK = _name("atom:link")
"""An entry's link stands in its attributes."""
