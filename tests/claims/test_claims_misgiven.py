"""A headline's figure that the text gives to somebody else."""

from __future__ import annotations

import pytest

from monitor.claims import extract
from monitor.mentions import shipped
from monitor.model import Article

LEXICON = shipped()


@pytest.mark.parametrize(
    ("language", "title", "text", "owners"),
    [
        (
            "en",
            "AMD to give US 12% of MI308 revenue from China",
            "AMD has agreed to give the US government 12% of its revenue from MI308 sales in China, an official said.",
            {("tariff", "us-government")},
        ),
        (
            "zh",
            "一周芯闻：摩尔线程融资70亿元，真武出货9万片",
            "摩尔线程完成70亿元融资。平头哥真武810E累计出货9万片。",
            {("funding", "moore-threads"), ("shipments", "t-head")},
        ),
    ],
)
def test_the_text_says_whose_it_is(language: str, title: str, text: str, owners: set[tuple[str, str]]) -> None:
    article = Article(id="a", title=title, text=text, language=language)
    claims = extract(article, LEXICON.read(article), LEXICON.entities)
    assert {(claim.metric, claim.subject) for claim in claims} == owners
