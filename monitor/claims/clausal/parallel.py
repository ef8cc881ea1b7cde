"""Two companies side by side: "X earned $1.4bn on revenue of $10bn, Y $300 million on $14bn", "at Y it was …"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.frames import Bond, figure_kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.tokens import Token
    from monitor.claims.world import World


_MAKING = frozenset({"made", "make", "makes", "earned", "earn", "earns", "booked", "netted", "cleared"})
CARRIED = 10
"""Cost from which a bond goes on from another figure's word."""


def alike(figure: Token, bonds: Sequence[Bond], row: Sequence[Token]) -> Bond | None:
    """The word of the figure that has the same place beside the first company: what was earned, or "on" which sales."""
    kind = figure_kind(figure)
    if kind != "money":
        return None
    told = [b for b in bonds if figure_kind(b.figure) == kind and b.entry.metric != "growth" and b.cost < CARRIED]
    if len(told) < 2 or told[-1].trigger.verb or not _led_by_on(told[-1].trigger, row):
        return None
    first, on = told[-2:]
    between = row[on.figure.index + 1 : figure.index]
    parted = any(t.text in (",", ";") or t.has("boundary") for t in between)
    named = any(e.pos in ("noun", "trap") and kind in e.fits for t in between for e in t.entries)
    if first.entry.metric == on.entry.metric or named or not parted or not any(t.kind == "name" for t in between):
        return None
    like = on if _led_by_on(figure, row) else first
    return Bond(figure, like.trigger, like.entry, like.cost + CARRIED)


def made_on(bond: Bond | None, row: Sequence[Token]) -> Bond | None:
    """ "made $104 million on $1.6 billion": a profit, and the sales that it was made on."""
    if bond is None or bond.entry.metric not in ("profit", "revenue") or bond.trigger.text.lower() not in _MAKING:
        return bond
    after = row[bond.figure.index + 1 : bond.figure.index + 3]
    first = len(after) == 2 and after[0].text.lower() == "on" and figure_kind(after[1]) == "money"
    metric = "profit" if first else "revenue" if on_which(bond.figure, row) is not None else None
    if metric is None or metric == bond.entry.metric:
        return bond
    return replace(bond, entry=replace(bond.entry, metric=metric, id=f"{metric}:on:{bond.trigger.text.lower()}"))


def same_verb(bond: Bond | None, bonds: Sequence[Bond], clauses: Mapping[int, Clause]) -> Bond | None:
    """ "Samsung made a profit of 57 trillion won; SK Hynix made 37 trillion": the verb says the noun again."""
    last = bonds[-1] if bonds else None
    if (
        bond is None
        or last is None
        or not bond.trigger.verb
        or last.trigger.verb
        or last.figure.clause == bond.figure.clause
    ):
        return bond
    before, metric = clauses.get(last.figure.clause), bond.entry.metric
    verb = before.verb if before is not None else None
    alike = verb is not None and verb.text.lower() == bond.trigger.text.lower() and figure_kind(last.figure) == "money"
    if not alike or metric == last.entry.metric or figure_kind(bond.figure) not in last.entry.fits:
        return bond
    return Bond(bond.figure, bond.trigger, last.entry, bond.cost)


def _led_by_on(token: Token, row: Sequence[Token]) -> bool:
    return token.index > 0 and row[token.index - 1].text.lower() == "on"


def at_whom(clause: Clause, world: World) -> str | None:
    """ "at Samsung it was 71.5 trillion won": whose figure the pronoun stands for."""
    opening = [t for t in clause.tokens if not t.has("boundary", "and") and t.kind != "mark"][:3]
    if len(opening) < 3 or not opening[0].has("at") or not opening[2].has("pronoun") or opening[2].has("person"):
        return None
    name = opening[1]
    return name.entity if world.kind(name.entity) == "company" and not name.possessive else None


def on_which(figure: Token, row: Sequence[Token]) -> Token | None:
    """The figure before "on": "Intel $300 million |on| $13.6 billion", whose company is that of both."""
    if figure.index < 2 or not _led_by_on(figure, row):
        return None
    before = row[figure.index - 2]
    return before if before.kind == "figure" and figure_kind(before) == figure_kind(figure) else None
