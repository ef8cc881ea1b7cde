"""The daemon as it runs for months: polls, reloads, is stopped, killed, asked things, and started twice."""

import random
import signal
import sqlite3
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.desk import Desk, end, until
from tests.fakes.feed_server import FeedServer, rss


def shipment(number, minutes=30):
    return {
        "title": f"Alibaba has shipped more than {number:,} Zhenwu 810E chips",
        "text": f"Alibaba has shipped more than {number:,} Zhenwu 810E chips, two people said.",
        "link": f"https://harbour.example/{number}",
        "published": datetime.now(UTC) - timedelta(minutes=minutes),
    }


@pytest.fixture
def desk(tmp_path):
    with FeedServer() as server:
        yield Desk(tmp_path, server)


@pytest.fixture
def daemon(desk):
    started = []

    def start():
        started.append(desk.start())
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


def test_polls_alerts_and_stops_in_order(desk, daemon):
    desk.write({"/a": "Harbour Echo"})
    desk.server.bodies["/a"] = rss("Harbour Echo", [])
    process = daemon()
    until(lambda: desk.server.asked["/a", 200])
    desk.server.bodies["/a"] = rss("Harbour Echo", [shipment(100000)])
    until(desk.told)
    until(lambda: desk.server.asked["/a", 304])
    assert desk.run("status", "--check").returncode == 0
    assert end(process) == 0
    assert len(desk.told()) == 1
    assert desk.run("status", "--check").returncode == 1
    status = desk.json("status")
    assert status["daemon"]["overdue"] == []
    assert all(sums["balanced"] for sums in status["books"].values()), status["books"]


def test_a_second_daemon_names_the_first(desk, daemon):
    desk.write({"/a": "Harbour Echo"})
    process = daemon()
    until(lambda: sum(desk.server.asked.values()))
    second = desk.run("run", "--once")
    assert second.returncode == 1
    assert f"pid {process.pid}" in second.stderr


def test_an_edit_is_taken_up_and_a_broken_one_is_not(desk, daemon):
    desk.write({"/a": "Harbour Echo"})
    desk.server.bodies["/a"] = desk.server.bodies["/b"] = rss("Feed", [])
    daemon()
    until(lambda: desk.server.asked["/a", 200])
    good = (desk.folder / "feeds.yaml").read_text()
    (desk.folder / "feeds.yaml").write_text(good.replace('"every"', '"evry"'))
    until(lambda: 'unknown key "evry"; did you mean "every"?' in desk.log())
    assert "evry" in sqlite3.connect(desk.folder / "desk.db").execute("SELECT text FROM remarks").fetchone()[0]
    checked = desk.run("status", "--check")
    assert (checked.returncode, "evry" in checked.stdout) == (0, True), checked
    asked = desk.server.asked["/a", 304]
    until(lambda: desk.server.asked["/a", 304] > asked)
    desk.write({"/a": "Harbour Echo", "/b": "Silicon Lantern"})
    began = time.monotonic()
    until(lambda: desk.server.asked["/b", 200])
    assert time.monotonic() - began < 10


def test_a_new_watchlist_looks_back_only_when_asked(desk, daemon):
    ferry = {
        "title": "Harbour Cranes Ltd delivers two ferries",
        "text": "Harbour Cranes Ltd has delivered two ferries to the city.",
        "link": "https://harbour.example/ferries",
        "published": datetime.now(UTC) - timedelta(hours=1),
    }
    desk.write({"/a": "Harbour Echo"})
    desk.server.bodies["/a"] = rss("Harbour Echo", [ferry])
    daemon()
    until(lambda: desk.server.asked["/a", 304])
    assert desk.json("status")["matched"] == 0
    added = desk.run("watchlist", "add", "yards", "harbour-cranes", "--names", "Harbour Cranes", "--kind", "company")
    assert added.returncode == 0, added.stderr
    until(lambda: "watchlist yards would have matched 1 articles in 7 days" in desk.log())
    assert desk.json("status")["matched"] == 0
    desk.run("watchlist", "add", "quays", "quay", "--names", "Quay Works", "--backfill", "7d")
    until(lambda: desk.json("status")["matched"] == 1)
    status = desk.json("status")
    assert all(sums["balanced"] for sums in status["books"].values()), status["books"]


def test_requests_beside_the_daemon_are_carried_out(desk, daemon):
    desk.write({"/a": "Harbour Echo"})
    process = daemon()
    until(lambda: sum(desk.server.asked.values()))
    asked = desk.run("alerts", "silence", "--for", "1h", "--reason", "quiet please", "--rule", "shipments")
    assert f"asked the running daemon (pid {process.pid})" in asked.stdout
    until(lambda: desk.json("alerts", "silences"))
    assert desk.json("alerts", "silences")[0]["reason"] == "quiet please"


def test_kill_at_any_moment_loses_and_doubles_nothing(desk, daemon):
    desk.write({"/a": "Harbour Echo"})
    desk.server.bodies["/a"] = rss("Harbour Echo", [])
    dice = random.Random(7)
    figures = [110000 * 2**step for step in range(6)]
    items = []
    for figure in figures:
        process = daemon()
        until((desk.folder / "desk.db").exists)
        items.append(shipment(figure))
        desk.server.bodies["/a"] = rss("Harbour Echo", items)
        time.sleep(dice.uniform(0.3, 2.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
    asked = desk.server.asked.total()
    process = daemon()
    until(lambda: desk.server.asked.total() > asked and len(desk.told()) >= len(figures))
    assert end(process) == 0
    told = desk.told()
    for figure in figures:
        assert sum(f"{figure:,}" in title for title in told) == 1, told
    assert sqlite3.connect(desk.folder / "desk.db").execute("PRAGMA integrity_check").fetchone() == ("ok",)
    books = desk.json("status")["books"]
    assert all(sums["balanced"] for sums in books.values()), books
