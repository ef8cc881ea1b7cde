"""Which recorded texts share shingles with a new one, however many share its boilerplate."""

from __future__ import annotations

import json
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from monitor.store import codec

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from monitor.store.db import Database

_MOST = 64
"""Bearers of one shingle that are looked at, the last recorded; more would cost the more the longer we run."""
WAITING = 256
"""Articles whose hashes are put into the index together. Hashes are scattered over all its pages, and a commit writes
each page that it touches: one by one, they are a tenth of what an article costs."""


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
SELECT article, published, shared, rare, json_array_length(hashes),
    CASE WHEN (SELECT max(passed) FROM asked) > 0 THEN hashes END
FROM (
    SELECT * FROM (SELECT * FROM dated ORDER BY shared DESC, published, article LIMIT ?3)
    UNION SELECT * FROM (SELECT * FROM dated ORDER BY rare DESC, published, article LIMIT ?3)
) CROSS JOIN shingled USING (article, published)"""
"""Boilerplate is in thousands of articles, of which only the last recorded are met by it. So that it hides no copy,
what is met most by rarer shingles is looked at as well, and of both all that is shared is counted."""


class Shared(NamedTuple):
    """An article by the number of its row, and what it has in common with the text that is asked for."""

    article: int
    shared: int
    total: int
    """Shingles of its own."""


class _Met(NamedTuple):
    """An article that is met by asked hashes."""

    article: int
    published: str
    shared: int
    """By as many, as far as they were looked at."""
    rare: int
    """By as many that are no boilerplate."""
    total: int
    hashes: Collection[int] | None
    """Its own; None where `shared` counts all."""

    def counted(self, asked: frozenset[int]) -> Shared:
        shared = self.shared if self.hashes is None else len(asked.intersection(self.hashes))
        return Shared(self.article, shared, self.total)


class _Waiting:
    """The articles whose hashes are not in the index yet, in memory."""

    def __init__(self, rows: Iterable[tuple[int, str, Sequence[int]]]) -> None:
        self._texts: dict[int, tuple[str, frozenset[int]]] = {}
        self._bearers: dict[int, list[int]] = {}
        for row in rows:
            self.add(*row)

    def __len__(self) -> int:
        return len(self._texts)

    def add(self, article: int, published: str, hashes: Sequence[int]) -> None:
        self._texts[article] = published, frozenset(hashes)
        for each in hashes:
            self._bearers.setdefault(each, []).append(article)

    def met(self, asked: frozenset[int], since: str) -> list[_Met]:
        borne = [bearers for each in asked if (bearers := self._bearers.get(each))]
        rare = Counter(chain.from_iterable(bearers for bearers in borne if len(bearers) <= _MOST))
        common = Counter(chain.from_iterable(bearers[-_MOST:] for bearers in borne if len(bearers) > _MOST))
        shared = rare + common if common else rare
        told = ((article, count, *self._texts[article]) for article, count in shared.items())
        return [
            _Met(article, published, count, rare[article], len(hashes), hashes if common else None)
            for article, count, published, hashes in told
            if published >= since
        ]


class Shingles:
    """Reads and writes on the database; the caller has a transaction open when it calls what writes.

    What was recorded last stands in `shingled` alone, named in `shingles_waiting`, and is searched in memory until
    there is enough of it to be worth touching the pages of the index. What `prune` forgets stays as long, so
    that who asks looks at `shingled` too.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = database.connection
        self._known: _Waiting | None = None
        self._rollbacks = database.rollbacks

    def keep(self, article: int, published: str, hashes: Collection[int]) -> None:
        """The article is met by its shingles from now on. `published` is a stamp."""
        if not hashes:
            return
        waiting, ordered = self._waiting(), sorted(set(hashes))
        self._sql.execute(
            "INSERT INTO shingled (article, published, hashes) VALUES (?, ?, ?)",
            (article, published, codec.dump(ordered)),
        )
        self._sql.execute("INSERT INTO shingles_waiting (article) VALUES (?)", (article,))
        waiting.add(article, published, ordered)
        if len(waiting) >= WAITING:
            self._put_into_index()

    def _put_into_index(self) -> None:
        self._sql.execute(
            "INSERT INTO shingles (hash, article) SELECT value, article"
            " FROM shingles_waiting CROSS JOIN shingled USING (article), json_each(hashes) ORDER BY value, article"
        )
        self._sql.execute("DELETE FROM shingles_waiting")
        self._known = None

    def _waiting(self) -> _Waiting:
        if self._known is None or self._rollbacks != self._database.rollbacks:
            rows = self._sql.execute(
                "SELECT article, published, hashes FROM shingles_waiting CROSS JOIN shingled USING (article)"
                " ORDER BY article"
            )
            self._known = _Waiting((row[0], row[1], json.loads(row[2])) for row in rows)
            self._rollbacks = self._database.rollbacks
        return self._known

    def forget(self, article: int) -> None:
        """It is met by them no more."""
        row = self._sql.execute("SELECT hashes FROM shingled WHERE article = ?", (article,)).fetchone()
        if row is not None:
            self._sql.executemany(
                "DELETE FROM shingles WHERE hash = ? AND article = ?", [(each, article) for each in json.loads(row[0])]
            )
            self._sql.execute("DELETE FROM shingled WHERE article = ?", (article,))
            self._known = None

    def near(self, hashes: Collection[int], since: str, limit: int) -> Sequence[Shared]:
        """Articles published from `since` on that share hashes: at least the `limit` that share most."""
        asked = frozenset(hashes)
        met = [*self._indexed(asked, since, limit), *self._waiting().met(asked, since)]
        most = sorted(met, key=lambda m: (-m.shared, m.published, m.article))[:limit]
        rarest = sorted(met, key=lambda m: (-m.rare, m.published, m.article))[:limit]
        return [one.counted(asked) for one in {one.article: one for one in (*most, *rarest)}.values()]

    def _indexed(self, asked: frozenset[int], since: str, limit: int) -> Iterator[_Met]:
        rows = self._sql.execute(_NEAR, (codec.dump(sorted(asked)), since, limit, _MOST))
        for article, published, shared, rare, total, own in rows:
            yield _Met(article, published, shared, rare, total, None if own is None else json.loads(own))


def prune(sql: sqlite3.Connection, before: str) -> None:
    """Forgets the hashes of all articles published before the stamp."""
    sql.execute(
        "DELETE FROM shingles WHERE (hash, article) IN"
        " (SELECT value, article FROM shingled, json_each(hashes) WHERE published < ?)",
        (before,),
    )
    sql.execute("DELETE FROM shingled WHERE published < ?", (before,))
