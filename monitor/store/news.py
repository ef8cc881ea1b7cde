"""What articles taught us: implements the port `NewsStore` on the SQLite file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from monitor.model import Fact, Finding, Near, Sketch
from monitor.store import codec, search
from monitor.store.remembered import Remembered

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from alerts.model import Alert
    from monitor.model import Article, Claim, Findings, Placing, Review
    from monitor.store.db import Database

_MOST = 64
"""Answers per shingle or key that are looked at; more would let one frequent key cost the more the longer we run."""

_COPIES = """
WITH asked AS MATERIALIZED (
    SELECT value AS hash, coalesce(
        (SELECT article FROM shingles WHERE hash = value ORDER BY article DESC LIMIT 1 OFFSET ?4), 0
    ) AS passed FROM json_each(?1)
), met AS MATERIALIZED (
    SELECT article, min(published) AS published, count(*) AS shared, sum(passed = 0) AS rare
    FROM asked CROSS JOIN shingles USING (hash) WHERE article > passed AND published >= ?2 GROUP BY article
), near AS (
    SELECT article FROM (SELECT article FROM met ORDER BY shared DESC, published, article LIMIT ?3)
    UNION SELECT article FROM (SELECT article FROM met ORDER BY rare DESC, published, article LIMIT ?3)
), counted AS (
    SELECT article, count(*) AS total, sum(hash IN (SELECT hash FROM asked)) AS shared
    FROM near CROSS JOIN shingles USING (article) GROUP BY article
)
SELECT a.id, a.story, a.outlet, a.feed, a.url, a.published, a.seen, counted.shared, counted.total
FROM counted JOIN articles AS a USING (article) ORDER BY counted.shared DESC, a.published, a.article LIMIT ?3"""
"""Boilerplate is in thousands of articles, of which only the last recorded are met by it. So that it hides no copy,
what is met most by rarer shingles is looked at as well, and of both all that is shared is counted."""


class News:
    """Reads and writes on one connection; the caller has a transaction open when it calls `record`."""

    def __init__(self, database: Database) -> None:
        self._sql = database.connection
        self._facts_seen = Remembered[Fact](database, "SELECT detail FROM facts WHERE key = ?", codec.fact)
        self._sketches = Remembered[Sketch](database, "SELECT sketch FROM stories WHERE story = ?", codec.sketch)

    def fact(self, key: str) -> Fact | None:
        return self._facts_seen.get(key)

    def alike(self, metric: str, unit: str, key: str, low: float, high: float, *, limit: int) -> Sequence[Fact]:
        return self._facts("AND value BETWEEN ? AND ? ORDER BY told DESC", (metric, unit, key, low, high, limit))

    def recent(self, metric: str, unit: str, key: str, *, limit: int) -> Sequence[Fact]:
        return self._facts("ORDER BY told DESC", (metric, unit, key, limit))

    def highest(self, metric: str, unit: str, key: str, *, limit: int) -> Sequence[Fact]:
        return self._facts("AND value IS NOT NULL ORDER BY value DESC", (metric, unit, key, limit))

    def _facts(self, rest: str, values: tuple[object, ...]) -> Sequence[Fact]:
        rows = self._sql.execute(
            f"SELECT fact FROM fact_keys WHERE metric = ? AND unit = ? AND key = ? {rest} LIMIT ?",  # noqa: S608
            values,
        ).fetchall()
        return [fact for row in rows if (fact := self._facts_seen.get(row[0])) is not None]

    def told_by(self, article: str) -> Sequence[Finding]:
        rows = self._sql.execute(
            "SELECT c.* FROM claims AS c JOIN articles AS a USING (article) WHERE a.id = ? ORDER BY c.claim", (article,)
        )
        return [_finding(row) for row in rows]

    def words_of(self, article: str) -> tuple[str, str] | None:
        row = self._sql.execute("SELECT title, text FROM articles WHERE id = ?", (article,)).fetchone()
        return (row[0], row[1]) if row else None

    def tellers(self, fact: str) -> Sequence[tuple[str, str]]:
        rows = self._sql.execute(
            "SELECT DISTINCT a.id, coalesce(a.outlet, a.feed, '') FROM claims AS c JOIN articles AS a USING (article)"
            " WHERE c.fact = ? ORDER BY a.article",
            (fact,),
        )
        return [(row[0], row[1]) for row in rows]

    def copies(self, shingles: Collection[int], since: datetime, *, limit: int) -> Sequence[Near]:
        if not shingles:
            return []
        asked = codec.dump(sorted(set(shingles)))
        rows = self._sql.execute(_COPIES, (asked, codec.stamp(since), limit, _MOST))
        return [
            Near(
                article=row["id"],
                story=self._through(row["story"]),
                outlet=row["outlet"] or "",
                feed=row["feed"],
                url=row["url"],
                published=codec.moment(row["published"] or row["seen"]),
                shared=row["shared"],
                total=row["total"],
            )
            for row in rows
        ]

    def stories(self, keys: Collection[str], since: datetime, *, limit: int) -> Sequence[Sketch]:
        if not keys:
            return []
        rows = self._sql.execute(
            "SELECT s.story FROM (SELECT story, count(*) AS shared FROM story_keys"  # noqa: S608 - only placeholders
            f" WHERE key IN ({_marks(keys)}) AND told >= ? GROUP BY story"
            " ORDER BY shared DESC, max(told) DESC, story LIMIT ?) AS found JOIN stories AS s USING (story)"
            " ORDER BY found.shared DESC, s.told DESC, s.story",
            (*keys, codec.stamp(since), limit),
        ).fetchall()
        return [sketch for row in rows if (sketch := self._sketches.get(row[0])) is not None]

    def sketch(self, story: str) -> Sketch | None:
        return self._sketches.get(self._through(story))

    def common(self, keys: Collection[str], since: datetime) -> Mapping[str, int]:
        counts: dict[str, int] = {}
        for key in keys:
            row = self._sql.execute(
                "SELECT count(*) FROM (SELECT 1 FROM story_keys WHERE key = ? AND told >= ? LIMIT ?)",
                (key, codec.stamp(since), _MOST),
            ).fetchone()
            if row[0]:
                counts[key] = row[0]
        return counts

    def placed(self, article: str) -> str | None:
        row = self._sql.execute("SELECT story FROM articles WHERE id = ?", (article,)).fetchone()
        return self._through(row[0]) if row and row[0] else None

    def alerted(self, alert: str) -> bool:
        return self._sql.execute("SELECT 1 FROM milestones WHERE alert = ?", (alert,)).fetchone() is not None

    def last_alert(self, rule: str, subject: str) -> datetime | None:
        row = self._sql.execute(
            "SELECT max(m.at) FROM milestones AS m JOIN facts AS f ON f.alert = m.alert"
            " WHERE m.thread IS NULL AND m.hold IS NULL AND m.rule = ? AND f.actor = ?",
            (rule, subject),
        ).fetchone()
        return codec.moment(row[0]) if row[0] else None

    def members(self, story: str) -> Sequence[tuple[str, str]]:
        rows = self._sql.execute("SELECT id, role FROM articles WHERE story = ? ORDER BY article", (story,))
        return [(row[0], row[1]) for row in rows]

    def record(self, findings: Findings) -> None:
        article = self._article(findings)
        if findings.reading.mentions:
            self._mentions(article, findings)
        if findings.placing is not None:
            self._place(article, findings.article, findings.placing)
        for fact in findings.facts:
            self._fact(fact)
        if findings.findings:
            self._claims(article, findings)
        if findings.alerts:
            self._milestones(findings)

    def held(self, key: str) -> tuple[Fact, Claim, Article] | None:
        """A held figure with the claim and the article that opened it; None when nothing of that key is held."""
        row = self._sql.execute(
            "SELECT f.detail AS fact, c.detail AS claim, a.* FROM facts AS f JOIN claims AS c ON c.fact = f.key"
            " JOIN articles AS a USING (article) WHERE f.key = ? AND f.waiting IS NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM reviews WHERE reviews.fact = f.key) ORDER BY c.opens DESC, c.claim LIMIT 1",
            (key,),
        ).fetchone()
        return (codec.fact(row["fact"]), codec.claim(row["claim"]), codec.article(row)) if row else None

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

    def _through(self, story: str) -> str:
        """The story that `story` was merged into, if it was."""
        while True:
            row = self._sql.execute("SELECT merged_into FROM stories WHERE story = ?", (story,)).fetchone()
            if row is None or row[0] is None:
                return story
            story = row[0]

    def _article(self, findings: Findings) -> int:
        article, placing = findings.article, findings.placing
        values = {
            **_columns(article),
            "matched": findings.matched,
            "story": placing.story if placing else None,
            "role": placing.role if placing else None,
            "copy_of": placing.copy_of if placing else None,
            "placing_reason": placing.reason if placing else None,
            "trace": codec.dump(findings.trace),
        }
        cursor = self._sql.execute(_insert("INSERT OR IGNORE INTO articles", tuple(values)), tuple(values.values()))
        number = int(cursor.lastrowid or 0) if cursor.rowcount else self._again(article, values)
        search.index(self._sql, number, article.title, article.text)
        return number

    def _again(self, article: Article, values: dict[str, object]) -> int:
        """The article is recorded already: what it said makes room for what it says."""
        old = self._sql.execute("SELECT * FROM articles WHERE id = ?", (article.id,)).fetchone()
        self._set_aside(old, article)
        sets = ", ".join(f"{name} = ?" for name in values)
        self._sql.execute(
            f"UPDATE articles SET {sets} WHERE article = ?",  # noqa: S608 - names from the code above
            (*values.values(), old["article"]),
        )
        return int(old["article"])

    def _set_aside(self, old: sqlite3.Row, article: Article) -> None:
        """Takes out what the earlier version is found by; its words and trace are kept."""
        if old["version"] != article.version:
            self._sql.execute(
                "INSERT OR REPLACE INTO article_versions (id, version, title, text, seen, trace)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                tuple(old[name] for name in ("id", "version", "title", "text", "seen", "trace")),
            )
        search.forget(self._sql, old["article"], old["title"], old["text"])
        for table in ("mentions", "claims", "shingles"):
            self._sql.execute(f"DELETE FROM {table} WHERE article = ?", (old["article"],))  # noqa: S608 - fixed names

    def _mentions(self, article: int, findings: Findings) -> None:
        self._sql.executemany(
            'INSERT INTO mentions (article, entity, text, field, start, "end") VALUES (?, ?, ?, ?, ?, ?)',
            [(article, m.entity, m.text, m.field, m.start, m.end) for m in findings.reading.mentions],
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
        self._sql.executemany(
            "INSERT OR IGNORE INTO shingles (hash, article, published) VALUES (?, ?, ?)",
            [(shingle, article, published) for shingle in sorted(placing.shingles)],
        )
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
        self._sql.execute(_upsert("facts", "key", tuple(values)), tuple(values.values()))
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


@cache
def _insert(into: str, names: tuple[str, ...]) -> str:
    return f"{into} ({', '.join(names)}) VALUES ({_marks(names)})"


@cache
def _upsert(table: str, key: str, names: tuple[str, ...]) -> str:
    sets = ", ".join(f"{name} = excluded.{name}" for name in names if name != key)
    return f"{_insert(f'INSERT INTO {table}', names)} ON CONFLICT ({key}) DO UPDATE SET {sets}"


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def _columns(article: Article) -> dict[str, object]:
    return {
        "id": article.id,
        "feed": article.feed,
        "title": article.title,
        "text": article.text,
        "language": article.language,
        "published": codec.stamp(article.published),
        "seen": codec.stamp(article.seen),
        "outlet": article.outlet,
        "url": article.url,
        "trust": article.trust,
        "record": article.record,
        "garbled": article.garbled,
        "version": article.version,
        "tags": codec.dump(article.tags),
        "batch": article.batch,
    }


def _finding(row: sqlite3.Row) -> Finding:
    return Finding(
        claim=codec.claim(row["detail"]),
        change=row["change"],
        reason=row["reason"],
        fact=row["fact"],
        opens=bool(row["opens"]),
        independent=bool(row["independent"]),
        rule=row["rule"],
        alert=row["alert"],
        verdict=row["verdict"],
    )
