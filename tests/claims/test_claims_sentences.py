"""Where sentences end."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Sales rose 3.5% to $1.2bn.",
        "Mr. Huang spoke in Washington, D.C. about chips.",
        "The U.S. Commerce Department said so.",
        "J. P. Morgan and Taiwan Semiconductor Manufacturing Co. signed.",
        "It ships approx. 40 units vs. 30 before.",
        "He waited ... and left.",
    ],
)
def test_dots_that_end_nothing(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It rose. The rest fell.", ["It rose.", "The rest fell."]),
        ("Sales were up in the U.S. The company is pleased.", ["Sales were up in the U.S.", "The company is pleased."]),
        ("“We ship.” Then he left.", ["“We ship.”", "Then he left."]),
        ("Line one\nLine two", ["Line one", "Line two"]),
        ("出货10万片。明年更多。", ["出货10万片。", "明年更多。"]),
        ("It ended in 2025. Nvidia won.", ["It ended in 2025.", "Nvidia won."]),
        ("It was 30. Nvidia won.", ["It was 30.", "Nvidia won."]),
        ("Ab dem 5. Januar gilt das.", ["Ab dem 5. Januar gilt das."]),
    ],
)
def test_ends(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


@given(st.text(alphabet="aB1 .,;!?\n\"'。！“”…US", max_size=80))
def test_no_visible_character_is_lost(text: str) -> None:
    spans = sentences(text)
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in itertools.pairwise(spans))
    assert "".join("".join(cut(text)).split()) == "".join(text.split())
