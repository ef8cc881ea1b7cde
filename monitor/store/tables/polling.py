"""What is asked, when, and what came of it."""

_FEEDS = """
CREATE TABLE feeds (
    feed INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1,          -- 0: no longer in feeds.yaml
    asked_url TEXT,                             -- where it moved to, if it did
    etag TEXT,
    last_modified TEXT,
    body_hash TEXT,
    items TEXT NOT NULL DEFAULT '{}',           -- fingerprint -> identity of the last document's items
    identity_key TEXT,                          -- guid, link, canonical or title: what tells its entries apart
    next_poll_at TEXT,
    poll_reason TEXT NOT NULL DEFAULT '',
    last_poll_at TEXT,
    last_success_at TEXT,
    last_status INTEGER,
    error_kind TEXT,
    error TEXT,
    baseline_at TEXT,                           -- when its first fetch was stored
    newest_entry_at TEXT,
    state TEXT NOT NULL DEFAULT '{}'            -- pace and failures between two polls
)"""

_HOSTS = """
CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    paused_until TEXT NOT NULL,
    reason TEXT NOT NULL
) WITHOUT ROWID"""

_POLLS = """
CREATE TABLE polls (
    poll INTEGER PRIMARY KEY,
    feed INTEGER NOT NULL REFERENCES feeds(feed),
    at TEXT NOT NULL,
    outcome TEXT NOT NULL,                      -- fetched, unchanged, failed
    status INTEGER,
    entries INTEGER NOT NULL DEFAULT 0,
    new INTEGER NOT NULL DEFAULT 0,
    known INTEGER NOT NULL DEFAULT 0,
    edited INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    error TEXT
)"""

_COUNTERS = """
CREATE TABLE counters (
    name TEXT PRIMARY KEY,                      -- entries, new, known, edited, rejected, claims, polls
    value INTEGER NOT NULL
) WITHOUT ROWID"""

_ENTRIES = """
CREATE TABLE entries (
    entry INTEGER PRIMARY KEY,
    feed INTEGER NOT NULL REFERENCES feeds(feed),
    identity TEXT NOT NULL UNIQUE,              -- also the id of its article
    content TEXT NOT NULL,                      -- hash of its visible words
    first_seen TEXT NOT NULL,
    last_changed TEXT NOT NULL,
    versions INTEGER NOT NULL DEFAULT 1,
    matched INTEGER NOT NULL DEFAULT 0,
    failed TEXT                                 -- why its article could not be analysed
)"""

_ENTRY_KEYS = """
CREATE TABLE entry_keys (
    feed INTEGER NOT NULL,
    key TEXT NOT NULL,                          -- guid:..., link:..., canonical:..., title:..., content:...
    entry INTEGER NOT NULL REFERENCES entries(entry),
    PRIMARY KEY (feed, key, entry)
) WITHOUT ROWID"""

_INDEXES = (
    "CREATE INDEX feeds_due ON feeds(active, next_poll_at)",
    "CREATE INDEX polls_at ON polls(at)",
    "CREATE INDEX entries_feed ON entries(feed, first_seen)",
)

STATEMENTS = (_FEEDS, _HOSTS, _POLLS, _COUNTERS, _ENTRIES, _ENTRY_KEYS, *_INDEXES)
