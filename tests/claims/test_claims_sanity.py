"""What the claims of one article are when they are read together, and what a comma or a date must not break."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.claims import extract
from monitor.mentions import Lexicon
from monitor.model import Article, Claim

PUBLISHED = datetime(2026, 5, 20, 8, 0, tzinfo=UTC)


def read(watchlists: Lexicon, text: str, language: str = "en") -> list[tuple[str, str | None, object, str, str | None]]:
    article = Article(id="x", title="", text=text, language=language, published=PUBLISHED)
    claims: tuple[Claim, ...] = extract(article, watchlists.read(article), watchlists.entities)
    return [(c.metric, c.subject, c.value, c.status, c.period) for c in claims]


def test_a_duty_under_section_232_is_no_control_beside_it(watchlists: Lexicon) -> None:
    text = "The US president signed an order that imposes a 30% tariff on imported accelerators under Section 232."
    assert [claim[:3] for claim in read(watchlists, text)] == [("tariff", "us-government", 30)]


def test_results_of_a_quarter_that_runs_lie_ahead(watchlists: Lexicon) -> None:
    text = "Intel today reported first-quarter revenue of $14.1 billion. Second-quarter 2026 revenue of $14.9 billion."
    assert read(watchlists, text) == [
        ("revenue", "intel", 14.1e9, "achieved", "2026-Q1"),
        ("revenue", "intel", 14.9e9, "planned", "2026-Q2"),
    ]


def test_the_comma_of_a_legal_form_ends_no_clause(watchlists: Lexicon) -> None:
    text = "The bureau issued an order under which Lam Research, Inc. will pay a civil penalty of $33 million."
    assert [claim[:3] for claim in read(watchlists, text)] == [("penalty", "lam-research", 33e6)]


def test_a_dateline_is_no_period_of_a_figure(watchlists: Lexicon) -> None:
    text = "OSLO, May 19 (Fjord Wire) - Nvidia agreed to pay $1.2 billion for the start-up Norrsken."
    assert read(watchlists, text) == [("deal", "nvidia", 1.2e9, "achieved", None)]


def test_what_had_been_done_by_a_month_is_told_as_such(watchlists: Lexicon) -> None:
    text = "Huawei had shipped 61,000 Ascend 950 chips by the end of April, a broker estimates."
    assert read(watchlists, text) == [("shipments", "huawei", 61_000, "achieved", "../2026-04")]


def test_the_base_of_a_comparison_is_of_the_year_before(watchlists: Lexicon) -> None:
    text = (
        "SK Hynix said its operating profit for the first quarter was 31 trillion won. A year earlier it had earned 8 "
        "trillion won."
    )
    assert [claim[2:] for claim in read(watchlists, text)] == [
        (31e12, "achieved", "2026-Q1"),
        (8e12, "achieved", "2025-Q1"),
    ]


def test_the_new_taiwan_dollar_of_one_statement_is_not_that_of_the_next(watchlists: Lexicon) -> None:
    text = "台积电一季度获利5320亿元新台币；燧原科技拟募资45亿元。"
    article = Article(id="x", title="", text=text, language="zh", published=PUBLISHED)
    claims = extract(article, watchlists.read(article), watchlists.entities)
    assert [(c.subject, c.unit) for c in claims if c.value] == [("tsmc", "TWD"), ("enflame", "CNY")]


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("The US government imposed a tariff of 100% on imported medicines.", []),
        ("The US government imposed a tariff of 40% on imported semiconductors.", ["tariff"]),
        ("Apple will begin mass production of its folding phone in July.", []),
        ("Rapidus has begun mass production at its plant in Chitose.", ["mass_production"]),
    ],
)
def test_acts_of_other_trades_are_none(watchlists: Lexicon, text: str, metrics: list[str]) -> None:
    assert [claim[0] for claim in read(watchlists, text)] == metrics


def test_a_conversion_behind_a_comma_is_none(watchlists: Lexicon) -> None:
    assert read(watchlists, "英特尔总市值升至3200亿美元，约合人民币2.3万亿元。", "zh") == [
        ("valuation", "intel", 3.2e11, "achieved", None)
    ]


def test_the_items_of_a_digest_have_nobody_in_common(watchlists: Lexicon) -> None:
    text = "腾讯发布新一代助手。 公司完成12亿元融资，投资方未披露。 英特尔宣布融资30亿美元。"
    for title, subjects in (
        ("腾讯发布助手；某药企融资；英特尔发债", ["intel"]),
        ("腾讯发布助手", ["tencent", "intel"]),
    ):
        article = Article(id="x", title=title, text=text, language="zh", published=PUBLISHED)
        claims = extract(article, watchlists.read(article), watchlists.entities)
        assert [c.subject for c in claims if c.metric == "funding"] == subjects


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("小米集团的手机×AIoT分部收入为人民币3200亿元。", "手机×AIoT分部"),
        ("腾讯去年广告收入1200亿元。", "广告"),
        ("腾讯去年营业收入7200亿元。", None),
        ("苹果拟12亿美元收购光互连初创公司Lumenfast。", "Lumenfast"),
        ("华为入股刻蚀设备商微纳精工。", "微纳精工"),
        ("谷歌正洽谈收购该公司。", None),
    ],
)
def test_parts_and_parties_off_the_watchlists_are_named_in_chinese(
    watchlists: Lexicon, text: str, of: str | None
) -> None:
    article = Article(id="x", title="", text=text, language="zh", published=PUBLISHED)
    assert [claim.of for claim in extract(article, watchlists.read(article), watchlists.entities)] == [of]
