"""The SQLite store keeps the contract of the past; what it keeps is readable and cheap to ask."""

import pytest

from monitor.store.db import open_memory, open_writer
from monitor.store.news import News
from tests.contracts.known import CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_sqlite_keeps_the_contract(check):
    check(News(open_memory()))


QUESTIONS = {
    "alike": "SELECT * FROM fact_keys WHERE metric = ? AND unit = ? AND key = ? AND value BETWEEN ? AND ?",
    "recent": "SELECT * FROM fact_keys WHERE metric = ? AND unit = ? AND key = ? ORDER BY told DESC LIMIT ?",
    "highest": "SELECT * FROM fact_keys WHERE metric = ? AND unit = ? AND key = ? AND value IS NOT NULL"
    " ORDER BY value DESC LIMIT ?",
    "stories": "SELECT story, count(*) FROM story_keys WHERE key IN (?, ?) AND told >= ? GROUP BY story",
    "due": "SELECT url FROM feeds WHERE active = 1 AND next_poll_at <= ?",
    "recall": "SELECT * FROM entry_keys WHERE feed = ? AND key IN (?, ?)",
    "told_by": "SELECT * FROM claims WHERE article = ?",
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_hot_question_scans_a_table(tmp_path, question):
    database = open_writer(tmp_path / "news.db")
    sql = QUESTIONS[question]
    plan = database.connection.execute(f"EXPLAIN QUERY PLAN {sql}", (1,) * sql.count("?")).fetchall()
    assert all(not row["detail"].startswith("SCAN") for row in plan), [row["detail"] for row in plan]
    database.close()
