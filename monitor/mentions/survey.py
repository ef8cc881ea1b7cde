"""How often each term of the watchlists comes up in an archive, day by day, with samples to judge it by."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.text.fold import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from monitor.mentions.lexicon import Lexicon
    from monitor.model import Article, Mention

_AROUND = 40
"""Code points of context on either side of a sample."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermCount:
    """What a term, or a query, found."""

    entity: str | None
    """None for a query."""
    term: str
    """The name as found (case folded), or the text of the query."""
    articles: int
    days: Mapping[date | None, int]
    """Articles a day (UTC); None: undated."""
    samples: tuple[str, ...]


def survey(lexicon: Lexicon, articles: Iterable[Article], *, samples: int = 3) -> tuple[TermCount, ...]:
    """Count the articles in which each term is a mention and each query holds, the most frequent first."""
    days: defaultdict[tuple[str | None, str], Counter[date | None]] = defaultdict(Counter)
    shown: defaultdict[tuple[str | None, str], dict[str, None]] = defaultdict(dict)
    for article in articles:
        day = article.published.date() if article.published else None
        for key, sample in _found(lexicon, article).items():
            days[key][day] += 1
            if len(shown[key]) < samples:
                shown[key][sample] = None
    counts = [
        TermCount(entity=key[0], term=key[1], articles=counter.total(), days=dict(counter), samples=tuple(shown[key]))
        for key, counter in days.items()
    ]
    return tuple(sorted(counts, key=lambda count: (-count.articles, count.entity or "", count.term)))


def _found(lexicon: Lexicon, article: Article) -> dict[tuple[str | None, str], str]:
    """Terms and queries of an article, each with its first place."""
    reading = lexicon.read(article)
    found: dict[tuple[str | None, str], str] = {}
    for mention in reading.mentions:
        found.setdefault((mention.entity, folded(mention.text)), _sample(article, mention))
    for hit in reading.hits:
        found.setdefault((None, hit.query), article.title)
    return found


def _sample(article: Article, mention: Mention) -> str:
    text = article.title if mention.field == "title" else article.text
    before, after = text[max(0, mention.start - _AROUND) : mention.start], text[mention.end : mention.end + _AROUND]
    return " ".join(f"{before}[{mention.text}]{after}".split())
