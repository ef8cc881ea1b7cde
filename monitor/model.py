"""The words of chipwire as frozen values; everything that passes between rooms is one of these."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime, timedelta

    from alerts.model import Alert, AlertUpdate, Severity

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
    """None too where nothing unseen made the head worth reading; so is `language`."""
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


KeyKind = Literal["guid", "link", "canonical", "title"]
"""What an entry can be known by, best first; `title` is title and date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """An entry with the identity that it has in its feed: what the store keeps of it."""

    entry: Entry
    identity: str
    """32 hex digits; the id of its article. Stays whatever becomes of guid and link."""
    keys: tuple[str, ...]
    """All that it can be known by, as `kind:value`; to be added to those that the identity has already."""
    content: str
    """Hash of its visible words: unequal = edited."""
    visible: tuple[str, str] | None = None
    """Title and text as a reader sees them; None: not worked out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What the store knows of an identity; outlives the retention of its article."""

    identity: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """The entries of one document told apart. `fetched.count` = new + edited + rejected + `known`."""

    new: tuple[Identified, ...]
    edited: tuple[Identified, ...]
    """Known identities whose words changed: new versions of their articles."""
    reidentified: tuple[Identified, ...]
    """Known articles under new keys, found by content: no new version, no alert. Counted in `known`."""
    rejected: tuple[tuple[Entry, str], ...]
    """With the reason."""
    known: int
    items: Mapping[str, str]
    """Fingerprint -> identity of every item of the document: the next job's `known`."""
    key: KeyKind
    """What tells the feed's entries apart; to be stored with the feed."""
    reidentification: bool = False
    """The feed changed its ids all at once: what is new counts as a first fetch, one warning."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PollState:
    """What is stored of a feed between two polls, beside validators and `Sorted.items`. Default: never asked."""

    interval: timedelta | None = None
    """What the feed's own pace made of it; None: `every`."""
    failures: float = 0.0
    """In a row; soft ones count half."""
    failing_since: datetime | None = None
    down: bool = False
    """A "source down" notice stands."""
    silent: bool = False
    """A "silent" notice stands."""
    moved: str | None = None
    """Where permanent redirects point, and how often they did in a row."""
    moved_times: int = 0
    gone: bool = False
    """410: whoever launches polls leaves it out; an answer to `run --once` revives it."""
    fetched_at: datetime | None = None
    """The last full document, which is what "one unconditional fetch a day" counts from."""
    newest: datetime | None = None
    """When an unseen entry last came."""
    gap: timedelta | None = None
    """Usual time between two arrivals of unseen entries."""
    arrivals: int = 0
    """How many arrivals `gap` rests on."""


NoticeKind = Literal["down", "recovered", "silent", "speaking", "gone", "moved", "loss"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something about a feed that its operator should hear once."""

    kind: NoticeKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one poll makes of a feed's state."""

    state: PollState
    due: datetime
    reason: str
    """Why then, in words for `feeds list`."""
    notices: tuple[Notice, ...] = ()
    url: str | None = None
    """Where to ask from now on, when the feed moved for good."""
    pause_until: datetime | None = None
    """For every feed of this host (`Retry-After`)."""


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
    batch: str | None = None
    """Of a feed's first fetch: the batch whose alerts share a message; such an article alerts only if it is dated."""


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

Change = Literal[
    "new", "record", "official", "confirmed", "corroborated",
    "background", "corrected", "denied", "conflict", "suspect",
]  # fmt: skip
"""The ten changes of the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """An article beside a rule that must, or must not, raise an alert of it; `check` tries it on an empty ledger."""

    title: str
    text: str = ""
    alert: bool
    language: str | None = None
    outlet: str = "Example Wire"
    line: int | None = None
    """Of the configuration file."""


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
    expect: tuple[Expect, ...] = ()


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
    waiting: Literal["suspect", "sources"] | None = None
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


StoryRole = Literal["first", "copy", "report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is kept of a story to recognise further articles of it; of bounded size."""

    story: str
    opened: datetime
    told: datetime
    """Published time of its first and last article, UTC."""
    articles: int = 1
    title: str = ""
    """Of its first article."""
    terms: Mapping[str, int] = field(default_factory=dict)
    """Term -> number of its articles that hold it: entities `e:`, figures `n:`, facts `f:`, words `w:`."""
    feeds: frozenset[str] = frozenset()
    """`outlet` of each of its articles."""
    languages: frozenset[str] = frozenset()
    alerted: tuple[str, ...] = ()
    """Names of the watchlist rules that have alerted it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two stories turned out to be one: `story` ends, `into` goes on with its articles."""

    story: str
    into: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """To which story an article belongs, and what to remember of it."""

    story: str
    role: StoryRole
    reason: str
    copy_of: str | None = None
    """Id of the article whose text it repeats."""
    sketch: Sketch
    """Of its story, this article included."""
    shingles: tuple[int, ...] = ()
    """Sampled hashes of its text, 63 bits each, at most 192: what `Known.copies` searches."""
    keys: tuple[str, ...] = ()
    """What `Known.stories` finds its story by; at most 48."""
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceLine:
    """One line of the trace that `why` prints."""

    stage: Literal["mentions", "claims", "story", "ledger", "rules"]
    outcome: str
    """One word or name: matched, unmatched, a change, alerted, joined, held ..."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that one article taught us, its alerts included: stored whole or not at all, in one transaction."""

    article: Article
    reading: Reading
    findings: tuple[Finding, ...] = ()
    """One for each claim, in the order of the article."""
    facts: tuple[Fact, ...] = ()
    """Every fact opened or touched, as it stands afterwards; replaces the one of equal key."""
    placing: Placing | None = None
    """None: the article did not match (no mention, no query hit, no claim)."""
    alerts: tuple[Alert, ...] = ()
    updates: tuple[AlertUpdate, ...] = ()
    trace: tuple[TraceLine, ...] = ()

    @property
    def matched(self) -> bool:
        """A mention, a query hit or a claim."""
        return self.placing is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """An earlier article that shares shingles with a new one."""

    article: str
    story: str
    outlet: str
    feed: str | None
    url: str | None
    published: datetime
    """Of an undated article: when it was first seen."""
    shared: int
    """Number of the asked shingles that it holds."""
    total: int
    """Number of its own shingles."""
