"""Terms that cross languages: figures and topics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.stories import terms
from monitor.text.fold import folded


@pytest.mark.parametrize(
    ("texts", "figure"),
    [
        (("revenue of $46.7 billion", "营收467亿美元", "매출 467억 달러", "Umsatz von 46,7 Milliarden"), "n:4.67e+10"),
        (("16,384 cards", "16384张加速卡", "1萬6384張"), "n:16384"),
        (("75,000 wafers", "7.5万片", "7萬5千片", "7万5000枚"), "n:75000"),
        (("2.88bn yuan", "28.8亿元", "28억8000만 위안"), "n:2.88e+09"),
        (("600,000 chips", "60万颗", "600.000 Stück"), "n:600000"),
        (("15% of sales", "15 percent", "15 Prozent"), "n:15%"),
    ],
)
def test_one_figure_in_every_language(texts, figure):
    for text in texts:
        assert figure in terms.figures(folded(text)), text


def test_years_and_small_numbers_are_no_figures():
    assert terms.figures("in 2025 and 2026 it sold 300 of 28") == set()


@pytest.mark.parametrize(
    ("concept", "texts"),
    [
        ("c:appointment", ("intel names new leader", "英特尔任命新负责人", "임명", "ernennt")),
        ("c:madrid", ("talks in madrid", "在马德里举行")),
        ("c:outage", ("a power cut", "厂区停电", "瞬時電圧低下", "정전")),
        ("c:paper", ("the paper is on the cover of a journal", "论文登上期刊封面")),
    ],
)
def test_one_topic_in_every_language(concept, texts):
    for text in texts:
        assert concept in terms.concepts(folded(text)), text


def test_words_leave_out_what_every_article_says():
    assert terms.words("the company said that its chips would ship") == {"w:ship"}
    assert "w:accelerator" in terms.words("accelerators") & terms.words("accelerator")


@given(st.text(max_size=400))
def test_no_text_breaks_them(text):
    plain = folded(text)
    for found in (terms.figures(plain), terms.concepts(plain), terms.words(plain)):
        assert all(len(term) > 2 for term in found)
