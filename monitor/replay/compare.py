"""Two replays of the same articles: alerts that one set of rules adds, drops or changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.replay.engine import Event

_COMPARED = ("rule", "severity", "title", "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One alert under both sets of rules."""

    before: Event
    after: Event
    fields: tuple[str, ...]
    """What differs: `rule`, `severity`, `title`, `article`, `change`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """In the order in which the alerts were raised."""

    added: tuple[Event, ...]
    dropped: tuple[Event, ...]
    changed: tuple[Changed, ...]
    same: int


def difference(before: Iterable[Event], after: Iterable[Event]) -> Difference:
    """Compare the alerts of two replays; other events are not looked at."""
    old, new = _alerts(before), _alerts(after)
    pairs = [(old[key], new[key]) for key in new if key in old]
    changed = [Changed(before=o, after=n, fields=fields) for o, n in pairs if (fields := _differing(o, n))]
    return Difference(
        added=tuple(event for key, event in new.items() if key not in old),
        dropped=tuple(event for key, event in old.items() if key not in new),
        changed=tuple(changed),
        same=len(pairs) - len(changed),
    )


def _alerts(events: Iterable[Event]) -> dict[str, Event]:
    return {_identity(event["alert"]): event for event in events if event["event"] == "alert"}


def _identity(alert: str) -> str:
    """The alert's key without what thresholds alone decide: `new` or `record`."""
    fact, colon, change = alert.rpartition(":")
    return f"{fact}{colon}{'new' if change == 'record' else change}"


def _differing(before: Event, after: Event) -> tuple[str, ...]:
    fields = [name for name in _COMPARED if before[name] != after[name]]
    if before["alert"].rpartition(":")[2] != after["alert"].rpartition(":")[2]:
        fields.append("change")
    return tuple(fields)
