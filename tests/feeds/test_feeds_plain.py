"""What is read without `feedparser` is read as `feedparser` reads it; what it cannot read it does not touch."""

from __future__ import annotations

import json

import pytest
from feeds_documents import RSS_20
from hypothesis import event, given, settings
from hypothesis import strategies as st

from monitor.feeds.parse import child, plain

_NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)
FULL_ITEM = """<item>
 <title>Line &amp; fab &#8211; it&#8217;s <![CDATA[<em>open</em>]]></title>
 <link> https://fab.example/a?x=1&amp;y=2 </link>
 <guid isPermaLink="false">tag:fab.example,2026:1</guid>
 <pubDate>Mon, 23 Nov 2026 08:00:00 +0530</pubDate><dc:date>2026-11-23T09:00:00.5-08:00</dc:date>
 <dc:creator><![CDATA[A. Desk]]></dc:creator><category domain="d"><![CDATA[chips]]></category>
 <enclosure url="https://fab.example/a.mp3" length="1" type="audio/mpeg"/>
 <description>&lt;p&gt;Short &amp;amp; <![CDATA[plain</p>]]></description><!-- a note -->
 <content:encoded><![CDATA[<p>The whole of it, 台积电, caf\u00e9.</p>]]></content:encoded>
 <source url="https://other.example/rss">Other</source>
</item>"""


def document(*items: str, head: str = "<title>Fab</title>", root: str = 'version="2.0"') -> bytes:
    return f"<rss {root} {_NAMESPACES}><channel>{head}{''.join(items)}</channel></rss>".encode()


def as_feedparser_reads(body: bytes) -> dict[str, object]:
    answer = child._document(child._parsed(body))
    return {name: answer[name] for name in ("strict", "feed", "entries")}


def is_plain(body: bytes) -> bool:
    try:
        plain.read(body)
    except plain.NotPlainError:
        return False
    return True


def test_the_usual_form_is_read_without_feedparser() -> None:
    body = document(FULL_ITEM, "<item><title>Two</title></item>", head="<title>Fab</title><language>en</language>")
    feed = plain.read(body)
    first, second = feed.items
    assert (feed.title, feed.language) == ("Fab", "en")
    assert first == plain.Item(
        guid="tag:fab.example,2026:1",
        link="https://fab.example/a?x=1&y=2",
        title="Line & fab \u2013 it\u2019s <em>open</em>",
        texts=["<p>The whole of it, 台积电, caf\u00e9.</p>", "<p>Short &amp; plain</p>"],
        published=1795401000,
        updated=1795453200,
        source="Other",
    )
    assert second == plain.Item("", "", "Two", [""], None, None, "")
    assert json.loads(child._answer(body, b"p")) == as_feedparser_reads(body)


@pytest.mark.parametrize(
    "item",
    [
        "<title>a</title><title>b</title>",
        "<title type='html'>a</title>",
        "<description>a <b>b</b></description>",
        "<description lang='de'>a</description>",
        "<link>https:///a.example/</link>",
        "<link>/a?b=1&amp;copy;=2</link>",
        "<pubDate>yesterday</pubDate>",
        "<pubDate>Tue, 31 Feb 2026 08:00:00 GMT</pubDate>",
        "<title>It\u0092s</title>",
        "<media:title>a</media:title>",
        "<media:content><media:description>a</media:description></media:content>",
        "<media:group><media:content><b>a</b></media:content></media:group>",
        "<post-id xmlns='urn:other'>1</post-id>",
        "<image><title>a</title></image>",
        "<atom:link href='https://a.example/'/>",
        "<category xml:lang='de'>a</category>",
        "<category>a <b>b</b></category>",
        "<item><title>a</title></item>",
        "<dc:title xmlns:dc='urn:other'>a</dc:title>",
        "<source url='u' base='https://a.example/'>s</source>",
    ],
)
def test_what_only_feedparser_reads_is_left_to_it(item: str) -> None:
    body = document(f"<item>{item}</item>")
    assert not is_plain(body)
    assert json.loads(child._answer(body, b"p")) == {"plain": False}


