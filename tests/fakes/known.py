"""The port `NewsStore` in memory: what the store promises, without a file."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from monitor.model import Near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from monitor.model import Fact, Finding, Findings, Sketch

FAN_OUT = 64


class MemoryNews:
    """Everything recorded so far; one object is one database."""

    def __init__(self) -> None:
        self.findings: dict[str, Findings] = {}
        self.facts: dict[str, Fact] = {}
        self.alerts: dict[str, tuple[str, str, datetime]] = {}
        self._by_key: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
        self._sketches: dict[str, Sketch] = {}
        self._into: dict[str, str] = {}
        self._members: dict[str, dict[str, str]] = defaultdict(dict)
        self._shingles: dict[int, list[str]] = defaultdict(list)
        self._story_keys: dict[str, dict[str, None]] = defaultdict(dict)

    def fact(self, key: str) -> Fact | None:
        return self.facts.get(key)

    def alike(self, metric: str, unit: str, key: str, low: float, high: float, *, limit: int) -> Sequence[Fact]:
        found = (f for f in self._bearing(metric, unit, key) if f.value is not None and low <= f.value <= high)
        return _last_told_first(found)[:limit]

    def recent(self, metric: str, unit: str, key: str, *, limit: int) -> Sequence[Fact]:
        return _last_told_first(self._bearing(metric, unit, key))[:limit]

    def highest(self, metric: str, unit: str, key: str, *, limit: int) -> Sequence[Fact]:
        found = [(f.value, f) for f in self._bearing(metric, unit, key) if f.value is not None]
        return [f for _, f in sorted(found, key=lambda pair: (-pair[0], pair[1].key))][:limit]

    def told_by(self, article: str) -> Sequence[Finding]:
        found = self.findings.get(article)
        return found.findings if found else ()

    def words_of(self, article: str) -> tuple[str, str] | None:
        found = self.findings.get(article)
        return (found.article.title, found.article.text) if found else None

    def tellers(self, fact: str) -> Sequence[tuple[str, str]]:
        return [
            (id_, found.article.outlet or found.article.feed or "")
            for id_, found in self.findings.items()
            if any(finding.fact == fact for finding in found.findings)
        ]

    def copies(self, shingles: Collection[int], since: datetime, *, limit: int, share: float = 0.0) -> Sequence[Near]:
        shared: Counter[str] = Counter()
        for shingle in set(shingles):
            shared.update(self._shingles.get(shingle, ())[-FAN_OUT:])
        near = [self._near(article, count) for article, count in shared.items()]
        kept = [n for n in near if n.published >= since and n.shared / min(n.total, len(shingles)) >= share]
        return sorted(kept, key=lambda n: (-n.shared, n.published, n.article))[:limit]

    def stories(self, keys: Collection[str], since: datetime, *, limit: int) -> Sequence[Sketch]:
        shared: Counter[str] = Counter()
        for key in set(keys):
            bearing = {self._root(story) for story in self._story_keys.get(key, {})}
            latest = sorted(bearing, key=lambda s: self._sketches[s].told, reverse=True)
            shared.update([s for s in latest if self._sketches[s].told >= since][:FAN_OUT])
        ranked = sorted(shared, key=lambda s: (-shared[s], -self._sketches[s].told.timestamp(), s))
        return [self._sketches[s] for s in ranked[:limit]]

    def sketch(self, story: str) -> Sketch | None:
        return self._sketches.get(self._root(story))

    def common(self, keys: Collection[str], since: datetime) -> Mapping[str, int]:
        counted = {}
        for key in set(keys):
            bearing = {self._root(story) for story in self._story_keys.get(key, {})}
            if number := sum(self._sketches[s].told >= since for s in bearing):
                counted[key] = min(number, FAN_OUT)
        return counted

    def placed(self, article: str) -> str | None:
        found = self.findings.get(article)
        return self._root(found.placing.story) if found and found.placing else None

    def alerted(self, alert: str) -> bool:
        return alert in self.alerts

    def last_alert(self, rule: str, subject: str) -> datetime | None:
        return max((at for name, actor, at in self.alerts.values() if (name, actor) == (rule, subject)), default=None)

    def members(self, story: str) -> Sequence[tuple[str, str]]:
        return list(self._members[self._root(story)].items())

    def record(self, findings: Findings) -> None:
        self.findings[findings.article.id] = findings
        for fact in findings.facts:
            self.facts[fact.key] = fact
            for key in fact.keys:
                self._by_key[fact.metric, fact.unit, key][fact.key] = None
        for alert in findings.alerts:
            actor = next((f.actor for f in findings.facts if f.alert == alert.key), "")
            self.alerts.setdefault(alert.key, (alert.rule, "" if alert.thread or alert.hold else actor, alert.created))
        self._place(findings)

    def _place(self, findings: Findings) -> None:
        placing, article = findings.placing, findings.article.id
        if placing is None:
            return
        for merge in placing.merges:
            self._into[merge.story] = merge.into
            self._members[merge.into] |= self._members.pop(merge.story, {})
            self._sketches.pop(merge.story, None)
        for held in self._members.values():
            held.pop(article, None)
        self._members[placing.story][article] = placing.role
        self._sketches[placing.story] = placing.sketch
        for shingle in placing.shingles:
            if article not in self._shingles[shingle]:
                self._shingles[shingle].append(article)
        for key in placing.keys:
            self._story_keys[key].pop(placing.story, None)
            self._story_keys[key][placing.story] = None

    def _root(self, story: str) -> str:
        while story in self._into:
            story = self._into[story]
        return story

    def _bearing(self, metric: str, unit: str, key: str) -> Iterable[Fact]:
        return (self.facts[name] for name in self._by_key.get((metric, unit, key), ()))

    def _near(self, article: str, shared: int) -> Near:
        found = self.findings[article]
        assert found.placing is not None
        published = found.article.published or found.article.seen
        assert published is not None
        return Near(
            article=article,
            story=self._root(found.placing.story),
            outlet=found.article.outlet or "",
            feed=found.article.feed,
            url=found.article.url,
            published=published,
            shared=shared,
            total=len(found.placing.shingles),
        )


def _last_told_first(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda f: (-f.told.timestamp(), f.key))
