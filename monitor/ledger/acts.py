"""Events without a number: which words name the same act, and which a further step."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

TIGHTENING = frozenset(
    {"tightened", "banned", "required", "refused", "revoked", "listed", "expanded", "imposed", "halted", "restricted"}
)
EASING = frozenset({"eased", "granted", "lifted", "exempted", "removed", "resumed", "relaxed"})
DELAYING = frozenset({"delayed", "suspended", "paused", "postponed", "withdrawn"})
STEPS = ("proposed", "announced", "committee", "passed", "signed", "in_force")
"""Of a rule or law, in order."""

ONE_DAY = timedelta(days=1)
LOOSE = timedelta(days=2)
"""Outlets name one decision by its announcement and by its taking effect; within this time these are one act."""


def direction(act: str | None) -> str | None:
    """Tightening, easing or delaying; None for a bare step or an unknown word."""
    for name, words in (("tighter", TIGHTENING), ("looser", EASING), ("later", DELAYING)):
        if act in words:
            return name
    return None


def same_act(metric: str, one: str | None, other: str | None, apart: timedelta, *, one_thing: bool = False) -> bool:
    """Whether two words can name one act, told `apart` from each other; a silent telling fits any.

    `one_thing`: both name the same thing controlled; within a day even opposite words are of one act, as outlets call
    a licence a grant or a requirement.
    """
    if one is None or other is None or one == other or (one_thing and apart <= ONE_DAY):
        return True
    if metric == "ipo":
        # The steps of a listing are weeks apart; within a day outlets name one step differently.
        return apart <= ONE_DAY
    if metric != "export_control":
        return apart <= LOOSE or _step(one) == _step(other)
    ways = direction(one), direction(other)
    if ways[0] and ways[1]:
        return ways[0] == ways[1]
    if _step(one) is not None and _step(other) is not None:
        return apart <= LOOSE and "proposed" not in {one, other}
    return apart <= LOOSE


def _step(act: str) -> int | None:
    return STEPS.index(act) if act in STEPS else None


def freshly_dated(dated: date | None, published: datetime, within: timedelta) -> bool:
    """Whether the article dates the act itself within the time before its publication."""
    return dated is not None and timedelta(0) <= published.date() - dated + timedelta(days=1) <= within + timedelta(
        days=1
    )
