"""To whom a counter credits a share: "IDC gives Huawei 44% of the market", "Omdia has Micron at 21%"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.tokens import Token
    from monitor.claims.world import World

_COUNTS = frozenset(
    {"credit", "credits", "credited", "put", "puts", "has", "had", "have", "sees", "saw", "pegs", "pegged", "hands",
     "handed", "places", "placed", "ranks", "shows", "showed"}
)  # fmt: skip


def credited(figure: Token, row: Sequence[Token], world: World) -> str | None:
    """The company between a verb of counting or giving and its figure, with at most "at", "on" or "with" between."""
    at = figure.index - 1
    if at > 1 and row[at].has("at", "on", "with"):
        at -= 1
    if at < 1:
        return None
    name, verb = row[at], row[at - 1]
    counts = verb.has("gives") or verb.text.lower() in _COUNTS
    known = name.kind == "name" and world.kind(name.entity) == "company" and not name.possessive
    return name.entity if known and counts else None
