"""The shape of feeds.yaml: every key, its type, and in words what is wrong with a value."""

from __future__ import annotations

import ipaddress
import os
import re
from datetime import timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from monitor.model import Change, Metric, Status
from monitor.settings.values import parse_duration

# Pydantic would look through every installed package for plugins, 12 ms at each start, and there is none to use here.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
IpNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network
UNREAD = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}")
"""A secret that a command which sends nothing leaves unread: what it will be cannot be judged."""
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(B|kB|KB|MB|GB)")
_SIZES = {"B": 1, "kB": 1_000, "KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}


def _duration(value: object) -> timedelta:
    return parse_duration(value if isinstance(value, str) else "")


def _positive(value: object) -> timedelta:
    duration = _duration(value)
    if duration <= timedelta(0):
        raise ValueError("must be longer than nothing; write for example 10m")
    return duration


def _percent(value: object) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*%", value.strip()) if isinstance(value, str) else None
    if match is None or float(match[1]) > 50:
        raise ValueError("not a share between 0% and 50%; write for example 10%")
    return float(match[1]) / 100


def _whole_percent(value: object) -> float | None:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*%", value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError("not a percentage; write for example 20%")
    return float(match[1])


def _size(value: object) -> int:
    match = _SIZE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError("not a size; write for example 500kB or 10MB")
    return int(float(match[1]) * _SIZES[match[2]])


def _http_url(value: object) -> str:
    url = value.strip() if isinstance(value, str) else ""
    if UNREAD.search(url):
        return url
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError as error:
        raise ValueError(f"not a URL ({error}); write for example https://example.org/rss") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_fine:
        raise ValueError("only http:// and https:// URLs can be polled; write for example https://example.org/rss")
    return url


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _networks(value: object) -> object:
    if isinstance(value, bool):
        return value
    try:
        return tuple(ipaddress.ip_network(str(item)) for item in (value if isinstance(value, list) else [value]))
    except ValueError as error:
        raise ValueError(f'{error}; write false, true, or a list of networks such as ["10.1.0.0/16"]') from error


Duration = Annotated[timedelta, BeforeValidator(_duration)]
PositiveDuration = Annotated[timedelta, BeforeValidator(_positive)]
Percent = Annotated[float, BeforeValidator(_percent)]
Size = Annotated[int, BeforeValidator(_size)]
HttpUrl = Annotated[str, BeforeValidator(_http_url)]
Words = Annotated[tuple[str, ...], BeforeValidator(_one_or_many)]
Text = Annotated[str, Field(min_length=1)]
Severity = Literal["high", "medium", "low"]
Trust = Literal["record", "company", "press", "rumour"]


class Table(BaseModel):
    """A mapping of the file; unknown keys are problems, and nothing is converted that was not written so."""

    # A validator for the file as a whole is built at its first use, not one more for every kind of table.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class PollTable(Table):
    every: PositiveDuration = timedelta(minutes=10)
    min: PositiveDuration = timedelta(minutes=1)
    max: PositiveDuration = timedelta(hours=6)
    jitter: Percent = 0.1
    host_gap: Duration | None = None

    @model_validator(mode="after")
    def _ordered(self) -> PollTable:
        if self.min > self.max:
            raise ValueError("min is longer than max; swap them")
        return self


class NetworkTable(Table):
    user_agent: Text | None = None
    timeout: PositiveDuration = timedelta(seconds=20)
    max_body: Size = 10_000_000
    allow_private: Annotated[bool | tuple[Any, ...], BeforeValidator(_networks)] = False


class FeedTable(Table):
    url: HttpUrl
    name: Text | None = None
    every: PositiveDuration | None = None
    tags: Words = ()
    language: Text | None = None
    trust: Trust | None = None
    headers: dict[str, str] = {}
    user_agent: Text | None = None
    encoding: Text | None = None
    max_items: Annotated[int, Field(gt=0)] | None = None


class EntityTable(Table):
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    names: Annotated[tuple[Text, ...], Field(min_length=1), BeforeValidator(_one_or_many)]
    kind: Literal["company", "chip", "technology", "agency", "government", "rule", "fund", "material"] = "company"
    name: Text | None = None
    maker: Text | None = None
    parent: Text | None = None
    context: Words = ()
    forbid: Words = ()


class WatchlistTable(Table):
    use: Text | None = None
    name: Text | None = None
    entities: tuple[EntityTable, ...] = ()
    queries: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> WatchlistTable:
        if (self.use is None) == (self.name is None):
            raise ValueError("write either `use:` with a shipped watchlist, or `name:` with entities or queries")
        if self.use and (self.entities or self.queries):
            raise ValueError("a shipped watchlist takes no entities or queries; add one with a `name:` beside it")
        if self.name and not (self.entities or self.queries):
            raise ValueError("is empty; add `entities:` or `queries:`")
        return self


class QuietTable(Table):
    start: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    end: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    zone: Text = "UTC"
    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = ()
    pierce: Severity | None = "high"


class DigestTable(Table):
    cron: Text
    zone: Text = "UTC"


class RouteTable(Table):
    to: Annotated[tuple[Text, ...], Field(min_length=1), BeforeValidator(_one_or_many)]
    severity: Annotated[tuple[Severity, ...], Field(min_length=1), BeforeValidator(_one_or_many)] = (
        "high",
        "medium",
        "low",
    )
    tags: Words = ()
    rules: Words = ()
    quiet: QuietTable | None = None
    digest: DigestTable | None = None


class SlackTable(Table):
    kind: Literal["slack"]
    token: Text
    channel: Text
    api_url: HttpUrl = "https://slack.com/api/"
    on_ambiguous: Literal["verify", "resend", "hold"] = "verify"
    zone: Text = "UTC"


class ConsoleTable(Table):
    kind: Literal["console"]


class JsonlTable(Table):
    kind: Literal["jsonl"]
    path: Text


class WebhookTable(Table):
    kind: Literal["webhook"]
    url: HttpUrl
    secret: Text | None = None


class AppriseTable(Table):
    kind: Literal["apprise"]
    url: Text


class AtomTable(Table):
    kind: Literal["atom"]
    path: Text
    keep: Annotated[int, Field(gt=0, le=1000)] = 100


ChannelTable = Annotated[
    SlackTable | ConsoleTable | JsonlTable | WebhookTable | AppriseTable | AtomTable, Field(discriminator="kind")
]


class ExpectTable(Table):
    """An article and whether the rule must alert on it: a rule's test, run by `chipwire check`."""

    title: Text
    text: str = ""
    lang: Text | None = None
    after: Words = ()
    alert: bool


class RuleTable(Table):
    use: Literal["default"] | None = None
    name: Text | None = None
    metric: Annotated[tuple[Metric, ...], BeforeValidator(_one_or_many)] = ()
    watchlist: Text | None = None
    severity: Severity = "medium"
    entities: Words = ()
    watchlists: Words = ()
    status: Annotated[tuple[Status, ...], BeforeValidator(_one_or_many)] = ()
    changes: Annotated[tuple[Change, ...], BeforeValidator(_one_or_many)] = ()
    thresholds: tuple[Annotated[float, Field(gt=0)], ...] = ()
    minimum: float | None = None
    change_by: Annotated[float | None, BeforeValidator(_whole_percent)] = None
    sources: Annotated[int, Field(ge=1, le=20)] = 1
    max_age: PositiveDuration | None = None
    quiet: PositiveDuration | None = None
    tags: Words = ()
    expect: tuple[ExpectTable, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> RuleTable:
        if self.use is not None:
            if self.name or self.metric or self.watchlist:
                raise ValueError("`use: default` stands alone; add your own rules beside it")
            return self
        if self.name is None:
            raise ValueError("a rule needs a `name:`")
        if bool(self.metric) == (self.watchlist is not None):
            raise ValueError("write either `metric:` or `watchlist:`")
        return self


class AlertsTable(Table):
    channels: dict[str, ChannelTable] = {}
    routes: tuple[RouteTable, ...] = ()
    ops: Words = ()
    max_age: PositiveDuration = timedelta(hours=72)


class File(Table):
    """feeds.yaml as a whole."""

    database: Text = "chipwire.db"
    poll: PollTable = PollTable()
    network: NetworkTable = NetworkTable()
    feeds: tuple[FeedTable, ...] = ()
    watchlists: tuple[WatchlistTable, ...] = ()
    milestones: tuple[RuleTable, ...] | None = None
    alerts: AlertsTable = AlertsTable()
