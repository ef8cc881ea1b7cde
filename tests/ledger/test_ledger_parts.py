"""Periods, figures, datelines, sources, names: the parts, with their properties."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ledger import Kinship, dateline, periods, reposted, same_outlet, values
from monitor.ledger.acts import freshly_dated, same_act
from monitor.ledger.kinship import bare_name, same_name
from monitor.model import Article
from tests.ledger.teller import ENTITIES

NOTATION = st.one_of(
    st.integers(1990, 2040).map(str),
    st.builds(lambda y, q: f"{y}-Q{q}", st.integers(1990, 2040), st.integers(1, 4)),
    st.builds(lambda y, h: f"{y}-H{h}", st.integers(1990, 2040), st.integers(1, 2)),
    st.builds(lambda y, m: f"{y}-{m:02}", st.integers(1990, 2040), st.integers(1, 12)),
    st.builds(lambda y, q: f"FY{y}-Q{q}", st.integers(1990, 2040), st.integers(1, 4)),
    st.dates(date(1990, 1, 1), date(2040, 1, 1)).map(date.isoformat),
    st.sampled_from(["cumulative", "per month", "5 years", "2023/..", "../2027", "2025-Q1/2025-Q3", None, "soon"]),
)


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("2025", "year", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-Q4", "quarter", date(2025, 10, 1), date(2025, 12, 31)),
        ("2025-H1", "half", date(2025, 1, 1), date(2025, 6, 30)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-03-18", "day", date(2026, 3, 18), date(2026, 3, 18)),
        ("2025-05/2025-07", "quarter", date(2025, 5, 1), date(2025, 7, 31)),
        ("2025-Q1/2025-Q3", "span", date(2025, 1, 1), date(2025, 9, 30)),
        ("../2027", "year", date(2027, 1, 1), date(2027, 12, 31)),
        ("2023/..", "total", None, None),
        ("cumulative", "total", None, None),
        ("per quarter", "rate", None, None),
        ("5 years", "rate", None, None),
    ],
)
def test_periods_are_read(text, kind, start, end):
    read = periods.parse(text)
    assert read is not None
    assert (read.kind, read.start, read.end) == (kind, start, end)


@pytest.mark.parametrize("text", [None, "", "soon", "2025-13", "2025-02-31", "Q3", "2025-Q5", "a/b", "../x"])
def test_what_is_no_period_is_silent(text):
    assert periods.parse(text) is None


@given(NOTATION, NOTATION)
def test_contradiction_is_mutual_and_never_with_oneself(one, other):
    assert periods.contradict(one, other) == periods.contradict(other, one)
    assert periods.renamed(one, other) == periods.renamed(other, one)
    assert not periods.contradict(one, one)
    assert not periods.contradict(one, None)
    assert not (periods.later(one, other) and periods.later(other, one))


BOUNDS = st.sampled_from(["exact", "at_least", "at_most", "about"])
FIGURES = st.floats(min_value=1, max_value=1e15, allow_nan=False)


@given(FIGURES, BOUNDS, FIGURES, BOUNDS)
def test_agreement_is_mutual(one, bound, other, other_bound):
    first, second = (one, None, bound), (other, None, other_bound)
    assert values.agree(first, second) == values.agree(second, first)
    assert values.agree(first, first)


@given(FIGURES, BOUNDS, FIGURES, BOUNDS)
def test_figures_a_quarter_apart_never_agree(one, bound, other, other_bound):
    if max(one, other) > 1.36 * min(one, other):
        assert not values.agree((one, None, bound), (other, None, other_bound))


@given(st.integers(1, 10**9), st.sampled_from([1_000, 10_000]), st.floats(0.96, 1.04))
def test_slips_are_seen_both_ways(value, factor, drift):
    assert values.slip(value, value * factor * drift) == factor
    assert values.slip(value * factor * drift, value) == factor


def test_what_is_no_slip():
    for other in (10, 100, 500, 2_000, 100_000):
        assert values.slip(7 * other, 7) is None
    assert values.slip(0, 5) is None
    assert values.slip(-5_000, 5) is None


def test_losses_are_figures_too():
    assert values.agree((-100, None, "exact"), (-100.5, None, "exact"))
    assert not values.agree((-100, None, "exact"), (100, None, "exact"))


def article(text, published=datetime(2026, 5, 20, 9, tzinfo=UTC), title="t"):
    return Article(id="a", title=title, text=text, published=published)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("BEIJING, May 18 (Anchor Wire) - Alibaba said", date(2026, 5, 18)),
        ("TAIPEI, April 17, 2025 - TSMC reported", date(2025, 4, 17)),
        ("Sept 8 (Anchor Wire) - OpenAI has taped out", date(2025, 9, 8)),
        ("SAN JOSE, Calif., May 2, 2026 /PRNewswire/ -- Broadcom", date(2026, 5, 2)),
        ("Berlin, 17. April 2026 (Agentur) - Der Konzern", date(2026, 4, 17)),
        ("【快讯通2025年5月8日】中芯国际公告", date(2025, 5, 8)),
        ("【快讯通5月18日】中芯国际公告", date(2026, 5, 18)),
        ("新华社北京5月19日电 商务部", date(2026, 5, 19)),
        ("海湾财经5月19日讯 据悉", date(2026, 5, 19)),
        ("AUSTIN, Tex. (2026-04-03) - Tesla", date(2026, 4, 3)),
        ("（2025年11月12日付の記事を再掲）キオクシアが", date(2025, 11, 12)),
        ("(2025년 11월 12일자 기사 재게재) 삼성전자가", date(2025, 11, 12)),
        ("（本文首发于2025年11月12日）中芯国际", date(2025, 11, 12)),
        ("(This article was first published on Nov. 12, 2025) Kioxia said", date(2025, 11, 12)),
        ("(Zuerst erschienen am 12. November 2025) Infineon hat", date(2025, 11, 12)),
    ],
)
def test_datelines_are_read(text, day):
    assert dateline(article(text)) == day


@pytest.mark.parametrize(
    "text",
    [
        "Alibaba said on May 18 that it had shipped cards. More - soon.",
        "【华为将于3月20日发布新品】3月10日，华为宣布",
        "【影片延长上映至4月18日】官宣延长",
        "In 2025 - the year of chips - Alibaba grew.",
        "MI300X - 192 GB",
        "BEIJING, Smarch 33 - nothing",
        "The article said Kioxia was first listed on Nov. 12, 2025.",
        "",
    ],
)
def test_what_is_no_dateline(text):
    assert dateline(article(text)) is None


def test_a_repost_is_more_than_a_week_old():
    assert reposted(article("TAIPEI, May 12, 2026 - TSMC")) == date(2026, 5, 12)
    assert reposted(article("TAIPEI, May 13, 2026 - TSMC")) is None
    assert reposted(article("TAIPEI, May 21 (Wire) - TSMC")) is None
    assert reposted(article("TAIPEI, May 12, 2026 - TSMC", published=None)) is None


@given(st.text(max_size=300))
def test_no_text_breaks_the_dateline(text):
    found = dateline(article(text))
    assert found is None or isinstance(found, date)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Sentinel Business", "sentinelbusiness", True),
        ("Anchor Wire", "anchor-wire.com", True),
        ("财联社", "财联社", True),
        ("Reuters", "Rack Review", False),
        ("The News", "The Web", False),
    ],
)
def test_outlets_by_any_spelling(one, other, same):
    assert same_outlet(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Atlas 350", "昇腾 Atlas 350", True),
        ("Atlas 350", "Atlas 900", False),
        ("Panjiu", "磐久", True),
        ("Panjiu", "Kunpeng", False),
        ("鲲鹏", "磐久", False),
        ("ZT Systems", "ZTシステムズ", True),
        ("ZT Systems", "ABシステムズ", False),
        ("デシ", "데시", True),
        ("アンペア", "デシ", False),
    ],
)
def test_names_off_the_lists(one, other, same):
    assert same_name(one, other) is same


def test_kinship_climbs_to_the_root():
    kin = Kinship(ENTITIES)
    assert kin.root("bis") == "us-government"
    assert kin.root("t-head") == "alibaba"
    assert kin.root("unheard-of") == "unheard-of"
    assert kin.root(None) == ""
    assert kin.actor(None, "ascend-910c") == "huawei"
    assert kin.related("ascend", "ascend-910c")
    assert not kin.related("ascend-950", "ascend-910c")


def test_a_circle_of_parents_ends():
    from dataclasses import replace

    circle = {
        **ENTITIES,
        "a": replace(ENTITIES["intel"], id="a", parent="b"),
        "b": replace(ENTITIES["intel"], id="b", parent="a"),
    }
    assert Kinship(circle).root("a") in {"a", "b"}


@pytest.mark.parametrize(
    ("metric", "one", "other", "hours", "same"),
    [
        ("export_control", "tightened", "imposed", 100, True),
        ("export_control", "tightened", "lifted", 1, False),
        ("export_control", "announced", "in_force", 20, True),
        ("export_control", "announced", "in_force", 200, False),
        ("export_control", "proposed", "in_force", 1, False),
        ("ipo", "filed", "approved", 1, True),
        ("ipo", "filed", "approved", 30, False),
        ("ipo", None, "approved", 1, True),
        ("launch", "started", "announced", 1, True),
    ],
)
def test_acts(metric, one, other, hours, same):
    assert same_act(metric, one, other, timedelta(hours=hours)) is same


def test_fresh_dates():
    at = datetime(2026, 5, 20, 23, tzinfo=UTC)
    week = timedelta(days=7)
    assert freshly_dated(date(2026, 5, 21), at, week)
    assert freshly_dated(date(2026, 5, 13), at, week)
    assert not freshly_dated(date(2026, 5, 12), at, week)
    assert not freshly_dated(date(2026, 5, 25), at, week)
    assert not freshly_dated(None, at, week)


@pytest.mark.parametrize(
    ("name", "maker", "bare"),
    [
        ("Arm AGI CPU", "Arm", "agi"),
        ("ArmAGI", "Arm", "agi"),
        ("AGI CPU", "Arm", "agi"),
        ("Xeon 7", "Intel", "xeon 7"),
        ("AI chip", "Intel", "ai chip"),
    ],
)
def test_a_name_without_its_maker_and_kind(name, maker, bare):
    assert bare_name(name, maker) == bare
