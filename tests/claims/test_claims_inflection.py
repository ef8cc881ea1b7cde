"""Forms of verbs from their dictionary form."""

from __future__ import annotations

import pytest

from monitor.claims.inflection import forms
from monitor.claims.lexicon import compile_tables, lexicon
from monitor.errors import ConfigError


@pytest.mark.parametrize(
    ("language", "verb", "texts"),
    [
        ("de", "liefern", "liefert lieferte lieferten geliefert gelieferten liefere"),
        ("de", "aus|liefern", "ausliefert ausgeliefert ausgelieferten auszuliefern"),
        ("de", "ein|nehmen/nimmt/nahm/genommen", "einnimmt einnahm eingenommen einzunehmen"),
        ("de", "produzieren", "produziert produzierte produzierten"),
        ("de", "verkaufen", "verkauft verkaufte verkauften"),
        ("de", "fertigen", "gefertigt fertigt"),
        ("ja", "納める1", "納め 納める"),
        ("ja", "売る5", "売る 売っ 売り 売ら"),
        ("ja", "積む5", "積む 積ん 積み"),
        ("ko", "늘리다", "늘려 늘렸 늘린 늘릴 늘린다"),
        ("ko", "만들다", "만들 만든 만드는 만들었 만든다"),
        ("ko", "받다", "받았 받은 받는다 받기로"),
        ("ko", "팔다", "팔았 판다 파는 팔고 "),
        ("ko", "바꾸다", "바꿔 바꿨 바꾼다"),
    ],
)
def test_a_verb_has_its_forms(language: str, verb: str, texts: str) -> None:
    found = {form.text for form in forms(language, verb)}
    assert {text for text in texts.split() if text not in {f.strip() for f in found}} == set()


def test_a_participle_behind_a_fixed_prefix_has_no_ge() -> None:
    assert "geverkauft" not in {form.text for form in forms("de", "verkaufen")}
    assert "geproduziert" not in {form.text for form in forms("de", "produzieren")}


def test_a_stem_of_one_syllable_never_stands_alone() -> None:
    assert all(len(form.text) > 1 for verb in ("팔다", "사다", "받다") for form in forms("ko", verb))


def test_only_what_is_still_to_come_is_future() -> None:
    assert {form.text for form in forms("ja", "投じる1") if form.future} == {"投じる"}
    assert {form.text for form in forms("ko", "늘리다") if form.future} == {"늘린다", "늘릴"}
    assert not any(form.future for form in forms("de", "liefern"))


def test_a_separated_verb_waits_for_its_prefix() -> None:
    assert {form.prefix for form in forms("de", "aus|liefern") if form.text == "liefert"} == {"aus"}
    words = lexicon("de")
    assert words is not None
    assert "class:sep_aus" in words.phrases["aus"].cues


@pytest.mark.parametrize(("language", "word"), [("de", "Umsatz"), ("ja", "納める"), ("ko", "출하"), ("en", "ship")])
def test_what_is_no_verb_is_refused_with_its_place(language: str, word: str) -> None:
    table = {"metrics": {"shipments": [{"verb": [f"~{word}"], "fits": ["units"]}]}}
    with pytest.raises(ConfigError, match=r"metrics\.yaml: shipments, entry 1, verb"):
        compile_tables(language, [("metrics.yaml", table)])


@pytest.mark.parametrize(
    ("word", "head"),
    [
        ("Rechenzentrumsumsatz", "umsatz"),
        ("Jahresbestellungen", "bestellungen"),
        ("Dollarumsatz", "umsatz"),
        ("Exportlizenzgebühr", None),
        ("umsatz", None),
    ],
)
def test_a_compound_says_what_its_last_part_says(word: str, head: str | None) -> None:
    words = lexicon("de")
    assert words is not None
    found = words.compound(word)
    assert (found.text if found else None) == head
