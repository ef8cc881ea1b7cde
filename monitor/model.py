"""The words of chipwire as frozen values; everything that passes between rooms is one of these."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime, timedelta

    from alerts.model import Severity

Trust = Literal["record", "company", "press", "rumour"]
Field = Literal["title", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as `feeds.yaml` names it."""

    url: str
    name: str
    every: timedelta | None = None
    """None: `poll.every`."""
    tags: tuple[str, ...] = ()
    language: str | None = None
    trust: Trust | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    user_agent: str | None = None
    encoding: str | None = None
    max_items: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave us to ask with next time; committed in the same transaction as the entries they came with."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollJob:
    """All that a poll may know of the past; what it learns comes back in its result."""

    feed: Feed
    url: str
    """Where to ask: the feed's own URL, or where it moved to."""
    validators: Validators = Validators()
    body_hash: str | None = None
    known: Mapping[str, str] = field(default_factory=dict)
    """Fingerprint of an item's bytes -> identity of its entry, for the items of the last document."""
    unconditional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item as a feed gives it, cleaned of nothing; times are UTC or None."""

    guid: str | None
    link: str | None
    title: str
    html: str
    """The longest of content, summary, description."""
    published: datetime | None = None
    updated: datetime | None = None
    outlet: str | None = None
    """The item's own source (`<source>`), where an aggregator names one."""
    language: str | None = None
    record: str | None = None
    """Document number of a government record (Federal Register)."""
    fingerprint: str = ""
    """Hash of the item's bytes; empty where the document was parsed whole and items cannot be told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """When a server would like to be asked again."""

    ttl: timedelta | None = None
    max_age: timedelta | None = None
    expires: datetime | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A document with its entries in document order; items in `PollJob.known` need not be among them."""

    entries: tuple[Entry, ...]
    known: Mapping[str, str]
    """Fingerprint -> identity of the items of this document that the job knew already."""
    count: int
    """Items in the document, known ones included."""
    validators: Validators
    body_hash: str
    title: str | None = None
    language: str | None = None
    garbled: bool = False
    """More than 0.5 % replacement characters: stored, but no alert rests on it."""
    url: str = ""
    moved: str | None = None
    """Where 301/308 pointed, if every hop was permanent."""
    hints: Hints = Hints()
    status: int = 200
    size: int = 0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """304, or 200 with the body of last time."""

    status: int
    validators: Validators
    hints: Hints = Hints()
    moved: str | None = None


FailureKind = Literal[
    "connect", "dns", "tls", "timeout", "refused", "redirects", "status", "gone", "auth", "throttled",
    "too_large", "encoding", "protocol", "not_a_feed", "parse", "parse_crash", "url",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Why a poll brought nothing; validators stay as they were."""

    kind: FailureKind
    message: str
    """Names the cause and, where a person can mend it, the remedy."""
    status: int | None = None
    retry_after: timedelta | None = None
    """For the whole host."""
    soft: bool = False
    """Counts less towards "source down": 404, 429, 5xx, DNS."""


PollResult = Fetched | Unchanged | Failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An entry made comparable: clean text, canonical URL, language, times in UTC."""

    id: str
    title: str
    text: str
    language: str | None = None
    published: datetime | None = None
    outlet: str | None = None
    url: str | None = None
    seen: datetime | None = None
    """When it was first seen; replay: its `published`."""
    feed: str | None = None
    """URL of the feed; None in `extract` and `replay`."""
    trust: Trust | None = None
    record: str | None = None
    garbled: bool = False
    version: int = 1
    """Counts edits; the first telling is 1."""
    tags: tuple[str, ...] = ()


EntityKind = Literal["company", "chip", "technology", "agency", "government", "rule", "fund", "material"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """What rooms beyond `mentions` need to know of a watchlist entity."""

    id: str
    name: str
    kind: EntityKind
    maker: str | None = None
    """Of a product: who makes it."""
    parent: str | None = None
    """Of a unit: whom it belongs to; of a product: its family."""
    watchlist: str = ""
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where an entity is named; offsets are code points of the field as it came in."""

    entity: str
    text: str
    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A watchlist's query that holds of an article."""

    watchlist: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A candidate that is no mention, and why."""

    entity: str
    text: str
    field: Field
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the watchlists found in an article."""

    mentions: tuple[Mention, ...]
    actors: tuple[Mention, ...] = ()
    """Names that claims take as a subject and mentions do not ("China", "the US", its president)."""
    hits: tuple[Hit, ...] = ()
    rejected: tuple[Rejected, ...] = ()


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


Change = Literal[
    "new", "record", "official", "confirmed", "corroborated",
    "background", "corrected", "denied", "conflict", "suspect",
]  # fmt: skip
"""The ten changes of the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What makes a claim a milestone, and how urgent it is. Exactly one of `metrics` and `watchlist` is set."""

    name: str
    metrics: tuple[str, ...] = ()
    watchlist: str | None = None
    severity: Severity = "medium"
    entities: tuple[str, ...] = ()
    watchlists: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    changes: tuple[Change, ...] = ()
    thresholds: tuple[Number, ...] = ()
    """Hold nothing back: they make a figure a `record` and name the step."""
    minimum: Number | None = None
    """Figures below it are recorded, not alerted."""
    change_by: float | None = None
    """Percent by which a figure must differ from the last of its series."""
    sources: int = 1
    """Independent sources before it is alerted."""
    max_age: timedelta | None = None
    quiet: timedelta | None = None
    """At most one alert per subject in this time; the rest is held for the digest."""
    tags: tuple[str, ...] = ()
