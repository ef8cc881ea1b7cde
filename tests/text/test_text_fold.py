import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.fold import fold, fold_words, folded, words

MIXED = st.text(
    st.sampled_from("aZ9 .-'’—…™ﬁ½ßéﾞﾟｶｴＨ２０　台臺積電昇騰\u0301\u200b\u1112\u1161\u11ab한국😀½İΣ") | st.characters(),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NVIDIA’s H20 — “chips”…", 'nvidia\'s h20 - "chips".'),
        ("Ｈ２０晶片", "h20晶片"),
        ("英偉達與臺積電", "英伟达与台积电"),
        ("ｴﾇﾋﾞﾃﾞｨｱ", "エヌビディア"),
        ("Zu\u0308rich", "zürich"),
        ("\u1112\u1161\u11ab국", "한국"),
        ("Nvi\u200bdia", "nvidia"),
        ("Ryzen™9", "ryzen 9"),
        ("Straße", "strasse"),
    ],
)
def test_folds(text: str, expected: str) -> None:
    assert folded(text) == expected


@given(MIXED)
def test_every_folded_character_points_at_what_gave_it(text: str) -> None:
    result = fold(text)
    assert result.size == len(text)
    spans = [result.original(at, at + 1) for at in range(len(result.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    for at, (start, end) in enumerate(spans):
        assert result.text[at] in folded(text[start:end])


@given(MIXED)
def test_a_span_of_the_whole_covers_all_but_what_folds_to_nothing(text: str) -> None:
    result = fold(text)
    if result.text:
        start, end = result.original(0, len(result.text))
        assert folded(text[:start]) == "" == folded(text[end:])


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_only_loses_its_case(text: str) -> None:
    assert fold(text).text == text.lower()
    assert fold(text).starts is None


@given(MIXED)
def test_words_keep_the_length(text: str) -> None:
    result = folded(text)
    assert len(words(result)) == len(result)
    assert all(char == " " or char.isalnum() for char in words(result))


@given(MIXED)
def test_the_short_way_to_words_agrees_with_the_long(text: str) -> None:
    short = fold_words(text)
    if short is not None:
        assert fold(text).starts is None
        assert short == words(fold(text).text)


@given(MIXED)
def test_composed_and_decomposed_fold_alike(text: str) -> None:
    plain = unicodedata.normalize("NFC", text)
    assert folded(unicodedata.normalize("NFD", plain)) == folded(plain)
