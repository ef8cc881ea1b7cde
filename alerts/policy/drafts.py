"""Alerts that go to one channel now -> messages, every alert in exactly one."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from alerts.model import Draft
from alerts.policy.decide import rank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from alerts.model import Alert
    from alerts.policy.decide import Send

BURST = 5
"""More root messages than this waiting for one channel are folded."""
FOLD = 20
"""Alerts in one folded message at most; also how many of the first fetches stand in the root message."""
FOLD_DIGITS = 1_500
"""Characters of figures in one folded message at most, so that its fallback text stays under 4,000 (chat.update)."""


def drafts(items: Sequence[tuple[Alert, Send]]) -> list[Draft]:
    """Messages for the alerts that go to one channel now, none of them in a thread: every alert in exactly one."""
    batches = [alert for alert, send in items if alert.batch is not None and not send.digest]
    digest = [alert for alert, send in items if send.digest]
    single = [alert for alert, send in items if alert.batch is None and not send.digest]
    made = [draft for batch in _grouped(batches, lambda a: a.batch or "") for draft in _batch(batch)]
    made += [Draft(kind="digest", alerts=part, total=len(digest)) for part in chunks(digest)]
    articles = by_article(single)
    if len(articles) > BURST:
        return made + [Draft(kind="fold", alerts=part) for part in chunks(single)]
    return made + [Draft(kind="alert", alerts=part) for article in articles for part in chunks(article)]


def _batch(alerts: Sequence[Alert]) -> list[Draft]:
    batch = alerts[0].batch
    if len({alert.article for alert in alerts}) == 1 and len(alerts) <= BURST:
        return [Draft(kind="alert", alerts=tuple(alerts), batch=batch)]
    first, *rest = chunks(alerts)
    root = Draft(kind="batch", alerts=first, batch=batch, total=len(alerts))
    return [root, *(Draft(kind="rest", alerts=part, batch=batch) for part in rest)]


def by_article(alerts: Iterable[Alert]) -> list[list[Alert]]:
    """The alerts of each article, in the order of the first."""
    return _grouped(alerts, lambda alert: alert.article)


def _grouped(alerts: Iterable[Alert], key: Callable[[Alert], str]) -> list[list[Alert]]:
    """Groups in the order of their first alert."""
    order: dict[str, int] = {}
    ordered = sorted(alerts, key=lambda alert: order.setdefault(key(alert), len(order)))
    return [list(group) for _, group in groupby(ordered, key=key)]


def chunks(alerts: Sequence[Alert]) -> list[tuple[Alert, ...]]:
    """The alerts by severity, in parts that one message can name whole."""
    parts: list[list[Alert]] = []
    room = 0
    for alert in sorted(alerts, key=rank):
        size = sum(len(figure) + 2 for figure in alert.digits)
        if not parts or len(parts[-1]) == FOLD or size > room:
            parts.append([])
            room = FOLD_DIGITS
        parts[-1].append(alert)
        room -= size
    return [tuple(part) for part in parts]
