"""What people ask the store: milestones, articles, stories, feeds, status, books; plain rows for tables and JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from monitor.store import codec, search

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from monitor.model import Article, Change, Claim

CHANGES: tuple[Change, ...] = (
    "new", "record", "official", "confirmed", "corroborated",
    "background", "corrected", "denied", "conflict", "suspect",
)  # fmt: skip

Row = dict[str, Any]


class Questions:
    """Reads on one connection; answers are rows whose keys are the columns that people see."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def milestones(
        self, *, entity: str | None = None, metric: str | None = None, since: datetime | None = None, limit: int = 50
    ) -> list[Row]:
        """Milestones, newest first; `entity` is subject or product."""
        rows = self._sql.execute(
            "SELECT m.milestone, m.at, m.severity, m.change, m.rule, m.title, f.metric, f.subject, f.product,"
            " f.detail AS fact, f.state, f.outlets AS sources, f.outlet AS first_source, f.evidence, m.article,"
            " a.url, m.alert, m.hold"
            " FROM milestones AS m JOIN facts AS f ON f.key = m.fact LEFT JOIN articles AS a ON a.id = m.article"
            " WHERE (?1 IS NULL OR f.subject = ?1 OR f.product = ?1 OR f.actor = ?1) AND (?2 IS NULL OR f.metric = ?2)"
            " AND (?3 IS NULL OR m.at >= ?3) ORDER BY m.at DESC, m.milestone DESC LIMIT ?4",
            (entity, metric, codec.stamp(since), limit),
        )
        return [_with_fact(row) for row in rows]

    def suspects(self) -> list[Row]:
        """Figures held for review, oldest first."""
        rows = self._sql.execute(
            "SELECT f.key AS id, f.opened AS at, f.metric, f.subject, f.product, f.detail AS fact, f.evidence,"
            " f.outlet AS first_source, f.state, f.waiting,"
            " (SELECT reason FROM claims WHERE claims.fact = f.key ORDER BY claim LIMIT 1) AS reason"
            " FROM facts AS f WHERE f.waiting IS NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM reviews WHERE reviews.fact = f.key) ORDER BY f.opened"
        )
        return [_with_fact(row) for row in rows]

    def reviews(self) -> list[Row]:
        """Verdicts on held figures, with the rule test that each is, newest first."""
        rows = self._sql.execute("SELECT at, verdict, fact, reason, test FROM reviews ORDER BY review DESC")
        return [dict(row) for row in rows]

    def articles(
        self,
        question: str | None = None,
        *,
        entity: str | None = None,
        metric: str | None = None,
        since: datetime | None = None,
        limit: int = 50,
    ) -> list[Row]:
        """Articles that hold every part of the question; by relevance, without a question newest first."""
        found: Sequence[int] | None = None if question is None else search.find(self._sql, question, 100 * limit)
        rows = self._sql.execute(
            "SELECT a.article, a.id, a.published, a.outlet, a.language, a.title, a.url, a.story, a.role, a.matched,"
            " (SELECT group_concat(entity, ', ') FROM (SELECT DISTINCT entity FROM mentions AS m"
            "   WHERE m.article = a.article)) AS entities"
            " FROM articles AS a WHERE (?1 IS NULL OR a.article IN (SELECT value FROM json_each(?1)))"
            " AND (?2 IS NULL OR EXISTS (SELECT 1 FROM mentions AS m WHERE m.article = a.article AND m.entity = ?2))"
            " AND (?3 IS NULL OR EXISTS (SELECT 1 FROM claims AS c WHERE c.article = a.article AND c.metric = ?3))"
            " AND (?4 IS NULL OR coalesce(a.published, a.seen) >= ?4)"
            " ORDER BY coalesce(a.published, a.seen) DESC, a.article DESC LIMIT ?5",
            (
                None if found is None else json.dumps(found),
                entity,
                metric,
                codec.stamp(since),
                limit,
            ),
        )
        answers = [{**dict(row), "matched": bool(row["matched"])} for row in rows]
        if found is not None:
            rank = {article: place for place, article in enumerate(found)}
            answers.sort(key=lambda row: rank[row["article"]])
        for row in answers:
            del row["article"]
        return answers

    def stored(self, since: datetime | None) -> list[Article]:
        """Articles with their words, in the order in which they were seen."""
        rows = self._sql.execute(
            "SELECT * FROM articles WHERE ?1 IS NULL OR coalesce(published, seen) >= ?1 ORDER BY article",
            (codec.stamp(since),),
        )
        return [codec.article(row) for row in rows]

    def news_since(self, since: datetime) -> list[Claim]:
        """The claims that opened a fact in articles seen since then."""
        rows = self._sql.execute(
            "SELECT c.detail FROM claims AS c JOIN articles AS a USING (article) WHERE c.opens = 1"
            " AND c.change <> 'background' AND coalesce(a.seen, a.published) >= ? ORDER BY c.claim",
            (codec.stamp(since),),
        )
        return [codec.claim(row[0]) for row in rows]

    def unmatched(self, since: datetime, after: int, limit: int) -> list[tuple[int, Article]]:
        """Stored articles that matched nothing, seen since then, from the one numbered `after` on."""
        rows = self._sql.execute(
            "SELECT * FROM articles WHERE matched = 0 AND seen >= ? AND article > ? ORDER BY article LIMIT ?",
            (codec.stamp(since), after, limit),
        )
        return [(row["article"], codec.article(row)) for row in rows]

    def remark(self, name: str) -> str | None:
        """What `Sources.note` keeps under the name."""
        row = self._sql.execute("SELECT text FROM remarks WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def stories(
        self, *, entity: str | None = None, metric: str | None = None, since: datetime | None = None, limit: int = 50
    ) -> list[Row]:
        """Stories, last told first."""
        rows = self._sql.execute(
            "SELECT s.story, s.opened, s.told, s.articles,"
            " (SELECT count(DISTINCT outlet) FROM articles AS o WHERE o.story = s.story) AS outlets,"
            " (SELECT group_concat(DISTINCT language) FROM articles AS l WHERE l.story = s.story) AS languages, s.title"
            " FROM stories AS s WHERE s.merged_into IS NULL AND (?1 IS NULL OR EXISTS (SELECT 1 FROM articles AS a"
            "  JOIN mentions AS m USING (article) WHERE a.story = s.story AND m.entity = ?1))"
            " AND (?2 IS NULL OR EXISTS (SELECT 1 FROM articles AS a JOIN claims AS c USING (article)"
            "  WHERE a.story = s.story AND c.metric = ?2))"
            " AND (?3 IS NULL OR s.told >= ?3) ORDER BY s.told DESC LIMIT ?4",
            (entity, metric, codec.stamp(since), limit),
        )
        return [dict(row) for row in rows]

    def feeds(self) -> list[Row]:
        """Feeds of the file with their health, lag and next poll."""
        rows = self._sql.execute(
            "SELECT f.name, f.url, f.last_poll_at, f.last_success_at, f.next_poll_at, f.poll_reason, f.newest_entry_at,"
            " f.error_kind, f.error, f.state, (SELECT count(*) FROM entries AS e WHERE e.feed = f.feed) AS entries"
            " FROM feeds AS f WHERE f.active = 1 ORDER BY f.feed"
        )
        return [_feed(row) for row in rows]

    def trace(self, reference: str) -> Row | None:
        """What `why` explains of an article, by id or URL."""
        row = self._sql.execute(
            "SELECT * FROM articles WHERE id = ?1 OR url = ?1 ORDER BY article DESC LIMIT 1", (reference,)
        ).fetchone()
        if row is None:
            return None
        claims = self._sql.execute("SELECT * FROM claims WHERE article = ? ORDER BY claim", (row["article"],))
        return {
            **dict(row),
            "trace": json.loads(row["trace"]),
            "claims": [dict(claim) for claim in claims],
            "versions": self._versions(row),
        }

    def _versions(self, article: sqlite3.Row) -> list[Row]:
        """Every version with its trace and the alerts that it raised, oldest first."""
        rows = self._sql.execute(
            "SELECT version, title, seen, trace FROM article_versions WHERE id = ? AND version < ? ORDER BY version",
            (article["id"], article["version"]),
        )
        raised = self._sql.execute(
            "SELECT version, alert FROM milestones WHERE article = ? ORDER BY milestone", (article["id"],)
        ).fetchall()
        return [
            {
                "version": row["version"],
                "title": row["title"],
                "seen": row["seen"],
                "trace": json.loads(row["trace"]),
                "raised": [alert["alert"] for alert in raised if alert["version"] == row["version"]],
            }
            for row in (*rows, article)
        ]

    def alert_of(self, reference: str) -> str | None:
        """The key of an alert; `reference` is it, or the number of its milestone."""
        row = self._sql.execute(
            "SELECT alert FROM milestones WHERE alert = ?1 OR CAST(milestone AS TEXT) = ?1", (reference,)
        ).fetchone()
        return row[0] if row else None

    def article_of(self, alert: str) -> str | None:
        """The article that raised an alert."""
        row = self._sql.execute("SELECT article FROM milestones WHERE alert = ?", (alert,)).fetchone()
        return row[0] if row else None

    def grounds(self, alert: str) -> Row | None:
        """Why an alert was raised, on which words, and what was known before."""
        row = self._sql.execute(
            "SELECT change, reason, evidence, before FROM alerts WHERE alert = ?", (alert,)
        ).fetchone()
        return dict(row) if row else None

    def totals(self) -> dict[str, int]:
        """Counts of `status`."""
        return {
            name: int(self._sql.execute(query).fetchone()[0])
            for name, query in (
                ("articles", "SELECT count(*) FROM entries"),
                ("matched", "SELECT count(*) FROM entries WHERE matched = 1"),
                ("failed", "SELECT count(*) FROM entries WHERE failed IS NOT NULL"),
                ("claims", "SELECT count(*) FROM claims"),
                ("milestones", "SELECT count(*) FROM milestones"),
                ("stories", "SELECT count(*) FROM stories WHERE merged_into IS NULL"),
            )
        }

    def last(self, what: str) -> str | None:
        """When `tick`, `write` or `delivery` last happened."""
        row = self._sql.execute("SELECT at FROM heartbeat WHERE what = ?", (what,)).fetchone()
        return row[0] if row else None

    def last_poll(self) -> str | None:
        """When a feed was last asked."""
        row = self._sql.execute("SELECT max(last_poll_at) FROM feeds").fetchone()
        return row[0] if row else None

    def overdue(self, now: datetime) -> list[str]:
        """Parts of the daemon that should have shown a sign of life."""
        rows = self._sql.execute("SELECT what, at, due FROM heartbeat WHERE due < ?", (codec.stamp(now),))
        return [f"{row['what']}: last at {row['at']}, due by {row['due']}" for row in rows]

    def books(self) -> dict[str, Row]:
        """Every sum that must balance, counted two ways: as things happened, and as they stand in the tables."""
        counters: dict[str, int] = dict(self._sql.execute("SELECT name, value FROM counters").fetchall())

        def counted(name: str) -> int:
            return counters.get(name, 0)

        new = int(self._sql.execute("SELECT count(*) FROM entries").fetchone()[0])
        matched = self._sql.execute("SELECT matched, count(*) FROM entries GROUP BY matched").fetchall()
        by_change = dict(self._sql.execute("SELECT change, count(*) FROM claims GROUP BY change").fetchall())
        seen = sum(counted(name) for name in ("new", "known", "edited", "rejected"))
        return {
            "entries": _balance(counted("entries"), seen),
            "new": _balance(counted("new"), sum(row[1] for row in matched)),
            "stored": _balance(counted("new"), new),
            "claims": _balance(counted("claims"), sum(by_change.get(change, 0) for change in CHANGES)),
        }


