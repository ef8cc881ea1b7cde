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


def trade(metric: str, text: str) -> bool:
    """Whether a text holds a word of `languages/trade.txt`; of a plant's production also that it is a plant's."""
    return _trade().search(text) is not None or (metric == "mass_production" and _PLANT.search(text) is not None)


_PLANT = re.compile(
    r"\bplants?\b|\bfactor(?:y|ies)\b|工厂|工廠|厂(?![商家])|廠(?![商家])|工場|공장|\bwerk", re.IGNORECASE
)


@cache
def _trade() -> re.Pattern[str]:
    return re.compile("|".join(_lines("trade.txt")), re.IGNORECASE)


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _lines("domain.txt"))), re.IGNORECASE)


def _lines(name: str) -> list[str]:
    lines = files("monitor.claims").joinpath("languages", name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
