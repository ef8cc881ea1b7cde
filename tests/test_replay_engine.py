"""Replay: order, events, sums, differences, rule tests."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from monitor.model import Expect, Rule
from monitor.replay import Summary, difference, in_order, parse_budget, replay, run_expectations
from tests.fakes.known import MemoryNews
from tests.fakes.newsroom import T0, Newsroom, claim

TEXT = "Alibaba has shipped more than 100,000 Zhenwu 810E chips, two people said."


def shipped(value=100_000, **fields):
    return claim("shipments", value, TEXT, subject="alibaba", product="zhenwu-810e", **fields)


def filled():
    room = Newsroom()
    room.publish("Alibaba's cards", TEXT, shipped())
    room.publish("More on Alibaba", "Alibaba once more.", shipped(), hours=2, outlet="Wire B")
    room.publish("Ferry", "No more boats.", hours=3)
    room.publish("Alibaba goes on", "Alibaba has 200,000.", shipped(200_000), hours=500, outlet="Wire C")
    return room


def again(room, desk=None):
    articles = [found.article for found in room.news.findings.values()]
    told = []
    summary = Summary()
    for findings, events in replay(in_order(reversed(articles)), desk or room.desk, MemoryNews()):
        summary.add(findings)
        told += events
    return told, summary


def test_the_order_is_that_of_the_articles_clock():
    room = filled()
    told, _ = again(room)
    assert told == room.events


def test_a_store_that_is_thrown_away_is_spared_what_matches_nothing():
    room = filled()
    articles = in_order([found.article for found in room.news.findings.values()])
    kept, thrown = MemoryNews(), MemoryNews()
    told = [event for _, events in replay(articles, room.desk, kept) for event in events]
    assert [event for _, events in replay(articles, room.desk, thrown, kept=False) for event in events] == told
    assert {found.article.title for found in kept.findings.values()} - {
        found.article.title for found in thrown.findings.values()
    } == {"Ferry"}


def test_events_have_the_exchange_format():
    told = filled().events
    assert json.loads(json.dumps(told)) == told
    stories = [e for e in told if e["event"] == "story"]
    assert {frozenset(e) for e in stories} == {frozenset({"event", "article", "story", "role"})}
    assert [e["role"] for e in stories] == ["first", "report", "first"]
    rest = [e for e in told if e["event"] != "story"]
    assert [e["event"] for e in rest] == ["alert", "update", "alert"]
    for event in rest:
        assert set(event) == {
            "event", "at", "alert", "article", "rule", "severity", "reason", "title", "milestone",
        }  # fmt: skip
        assert event["milestone"]["metric"] == "shipments"
        assert event["rule"] == "shipments"
        assert event["severity"] == "high"
    assert rest[0]["at"] == T0.isoformat()
    assert rest[1]["alert"] == rest[0]["alert"]


def test_a_summary_adds_up():
    _, summary = again(filled())
    assert (summary.articles, summary.matched, summary.claims) == (4, 3, 3)
    assert (summary.alerts, summary.updates, summary.days) == (2, 1, 22)
    assert summary.a_day == pytest.approx(2 / 22)
    assert dict(summary.by_rule) == {"shipments": 2}
    assert {term.name for term in summary.noisiest()} == {"alibaba", "zhenwu-810e"}
    assert summary.within(1)
    assert not summary.within(0.05)
    assert Summary().a_day == 0


@pytest.mark.parametrize(("text", "a_day"), [("20/day", 20), ("7/week", 1), (" 0.5 / hour ", 12)])
def test_budgets(text, a_day):
    assert parse_budget(text) == pytest.approx(a_day)


@pytest.mark.parametrize("text", ["20", "many/day", "-1/day", "20/year"])
def test_what_is_no_budget_says_what_to_write(text):
    with pytest.raises(ValueError, match="write 20/day"):
        parse_budget(text)


def test_two_rule_sets_differ_by_alerts_added_dropped_and_changed():
    room = filled()
    old = (Rule(name="a", metrics=("shipments",), severity="high"),)
    new = (Rule(name="a", metrics=("shipments",), severity="low", minimum=150_000, thresholds=(150_000,)),)
    before, _ = again(room, replace(room.desk, rules=old))
    after, _ = again(room, replace(room.desk, rules=new))
    found = difference(before, after)
    assert found.added == ()
    assert [e["milestone"]["value"] for e in found.dropped] == [100_000]
    assert [c.fields for c in found.changed] == [("severity",)]
    assert found.same == 0
    back = difference(after, before)
    assert [e["milestone"]["value"] for e in back.added] == [100_000]
    assert difference(before, before).same == 2


def test_thresholds_alone_change_an_alert_and_add_none():
    room = filled()
    old = (Rule(name="a", metrics=("shipments",)),)
    before, _ = again(room, replace(room.desk, rules=old))
    after, _ = again(room, replace(room.desk, rules=(replace(old[0], thresholds=(100_000,)),)))
    found = difference(before, after)
    assert (found.added, found.dropped) == ((), ())
    assert [c.fields for c in found.changed] == [("change",)]


def test_rule_tests_run_on_an_empty_ledger():
    met = Expect(title="Alibaba ships", text=TEXT, alert=True, line=7)
    unmet = Expect(title="Nothing here", alert=True, line=8)
    noisy = Expect(title="Alibaba ships again", text=TEXT, alert=False, line=9)
    rule = Rule(name="mine", metrics=("shipments",), expect=(met, met, unmet, noisy))
    room = Newsroom((rule,))
    for number in (1, 2, 4):
        room.told[f"expect-mine-{number}/1"] = (shipped(),)
    failed = run_expectations(room.desk)
    assert [(f["rule"], f["line"]) for f in failed] == [("mine", 8), ("mine", 9)]
    assert "must raise an alert and raises none (mentions: no watchlist names anything in it)" in failed[0]["problem"]
    assert "must raise no alert and raises 'Alibaba has shipped 100,000 Zhenwu 810E'" in failed[1]["problem"]


def test_a_rule_test_cannot_bring_further_sources():
    rule = Rule(name="mine", metrics=("shipments",), sources=2, expect=(Expect(title="t", text=TEXT, alert=True),))
    room = Newsroom((rule,))
    room.told["expect-mine-1/1"] = (shipped(),)
    assert run_expectations(room.desk) == []
