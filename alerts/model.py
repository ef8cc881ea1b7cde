"""The words of the alert side: finished alerts, where they go, what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")
"""Most severe first."""

DeliveryState = Literal["pending", "sending", "sent", "held", "blocked", "dead", "unrouted"]

Json = Any
"""A value that `json.dumps` takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One telling of what an alert is about."""

    outlet: str
    title: str
    url: str | None
    at: datetime
    """When the article was published, UTC."""
    trust: str | None = None
    official: bool = False
    copy_of: str | None = None
    """The outlet whose text this one repeats; such a source is listed, never counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One figure of the series, for the line that draws it."""

    at: datetime
    value: float
    label: str
    """When, for people: the figure's period or the day it was told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What people are told about one milestone; complete in itself.

    `key` is UNIQUE in the outbox and derives from the milestone and its change, never from time: putting the same alert
    twice is harmless. An alert with a `thread` (the key of an earlier alert) is a material change of that one and is
    delivered in its thread, broadcast to the channel; without one it is a root message of its own.
    """

    key: str
    thread: str | None = None
    created: datetime
    severity: Severity
    rule: str
    change: str
    """One word for what happened: new, record, denied, corrected, confirmed ..."""
    reason: str
    """Why this is news, in words."""
    title: str
    """Headline of the alert, the figure in it: `Alibaba has shipped more than 100,000 Zhenwu 810E`."""
    figure: str | None = None
    """The new figure with bound and unit, for people: `more than 100,000 units`."""
    digits: tuple[str, ...] = ()
    """Every new figure in full digits with commas (`107,000`): what the fallback text must name. No earlier figure."""
    before: str | None = None
    """What was known before, in words."""
    evidence: str
    """The words of the article that say so."""
    highlight: tuple[int, int] | None = None
    """Where the figure stands in `evidence`, code points."""
    url: str | None = None
    article: str
    """Id of the article that raised it; alerts of one article are delivered as one message."""
    batch: str | None = None
    """Alerts of one batch (the first fetches of one start) share one message, the rest in its thread."""
    tags: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    series: tuple[Point, ...] = ()
    """The figures of the series, the new one last; drawn from three on."""
    official: bool = False
    hold: str | None = None
    """Why its rule holds it back; it waits for the channel's next digest or for `alerts retry`. None: it does not."""
    payload: Mapping[str, Json] | None = None
    """The milestone as other programs read it, handed on unread; None for an alert without one (a watchlist rule)."""


