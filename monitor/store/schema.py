"""Tables of the SQLite file, in the product's words; numbered steps, of which only the last may be added to.

Times are text, UTC, `2026-05-12T08:16:27.000Z`; lists and mappings are JSON. docs/database.md explains each table.
"""

from __future__ import annotations

from alerts import outbox

APPLICATION_ID = 0x63687077
"""`chpw`: what tells our files from others (PRAGMA application_id)."""

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

_ARTICLES = """
CREATE TABLE articles (
    article INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    feed TEXT,                                  -- URL of its feed
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT,
    published TEXT,
    seen TEXT,
    outlet TEXT,
    url TEXT,
    trust TEXT,
    record TEXT,                                -- document number of a government record
    garbled INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1,
    tags TEXT NOT NULL DEFAULT '[]',
    batch TEXT,
    matched INTEGER NOT NULL DEFAULT 0,
    story TEXT,
    role TEXT,                                  -- first, copy, report
    copy_of TEXT,
    placing_reason TEXT,
    trace TEXT NOT NULL DEFAULT '[]'            -- what `chipwire why` prints
)"""

_VERSIONS = """
CREATE TABLE article_versions (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    seen TEXT,
    trace TEXT NOT NULL,                        -- what `chipwire why` prints of this version
    PRIMARY KEY (id, version)
) WITHOUT ROWID"""

_MENTIONS = """
CREATE TABLE mentions (
    article INTEGER NOT NULL REFERENCES articles(article) ON DELETE CASCADE,
    entity TEXT NOT NULL,
    text TEXT NOT NULL,
    field TEXT NOT NULL,                        -- title or text
    start INTEGER NOT NULL,                     -- code points
    "end" INTEGER NOT NULL
)"""

_CLAIMS = """
CREATE TABLE claims (
    claim INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles(article) ON DELETE CASCADE,
    fact TEXT NOT NULL,
    change TEXT NOT NULL,                       -- one of the ten changes
    reason TEXT NOT NULL,
    opens INTEGER NOT NULL,
    independent INTEGER NOT NULL,
    rule TEXT,
    alert TEXT,
    verdict TEXT NOT NULL,
    metric TEXT NOT NULL,
    subject TEXT,
    product TEXT,
    value REAL,
    unit TEXT NOT NULL,
    bound TEXT NOT NULL,
    status TEXT NOT NULL,
    period TEXT,
    attribution TEXT,
    evidence TEXT NOT NULL,
    detail TEXT NOT NULL                        -- the whole claim, JSON
)"""

_FACTS = """
CREATE TABLE facts (
    key TEXT PRIMARY KEY,
    metric TEXT NOT NULL,
    unit TEXT NOT NULL,
    actor TEXT NOT NULL,
    subject TEXT,
    product TEXT,
    value REAL,
    bound TEXT NOT NULL,
    status TEXT NOT NULL,
    period TEXT,
    opened TEXT NOT NULL,
    told TEXT NOT NULL,
    change TEXT NOT NULL,
    state TEXT NOT NULL,                        -- standing, held, corrected, denied
    waiting TEXT,
    outlet TEXT NOT NULL,                       -- who was first
    outlets INTEGER NOT NULL,                   -- independent sources
    alert TEXT,
    rule TEXT,
    evidence TEXT NOT NULL,
    detail TEXT NOT NULL                        -- the whole fact, JSON
)"""

_FACT_KEYS = """
CREATE TABLE fact_keys (
    metric TEXT NOT NULL,
    unit TEXT NOT NULL,
    key TEXT NOT NULL,                          -- an actor, a product or a maker
    fact TEXT NOT NULL REFERENCES facts(key),
    value REAL,
    told TEXT NOT NULL,
    PRIMARY KEY (metric, unit, key, fact)
) WITHOUT ROWID"""

_STORIES = """
CREATE TABLE stories (
    story TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    opened TEXT NOT NULL,
    told TEXT NOT NULL,
    articles INTEGER NOT NULL,
    sketch TEXT NOT NULL,                       -- terms by which further articles are recognised, JSON
    merged_into TEXT,
    merge_reason TEXT
)"""

