"""Tables of the SQLite file, in the product's words; numbered steps, of which only the last may be added to.

Times are text, UTC, `2026-05-12T08:16:27.000Z`; lists and mappings are JSON. docs/database.md explains each table.
"""

from __future__ import annotations

from alerts import outbox
from monitor.store.tables import articles, daemon, ledger, polling

APPLICATION_ID = 0x63687077
"""`chpw`: what tells our files from others (PRAGMA application_id)."""

_FEWER_PAGES_A_COMMIT = (
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
    # No question asks by it: all take an undated article's time for the one when it was seen.
    "DROP INDEX articles_published",
)
"""A commit writes each page that it touches, and what is sorted by hash or by date touches one for every row."""

_SHINGLES_WAIT = (
    """
CREATE TABLE shingles_waiting (
    article INTEGER PRIMARY KEY REFERENCES shingled(article) ON DELETE CASCADE
)""",
)
"""So many articles are put into the index of hashes at once that they touch its pages together."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        *polling.STATEMENTS,
        *articles.STATEMENTS,
        *ledger.STATEMENTS,
        *daemon.STATEMENTS,
        *outbox.MIGRATIONS[0],
    ),
    _FEWER_PAGES_A_COMMIT,
    _SHINGLES_WAIT,
)
