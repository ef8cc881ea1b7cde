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
    ],
)
def test_a_figure_taken_back_in_chinese(text: str, right: int, wrong: int) -> None:
    assert corrected(text, language="zh") == [(right, wrong)]


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
