"""What was claimed, what became of it, and of what people were told."""

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
    "CREATE INDEX claims_article ON claims(article)",
    "CREATE INDEX claims_fact ON claims(fact)",
    "CREATE INDEX claims_metric ON claims(metric, subject)",
    "CREATE INDEX claims_change ON claims(change)",
    "CREATE INDEX facts_alert ON facts(alert)",
    "CREATE INDEX facts_state ON facts(state, waiting)",
    "CREATE INDEX fact_keys_value ON fact_keys(metric, unit, key, value)",
    "CREATE INDEX fact_keys_told ON fact_keys(metric, unit, key, told)",
    "CREATE INDEX fact_keys_fact ON fact_keys(fact)",
    "CREATE INDEX milestones_fact ON milestones(fact)",
    "CREATE INDEX milestones_at ON milestones(at)",
    "CREATE INDEX milestones_article ON milestones(article)",
)

STATEMENTS = (_CLAIMS, _FACTS, _FACT_KEYS, _MILESTONES, _REVIEWS, *_INDEXES)
