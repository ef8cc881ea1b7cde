"""The words of the ledger: facts, and what became of claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

    from monitor.model.claims import Bound, Claim, Number, Status, Voice
    from monitor.model.rules import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a person decided of a held figure."""

    fact: str
    verdict: Literal["released", "dismissed"]
    reason: str
    at: datetime
    test: str
    """The verdict as an `expect:` entry of a rule, YAML."""


StatusClass = Literal["done", "ahead", "not"]
"""`achieved`; `planned`, `forecast`, `conditional`; `denied`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What one or more claims tell, as it stands in the ledger: opened by one claim, told again by others.

    Facts are replaced whole: `Findings.facts` holds each fact that an article opened or touched as it then stands.
    """

    key: str
    """Derives from the content of the fact (and the number of earlier facts of equal content), never from time."""
    metric: str
    unit: str = ""
    actor: str = ""
    """The root of the subject: a unit counts as its parent, a department as its government; else the product's maker;
    empty where neither is known."""
    subject: str | None = None
    product: str | None = None
    products: tuple[str, ...] = ()
    """All products of one act that names several; `product` is the first."""
    product_name: str | None = None
    of: str | None = None
    value: Number | None = None
    value_max: Number | None = None
    bound: Bound = "exact"
    status: Status = "achieved"
    status_class: StatusClass = "done"
    period: str | None = None
    act: str | None = None
    dated: date | None = None
    targets: tuple[str, ...] = ()
    """Whom its sentences name beside the subject: whom the act concerns, where `of` is silent."""
    keys: tuple[str, ...] = ()
    """What the fact is looked up by: its actor, its products, its maker. Never empty."""
    opened: datetime
    """Published time of the article that opened it, UTC."""
    told: datetime
    """Published time of its last telling, UTC."""
    article: str
    """Id of the article that opened it."""
    outlet: str
    """Who was first."""
    story: str | None = None
    evidence: str = ""
    attribution: str | None = None
    change: Change
    """The change with which it was opened; of a held fact the one that it gets when it is released."""
    state: Literal["standing", "held", "corrected", "denied"] = "standing"
    waiting: Literal["suspect", "sources", "name"] | None = None
    """Why a fact that a rule cares about has not been alerted yet: the next independent source may release it."""
    replaced_by: str | None = None
    """Key of the fact that corrects it."""
    voice: Voice = "named"
    """The best rank that has told it."""
    official: bool = False
    disputed: bool = False
    outlets: tuple[str, ...] = ()
    """Independent sources, in the order in which they told it; `outlet` is the first."""
    listed: tuple[str, ...] = ()
    """Outlets that told it without being independent: copies, and those that cite one already counted."""
    cites: tuple[str, ...] = ()
    """Outlets that its tellings cite."""
    alert: str | None = None
    """Key of its root alert."""
    rule: str | None = None
    """Name of the rule that alerted it, or that it waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One claim of an article with what the ledger and the rules made of it."""

    claim: Claim
    change: Change
    reason: str
    """Why it has this change, in words."""
    fact: str
    """Key of the fact that it tells or opens."""
    opens: bool = False
    independent: bool = False
    """Counts as a further source of its fact."""
    rule: str | None = None
    """The rule that cares about it."""
    alert: str | None = None
    """Key of the alert that it raised or joined."""
    verdict: str = ""
    """What became of it on the way to people, in words: alerted, joined alert N, held and why, no rule, too old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What the ledger says of one claim; the rules make a `Finding` of it."""

    claim: Claim
    change: Change
    reason: str
    fact: Fact
    """That it tells or opens, as it stands afterwards."""
    against: Fact | None = None
    """What it is measured by: the figure corrected, denied or disputed, the plan now done, the last of the series."""
    opens: bool = False
    independent: bool = False
    moved: bool = False
    """`confirmed`: from ahead to done, and not only by a better source."""
    released: bool = False
    """The fact was held or waited for sources; its change is the one that the first telling would have had."""
    step: Number | None = None
    """The threshold that a `record` crosses."""
    series: tuple[Fact, ...] = ()
    """Earlier standing figures of the series, last told first; only where the entry opens a figure."""
