"""A feed cut into its items, so that what was read before need not be read again. Pure, on UTF-8 bytes.

A cut is made only where it provably changes nothing. `feedparser` reads an item the same wherever it stands, given the
same root element, as long as every document it is part of is well-formed; so:

* each item runs from `<item` to the next `</item>`, none inside another, and what lies between them and around them is
  kept as it is;
* markup is balanced on its own (CDATA, comments, processing instructions) in every piece outside the items and every
  item not seen before, so that each delimiter found is a delimiter; an item seen before was balanced then;
* an item is known only if the document that it was first seen in was well-formed, and under the same root element
  (namespaces in force are part of the fingerprint);
* nothing in the items reaches beyond them: no `xml:base` (feedparser 6 does not take it back where the feed has no URL)
  and no namespace declared but the usual ones under their usual names.

What is given to `feedparser` goes without the elements that none of our fields is made of. Whoever parses the cut
document checks that it is well-formed and has as many entries as were left in.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

MOST_ITEMS = 20_000
"""More is no feed to be clever about."""

_ROOT = re.compile(rb"<(rss|feed|rdf:RDF)(?=[\s>])[^<>]*>", re.IGNORECASE)
_CHANNEL = re.compile(rb"<channel(?=[\s>])[^<>]*>")
_OPENERS = re.compile(rb"<!\[CDATA\[|<!--|<\?")
_CLOSERS = {b"<![CDATA[": b"]]>", b"<!--": b"-->", b"<?": b"?>"}
_NAMESPACE = re.compile(
    rb"""\sxmlns(?:=(["'])(?:http://www\.w3\.org/1999/xhtml|com-wordpress:feed-additions:1)\1"""
    rb"""|:content=(["'])http://purl\.org/rss/1\.0/modules/content/\2"""
    rb"""|:dc=(["'])http://purl\.org/dc/elements/1\.1/\3"""
    rb"""|:media=(["'])http://search\.yahoo\.com/mrss/\4"""
    rb"""|:slash=(["'])http://purl\.org/rss/1\.0/modules/slash/\5"""
    rb"""|:wfw=(["'])http://wellformedweb\.org/CommentAPI/\6"""
    rb"""|:thr=(["'])http://purl\.org/syndication/thread/1\.0\7)"""
)
_BALLAST = re.compile(
    rb"""<(lastBuildDate|pubDate|ttl|generator|docs|copyright|managingEditor|webMaster|link|id|updated|rights|icon|logo"""
    rb"""|category|subtitle|description|sy:updatePeriod|sy:updateFrequency|syn:updatePeriod|syn:updateFrequency)>"""
    rb"""(?:[^<]*|<!\[CDATA\[[^<\]]*\]\]>)</\1>\s*"""
    rb"""|<(?:atom:|atom10:)?link(?:\s+(?:href|rel|type|title)\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*/>\s*"""
)
_FORMS = re.compile(rb"<(?:image|textinput)\b", re.IGNORECASE)
"""Inside these feedparser minds every element."""
_INERT = re.compile(
    rb"""(<!\[CDATA\[.*?\]\]>)"""
    rb"""|<(category|comments|author|dc:creator|dc:subject|slash:comments|wfw:commentRss|wfw:comment|thr:total"""
    rb"""|media:credit|media:keywords|media:rating|itunes:duration|itunes:explicit|itunes:episodeType|itunes:keywords"""
    rb"""|feedburner:origLink|post-id)(?:\s[^<>]*)?>(?:[^<]*|\s*<!\[CDATA\[[^\]]*\]\]>\s*)</\2>"""
    rb"""|<(?:category|enclosure|media:thumbnail|media:content|itunes:image)\s[^<>]*/>""",
    re.DOTALL,
)
_BASE = re.compile(rb"[bB][aA][sS][eE]\s*=")


@dataclass(frozen=True, slots=True)
class Cut:
    """A document in pieces: `around[0]`, item 0, `around[1]`, item 1, … `around[-1]`."""

    around: Sequence[bytes]
    items: Sequence[bytes]
    fingerprints: Sequence[str]

    def unseen(self, known: Container[str]) -> list[int]:
        """Positions of the items that are not known by their fingerprint."""
        return [at for at, fingerprint in enumerate(self.fingerprints) if fingerprint not in known]

    def only(self, positions: Sequence[int]) -> bytes:
        """The document with these items alone."""
        return self._joined(self.around[0], {at: self.items[at] for at in positions})

    def slim(self, positions: Sequence[int]) -> bytes:
        """The same without elements that none of our fields is made of: half of the work of `feedparser`."""
        return self._joined(_without_ballast(self.around[0]), {at: _slim(self.items[at]) for at in positions})

    def _joined(self, head: bytes, items: Mapping[int, bytes]) -> bytes:
        pieces = [head]
        for at, piece in enumerate(self.around[1:]):
            if at in items:
                pieces.append(items[at])
            # A line break between two items says nothing, and costs the parser as much as a small element.
            if not piece.isspace():
                pieces.append(piece)
        return b"".join(pieces)

    def is_sound(self, positions: Sequence[int]) -> bool:
        """Whether what a cut rests on holds of these items and of all that stands around the items.

        Of the other items it was established when they were first read.
        """
        return (
            all(b"<" not in piece or _is_balanced(piece) for piece in self.around)
            and all(_is_balanced(self.items[at]) for at in positions)
            and _keep_to_themselves([self.items[at] for at in positions])
        )


def _without_ballast(head: bytes) -> bytes:
    """The head without plain elements that say nothing of the items and leave no trace in the parser.

    Reading them costs as much as reading an item; title and language stay, `hints.py` takes the rest from the bytes.
    """
    root = _ROOT.search(head)
    if root is None or b"<!--" in head or b"<?" in head[root.end() :]:
        return head
    return head[: root.end()] + _BALLAST.sub(b"", head[root.end() :])


def _slim(item: bytes) -> bytes:
    """The item without elements that no field of an entry is made of; they are a third of the work."""
    if _FORMS.search(item):
        return item
    return _INERT.sub(_kept, item)


def _kept(found: re.Match[bytes]) -> bytes:
    return found[1] or b""


def cut(body: bytes) -> Cut | None:
    """The document's items, or None where it cannot be cut."""
    root = _ROOT.search(body)
    if root is None:
        return None
    pieces = _split(body, b"entry" if root[1].lower() == b"feed" else b"item")
    if pieces is None:
        return None
    around, items = pieces
    if root.end() > len(around[0]):
        return None
    channel = _CHANNEL.search(around[0], root.end())
    doctype = max(body.find(b"<!DOCTYPE", 0, root.start()), 0)
    context = (body[doctype : root.start()] if doctype else b"") + root[0] + (channel[0] if channel else b"")
    key = hashlib.blake2b(context, digest_size=16).digest()
    fingerprints = [hashlib.blake2b(item, digest_size=12, key=key).hexdigest() for item in items]
    return Cut(around, items, fingerprints)


def _split(body: bytes, name: bytes) -> tuple[list[bytes], list[bytes]] | None:
    open_tag, close_tag = b"<" + name, b"</" + name + b">"
    if not 1 <= body.count(close_tag) <= MOST_ITEMS:
        return None
    parts = body.split(close_tag)
    if _find(parts[-1], open_tag, 0) >= 0:
        return None
    around, items = [], []
    for part in parts[:-1]:
        start = part.find(open_tag)
        # Nearly always there is one; only otherwise the names are looked at.
        if part.find(open_tag, start + 1) >= 0:
            start = _only(part, open_tag)
        if start < 0 or not part.startswith(_ENDS, start + len(open_tag)):
            return None
        around.append(part[:start])
        items.append(part[start:] + close_tag)
    around.append(parts[-1])
    return around, items


def _only(part: bytes, open_tag: bytes) -> int:
    """Where the only opening tag stands; -1 if there are more, or none."""
    start = _find(part, open_tag, 0)
    return -1 if start >= 0 and _find(part, open_tag, start + 1) >= 0 else start


def _find(part: bytes, open_tag: bytes, at: int) -> int:
    """The next opening tag; those whose names only begin like it (`<items>` of RSS 1.0) are passed over."""
    while (at := part.find(open_tag, at)) >= 0:
        end = at + len(open_tag)
        if part.startswith(_ENDS, end):
            return at
        at = end
    return -1


_ENDS = (b">", b"/", b" ", b"\n", b"\t", b"\r")


def _keep_to_themselves(items: list[bytes]) -> bool:
    whole = b"".join(items)
    if b"xmlns" in whole and whole.count(b"xmlns") != len(_NAMESPACE.findall(whole)):
        return False
    # The expression looks at every byte in turn: only where there is something to be found.
    return b"base" not in whole.lower() or _BASE.search(whole) is None


def _is_balanced(piece: bytes) -> bool:
    """Every CDATA section, comment and instruction that starts here ends here, and none ends that did not start."""
    if b"<!--" not in piece and b"<?" not in piece:
        *sections, rest = piece.split(b"]]>")
        if b"<![CDATA[" not in rest and all(section.count(b"<![CDATA[") == 1 for section in sections):
            return True
    at = 0
    while (found := _OPENERS.search(piece, at)) is not None:
        if piece.find(b"]]>", at, found.start()) >= 0:
            return False
        close = piece.find(_CLOSERS[found[0]], found.end())
        if close < 0:
            return False
        at = close + len(_CLOSERS[found[0]])
    return piece.find(b"]]>", at) < 0
