"""From changes in the ledger to alerts and updates, by rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model import Claim, Rule
from monitor.rules import default_rules
from monitor.rules.select import steps
from tests.fakes.newsroom import T0, Newsroom, claim

TEXT = "Alibaba has shipped more than 100,000 Zhenwu 810E chips, two people said."


def shipped(value=100_000, **fields):
    figure = f"{value:,}" if f"{value:,}" in TEXT else None
    fields = {"subject": "alibaba", "product": "zhenwu-810e", "bound": "at_least", **fields}
    return claim("shipments", value, TEXT, figure, **fields)


def rule(**fields):
    return (Rule(name="mine", metrics=("shipments",), **fields),)


def changes(room):
    return [finding.change for found in room.news.findings.values() for finding in found.findings]


def test_a_root_alert_is_complete_in_itself():
    found = Newsroom().publish("Alibaba's cards", TEXT, shipped(), tags=("china",))
    (alert,) = found.alerts
    assert alert.title == "Alibaba has shipped more than 100,000 Zhenwu 810E"
    assert alert.figure == "more than 100,000 units"
    assert alert.digits == ("100,000",)
    assert alert.highlight is not None
    assert alert.evidence[slice(*alert.highlight)] == "100,000"
    assert (alert.change, alert.severity, alert.rule, alert.thread) == ("record", "high", "shipments", None)
    assert "crosses 100,000 units" in alert.reason
    assert alert.tags == ("china",)
    assert [source.outlet for source in alert.sources] == ["Wire A"]
    assert alert.payload is not None
    assert alert.payload["value"] == 100_000
    assert found.findings[0].alert == alert.key
    assert found.facts[0].alert == alert.key


def test_the_key_derives_from_milestone_and_change_and_not_from_time():
    keys = {Newsroom().publish("t", TEXT, shipped(), hours=hours).alerts[0].key for hours in (0, 5, 500)}
    assert len(keys) == 1
    assert keys.pop().endswith(":record")


def test_later_sources_update_and_copies_are_listed_silently():
    room = Newsroom()
    (alert,) = room.publish("Alibaba's cards", TEXT * 3, shipped()).alerts
    source = room.publish("Cards of Alibaba", "Another text.", shipped(), hours=1, outlet="Wire B")
    copy = room.publish("Alibaba cards", TEXT * 3, shipped(), hours=2, outlet="Feedhub")
    again = room.publish("Alibaba cards again", TEXT * 3, shipped(), hours=3, outlet="Feedhub")
    assert [(u.kind, u.alert, u.source.outlet) for u in source.updates] == [("source", alert.key, "Wire B")]
    assert [(u.kind, u.source.copy_of) for u in copy.updates] == [("copy", "Wire A")]
    assert again.updates == ()
    assert [e["event"] for e in room.events if e["event"] != "story"] == ["alert", "update"]


def test_a_record_of_a_government_updates_as_official():
    room = Newsroom()
    listed = claim("listed_entities", 32, "32 entities", unit="entities", subject="us-commerce")
    room.publish("US Commerce Department", "32 entities", listed)
    found = room.publish("Additions", "US Commerce Department", listed, hours=1, outlet="Register", record="2026-1")
    assert [(u.kind, u.source.official) for u in found.updates] == [("official", True)]


def test_denial_correction_and_step_are_threaded_alerts():
    room = Newsroom()
    (root,) = room.publish("t", TEXT, shipped()).alerts
    denied = room.publish("Alibaba denies", "no", shipped(status="denied", voice="subject"), hours=5, outlet="B")
    assert [(a.change, a.thread) for a in denied.alerts] == [("denied", root.key)]
    room = Newsroom()
    (root,) = room.publish("t", TEXT, shipped(120_000)).alerts
    fixed = room.publish("t", TEXT, shipped(corrects=120_000), hours=1)
    (alert,) = fixed.alerts
    assert (alert.change, alert.thread) == ("corrected", root.key)
    assert "120,000" not in alert.title
    assert alert.before is not None
    assert "120,000" in alert.before
    assert alert.before is not None
    assert alert.before.startswith("more than 120,000 units")
    room = Newsroom()
    (root,) = room.publish("t", TEXT, shipped(status="planned")).alerts
    passing = room.publish("Alibaba's town", TEXT, shipped(), hours=24 * 11, outlet="A")
    assert passing.alerts == ()
    (done,) = room.publish("Alibaba: 100,000 are out", TEXT, shipped(), hours=24 * 12, outlet="B").alerts
    assert (done.change, done.thread) == ("confirmed", root.key)
    assert done.title.startswith("Confirmed: ")


def test_a_conflict_is_a_disputed_update_and_no_alert():
    room = Newsroom()
    (root,) = room.publish("t", TEXT, shipped()).alerts
    found = room.publish("Broker", "69,000", shipped(69_000, bound="exact"), hours=5, outlet="Broker")
    assert found.alerts == ()
    (update,) = found.updates
    assert (update.kind, update.alert) == ("disputed", root.key)
    assert update.note == "Broker says 69,000 units; Wire A told more than 100,000 units"


def test_what_a_first_fetch_disputes_is_shown_and_not_threaded():
    room = Newsroom()
    (root,) = room.publish("t", TEXT, shipped(), batch="start").alerts
    found = room.publish("Broker", "69,000", shipped(69_000, bound="exact"), hours=5, outlet="Broker", batch="start")
    (update,) = found.updates
    assert (update.kind, update.alert, update.note) == ("disputed", root.key, None)
    assert "more than 100,000 units" in update.reason


def test_a_correction_of_what_stands_right_updates():
    room = Newsroom()
    (root,) = room.publish("t", TEXT, shipped()).alerts
    room.publish("t", "10", shipped(10_000, bound="exact"), hours=1, outlet="Loop")
    found = room.publish("t", TEXT, shipped(corrects=10_000), hours=2, outlet="Loop")
    assert found.alerts == ()
    assert [(u.kind, u.alert) for u in found.updates] == [("corrected", root.key)]


def test_a_suspect_figure_is_held_until_a_second_source():
    room = Newsroom()
    room.publish("t", TEXT, shipped())
    held = room.publish("t", "x", shipped(100_000_000), hours=1, outlet="Loop")
    assert held.alerts == ()
    assert "held for review" in held.findings[0].verdict
    released = room.publish("t", "y", shipped(100_000_000), hours=2, outlet="Wire C")
    assert [a.change for a in released.alerts] == ["new"]


def test_a_rule_may_ask_for_sources():
    room = Newsroom(rule(sources=2))
    first = room.publish("t", TEXT, shipped())
    copy = room.publish("u", TEXT, shipped(), hours=1, outlet="Feedhub")
    second = room.publish("v", "z", shipped(), hours=2, outlet="Wire B")
    third = room.publish("w", "q", shipped(), hours=3, outlet="Wire C")
    assert [len(f.alerts) for f in (first, copy, second, third)] == [0, 0, 1, 0]
    assert "1 of 2 independent sources" in first.findings[0].verdict
    assert [u.kind for u in third.updates] == ["source"]


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({"minimum": 200_000}, "at least 200,000 units"),
        ({"changes": ("corrected",)}, "does not ask for"),
        ({"statuses": ("planned",)}, "no rule asks for shipments"),
        ({"entities": ("cambricon",)}, "no rule asks for shipments"),
        ({"watchlists": ("memory",)}, "no rule asks for shipments"),
    ],
)
def test_what_a_rule_holds_back_says_why(fields, verdict):
    found = Newsroom(rule(**fields)).publish("t", TEXT, shipped())
    assert found.alerts == ()
    assert verdict in found.findings[0].verdict


@pytest.mark.parametrize(
    "fields", [{"entities": ("alibaba",)}, {"entities": ("zhenwu-810e",)}, {"watchlists": ("chips",)}]
)
def test_a_rule_fits_by_entity_or_watchlist(fields):
    assert len(Newsroom(rule(**fields)).publish("t", TEXT, shipped()).alerts) == 1


def test_a_change_may_be_too_small():
    room = Newsroom(rule(change_by=50.0))
    assert len(room.publish("t", TEXT, shipped()).alerts) == 1
    small = room.publish("t", "x", shipped(120_000), hours=200, outlet="B")
    large = room.publish("t", "y", shipped(400_000), hours=400, outlet="C")
    assert (len(small.alerts), len(large.alerts)) == (0, 1)
    assert "a change of 50%" in small.findings[0].verdict


def test_quiet_is_kept_per_subject():
    """What comes too soon is held for the digest, and does not prolong the quiet."""
    room = Newsroom(rule(quiet=timedelta(hours=12)))
    first = room.publish("t", TEXT, shipped())
    soon = room.publish("t", "x", shipped(300_000), hours=5, outlet="B")
    other = room.publish("Cambricon", "y", shipped(subject="cambricon", product=None), hours=6, outlet="C")
    late = room.publish("t", "z", shipped(900_000), hours=30, outlet="D")
    assert [f.alerts[0].hold is None for f in (first, soon, other, late)] == [True, False, True, True]
    assert "is quiet on alibaba" in soon.findings[0].verdict


def test_old_and_undated_and_garbled_articles_alert_nobody():
    room = Newsroom()
    old = room.publish("t", TEXT, shipped(), seen=T0 + timedelta(hours=100))
    assert "100 h old when first seen; alerts end at 72 h" in old.findings[0].verdict
    undated = Newsroom().publish("t", TEXT, shipped(), published=None, batch="start-1")
    assert "undated" in undated.findings[0].verdict
    garbled = Newsroom().publish("t", TEXT, shipped(), garbled=True)
    assert "garbled" in garbled.findings[0].verdict
    assert old.alerts == undated.alerts == garbled.alerts == ()


def test_an_undated_article_of_a_later_fetch_alerts():
    assert len(Newsroom().publish("t", TEXT, shipped(), published=None).alerts) == 1


def test_a_dated_article_of_a_first_fetch_carries_its_batch():
    assert Newsroom().publish("t", TEXT, shipped(), batch="start-1").alerts[0].batch == "start-1"


def test_a_keyword_rule_alerts_once_a_story():
    room = Newsroom((Rule(name="words", watchlist="quantum", severity="low"),))
    first = room.publish("A quantum computer for Intel", "Intel has built a quantum computer in Oregon with a partner.")
    again = room.publish("Intel's quantum computer", first.article.text, hours=1, outlet="Feedhub")
    other = room.publish("Nvidia on the quantum computer", "It will simulate one, Nvidia said at a fair.", hours=60)
    assert [len(f.alerts) for f in (first, again, other)] == [1, 0, 1]
    (alert,) = first.alerts
    assert (alert.title, alert.payload) == ("A quantum computer for Intel", None)
    event = next(e for e in room.events if e["event"] == "alert")
    assert event["milestone"] is None


def test_several_products_of_one_act_make_one_alert():
    launch = claim("launch", None, "both", subject="nvidia", product="nvidia-h20")
    found = Newsroom().publish("Nvidia", "both", launch, replace(launch, product="zhenwu-810e", subject="nvidia"))
    assert len(found.alerts) == 1
    assert {finding.alert for finding in found.findings} == {found.alerts[0].key}


def test_several_milestones_of_one_article_make_several_alerts():
    revenue = claim("revenue", 5e9, "r", unit="USD", subject="intel")
    profit = claim("profit", 1e9, "p", unit="USD", subject="intel")
    found = Newsroom().publish("Intel", "r p", revenue, profit)
    assert len({alert.key for alert in found.alerts}) == 2
    assert {alert.article for alert in found.alerts} == {found.article.id}


def test_growth_and_nodes_are_recorded_only():
    growth = claim("growth", 20, "g", unit="percent", subject="intel")
    node = claim("process_node", 2, "n", unit="nm", subject="intel")
    found = Newsroom().publish("Intel", "g n", growth, node)
    assert found.alerts == ()
    assert [finding.verdict for finding in found.findings] == [
        "no rule asks for growth",
        "no rule asks for process_node",
    ]


def test_the_shipped_rules_are_whole():
    rules = default_rules()
    assert len({r.name for r in rules}) == len(rules)
    metrics = [metric for r in rules for metric in r.metrics]
    assert len(set(metrics)) == len(metrics)
    assert {"growth", "process_node"}.isdisjoint(metrics)
    assert steps(rules)["shipments"] == (10_000, 50_000, 100_000, 500_000, 1_000_000)
    assert not any(r.watchlist for r in rules)


def test_every_finding_says_what_became_of_it():
    room = Newsroom()
    room.publish("t", TEXT, shipped())
    room.publish("t", "x", shipped(told="history", period="2019"), hours=1, outlet="B")
    room.publish("t", "y", shipped(1_000), hours=2, outlet="C")
    for found in room.news.findings.values():
        for finding in found.findings:
            assert finding.verdict
            assert finding.reason
        stages = {line.stage for line in found.trace}
        assert stages == {"mentions", "story", "claims", "ledger", "rules"}


def test_series_draws_the_earlier_figures_and_the_new_one():
    room = Newsroom()
    for number, value in enumerate((100_000, 200_000, 400_000)):
        found = room.publish("t", f"{number}", shipped(value), hours=200 * number, outlet=f"Wire {number}")
    (alert,) = found.alerts
    assert [point.value for point in alert.series] == [100_000, 200_000, 400_000]
    assert alert.before is not None
    assert alert.before.startswith("more than 200,000 units")


def test_claims_name_no_field_twice():
    fields = Claim(metric="launch", evidence="e").fields()
    assert list(fields)[:3] == ["metric", "subject", "product"]
    assert len(fields) == 13


def test_what_names_no_product_is_recorded_only():
    launch = claim("launch", None, "l", subject="intel")
    found = Newsroom().publish("Intel", "l", launch)
    assert (found.alerts, found.findings[0].verdict) == ((), "names no product")
    chip = replace(launch, product_name="Xeon 7", evidence="Intel launches the Xeon 7, a server processor.")
    named = Newsroom().publish("Intel", "l", chip)
    assert [alert.title for alert in named.alerts] == ["Intel has launched Xeon 7"]
    app = replace(launch, product_name="Notes", evidence="Intel launches Notes, an app for the hard of hearing.")
    found = Newsroom().publish("Intel", "l", app)
    assert found.alerts == ()
    assert "names no chip" in found.findings[0].verdict


def test_vehicles_are_recorded_only():
    cars = claim("shipments", 41_000, "Intel sold 41,000 electric cars.", subject="intel")
    found = Newsroom().publish("Intel", "Intel sold 41,000 electric cars.", cars)
    assert (found.alerts, found.findings[0].verdict) == ((), "counts vehicles")


def test_a_takeover_of_nobody_waits_for_a_name():
    room = Newsroom()
    nameless = claim("acquisition", None, "Alibaba takes over a business.", subject="alibaba")
    first = room.publish("Alibaba", "Alibaba takes over a business.", nameless)
    assert first.alerts == ()
    assert first.facts[0].waiting == "name"
    again = room.publish("Alibaba again", "Alibaba takes over something.", nameless, hours=1, outlet="Wire B")
    assert again.alerts == ()
    named = claim("acquisition", None, "Alibaba takes over Lightspan.", subject="alibaba", of="Lightspan")
    (alert,) = room.publish("Alibaba buys", "Alibaba takes over Lightspan.", named, hours=2, outlet="Wire C").alerts
    assert alert.change == "new"
    assert "Lightspan" in alert.title
    later = room.publish("Alibaba bought", "Alibaba takes over Lightspan soon.", named, hours=3, outlet="Wire D")
    assert later.alerts == ()


def test_where_names_are_not_read_a_takeover_waits_for_none():
    nameless = claim("acquisition", None, "Alibaba übernimmt ein Unternehmen.", subject="alibaba")
    found = Newsroom().publish("Alibaba", "Alibaba übernimmt ein Unternehmen.", nameless, language="de")
    assert len(found.alerts) == 1


def test_the_price_of_a_purchase_joins_its_alert_and_can_be_disputed_there():
    room = Newsroom()
    words = {"subject": "alibaba", "of": "Lightspan"}
    bought = claim("acquisition", None, "Alibaba buys Lightspan.", **words)
    (alert,) = room.publish("Alibaba buys Lightspan", "Alibaba buys Lightspan.", bought).alerts

    def priced(value, hours, outlet):
        text = f"Alibaba buys Lightspan for ${value:,}."
        deal = claim("deal", value, text, f"{value:,}", unit="USD", **words)
        return room.publish("Alibaba and Lightspan", text, deal, hours=hours, outlet=outlet)

    found = priced(900_000_000, 3, "Wire B")
    assert found.alerts == ()
    (update,) = found.updates
    assert (update.alert, update.kind) == (alert.key, "source")
    assert "$900 million" in update.payload["title"]
    (dispute,) = priced(1_400_000_000, 5, "Wire C").updates
    assert (dispute.alert, dispute.kind) == (alert.key, "disputed")
    assert dispute.note is not None
    assert "$900 million" in dispute.note
