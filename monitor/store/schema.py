"""Tables of the SQLite file, in the product's words; numbered steps, of which only the last may be added to.

Times are text, UTC, `2026-05-12T08:16:27.000Z`; lists and mappings are JSON. docs/database.md explains each table.
"""

from __future__ import annotations

from alerts import outbox
from monitor.store.tables import articles, daemon, ledger, polling

APPLICATION_ID = 0x63687077
"""`chpw`: what tells our files from others (PRAGMA application_id)."""

_SHINGLES_OF_AN_ARTICLE_IN_ONE_ROW = (
    "DROP INDEX shingles_article",
    "ALTER TABLE shingles RENAME TO shingles_before",
    """
CREATE TABLE shingles (
    hash INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (hash, article)
) WITHOUT ROWID""",
    """
CREATE TABLE shingled (
    article INTEGER PRIMARY KEY REFERENCES articles(article) ON DELETE CASCADE,
    published TEXT NOT NULL,
    hashes TEXT NOT NULL                        -- all its rows in shingles, JSON
)""",
    "INSERT INTO shingles SELECT hash, article FROM shingles_before",
    "INSERT INTO shingled SELECT article, max(published), json_group_array(hash) FROM shingles_before GROUP BY article",
    "DROP TABLE shingles_before",
)
"""Shingles of an article lie all over their table, and a commit writes each page that they touch, so few are best."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        *polling.STATEMENTS,
        *articles.STATEMENTS,
        *ledger.STATEMENTS,
        *daemon.STATEMENTS,
        *outbox.MIGRATIONS[0],
    ),
    _SHINGLES_OF_AN_ARTICLE_IN_ONE_ROW,
)