@pytest.mark.parametrize(
    "body",
    [
        b"<feed xmlns='http://purl.org/atom/ns#'><entry/></feed>",
        b"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/'><entry/></feed>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry xml:lang='de'/></feed>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><item/></feed>",
        b"<rss xmlns='http://www.w3.org/2005/Atom'><channel/></rss>",
        b"<!DOCTYPE rss><rss version='2.0'><channel/></rss>",
        b"<rss version='2.0'><channel/><item/></rss>",
        b"<rss version='2.0'><channel><title>a</title></channel><channel/></rss>",
        b"<rss version='2.0' xml:lang='de'><channel/></rss>",
        b"<rss version='2.0' xmlns='http://backend.userland.com/rss2'><channel/></rss>",
        b"<rss version='2.0'><channel lastmod='2026-11-23'/></rss>",
        b"<rss version='2.0'><channel><item rdf='1'/></channel></rss>",
        b"<rss version='2.0'><channel><textInput><title>t</title></textInput></channel></rss>",
        RSS_20.encode(),
    ],
)
def test_documents_of_another_form_are_left_to_feedparser(body: bytes) -> None:
    assert not is_plain(body)


def test_what_is_not_well_formed_is_no_feed() -> None:
    assert child._answer(document("<item><title>&nbsp;</title></item>"), b"p") == b'{"strict": false}'
    assert child._answer(document("<item><link>a</item>"), b"p") == b'{"strict": false}'


# Documents of the usual form and of its borders.

_WORDS = st.one_of(
    st.sampled_from(
        ["plain", " spaced\n ", "", "&amp;", "&lt;p&gt;one &amp;amp; two&lt;/p&gt;", "<![CDATA[<p>a</p>]]>", "&#8217;s",
         "<![CDATA[x]]> y <![CDATA[z]]>", "<!-- c -->after", "<?pi p?>after", "caf\u00c3\u00a9", "caf\u00e9", "英伟达",
         "\u0092", "&#146;", "&#x1F600;", "]]&gt;", "&amp;copy;", "a;b&amp;c", "<![CDATA[]]>", "\u00c2\u0092", "\ufeff"]
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="<&>\ufffe\uffff"), max_size=12),
)  # fmt: skip
_ADDRESS = st.sampled_from(
    ["https://a.example/1", " https://a.example/1?a=b&amp;c=d ", "/relative", "", "urn:uuid:1", "https:///a.example//b",
     "tag:a.example,2026:1", "https://a.example/?a=1&amp;b;", "HTTP://A.example", "a b", "mailto:x", "//a.example/b"]
)  # fmt: skip
_DATE = st.one_of(
    st.sampled_from(
        ["", "Mon, 23 Nov 2026 08:00:00 GMT", "23 Nov 2026 08:00:00 EST", "Sat, 3 Oct 2026 23:59:59 +0800",
         "Tue, 31 Nov 2026 08:00:00 Z", "Mon, 23 Nov 2026 24:00:00 GMT", "Mon, 23 Nov 26 08:00 UT", "2026-11-23",
         "2026-11-23T08:00:00Z", "2026-11-23T08:00:00.999+08:00", "2026-11-23 08:00:00", "1795593600", "2026/11/23",
         "Mon, 23 Nov 2026 08:00:00 MEZ", " Mon, 23 Nov 2026 08:00:00 -0930 ", "2026-11-23T08:00:60Z", "soon",
         "Mon, 23 Nov 2026 8:00 GMT", "2026-11-23 08:00:00 +0800", "2026-11-23T08:00:00", "2026-11-23 08:00:00+08:00",
         "Thu, 01 Jan 1970 00:00:00 +0000", "Sun, 29 Feb 2026 08:00:00 GMT", "Mon, 23 Nov 2026 08:00:00 +9999"]
    ),
    st.datetimes().map(lambda moment: f"{moment:%a, %d %b %Y %H:%M:%S} +0200"),
    st.datetimes().map(lambda moment: f"{moment.isoformat()}-03:30"),
)  # fmt: skip
_PERMANENT = st.sampled_from(["", " isPermaLink='false'", " isPermaLink='true'", " isPermaLink='True'"])
_SEVERAL = {
    "title": st.builds("<title>{}</title>".format, _WORDS),
    "link": st.builds("<link>{}</link>".format, _ADDRESS),
    "guid": st.builds("<guid{}>{}</guid>".format, _PERMANENT, _ADDRESS),
    "description": st.builds("<description>{}</description>".format, _WORDS),
    "content": st.builds("<content:encoded>{}</content:encoded>".format, _WORDS),
    "pubDate": st.builds("<pubDate>{}</pubDate>".format, _DATE),
    "date": st.builds("<dc:date>{}</dc:date>".format, _DATE),
    "source": st.builds("<source url='{}'>{}</source>".format, _ADDRESS, _WORDS),
    "idle": st.builds(
        "<author>{0}</author><dc:creator>{0}</dc:creator><category domain='d'>{0}</category><comments>{0}</comments>"
        "<enclosure url='u'/><media:thumbnail url='t'/><media:credit role='r'>{0}</media:credit><dc:subject/>"
        "<media:content url='u' medium='image'/><media:rating>{0}</media:rating><media:keywords>{0}</media:keywords>"
        "<itunes:duration>{0}</itunes:duration><itunes:image href='u'/><itunes:keywords>{0}</itunes:keywords>"
        "<itunes:explicit>{0}</itunes:explicit><feedburner:origLink>{0}</feedburner:origLink>"
        "<media:group><media:content url='u'><media:credit>{0}</media:credit></media:content></media:group>"
        "<post-id xmlns='com-wordpress:feed-additions:1'>{0}</post-id><itunes:author>{0}</itunes:author>".format,
        _WORDS,
    ),
}
_ODD = st.sampled_from(
    ["<language>de</language>", "<title>again</title>", "<description><b>x</b></description>", "<summary>s</summary>",
     "<media:content url='x'><media:title>m</media:title></media:content>", "<link href='https://h.example/'/>",
     "<x:y xmlns:x='urn:x'>z</x:y>", "<image><url>u</url></image>", "text between", "<expirationDate/>"]
)  # fmt: skip


