"""A figure a thousand times off its series is held; a person releases or dismisses it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.desk import Desk
from tests.fakes.feed_server import FeedServer, rss


def shipped(figure, hours):
    return {
        "title": f"Cambricon has shipped {figure} Siyuan 590 chips",
        "text": f"Cambricon has shipped {figure} Siyuan 590 chips, an analyst at Lindqvist Research said.",
        "link": f"https://harbour.example/{figure.replace(' ', '-')}",
        "published": datetime.now(UTC) - timedelta(hours=hours),
    }


@pytest.fixture
def desk(tmp_path):
    with FeedServer() as server:
        found = Desk(tmp_path, server)
        found.write({"/a": "Harbour Echo", "/b": "Lantern"})
        server.bodies["/a"] = rss("Harbour Echo", [shipped("80,000", 5)])
        server.bodies["/b"] = rss("Lantern", [])
        found.run("run", "--once")
        server.bodies["/b"] = rss("Lantern", [shipped("80 million", 1)])
        found.run("run", "--once")
        yield found


def test_held_is_shown_and_not_alerted(desk):
    assert len(desk.told()) == 1
    held = desk.json("milestones", "review")
    assert [(row["subject"], row["value"]) for row in held] == [("cambricon", 80_000_000)]


def test_released_is_alerted_once(desk):
    key = desk.json("milestones", "review")[0]["id"]
    done = desk.run("milestones", "release", key, "--reason", "the filing says so")
    assert done.returncode == 0, done.stderr
    assert "released" in done.stdout
    assert desk.json("milestones", "review") == []
    desk.run("run", "--once")
    assert sum("80,000,000" in title or "80 million" in title for title in desk.told()) == 1
    again = desk.run("milestones", "release", key, "--reason", "once more")
    assert "is not held" in again.stdout


@pytest.mark.parametrize("verdict", ["release", "dismiss"])
def test_a_verdict_becomes_a_rule_test(desk, verdict):
    """What a released figure must do is alert; what a dismissed one must is be held again, after the same figure."""
    key = desk.json("milestones", "review")[0]["id"]
    desk.run("milestones", verdict, key, "--reason", "a slip")
    (row,) = desk.json("milestones", "reviews")
    test = json.loads(row["test"].removeprefix("- "))
    assert test["after"] == ["Cambricon has shipped 80,000 Siyuan 590 chips, an analyst at Lindqvist Research said."]
    if verdict == "release":
        del test["after"]
    rule = {"name": "mine", "metric": "shipments", "expect": [test]}
    desk.write({"/a": "Harbour Echo"}, milestones=[rule])
    checked = desk.run("check")
    assert checked.returncode == 0, checked.stderr


def test_dismissed_stays_silent(desk):
    key = desk.json("milestones", "review")[0]["id"]
    assert "dismissed" in desk.run("milestones", "dismiss", key, "--reason", "a slip").stdout
    assert desk.json("milestones", "review") == []
    desk.run("run", "--once")
    assert len(desk.told()) == 1
