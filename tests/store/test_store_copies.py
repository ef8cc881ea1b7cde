"""Boilerplate that thousands of articles share makes finding copies neither dear nor blind."""

import contextlib
import itertools
import sqlite3
from datetime import timedelta

import pytest

from monitor.store import codec
from monitor.store.db import open_memory, open_writer
from monitor.store.news import News
from monitor.store.schema import APPLICATION_ID, MIGRATIONS
from monitor.store.shingles import WAITING
from monitor.store.sources import Sources
from tests.contracts.known import HOUR, T0, article, findings, placing

BOILERPLATE = tuple(range(1, 41))
OWN = tuple(range(1001, 1021))
WHEN = codec.stamp(T0)


def desk(articles):
    """A store where `original` comes first and `articles` others share its boilerplate, a minute apart."""
    database = open_memory()
    news = News(database)
    news.record(findings(article("original"), placing=placing("s", shingles=BOILERPLATE + OWN)))
    for number in range(articles):
        own = tuple(range(10_000 + 20 * number, 10_020 + 20 * number))
        told = findings(
            article(f"a{number}", number / 60), placing=placing("s", number / 60, shingles=BOILERPLATE + own)
        )
        news.record(told)
    return database, news


def asked(database, news, shingles):
    """The answer, and how many steps of SQLite's machine it took, in hundreds."""
    steps = itertools.count()
    database.connection.set_progress_handler(lambda: next(steps) < 0, 100)
    found = news.copies(shingles, T0 - HOUR, limit=12)
    database.connection.set_progress_handler(None, 0)
    return found, next(steps)


def test_boilerplate_costs_the_same_however_many_articles_bear_it():
    few, many = (asked(*desk(articles), BOILERPLATE + OWN)[1] for articles in (2 * WAITING, 8 * WAITING))
    assert many <= 1.1 * few


@pytest.mark.parametrize("articles", [10, 64, 65, 2_000])
def test_a_copy_is_found_whole_behind_any_number_of_articles_with_its_boilerplate(articles):
    found, _ = asked(*desk(articles), BOILERPLATE + OWN)
    assert (found[0].article, found[0].shared, found[0].total) == ("original", 60, 60)
    assert {n.shared for n in found[1:]} == {40}


def test_a_text_that_hundreds_repeat_is_found_beside_what_shares_a_rare_footer():
    database, news = desk(0)
    for number in range(200):
        news.record(findings(article(f"copy{number}", 1), placing=placing("s", 1, shingles=BOILERPLATE + OWN)))
    for number in range(20):
        own = tuple(range(50_000 + number * 20, 50_020 + number * 20))
        news.record(findings(article(f"footer{number}", 2), placing=placing("s", 2, shingles=(7_777, *own))))
    found, _ = asked(database, news, (*BOILERPLATE, *OWN, 7_777))
    assert len(found) == 12
    assert found[0].article.startswith("copy")
    assert (found[0].shared, found[0].total) == (60, 60)


def test_copies_are_found_in_a_file_of_the_first_schema(tmp_path):
    path = tmp_path / "news.db"
    first = sqlite3.connect(path)
    for statement in MIGRATIONS[0]:
        first.execute(statement)
    first.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    first.execute("PRAGMA user_version = 1")
    first.execute("INSERT INTO articles (id, title, text, published, story) VALUES ('old', 't', 'x', ?, 's')", (WHEN,))
    first.execute("INSERT INTO stories VALUES ('s', 't', ?, ?, 1, '{}', NULL, NULL)", (WHEN, WHEN))
    first.executemany("INSERT INTO shingles VALUES (?, 1, ?)", [(each, WHEN) for each in OWN])
    first.commit()
    first.close()
    database = open_writer(path)
    found, _ = asked(database, News(database), OWN)
    assert [(n.article, n.shared, n.total) for n in found] == [("old", 20, 20)]
    database.close()


def test_an_edited_article_is_met_by_its_new_words_alone():
    database, news = desk(0)
    with database.transaction():
        again = article("original", 1, version=2)
        news.record(findings(again, placing=placing("s", 1, shingles=OWN[:10])))
    assert asked(database, news, BOILERPLATE)[0] == []
    assert [(n.shared, n.total) for n in asked(database, news, OWN)[0]] == [(10, 10)]


def test_copies_are_forgotten_with_time():
    database, news = desk(3)
    with database.transaction():
        Sources(database.connection).prune(T0 + timedelta(days=15, minutes=1.5))
    found, _ = asked(database, news, BOILERPLATE)
    assert [n.article for n in found] == ["a2"]
    assert [row[0] for row in database.connection.execute("SELECT count(*) FROM shingles_waiting")] == [1]


def test_what_waits_for_the_index_is_found_and_goes_into_it_together():
    database, news = desk(WAITING - 2)
    count = "SELECT (SELECT count(*) FROM shingles), (SELECT count(*) FROM shingles_waiting)"
    assert tuple(database.connection.execute(count).fetchone()) == (0, WAITING - 1)
    before = asked(database, news, BOILERPLATE + OWN)[0]
    assert before == asked(database, News(database), BOILERPLATE + OWN)[0]
    with database.transaction():
        last = tuple(range(90_000, 90_060))
        news.record(findings(article("last", 40), placing=placing("s", 40, shingles=last)))
    assert tuple(database.connection.execute(count).fetchone()) == (60 * WAITING, 0)
    assert asked(database, news, BOILERPLATE + OWN)[0] == before
    assert [n.article for n in asked(database, news, last)[0]] == ["last"]


def test_what_was_taken_back_is_met_by_nothing():
    database, news = desk(1)
    with contextlib.suppress(ZeroDivisionError), database.transaction():
        news.record(findings(article("never", 1), placing=placing("s", 1, shingles=OWN)))
        raise ZeroDivisionError
    assert [n.article for n in asked(database, news, OWN)[0]] == ["original"]


def test_what_is_forgotten_of_the_index_is_gone_from_it():
    database, _ = desk(WAITING)
    with database.transaction():
        Sources(database.connection).prune(T0 + timedelta(days=30))
    assert database.connection.execute("SELECT count(*) FROM shingles").fetchone()[0] == 0


def test_who_shares_too_little_is_left_out():
    _, news = desk(3)
    every = news.copies(BOILERPLATE + OWN, T0 - HOUR, limit=12, share=0.6)
    assert len(every) == 4
    assert [n.article for n in news.copies(BOILERPLATE + OWN, T0 - HOUR, limit=12, share=0.7)] == ["original"]
