"""What is known when an article comes in: implements the port `Known` on the SQLite file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor import model
from monitor.store import codec
from monitor.store.remembered import Remembered
from monitor.store.shingles import Shingles
from monitor.store.sql import marks

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from monitor.model import Article, Claim, Fact, Finding, Near, Sketch
    from monitor.store.db import Database

_MOST = 64
"""Answers per key that are looked at; more would let one frequent key cost the more the longer we run."""


class Past:
    """Reads on one connection; facts and stories that were read before are remembered."""

    def __init__(self, database: Database) -> None:
        self._sql = database.connection
        self._shingles = Shingles(database)
        self._facts_seen: Remembered[Fact] = Remembered(database, "SELECT detail FROM facts WHERE key = ?", codec.fact)
        self._sketches: Remembered[Sketch] = Remembered(
            database, "SELECT sketch FROM stories WHERE story = ?", codec.sketch
        )

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

    def copies(self, shingles: Collection[int], since: datetime, *, limit: int, share: float = 0.0) -> Sequence[Near]:
        found = self._shingles.near(shingles, codec.stamp(since), limit)
        near = {one.article: one for one in found if one.shared / min(one.total, len(shingles)) >= share}
        if not near:
            return []
        rows = self._sql.execute(
            "SELECT article, id, story, outlet, feed, url, a.published, seen"  # noqa: S608 - only placeholders
            f" FROM articles AS a JOIN shingled USING (article) WHERE article IN ({marks(near)})",
            tuple(near),
        ).fetchall()
        rows.sort(key=lambda row: (-near[row["article"]].shared, row["published"] or "", row["article"]))
        return [
            model.Near(
                article=row["id"],
                story=self._through(row["story"]),
                outlet=row["outlet"] or "",
                feed=row["feed"],
                url=row["url"],
                published=codec.moment(row["published"] or row["seen"]),
                shared=near[row["article"]].shared,
                total=near[row["article"]].total,
            )
            for row in rows[:limit]
        ]

    def stories(self, keys: Collection[str], since: datetime, *, limit: int) -> Sequence[Sketch]:
        if not keys:
            return []
        rows = self._sql.execute(
            "SELECT story, count(*) FROM story_keys"  # noqa: S608 - only placeholders
            f" WHERE key IN ({marks(keys)}) AND told >= ? GROUP BY story"
            " ORDER BY count(*) DESC, max(told) DESC, story LIMIT ?",
            (*keys, codec.stamp(since), limit),
        ).fetchall()
        # Keys taken over in a merge may be told later than the story itself: its own time decides.
        found = [(shared, sketch) for story, shared in rows if (sketch := self._sketches.get(story)) is not None]
        found.sort(key=lambda pair: (-pair[0], -pair[1].told.timestamp(), pair[1].story))
        return [sketch for _, sketch in found]

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

    def held(self, key: str) -> tuple[Fact, Claim, Article] | None:
        """A held figure with the claim and the article that opened it; None when nothing of that key is held."""
        row = self._sql.execute(
            "SELECT f.detail AS fact, c.detail AS claim, a.* FROM facts AS f JOIN claims AS c ON c.fact = f.key"
            " JOIN articles AS a USING (article) WHERE f.key = ? AND f.waiting IS NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM reviews WHERE reviews.fact = f.key) ORDER BY c.opens DESC, c.claim LIMIT 1",
            (key,),
        ).fetchone()
        return (codec.fact(row["fact"]), codec.claim(row["claim"]), codec.article(row)) if row else None

    def _through(self, story: str) -> str:
        """The story that `story` was merged into, if it was."""
        while True:
            row = self._sql.execute("SELECT merged_into FROM stories WHERE story = ?", (story,)).fetchone()
            if row is None or row[0] is None:
                return story
            story = row[0]


def _finding(row: sqlite3.Row) -> Finding:
    return model.Finding(
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
