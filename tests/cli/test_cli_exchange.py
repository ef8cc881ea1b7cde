"""`extract` and `replay` keep the exchange format, whatever comes in."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.cli import run
from monitor.exchange import moment, parse_line

SEED = {
    "id": 7,
    "title": "Alibaba ships more than 100,000 Zhenwu 810E chips",
    "text": "Alibaba has shipped more than 100,000 Zhenwu 810E chips, two people said.",
    "published": "2026-01-29T09:00:00Z",
    "outlet": "Harbour Echo",
}
FIELDS = {
    "metric", "subject", "product", "product_name", "of", "value", "value_max", "unit", "bound", "status", "period",
    "attribution", "evidence",
}  # fmt: skip


@pytest.fixture
def call(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(command, *lines, options=()):
        path = tmp_path / "in.jsonl"
        path.write_text("".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines))
        status = run([command, str(path), *options])
        return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return call


def test_a_line_for_each_line_in_order(call):
    status, answers = call("extract", SEED, {"id": "b", "title": "Ferry", "text": ""}, {"id": "c", "text": "x"})
    assert status == 0
    assert [answer["id"] for answer in answers] == [7, "b", "c"]
    claim = answers[0]["claims"][0]
    assert set(claim) == FIELDS
    assert (claim["metric"], claim["subject"], claim["value"], claim["bound"]) == (
        "shipments", "alibaba", 100000, "at_least",
    )  # fmt: skip
    assert claim["evidence"] in SEED["text"]


def test_mentions_point_at_their_text_in_what_came_in(call):
    row = {"id": 1, "title": "\u3000英伟达Ｈ２０芯片", "text": "ＡＭＤ and 華為昇騰９１０Ｃ"}
    _, answers = call("extract", row)
    assert answers[0]["mentions"]
    for mention in answers[0]["mentions"]:
        assert row[mention["field"]][mention["start"] : mention["end"]] == mention["text"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("nonsense\n", "not JSON"),
        ("[1]\n", "not an object"),
        ("\n", "not JSON"),
        ('{"title": "no id"}\n', '"id" is missing'),
        ('{"id": 1}\n', '"title" and "text" are both missing'),
        ('{"id": 1, "title": 5}\n', '"title" is not a string'),
        ('{"id": 1, "title": "x", "text": ["y"]}\n', '"text" is not a string'),
        ("[" * 100000 + "\n", "not JSON"),
    ],
)
def test_a_bad_line_is_answered_and_the_rest_go_on(call, line, says):
    status, answers = call("extract", SEED, line, {**SEED, "id": 9})
    assert status == 1
    assert [answer.get("id") for answer in answers] == [7, None, 9]
    assert answers[1]["line"] == 2
    assert says in answers[1]["error"]


def test_null_and_empty_mean_absent(call):
    bare = {key: SEED[key] for key in ("id", "title", "text")}
    _, answers = call("extract", bare, {**bare, "lang": None, "published": "", "outlet": None, "url": ""})
    assert answers[0] == answers[1]


def test_replay_goes_by_published_and_gives_ids_back_as_they_came(call):
    later = {**SEED, "id": "late", "outlet": "Lantern", "published": "2026-01-30"}
    status, events = call("replay", later, SEED)
    assert status == 0
    assert [(event["event"], event["article"]) for event in events] == [
        ("story", 7),
        ("alert", 7),
        ("story", "late"),
        *([("update", "late")] if events[-1]["event"] == "update" else []),
    ]
    alert = events[1]
    assert set(alert) == {"event", "at", "alert", "article", "rule", "severity", "reason", "title", "milestone"}
    assert alert["at"] == "2026-01-29T09:00:00+00:00"
    assert set(alert["milestone"]) == FIELDS


def test_replay_answers_a_line_without_a_time(call):
    status, events = call("replay", {**SEED, "published": "yesterday"}, {**SEED, "published": None}, SEED)
    assert status == 1
    assert [event.get("line") for event in events[:2]] == [1, 2]
    assert "published" in events[0]["error"]
    assert events[-1]["event"] == "alert"


def test_replay_reads_gzip(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress((json.dumps(SEED) + "\n").encode()))
    assert run(["replay", str(path)]) == 0
    assert '"alert"' in capsys.readouterr().out
    path.write_bytes(path.read_bytes()[:-20])
    assert run(["replay", str(path)]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_replay_keeps_a_store_and_does_not_alert_twice(call, tmp_path):
    first = call("replay", SEED, options=("--db", str(tmp_path / "kept.db")))[1]
    again = call("replay", {**SEED, "id": "other", "outlet": "Lantern"}, options=("--db", str(tmp_path / "kept.db")))[1]
    assert sum(event["event"] == "alert" for event in first) == 1
    assert sum(event["event"] == "alert" for event in again) == 0


def test_a_seeded_ledger_knows_and_has_alerted_nothing(call, tmp_path, capsys):
    path = tmp_path / "old.jsonl"
    path.write_text(json.dumps(SEED))
    assert run(["replay", str(path), "--db", str(tmp_path / "desk.db"), "--seed"]) == 0
    capsys.readouterr()
    known = call("replay", {**SEED, "id": "n", "outlet": "Lantern"}, options=("--db", str(tmp_path / "desk.db")))[1]
    assert [event["event"] for event in known] == ["story"]


def test_a_budget_fails(call):
    status, _ = call("replay", SEED, options=("--budget", "1/week"))
    assert status == 1
    assert call("replay", SEED, options=("--budget", "5/day"))[0] == 0


def test_other_rules_show_their_difference(call, tmp_path):
    (tmp_path / "new.yaml").write_text("watchlists: [{use: chips}, {use: companies}]\nmilestones: []\n")
    status, rows = call("replay", SEED, options=("--rules", str(tmp_path / "new.yaml")))
    assert status == 0
    assert [row["diff"] for row in rows] == ["dropped"]


@given(st.binary(max_size=200))
def test_any_bytes_are_an_article_or_an_error(raw):
    line = parse_line(1, raw)
    assert (line.article is None) != (line.error is None)


@given(st.datetimes().map(lambda when: when.isoformat()) | st.text(max_size=30))
def test_any_time_is_utc_or_none(text):
    found = moment(text)
    assert found is None or found.utcoffset().total_seconds() == 0


HOSTILE = (
    ('{"id": "s", "title": "\\ud800 Nvidia H20", "text": ""}\n', None),
    ('{"id": "\\udfff", "title": "Nvidia H20"}\n', "half a character"),
    ('{"id": 1e999, "title": "Nvidia H20"}\n', "1e999"),
    ('{"id": NaN, "title": "Nvidia H20"}\n', "NaN"),
    ('{"id": "u", "title": "Nvidia H20", "url": "http://[::1", "published": "2026-03-01"}\n', None),
    ('{"id": "o", "title": "Nvidia H20", "outlet": "\\ud800", "published": "2026-03-01"}\n', None),
    (f'{{"id": {"9" * 5000}, "title": "Nvidia H20"}}\n', "digits"),
)


@pytest.mark.parametrize(("line", "says"), HOSTILE)
@pytest.mark.parametrize("command", ["extract", "replay"])
def test_hostile_lines_stop_nothing(call, command, line, says):
    status, answers = call(command, SEED, line, {**SEED, "id": 9})
    assert status in (0, 1)
    shown = [answer.get("id", answer.get("article")) for answer in answers]
    assert {7, 9} <= set(shown) if command == "extract" else 7 in shown
    if says is not None:
        assert any(says in answer.get("error", "") for answer in answers)
