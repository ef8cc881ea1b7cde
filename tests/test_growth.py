"""The ruler of the tests of cost: it tells a line from a square."""

from __future__ import annotations

from tests.growth import is_linear


def test_work_in_proportion_to_its_input_is_linear() -> None:
    assert is_linear(lambda text: [char.upper() for char in text], "a".__mul__)


def test_work_in_proportion_to_the_square_of_its_input_is_not() -> None:
    assert not is_linear(lambda text: [text.count(char, at) for at, char in enumerate(text)], "ab".__mul__, 512)
