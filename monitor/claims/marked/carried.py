"""What is kept from sentence to sentence of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.claims.lexicon import Entry, Lexicon
    from monitor.claims.numbers.model import Quantity
    from monitor.claims.world import World
    from monitor.model import Article, Claim, Number


class Carried:
    """What was told and who was spoken of before."""

    def __init__(self, world: World, words: Lexicon, article: Article) -> None:
        self.world = world
        self.words = words
        self.article = article
        self.levels: set[tuple[str, str | None]] = set()
        """Metrics and subjects of the figures told so far."""
        self.status = ""
        """Of the last claim."""
        self.unnamed = False
        self.money: Quantity | None = None
        """The last sum of money."""
        self.told: Claim | None = None
        """The last claim."""
        self.bought = False
        """Whether a purchase was told with its price."""
        self.stranger = False
        """Whether somebody off the watchlists acted last."""
        self.listed = False
        """Whether a listing was told with its count."""
        self.outsider = False
        """Whether somebody else than the subject was cited last."""
        self.results: dict[str, tuple[Entry, Number, str]] = {}
        """Sales and profit told so far: their entry, figure and unit."""
