from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.visible import hidden_spans
from tests.growth import is_linear

if TYPE_CHECKING:
    from collections.abc import Callable


def hidden(text: str, outlet: str | None = None, *, title: bool = False) -> list[str]:
    return [text[start:end].strip() for start, end in hidden_spans(text, outlet, title=title)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://example.com/nvidia for more", ["https://example.com/nvidia"]),
        ("Write to desk@intel.example.org today", ["desk@intel.example.org"]),
        ("详见www.huawei.com，谢谢", ["www.huawei.com"]),
        ("as intel.com says.", ["intel.com"]),
        ("<a href='x'>Nvidia</a> rose &amp; fell", ["<a href='x'>", "</a>", "&amp;"]),
        ("Margins of 5 < 6 and 7 > 6", []),
        ("U.S. Steel, e.g. in St. Louis", []),
        ("Follow us on Facebook, Google News and X. Nvidia rose.", ["Follow us on Facebook, Google News and X"]),
        ("A first line.\nRelated articles\nIntel cuts jobs\nMicron rises\n\nAMD is back.", None),
        ("Read more: Samsung sues\nApple rose.", ["Read more: Samsung sues"]),
        ("相关阅读：华为发布\n英伟达上涨。", ["相关阅读：华为发布"]),
        ("関連記事\nエヌビディアの新製品\n\n本文です。", ["関連記事", "エヌビディアの新製品"]),
        ("Share | Tweet | Facebook\nText.", ["Share | Tweet | Facebook"]),
    ],
)
def test_what_is_hidden_in_a_text(text: str, expected: list[str] | None) -> None:
    assert hidden(text) == (["Related articles", "Intel cuts jobs", "Micron rises"] if expected is None else expected)


def test_prose_after_a_heading_is_visible_again() -> None:
    text = "Related\nIntel cuts jobs\nNvidia said on Monday that it will build a plant.\nMore of it."
    assert hidden(text) == ["Related", "Intel cuts jobs"]


@pytest.mark.parametrize(
    ("title", "outlet", "expected"),
    [
        ("Chips rise - Google News", "Google News", ["- Google News"]),
        ("Chips rise | TechCrunch", "techcrunch.com", ["| TechCrunch"]),
        ("AI for power - Microsoft Industry Blogs", "microsoft.com", ["- Microsoft Industry Blogs"]),
        ("Nvidia falls - Intel rises", "cnbc.com", []),
        ("Nvidia falls - Intel rises", None, []),
    ],
)
def test_the_outlet_at_the_end_of_a_title(title: str, outlet: str | None, expected: list[str]) -> None:
    assert hidden(title, outlet, title=True) == expected


@given(st.text(st.sampled_from("aX. @/<>&;:\n相关阅读：Share on Facebook")), st.booleans())
def test_spans_lie_within_the_text(text: str, title: bool) -> None:
    assert all(0 <= start < end <= len(text) for start, end in hidden_spans(text, "Example", title=title))


@pytest.mark.parametrize(
    "make", [lambda n: "a" * n + "@", lambda n: "a." * n, lambda n: "<" * n + "&" * n, lambda n: " \n" * n, "X".__mul__]
)
def test_hostile_texts_take_linear_time(make: Callable[[int], str]) -> None:
    assert is_linear(hidden_spans, make)
