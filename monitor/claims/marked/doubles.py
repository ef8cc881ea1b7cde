"""Claims that say less than another of the same article: a purchase without its price."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.draft import Drawn


def without_doubles(drawn: Sequence[Drawn]) -> list[Drawn]:
    """The claims without purchases whose price is told too."""
    bought = {(d.claim.subject, d.claim.status) for d in drawn if d.claim.metric == "deal"}
    return [d for d in drawn if d.claim.metric != "acquisition" or (d.claim.subject, d.claim.status) not in bought]
