"""Sums told without their currency: "Net profit: 4.2 billion", "sales edged up to 90 million"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.frames import LARGEST_BARE, SMALLEST_BARE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.scene import Scene
    from monitor.claims.clausal.who.cast import Cast
    from monitor.claims.tokens import Token
    from monitor.claims.world import World

LEAST = 1_000_000
"""A sum of a company's books without a currency is at least a million."""
_SUMS = frozenset({"revenue", "profit"})
_CURRENCIES = {
    "US": "USD", "CN": "CNY", "KR": "KRW", "TW": "TWD", "JP": "JPY", "NL": "EUR", "DE": "EUR", "FR": "EUR", "GB": "GBP",
}  # fmt: skip
"""In which a country's companies report."""


def dress(scene: Scene, cast: Cast, world: World) -> None:
    """Gives bare sums of a profit or turnover the currency of the article's last sum, else of the company's country."""
    sums = [t for t in scene.row if t.figure is not None and t.figure.kind == "money"]
    for figure in scene.row:
        quantity = figure.figure
        if quantity is None or quantity.kind != "bare" or quantity.vague:
            continue
        if sums and quantity.kind == "bare" and _was(figure, scene.row):
            figure.figure = replace(quantity, kind="money", unit=sums[0].figure.unit if sums[0].figure else "")
            continue
        large = bool(sums) and abs(quantity.value) > LARGEST_BARE
        if abs(quantity.value) < LEAST or (not large and not _of_books(figure, scene, named=bool(sums))):
            continue
        currency = (
            sums[-1].figure.unit if sums and sums[-1].figure else world.currency or _home(figure, scene, cast, world)
        )
        if currency:
            figure.figure = replace(quantity, kind="money", unit=currency)
    if sums and sums[-1].figure is not None:
        world.currency = sums[-1].figure.unit


def _was(figure: Token, row: Sequence[Token]) -> bool:
    """ "... at 9,000 yuan each; last year it was 12,000": the same as before."""
    before = row[max(0, figure.index - 2) : figure.index]
    return (
        len(before) == 2
        and before[0].text.lower() == "it"
        and before[1].has("be")
        and abs_value(figure) >= SMALLEST_BARE
    )


def abs_value(figure: Token) -> float:
    return abs(float(figure.figure.value)) if figure.figure else 0.0


def _of_books(figure: Token, scene: Scene, *, named: bool) -> bool:
    """Whether a noun of the books stands in the clause; one that may count pieces ("sales") only beside other sums."""
    for token in scene.row:
        if token.clause != figure.clause:
            continue
        nouns = [e for e in token.entries if e.pos == "noun" and e.metric in _SUMS and "money" in e.fits]
        counts = any("bare" in e.fits or "units" in e.fits for e in token.entries)
        if nouns and (named or not counts):
            return True
    return False


def _home(figure: Token, scene: Scene, cast: Cast, world: World) -> str:
    clause = next((c for c in scene.clauses if c.number == figure.clause), None)
    company = (cast.clause_subject(clause).entity if clause is not None else None) or world.company
    known = world.entities.get(company) if company else None
    return _CURRENCIES.get(known.country or "", "") if known is not None else ""
