"""Signs of life, and what the running desk has to say."""

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

STATEMENTS = (_HEARTBEAT, _REMARKS)
