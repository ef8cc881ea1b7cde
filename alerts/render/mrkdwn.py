"""Slack's mrkdwn: escaped text, bold, links. https://docs.slack.dev/messaging/formatting-message-text"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alerts.render.words import clean, web_url

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LOOKALIKES = {"*": "∗", "_": "＿", "~": "∼", "`": "ˋ"}
"""A pair of these is formatting, and mrkdwn has no escape for them."""
_CALLS = re.compile(r"<(?=[!@#])")


def escape(text: str, limit: int) -> str:
    """Cleaned and escaped, at most `limit` characters after escaping; an entity is never cut."""
    text = clean(text)
    marks = {mark: other for mark, other in _LOOKALIKES.items() if text.count(mark) > 1}
    room, parts = limit, list[str]()
    for part in (_ENTITIES.get(c) or marks.get(c, c) for c in text):
        room -= len(part)
        parts.append(part)
        if room < 0:
            return _shorten(parts, limit)
    return "".join(parts)


def _shorten(parts: list[str], limit: int) -> str:
    size = sum(map(len, parts))
    while parts and size > limit - 1:
        size -= len(parts.pop())
    return ("".join(parts).rstrip() + "…")[:limit] if limit > 0 else ""


def plain(text: str, limit: int) -> str:
    """For plain_text, which Slack does not parse; a call such as <!channel> does not even look like one."""
    text = _CALLS.sub("‹", clean(text))
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def bold(text: str, limit: int) -> str:
    inner = escape(text, limit - 2)
    return f"*{inner}*" if inner else ""


def link(url: str | None, text: str, limit: int) -> str:
    """A link, or the text alone where the URL cannot be one; `limit` counts the text, not the URL."""
    safe = web_url(url)
    shown = escape(text, limit).replace("|", "¦")
    return f"<{safe.replace('&', '&amp;')}|{shown}>" if safe and shown else shown


def highlighted(text: str, span: tuple[int, int] | None, limit: int) -> str:
    """The text with the code points of `span` in bold, clipped around them, at most `limit` characters.

    Slack takes an asterisk for formatting only at the edge of a word, so that one between Chinese characters gets a
    space, as typographers put it between Chinese and Latin.
    """
    if span is None or not 0 <= span[0] < span[1] <= len(text) or not clean(text[span[0] : span[1]]):
        return escape(text, limit)
    before, figure, after = text[: span[0]], text[span[0] : span[1]], text[span[1] :]
    middle = bold(figure, min(300, limit // 2))
    room = (limit - len(middle) - 4) // 2
    left, right = _left(before, figure, room), _right(after, figure, room)
    return f"{left}{middle}{right}"


def _left(before: str, figure: str, room: int) -> str:
    text = clean(before)
    shown = escape(text, 1_000_000)
    if len(shown) > room:
        shown = "…" + "".join(_whole_from_end(text, room - 1)).lstrip()
    return shown + _gap(before, figure, text[-1:])


def _whole_from_end(text: str, room: int) -> list[str]:
    parts: list[str] = []
    for c in reversed(text):
        part = _ENTITIES.get(c, _LOOKALIKES.get(c, c))
        room -= len(part)
        if room < 0:
            break
        parts.append(part)
    return parts[::-1]


def _right(after: str, figure: str, room: int) -> str:
    text = clean(after)
    return _gap(figure, after, text[:1]) + escape(text, room)


def _gap(left: str, right: str, neighbour: str) -> str:
    spaced = left[-1:].isspace() or right[:1].isspace()
    tight = bool(neighbour) and (neighbour.isalnum() or not neighbour.isascii())
    return " " if neighbour and (spaced or tight) else ""


def pieces(lines: Iterator[str], limit: int) -> list[str]:
    """Lines joined into texts of at most `limit` characters; no line is longer than that."""
    texts: list[str] = []
    for line in lines:
        if texts and len(texts[-1]) + 1 + len(line) <= limit:
            texts[-1] += "\n" + line
        else:
            texts.append(line)
    return texts
