"""Tables of the SQLite file, in the product's words; numbered steps, of which only the last may be added to.

Times are text, UTC, `2026-05-12T08:16:27.000Z`; lists and mappings are JSON. docs/database.md explains each table.
"""

from __future__ import annotations

from alerts import outbox
from monitor.store.tables import articles, daemon, ledger, polling

APPLICATION_ID = 0x63687077
"""`chpw`: what tells our files from others (PRAGMA application_id)."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        *polling.STATEMENTS,
        *articles.STATEMENTS,
        *ledger.STATEMENTS,
        *daemon.STATEMENTS,
        *outbox.MIGRATIONS[0],
    ),
)