def _made_of(parts: dict[str, st.SearchStrategy[str]], odd: st.SearchStrategy[str], tag: str) -> st.SearchStrategy[str]:
    """An element of some of the parts in any order; of one in four something follows that is not of the usual form."""
    some = st.lists(st.sampled_from(sorted(parts)), unique=True)
    inside = some.flatmap(lambda names: st.tuples(*(parts[name] for name in names))).map("".join)
    return st.builds(f"<{tag}>{{}}{{}}</{tag}>".format, inside, st.one_of(st.just(""), st.just(""), st.just(""), odd))


_ITEM = _made_of(_SEVERAL, _ODD, "item")
_HEAD = st.lists(
    st.one_of(
        st.builds("<title>{}</title>".format, _WORDS),
        st.builds("<description>{}</description><link>{}</link>".format, _WORDS, _ADDRESS),
        st.builds("<language>{}</language>".format, _WORDS),
        st.builds("<image><url>u</url><title>{}</title><link>{}</link></image>".format, _WORDS, _ADDRESS),
        st.builds("<pubDate>{0}</pubDate><lastBuildDate>{0}</lastBuildDate>".format, _DATE),
        st.just("<atom:link href='https://a.example/rss' rel='self'/><generator>g</generator><category>c</category>"),
        st.just("<site xmlns='com-wordpress:feed-additions:1'>1</site><cloud domain='d' port='80' path='/'/>"),
        st.just(
            "<feedburner:info uri='u'/><atom10:link xmlns:atom10='http://www.w3.org/2005/Atom' rel='hub' href='h'/>"
        ),
        st.just("<skipHours><hour>1</hour></skipHours><ttl>60</ttl><sy:updatePeriod>daily</sy:updatePeriod>"),
        st.just("<managingEditor>a@b.example (A)</managingEditor><webMaster>w</webMaster><copyright>c</copyright>"),
    ),
    max_size=4,
).map("".join)


@settings(max_examples=600, deadline=None)
@given(head=_HEAD, items=st.lists(_ITEM, max_size=4), late=_HEAD)
def test_read_as_feedparser_reads(head: str, items: list[str], late: str) -> None:
    body = document(*items, late if items else "", head=head)
    event(f"plain: {is_plain(body)}")
    if not is_plain(body):
        return
    whole = as_feedparser_reads(body)
    answer = json.loads(child._answer(body, b"p"))
    assert {name: answer[name] for name in whole} == json.loads(json.dumps(whole))


# Atom, likewise.

