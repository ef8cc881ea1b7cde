"""Visible words, canonical links, articles."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from feeds_memory import FEED, Memory, entry
from hypothesis import given
from hypothesis import strategies as st

from monitor.feeds import html, normalize
from monitor.feeds.canonical import absolute, canonical, clean
from monitor.model import Article, Entry, Feed, Fetched, Validators
from tests.growth import is_linear

if TYPE_CHECKING:
    from collections.abc import Callable

SEEN = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("plain", "plain"),
        ("<p>One</p><p>Two <b>bold</b></p>", "One\nTwo bold"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>x</li><li>y</li></ul>", "x\ny"),
        ("H<sub>2</sub>O and <a href='x>y'>link</a>", "H2O and link"),
        ("<img alt='it's>here'/>kept <i title=\"open>text", "here'/>kept text"),
        ("x<script>var a = '<p>';</script>y", "xy"),
        ("x<style>p{}</style>y<!-- gone --><![if x]>z", "xyz"),
        ("yield < 60 % and > 50 %", "yield < 60 % and > 50 %"),
        ("vector<int> of 3nm<5nm", "vector<int> of 3nm<5nm"),
        ("<mrow><mi>a</mi></mrow>", "a"),
        ("<amp-img src='x'></amp-img>kept", "kept"),
        ("AT&amp;T&nbsp;&#8217;s &copy; 100&thinsp;000", "AT&T \u2019s \u00a9 100 000"),
        ("&amp;#8217;", "&#8217;"),
        ("line\nbreaks   <i>are</i>\n\nblanks", "line breaks are blanks"),
        ("plain\n\nparagraphs  \n stay", "plain\nparagraphs\nstay"),
        ("zero\u200bwidth \u202eright\u202c soft\u00adhyphen \x00nul\x1b[0m", "zerowidth right softhyphen nul[0m"),
        ("\u82f1\u4f1f\u8fbe\u3000H20\u82af\u7247", "\u82f1\u4f1f\u8fbe H20\u82af\u7247"),
        ("<p>unclosed", "unclosed"),
        ("text <a href='", "text"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1\n2"),
        ("<iframe src=x></iframe>after<noscript>seen</noscript>", "afterseen"),
        ("", ""),
    ],
)
def test_words(markup: str, words: str) -> None:
    assert html.text(markup) == words


_MARKUP = st.lists(
    st.one_of(
        st.text("<>/pa\"'= \n-!", max_size=8),
        st.builds(
            "<{}{}{}>".format,
            st.sampled_from(["", "/"]),
            st.sampled_from(
                ["p", "a", "b", "br", "A", "P", "script", "mi", "o:p", "amp-img", "h1x", "!--", "svg", "td"]
            ),
            st.sampled_from(
                ["", " ", "/", " /", " x='1'", ' x="a > b"', " x='\n'", ' "', " y='a\"' z=\"'\"", " <", "-x"]
            ),
        ),
    ),
    max_size=8,
).map("".join)


@given(_MARKUP)
def test_usual_markup_is_read_as_any_other(markup: str) -> None:
    usual = html._usual(markup)
    assert usual is None or usual == "".join(html._pieces(markup))


def test_markup_of_software_is_usual() -> None:
    markup = (
        '<p class="a">One <a href="/x?a=1&amp;b=2" title=\'say "no"\'>link</a>,<br /> <img src=x alt="">two</p>\n<hr/>'
    )
    assert html._usual(markup) == "\nOne link,\n two\n \n"


@given(st.text(max_size=200))
def test_words_are_printable_and_stay_as_they_are(markup: str) -> None:
    words = html.text(markup)
    assert words == words.strip()
    assert html.tidy(words) == words
    assert "  " not in words
    assert "\n" not in html.line(markup)


@pytest.mark.parametrize("piece", ["<", "<a", "<script>", "<!--", "<x", "<a b='", "&", "<q1></q1>"])
def test_words_take_linear_time(piece: str) -> None:
    assert is_linear(html.text, piece.__mul__)


@pytest.mark.parametrize(
    "make",
    [lambda n: '<a b="' + "x" * 15 * n + "<a b='>" * n, lambda n: "".join(f"<y{number}>" for number in range(n))],
)
def test_words_of_odd_markup_take_linear_time(make: Callable[[int], str]) -> None:
    assert is_linear(html.text, make, 256)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.a.example/x/", "http://a.example/x"),
        ("https://a.example/x?utm_source=rss&utm_medium=feed", "https://a.example/x"),
        ("https://a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2"),
        ("https://a.example:443/x#top", "https://a.example/x"),
        ("https://A.example/%7Euser", "https://a.example/~user"),
        ("https://a.example/x/amp/", "https://a.example/x"),
        ("https://a.example//x/index.html", "https://a.example/x"),
        ("https://a.example/\u82af\u7247", "https://a.example/%E8%8A%AF%E7%89%87"),
    ],
)
def test_spellings_of_one_page(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x?id=1", "https://a.example/x?id=2"),
        ("https://a.example/x", "https://b.example/x"),
        ("https://a.example/X", "https://a.example/x"),
        ("https://a.example:8080/x", "https://a.example/x"),
    ],
)
def test_different_pages(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@given(st.text(max_size=80))
def test_canonical_is_a_fixed_point(tail: str) -> None:
    for url in (tail, f"https://a.example/{tail}", f"https://a.example/?{tail}"):
        once = canonical(url)
        assert canonical(once) == once
        if absolute("", url):
            assert canonical(clean(url)) == once


@pytest.mark.parametrize(
    ("base", "link", "url"),
    [
        ("https://a.example/feed/rss", "/x", "https://a.example/x"),
        ("https://a.example/feed/rss", "x", "https://a.example/feed/x"),
        ("https://a.example/feed", "//b.example/x", "https://b.example/x"),
        ("https://a.example/", " https://b.example/a b\n", "https://b.example/a%20b"),
        ("https://a.example/", "javascript:alert(1)", None),
        ("https://a.example/", "mailto:a@b.example", None),
        ("https://a.example/", "http://[::1", None),
        ("https://a.example/", "http://h:99999/", None),
        ("", "/x", None),
    ],
)
def test_absolute(base: str, link: str, url: str | None) -> None:
    assert absolute(base, link) == url


LINKS = st.builds(
    "{}://{}/{}?{}".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["b.example", "www.b.example", "b-1.co.example"]),
    st.text("ab./~%-_2", max_size=12),
    st.text("ab=&%+-1", max_size=8),
).map(lambda link: link.removesuffix("?"))


@given(st.sampled_from(["https://a.example/feed/rss", "http://b.example/x?y", ""]), LINKS)
def test_plain_links_are_what_joining_makes_of_them(base: str, link: str) -> None:
    assert absolute(base, link) == (urljoin(base, link) if base else link)


def article(given_: Entry, *, feed: Feed = FEED, **values: object) -> Article:
    (item,) = Memory().see([given_], feed=feed).new
    given: dict[str, object] = {"url": "https://w.example/feeds/rss", **values}
    fetched = Fetched(entries=(), known={}, count=1, validators=Validators(), body_hash="", **given)  # type: ignore[arg-type]
    return normalize.article(feed, item, fetched, seen=SEEN)


def test_an_article() -> None:
    told = article(
        entry(1, title="<b>Maker</b> &amp; ship", link="../a?utm_source=x&id=3", published=SEEN - timedelta(hours=1)),
        feed=Feed(url=FEED.url, name="Wire", tags=("china",), trust="press"),
    )
    assert (told.title, told.text) == ("Maker & ship", "Words of story number 1")
    assert told.url == "https://w.example/a?id=3"
    assert (told.outlet, told.trust, told.tags, told.feed) == ("Wire", "press", ("china",), FEED.url)
    assert (told.published, told.seen, told.version) == (SEEN - timedelta(hours=1), SEEN, 1)


@pytest.mark.parametrize(
    ("published", "updated", "told"),
    [
        (None, None, None),
        (None, SEEN - timedelta(days=1), SEEN - timedelta(days=1)),
        (SEEN + timedelta(hours=8), None, None),
        (SEEN + timedelta(minutes=5), None, SEEN),
        (datetime(1970, 1, 1, tzinfo=UTC), None, None),
        (datetime(9999, 12, 31, tzinfo=UTC), SEEN, SEEN),
    ],
)
def test_times(published: datetime | None, updated: datetime | None, told: datetime | None) -> None:
    assert article(entry(1, published=published, updated=updated)).published == told


def test_language() -> None:
    chinese = entry(
        1, title="\u534e\u4e3a\u53d1\u5e03\u65b0\u82af\u7247", html="\u51fa\u8d27\u91cf\u8fbe\u523010\u4e07\u7247"
    )
    assert article(chinese, language="en-US").language == "zh"
    assert article(entry(1, title="3nm", html=""), language="de_DE").language == "de"
    assert article(entry(1, title="3nm", html=""), language="nonsense").language is None
    assert article(chinese, feed=Feed(url="u", name="n", language="ja")).language == "ja"


def test_a_garbled_article() -> None:
    assert article(entry(1, title="caf\ufffd", html="x")).garbled
    assert not article(entry(1)).garbled
    assert article(entry(1), garbled=True).garbled
