"""What the `feeds` commands stand on: discovery, OPML, probing."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from feeds_documents import ATOM_10, JSON_10, RSS_20
from feeds_server import LOCAL, Server, SystemClock, items, run
from hypothesis import given
from hypothesis import strategies as st

from monitor.feeds import opml
from monitor.feeds.discover import Candidate, Discovery, candidates, discover
from monitor.feeds.fetch.poller import HttpPoller
from monitor.feeds.probe import Probe, probe, record
from monitor.model import Feed

if TYPE_CHECKING:
    from pathlib import Path

SEEN = datetime(2026, 11, 23, 12, tzinfo=UTC)


def found_at(url: str) -> Discovery:
    async def work() -> Discovery:
        async with HttpPoller(LOCAL, clock=SystemClock()) as poller:
            return await discover(poller, url)

    return run(work())


def test_a_page_names_its_feeds(server: Server) -> None:
    page = (
        "<html><head><base href='/sub/'>"
        "<link rel='alternate' type='application/rss+xml' title='News &amp; more' href='rss'>"
        '<LINK HREF="https://else.example/atom" REL="alternate" TYPE="application/atom+xml">'
        "<link rel=stylesheet type=text/css href=x.css><link rel=alternate hreflang=de href=/de>"
        "<link rel=alternate type=application/json href=/wp-json/1></head>"
    )
    url = server.on("/", page.encode(), Content_Type="text/html")
    assert found_at(url).feeds == (
        Candidate(url=server.url("/sub/rss"), title="News & more", kind="RSS"),
        Candidate(url="https://else.example/atom", kind="Atom"),
    )


def test_links_in_the_page_then_the_usual_places(server: Server) -> None:
    anchors = "<a href='/about'>x</a><a href='/feeds/all.rss' title='All'>RSS</a><a href='https://x.example/feed'>x</a>"
    assert candidates(anchors, "https://w.example/") == (Candidate(url="https://w.example/feeds/all.rss", title="All"),)
    server.on("/bare", b"<html><body>nothing</body></html>")
    for path in ("/feed", "/rss", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json"):
        server.on(path, b"no", status="404 Not Found")
    server.on("/rss.xml", items(2))
    assert found_at(server.url("/bare")).feeds == (Candidate(url=server.url("/rss.xml"), title="Wire"),)


def test_a_feed_is_its_own_discovery_and_an_error_is_told(server: Server) -> None:
    url = server.on("/feed", items(1))
    assert found_at(url).feeds == (Candidate(url=url, title="Wire"),)
    server.on("/gone", b"", status="404 Not Found")
    failed = found_at(server.url("/gone")).failed
    assert failed is not None
    assert failed.status == 404


OPML = """<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE opml [<!ENTITY a "&b;"><!ENTITY b "x">]>
<opml version="2.0"><head><title>mine</title></head><body>
<outline text="Chips"><outline text="Asia Pacific">
<outline type="rss" text="Caf\u00e9" title="other" xmlUrl="https://a.example/rss" category="/hbm,/memory"
 language="en"/>
