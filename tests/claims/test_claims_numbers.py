"""Figures read from texts: every example and every entry of the tables, traps, spans, speed."""

from __future__ import annotations

from importlib import resources

import pytest

from monitor.claims.numbers import Quantity, quantities, read
from monitor.claims.numbers.data import read_table
from monitor.claims.numbers.grammar import grammar, languages
from tests.growth import is_linear

TABLES = resources.files("monitor.claims.numbers") / "tables"
LANGUAGES = sorted(languages())


def examples() -> list[object]:
    return [
        pytest.param(language, text, readings, id=f"{language}: {text}")
        for language in LANGUAGES
        for text, *readings in read_table(TABLES / "examples" / f"{language}.yaml")
    ]


def told(quantity: Quantity) -> str:
    """A quantity in the words of the example files."""
    if quantity.vague:
        return f"vague {quantity.unit}".strip()
    value = f"{round(quantity.value, 2):.15g}"
    if quantity.value_max is not None:
        value += f"..{round(quantity.value_max, 2):.15g}"
    unit = {"bare": "bare", "multiple": "multiple"}.get(quantity.kind, quantity.unit)
    share = "share" if quantity.noun == "share" and quantity.kind == "money" else ""
    flags = ["each" if quantity.each else "", "conversion" if quantity.conversion else "", quantity.lead]
    return " ".join(filter(None, [quantity.bound, value, unit, quantity.per or "", share, *flags]))


@pytest.mark.parametrize(("language", "text", "readings"), examples())
def test_an_example_is_read_as_its_table_says(language: str, text: str, readings: list[str]) -> None:
    wanted = [] if readings == ["nothing"] else readings
    assert [told(quantity) for quantity in quantities(text, language)] == wanted


def entries(language: str, *path: str) -> list[tuple[str, str]]:
    """(meaning, phrase) of a part of a language's own table."""
    table = read_table(TABLES / f"{language}.yaml")
    for key in path:
        table = table.get(key) or {}
    if isinstance(table, list):
        return [("", phrase) for phrase in table]
    return [(key, phrase) for key, phrases in table.items() for phrase in phrases]


def space(language: str) -> str:
    return " " if grammar(language).spaced else ""


