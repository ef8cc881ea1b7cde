"""The recorded morning: what it promises to hold, and the documents made of it."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection

import feedparser
import pytest

from monitor.demo.documents import document
from monitor.demo.recording import MORNING, outlets
from monitor.demo.server import FeedServer, Morning
from monitor.errors import MonitorError

RECORDING = outlets()
START = datetime(2026, 5, 12, 6, tzinfo=UTC)


def dated(at):
    return START + at


def test_six_outlets_sixty_entries_in_two_languages():
    assert len(RECORDING) == 6
    assert Counter(outlet.language for outlet in RECORDING) == {"en": 4, "zh": 2}
    assert sum(len(outlet.entries) for outlet in RECORDING) >= 60


def test_something_stands_everywhere_before_the_morning_and_all_comes_within_it():
    for outlet in RECORDING:
        assert outlet.shown(timedelta(0))
        assert outlet.shown(MORNING) == outlet.shown(timedelta(days=1))
        assert len(outlet.shown(MORNING)) == len(outlet.entries)


def test_every_link_is_reserved_for_examples():
    assert all(outlet.home.split("/")[2].endswith(".example") for outlet in RECORDING)


@pytest.mark.parametrize("outlet", RECORDING, ids=lambda outlet: outlet.slug)
def test_documents_say_what_was_recorded(outlet):
    for time in (timedelta(0), MORNING / 2, MORNING):
        shown = outlet.shown(time)
        body = document(outlet, time, dated)
        if outlet.format == "json":
            items = json.loads(body)["items"]
            found = [(i["title"], i["url"], datetime.fromisoformat(i["date_published"])) for i in items]
        else:
            parsed = feedparser.parse(body)
            assert not parsed.bozo
            found = [
                (e.title, e.link, datetime(*(e.get("published_parsed") or e.updated_parsed)[:6], tzinfo=UTC))
                for e in parsed.entries
            ]
        assert found == [(entry.title, entry.link, dated(entry.at)) for entry in shown]


def test_an_edit_changes_the_words_and_not_the_entry():
    edited = [(outlet, entry) for outlet in RECORDING for entry in outlet.entries if entry.edit]
    assert edited
    for outlet, entry in edited:
        before = document(outlet, entry.edit.at - timedelta(minutes=1), dated).decode()
        after = document(outlet, entry.edit.at, dated).decode()
        assert entry.text[:40] in before
        assert entry.edit.text[-30:] in after
        assert entry.edit.text[-30:] not in before
        assert before.count(entry.link) == after.count(entry.link)


def get(server, outlet, **headers):
    connection = HTTPConnection(*server.url(outlet).split("/")[2].split(":"))
    connection.request("GET", f"/{outlet.slug}", headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers["ETag"], body


def test_etags_follow_the_clock():
    outlet = RECORDING[0]
    morning = Morning(speed=1000)
    with FeedServer(RECORDING, morning) as server:
        status, tag, first = get(server, outlet)
        assert (status, b"<" in first) == (200, True)
        assert get(server, outlet, **{"If-None-Match": tag}) == (304, tag, b"")
        morning.start()
        while morning.time() < MORNING:
            pass
        status, later, second = get(server, outlet, **{"If-None-Match": tag})
        assert (status, later != tag, len(second) > len(first)) == (200, True, True)
        assert get(server, outlet, **{"If-None-Match": later})[0] == 304


def test_what_stood_there_before_keeps_its_date():
    morning = Morning(speed=1000)
    before = morning.dated(-timedelta(hours=20))
    morning.start()
    assert morning.dated(-timedelta(hours=20)) == before
    assert morning.dated(MORNING) - morning.dated(timedelta(0)) == timedelta(seconds=0.18)


def test_a_port_in_use_says_what_to_do():
    with FeedServer(RECORDING, Morning(speed=1)) as server:
        port = int(server.url(RECORDING[0]).split("/")[2].split(":")[1])
        with pytest.raises(MonitorError, match=rf"port {port} on 127.0.0.1 cannot be used: .*--port"):
            FeedServer(RECORDING, Morning(speed=1), port)
