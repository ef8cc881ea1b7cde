"""Whose text an article repeats."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from monitor.model import Article, Near
    from monitor.ports import Known

WINDOW = timedelta(days=14)
COPY = 0.6
"""Share of the shorter text's shingles from which on it is a copy."""
EDITED = 0.3
"""The same of two versions at one address."""
_FEW = 5
"""Fewer shared shingles say nothing, unless the whole of a short text is shared."""


def copied(article: Article, shingles: tuple[int, ...], outlet: str, at: datetime, known: Known) -> Near | None:
    """The earliest of the articles whose text this one repeats best; None where it repeats none."""
    if not shingles:
        return None
    near = known.copies(shingles, at - WINDOW, limit=12, share=EDITED)
    found = [(_share(n, len(shingles)), n) for n in near if n.article != article.id]
    kept = [(share, n) for share, n in found if _repeats(article, outlet, share, n, len(shingles))]
    return min(kept, key=lambda pair: (-round(pair[0], 1), pair[1].published, pair[1].article), default=(0, None))[1]


def _share(near: Near, size: int) -> float:
    return near.shared / min(near.total, size) if near.total else 0.0


def _repeats(article: Article, outlet: str, share: float, near: Near, size: int) -> bool:
    """Within one outlet only another version at the same address is a copy: templates repeat for different entries."""
    if near.outlet == outlet:
        return share >= EDITED and same_address(article.url, near.url)
    return share >= COPY and (near.shared >= _FEW or near.shared == near.total == size)


def same_address(one: str | None, other: str | None) -> bool:
    """Equal without query and fragment."""
    return bool(one and other) and _bare(one) == _bare(other)


def _bare(url: str | None) -> tuple[str, str]:
    parts = urlsplit(url or "")
    return parts.netloc.removeprefix("www."), parts.path.rstrip("/")


def versions(article: Article, outlet: str, near: Iterable[Near]) -> list[str]:
    """Ids of earlier articles of the outlet at the same address."""
    return [n.article for n in near if n.outlet == outlet and same_address(article.url, n.url)]
