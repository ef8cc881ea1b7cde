"""The plain keyword rule: the first article of each story that matches a watchlist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alerts.model import Alert
from monitor.rules.build import source_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime, timedelta

    from monitor.model import Article, Entity, Reading, Rule


def matching(rules: Iterable[Rule], reading: Reading, entities: Mapping[str, Entity]) -> list[tuple[Rule, str]]:
    """Keyword rules whose watchlist the article matches, each with the words that made it match."""
    words: dict[str, str] = {}
    for hit in reading.hits:
        words.setdefault(hit.watchlist, f"query {hit.query}")
    for mention in reading.mentions:
        if entity := entities.get(mention.entity):
            words.setdefault(entity.watchlist, f"names {entity.name}")
    return [(rule, words[rule.watchlist]) for rule in rules if rule.watchlist in words]


def alert_of(rule: Rule, words: str, *, story: str, article: Article, outlet: str, at: datetime) -> Alert:
    """Once a story: the key is the rule's with the story's."""
    return Alert(
        key=f"watchlist.{rule.name}:{story}",
        created=article.seen or at,
        severity=rule.severity,
        rule=rule.name,
        change="matched",
        reason=f"first article of its story that matches watchlist {rule.watchlist}: {words}",
        title=article.title,
        evidence=article.title,
        url=article.url,
        article=article.id,
        batch=article.batch,
        tags=tuple(dict.fromkeys((*rule.tags, *article.tags))),
        sources=(source_of(article, outlet, at, official=article.record is not None),),
    )


def held(rule: Rule, article: Article, at: datetime, max_age: timedelta, alerted: Collection[str]) -> str | None:
    """Why the article raises no keyword alert of the rule."""
    if rule.name in alerted:
        return "its story has been alerted"
    if article.garbled:
        return "the text came garbled"
    if article.published is None:
        return "undated in a first fetch" if article.batch is not None else None
    age = (article.seen or at) - article.published
    return "too old when first seen" if age > (rule.max_age or max_age) else None
