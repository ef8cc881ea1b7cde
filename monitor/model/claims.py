"""The words of `claims`: one typed statement of an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import date

    from monitor.model.articles import Field

Metric = Literal[
    "shipments", "orders", "production", "capacity", "deployment", "revenue", "profit", "funding", "valuation",
    "investment", "deal", "market_share", "yield", "price", "growth", "performance", "process_node", "penalty",
    "tariff", "listed_entities", "export_control", "launch", "mass_production", "tape_out", "ipo", "acquisition",
]  # fmt: skip
"""What a claim may be about; from `export_control` on without a number."""

Bound = Literal["exact", "at_least", "at_most", "about", "range"]

Status = Literal["achieved", "planned", "forecast", "denied", "conditional"]

Voice = Literal["record", "subject", "named", "unnamed"]
"""Rank of a source, best first: a government record or exchange filing; the subject itself; a named firm or the
outlet's own count; unnamed people."""

Number = int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One typed, normalised statement of an article: the fields of the exchange format, then what the ledger needs."""

    metric: str
    subject: str | None = None
    product: str | None = None
    product_name: str | None = None
    of: str | None = None
    value: Number | None = None
    value_max: Number | None = None
    unit: str = ""
    bound: Bound = "exact"
    status: Status = "achieved"
    period: str | None = None
    attribution: str | None = None
    evidence: str
    field: Field = "text"
    """Where `evidence` and `figure` stand."""
    figure: tuple[int, int] | None = None
    """Code points of the figure in `field`; None for an event without a number."""
    act: str | None = None
    """Step or direction of an event: tightened, eased, proposed, granted, refused, filed, approved, priced, listed,
    announced, in_force ..."""
    voice: Voice = "named"
    cites: str | None = None
    """The outlet cited."""
    corrects: Number | None = None
    """The figure that its own source takes back here."""
    told: Literal["news", "passing", "history"] = "news"
    """As the article's own news, in passing, or as history behind it."""
    dated: date | None = None
    """The day that the article gives to the act itself."""

    def fields(self) -> dict[str, Any]:
        """The claim in the exchange format: all its fields, null where unknown, and nothing else."""
        return {name: getattr(self, name) for name in _EXCHANGE}


_EXCHANGE = (
    "metric", "subject", "product", "product_name", "of", "value", "value_max", "unit", "bound", "status", "period",
    "attribution", "evidence",
)  # fmt: skip
