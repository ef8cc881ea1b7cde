"""An entry made comparable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.model.feeds import Trust

Field = Literal["title", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An entry made comparable: clean text, canonical URL, language, times in UTC."""

    id: str
    title: str
    text: str
    language: str | None = None
    published: datetime | None = None
    outlet: str | None = None
    url: str | None = None
    seen: datetime | None = None
    """When it was first seen; replay: its `published`."""
    feed: str | None = None
    """URL of the feed; None in `extract` and `replay`."""
    trust: Trust | None = None
    record: str | None = None
    garbled: bool = False
    version: int = 1
    """Counts edits; the first telling is 1."""
    tags: tuple[str, ...] = ()
    batch: str | None = None
    """Of a feed's first fetch: the batch whose alerts share a message; such an article alerts only if it is dated."""