UNIT = {"en": "cards", "de": "Karten", "zh": "张卡", "ja": "個", "ko": "개", "fr": "cartes"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_bound_before_a_figure_bounds_it(language: str) -> None:
    wrong = []
    for bound, phrase in entries(language, "bounds", "before"):
        text = f"{phrase}{space(language)}23456 {UNIT[language]}"
        found = quantities(text, language)
        if [q.bound for q in found] != ["exact" if bound == "null" else bound]:
            wrong.append((text, found))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_bound_after_a_figure_bounds_it(language: str) -> None:
    wrong = []
    for bound, phrase in entries(language, "bounds", "after"):
        glued = not grammar(language).spaced or not phrase[0].isalpha()
        text = f"23456 {UNIT[language]}{'' if glued else ' '}{phrase}"
        found = quantities(text, language)
        if [q.bound for q in found] != [bound]:
            wrong.append((text, found))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_currency_is_read_before_and_after_a_figure(language: str) -> None:
    for code, word in entries(language, "currencies", "before"):
        assert [(q.value, q.unit) for q in quantities(f"{word} 2345", language)] == [(2345, code)], word
    for code, word in entries(language, "currencies", "after"):
        assert [(q.value, q.unit) for q in quantities(f"2345 {word}", language)] == [(2345, code)], word


@pytest.mark.parametrize("code_and_sign", entries("common", "currencies", "before"))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sign_of_money_is_read_in_every_language(language: str, code_and_sign: tuple[str, str]) -> None:
    code, sign = code_and_sign
    wanted = "CNY" if language == "zh" and sign in {"¥", "￥"} else code
    assert [(q.value, q.unit) for q in quantities(f"{sign}2345", language)] == [(2345, wanted)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_noun_gives_its_unit(language: str) -> None:
    units = read_table(TABLES / f"{language}.yaml")["units"]
    for unit, nouns in units.items():
        for noun, words in nouns.items():
            for word in words:
                found = quantities(f"2345 {word}", language)
                assert [(q.value, q.unit, q.noun) for q in found] == [(2345, unit, noun)], word


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_gives_its_unit(language: str) -> None:
    measures = read_table(TABLES / f"{language}.yaml").get("measures") or {}
    for kind, units in {**read_table(TABLES / "common.yaml")["measures"], **measures}.items():
        for unit, words in units.items():
            for word, factor in words.items():
                (found,) = quantities(f"23 {word}", language)
                assert (found.kind, found.unit) == (kind, unit), word
                assert found.value == pytest.approx(23 * float(factor)), word


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_vague_magnitude_is_vague(language: str) -> None:
    for _, phrase in entries(language, "vague"):
        found = quantities(f"{phrase} {UNIT[language]}", language)
        assert [q.vague for q in found] == [True], phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_multiple_and_fraction_has_its_value(language: str) -> None:
    table = read_table(TABLES / f"{language}.yaml")
    for phrase, value in (table.get("multiples") or {}).items():
        assert [(q.kind, q.value) for q in quantities(phrase, language)] == [("multiple", pytest.approx(float(value)))]
    for phrase, value in (table.get("fractions") or {}).items():
        above, _, below = value.partition("/")
        wanted = 100 * int(above) / int(below or 1)
        assert [(q.kind, q.value) for q in quantities(phrase, language)] == [("percent", pytest.approx(wanted))], phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rate_is_read(language: str) -> None:
    for meaning, phrase in entries(language, "per"):
        per = None if meaning == "null" else meaning
        glued = "" if phrase[0] in "/-" else " " if grammar(language).spaced else ""
        assert [q.per for q in quantities(f"23456 {UNIT[language]}{glued}{phrase}", language)] == [per], phrase
    for per, phrase in entries(language, "per_before"):
        assert [q.per for q in quantities(f"{phrase} 23456 {UNIT[language]}", language)] == [per], phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_each_is_read(language: str) -> None:
    for _, phrase in entries(language, "each"):
        glued = "" if phrase[0] == "/" or not grammar(language).spaced else " "
        assert [q.each for q in quantities(f"$23456{glued}{phrase}", language)] == [True], phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_length_of_time_is_no_figure(language: str) -> None:
    for _, phrase in entries(language, "duration"):
        gap = "" if not grammar(language).spaced or phrase[0] == "-" else " "
        assert quantities(f"12{gap}{phrase}", language) == [], phrase


def test_spans_hold_in_the_original_text() -> None:
    text = "ＡＩ芯片　出货超１０万颗；İstanbul’da — more than 1,200 chips"
    (chips,) = quantities(text, "zh")[:1]
    assert text[slice(*chips.number_span)] == "１０万"
    assert chips.value == 100000
    (english,) = quantities(text, "en")[-1:]
    assert text[english.start : english.end] == "more than 1,200 chips"


def test_masked_spans_yield_no_figure_and_are_looked_past() -> None:
    text = "shipped 300,000 Siyuan 590 chips in 2025"
    name = text.index("Siyuan 590")
    found = read(text, "en", [(name, name + len("Siyuan 590"))])
    assert [(q.value, q.unit) for q in found.quantities] == [(300000, "units")]
    assert [(text[t.start : t.end], t.kind) for t in found.traps] == [("2025", "year")]
    assert [t.kind for t in read("the 590 of 2025", "en", [(4, 7)]).traps] == ["masked", "year"]


def test_a_language_without_a_table_is_read_by_its_signs() -> None:
    assert [(q.value, q.unit) for q in quantities("$5bn, 30 % et 700 GB/s", "xx")] == [
        (5000000000, "USD"),
        (30, "percent"),
        (700000000000, "B/s"),
    ]


@pytest.mark.parametrize("digits", ["9" * 31, "1" * 5000, "0." + "3" * 5000])
def test_digits_beyond_any_figure_are_none(digits: str) -> None:
    assert all(len(str(q.value)) < 40 for q in quantities(f"order {digits} chips", "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_cost_is_linear_in_the_length_of_the_text(language: str) -> None:
    (text, *_), *_ = read_table(TABLES / "examples" / f"{language}.yaml")
    hostile = [
        text + " ",
        "1-2-3,4.5 ",
        "a1-" * 3,
        "(" * 10 + "5",
        "万" * 10 + "3",
        "1,",
        "one and ",
        "12 ",
        "-5",
        "2/3 ",
        "(in millions) 5 ",
        "单位：亿元 5 ",
    ]
    for piece in hostile:
        assert is_linear(lambda text: read(text, language), piece.__mul__), piece
