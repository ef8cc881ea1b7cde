"""Who says it: denials are the subject's where he or somebody for him denies."""

from __future__ import annotations

import pytest

from monitor.claims import extract
from monitor.mentions import shipped
from monitor.model import Article

LEXICON = shipped()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "バイトダンスは、思元690を3万個発注したとの報道を否定した。"),
        ("ja", "バイトダンスの広報担当者は、思元690を3万個発注したとの報道は誤りだと語った。"),
        ("ko", "바이트댄스는 쓰위안 690 3만개를 주문했다는 보도를 부인했다."),
        ("ko", "바이트댄스 대변인은 쓰위안 690 3만개를 주문했다는 보도는 사실이 아니라고 말했다."),
        ("de", "ByteDance dementierte einen Bericht, wonach der Konzern 30.000 Siyuan 690 bestellt habe."),
        ("de", "ByteDance hat den Bericht zurückgewiesen, 30.000 Siyuan 690 bestellt zu haben."),
        ("zh", "字节跳动否认订购3万颗思元690。"),
        ("en", "ByteDance denied a report that it had ordered 30,000 Siyuan 690 chips."),
        ("en", "Reports that ByteDance ordered 30,000 Siyuan 690 chips are false, according to the company."),
    ],
)
def test_a_denial_by_the_subject(language: str, text: str) -> None:
    article = Article(id="a", title="", text=text, language=language)
    (claim,) = extract(article, LEXICON.read(article), LEXICON.entities)
    assert (claim.subject, claim.value, claim.status, claim.voice) == ("bytedance", 30_000, "denied", "subject")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A broker called a report that ByteDance had ordered 30,000 Siyuan 690 chips untrue."),
        ("ja", "関係者は、バイトダンスが思元690を3万個発注したとの報道は誤りだと語った。"),
    ],
)
def test_a_denial_by_somebody_else(language: str, text: str) -> None:
    article = Article(id="a", title="", text=text, language=language)
    for claim in extract(article, LEXICON.read(article), LEXICON.entities):
        assert claim.voice != "subject"
