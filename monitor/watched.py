"""A desk that watches less than the shipped packs still understands all of them.

Who owns a figure can only be told where every company of the sentence is known: with the chips alone on its list, a
desk must still see that Alibaba shipped the Zhenwu. So articles are read with everything that is shipped, and what the
desk does not watch is set aside afterwards: it makes no mention, and no claim of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.mentions import shipped_watchlist, shipped_watchlists

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from monitor.analysis import Reader
    from monitor.mentions import Watchlist
    from monitor.model import Article, Claim, Entity, Reading

    Extract = Callable[[Article, Reading, Mapping[str, Entity]], tuple[Claim, ...]]


@dataclass(frozen=True, slots=True)
class Watched:
    """What a desk watches, and all that it reads with."""

    lists: tuple[Watchlist, ...]
    """The desk's own, then the shipped ones that it does not use."""
    entities: frozenset[str]
    """Ids that the desk watches."""
    everything: bool
    """Nothing that it reads with is unwatched."""

    @classmethod
    def of(cls, watchlists: tuple[Watchlist, ...]) -> Watched:
        """From the watchlists of the file."""
        names = {watchlist.name for watchlist in watchlists}
        unused = tuple(shipped_watchlist(name) for name in shipped_watchlists() if name not in names)
        ids = frozenset(spec.id for watchlist in watchlists for spec in watchlist.entities)
        return cls((*watchlists, *unused), ids, not unused)

    def reader(self, lexicon: Reader) -> Reader:
        """Gives mentions of watched entities; other names are actors, as those that only claims know."""
        return lexicon if self.everything else _WatchedReader(lexicon, self.entities)

    def extractor(self, extract: Extract) -> Extract:
        """Gives claims that have a watched subject or product."""
        if self.everything:
            return extract

        def watched(article: Article, reading: Reading, entities: Mapping[str, Entity]) -> tuple[Claim, ...]:
            claims = extract(article, reading, entities)
            return tuple(claim for claim in claims if {claim.subject, claim.product} & self.entities)

        return watched


@dataclass(frozen=True, slots=True)
class _WatchedReader:
    lexicon: Reader
    entities: frozenset[str]

    def read(self, article: Article) -> Reading:
        reading = self.lexicon.read(article)
        kept = tuple(mention for mention in reading.mentions if mention.entity in self.entities)
        others = tuple(mention for mention in reading.mentions if mention.entity not in self.entities)
        return replace(reading, mentions=kept, actors=(*reading.actors, *others))
