"""Figures taken back in so many words: the right claim names the wrong figure."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.claims import extract
from monitor.mentions import shipped
from monitor.model import Article, Claim

LEXICON = shipped()
PUBLISHED = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def claims(text: str, title: str = "", language: str = "en") -> tuple[Claim, ...]:
    article = Article(id="x", title=title, text=text, language=language, published=PUBLISHED, outlet="Wire")
    return extract(article, LEXICON.read(article), LEXICON.entities)


def corrected(text: str, title: str = "", language: str = "en") -> list[tuple[object, object]]:
    """Figure and the figure that it corrects, of the claims that are not denied."""
    return [(c.value, c.corrects) for c in claims(text, title, language) if c.status != "denied"]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (
            "Correction: Hygon's quarterly revenue was 4.06 billion yuan, not 4.6 billion yuan as we reported earlier.",
            4_060_000_000,
            4_600_000_000,
        ),
        (
            "Cambricon's quarterly revenue was 5.1 billion yuan, not 5.7 billion yuan, as previously reported.",
            5_100_000_000,
            5_700_000_000,
        ),
        (
            "Hygon reported third-quarter revenue of 4.06 billion yuan. (An earlier version of this article wrongly "
            "said it was 4.6 billion yuan.)",
            4_060_000_000,
            4_600_000_000,
        ),
        (
            "Hygon's third-quarter revenue rose to 4.06 billion yuan. (Corrects revenue to 4.06 billion yuan from 4.6 "
            "billion yuan in the first paragraph.)",
            4_060_000_000,
            4_600_000_000,
        ),
        ("Alibaba has shipped 100,000 Zhenwu 810E chips, not 1 million as previously reported.", 100_000, 1_000_000),
        ("Cambricon shipped 31,000 cards in April. We previously reported 41,000 cards.", 31_000, 41_000),
    ],
)
def test_a_figure_taken_back_in_english(text: str, right: int, wrong: int) -> None:
    assert corrected(text) == [(right, wrong)]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("更正：海光信息第三季度营收为40.6亿元，此前误报为46亿元。", 4_060_000_000, 4_600_000_000),
        ("更正：寒武纪三季度营收由46亿元更正为51亿元。", 5_100_000_000, 4_600_000_000),
        ("更正：寒武纪三季度营收为51亿元，而非46亿元。", 5_100_000_000, 4_600_000_000),
        ("更正：本报昨日报道寒武纪三季度营收46亿元有误，应为51亿元。", 5_100_000_000, 4_600_000_000),
        ("更正：本站此前报道称燧原科技融资9亿元有误，正确金额为19亿元。", 1_900_000_000, 900_000_000),
    ],
)
def test_a_figure_taken_back_in_chinese(text: str, right: int, wrong: int) -> None:
    assert corrected(text, language="zh") == [(right, wrong)]


@pytest.mark.parametrize(
    ("language", "text", "right", "wrong"),
    [
        (
            "ja",
            "キオクシアの売上高は5,020億円だった。※当初「5,200億円」とあったのは「5,020億円」の誤りでした。訂正します。",
            502e9,
            520e9,
        ),
        ("ja", "【訂正】キオクシアの売上高を5,200億円と報じましたが、正しくは5,020億円でした。", 502e9, 520e9),
        ("ja", "アリババの真武810Eの出荷数は100万個ではなく10万個だった。", 100_000, 1_000_000),
        ("ko", "[정정] SK하이닉스 3분기 영업이익은 13조원이 아니라 11조원이므로 바로잡습니다.", 11e12, 13e12),
        ("ko", "삼성전자가 평택에 17조원을 투자한다. (투자액을 11조원에서 17조원으로 바로잡습니다.)", 17e12, 11e12),
        ("ko", "메타엑스의 누적 출하량은 7만장이 아닌 5만장으로 확인됐다.", 50_000, 70_000),
        (
            "de",
            "Korrektur: ASML hat 7,5 Milliarden Euro umgesetzt, nicht 8,5 Milliarden, wie zunächst berichtet.",
            7.5e9,
            8.5e9,
        ),
        (
            "de",
            "ASML hat im Quartal 7,5 Milliarden Euro umgesetzt. In einer früheren Version dieses Artikels stand "
            "irrtümlich ein Umsatz von 8,5 Milliarden Euro.",
            7.5e9,
            8.5e9,
        ),
    ],
)
def test_a_figure_taken_back_in_marked_languages(language: str, text: str, right: float, wrong: float) -> None:
    assert corrected(text, language=language) == [(right, wrong)]


def test_a_figure_put_aside_is_of_the_metric_beside_it() -> None:
    told = claims("By our count YMTC can now make 150,000 wafers a month, not 180,000.")
    assert [(c.metric, c.value, c.unit, c.status) for c in told] == [
        ("capacity", 150_000, "wafers/month", "achieved"),
        ("capacity", 180_000, "wafers/month", "denied"),
    ]


def test_what_somebody_calls_wrong_is_no_correction_of_an_outlet() -> None:
    told = claims("华为回应称，昇腾910C出货100万颗的报道有误。", language="zh")
    assert [(c.value, c.status, c.corrects) for c in told] == [(1_000_000, "denied", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Alibaba has shipped 100,000 Zhenwu 810E chips, not the 50,000 analysts had expected earlier.",
        "Nvidia earlier reported revenue of $54 billion.",
        "Cambricon shipped 31,000 cards in April. A previous report by Omdia put the number at 41,000 cards in March.",
        "Hygon's revenue rose to 4.06 billion yuan from 3.1 billion yuan a year earlier.",
    ],
)
def test_what_is_no_correction(text: str) -> None:
    assert {wrong for _, wrong in corrected(text)} == {None}


def test_the_words_of_the_correction_are_no_speaker() -> None:
    right, wrong = claims(
        "Hygon's third-quarter revenue was 4.06 billion yuan, not 4.6 billion yuan as we reported earlier."
    )
    assert right.attribution is None
    assert (right.status, wrong.status) == ("achieved", "denied")
    (claim,) = claims("更正：海光信息第三季度营收为40.6亿元，此前误报为46亿元。", language="zh")
    assert claim.attribution is None


def test_a_licence_that_follows_from_a_listing_is_the_same_act() -> None:
    told = claims(
        "In this rule, the Bureau of Industry and Security adds 14 entities to the Entity List. A licence is required "
        "for all items subject to the regulations."
    )
    assert [claim.metric for claim in told] == ["listed_entities"]


def test_a_licence_for_a_named_chip_beside_a_listing_is_a_control_of_its_own() -> None:
    told = claims(
        "The Commerce Department added 14 Chinese companies to the Entity List. It will also require a licence for "
        "exports of Nvidia H20 chips to China."
    )
    assert [claim.metric for claim in told] == ["listed_entities", "export_control"]
