"""An edit that drops a figure: corrected in the thread of its alert, once, unless others tell it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.newsroom import Newsroom, claim

SENTENCE = "Alibaba has shipped more than 100,000 Zhenwu 810E chips, two people said."
TEXT = f"{SENTENCE} The company gave no comment."
WITHOUT = "Alibaba has shipped Zhenwu 810E chips, two people said. The company gave no comment. This text was edited."


def shipped(value=100_000, **fields):
    fields = {"subject": "alibaba", "product": "zhenwu-810e", "bound": "at_least", **fields}
    return claim("shipments", value, SENTENCE, "100,000", **fields)


def room_with_alert():
    room = Newsroom()
    (root,) = room.publish("Alibaba's cards", TEXT, shipped(), id="x").alerts
    return room, root


def test_a_figure_that_an_edit_drops_is_corrected_in_the_thread_of_its_alert():
    room, root = room_with_alert()
    found = room.publish("Alibaba's cards", WITHOUT, id="x", version=2, hours=2)
    (alert,) = found.alerts
    assert (alert.change, alert.thread, alert.figure, alert.digits) == ("corrected", root.key, None, ())
    assert alert.title == "Corrected, no figure any more: Alibaba has shipped more than 100,000 Zhenwu 810E"
    assert alert.before is not None
    assert "more than 100,000 units" in alert.before
    assert "no figure in its place" in alert.reason
    (gone,) = found.withdrawn
    fact = room.news.facts[gone.fact]
    assert (fact.state, fact.replaced_by, gone.alert) == ("corrected", None, alert.key)
    assert any(line.outcome == "corrected" and "100,000" in line.reason for line in found.trace)
    assert room.events[-1]["event"] == "alert"


def test_it_is_told_once():
    room, _ = room_with_alert()
    room.publish("Alibaba's cards", WITHOUT, id="x", version=2, hours=2)
    third = room.publish("Alibaba's cards", f"{WITHOUT} Twice.", id="x", version=3, hours=3)
    back = room.publish("Alibaba's cards", TEXT, shipped(), id="x", version=4, hours=4)
    again = room.publish("Alibaba's cards", WITHOUT, id="x", version=5, hours=5)
    assert third.alerts == back.alerts == again.alerts == ()


def test_an_edit_that_names_nothing_any_more_takes_the_figure_back_all_the_same():
    room, root = room_with_alert()
    found = room.publish("Withdrawn", "This article has been withdrawn.", id="x", version=2, hours=2)
    assert [(alert.change, alert.thread) for alert in found.alerts] == [("corrected", root.key)]


def test_what_another_independent_outlet_tells_stands_and_the_source_leaves_the_list():
    room, root = room_with_alert()
    other = "Alibaba's Zhenwu 810E has gone out more than 100,000 times, our count of customs papers says."
    counted = replace(shipped(), evidence=other, figure=None)
    room.publish("Customs papers count Alibaba's cards", other, counted, hours=1, outlet="Wire B")
    found = room.publish("Alibaba's cards", WITHOUT, id="x", version=2, hours=2)
    assert found.alerts == ()
    (update,) = found.updates
    assert (update.alert, update.kind, update.source.outlet) == (root.key, "withdrawn", "Wire A")
    assert [event["event"] for event in room.events[-1:]] == ["story"]
    (fact,) = found.facts
    assert (fact.state, fact.outlets) == ("standing", ("Wire B",))


def test_what_another_article_of_the_outlet_tells_stands():
    room, _ = room_with_alert()
    room.publish("Live: chips", f"A summary of the day. {TEXT}", shipped(), hours=1)
    found = room.publish("Alibaba's cards", WITHOUT, id="x", version=2, hours=2)
    assert found.alerts == found.withdrawn == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Alibaba has shipped more than", id="cut within the sentence"),
        pytest.param("Alibaba has ...", id="cut with dots"),
        pytest.param("", id="no text any more"),
        pytest.param(f"A first look. {TEXT}", id="the sentence stands"),
        pytest.param("Some 100,000 Zhenwu 810E chips have left Alibaba.", id="the figure stands"),
    ],
)
def test_a_text_cut_short_or_a_figure_read_in_another_way_takes_nothing_back(text):
    room, _ = room_with_alert()
    found = room.publish("Alibaba's cards", text, id="x", version=2, hours=2)
    assert found.alerts == found.withdrawn == ()


def test_a_figure_that_changes_is_corrected_once_and_not_withdrawn_too():
    room, root = room_with_alert()
    found = room.publish("Alibaba's cards", WITHOUT, shipped(10_000, bound="exact"), id="x", version=2, hours=2)
    assert [(alert.change, alert.thread) for alert in found.alerts] == [("corrected", root.key)]
    assert found.withdrawn == ()


def test_a_figure_that_was_never_alerted_is_corrected_quietly():
    room = Newsroom(rules=())
    room.publish("Alibaba's cards", TEXT, shipped(), id="x")
    found = room.publish("Alibaba's cards", WITHOUT, id="x", version=2, hours=2)
    assert found.alerts == ()
    assert [gone.verdict for gone in found.withdrawn] == ["recorded, not alerted: nor was the figure"]
