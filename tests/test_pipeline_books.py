"""The books balance whatever feeds do: edits, new ids for everything, failures, articles that break the analysis."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts import outbox
from monitor.app import desk
from monitor.model import Entry, Failed, Fetched, Unchanged, Validators
from monitor.pipeline import Pipeline
from monitor.settings import load
from monitor.store.db import open_memory
from monitor.store.news import News
from monitor.store.questions import Questions
from monitor.store.sources import Sources

NOW = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)
URLS = ("https://a.example/rss", "https://b.example/rss")
TEXTS = (
    "Alibaba has shipped more than {n},000 Zhenwu 810E chips, two people said.",
    "Ferry number {n} runs every twenty minutes.",
    "Nvidia denied that it has sold {n},000 H20 chips to Tencent.",
    "The US government has tightened export controls on H20 chips, document {n}.",
    "break the analysis {n}",
)


class BreakingReader:
    """Reads as the real lexicon does, but for articles that say so."""

    def __init__(self, lexicon):
        self.lexicon = lexicon

    def read(self, article):
        if "break the analysis" in article.title:
            raise RuntimeError("a bug in the analysis")
        return self.lexicon.read(article)


@pytest.fixture(scope="module")
def configured(tmp_path_factory):
    path = tmp_path_factory.mktemp("books") / "feeds.yaml"
    path.write_text(
        json.dumps({
            "feeds": [{"url": url, "name": url} for url in URLS],
            "watchlists": [{"use": "chips"}, {"use": "companies"}, {"use": "export-controls"}],
        })
    )  # fmt: skip
    found = load(path, secrets=False)
    built = desk(found)
    return found, replace(built, lexicon=BreakingReader(built.lexicon))


class Line:
    """A pipeline on a database in memory, fed by hand."""

    def __init__(self, configured):
        self.settings, built = configured
        self.database = open_memory()
        sql = self.database.connection
        self.sources = Sources(sql)
        self.sources.sync(self.settings.feeds)
        self.pipeline = Pipeline(self.settings, lambda: built, self.database, self.sources, News(self.database))
        self.now = NOW

    def poll(self, number, result):
        self.now += timedelta(minutes=10)
        feed = self.settings.feeds[number]
        self.pipeline.record(self.pipeline.job(feed, self.now), result, now=self.now, batch="start", fraction=0.5)

    def books(self):
        sql = self.database.connection
        return {**Questions(sql).books(), "deliveries": outbox.books(sql)}


def fetched(rows, generation):
    entries = tuple(
        Entry(
            guid=f"{generation}-{key}",
            link=f"https://a.example/{generation}/{key}",
            title=TEXTS[text].format(n=key * 10 + edit),
            html="",
            published=NOW - timedelta(minutes=key),
            fingerprint=f"{generation}-{key}-{text}-{edit}",
        )
        for key, text, edit in rows
    )
    return Fetched(
        entries=entries, known={}, count=len(entries), validators=Validators(), body_hash=str(rows), url=URLS[0]
    )


rows = st.lists(st.tuples(st.integers(1, 30), st.integers(0, len(TEXTS) - 1), st.integers(0, 2)), max_size=8)
documents = st.builds(fetched, rows, st.sampled_from(["g1", "g1", "g1", "g2"]))
failures = st.just(Failed(kind="timeout", message="no answer in 20 s")) | st.just(
    Unchanged(status=304, validators=Validators())
)
polls = st.lists(st.tuples(st.integers(0, 1), documents | failures), max_size=8)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(polls)
def test_the_books_balance_after_every_poll(configured, polls):
    line = Line(configured)
    for number, result in polls:
        line.poll(number, result)
        books = line.books()
        assert all(sums["balanced"] for sums in books.values()), books


def test_one_article_that_breaks_harms_no_other(configured):
    line = Line(configured)
    line.poll(0, fetched([(1, 4, 0), (2, 0, 0), (3, 4, 0)], "g1"))
    totals = Questions(line.database.connection).totals()
    assert (totals["articles"], totals["matched"], totals["failed"]) == (3, 1, 2)
    row = line.database.connection.execute("SELECT failed FROM entries WHERE failed IS NOT NULL").fetchone()
    assert row[0] == "RuntimeError: a bug in the analysis"


def test_answers_without_news_share_a_transaction(configured):
    line = Line(configured)
    answers = [
        (line.pipeline.job(feed, NOW), Unchanged(status=304, validators=Validators())) for feed in line.settings.feeds
    ]
    said = []
    line.database.connection.set_trace_callback(said.append)
    recorded = line.pipeline.record_unchanged(answers, now=NOW, fraction=lambda: 0.5)
    line.database.connection.set_trace_callback(None)
    assert [one.feed.url for one in recorded] == list(URLS)
    assert (said.count("BEGIN IMMEDIATE"), said.count("COMMIT")) == (1, 1)
    assert line.database.connection.execute("SELECT count(*) FROM polls WHERE outcome = 'unchanged'").fetchone()[0] == 2
    assert all(sums["balanced"] for sums in line.books().values())


def test_an_edit_is_a_new_version_and_one_alert_stays_one(configured):
    line = Line(configured)
    line.poll(0, fetched([(9, 1, 0)], "g1"))
    line.poll(0, fetched([(9, 1, 0), (1, 0, 0)], "g1"))
    line.poll(0, fetched([(9, 1, 0), (1, 0, 0)], "g1"))
    sql = line.database.connection
    assert sql.execute("SELECT count(*) FROM alerts").fetchone()[0] == 1
    line.poll(0, fetched([(9, 1, 0), (1, 0, 1)], "g1"))
    assert sql.execute("SELECT max(version) FROM articles").fetchone()[0] == 2
    assert sql.execute("SELECT count(*) FROM article_versions").fetchone()[0] == 1
    assert all(sums["balanced"] for sums in line.books().values())


def test_a_store_that_refuses_leaves_the_poll_unheard(configured):
    line = Line(configured)
    sql = line.database.connection
    pages = sql.execute("PRAGMA page_count").fetchone()[0]
    sql.execute(f"PRAGMA max_page_count = {pages + 1}")
    from monitor.errors import StoreError

    with pytest.raises(StoreError):
        line.poll(0, fetched([(n, 0, 0) for n in range(1, 30)], "g1"))
    sql.execute("PRAGMA max_page_count = 1000000")
    assert Questions(sql).totals()["articles"] == 0
    line.poll(0, fetched([(n, 0, 0) for n in range(1, 30)], "g1"))
    assert Questions(sql).totals()["articles"] == 29
