"""What the middle asks of the edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from monitor.model import Fact, Finding, Findings, Near, PollJob, PollResult, Remembered, Sketch


class Clock(Protocol):
    """Wall time in UTC and a monotonic count of seconds; the two part when a clock is set or the machine sleeps."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


class Poller(Protocol):
    """Asks one feed. Touches the network and nothing else; never raises for what a server does."""

    async def poll(self, job: PollJob) -> PollResult: ...


class EntryMemory(Protocol):
    """What the store remembers of the entries of one feed, those included whose articles were pruned."""

    def recall(self, keys: Collection[str]) -> Mapping[str, Remembered]:
        """Whom the keys (`kind:value`, `content:hash`) belong to; of several the latest; unknown ones left out."""
        ...

    def count(self) -> int:
        """Identities known of the feed; 0: never fetched."""
        ...


class Known(Protocol):
    """What analysis asks of the past. Every answer is what stood after the last recorded `Findings`.

    Each question must be served by an index, so that its cost does not grow with the archive: facts by
    (metric, unit, key, value) and by (metric, unit, key, told) and by key of the fact, shingles by hash, story keys by
    key and time. Old shingles and story keys may be forgotten once they are older than the longest `since` asked (14
    days); facts never.
    """

    def fact(self, key: str) -> Fact | None:
        """The fact of this key."""
        ...

    def alike(self, metric: str, unit: str, key: str, low: float, high: float, *, limit: int) -> Sequence[Fact]:
        """Facts of the metric and unit that bear the key and whose `value` lies in [low, high]; last told first."""
        ...

    def recent(self, metric: str, unit: str, key: str, *, limit: int) -> Sequence[Fact]:
        """Facts of the metric and unit that bear the key; last told first."""
        ...

    def highest(self, metric: str, unit: str, key: str, *, limit: int) -> Sequence[Fact]:
        """Facts of the metric and unit that bear the key and have a value; greatest `value` first."""
        ...

    def told_by(self, article: str) -> Sequence[Finding]:
        """What an earlier version of this article told; empty when there is none."""
        ...

    def words_of(self, article: str) -> tuple[str, str] | None:
        """Title and text of the article as last recorded; None where it is not known."""
        ...

    def tellers(self, fact: str) -> Sequence[tuple[str, str]]:
        """Article id and outlet of every article that tells the fact as it was last recorded."""
        ...

    def copies(self, shingles: Collection[int], since: datetime, *, limit: int, share: float = 0.0) -> Sequence[Near]:
        """Articles published at or after `since` that share shingles; most shared first, then the earliest published.

        Those that share less than this `share` of the shorter text's shingles are left out.

        A shingle that more than 64 articles hold may be answered with the latest 64 of them only.
        """
        ...

    def stories(self, keys: Collection[str], since: datetime, *, limit: int) -> Sequence[Sketch]:
        """Stories last told at or after `since` that bear one of the keys; most shared keys first, then last told.

        A key that more than 64 stories bear may be answered with the last told 64 of them only. Merged stories are
        answered as what they were merged into.
        """
        ...

    def sketch(self, story: str) -> Sketch | None:
        """The story, followed through merges."""
        ...

    def common(self, keys: Collection[str], since: datetime) -> Mapping[str, int]:
        """Key -> number of stories last told at or after `since` that bear it, counted up to 64; absent: none."""
        ...

    def placed(self, article: str) -> str | None:
        """The story of an article, followed through merges."""
        ...

    def alerted(self, alert: str) -> bool:
        """An alert of this key exists."""
        ...

    def last_alert(self, rule: str, subject: str) -> datetime | None:
        """`created` of the last root alert of the rule whose fact's actor is `subject`; held ones do not count."""
        ...


class NewsStore(Known, Protocol):
    """The past that also grows."""

    def record(self, findings: Findings) -> None:
        """Keep it whole; recording the same article and version again replaces what it said before."""
        ...

    def members(self, story: str) -> Sequence[tuple[str, str]]:
        """Article id and role of every article of a story, in the order in which they were placed."""
        ...
