"""`chipwire why` of edited articles: the version that alerted comes first, then what later versions changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from monitor.app import desk
from monitor.cli import run
from monitor.model import Entry, Fetched, Validators
from monitor.pipeline import Pipeline
from monitor.settings import load
from monitor.store.db import open_writer
from monitor.store.news import News
from monitor.store.sources import Sources

NOW = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)
URL = "https://echo.example/rss"
LINK = "https://echo.example/alibaba"
FIRST = "Alibaba has shipped more than 100,000 Zhenwu 810E chips, two people said. It gave no comment."
SECOND = "Alibaba has shipped Zhenwu 810E chips, two people said. It gave no comment. The text was edited."


@pytest.fixture
def told(tmp_path, monkeypatch):
    """A function that lets the feed's entry be told once more, in other words."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "feeds.yaml").write_text(
        json.dumps({
            "database": "desk.db",
            "feeds": [{"url": URL, "name": "Echo"}],
            "watchlists": [{"use": "chips"}, {"use": "companies"}],
        })
    )  # fmt: skip
    settings = load(tmp_path / "feeds.yaml", secrets=False)
    built = desk(settings)
    database = open_writer(tmp_path / "desk.db")
    sources = Sources(database.connection)
    with database.transaction():
        sources.sync(settings.feeds)
    pipeline = Pipeline(settings, lambda: built, database, sources, News(database))
    times = iter(NOW + timedelta(minutes=10 * step) for step in range(1, 10))

    def tell(*texts):
        for text in texts:
            now = next(times)
            entry = Entry(guid="1", link=LINK, title="Alibaba's cards", html=text, published=NOW, fingerprint=text[:40])
            result = Fetched(entries=(entry,), known={}, count=1, validators=Validators(), body_hash=str(now), url=URL)
            job = pipeline.job(settings.feeds[0], now)
            pipeline.record(job, result, now=now, batch="start", fraction=0.5)

    yield tell
    database.close()


def why(capsys, reference, *more):
    assert run(["why", reference, *more]) == 0
    return capsys.readouterr().out


def alerts(capsys):
    return [found["alert"] for found in json.loads(why(capsys, LINK, "--format", "json"))["alerts"]]


def test_of_an_alert_the_version_that_raised_it_then_what_later_ones_changed(told, capsys):
    told(FIRST, SECOND)
    root, withdrawn = alerts(capsys)
    shown = why(capsys, root)
    first, last = shown.index("version 1:"), shown.index("version 2, the last:")
    assert first < shown.index(f"alerted as {root}") < last < shown.index(f"alerted as {withdrawn}")
    assert "evidence  Alibaba has shipped more than 100,000 Zhenwu 810E chips, two people said." in shown
    assert "before    nothing of its series" in shown
    assert "rule shipments" in shown
    found = json.loads(why(capsys, root, "--format", "json"))
    assert found["version"] == 1
    assert [alert["alert"] for alert in found["alerts"]] == [root]
    assert [version["raised"] for version in found["versions"]] == [[root], [withdrawn]]


def test_of_a_follow_up_the_version_that_told_it_and_what_was_known_before(told, capsys):
    told(FIRST, SECOND, f"{SECOND} Twice.")
    _, withdrawn = alerts(capsys)
    shown = why(capsys, withdrawn)
    assert "before    more than 100,000 units" in shown
    found = json.loads(why(capsys, withdrawn, "--format", "json"))
    assert found["version"] == 2
    assert any(line["outcome"] == "corrected" for line in found["trace"])


def test_of_an_article_every_version_that_alerted_and_the_last(told, capsys):
    told(FIRST, SECOND, f"{SECOND} Twice.")
    shown = why(capsys, LINK)
    assert [f"version {number}" in shown for number in (1, 2, 3)] == [True, True, True]
    assert json.loads(why(capsys, LINK, "--format", "json"))["version"] == 3


def test_an_article_that_was_never_edited_has_no_versions_to_tell_apart(told, capsys):
    told(FIRST)
    shown = why(capsys, LINK)
    assert "version" not in shown
    assert "alerted as" in shown


def test_what_nobody_knows_is_said_so(told, capsys):
    assert run(["why", "https://echo.example/none"]) == 1
    assert "`chipwire search` finds articles" in capsys.readouterr().err
