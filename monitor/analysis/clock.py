"""The time that an article is judged by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.model import Article


def clock(article: Article) -> datetime:
    """The article's own time: published, but not after it was seen; of an undated one when it was seen."""
    times = [time for time in (article.published, article.seen) if time is not None]
    if not times:
        raise ValueError(f"article {article.id} has neither published nor seen")
    return min(times)
