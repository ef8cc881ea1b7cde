"""What an edited file would have caught: said at the reload, and applied to the past only on request."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.mentions import compile_lexicon
from monitor.rules import caring
from monitor.store.questions import Questions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from monitor.analysis import Desk
    from monitor.mentions import Watchlist
    from monitor.model import Rule
    from monitor.settings import Settings
    from monitor.store.db import Database

LOOK_BACK = timedelta(days=7)


def report(old: Settings, new: Settings, desk: Desk, database: Database, now: datetime) -> list[str]:
    """A line for each watchlist and rule that is new or changed: what the last seven days held for it."""
    lists = [found for found in new.watchlists if found not in old.watchlists]
    rules = [found for found in new.rules if found not in old.rules]
    if not lists and not rules:
        return []
    with database.reading() as sql:
        store = Questions(sql)
        lines = _lists(lists, store, now) if lists else []
        return lines + (_rules(rules, desk, store, now) if rules else [])


def _lists(lists: Sequence[Watchlist], store: Questions, now: datetime) -> list[str]:
    lexicons = {watchlist.name: compile_lexicon([watchlist]) for watchlist in lists}
    found: Counter[str] = Counter()
    for article in store.stored(now - LOOK_BACK):
        for name, lexicon in lexicons.items():
            reading = lexicon.read(article)
            found[name] += bool(reading.mentions or reading.hits)
    return [f"watchlist {name} would have matched {found[name]} articles in 7 days" for name in lexicons]


def _rules(rules: Sequence[Rule], desk: Desk, store: Questions, now: datetime) -> list[str]:
    claims = store.news_since(now - LOOK_BACK)
    lines = []
    for rule in rules:
        if rule.watchlist is None:
            count = sum(caring((rule,), claim, desk.entities) is not None for claim in claims)
            lines.append(f"rule {rule.name} would have matched {count} new facts in 7 days")
    return lines
