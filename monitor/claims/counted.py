"""Figures that a noun phrase ties to a verb which is not the verb of their clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.frames import SMALLEST_BARE, Bond, figure_kind
from monitor.claims.metrics import COUNTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.claims.clauses import Clause
    from monitor.claims.lexicon import Entry
    from monitor.claims.tokens import Token
    from monitor.claims.world import World

_COUNTED = frozenset({"the number", "a number", "number", "the total", "a total", "the tally", "the count"})
_MADE = ("made", "built", "manufactured", "produced", "fabricated", "fabbed", "assembled", "packaged")
_BETWEEN = 6


def number_of(figure: Token, row: Sequence[Token], clauses: Mapping[int, Clause], world: World) -> Bond | None:
    """ "The number of chips that Nvidia has sold passed 600,000": what was done with them holds their number."""
    if figure_kind(figure) not in ("bare", "units") or figure.figure is None or figure.figure.value < SMALLEST_BARE:
        return None
    at = next((t.index for t in row[: figure.index] if t.text.lower() in _COUNTED), None)
    if at is None or at + 2 >= len(row) or not row[at + 1].has("of"):
        return None
    things = False
    for token in row[at + 2 : figure.index]:
        things = things or token.has("class:chipword") or world.is_thing(token.entity)
        entry = _counting(token) if things else None
        if entry is not None and _verb_between(token, figure, row) and token.clause in clauses:
            figure.clause = token.clause
            return Bond(figure, token, entry, 1)
    return None


def had_made(figure: Token, clause: Clause, row: Sequence[Token], world: World) -> Bond | None:
    """ "Meta will have 50,000 chips made": who has them made is whose production it is."""
    if figure_kind(figure) not in ("bare", "units", "wafers"):
        return None
    have = next((t for t in reversed(row[max(0, figure.index - 3) : figure.index]) if t.verb), None)
    if have is None or not have.has("sells") or not have.has("aux"):
        return None
    for token in row[figure.index + 1 : figure.index + _BETWEEN]:
        if token.text.lower() in _MADE:
            entry = next((e for e in token.entries if e.metric == "production"), None)
            return None if entry is None else Bond(figure, have, entry, 1)
        if token.verb or token.kind in ("mark", "period", "figure") or token.has("prep", "relative", "boundary"):
            if not token.has("of"):
                return None
    return None


def _counting(token: Token) -> Entry | None:
    if not any(e.pos == "verb" for e in token.entries):
        return None
    return next((e for e in token.entries if e.metric in COUNTS and "units" in e.fits and not e.object), None)


def _verb_between(done: Token, figure: Token, row: Sequence[Token]) -> bool:
    """Whether the clause's own verb, or the figure's bound as one ("passed 600,000"), follows what was done."""
    lead = figure.figure is not None and (
        bool(figure.figure.lead) or figure.figure.start < figure.figure.number_span[0]
    )
    return lead or any(t.verb or t.has("link", "rise", "fall", "past") for t in row[done.index + 1 : figure.index])
