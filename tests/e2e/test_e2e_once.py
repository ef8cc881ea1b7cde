"""The main job with real parts: a server, the program, the database, the alerts."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.desk import Desk
from tests.fakes.feed_server import FeedServer, rss

NOW = datetime.now(UTC).replace(microsecond=0)

SHIPMENT = {
    "title": "Alibaba ships more than 100,000 Zhenwu 810E AI chips, passing Cambricon",
    "text": "Alibaba has shipped more than 100,000 Zhenwu 810E chips, overtaking Cambricon, two people said on Friday.",
    "link": "https://harbour.example/alibaba-100000",
    "published": NOW - timedelta(hours=2),
}
NOISE = {
    "title": "Ferry to run every twenty minutes",
    "text": "Commuters will wait less: 40 crossings a day.",
    "link": "https://harbour.example/ferry",
    "published": NOW - timedelta(hours=3),
}
LATER = {
    "title": "Alibaba's chip unit has delivered 100,000-plus Zhenwu 810E processors",
    "text": "Over 100,000 Zhenwu 810E processors have been shipped by Alibaba, a person with knowledge said.",
    "link": "https://lantern.example/zhenwu",
    "published": NOW - timedelta(hours=1),
}


@pytest.fixture
def desk(tmp_path):
    with FeedServer() as server:
        yield Desk(tmp_path, server)


def test_one_milestone_is_one_alert_whatever_comes_after(desk):
    desk.write({"/a": "Harbour Echo", "/b": "Silicon Lantern"})
    desk.server.bodies["/a"] = rss("Harbour Echo", [SHIPMENT, NOISE])
    desk.server.bodies["/b"] = rss("Silicon Lantern", [])
    first = desk.run("run", "--once")
    assert first.returncode == 0, first.stderr
    listed = desk.json("alerts", "list")
    assert len(listed) == 1
    claim = listed[0]["milestone"]
    assert (claim["metric"], claim["subject"], claim["product"]) == ("shipments", "alibaba", "zhenwu-810e")
    assert (claim["value"], claim["unit"], claim["bound"], claim["status"]) == (100000, "units", "at_least", "achieved")
    assert listed[0]["deliveries"] == [{"channel": "file", "state": "sent", "ts": None, "attempts": 1, "reason": None}]
    assert len(desk.messages()) == 1

    desk.server.bodies["/b"] = rss("Silicon Lantern", [LATER])
    desk.run("run", "--once")
    desk.run("run", "--once")
    listed = desk.json("alerts", "list")
    assert len(listed) == 1
    assert [source["outlet"] for source in listed[0]["sources"]] == ["Harbour Echo", "Silicon Lantern"]
    status = desk.json("status")
    assert status["articles"] == 3
    assert all(sums["balanced"] for sums in status["books"].values()), status["books"]


def test_every_feed_failing_is_exit_1_and_names_them(desk):
    desk.write({"/gone": "Nowhere Post"})
    result = desk.run("run", "--once")
    assert result.returncode == 1
    assert "Nowhere Post" in result.stderr
    assert "404" in result.stderr


def test_one_feed_failing_is_exit_0(desk):
    desk.write({"/gone": "Nowhere Post", "/a": "Harbour Echo"})
    desk.server.bodies["/a"] = rss("Harbour Echo", [NOISE])
    assert desk.run("run", "--once").returncode == 0


def test_unchanged_feeds_are_asked_conditionally(desk):
    desk.write({"/a": "Harbour Echo"})
    desk.server.bodies["/a"] = rss("Harbour Echo", [SHIPMENT])
    for _ in range(3):
        desk.run("run", "--once")
    assert desk.server.asked == {("/a", 200): 1, ("/a", 304): 2}
