"""Every format is read, and what has been read before is left out without changing a thing."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from feeds_documents import ATOM_10, FEDERAL_REGISTER, FORMATS, JSON_10, JSON_11, MALFORMED, RSS_20
from feeds_server import job, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.feeds import html
from monitor.feeds.parse.cut import _is_balanced, cut
from monitor.feeds.parse.errors import ParseError
from monitor.feeds.parse.parser import MOST, Parser
from monitor.model import Entry, Hints

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.feeds.parse.document import Document

LIMITS = timedelta(seconds=5), 512 << 20


def read(
    *bodies: bytes | str, known: Mapping[str, str] | None = None, content_type: str = "", **feed: object
) -> Document:
    """The document that the last of the bodies gives."""

    async def work() -> Document:
        parser = Parser(*LIMITS)
        try:
            for body in bodies:
                raw = body.encode() if isinstance(body, str) else body
                document = await parser.parse(raw, content_type, job("https://wafer.example/feed", known=known, **feed))
            return document
        finally:
            await parser.aclose()

    return run(work())


@pytest.mark.parametrize("name", FORMATS)
def test_formats(name: str) -> None:
    body, count = FORMATS[name]
    document = read(body)
    assert document.count == len(document.entries) == count
    assert all(entry.title or entry.html for entry in document.entries)


def test_rss_2() -> None:
    document = read(RSS_20)
    first, second, third = document.entries
    assert (document.title, document.language) == ("Wafer Post", "en-us")
    assert document.hints == Hints(
        ttl=timedelta(minutes=30), skip_hours=frozenset((0, 2)), skip_days=frozenset(("sunday",))
    )
    assert first.guid == "wafer-1"
    assert first.link == "https://wafer.example/a?utm_source=rss"
    assert html.line(first.title) == "Maker & partner ship 10,000 boards"
    assert html.text(first.html) == "Long text with bold.\nSecond."
    assert first.published == datetime(2026, 11, 23, tzinfo=UTC)
    assert (second.guid, second.link) == ("https://wafer.example/b", "/relative")
    assert html.line(second.title) == "Second \u2013 with a dash"
    assert html.text(second.html) == "Escaped & text"
    assert second.outlet == "Other Outlet"
    assert (third.guid, third.link, third.published, third.updated) == (None, None, None, None)


def test_atom() -> None:
    first, second = read(ATOM_10).entries
    assert html.line(first.title) == "Eins"
    assert html.text(first.html) == "Langer Text hier."
    assert first.published == datetime(2026, 11, 22, 6, tzinfo=UTC)
    assert first.updated == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert (second.guid, second.link, second.outlet) == ("urn:2", "https://atom.example/2", "Quelle")


def test_json_feeds() -> None:
    seven, eight = read(JSON_10).entries
    assert (seven.guid, seven.link) == ("7", "https://json.example/7")
    assert html.line(seven.title) == "AT&T <3"
    assert html.text(seven.html) == "5 < 7\nline"
    assert seven.published == datetime(2026, 11, 23, tzinfo=UTC)
    assert (eight.link, eight.html, eight.updated) == (
        "https://other.example/8", "<p>Eight</p>", datetime(2026, 11, 23, tzinfo=UTC),
    )  # fmt: skip
    document = read(JSON_11)
    assert (document.language, document.entries[0].language, document.count) == ("fr", "en", 1)


def test_federal_register() -> None:
    first, second = read(FEDERAL_REGISTER).entries
    assert first.record == first.guid == "2026-00789"
    assert first.link == "https://www.federalregister.gov/d/2026-00789"
    assert first.published == datetime(2026, 1, 15, tzinfo=UTC)
    assert first.outlet == "Federal Register: Industry and Security Bureau"
    assert (first.html, second.html, second.outlet) == ("BIS revises its policy.", "", "Federal Register")


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-05-12 08:16:27  +0800", datetime(2026, 5, 12, 0, 16, 27, tzinfo=UTC)),
        ("Tue, 12 May 2026 08:16:27 +0800", datetime(2026, 5, 12, 0, 16, 27, tzinfo=UTC)),
        ("2026\u5e7405\u670812\u65e5 08:16", datetime(2026, 5, 12, 8, 16, tzinfo=UTC)),
        ("2026/05/12 08:16", datetime(2026, 5, 12, 8, 16, tzinfo=UTC)),
        ("1778545000", datetime(2026, 5, 12, 0, 16, 40, tzinfo=UTC)),
        ("yesterday", None),
        ("Tue, 99 May 2026 99:99:99 GMT", None),
        ("9999-12-31T23:59:59+00:00", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("", None),
    ],
)
def test_dates(written: str, moment: datetime | None) -> None:
    body = f"<rss version='2.0'><channel><item><title>t</title><pubDate>{written}</pubDate></item></channel></rss>"
    assert read(body).entries[0].published == moment


def test_malformed_items_have_no_fingerprint_and_are_all_given() -> None:
    document = read(MALFORMED, known={"x": "y"})
    assert [entry.fingerprint for entry in document.entries] == ["", ""]
    assert any("not well-formed" in warning for warning in document.warnings)


@pytest.mark.parametrize(
    "text",
    ["&#1114112;", "&#55296;", "&nosuch;", "&eacute;", "\x0b", "\ufffe", "]]>", "<![CDATA[ </item> ]]>", "<b>open"],
)
def test_texts_that_break_parsers_harm_no_other_item(text: str) -> None:
    body = (
        "<rss version='2.0'><channel><item><guid>1</guid><title>One</title></item>"
        f"<item><guid>2</guid><title>Two</title><description>{text}</description></item>"
        "<item><guid>3</guid><title>Three</title></item></channel></rss>"
    )
    try:
        guids = [entry.guid for entry in read(body).entries]
    except ParseError as error:
        failure: str = error.kind
    else:
        failure = ""
        assert guids[0] == "1"
        assert "3" in guids
    # feedparser itself raises on some of them.
    assert failure in {"", "parse"}


def test_an_archive_gives_its_first_items() -> None:
    body = "<rss version='2.0'><channel>" + "".join(
        f"<item><guid>{n}</guid><title>t{n}</title></item>" for n in range(MOST + 500)
    )
    document = read(body + "</channel></rss>")
    assert document.count == len(document.entries) == MOST
    assert document.entries[0].guid == "0"
    assert str(MOST + 500) in document.warnings[0]


# What a cut must not change: items of many makes under one root element.

_TEXT = st.sampled_from(
    ["plain", "<![CDATA[<p>a &amp; b</p>]]>", "&lt;b&gt;x&lt;/b&gt;", "caf\u00e9 \u82f1\u4f1f\u8fbe", "<![CDATA[]]>",
     "", "<![CDATA[ </item><item> ]]>", "<![CDATA[ </entry><entry> ]]>",
     "<![CDATA[ x ]]> and <![CDATA[ y ]]>", "&#8217;s", "  spaced  ", "<!-- c -->after", "<![CDATA[ <item> ]]>",
     "<![CDATA[ </item> ]]>", "]]&gt;", "<![CDATA[ <!-- ]]>"]
)  # fmt: skip
_CHILD = st.one_of(
    st.builds("<title>{}</title>".format, _TEXT),
    st.builds("<description>{}</description>".format, _TEXT),
    st.builds("<content:encoded>{}</content:encoded>".format, _TEXT),
    st.builds("<guid{}>{}</guid>".format, st.sampled_from(["", " isPermaLink='false'", " isPermaLink='true'"]), _TEXT),
    st.builds("<link>https://n.example/{}</link>".format, st.integers(0, 9)),
    st.builds("<pubDate>Mon, 23 Nov 2026 0{}:00:00 GMT</pubDate>".format, st.integers(0, 9)),
    st.builds("<dc:date>2026-11-2{}</dc:date>".format, st.integers(0, 9)),
    st.builds("<source url='https://s.example'>{}</source>".format, _TEXT),
    st.builds("<media:content url='x'><media:title>{}</media:title></media:content>".format, _TEXT),
    st.builds("<image><title>{}</title><url>u</url></image>".format, _TEXT),
    st.builds("<author><name>{}</name></author>".format, _TEXT),
    st.builds("<category domain='d'>{}</category>".format, _TEXT),
    st.builds("<summary type='html'>{}</summary>".format, _TEXT),
    st.builds(
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{}</p></div></content>".format, _TEXT
    ),
    st.just("<x:thing xmlns:x='urn:x' x:a='1'>x</x:thing>"),
    st.just("<dc:title xmlns:dc='urn:not-dc'>other</dc:title>"),
    st.just("<link xml:base='https://base.example/' href='rel'/>"),
    st.just("<language>de</language>"),
    st.builds("<comments>{}</comments><dc:creator>{}</dc:creator>".format, _TEXT, _TEXT),
    st.just("<category>a</category><enclosure url='u' length='1'/><media:thumbnail url='t'/>"),
    st.just("<image><category>c</category><title>t</title></image>"),
    st.builds("<description><![CDATA[code <category>{}</category> end]]></description>".format, st.integers(0, 9)),
    st.just("<entry><title>nested</title></entry>"),
    st.just("<item><title>nested</title></item>"),
    st.just("<textInput><title>t</title><name>n</name></textInput>"),
    st.just("<body xmlns='http://www.w3.org/1999/xhtml'><p>b</p></body>"),
    st.builds("<post-id xmlns='com-wordpress:feed-additions:1'>{}</post-id>".format, _TEXT),
)
_ITEM = st.lists(_CHILD, max_size=5).map("".join)
_BETWEEN = st.sampled_from(
    ["", "\n", " <!-- note --> ", "<generator>g</generator>", "<title>again</title>", "<?pi x?>"]
)
_NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/"'
)
ROOTS = {
    "item": (
        f'<rss version="2.0" {_NAMESPACES}><channel><title>W</title><description>d</description>',
        "</channel></rss>",
    ),
    "entry": (f'<feed xmlns="http://www.w3.org/2005/Atom" {_NAMESPACES}><title>W</title><id>i</id>', "</feed>"),
}


def document_of(root: str, items: Sequence[str], between: Sequence[str]) -> bytes:
    head, tail = ROOTS[root]
    parts = [f"<{root}>{item}</{root}>{gap}" for item, gap in zip(items, between, strict=True)]
    return f"<?xml version='1.0'?>{head}{''.join(parts)}{tail}".encode()


@pytest.fixture(scope="module")
def reader():  # type: ignore[no-untyped-def]
    """Reads many documents in one loop, with one child."""
    import asyncio

    loop = asyncio.new_event_loop()
    parser = Parser(*LIMITS)

    def read_one(body: bytes, known: Mapping[str, str] | None) -> Document:
        """None: the whole document as feedparser reads it, nothing cut."""
        if known is None:
            return loop.run_until_complete(parser._whole(body))
        return loop.run_until_complete(parser.parse(body, "", job("https://w.example/", known=dict(known))))

    yield read_one
    loop.run_until_complete(parser.aclose())
    loop.close()


def bare(entries: Sequence[Entry]) -> list[Entry]:
    return [dataclasses.replace(entry, fingerprint="") for entry in entries]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    root=st.sampled_from(sorted(ROOTS)),
    items=st.lists(st.tuples(_ITEM, _BETWEEN, st.booleans()), min_size=1, max_size=7),
    later=st.lists(st.tuples(_ITEM, _BETWEEN), max_size=2),
)
def test_a_cut_changes_nothing(reader, root, items, later) -> None:  # type: ignore[no-untyped-def]
    """Whatever part of a document was seen before, the rest is read as in the whole document."""
    before = [(item, gap) for item, gap, seen in items if seen]
    now = [*later, *((item, gap) for item, gap, _ in items)]
    seen = _read_or_none(reader, document_of(root, *_columns(before)), {}) if before else None
    known = {entry.fingerprint: f"id{n}" for n, entry in enumerate(seen.entries) if entry.fingerprint} if seen else {}
    body = document_of(root, *_columns(now))
    whole = _read_or_none(reader, body, None)
    first = _read_or_none(reader, body, {})
    part = _read_or_none(reader, body, known)
    assert (whole is None) == (first is None) == (part is None)
    if whole is None or first is None or part is None:
        return
    assert (whole.count, whole.title, whole.language) == (first.count, first.title, first.language)
    assert bare(first.entries) == bare(whole.entries)
    assert part.count == whole.count
    if not part.known:
        assert part == first
        return
    assert list(part.entries) == [entry for entry in first.entries if entry.fingerprint not in known]
    assert part.known == {
        entry.fingerprint: known[entry.fingerprint] for entry in first.entries if entry.fingerprint in known
    }


def _columns(pairs: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
    return [item for item, _ in pairs], [gap for _, gap in pairs]


def _read_or_none(reader, body: bytes, known: Mapping[str, str] | None) -> Document | None:  # type: ignore[no-untyped-def]
    try:
        return reader(body, known)  # type: ignore[no-any-return]
    except ParseError:
        return None


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in {"malformed", "CDF", "RSS 0.91"}])
def test_every_way_of_having_seen_part_of_a_format(reader, name: str) -> None:  # type: ignore[no-untyped-def]
    body = FORMATS[name][0].encode()
    whole = reader(body, {})
    if body.startswith(b"<"):
        assert bare(whole.entries) == bare(reader(body, None).entries)
    prints = [entry.fingerprint for entry in whole.entries]
    assert all(prints)
    for subset in range(2 ** len(prints)):
        known = {text: "k" for n, text in enumerate(prints) if subset >> n & 1}
        part = reader(body, known)
        assert list(part.entries) == [entry for entry in whole.entries if entry.fingerprint not in known]
        assert dict(part.known) == known
        assert part.count == whole.count
        assert part.hints == whole.hints


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel><item><description><![CDATA[</item><item>]]></description></item></channel></rss>",
        b"<rss><channel><item><item></item></item></channel></rss>",
        b"<rss><channel><!-- <item></item> --></channel></rss>",
        b"<rss><channel><item/></channel></rss>",
        b"<rss><channel><item</item></channel></rss>",
        b"<rss><channel><item></item><item</item></channel></rss>",
        b"<rss><channel><items></item></channel></rss>",
        b"<rss><channel></channel></rss>",
        b"<channel><item></item></channel>",
        b"",
    ],
)
def test_what_cannot_be_cut(body: bytes) -> None:
    pieces = cut(body)
    assert pieces is None or not pieces.is_sound(range(len(pieces.items)))


@given(st.lists(st.sampled_from(["<![CDATA[", "]]>", "<!--", "-->", "<?", "?>", "x"]), max_size=8).map("".join))
def test_markup_is_balanced_or_not(piece: str) -> None:
    closers = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
    rest, balanced = piece, True
    while rest and balanced:
        opener = next((mark for mark in closers if rest.startswith(mark)), None)
        if opener is None:
            balanced, rest = not rest.startswith("]]>"), rest[1:]
        else:
            _, close, rest = rest[len(opener) :].partition(closers[opener])
            balanced = bool(close)
    assert _is_balanced(piece.encode()) == balanced


def test_fingerprints_hang_on_the_root_element() -> None:
    one, other = (cut(f"<rss {space}><channel><item>x</item></channel></rss>".encode()) for space in ("", "a='b'"))
    assert one is not None
    assert other is not None
    assert one.fingerprints != other.fingerprints
