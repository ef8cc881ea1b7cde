"""A country that acts is read only where chips are spoken of."""

import pytest

from monitor.claims.domain import concerns
from monitor.model import Article


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("China bans exports of AI chips to its neighbours", True),
        ("中国禁止向邻国出口光刻机", True),
        ("미국, 대중 반도체 장비 수출 제한", True),
        ("China bans fireworks in three cities", False),
        ("US imposes a tariff on medicines", False),
        ("欧盟放宽人工智能监管", False),
        ("美国总统会见足球队", False),
        ("美国将12家中国企业列入黑名单", True),
        ("五角大楼将一家人工智能公司列入黑名单", False),
        ("US puts nine Chinese firms on a trade blacklist", True),
        ("Pentagon blacklists a maker of chat bots", False),
        ("", False),
    ],
)
def test_concerns(text, about):
    assert concerns(Article(id="a", title=text, text="")) is about
    assert concerns(Article(id="a", title="", text=text)) is about
