"""Chinese sentences in other words than the tables' own: each claims what stands beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from claims_words import told

from monitor.claims import extract
from monitor.mentions import Lexicon
from monitor.model import Article

PUBLISHED = datetime(2026, 11, 9, tzinfo=UTC)
SENTENCES = Path(__file__).with_name("chinese.yaml")


def sentences() -> list[object]:
    rows = yaml.load(SENTENCES.read_text("utf-8"), Loader=yaml.BaseLoader)
    return [pytest.param(text, wanted, id=text[:30]) for text, *wanted in rows]


@pytest.mark.parametrize(("text", "wanted"), sentences())
def test_a_sentence_claims_what_it_says(text: str, wanted: list[str], watchlists: Lexicon) -> None:
    article = Article(id="x", title="", text=text, language="zh", published=PUBLISHED)
    assert [told(claim) for claim in extract(article, watchlists.read(article), watchlists.entities)] == wanted
