"""Send now or hold until later, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from alerts.model import SEVERITIES, Digest
from alerts.policy.hours import next_digest, quiet_until

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alerts.model import Alert, Delivering, Route, Silence, Waiting

GATHER = timedelta(seconds=30)
"""The message of the first fetches waits this long after its newest alert, unless all are in earlier."""
LAST_DIGEST = Digest(cron="0 8 * * *")
"""When an alert that its rule holds back goes out by a route without a digest."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Not before `until`. `silent`: it is only being gathered and is shown as pending."""

    until: datetime
    reason: str
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Send:
    """Now; in the channel's digest or on its own."""

    digest: bool = False


Decision = Hold | Send


def rank(alert: Alert) -> int:
    """0 is the most severe."""
    return SEVERITIES.index(alert.severity)


def silenced(alert: Alert, silence: Silence, now: datetime) -> bool:
    """Every matcher that the silence has must fit; one without any fits all."""
    if not silence.created <= now < silence.expires:
        return False
    words = f"{alert.title}\n{alert.evidence}".casefold()
    return (
        (silence.rule is None or silence.rule == alert.rule)
        and (silence.tag is None or silence.tag in alert.tags)
        and (silence.text is None or silence.text.casefold() in words)
    )


def decide(item: Waiting, channel: str, delivering: Delivering, silences: Iterable[Silence], now: datetime) -> Decision:
    """Whether the alert goes to the channel now. Of several routes to one channel the earliest counts."""
    alert = item.alert
    if item.released:
        return Send()
    for silence in silences:
        if silenced(alert, silence, now):
            return Hold(silence.expires, f"silenced by {silence.author}: {silence.reason}")
    routes = [route for route in delivering.routes if channel in route.to and route.takes(alert)]
    decisions = [_by_route(item, route, now) for route in routes]
    if sends := [decision for decision in decisions if isinstance(decision, Send)]:
        return _gathered(item, now) or min(sends, key=lambda send: send.digest)
    holds = [decision for decision in decisions if isinstance(decision, Hold)]
    return min(holds, key=lambda hold: hold.until, default=None) or _gathered(item, now) or Send()


def _by_route(item: Waiting, route: Route, now: datetime) -> Decision:
    alert, quiet = item.alert, route.quiet
    digest = route.digest or (LAST_DIGEST if alert.hold else None)
    if digest is not None:
        due = next_digest(digest, item.since)
        if due > now:
            return Hold(due, alert.hold or "for the digest")
    pierces = quiet is not None and quiet.pierce is not None and rank(alert) <= SEVERITIES.index(quiet.pierce)
    if quiet is not None and not pierces and (until := quiet_until(quiet, now)):
        return Hold(until, f"quiet hours until {quiet.end} {quiet.zone}")
    return Send(digest=digest is not None)


def _gathered(item: Waiting, now: datetime) -> Hold | None:
    if item.alert.batch is None or item.batch_closed or item.batch_newest is None:
        return None
    ready = item.batch_newest + GATHER
    return None if ready <= now else Hold(ready, "gathering the first fetches", silent=True)
