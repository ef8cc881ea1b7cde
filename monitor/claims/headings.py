"""Lists under a heading: "Cards sold in 2025, by maker:", then "Hygon: 90,000"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.lexicon import Entry
    from monitor.claims.tokens import Token
    from monitor.claims.world import World

_SHORT = 3
"""Tokens that may stand before the figure of an item: a bullet, a name, a colon."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a line that ends in a colon says of the items below it."""

    entries: tuple[Entry, ...]
    product: str | None
    period: Token | None
    unit: str


def heading(row: Sequence[Token], world: World) -> Heading | None:
    """The heading that a row without figures is, if it holds a word of a metric."""
    if len(row) < 3 or row[-1].text != ":" or any(t.kind == "figure" for t in row):
        return None
    for token in reversed(row):
        entries = tuple(e for e in token.entries if e.metric and e.fits and e.pos in ("noun", "verb"))
        if entries:
            thing = next((t.entity for t in row if world.is_thing(t.entity)), None)
            period = next((t for t in row if t.period is not None), None)
            wafers = any(t.text.lower().startswith("wafer") for t in row)
            return Heading(entries, thing, period, "wafers" if wafers else "")
    return None


def entry_for(above: Heading, kind: str) -> Entry | None:
    """The reading of the heading's word that holds such figures; a bare one may count units or wafers."""
    wanted = {kind} if kind != "bare" else {"bare", "units", "wafers"}
    return next((e for e in above.entries if wanted & e.fits), None)


def is_item(row: Sequence[Token]) -> bool:
    """Whether a row is a name with its figure and nothing else."""
    figures = [t for t in row if t.kind == "figure"]
    names = [t for t in row if t.kind == "name"]
    return (
        len(figures) == 1 and len(names) == 1 and names[0].index < figures[0].index <= _SHORT
        and not any(t.verb or (t.kind == "word" and t.index < figures[0].index) for t in row)
    )  # fmt: skip
