"""Articles as they were read: the words, who is named where, earlier versions, the search index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.store import codec, search
from monitor.store.sql import insert

if TYPE_CHECKING:
    import sqlite3

    from monitor.model import Article, Findings
    from monitor.store.shingles import Shingles


class Articles:
    """Writes on the connection; the caller has a transaction open."""

    def __init__(self, sql: sqlite3.Connection, shingles: Shingles) -> None:
        self._sql = sql
        self._shingles = shingles

    def keep(self, findings: Findings) -> int:
        """The number of its row; what an earlier version was found by is taken out, its words and trace are kept."""
        article, placing = findings.article, findings.placing
        # Most articles match nothing, for one of few reasons.
        dump = codec.dump if findings.matched else codec.dump_again
        values = {
            **_columns(article),
            "matched": findings.matched,
            "story": placing.story if placing else None,
            "role": placing.role if placing else None,
            "copy_of": placing.copy_of if placing else None,
            "placing_reason": placing.reason if placing else None,
            "trace": dump(findings.trace),
        }
        cursor = self._sql.execute(insert("INSERT OR IGNORE INTO articles", tuple(values)), tuple(values.values()))
        number = int(cursor.lastrowid or 0) if cursor.rowcount else self._again(article, values)
        search.index(self._sql, number, article.title, article.text)
        if findings.reading.mentions:
            self._mentions(number, findings)
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
        """Takes out what the earlier version is found by."""
        if old["version"] != article.version:
            self._sql.execute(
                "INSERT OR REPLACE INTO article_versions (id, version, title, text, seen, trace)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                tuple(old[name] for name in ("id", "version", "title", "text", "seen", "trace")),
            )
        search.forget(self._sql, old["article"], old["title"], old["text"])
        self._shingles.forget(old["article"])
        for table in ("mentions", "claims"):
            self._sql.execute(f"DELETE FROM {table} WHERE article = ?", (old["article"],))  # noqa: S608 - fixed names

    def _mentions(self, article: int, findings: Findings) -> None:
        self._sql.executemany(
            'INSERT INTO mentions (article, entity, text, field, start, "end") VALUES (?, ?, ?, ?, ?, ?)',
            [(article, m.entity, m.text, m.field, m.start, m.end) for m in findings.reading.mentions],
        )


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
        "tags": codec.dump_again(article.tags),
        "batch": article.batch,
    }
