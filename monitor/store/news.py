"""What articles taught us: implements the port `NewsStore` on the SQLite file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.store import codec
from monitor.store.articles import Articles
from monitor.store.past import Past
from monitor.store.sql import upsert

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from alerts.model import Alert
    from monitor.model import Article, Fact, Findings, Placing, Review
    from monitor.store.db import Database


class News(Past):
    """The past that also grows; the caller has a transaction open when it calls `record`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._articles = Articles(self._sql, self._shingles)

    def record(self, findings: Findings) -> None:
        article = self._articles.keep(findings)
        if findings.placing is not None:
            self._place(article, findings.article, findings.placing)
        for fact in findings.facts:
            self._fact(fact)
        if findings.findings:
            self._claims(article, findings)
        if findings.alerts:
            self._milestones(findings)

    def release(self, fact: Fact, alerts: Sequence[Alert]) -> None:
        """Keeps a fact that is held no longer, and the milestones that this made."""
        self._fact(fact)
        self._milestones_of(alerts, {alert.key: fact.key for alert in alerts})

    def review(self, review: Review) -> None:
        """Keeps what a person decided of a held figure."""
        self._sql.execute(
            "INSERT INTO reviews (fact, verdict, reason, at, test) VALUES (?, ?, ?, ?, ?)",
            (review.fact, review.verdict, review.reason, codec.stamp(review.at), review.test),
        )

    def _place(self, article: int, told: Article, placing: Placing) -> None:
        sketch = placing.sketch
        self._sql.execute(
            "INSERT INTO stories (story, title, opened, told, articles, sketch) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (story) DO UPDATE SET told = excluded.told, articles = excluded.articles,"
            " sketch = excluded.sketch",
            (
                placing.story,
                sketch.title,
                codec.stamp(sketch.opened),
                codec.stamp(sketch.told),
                sketch.articles,
                codec.dump(sketch),
            ),
        )
        self._sketches.put(placing.story, sketch)
        when = codec.stamp(sketch.told)
        self._sql.execute("UPDATE story_keys SET told = ? WHERE story = ? AND told != ?", (when, placing.story, when))
        self._sql.executemany(
            "INSERT OR IGNORE INTO story_keys (key, story, told) VALUES (?, ?, ?)",
            [(key, placing.story, when) for key in placing.keys],
        )
        published = codec.stamp(told.published or told.seen or sketch.told)
        self._shingles.keep(article, published, placing.shingles)
        for merge in placing.merges:
            self._merge(merge.story, merge.into, merge.reason)

    def _merge(self, story: str, into: str, reason: str) -> None:
        self._sql.execute("UPDATE stories SET merged_into = ?, merge_reason = ? WHERE story = ?", (into, reason, story))
        self._sql.execute("UPDATE articles SET story = ? WHERE story = ?", (into, story))
        self._sql.execute(
            "INSERT OR IGNORE INTO story_keys (key, story, told) SELECT key, ?, told FROM story_keys WHERE story = ?",
            (into, story),
        )
        self._sql.execute("DELETE FROM story_keys WHERE story = ?", (story,))

    def _fact(self, fact: Fact) -> None:
        before, told = self.fact(fact.key), codec.stamp(fact.told)
        values = {
            "key": fact.key,
            "metric": fact.metric,
            "unit": fact.unit,
            "actor": fact.actor,
            "subject": fact.subject,
            "product": fact.product,
            "value": fact.value,
            "bound": fact.bound,
            "status": fact.status,
            "period": fact.period,
            "opened": codec.stamp(fact.opened),
            "told": told,
            "change": fact.change,
            "state": fact.state,
            "waiting": fact.waiting,
            "outlet": fact.outlet,
            "outlets": len(fact.outlets),
            "alert": fact.alert,
            "rule": fact.rule,
            "evidence": fact.evidence,
            "detail": codec.dump(fact),
        }
        self._sql.execute(upsert("facts", "key", tuple(values)), tuple(values.values()))
        self._facts_seen.put(fact.key, fact)
        if before is None or _found_by(before) != _found_by(fact):
            self._fact_keys(fact, told)

    def _fact_keys(self, fact: Fact, told: str) -> None:
        self._sql.execute("DELETE FROM fact_keys WHERE fact = ?", (fact.key,))
        self._sql.executemany(
            "INSERT INTO fact_keys (metric, unit, key, fact, value, told) VALUES (?, ?, ?, ?, ?, ?)",
            [(fact.metric, fact.unit, key, fact.key, fact.value, told) for key in dict.fromkeys(fact.keys)],
        )

    def _claims(self, article: int, findings: Findings) -> None:
        self._sql.executemany(
            "INSERT INTO claims (article, fact, change, reason, opens, independent, rule, alert, verdict, metric,"
            " subject, product, value, unit, bound, status, period, attribution, evidence, detail)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    article,
                    f.fact,
                    f.change,
                    f.reason,
                    f.opens,
                    f.independent,
                    f.rule,
                    f.alert,
                    f.verdict,
                    f.claim.metric,
                    f.claim.subject,
                    f.claim.product,
                    f.claim.value,
                    f.claim.unit,
                    f.claim.bound,
                    f.claim.status,
                    f.claim.period,
                    f.claim.attribution,
                    f.claim.evidence,
                    codec.dump(f.claim),
                )
                for f in findings.findings
            ],
        )

    def _milestones(self, findings: Findings) -> None:
        facts = {fact.alert: fact.key for fact in findings.facts if fact.alert}
        facts |= {finding.alert: finding.fact for finding in reversed(findings.findings) if finding.alert}
        facts |= {gone.alert: gone.fact for gone in findings.withdrawn if gone.alert}
        self._milestones_of(findings.alerts, facts)

    def _milestones_of(self, alerts: Sequence[Alert], facts: Mapping[str, str]) -> None:
        self._sql.executemany(
            "INSERT OR IGNORE INTO milestones"
            " (fact, article, version, at, change, rule, severity, title, alert, thread, hold) VALUES"
            " (?1, ?2, (SELECT version FROM articles WHERE id = ?2), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            [
                (
                    facts.get(a.key),
                    a.article,
                    codec.stamp(a.created),
                    a.change,
                    a.rule,
                    a.severity,
                    a.title,
                    a.key,
                    a.thread,
                    a.hold,
                )
                for a in alerts
            ],
        )


def _found_by(fact: Fact) -> tuple[object, ...]:
    """What its rows in `fact_keys` say; they are written again only when that changes."""
    return fact.metric, fact.unit, fact.keys, fact.value, fact.told
