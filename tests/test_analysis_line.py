"""One article through all rooms: the clock, versions, what is recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.analysis import analyse, clock
from monitor.model import Article
from tests.fakes.known import MemoryNews
from tests.fakes.newsroom import T0, Newsroom, claim

TEXT = "Alibaba has shipped more than 100,000 Zhenwu 810E chips, two people said."


def shipped(value=100_000, **fields):
    return claim("shipments", value, TEXT, subject="alibaba", product="zhenwu-810e", **fields)


def test_the_clock_is_published_but_never_after_it_was_seen():
    article = Article(id="a", title="t", text="", published=T0, seen=T0 + timedelta(hours=5))
    assert clock(article) == T0
    ahead = Article(id="a", title="t", text="", published=T0 + timedelta(days=400), seen=T0)
    assert clock(ahead) == T0
    assert clock(Article(id="a", title="t", text="", seen=T0)) == T0
    with pytest.raises(ValueError, match="neither published nor seen"):
        clock(Article(id="a", title="t", text=""))


def test_the_same_article_told_twice_raises_nothing_anew():
    room = Newsroom()
    first = room.publish("Alibaba's cards", TEXT, shipped(), id="x")
    second = room.publish("Alibaba's cards", TEXT, shipped(), id="x", hours=0)
    assert len(first.alerts) == 1
    assert second.alerts == second.updates == ()
    assert [f.change for f in second.findings] == ["background"]
    assert room.story(first) == room.story(second)


def test_a_crash_before_recording_is_harmless():
    room = Newsroom()
    room.told["x/1"] = (shipped(),)
    article = Article(id="x", title="Alibaba's cards", text=TEXT, published=T0, seen=T0, outlet="Wire A")
    one, two = (analyse(article, room.desk, MemoryNews()) for _ in range(2))
    assert one == two


def test_an_edited_article_that_changes_its_figure_is_corrected_in_the_thread():
    room = Newsroom()
    (root,) = room.publish("Alibaba's cards", TEXT, shipped(10_000), id="x").alerts
    edited = room.publish("Alibaba's cards", TEXT + " Edited.", shipped(100_000), id="x", version=2, hours=2)
    assert [(a.change, a.thread) for a in edited.alerts] == [("corrected", root.key)]


def test_another_entry_at_the_same_address_counts_as_an_edit():
    room = Newsroom()
    (root,) = room.publish("Alibaba's cards", TEXT, shipped(10_000), url="https://a.test/x").alerts
    edited = room.publish("Alibaba's cards", TEXT + " Edited.", shipped(), url="https://a.test/x#v2", hours=2)
    assert [(a.change, a.thread) for a in edited.alerts] == [("corrected", root.key)]


def test_facts_remember_their_story():
    room = Newsroom()
    found = room.publish("Alibaba's cards", TEXT, shipped())
    assert found.placing is not None
    assert found.facts[0].story == found.placing.story


def test_matched_without_a_claim_says_so():
    found = Newsroom().publish("Nvidia opens an office", "In Taipei.")
    assert [(line.stage, line.outcome) for line in found.trace] == [
        ("mentions", "matched"),
        ("claims", "none"),
        ("story", "first"),
    ]
