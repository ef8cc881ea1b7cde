"""Every example beside an entry of the tables is a test of that entry."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import resources

import pytest
import yaml
from claims_words import told

from monitor.claims import extract
from monitor.mentions import Lexicon
from monitor.model import Article

PUBLISHED = datetime(2026, 5, 20, tzinfo=UTC)


def tables(language: str):
    folder = resources.files("monitor.claims") / "languages" / language
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            yield file.name, yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)


def entries(language: str):
    for name, table in tables(language):
        for metric, group in table.get("metrics", {}).items():
            for number, entry in enumerate(group, 1):
                yield f"{name}:{metric}:{number}", entry


def examples(language: str):
    for where, entry in entries(language):
        for example in entry.get("examples", ()):
            yield pytest.param(example["text"], example["claims"], id=f"{where}:{example['text'][:40]}")


@pytest.mark.parametrize(("text", "claims"), list(examples("en")))
def test_an_example_gives_its_claims(text: str, claims: list[str], watchlists: Lexicon) -> None:
    article = Article(id="x", title="", text=text, language="en", published=PUBLISHED)
    found = extract(article, watchlists.read(article), watchlists.entities)
    assert [told(claim) for claim in found] == claims


def test_every_entry_of_a_metric_has_an_example() -> None:
    assert [where for where, entry in entries("en") if not entry.get("examples")] == []
