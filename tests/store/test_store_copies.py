"""Boilerplate that thousands of articles share makes finding copies neither dear nor blind."""

import itertools

import pytest

from monitor.store.db import open_memory
from monitor.store.news import News
from tests.contracts.known import HOUR, T0, article, findings, placing

BOILERPLATE = tuple(range(1, 41))
OWN = tuple(range(1001, 1021))


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
    few, many = (asked(*desk(articles), BOILERPLATE + OWN)[1] for articles in (200, 2_000))
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
