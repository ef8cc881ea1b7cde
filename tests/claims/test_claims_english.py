"""English sentences in other words than the tables' own, and the work that a long article costs."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from claims_words import told

from monitor.claims import extract
from monitor.mentions import Lexicon
from monitor.model import Article

if TYPE_CHECKING:
    from types import FrameType

PUBLISHED = datetime(2026, 5, 20, tzinfo=UTC)
SENTENCES = sorted(Path(__file__).parent.glob("english*.yaml"))


def sentences() -> list[object]:
    rows = [row for file in SENTENCES for row in yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)]
    return [pytest.param(text, wanted, id=text[:60]) for text, *wanted in rows]


@pytest.mark.parametrize(("text", "wanted"), sentences())
def test_a_sentence_claims_what_it_says(text: str, wanted: list[str], watchlists: Lexicon) -> None:
    title, _, body = text.rpartition(" || ")
    article = Article(id="x", title=title, text=body, language="en", published=PUBLISHED)
    found = extract(article, watchlists.read(article), watchlists.entities)
    assert sorted(told(claim) for claim in found) == sorted(wanted)


@pytest.mark.parametrize(
    "sentence",
    [
        "Nvidia shipped 5,000 H20 chips in 2025. ",
        "Nvidia's revenue grew 5% in 2025. ",
        "SMIC's revenue run rate is $9bn a year, it said. ",
    ],
)
def test_ten_times_the_text_costs_ten_times_the_calls(sentence: str, watchlists: Lexicon) -> None:
    def calls(copies: int) -> int:
        article = Article(id="x", title="", text=sentence * copies, language="en", published=PUBLISHED)
        reading = watchlists.read(article)
        counted: Counter[str] = Counter()

        def count(_frame: FrameType, event: str, _arg: object) -> None:
            counted[event] += 1

        sys.setprofile(count)
        try:
            extract(article, reading, watchlists.entities)
        finally:
            sys.setprofile(None)
        return counted["call"] + counted["c_call"]

    calls(1)
    assert calls(1000) < 10.5 * calls(100)