UpdateKind = Literal["source", "copy", "official", "disputed", "corrected", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertUpdate:
    """Something that joined a standing alert; changes its message, never makes a second alert.

    `disputed` with a `note` is also told in the alert's thread, without broadcast; all others only edit the message.
    `withdrawn`: the source no longer tells it and leaves the list.
    """

    key: str
    """Derives from the alert's key and the article: putting it twice is harmless."""
    alert: str
    """The key of the standing alert."""
    at: datetime
    kind: UpdateKind
    reason: str
    source: Source
    note: str | None = None
    """For the thread: what is disputed, with both figures. None: nothing for the thread."""
    payload: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A line for the operator (a source down, a broken edit); goes to the `ops` channels, once per key."""

    key: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From `start` to `end` (`HH:MM`, over midnight when end <= start) in IANA zone `zone`; held, not dropped."""

    start: str
    end: str
    zone: str
    days: tuple[str, ...] = ()
    """`mon` ... `sun`; empty: every day. Over midnight the day is that of the start."""
    pierce: Severity | None = "high"
    """This severity and above is sent all the same; None: nothing is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Alerts of a route gathered on a cron schedule in IANA zone `zone`, since the last digest that arrived."""

    cron: str
    zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Which alerts go where, and when. An alert goes to every route that takes it; each channel gets it once."""

    to: tuple[str, ...]
    severity: tuple[Severity, ...] = SEVERITIES
    tags: tuple[str, ...] = ()
    """At least one must be on the alert; empty: all alerts."""
    rules: tuple[str, ...] = ()
    quiet: QuietHours | None = None
    digest: Digest | None = None

    def takes(self, alert: Alert) -> bool:
        """Whether this route carries `alert`."""
        return (
            alert.severity in self.severity
            and (not self.tags or not set(self.tags).isdisjoint(alert.tags))
            and (not self.rules or alert.rule in self.rules)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Alerts that match are held until it expires; each says who asked and why."""

    id: str
    author: str
    reason: str
    created: datetime
    expires: datetime
    rule: str | None = None
    tag: str | None = None
    text: str | None = None
    """Part of the title or evidence, case folded."""


OnAmbiguous = Literal["verify", "resend", "hold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackChannel:
    """A Slack channel by bot token; `api_url` is the operator's word (a proxy, a test server)."""

    name: str
    token: str = field(repr=False)
    channel: str
    api_url: str = "https://slack.com/api/"
    on_ambiguous: OnAmbiguous = "verify"
    zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleChannel:
    """Alerts on standard output, for people."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonlChannel:
    """One JSON object a line, appended to `path` (`-`: standard output)."""

    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookChannel:
    """JSON by POST, signed with HMAC-SHA256 when `secret` is set; private addresses are refused unless allowed."""

    name: str
    url: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppriseChannel:
    """E-mail and a hundred other services, by an Apprise URL."""

    name: str
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtomChannel:
    """The last `keep` alerts as an Atom feed in a file, so that other tools can subscribe."""

    name: str
    path: str
    keep: int = 100


Channel = SlackChannel | ConsoleChannel | JsonlChannel | WebhookChannel | AppriseChannel | AtomChannel


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivering:
    """The delivery half of the settings."""

    channels: tuple[Channel, ...]
    routes: tuple[Route, ...]
    ops: tuple[str, ...] = ()
    pace: timedelta | None = None
    """Time between two messages to one channel; None: the channel kind's own (Slack 1 s, files and console none)."""

    def channels_of(self, alert: Alert) -> tuple[str, ...]:
        """Names of the channels that owe `alert` to somebody, each once, in the order of the routes."""
        return tuple(dict.fromkeys(name for route in self.routes if route.takes(alert) for name in route.to))


MessageKind = Literal["alert", "fold", "digest", "batch", "rest", "reply", "note", "notice"]
"""`alert`: alerts of one article. `fold`: a burst. `digest`: gathered by schedule. `batch`: the most severe of the
first fetches, `rest`: the others, in its thread. `reply`: a material change in the thread of its root message.
`note`: a dispute, or an update that could not be edited in, in that thread. `notice`: for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What one call to a channel says; a retry says it of the same alerts."""

    key: str
    """Opaque and stable: by it a message is looked up after a crash, and receivers drop repeats."""
    kind: MessageKind
    alerts: tuple[Alert, ...] = ()
    """With the sources that have joined since."""
    note: str | None = None
    """The words of a dispute, a notice or a test."""
    thread: str | None = None
    """What the channel called the root message of the thread it belongs to."""
    broadcast: bool = False
    """Show a reply in the channel too."""
    at: datetime
    total: int = 0
    """Of a batch or digest: how many alerts there are in all."""
    plain: bool = False
    """Only text: the channel refused the layout once."""
    updates: tuple[AlertUpdate, ...] = ()
    """What has joined its alerts, oldest first."""
    place: str | None = None
    """Where the channel last said that a message stands."""
    revision: int = 0
    """How often it has changed since it was first owed."""
    since: datetime | None = None
    """Of a digest: when the last one arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An alert owed to a channel and not yet part of a message."""

    alert: Alert
    since: datetime
    """When it was put."""
    held: bool = False
    """It is shown as held now."""
    released: bool = False
    """A person wants it now."""
    batch_newest: datetime | None = None
    """When the newest alert of its batch was put."""
    batch_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message to be: its alerts, in their order."""

    kind: MessageKind
    alerts: tuple[Alert, ...]
    batch: str | None = None
    total: int = 0
    thread: str | None = None
    """Key of the alert in whose thread it belongs."""
