"""Tables of the outbox. People read them with Datasette: names are the product's words, times are UTC in ISO 8601."""

from __future__ import annotations

_ALERTS = """
CREATE TABLE alerts (
  alert TEXT PRIMARY KEY,
  created TEXT NOT NULL,
  severity TEXT NOT NULL,
  rule TEXT NOT NULL,
  change TEXT NOT NULL,
  title TEXT NOT NULL,
  reason TEXT NOT NULL,
  figure TEXT,
  before TEXT,
  evidence TEXT NOT NULL,
  url TEXT,
  article TEXT NOT NULL,
  thread TEXT,
  batch TEXT,
  tags TEXT NOT NULL,
  milestone TEXT,
  detail TEXT NOT NULL,
  owed INTEGER NOT NULL
)"""

_SOURCES = """
CREATE TABLE alert_sources (
  alert TEXT NOT NULL,
  position INTEGER NOT NULL,
  outlet TEXT NOT NULL,
  title TEXT NOT NULL,
  url TEXT,
  at TEXT NOT NULL,
  trust TEXT,
  official INTEGER NOT NULL,
  copy_of TEXT,
  PRIMARY KEY (alert, position)
) WITHOUT ROWID"""

_UPDATES = """
CREATE TABLE alert_updates (
  alert_update TEXT PRIMARY KEY,
  alert TEXT NOT NULL,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  note TEXT,
  outlet TEXT NOT NULL,
  url TEXT,
  payload TEXT NOT NULL,
  source TEXT NOT NULL
)"""

_MESSAGES = """
CREATE TABLE messages (
  message INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  ts TEXT,
  place TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  created TEXT NOT NULL,
  due TEXT,
  sent TEXT,
  root INTEGER REFERENCES messages,
  broadcast INTEGER NOT NULL DEFAULT 0,
  batch TEXT,
  total INTEGER NOT NULL DEFAULT 0,
  alert_update TEXT,
  notice TEXT,
  first_intent TEXT,
  looks INTEGER NOT NULL DEFAULT 0,
  plain INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL DEFAULT 0,
  shown INTEGER NOT NULL DEFAULT 0,
  edit_from TEXT,
  edit_due TEXT,
  edited TEXT,
  edit_attempts INTEGER NOT NULL DEFAULT 0
)"""

_DELIVERIES = """
CREATE TABLE deliveries (
  alert TEXT NOT NULL REFERENCES alerts,
  channel TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  created TEXT NOT NULL,
  due TEXT NOT NULL,
  released INTEGER NOT NULL DEFAULT 0,
  message INTEGER REFERENCES messages,
  position INTEGER,
  PRIMARY KEY (alert, channel)
) WITHOUT ROWID"""

_BATCHES = "CREATE TABLE batches (batch TEXT PRIMARY KEY, newest TEXT NOT NULL, closed TEXT)"

_NOTICES = "CREATE TABLE notices (notice TEXT PRIMARY KEY, at TEXT NOT NULL, text TEXT NOT NULL)"

_SILENCES = """
CREATE TABLE silences (
  silence TEXT PRIMARY KEY,
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  created TEXT NOT NULL,
  expires TEXT NOT NULL,
  rule TEXT,
  tag TEXT,
  text TEXT
)"""

_CHANNELS = """
CREATE TABLE channels (
  channel TEXT PRIMARY KEY,
  free_at TEXT,
  failures INTEGER NOT NULL DEFAULT 0,
  blocked TEXT,
  remedy TEXT,
  blocked_since TEXT,
  probe_due TEXT,
  last_attempt TEXT,
  last_sent TEXT
)"""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        _ALERTS,
        _SOURCES,
        _UPDATES,
        _MESSAGES,
        _DELIVERIES,
        _BATCHES,
        _NOTICES,
        _SILENCES,
        _CHANNELS,
        "CREATE INDEX alerts_by_created ON alerts (created)",
        "CREATE INDEX alerts_by_article ON alerts (article)",
        "CREATE INDEX alerts_by_batch ON alerts (batch) WHERE batch IS NOT NULL",
        "CREATE INDEX alert_updates_by_alert ON alert_updates (alert)",
        "CREATE INDEX deliveries_waiting ON deliveries (channel, state, due) WHERE message IS NULL",
        "CREATE INDEX deliveries_by_message ON deliveries (message) WHERE message IS NOT NULL",
        "CREATE INDEX messages_by_state ON messages (channel, state)",
        "CREATE INDEX messages_due ON messages (channel, due) WHERE due IS NOT NULL",
        "CREATE INDEX messages_edit_due ON messages (channel, edit_due) WHERE edit_due IS NOT NULL",
        "CREATE INDEX messages_by_batch ON messages (batch) WHERE batch IS NOT NULL",
    ),
)
"""DDL by schema step, oldest first; each step is a tuple of single statements, to be run inside a transaction."""
