"""Numbers written in every dress of the news and read back exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.claims.numbers import Quantity, quantities

SCALES = {
    "en": {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12},
    "de": {"Tsd.": 10**3, "Millionen": 10**6, "Mio.": 10**6, "Milliarden": 10**9, "Mrd.": 10**9, "Billionen": 10**12},
    "zh": {"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8, "万亿": 10**12, "千万": 10**7, "百万": 10**6},
    "ja": {"万": 10**4, "億": 10**8, "兆": 10**12, "千万": 10**7},
    "ko": {"만": 10**4, "억": 10**8, "조": 10**12, "천만": 10**7, "백만": 10**6, "천억": 10**11},
}
UNITS = {"en": " chips", "de": " Chips", "zh": "颗", "ja": "個", "ko": "개"}
GROUPS = {"en": [",", " ", "'"], "de": [".", " ", "'"], "zh": [","], "ja": [","], "ko": [","]}
GLUED = {"k": 10**3, "m": 10**6, "bn": 10**9, "b": 10**9, "mn": 10**6}
LANGUAGES = st.sampled_from(sorted(SCALES))


def grouped(value: int, mark: str) -> str:
    return f"{value:,}".replace(",", mark)


def decimal(value: Fraction, language: str) -> str:
    """A decimal fraction with at most two places, in the language's own mark."""
    whole, part = divmod(value * 100, 100)
    text = f"{whole}.{int(part):02}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language == "de" else text


def only(text: str, language: str) -> Quantity:
    found = quantities(text, language)
    assert len(found) == 1, (text, found)
    return found[0]


def exact(text: str, language: str, value: Fraction | int) -> None:
    found = only(text, language)
    assert Fraction(found.value) == value or found.value == pytest.approx(float(value), rel=1e-15), (text, found)
    assert isinstance(found.value, int) == (Fraction(value).denominator == 1), (text, found)


@given(LANGUAGES, st.integers(10_000, 10**13), st.data())
def test_digits_with_group_marks(language: str, value: int, data: st.DataObject) -> None:
    mark = data.draw(st.sampled_from(GROUPS[language]))
    exact(grouped(value, mark) + UNITS[language], language, value)


@given(LANGUAGES, st.integers(1, 999_999), st.data())
def test_digits_with_a_scale_word(language: str, hundredths: int, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(sorted(SCALES[language])))
    gap = " " if language in {"en", "de"} else data.draw(st.sampled_from(["", " "]))
    number = Fraction(hundredths, 100)
    exact(decimal(number, language) + gap + word + UNITS[language], language, number * SCALES[language][word])


@given(st.integers(1, 99_999), st.sampled_from(sorted(GLUED)), st.sampled_from(["US$", "RMB", "NT$", "€", "$"]))
def test_digits_with_a_letter_of_scale(hundredths: int, letter: str, sign: str) -> None:
    number = Fraction(hundredths, 100)
    exact(f"{sign}{decimal(number, 'en')}{letter}", "en", number * GLUED[letter])


