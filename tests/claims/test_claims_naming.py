"""Products off the watchlists carry the name that the article gives them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.claims.extract import explain
from monitor.mentions import Lexicon
from monitor.model import Article

PUBLISHED = datetime(2026, 7, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text", "metric", "name"),
    [
        ("zh", "壁仞科技发布新一代GPU“BR300”，FP16算力达到900 TFLOPS。", "launch", "BR300"),
        ("zh", "壁仞科技发布新一代GPU“BR300”，FP16算力达到900 TFLOPS。", "performance", "BR300"),
        ("zh", "摩尔线程已出货2万张MTT S6000。", "shipments", "MTT S6000"),
        ("en", "Biren shipped 60,000 BR188 cards in 2025.", "shipments", "BR188"),
        ("en", "Huawei has unveiled the Atlas 370 accelerator.", "launch", "Atlas 370"),
        ("zh", "英特尔推出 Granite Ridge 16P 处理器。", "launch", "Granite Ridge 16P"),
        ("en", "Intel launched its new Tiger Creek processors.", "launch", "Tiger Creek"),
        ("ja", "インテルは新型半導体「QX900」を発表した。", "launch", "QX900"),
        ("ko", "삼성전자는 새 칩 엑시노스 2900을 공개했다.", "launch", "엑시노스 2900"),
        ("en", "Meta unveiled new chips with 12GB of LPDDR5 at CES 2026.", "launch", None),
        ("en", "Biren shipped 60,000 accelerators in the year to June 2025.", "shipments", None),
        ("en", "Nvidia has shipped 60,000 H20 chips.", "shipments", None),
    ],
)
def test_a_product_off_the_watchlists_is_named(
    language: str, text: str, metric: str, name: str | None, watchlists: Lexicon
) -> None:
    article = Article(id="x", title="", text=text, language=language, published=PUBLISHED)
    drawn = explain(article, watchlists.read(article), watchlists.entities).drawn
    assert [item.claim.product_name for item in drawn if item.claim.metric == metric] == [name]
