"""Japanese, Korean, German and French: each entry of their tables has an example, each example gives its claims."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from claims_words import told

from monitor.claims.extract import explain
from monitor.claims.lexicon import expand, lexicon
from monitor.mentions import Lexicon
from monitor.model import Article
from tests.growth import is_linear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.claims.draft import Explanation

LANGUAGES = ["ja", "ko", "de", "fr"]
EXAMPLES = Path(__file__).with_name("examples")
NAMES = ("", "_status", "_press")
"""Files of examples: by entries, by statuses and bounds, and as journalists put it."""
PUBLISHED = datetime(2026, 7, 20, tzinfo=UTC)


def examples(name: str) -> list[dict[str, list[str]]]:
    return yaml.load((EXAMPLES / f"{name}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)


def explained(text: str, language: str, watchlists: Lexicon, title: str = "") -> Explanation:
    article = Article(id="x", title=title, text=text, language=language, published=PUBLISHED)
    return explain(article, watchlists.read(article), watchlists.entities)


@pytest.mark.parametrize(
    ("language", "text", "claims"),
    [
        pytest.param(language, example["text"], example["claims"], id=f"{name}: {example['text']}")
        for language in LANGUAGES
        for name in (f"{language}{kind}" for kind in NAMES)
        if (EXAMPLES / f"{name}.yaml").exists()
        for example in examples(name)
    ],
)
def test_an_example_gives_its_claims(language: str, text: str, claims: list[str], watchlists: Lexicon) -> None:
    found = explained(text, language, watchlists)
    assert [told(drawn.claim) for drawn in found.drawn] == claims


def entries(language: str) -> Iterator[tuple[str, set[str]]]:
    """Each entry of a language's metrics with the ids that its phrases have in explanations."""
    for file in (resources.files("monitor.claims") / "languages" / language).iterdir():
        if file.name.endswith(".yaml"):
            table = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)
            for metric, group in table.get("metrics", {}).items():
                for number, entry in enumerate(group, 1):
                    words = {
                        f"{metric}:{pos}:{text}"
                        for pos in ("verb", "noun", "adjunct")
                        for pattern in entry.get(pos, ())
                        for text in expand(pattern)
                    }
                    yield f"{file.name} {metric} {number}", words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_used_by_an_example(language: str, watchlists: Lexicon) -> None:
    used = {
        drawn.pattern.removeprefix("growth/").removeprefix("capacity/")
        for name in NAMES
        if (EXAMPLES / f"{language}{name}.yaml").exists()
        for example in examples(f"{language}{name}")
        for drawn in explained(example["text"], language, watchlists).drawn
    }
    assert [where for where, ids in entries(language) if not ids & used] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_metric_with_a_number_has_words(language: str) -> None:
    words = lexicon(language)
    assert words is not None
    known = {entry.metric for phrase in words.phrases.values() for entry in phrase.entries}
    assert known >= {
        "shipments", "orders", "production", "capacity", "deployment", "revenue", "profit", "funding", "valuation",
        "investment", "deal", "market_share", "yield", "price", "performance", "process_node", "penalty", "tariff",
        "listed_entities", "export_control", "launch", "mass_production", "ipo",
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_a_claim_stands_at_its_span(language: str, watchlists: Lexicon) -> None:
    for example in examples(language):
        text = example["text"]
        for drawn in explained(text, language, watchlists).drawn:
            assert drawn.claim.evidence in text
            if drawn.claim.figure is not None:
                start, end = drawn.claim.figure
                assert any(char.isdecimal() or char.isalpha() for char in text[start:end])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "東京エレクトロンは4.2%安の3万1250円、キオクシアは6.8%安で取引を終えた。"),
        ("ja", "インテルは3日、敵地で2-0と勝ち、勝ち点を86に伸ばした。"),
        ("ja", "エヌビディアが数十万個のチップを出荷した。"),
        ("ko", "삼성전자는 2.3% 내린 9만4100원에 마감했다."),
        ("ko", "엔비디아는 수십만개의 칩을 출하했다."),
        ("de", "Nvidia notierte vorbörslich 2,1 Prozent tiefer, der Dax schloss bei 23.870 Punkten."),
        ("de", "Nvidia hat Hunderttausende Chips ausgeliefert."),
        ("fr", "L'action Nvidia a cédé 1,8 %, le CAC 40 recule."),
    ],
)
def test_prices_scores_and_vague_magnitudes_are_no_claims(language: str, text: str, watchlists: Lexicon) -> None:
    assert explained(text, language, watchlists).drawn == ()


def test_a_language_without_tables_makes_no_claim_and_says_so(watchlists: Lexicon) -> None:
    found = explained("Nvidia ha consegnato 100,000 H20.", "it", watchlists)
    assert found.drawn == ()
    assert [(p.text, p.reason) for p in found.passed] == [
        ("100,000", "there are no tables of claims for the language 'it'")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_cost_is_linear(language: str, watchlists: Lexicon) -> None:
    piece = " ".join(example["text"] for example in examples(language)[:8]) + " "
    assert is_linear(lambda text: explained(text, language, watchlists), piece.__mul__, 1)
