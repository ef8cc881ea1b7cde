"""Whom Chinese names beside a verb of buying, where no watchlist knows the name."""

from __future__ import annotations

import pytest

from monitor.claims.topics.parties import bought


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("长川科技完成收购矽佑微", "矽佑微"),
        ("宣布收购新思，金额未披露", "新思"),
        ("拟收购芯片公司先楫的全部股权", "先楫"),
        ("宣布收购Brium", "Brium"),
        ("拟收购资产", None),
        ("拟收购两家公司", None),
        ("收购该公司股权", None),
        ("公司完成对外收购", None),
    ],
)
def test_the_name_beside_the_verb_is_found(statement: str, name: str | None) -> None:
    span = bought(statement)
    assert (span and statement[span[0] : span[1]]) == name
