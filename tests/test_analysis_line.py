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


def control(sentence, **fields):
    return claim("export_control", None, sentence, subject="us-commerce", act="tightened", **fields)


def test_two_vague_acts_of_one_actor_are_one_only_where_the_stories_are_about_the_same():
    room = Newsroom()
    lasers = "The US Commerce Department has put lasers for Intel's plant under licence."
    first = room.publish("US Commerce Department curbs lasers for Intel", lasers, control(lasers))
    again = room.publish(
        "Intel hit by laser curbs of US Commerce Department", lasers, control(lasers), hours=3, outlet="B"
    )
    other = "Memory for Micron's customers now needs a permit of the US Commerce Department."
    apart = room.publish("Permits for memory", other, control(other), hours=60, outlet="C")
    assert [f.findings[0].change for f in (first, again, apart)] == ["new", "background", "new"]


def test_a_deal_is_found_from_either_side_by_whom_its_sentence_names():
    room = Newsroom()
    one = "Nvidia will pay $5 billion for a stake in Intel."
    other = "Intel has sold Nvidia a stake for $5 billion."
    first = room.publish("Nvidia and Intel", one, claim("deal", 5e9, one, "$5 billion", unit="USD", subject="nvidia"))
    second = room.publish(
        "A stake", other, claim("deal", 5e9, other, "$5 billion", unit="USD", subject="intel"), hours=2, outlet="B"
    )
    assert second.findings[0].fact == first.findings[0].fact
    assert second.findings[0].change == "corroborated"


def test_two_actors_of_one_sentence_have_facts_of_their_own():
    both = "Alibaba and Intel each ordered 20,000 cards."
    found = Newsroom().publish(
        "Orders", both, claim("orders", 20_000, both, subject="alibaba"), claim("orders", 20_000, both, subject="intel")
    )
    assert [finding.opens for finding in found.findings] == [True, True]


def test_acts_days_apart_on_others_are_others():
    room = Newsroom()
    one = "The US Commerce Department took the permit from Intel."
    other = "The US Commerce Department took the permit from Micron."
    room.publish("Permit gone", one, control(one, product="nvidia-h20"))
    later = room.publish("Permit gone too", other, control(other, product="nvidia-h20"), hours=24 * 5, outlet="B")
    assert later.findings[0].change == "new"


def test_an_equal_sum_for_somebody_else_weeks_later_confirms_no_plan():
    room = Newsroom()
    plan = "Nvidia will invest $2 billion in Nebius."
    room.publish(plan, "", claim("deal", 2e9, plan, unit="USD", subject="nvidia", of="Nebius", status="planned"))
    done = "Intel rises as Nvidia takes a $2 billion stake"
    found = room.publish(
        done, "", claim("deal", 2e9, done, unit="USD", subject="nvidia", field="title"), hours=24 * 20, outlet="B"
    )
    assert found.findings[0].change == "new"


def test_a_purchase_is_found_across_languages_by_the_name_of_what_was_bought():
    room = Newsroom()
    one = "Nvidia acquires Moltbook"
    other = "英伟达收购社交网络Moltbook"
    third = "英伟达收购了另一家公司Promptfoo"
    first = room.publish(one, "", claim("acquisition", None, one, subject="nvidia", of="Moltbook"))
    second = room.publish(
        other, "", claim("acquisition", None, other, subject="nvidia"), hours=20, outlet="B", language="zh"
    )
    apart = room.publish(
        third, "", claim("acquisition", None, third, subject="nvidia"), hours=40, outlet="C", language="zh"
    )
    assert second.findings[0].fact == first.findings[0].fact
    assert apart.findings[0].change == "new"
