"""The words of `feeds`: what is asked, what came, what is remembered between two polls."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

Trust = Literal["record", "company", "press", "rumour"]


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
