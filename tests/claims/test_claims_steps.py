"""The steps of listings and laws: each is a fact of its own for the ledger."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.claims.extract import explain
from monitor.mentions import Lexicon
from monitor.model import Article

LISTINGS = [
    ("zh", "昆仑芯向港交所递交上市申请。", "filed"),
    ("zh", "昆仑芯通过港交所上市聆讯。", "approved"),
    ("zh", "摩尔线程首发申请获上市委审议通过。", "approved"),
    ("zh", "沐曦股份今日登陆科创板。", "listed"),
    ("zh", "崑崙芯今日在港交所主板掛牌。", "listed"),
    ("ja", "キオクシアは東京証券取引所に上場を申請した。", "filed"),
    ("ja", "東京証券取引所はキオクシアの上場を承認した。", "approved"),
    ("ja", "キオクシアが東証プライム市場に上場した。", "listed"),
    ("ko", "쿤룬신이 홍콩거래소에 상장을 신청했다.", "filed"),
    ("ko", "쿤룬신이 홍콩거래소 상장 심사를 통과했다.", "approved"),
    ("ko", "쿤룬신이 27일 홍콩 증시에 상장했다.", "listed"),
    ("de", "Cerebras hat den Antrag auf einen Börsengang eingereicht.", "filed"),
    ("de", "Die Börse hat den Börsengang von Cerebras genehmigt.", "approved"),
    ("fr", "Cerebras a déposé son dossier d'introduction en Bourse.", "filed"),
    ("fr", "Le régulateur a approuvé l'introduction en Bourse de Cerebras.", "approved"),
    ("ja", "キオクシアは上場準備に入り、主幹事を選んだ。", "prepared"),
    ("ja", "キオクシアの上場で公開価格は1455円に決まった。", "priced"),
    ("ko", "쿤룬신은 상장 주관사를 선정했다.", "prepared"),
    ("ko", "쿤룬신의 홍콩 상장 공모가가 확정됐다.", "priced"),
    ("de", "Cerebras hat Banken für den Börsengang mandatiert.", "prepared"),
    ("de", "Cerebras legt den Ausgabepreis für den Börsengang fest.", "priced"),
    ("zh", "壁仞科技港股IPO定价19.6港元。", "priced"),
    ("zh", "昆仑芯启动A股上市辅导。", "prepared"),
    ("en", "Kunlunxin has filed for a listing in Hong Kong.", "filed"),
    ("en", "The Hong Kong exchange approved the listing of Kunlunxin.", "approved"),
    ("en", "Kunlunxin made its trading debut in Hong Kong.", "listed"),
]
BILLS = [
    ("zh", "美国众议院外交委员会通过芯片安全法案。", "committee"),
    ("zh", "美国众议院通过芯片安全法案。", "passed"),
    ("ja", "米下院の委員会はチップ・セキュリティー法案を可決した。", "committee"),
    ("ja", "米下院はチップ・セキュリティー法案を可決した。", "passed"),
    ("ko", "미국 하원 위원회가 칩 보안법안을 가결했다.", "committee"),
    ("ko", "미국 하원이 칩 보안법안을 가결했다.", "passed"),
    ("en", "The House approved the Chip Security Act.", "passed"),
    ("en", "The US president signed the Chip Security Act.", "signed"),
    ("en", "A House committee approved the Chip Security Act.", "committee"),
]


PUBLISHED = datetime(2026, 7, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("metric", "language", "text", "act"),
    [("ipo", *row) for row in LISTINGS] + [("export_control", *row) for row in BILLS],
)
def test_each_step_is_told_apart(metric: str, language: str, text: str, act: str, watchlists: Lexicon) -> None:
    article = Article(id="x", title="", text=text, language=language, published=PUBLISHED)
    drawn = explain(article, watchlists.read(article), watchlists.entities).drawn
    assert [item.claim.act for item in drawn if item.claim.metric == metric] == [act]