</outline></outline>
<outline title="No text" xmlUrl="http://b.example/rss"/>
<outline xmlUrl="https://c.example/rss"/>
<outline text="Twice" xmlUrl="https://a.example/rss"/>
<outline text="Bad" xmlUrl="file:///etc/passwd"/><outline text="Folder only"/>
</body></opml>"""


def test_opml_is_read() -> None:
    feeds, problems = opml.read(OPML.encode("latin-1"))
    assert feeds == [
        Feed(
            url="https://a.example/rss",
            name="Caf\u00e9",
            tags=("chips", "asia-pacific", "hbm", "memory"),
            language="en",
        ),
        Feed(url="http://b.example/rss", name="No text"),
        Feed(url="https://c.example/rss", name="https://c.example/rss"),
    ]
    assert problems == ["Bad: file:///etc/passwd is no http(s) URL"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not readable"),
        (b"<rss/>", "not OPML"),
        (b"<opml/>", "without a body"),
        (b"<opml><body>", "not readable"),
        (b"<opml><body>" + b"<outline>" * 100_000, "nested"),
        (b"\x00\x01\x02", "not readable"),
    ],
)
def test_what_is_no_opml(data: bytes, words: str) -> None:
    with pytest.raises(opml.OpmlError, match=words):
        opml.read(data)


_NAME = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FFF, exclude_categories=("C", "Z")), min_size=1)


@given(
    st.lists(
        st.builds(
            Feed,
            url=st.integers(0, 10**6).map("https://w.example/{}?a=1&b=2".format),
            name=_NAME,
            every=st.none() | st.integers(1, 10**8).map(lambda ms: timedelta(milliseconds=ms)),
            tags=st.lists(st.sampled_from(["chips", "china", "hbm"]), unique=True).map(tuple),
            language=st.none() | st.just("zh"),
            trust=st.none() | st.sampled_from(["press", "rumour"]),
            user_agent=st.none() | st.just("Desk <desk@w.example>"),
            encoding=st.none() | st.just("gbk"),
            max_items=st.none() | st.integers(1, 99),
        ),
        unique_by=lambda feed: feed.url,
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_is_read_again(feeds: list[Feed]) -> None:
    again, problems = opml.read(opml.write(feeds).encode())
    assert problems == []
    assert again == feeds


def test_keys_in_headers_are_not_exported() -> None:
    assert "geheim" not in opml.write([Feed(url="https://a.example/", name="A", headers={"X-Key": "geheim"})])


def probed(*sources: str) -> list[Probe]:
    async def work() -> list[Probe]:
        async with HttpPoller(LOCAL, clock=SystemClock()) as poller:
            return [found async for found in probe(poller, sources, seen=SEEN)]

    return run(work())


def test_urls_and_files_are_probed(server: Server, tmp_path: Path) -> None:
    file, packed, folder = tmp_path / "rss.xml", tmp_path / "atom.xml.gz", tmp_path / "missing.xml"
    file.write_text(RSS_20)
    packed.write_bytes(gzip.compress(ATOM_10.encode()))
    page = server.on("/page", b"<html><title>Hello</title></html>")
    feed = server.on("/json", JSON_10.encode())
    found = probed(str(file), str(packed), str(folder), page, feed)
    assert [len(one.items) for one in found] == [3, 2, 0, 0, 2]
    assert found[2].error is not None
    assert "missing.xml" in found[2].error
    assert found[3].error is not None
    assert "Hello" in found[3].error
    entry, article = found[0].items[0]
    shown = record(str(file), entry, article, [])
    assert json.loads(json.dumps(shown)) == {
        "feed": str(file),
        "id": "wafer-1",
        "url": "https://wafer.example/a",
        "title": "Maker & partner ship 10,000 boards",
        "text": "Long text with bold.\nSecond.",
        "published": "2026-11-23T00:00:00+00:00",
        "updated": None,
        "outlet": str(file),
        "lang": "en",
        "mentions": [],
    }
    second = record(str(file), *found[0].items[1], [])
    assert (second["url"], second["outlet"]) == ("/relative", "Other Outlet")


def test_entries_that_would_not_be_stored_are_shown_with_the_reason(tmp_path: Path) -> None:
    file = tmp_path / "odd.xml"
    empty = "<item><author>A</author></item>"
    file.write_text(f"<rss><channel>{empty}<item><title>t</title></item><item><title>t</title></item></channel></rss>")
    (found,) = probed(str(file))
    assert [found.reason(entry) for entry, _ in found.items] == [
        "neither title nor text nor link", None, "repeats another item of the document",
    ]  # fmt: skip
    shown = [record(str(file), entry, article, []) for entry, article in found.items]
    assert all("not_stored" not in one and "rejected" not in one for one in shown)
    assert all(one["id"] for one in shown)
