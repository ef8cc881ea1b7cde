"""Which recorded texts share shingles with a new one, however many share its boilerplate."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from monitor.store import codec

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Sequence

_MOST = 64
"""Bearers of one shingle that are looked at, the last recorded; more would cost the more the longer we run."""


_NEAR = """
WITH asked AS MATERIALIZED (
    SELECT value AS hash, coalesce(
        (SELECT article FROM shingles WHERE hash = value ORDER BY article DESC LIMIT 1 OFFSET ?4), 0
    ) AS passed FROM json_each(?1)
), met AS (
    SELECT shingles.article, count(*) AS shared, sum(passed = 0) AS rare
    FROM asked CROSS JOIN shingles ON shingles.hash = asked.hash AND article > passed GROUP BY article
), dated AS MATERIALIZED (
    SELECT article, published, shared, rare FROM met CROSS JOIN shingled USING (article) WHERE published >= ?2
)
SELECT article, hashes FROM (
    SELECT article FROM (SELECT article FROM dated ORDER BY shared DESC, published, article LIMIT ?3)
    UNION SELECT article FROM (SELECT article FROM dated ORDER BY rare DESC, published, article LIMIT ?3)
) CROSS JOIN shingled USING (article)"""
"""Boilerplate is in thousands of articles, of which only the last recorded are met by it. So that it hides no copy,
what is met most by rarer shingles is looked at as well, and of both all that is shared is counted."""


class Shared(NamedTuple):
    """An article by the number of its row, and what it has in common with the text that is asked for."""

    article: int
    shared: int
    total: int
    """Shingles of its own."""


class Shingles:
    """Reads and writes on the connection; the caller has a transaction open when it calls what writes."""

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql

    def keep(self, article: int, published: str, hashes: Collection[int]) -> None:
        """The article is met by its shingles from now on. `published` is a stamp."""
        if not hashes:
            return
        ordered = sorted(set(hashes))
        self._sql.executemany(
            "INSERT INTO shingles (hash, article) VALUES (?, ?)", [(each, article) for each in ordered]
        )
        self._sql.execute(
            "INSERT INTO shingled (article, published, hashes) VALUES (?, ?, ?)",
            (article, published, codec.dump(ordered)),
        )

    def forget(self, article: int) -> None:
        """It is met by them no more."""
        row = self._sql.execute("SELECT hashes FROM shingled WHERE article = ?", (article,)).fetchone()
        if row is not None:
            self._sql.executemany(
                "DELETE FROM shingles WHERE hash = ? AND article = ?", [(each, article) for each in json.loads(row[0])]
            )
            self._sql.execute("DELETE FROM shingled WHERE article = ?", (article,))

    def prune(self, before: str) -> None:
        """Forgets all articles published before the stamp."""
        self._sql.execute(
            "DELETE FROM shingles WHERE (hash, article) IN"
            " (SELECT value, article FROM shingled, json_each(hashes) WHERE published < ?)",
            (before,),
        )
        self._sql.execute("DELETE FROM shingled WHERE published < ?", (before,))

    def near(self, hashes: Collection[int], since: str, limit: int) -> Sequence[Shared]:
        """Articles published from `since` on that share hashes: at least the `limit` that share most."""
        asked = set(hashes)
        rows = self._sql.execute(_NEAR, (codec.dump(sorted(asked)), since, limit, _MOST))
        return [Shared(article, len(asked.intersection(own := json.loads(found))), len(own)) for article, found in rows]
