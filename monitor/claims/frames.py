"""A figure with the word that holds it, and the kinds of figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.claims.lexicon import Entry
    from monitor.claims.tokens import Token

FITS: dict[str, frozenset[str]] = {
    "count": frozenset({"units", "wafers", "entities", "people", "other"}),
}
LARGEST_BARE = 500_000_000
"""Above it a number without a unit is money, or anything but chips."""
SMALLEST_BARE = 100
"""Below it a number without a unit is no count of chips."""


@dataclass(frozen=True, slots=True)
class Bond:
    """A figure and what holds it."""

    figure: Token
    trigger: Token
    entry: Entry
    cost: int
    reversed: bool = False
    """The figure stands before its word."""
    change: int = 0
    """Of `growth`: its direction."""

    @property
    def sign(self) -> int:
        return self.change or self.entry.sign


def figure_kind(token: Token) -> str:
    """`money`, `percent`, `multiple` ... ; of counts the unit: `units`, `wafers`, `entities`, `people`, `other`."""
    quantity = token.figure
    if quantity is None:
        return ""
    if quantity.kind == "count":
        return quantity.unit if quantity.unit in FITS["count"] else "other"
    if quantity.kind == "length":
        return "nm" if quantity.unit == "nm" else "length"
    return quantity.kind
