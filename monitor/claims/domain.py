"""Whether an article is about chips at all, asked where nothing of the watchlists says so."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.model import Article

_PLANT = re.compile(r"\bplants?\b|\bfactor(?:y|ies)\b|工厂|工廠|厂(?![商家])|廠(?![商家])|工場|공장|\bwerk")
_PATTERN = re.compile(r"[\\[(?]")
"""What makes a line of the list a regular expression; the others are looked up as they stand, which is faster."""


def concerns(article: Article) -> bool:
    """Whether title or text hold one of the words of `languages/domain.txt`."""
    return _told(_lowered(article))


def makes(article: Article) -> bool:
    """Whether it is about chips, or about a plant."""
    text = _lowered(article)
    return _told(text) or _PLANT.search(text) is not None


def _lowered(article: Article) -> str:
    return f"{article.title}\n{article.text}".lower()


def _told(text: str) -> bool:
    plain, patterns = _words()
    return any(word in text for word in plain) or patterns.search(text) is not None


@cache
def _words() -> tuple[tuple[str, ...], re.Pattern[str]]:
    """The words that stand for themselves, and the others as one pattern."""
    text = files("monitor.claims").joinpath("languages/domain.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    plain = tuple(line for line in lines if not _PATTERN.search(line))
    return plain, re.compile("|".join(line for line in lines if _PATTERN.search(line)))