_STORY_KEYS = """
CREATE TABLE story_keys (
    key TEXT NOT NULL,
    story TEXT NOT NULL REFERENCES stories(story),
    told TEXT NOT NULL,
    PRIMARY KEY (key, story)
) WITHOUT ROWID"""

_SHINGLES = """
CREATE TABLE shingles (
    hash INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles(article) ON DELETE CASCADE,
    published TEXT NOT NULL,
    PRIMARY KEY (hash, article)
) WITHOUT ROWID"""

_MILESTONES = """
CREATE TABLE milestones (
    milestone INTEGER PRIMARY KEY,
    fact TEXT REFERENCES facts(key),            -- NULL: a keyword rule alerted a story
    article TEXT NOT NULL,
    version INTEGER NOT NULL,                   -- of the article, when it raised the alert
    at TEXT NOT NULL,
    change TEXT NOT NULL,
    rule TEXT NOT NULL,
    severity TEXT NOT NULL,
    title TEXT NOT NULL,
    alert TEXT NOT NULL UNIQUE,
    thread TEXT,                                -- the alert in whose thread it was told
    hold TEXT                                   -- why its rule holds it for the next digest
)"""

_HEARTBEAT = """
CREATE TABLE heartbeat (
    what TEXT PRIMARY KEY,                      -- tick, write, delivery, start, stop
    at TEXT NOT NULL,
    due TEXT                                    -- when the next one is expected at the latest
) WITHOUT ROWID"""

_REMARKS = """
CREATE TABLE remarks (
    name TEXT PRIMARY KEY,                      -- config: why the last edit of feeds.yaml is not in force
    text TEXT NOT NULL,
    at TEXT NOT NULL
) WITHOUT ROWID"""

_REVIEWS = """
CREATE TABLE reviews (
    review INTEGER PRIMARY KEY,
    fact TEXT NOT NULL REFERENCES facts(key),
    verdict TEXT NOT NULL,                      -- released, dismissed
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    test TEXT NOT NULL                          -- the verdict as a rule test for feeds.yaml
)"""

_INDEXES = (
    "CREATE INDEX feeds_due ON feeds(active, next_poll_at)",
    "CREATE INDEX polls_at ON polls(at)",
    "CREATE INDEX entries_feed ON entries(feed, first_seen)",
    "CREATE INDEX articles_published ON articles(published)",
    "CREATE INDEX articles_story ON articles(story)",
    "CREATE INDEX articles_url ON articles(url)",
    "CREATE INDEX articles_matched ON articles(matched, seen)",
    "CREATE INDEX mentions_article ON mentions(article)",
    "CREATE INDEX mentions_entity ON mentions(entity)",
    "CREATE INDEX claims_article ON claims(article)",
    "CREATE INDEX claims_fact ON claims(fact)",
    "CREATE INDEX claims_metric ON claims(metric, subject)",
    "CREATE INDEX claims_change ON claims(change)",
    "CREATE INDEX facts_alert ON facts(alert)",
    "CREATE INDEX facts_state ON facts(state, waiting)",
    "CREATE INDEX fact_keys_value ON fact_keys(metric, unit, key, value)",
    "CREATE INDEX fact_keys_told ON fact_keys(metric, unit, key, told)",
    "CREATE INDEX fact_keys_fact ON fact_keys(fact)",
    "CREATE INDEX story_keys_story ON story_keys(story)",
    "CREATE INDEX shingles_article ON shingles(article)",
    "CREATE INDEX milestones_fact ON milestones(fact)",
    "CREATE INDEX milestones_at ON milestones(at)",
    "CREATE INDEX milestones_article ON milestones(article)",
    "CREATE VIRTUAL TABLE articles_search USING fts5(words, content='')",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        _FEEDS,
        _HOSTS,
        _POLLS,
        _COUNTERS,
        _ENTRIES,
        _ENTRY_KEYS,
        _ARTICLES,
        _VERSIONS,
        _MENTIONS,
        _CLAIMS,
        _FACTS,
        _FACT_KEYS,
        _STORIES,
        _STORY_KEYS,
        _SHINGLES,
        _MILESTONES,
        _HEARTBEAT,
        _REMARKS,
        _REVIEWS,
        *_INDEXES,
        *outbox.MIGRATIONS[0],
    ),
)
