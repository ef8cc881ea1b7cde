# ruff: noqa: E501
"""Feeds in every format and of every oddness, as bytes; made here, so that each says what it is there for."""

from __future__ import annotations

RSS_20 = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Wafer Post</title><link>https://wafer.example/</link><description>Chips</description>
<language>en-us</language><ttl>30</ttl><lastBuildDate>Mon, 23 Nov 2026 09:00:00 GMT</lastBuildDate>
<atom:link href="https://wafer.example/feed" rel="self" type="application/rss+xml"/>
<image><url>https://wafer.example/i.png</url><title>Wafer Post</title><link>https://wafer.example/</link></image>
<skipHours><hour>2</hour><hour>24</hour></skipHours><skipDays><day>Sunday</day></skipDays>
<item><title><![CDATA[Maker & partner <em>ship</em> 10,000 boards]]></title><link>https://wafer.example/a?utm_source=rss</link>
<guid isPermaLink="false">wafer-1</guid><pubDate>Mon, 23 Nov 2026 08:00:00 +0800</pubDate><dc:creator>A. Desk</dc:creator>
<description>Short.</description><content:encoded><![CDATA[<p>Long text with <b>bold</b>.</p><script>x()</script><p>Second.</p>]]>
</content:encoded><media:content url="https://wafer.example/p.jpg"><media:title>Picture</media:title></media:content></item>
<item><title>Second &#8211; with a dash</title><link>/relative</link><guid>https://wafer.example/b</guid>
<description>&lt;p&gt;Escaped &amp;amp; text&lt;/p&gt;</description><source url="https://other.example/rss">Other Outlet</source></item>
<item><description>Only a text, no title, no date.</description></item>
</channel></rss>"""

RSS_091 = """<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Old</title><item><title>One</title><link>http://old.example/1</link>
<description>caf&eacute;</description></item></channel></rss>"""

RDF_10 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://rdf.example/"><title>RDF</title><items><rdf:Seq><rdf:li resource="http://rdf.example/1"/>
<rdf:li resource="http://rdf.example/2"/></rdf:Seq></items></channel>
<item rdf:about="http://rdf.example/1"><title>Eins</title><link>http://rdf.example/1</link><dc:date>2026-11-23T07:00:00+01:00</dc:date></item>
<item rdf:about="http://rdf.example/2"><title>Zwei</title><link>http://rdf.example/2</link><dc:date>2026-11-22</dc:date></item>
</rdf:RDF>"""

RSS_090 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
<channel><title>Oldest</title></channel><item><title>Null neun</title><link>http://oldest.example/1</link></item></rdf:RDF>"""

ATOM_10 = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Atom</title><id>urn:feed</id><updated>2026-11-23T08:00:00Z</updated>
<entry><id>urn:1</id><title type="html">&lt;b&gt;Eins&lt;/b&gt;</title><link rel="alternate" href="https://atom.example/1"/>
<updated>2026-11-23T08:00:00Z</updated><published>2026-11-22T08:00:00.5+02:00</published><summary>kurz</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Langer <i>Text</i> hier.</p></div></content></entry>
<entry><id>urn:2</id><title>Zwei</title><link href="https://atom.example/2"/><updated>2026-11-21T08:00:00Z</updated>
<content type="html">&lt;p&gt;Zweiter&lt;/p&gt;</content><source><title>Quelle</title></source></entry>
</feed>"""

ATOM_03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Atom 0.3</title>
<entry><title>Old atom</title><link rel="alternate" type="text/html" href="http://a3.example/1"/><id>tag:a3,1</id>
<issued>2004-01-01T12:00:00Z</issued><modified>2004-01-02T12:00:00Z</modified><content type="text/plain">Plain</content></entry></feed>"""

CDF = """<CHANNEL HREF="http://cdf.example/"><TITLE>CDF</TITLE><ITEM HREF="http://cdf.example/1" LASTMOD="2003-01-01T12:00:00Z">
<TITLE>Item of a channel</TITLE><ABSTRACT>Words</ABSTRACT></ITEM></CHANNEL>"""

JSON_10 = """{"version": "https://jsonfeed.org/version/1", "title": "JSON", "items": [
{"id": 7, "url": "https://json.example/7", "title": "AT&T <3", "content_text": "5 < 7\\nline", "date_published": "2026-11-23T08:00:00+08:00"},
{"id": "8", "external_url": "https://other.example/8", "content_html": "<p>Eight</p>", "summary": "8", "date_modified": "2026-11-23"}]}"""

JSON_11 = """{"version": "https://jsonfeed.org/version/1.1", "title": "JSON 1.1", "language": "fr",
"items": [{"id": "a", "title": "Un", "content_html": "<p>Texte</p>", "language": "en"}, "nonsense", null]}"""

FEDERAL_REGISTER = """{"count": 2, "description": "Documents", "total_pages": 1, "results": [
{"title": "Revisions to License Review Policy", "type": "Rule", "abstract": "BIS revises its policy.", "document_number": "2026-00789",
 "html_url": "https://www.federalregister.gov/d/2026-00789", "publication_date": "2026-01-15",
 "agencies": [{"name": "Commerce Department"}, {"name": "Industry and Security Bureau"}], "excerpts": null},
{"title": "Notice", "document_number": "2026-00790", "html_url": "https://www.federalregister.gov/d/2026-00790",
 "publication_date": "2026-01-16", "agencies": [], "abstract": null}]}"""

MALFORMED = """<rss version="2.0"><channel><title>Broken</title><item><title>A & B</title><link>http://b.example/1</link>
<description>Ampersand & <b>open</description></item><item><title>Next</title><guid>n2</guid></item></channel></rss>"""

NO_PROLOG_BLANKS = "\n\n  " + RSS_20

FORMATS = {
    "RSS 2.0": (RSS_20, 3),
    "RSS 0.91": (RSS_091, 1),
    "RSS 1.0": (RDF_10, 2),
    "RSS 0.90": (RSS_090, 1),
    "Atom 1.0": (ATOM_10, 2),
    "Atom 0.3": (ATOM_03, 1),
    "CDF": (CDF, 1),
    "JSON Feed 1.0": (JSON_10, 2),
    "JSON Feed 1.1": (JSON_11, 1),
    "Federal Register": (FEDERAL_REGISTER, 2),
    "malformed": (MALFORMED, 2),
    "blanks before the prolog": (NO_PROLOG_BLANKS, 3),
}
