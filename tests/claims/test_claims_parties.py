"""Whom a sentence names beside a verb of buying, where no watchlist knows the name."""

from __future__ import annotations

import pytest

from monitor.claims import extract
from monitor.claims.topics.parties import bought, division
from monitor.mentions import shipped
from monitor.model import Article

LEXICON = shipped()


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


@pytest.mark.parametrize(
    ("language", "text", "party"),
    [
        ("ja", "AMDは米シロコンプを12億ドルで買収した。", "シロコンプ"),
        ("ja", "エヌビディアはスイスのQuilonの全株式を4億ドルで取得する。", "Quilon"),
        ("ja", "AMDはスタートアップを3億ドルで買収した。", None),
        ("ja", "メタはコアウィーブと142億ドルのクラウド契約を結んだ。", "coreweave"),
        ("ko", "AMD가 시로컴프를 12억 달러에 인수했다.", "시로컴프"),
        ("ko", "엔비디아가 스위스 기업 Quilon의 지분 전량을 4억 달러에 인수한다.", "Quilon"),
        ("ko", "AMD가 반도체 설계업체를 3억 달러에 인수했다.", None),
        ("de", "AMD übernimmt den Chipdesigner Siroko Labs für 1,2 Milliarden Dollar.", "Siroko Labs"),
        ("de", "Nvidia hat Quilon für 400 Millionen Dollar gekauft.", "Quilon"),
    ],
)
def test_the_party_of_a_deal_in_marked_languages(language: str, text: str, party: str | None) -> None:
    article = Article(id="a", title="", text=text, language=language)
    claims = extract(article, LEXICON.read(article), LEXICON.entities)
    assert [(claim.metric, claim.of) for claim in claims] == [("deal", party)]


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("公司存储业务的年化营收超过30亿美元", "存储业务"),
        ("2025 年广告服务业务收入增长一成至800亿元", "广告服务业务"),
        ("新算法将助力旗下云计算部门实现900亿美元的销售额", "云计算部门"),
        ("终端×车联网分部收入2000亿元", "终端×车联网分部"),
        ("海外收入占四成", "海外"),
        ("全年营收900亿元", None),
    ],
)
def test_the_part_of_a_company_that_results_are_of(statement: str, part: str | None) -> None:
    span = division(statement)
    assert (span and statement[span[0] : span[1]]) == part
