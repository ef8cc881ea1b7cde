"""Whether an article is about chips at all, asked where only a country or a president is named in it."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.model import Article


def concerns(article: Article) -> bool:
    """Whether title or text hold one of the words of `languages/domain.txt`."""
    words = _words()
    return words.search(article.title) is not None or words.search(article.text) is not None


@cache
def _words() -> re.Pattern[str]:
    lines = files("monitor.claims").joinpath("languages/domain.txt").read_text("utf-8").splitlines()
    return re.compile("|".join(re.escape(line) for line in lines if line and not line.startswith("#")), re.IGNORECASE)
