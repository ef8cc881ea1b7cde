"""Articles that stand alone by what they call themselves."""

from __future__ import annotations

import pytest

from monitor.model import Article
from monitor.stories.alone import alone


@pytest.mark.parametrize(
    "title",
    [
        "Explainer: what a foundry does",
        "How to read a filing of the stock exchange",
        "Saturday digest: tools, tariffs, two denials",
        "The week in wafers",
        "The week that had no news",
        "Seven days of tools",
        "一周要闻：两家过会，一家辟谣",
        "芯片周报：关税与新厂",
        "一文读懂实体清单",
        "今週の半導体：決算と規制",
        "주간 반도체: 실적과 규제",
        "Die Woche der Wafer",
        "Das Halbjahr im Rückblick",
    ],
)
def test_explainers_and_roundups(title: str) -> None:
    assert alone(Article(id="a", title=title, text="")) is not None


@pytest.mark.parametrize(
    "title",
    [
        "Cambricon reports this week",
        "SMIC raises prices for the third week in a row",
        "CXMT plans 300,000 wafers a month",
        "寒武纪本周三放榜",
        "SKハイニックス、今週決算",
        "TSMC erklärt Verzögerung mit Erdbeben",
    ],
)
def test_news(title: str) -> None:
    assert alone(Article(id="a", title=title, text="")) is None
