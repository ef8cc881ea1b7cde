"""Sentences that tell nothing by themselves, known before their words are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.rejoinder import UNTRUE

if TYPE_CHECKING:
    from monitor.claims.lexicon import Entry
    from monitor.claims.rows import Row
    from monitor.claims.world import World

_SEEN_IN_CLAUSES = frozenset(
    {
        "passive",
        "unknown",
        "modelname",
        "suminvested",
        "fromruler",
        "chipsof",
        "chipscounted",
        "intoname",
        "companybehind",
    }
)
"""What an entry may ask for that only the order of words tells."""


def may_tell(row: Row, world: World) -> bool:
    """Whether a sentence holds a figure or an act with what it asks for, repeats an act, or calls something untrue."""
    if world.act is not None or row.has_figure() or any(not UNTRUE.isdisjoint(t.cues) for t in row.known):
        return True
    acts = list(row.acts())
    return bool(acts) and (_goes_on(acts, world) or _held(acts, row, world))


def _goes_on(acts: list[Entry], world: World) -> bool:
    """ "It also added seven firms", "It will cost $25 billion": the rest was told in the sentence before."""
    return (world.entry is not None and any(e.act == "added" for e in acts)) or world.site


def _held(acts: list[Entry], row: Row, world: World) -> bool:
    there = row.classes_of_words() | _SEEN_IN_CLAUSES
    for token in row.known:
        there |= {f"metric:{entry.metric}" for entry in token.entries}
        if token.entity:
            there |= {f"entity:{world.kind(token.entity)}", f"entity:{token.entity}"}
        if token.has("product_pronoun"):
            there |= {"chipword"}
    return any(
        (not e.object or e.object & there)
        and (not e.also or e.also & there or (world.controlled and e.metric == "export_control"))
        for e in acts
    )