def _balance(left: int, right: int) -> Row:
    return {"left": left, "right": right, "balanced": left == right}


def _with_fact(row: sqlite3.Row) -> Row:
    fact = codec.fact(row["fact"])
    answer = {key: row[key] for key in row.keys() if key != "fact"}  # noqa: SIM118 - a Row iterates over values
    return {
        **answer,
        "value": fact.value,
        "value_max": fact.value_max,
        "unit": fact.unit,
        "bound": fact.bound,
        "status": fact.status,
        "period": fact.period,
    }


def _feed(row: sqlite3.Row) -> Row:
    state = codec.poll_state(row["state"])
    if state.gone:
        health = "gone"
    elif row["error_kind"]:
        health = "failing"
    elif state.silent:
        health = "silent"
    else:
        health = "healthy" if row["last_success_at"] else "waiting"
    return {
        "name": row["name"],
        "url": row["url"],
        "health": health,
        "entries": row["entries"],
        "last_poll": row["last_poll_at"],
        "last_success": row["last_success_at"],
        "newest_entry": row["newest_entry_at"],
        "next_poll": row["next_poll_at"],
        "interval": state.interval.total_seconds() if state.interval else None,
        "why": row["poll_reason"],
        "failures": state.failures,
        "error": row["error"],
    }