_TYPES = st.sampled_from(["", "", " type='html'", " type='text'", " type='xhtml'", " type='HTML'", " type='image/png'"])
_RELS = st.sampled_from(["", " rel='alternate'", " rel='self'", " rel='enclosure'", " rel='Alternate'", " title='t'"])
_PAGE = st.sampled_from(
    ["", "", " type='text/html'", " type='application/xhtml+xml'", " type='image/png'", " hreflang='de'"]
)
_ATOM_LINKS = st.lists(st.builds("<link href='{}'{}{}/>".format, _ADDRESS, _RELS, _PAGE), min_size=1, max_size=3)
_ATOM = {
    "title": st.builds("<title{}>{}</title>".format, _TYPES, _WORDS),
    "link": _ATOM_LINKS.map("".join),
    "id": st.builds("<id>{}</id>".format, _ADDRESS),
    "summary": st.builds("<summary{}>{}</summary>".format, _TYPES, _WORDS),
    "content": st.builds("<content{}>{}</content>".format, _TYPES, _WORDS),
    "published": st.builds("<published>{}</published>".format, _DATE),
    "updated": st.builds("<updated>{}</updated>".format, _DATE),
    "idle": st.builds(
        "<author><name>{0}</name><uri>u</uri><email>e</email></author><contributor><name>{0}</name></contributor>"
        "<category term='t' label='l'/><rights>{0}</rights><media:thumbnail url='t'/>".format,
        _WORDS,
    ),
}
_ATOM_ODD = st.sampled_from(
    ["<link>https://a.example/</link>", "<title>again</title>", "<content src='u'/>", "<dc:date>2026-11-23</dc:date>",
     "<source><title>s</title></source>", "<summary xml:lang='de'>s</summary>", "<modified>2026-11-23</modified>",
     "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>x</p></div></content>", "text between"]
)  # fmt: skip
_ENTRY = _made_of(_ATOM, _ATOM_ODD, "entry")
_ATOM_HEAD = st.lists(
    st.one_of(
        st.builds("<title{}>{}</title><subtitle>{}</subtitle>".format, _TYPES, _WORDS, _WORDS),
        st.builds("<link href='{}'{}/><id>{}</id>".format, _ADDRESS, _RELS, _ADDRESS),
        st.builds("<updated>{}</updated><author><name>{}</name></author>".format, _DATE, _WORDS),
        st.just("<generator uri='u' version='1'>g</generator><icon>i</icon><logo>l</logo><rights>r</rights>"),
        st.just("<category term='c'/><contributor><name>n</name></contributor>"),
    ),
    max_size=3,
).map("".join)
_LANGUAGE = st.sampled_from(["", "", " xml:lang='de'", " xml:lang='en_US'", " xml:lang=''", " lang='de'"])


def atom(*entries: str, head: str = "<title>Fab</title>", language: str = "") -> bytes:
    root = f'<feed xmlns="http://www.w3.org/2005/Atom" {_NAMESPACES}{language}>'
    return f"{root}{head}{''.join(entries)}</feed>".encode()


def test_atom_in_its_usual_form_is_read_without_feedparser() -> None:
    entry = (
        "<entry><title type='html'>Line &amp;amp; fab</title><id>urn:1</id><link rel='self' href='https://a.example/s'/>"
        "<link rel='alternate' type='text/html' href='https://a.example/1'/><author><name>A</name></author>"
        "<updated>2026-11-23T08:00:00Z</updated><published>2026-11-22T08:00:00+02:00</published>"
        "<summary>Short</summary><content type='html'>&lt;p&gt;All of it&lt;/p&gt;</content></entry>"
    )
    body = atom(entry, "<entry><id>https://a.example/2</id></entry>", language=" xml:lang='en-GB'")
    feed = plain.read(body)
    assert (feed.title, feed.language) == ("Fab", "en-GB")
    assert feed.items == [
        plain.Item(
            guid="urn:1",
            link="https://a.example/1",
            title="Line &amp; fab",
            texts=["<p>All of it</p>", "Short"],
            published=1795327200,
            updated=1795420800,
            source="",
        ),
        plain.Item("https://a.example/2", "https://a.example/2", "", [""], None, None, ""),
    ]
    assert json.loads(child._answer(body, b"p")) == as_feedparser_reads(body)


@settings(max_examples=500, deadline=None)
@given(head=_ATOM_HEAD, entries=st.lists(_ENTRY, max_size=4), language=_LANGUAGE)
def test_atom_is_read_as_feedparser_reads(head: str, entries: list[str], language: str) -> None:
    body = atom(*entries, head=head, language=language)
    event(f"plain: {is_plain(body)}")
    if not is_plain(body):
        return
    whole = as_feedparser_reads(body)
    answer = json.loads(child._answer(body, b"p"))
    assert {name: answer[name] for name in whole} == json.loads(json.dumps(whole))
