"""The ways of Google News: opaque links, the outlet in the headline, neighbours in the text. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from monitor.model import Entry

HOST = "news.google.com"


def is_item(entry: Entry) -> bool:
    """Whether the item's link is an opaque one of Google News."""
    if not entry.link or HOST not in entry.link:
        return False
    try:
        return urlsplit(entry.link).hostname == HOST
    except ValueError:
        return False


def headline(title: str, outlet: str | None) -> str:
    """The headline without its " - Outlet" tail."""
    if outlet and title.endswith(f" - {outlet}"):
        return title[: -len(outlet) - 3].rstrip()
    return title
