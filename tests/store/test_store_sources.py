"""What is kept of feeds between two polls."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import Entry, Failed, Feed, Fetched, Identified, PollState, Sorted, Step, Unchanged, Validators
from monitor.store.db import open_memory
from monitor.store.sources import Sources

NOW = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LONGEST = timedelta(days=1)
A = Feed(url="https://a.example/rss", name="A")
B = Feed(url="https://b.example/rss", name="B")


@pytest.fixture
def sources():
    found = Sources(open_memory().connection)
    found.sync((A, B))
    return found


def step(due, **state):
    return Step(state=PollState(**state), due=due, reason="because")


def fetched(*entries, **more):
    return Fetched(
        entries=entries, known={}, count=len(entries), validators=Validators(etag='"1"'), body_hash="h", **more
    )


def item(identity, *keys, content="c"):
    return Identified(
        entry=Entry(guid=None, link=None, title="t", html=""), identity=identity, keys=keys, content=content
    )


def apart(**parts):
    return Sorted(
        **{"new": (), "edited": (), "reidentified": (), "rejected": (), "known": 0, "items": {}, "key": "guid"} | parts
    )


def test_new_feeds_are_due_at_once(sources):
    assert sources.due(NOW, LONGEST) == [A.url, B.url]


def test_a_polled_feed_waits_for_its_time(sources):
    sources.settle(sources.record(A), Unchanged(status=304, validators=Validators()), None, step(NOW + HOUR), NOW)
    assert sources.due(NOW, LONGEST) == [B.url]
    assert sources.due(NOW + HOUR, LONGEST) == [B.url, A.url]


def test_a_time_from_another_clock_is_due(sources):
    """The clock was an hour, or ten years, ahead when the next poll was planned."""
    sources.settle(
        sources.record(A), Unchanged(status=304, validators=Validators()), None, step(NOW + timedelta(days=3650)), NOW
    )
    assert A.url in sources.due(NOW, LONGEST)


def test_a_feed_that_its_server_ended_is_due_no_more_until_an_answer_revives_it(sources):
    gone = Failed(kind="gone", message="HTTP 410", status=410)
    sources.settle(sources.record(A), gone, None, step(NOW + HOUR, gone=True), NOW)
    assert sources.due(NOW + 1000 * LONGEST, LONGEST) == [B.url]
    assert sources.job(A, unconditional=False).url == A.url
    sources.settle(sources.record(A), fetched(), apart(), step(NOW + HOUR), NOW)
    assert sources.due(NOW + HOUR, LONGEST) == [B.url, A.url]


def test_feeds_out_of_the_file_rest_and_come_back_as_they_were(sources):
    sources.settle(sources.record(A), fetched(), apart(), step(NOW + HOUR), NOW)
    sources.sync((B,))
    assert sources.due(NOW + LONGEST, LONGEST) == [B.url]
    sources.sync((A, B))
    assert sources.record(A).baseline_at == NOW


def test_validators_come_back_in_the_next_job(sources):
    sources.settle(sources.record(A), fetched(), apart(items={"f1": "i1"}), step(NOW + HOUR), NOW)
    job = sources.job(A, unconditional=False)
    assert (job.validators.etag, job.body_hash, job.known) == ('"1"', "h", {"f1": "i1"})


def test_a_failure_keeps_the_validators(sources):
    sources.settle(sources.record(A), fetched(), apart(), step(NOW), NOW)
    sources.settle(
        sources.record(A), Failed(kind="timeout", message="no answer in 20 s"), None, step(NOW, failures=1.0), NOW
    )
    assert sources.job(A, unconditional=False).validators.etag == '"1"'
    assert sources.record(A).state.failures == 1.0


def test_state_survives(sources):
    state = PollState(
        interval=timedelta(seconds=90), failures=2.5, failing_since=NOW, down=True, moved="https://c.example/", gap=HOUR
    )
    sources.settle(
        sources.record(A),
        Unchanged(status=304, validators=Validators()),
        None,
        Step(state=state, due=NOW, reason=""),
        NOW,
    )
    assert sources.record(A).state == state


def test_a_moved_feed_is_asked_where_it_went(sources):
    moved = Step(state=PollState(), due=NOW, reason="", url="https://new.example/rss")
    sources.settle(sources.record(A), Unchanged(status=304, validators=Validators()), None, moved, NOW)
    assert sources.job(A, unconditional=False).url == "https://new.example/rss"
    assert sources.due(NOW, LONGEST) == [B.url, A.url]


def test_memory_knows_entries_by_any_of_their_keys(sources):
    record = sources.record(A)
    sources.add(record.id, [item("i1", "guid:1", "link:x"), item("i2", "guid:2", content="d")], NOW)
    memory = sources.memory(record.id)
    found = memory.recall(["guid:1", "link:x", "guid:2", "guid:3", "content:d"])
    assert {key: remembered.identity for key, remembered in found.items()} == {
        "guid:1": "i1",
        "link:x": "i1",
        "guid:2": "i2",
        "content:d": "i2",
    }
    assert memory.count() == 2
    assert sources.memory(sources.record(B).id).recall(["guid:1"]) == {}


def test_of_several_the_latest_is_remembered(sources):
    record = sources.record(A)
    sources.add(record.id, [item("i1", "link:x")], NOW)
    sources.add(record.id, [item("i2", "link:x")], NOW)
    assert sources.memory(record.id).recall(["link:x"])["link:x"].identity == "i2"


def test_more_keys_than_sqlite_takes_at_once(sources):
    record = sources.record(A)
    for number in range(1200):
        sources.add(record.id, [item(f"i{number}", f"guid:{number}")], NOW)
    assert len(sources.memory(record.id).recall([f"guid:{number}" for number in range(1200)])) == 1200


def test_an_edit_counts_versions_and_keeps_the_first_sight(sources):
    record = sources.record(A)
    sources.add(record.id, [item("i1", "guid:1")], NOW)
    assert sources.edit(record.id, item("i1", "guid:1", "link:new", content="d"), NOW + HOUR) == (2, NOW)
    assert sources.memory(record.id).recall(["link:new"])["link:new"].content == "d"


def test_pauses_of_a_host_do_not_shrink(sources):
    sources.pause("a.example:443", NOW + HOUR, "Retry-After")
    sources.pause("a.example:443", NOW + HOUR / 2, "Retry-After")
    assert sources.paused(NOW) == {"a.example:443": NOW + HOUR}
    assert sources.paused(NOW + HOUR) == {}


def test_what_left_the_store_is_still_known(sources):
    record = sources.record(A)
    sources.add(record.id, [item("i1", "guid:1")], NOW)
    sources.prune(NOW + timedelta(days=365))
    assert sources.memory(record.id).recall(["guid:1"])
