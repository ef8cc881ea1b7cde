"""What people read: checked for looks on a chosen alert, for safety on hostile ones."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
import slackblocks
from alerts_make import NOW, alert, showcase, source, update
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from alerts.model import Alert, Message, MessageKind, Point, Source
from alerts.render import mrkdwn, plain, record, series, words
from alerts.render.fallback import LONGEST_EDIT, fallback
from alerts.render.slack import blocks


def message(*alerts: Alert, kind: MessageKind = "alert", **changes: Any) -> Message:
    return Message(key="k" * 32, kind=kind, alerts=alerts, at=NOW, **changes)


def texts(made: list[dict[str, Any]]) -> list[str]:
    """Every text of the blocks."""
    return [part["text"] for block in made for part in block.get("elements", [block.get("text")])]


def accepted(made: list[dict[str, Any]]) -> None:
    """Builds the blocks anew with slackblocks, which raises where Slack would refuse."""
    rebuilt: list[slackblocks.Block] = []
    for block in made:
        match block["type"]:
            case "header":
                rebuilt.append(slackblocks.HeaderBlock(slackblocks.Text(**_text(block["text"]))))
            case "section":
                rebuilt.append(slackblocks.SectionBlock(slackblocks.Text(**_text(block["text"]))))
            case "context":
                rebuilt.append(slackblocks.ContextBlock([slackblocks.Text(**_text(e)) for e in block["elements"]]))
            case other:
                raise AssertionError(other)
    sent = json.loads(slackblocks.Message(channel="C1", text="x", blocks=rebuilt).json())
    for ours, theirs in zip(made, sent["blocks"], strict=True):
        del theirs["block_id"]
        if ours["type"] == "header":
            theirs["text"].setdefault("emoji", False)
        assert theirs == ours


def _text(block: dict[str, Any]) -> dict[str, Any]:
    kind = slackblocks.TextType(block["type"])
    more = {"emoji": block["emoji"]} if "emoji" in block else {"verbatim": block["verbatim"]}
    return {"text": block["text"], "type_": kind, **more}


def test_the_alert_of_the_documentation() -> None:
    made = blocks(message(showcase()), "UTC")
    header, what, evidence, line, sources, why = texts(made)
    assert header == "More than 100,000 units"
    assert what.splitlines() == [
        "*<https://wire.example/alibaba-zhenwu|Alibaba has shipped more than 100,000 Zhenwu 810E>*",
        "🔴 *Record* · beyond every earlier figure, and across 100,000",
        "Before: 60,000 units, told in June 2026 by Example Daily",
    ]
    assert evidence.startswith(">Alibaba's chip unit T-Head has now delivered *more than 100,000* Zhenwu")
    assert line.startswith("`▁▃▅█`  12,000 (Jan 2026) → ")
    assert sources.startswith("2 sources: <https://wire.example/alibaba-zhenwu|Example Wire (wire.example)> 08:48 · ")
    assert sources.endswith(" · copies: Portal")
    assert why == "24 Nov 2026 09:00 UTC · rule shipments · high"
    accepted(made)
    assert [block["type"] for block in made] == ["header", "section", "section", "section", "context", "context"]


def test_times_are_those_of_the_zone_of_the_channel() -> None:
    made = texts(blocks(message(showcase()), "Asia/Tokyo"))
    assert "17:48" in made[-2]
    assert "24 Nov 2026 18:00 JST" in made[-1]


def test_the_fallback_names_new_figures_and_no_earlier_one() -> None:
    text = fallback(message(showcase()))
    assert text == "🔴 Alibaba has shipped more than 100,000 Zhenwu 810E · Example Wire (wire.example)"
    assert "60,000" not in text
    bare = alert(title="阿里已出货10万颗真武810E", digits=("100,000", "7,000"), before="60,000")
    assert "100,000, 7,000" in fallback(message(bare))
    part = alert(title="It has 107,000 now", digits=("7,000",))
    assert re.search(r"(?<!\d)7,000", fallback(message(part)).replace("107,000", "")) is not None


def test_bold_between_chinese_characters_stands_free() -> None:
    told = "累计出货超过10万颗，超过寒武纪。"
    assert mrkdwn.highlighted(told, (6, 10), 500) == "累计出货超过 *10万颗* ，超过寒武纪。"
    assert mrkdwn.highlighted("(100,000)", (1, 8), 500) == "(*100,000*)"
    assert mrkdwn.highlighted("sold 5 units.", (5, 6), 500) == "sold *5* units."


def test_a_long_evidence_keeps_its_figure_in_sight() -> None:
    told = "word " * 400 + "has 107,000 units " + "more " * 400
    start = told.index("107,000")
    shown = mrkdwn.highlighted(told, (start, start + 7), 300)
    assert "*107,000*" in shown
    assert len(shown) <= 300
    assert shown.startswith("…")
    assert shown.endswith("…")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;"),
        ("<https://evil.example|Reuters>", "&lt;https://evil.example|Reuters&gt;"),
        ("a\u202eb\u200bc\x00d\u2066e\x1b[31mf", "abcde[31mf"),
        ("two\n> lines\u2028three", "two &gt; lines three"),
        ("*bold* ~5 and _x_ `c`", "∗bold∗ ~5 and ＿x＿ ˋcˋ"),
        ("\ud800x", "x"),
    ],
)
def test_what_comes_from_outside_is_escaped(text: str, shown: str) -> None:
    assert mrkdwn.escape(text, 500) == shown


def test_a_call_does_not_even_look_like_one_in_a_header() -> None:
    made = blocks(message(alert(figure=None, title="<!channel> sell now")), "UTC")
    assert made[0]["text"]["text"] == "‹!channel> sell now"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x?y=1&z=2", "https://a.example/x?y=1&z=2"),
        ('https://a.example/a b|c>d<e"f', "https://a.example/a%20b%7Cc%3Ed%3Ce%22f"),
        ("https://user:secret@a.example/", "https://a.example/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443/x"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("http://", None),
        ("https://a|b/", None),
        ("https://a.example:99999/", None),
        ("https://a.example/" + "x" * 900, None),
    ],
)
def test_only_plain_web_addresses_become_links(url: str, safe: str | None) -> None:
    assert words.web_url(url) == safe


def test_an_outlet_cannot_pose_as_another() -> None:
    assert words.outlet(source("Reuters", url="https://www.reuters.com/x")) == "Reuters"
    assert words.outlet(source("Reuters", url="https://evil.example/x")) == "Reuters (evil.example)"


def test_updates_are_told_where_they_matter() -> None:
    official = update(0, "Register", key="o", alert="alert-0", kind="official", reason="document 2026-1")
    disputed = update(0, "Rival", key="d", alert="alert-0", kind="disputed", note="Rival counts 80,000")
    joined = update(0, "Third", key="s", alert="alert-0")
    shown = "\n".join(texts(blocks(message(showcase(), updates=(official, disputed, joined)), "UTC")))
    assert "✅ Now official* · document 2026-1 · <https://register.example/a|Register>" in shown
    assert "⚠️ Disputed* · Rival counts 80,000" in shown
    assert "80,000" not in fallback(message(showcase(), updates=(disputed,)))


def test_a_series_is_drawn_from_three_points_on() -> None:
    points = [Point(at=NOW + timedelta(days=30 * n), value=v, label=str(v)) for n, v in enumerate((1, 5, 3))]
    assert series.drawn(points[:2]) is None
    found = series.drawn(points)
    assert found is not None
    assert found[0] == "▁█▅"
    assert series.bars([2, 2, 2]) == "▄▄▄"
    assert [series.number(value) for value in (1_500_000.0, 0.25, 12.3456, 1e20)] == [
        "1,500,000",
        "0.25",
        "12.35",
        "1e+20",
    ]
    many = [Point(at=NOW + timedelta(days=n), value=n, label=str(n)) for n in range(100)]
    long = series.drawn(many[::-1])
    assert long is not None
    assert len(long[0]) == series.POINTS
    assert [point.value for point in long[1]] == [76, 99]


def test_alerts_of_one_article_stand_in_one_message() -> None:
    three = message(*(alert(n, article="a") for n in (1, 2, 3)))
    made = blocks(three, "UTC")
    accepted(made)
    assert [block["text"]["text"] for block in made if block["type"] == "header"] == [
        f"More than {100_000 + n:,} units" for n in (1, 2, 3)
    ]
    four = blocks(message(*(alert(n, article="a") for n in (1, 2, 3, 4))), "UTC")
    assert sum(block["type"] == "header" for block in four) == 1
    assert four[0]["text"]["text"] == "More than 100,001 units, and 3 more"
    assert all(f"{100_000 + n:,}" in str(four) for n in (1, 2, 3, 4))
    assert fallback(three).startswith("🔴 Alibaba has shipped more than 100,001")


def test_a_few_first_fetches_are_shown_whole() -> None:
    made = blocks(message(alert(1), alert(2), kind="batch", total=2), "UTC")
    accepted(made)
    assert sum(block["type"] == "header" for block in made) == 2
    many = blocks(message(alert(1), alert(2), kind="batch", total=30), "UTC")
    assert many[0]["text"]["text"] == "30 alerts from first fetches, the 2 most severe here, the rest in the thread"


def test_digests_and_batches_say_what_they_are() -> None:
    two = (alert(1), alert(2))
    since = datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert fallback(message(*two, kind="digest", total=2, since=since)).startswith(
        "Digest: 2 alerts since 23 Nov 2026 08:00 UTC\n"
    )
    assert "the 2 most severe here, the rest in the thread" in fallback(message(*two, kind="batch", total=30))
    assert plain.title(message(*two, kind="fold")).startswith("2 alerts at once: Alibaba has shipped")


def test_the_record_is_json_and_whole() -> None:
    made = json.loads(json.dumps(record.record(message(showcase(), updates=(update(0),)), "hook")))
    assert made["event"] == "message"
    assert made["id"] == made["message"]
    assert made["alerts"][0]["milestone"] == {"metric": "shipments", "value": 100_000}
    assert record.record(message(showcase(), revision=3), "hook", event="update")["id"] == "k" * 32 + "-3"


NASTY = (
    "<!channel>", "<!here|x>", "<@U0123>", "<#C01|general>", "&amp;" * 50, "<" * 400, "&" * 3_000, "*a* _b_ ~c~", "",
    "\u202e" * 30, "\u200b", " ", "\n> quote", "```", "芯" * 2_500, "🔥" * 2_000, "a" * 20_000, "\x00\x1b[2J",
    "https://evil.example/<!channel>|x", "e\u0301" * 900, "\ud800", "\u3164", "|", ">",
)  # fmt: skip
hostile = st.one_of(st.text(max_size=60), st.sampled_from(NASTY))
times = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
urls = st.one_of(st.none(), hostile, st.builds("https://{}.example/{}".format, st.sampled_from("ab"), hostile))
sources = st.builds(
    Source,
    outlet=hostile, title=hostile, url=urls, at=times, trust=st.one_of(st.none(), hostile), official=st.booleans(),
    copy_of=st.one_of(st.none(), hostile),
)  # fmt: skip
points = st.builds(Point, at=times, value=st.floats(-1e300, 1e300), label=hostile)
figures = st.lists(st.integers(0, 10**15).map("{:,}".format), max_size=12).map(tuple)
hostile_alerts = st.builds(
    Alert,
    key=hostile, created=times, severity=st.sampled_from(["high", "medium", "low"]), rule=hostile, change=hostile,
    reason=hostile, title=hostile, figure=st.one_of(st.none(), hostile), digits=figures,
    before=st.one_of(st.none(), hostile), evidence=hostile,
    highlight=st.one_of(st.none(), st.tuples(st.integers(-3, 80), st.integers(-3, 3_000))), url=urls, article=hostile,
    tags=st.lists(hostile, max_size=2).map(tuple), sources=st.lists(sources, max_size=9).map(tuple),
    series=st.lists(points, max_size=6).map(tuple), official=st.booleans(),
)  # fmt: skip
messages = st.builds(
    Message,
    key=st.just("k"), kind=st.sampled_from(sorted(set(get_args(MessageKind)) - {"note", "notice"})),
    alerts=st.lists(hostile_alerts, min_size=1, max_size=20).map(tuple), at=times, total=st.integers(0, 99),
)  # fmt: skip
slow = settings(
    max_examples=60,
    deadline=None,
    # Shrinking messages of this size takes minutes and tells little.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

OURS = re.compile(r"<https?://[!-;=?-{}~]*\|[^<>|]*>")
"""A link as we write it: no space, `<`, `>` or `|` in its address."""


def markup_left(text: str) -> str:
    return OURS.sub("", text).removeprefix(">").replace("\n>", "\n")


@slow
@given(messages)
def test_any_message_is_accepted_by_slack_and_calls_nobody(made: Message) -> None:
    drawn = blocks(made, "UTC")
    accepted(drawn)
    assert len(drawn) <= 50
    assert sum(map(len, texts(drawn))) < 10_000
    for block in drawn:
        for part in block.get("elements", [block.get("text")]):
            if part["type"] == "mrkdwn":
                assert not set(markup_left(part["text"])) & set("<>")
                assert re.search(r"&(?!amp;|lt;|gt;)", OURS.sub("", part["text"])) is None
                assert part["verbatim"] is True
            else:
                assert not re.search(r"<[!@#]", part["text"])


@slow
@given(messages)
def test_any_fallback_names_every_figure_and_calls_nobody(made: Message) -> None:
    text = fallback(made)
    assert text.strip()
    assert len(text) <= 39_000
    assert not set(text) & set("<>")
    assert re.search(r"&(?!amp;|lt;|gt;)", text) is None
    for one in made.alerts:
        for figure in one.digits:
            assert words.names_figure(text, figure)


@slow
@given(st.lists(hostile_alerts, min_size=1, max_size=20))
def test_a_folded_message_with_room_for_its_figures_fits_an_edit(alerts: list[Alert]) -> None:
    room = [replace(one, digits=one.digits[:3]) for one in alerts]
    text = fallback(message(*room, kind="fold"), LONGEST_EDIT)
    assert len(text) <= LONGEST_EDIT
    assert "🔴" in text or "🟠" in text or "⚪" in text


@slow
@given(messages)
def test_any_message_has_plain_text_without_control_characters(made: Message) -> None:
    text = plain.body(made)
    assert text.strip()
    bad = {"Cc", "Cf", "Cs", "Co"}
    assert not [c for c in text if unicodedata.category(c) in bad and c != "\n"]
    assert not [c for c in plain.title(made) if unicodedata.category(c) in bad]


@given(hostile, st.integers(2, 200))
def test_escaped_text_keeps_its_limit_and_whole_entities(text: str, limit: int) -> None:
    shown = mrkdwn.escape(text, limit)
    assert len(shown) <= limit
    assert re.search(r"&(?!amp;|lt;|gt;)", shown) is None


def test_huge_input_is_drawn_in_a_moment() -> None:
    huge = "芯<&*_" * 200_000
    big = alert(title=huge, evidence=huge, reason=huge, before=huge, figure=huge, highlight=(500_000, 500_007))
    drawn = blocks(message(big), "UTC")
    accepted(drawn)
    assert len(fallback(message(big))) < 1_000
