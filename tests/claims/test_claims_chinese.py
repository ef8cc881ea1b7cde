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
SENTENCES = sorted(Path(__file__).parent.glob("chinese*.yaml"))


def sentences() -> list[object]:
    rows = [row for file in SENTENCES for row in yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)]
    return [pytest.param(text, wanted, id=text[:30]) for text, *wanted in rows]


@pytest.mark.parametrize(("text", "wanted"), sentences())
def test_a_sentence_claims_what_it_says(text: str, wanted: list[str], watchlists: Lexicon) -> None:
    title, _, body = text.rpartition(" || ")
    article = Article(id="x", title=title, text=body, language="zh", published=PUBLISHED)
    assert [told(claim) for claim in extract(article, watchlists.read(article), watchlists.entities)] == wanted
