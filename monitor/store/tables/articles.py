"""What was read: articles, who is named in them, which report the same event."""

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

_INDEXES = (
    "CREATE INDEX articles_published ON articles(published)",
    "CREATE INDEX articles_story ON articles(story)",
    "CREATE INDEX articles_url ON articles(url)",
    "CREATE INDEX articles_matched ON articles(matched, seen)",
    "CREATE INDEX mentions_article ON mentions(article)",
    "CREATE INDEX mentions_entity ON mentions(entity)",
    "CREATE INDEX story_keys_story ON story_keys(story)",
    "CREATE INDEX shingles_article ON shingles(article)",
    "CREATE VIRTUAL TABLE articles_search USING fts5(words, content='')",
)

STATEMENTS = (_ARTICLES, _VERSIONS, _MENTIONS, _STORIES, _STORY_KEYS, _SHINGLES, *_INDEXES)
