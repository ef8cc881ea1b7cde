"""Articles that tell of no event of their own by what they call themselves: explainers and round-ups."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.model import Article

_EXPLAINER = re.compile(
    r"\bexplain(?:er|ed)\b|\bhow to read\b|\ba (?:primer|beginner'?s guide)\b|\bfor beginners\b|\bfaq\b|"
    r"\bwhat (?:is|are) an? [^?:]{3,40}\?|"
    r"一文(?:读|看|讀|带|帶)|科普|名词解释|名詞解釋|什么是|什麼是|懶人包|"
    r"よくわかる|とは何か|キーワード解説|란 무엇인가|뭐길래|무엇이길래|"
    r"^(?:kurz )?erklärt:|\bwas ist (?:eigentlich )?(?:ein|eine|das|der|die)\b",
    re.IGNORECASE,
)
_ROUNDUP = re.compile(
    r"^(?:sunday|saturday|friday|weekend|weekly|monthly|morning|evening) "
    r"(?:letter|digest|reading|briefing|notes?|round-?up|wrap|recap)\b|"
    r"\bround-?up\b|\b(?:the|a|our|this) (?:week|fortnight|month|quarter) in (?!which|a row)\w|"
    r"\bweek(?:ly)? in review\b|^the week that\b|^(?:seven days|a (?:week|month)) of\b|"
    r"[一本上]周(?:要闻|要聞|回顾|回顧|芯闻|芯聞|热点|熱點|大事)|周报|週報|周刊|"
    r"要闻(?:速览|汇总|回顾)?[:：]|早报[:：]|晚报[:：]|一周(?:$|[:：])|"
    r"今週の(?:半導体|チップ|ニュース|まとめ)|週間(?:まとめ|ニュース)|"
    r"주간 (?:브리핑|뉴스|동향|반도체)|한 주(?:의|간) |"
    r"\brückblick\b|\bwochenschau\b|^die woche (?:der|in|im)\b|\bchipwoche\b|\bpresseschau\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def stands_alone(title: str) -> bool:
    """Whether an article of this title calls itself an explainer or a round-up."""
    return bool(_EXPLAINER.search(title) or _ROUNDUP.search(title))


def alone(article: Article) -> str | None:
    """Why the article stands alone, in words; None for all others."""
    if _EXPLAINER.search(article.title):
        return "an explainer, as it calls itself"
    return "a round-up, as it calls itself" if roundup(article) else None


def roundup(article: Article) -> bool:
    """Whether it calls itself a round-up."""
    return _ROUNDUP.search(article.title) is not None
