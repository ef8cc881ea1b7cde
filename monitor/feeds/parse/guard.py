"""What no XML parser should be given, found in linear time. Pure, on UTF-8 bytes.

expat 2.5 dies of a chain of 30,000 entities (CVE-2024-8176), and takes minutes for tags of 60,000 attributes;
feedparser's own removal of DOCTYPEs only knows those that start a line.
"""

from __future__ import annotations

import re

from monitor.feeds.parse.errors import ParseError

ATTRIBUTES = 300
"""On one tag."""
DEPTH = 200
COMMENTS = 2000
LONG_TAG = 4096
"""Bytes from one `<` to the next below which nothing is counted."""
LONGEST_TAG = 1 << 20
MANY_TAGS = 20_000
"""Below which no nesting costs much."""
MOST_TAGS = 500_000

_MISC = re.compile(rb"[^<]*<(?:(\?)|!(--)|!DOCTYPE(?=[\s\[>]))", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY\s+[\w.-]+\s+(?:\"(?:&#\w{1,8};|[^&%\"<]{0,64})\"|'(?:&#\w{1,8};|[^&%'<]{0,64})')\s*>")
_ATTRIBUTE = re.compile(rb"""=\s*["']""")
_CDATA = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_OPENING = re.compile(rb"<([/!?]?)[A-Za-z_\[-]")


def without_doctype(body: bytes) -> bytes:
    """The document without its DOCTYPE, unless that declares nothing but entities of plain text.

    References to what was cut stay in the text as they are: feedparser's forgiving parser keeps them.
    """
    start = _doctype(body)
    if start < 0:
        return body
    close = _doctype_end(body, start)
    subset = body[start:close]
    if b"<!ENTITY" in subset and not _ENTITY.sub(b"", subset).count(b"<!", 1) and b"%" not in subset:
        # One declaration a line, which is how feedparser knows them again.
        return body[:start] + subset.replace(b"<!ENTITY", b"\n<!ENTITY") + body[close:]
    keep = b"<!DOCTYPE netscape>\n" if b"netscape" in subset[:300].lower() else b""
    return body[:start] + keep + body[close:]


def _doctype(body: bytes) -> int:
    """Where the DOCTYPE stands before the first element; -1 if there is none."""
    at = 0
    while (found := _MISC.match(body, at)) is not None:
        if not found[1] and not found[2]:
            return body.index(b"<", at)
        close = body.find(b"?>" if found[1] else b"-->", found.end())
        if close < 0:
            break
        at = close + 2
    return -1


def _doctype_end(body: bytes, start: int) -> int:
    """Just after the DOCTYPE's `>`, quoted strings, comments and the bracketed subset skipped; else the end."""
    at, bracketed = start + 9, False
    token = re.compile(rb"[\"'\[\]>]|<!--")
    while (found := token.search(body, at)) is not None:
        mark, at = found[0], found.end()
        if mark == b">" and not bracketed:
            return at
        if mark == b"[":
            bracketed = True
        elif mark == b"]":
            bracketed = False
        elif mark != b">":
            end = b"-->" if mark == b"<!--" else mark
            close = body.find(end, at)
            if close < 0:
                break
            at = close + len(end)
    return len(body)


def check(body: bytes) -> None:
    """Raises ParseError for floods of attributes, comments, nested elements."""
    if body.count(b"<") > MOST_TAGS:
        raise ParseError("parse", f"more than {MOST_TAGS} tags")
    pieces = body.split(b"<")
    for piece in pieces:
        if len(piece) > LONG_TAG:
            _check_tag(piece)
    if body.count(b"<!--") + body.count(b"&lt;!--") > COMMENTS:
        raise ParseError("parse", f"more than {COMMENTS} comments")
    if len(pieces) > MANY_TAGS and _depth(body) > DEPTH:
        raise ParseError("parse", f"elements nested more than {DEPTH} deep")


def _check_tag(piece: bytes) -> None:
    end = piece.find(b">")
    if piece.startswith((b"!", b"?")):
        return
    if end < 0 or end > LONGEST_TAG:
        if len(piece) > LONGEST_TAG:
            raise ParseError("parse", f"a tag of more than {LONGEST_TAG} bytes")
        end = len(piece)
    if len(_ATTRIBUTE.findall(piece, 0, end)) > ATTRIBUTES:
        raise ParseError("parse", f"a tag with more than {ATTRIBUTES} attributes")


def _depth(body: bytes) -> int:
    """Deepest nesting; exact for well-formed XML."""
    depth = deepest = 0
    for found in re.finditer(rb"<(/?)[A-Za-z_][^<>]*?(/?)>", _CDATA.sub(b"", body)):
        if found[1]:
            depth -= 1
        elif not found[2]:
            depth += 1
            if depth > deepest:
                deepest = depth
                if deepest > DEPTH:
                    break
    return deepest