@given(st.sampled_from(["zh", "ja", "ko"]), st.integers(1, 9999), st.integers(1, 9999))
def test_two_scales_in_one_figure(language: str, high: int, low: int) -> None:
    big, small = {"zh": ("亿", "万"), "ja": ("億", "万"), "ko": ("억", "만")}[language]
    exact(f"{high}{big}{low}{small}{UNITS[language]}", language, high * 10**8 + low * 10**4)
    if low >= 10:
        exact(f"{high}{small}{low}{UNITS[language]}", language, high * 10**4 + low)


ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def english(value: int) -> str:
    for scale, word in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if value >= scale:
            rest = value % scale
            joint = " and " if scale == 100 or 0 < rest < 100 else " "
            return f"{english(value // scale)} {word}" + (joint + english(rest) if rest else "")
    if value < 20:
        return ONES[value]
    return TENS[value // 10] + (f"-{ONES[value % 10]}" if value % 10 else "")


@given(st.integers(2, 10**12))
def test_english_words(value: int) -> None:
    exact(f"{english(value)} chips", "en", value)


EINS = [
    "null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
    "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
]  # fmt: skip
ZIG = ["-", "-", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]


def german(value: int) -> str:
    for scale, word in ((1000, "tausend"), (100, "hundert")):
        if value >= scale:
            rest = value % scale
            return german(value // scale) + word + (german(rest) if rest else "")
    if value < 20:
        return EINS[value]
    return (f"{EINS[value % 10]}und" if value % 10 else "") + ZIG[value // 10]


@given(st.integers(2, 999_999))
def test_german_words(value: int) -> None:
    exact(f"{german(value)} Karten", "de", value)


def ideographs(value: int, marks: str) -> str:
    """Chinese numerals with 零 where places are skipped."""
    digits, units = marks[:10], ["", marks[10], marks[11], marks[12]]
    text, skipped = "", False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit:
            text += (digits[0] if skipped and text else "") + digits[digit] + units[place]
            skipped = False
        else:
            skipped = True
    return text


@given(st.integers(2, 9999), st.integers(0, 9999))
def test_chinese_words(high: int, low: int) -> None:
    marks = "零一二三四五六七八九十百千"
    text = ideographs(high, marks) + "万"
    if low:
        text += ("零" if low < 1000 else "") + ideographs(low, marks)
    exact(text + "颗", "zh", high * 10**4 + low)


@given(LANGUAGES, st.integers(10, 5000), st.integers(1, 5000), st.data())
def test_ranges_share_the_scale_word(language: str, low: int, more: int, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(sorted(SCALES[language])))
    scale = SCALES[language][word]
    joint = {"en": [" to ", "-"], "de": [" bis ", "-"], "zh": ["至", "到", "-", "~"], "ja": ["~", "から"], "ko": ["~"]}
    gap = " " if language in {"en", "de"} else ""
    text = f"{low}{data.draw(st.sampled_from(joint[language]))}{low + more}{gap}{word}{UNITS[language]}"
    found = only(text, language)
    assert (found.bound, found.value, found.value_max) == ("range", low * scale, (low + more) * scale), text


@given(st.integers(1, 9), st.integers(0, 9))
def test_tenths(tenths: int, hundredths: int) -> None:
    digits = "零一二三四五六七八九"
    exact(f"{digits[tenths]}成{digits[hundredths] if hundredths else ''}", "zh", tenths * 10 + hundredths)
    exact(f"{tenths}割{f'{hundredths}分' if hundredths else ''}", "ja", tenths * 10 + hundredths)


@given(st.integers(2, 9), st.integers(1, 8))
def test_fractions(below: int, above: int) -> None:
    if above >= below:
        return
    wanted = pytest.approx(100 * above / below)
    digits = "零一二三四五六七八九"
    assert only(f"{digits[below]}分之{digits[above]}", "zh").value == wanted
    assert only(f"{below}分の{above}", "ja").value == wanted
    assert only(f"{below}분의 {above}", "ko").value == wanted


@given(st.text(max_size=80), st.sampled_from(["en", "zh", "ja", "ko", "de", None]))
def test_any_text_is_read_without_error_and_its_spans_lie_in_it(text: str, language: str | None) -> None:
    place = 0
    for quantity in quantities(text, language):
        start, end = quantity.number_span
        assert place <= quantity.start <= start < end <= quantity.end <= len(text)
        place = start


FRAGMENTS = [
    "1,5", "2.000", "万", "亿", "만", "und", "ein", "between", " to ", "-", "$", "%", "more than", "约", "2025", "Q3",
    "/", "half", "成", "分之", "1", "年", "에서", "から", "bis", ".", "(", "k", "hundred", "\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join), st.sampled_from(["en", "zh", "ja", "ko", "de"]))
def test_scraps_of_figures_are_read_without_error(text: str, language: str) -> None:
    for quantity in quantities(text, language):
        start, end = quantity.number_span
        assert 0 <= quantity.start <= start < end <= quantity.end <= len(text)
        assert quantity.value_max is None or quantity.value_max >= quantity.value
