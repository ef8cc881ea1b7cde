"""What a feed is written in, whatever is said about it."""

# ruff: noqa: E501
from __future__ import annotations

import codecs

import pytest
from feeds_documents import RSS_20
from feeds_server import job, run
from hypothesis import given
from hypothesis import strategies as st

from monitor.feeds.parse import charset
from monitor.feeds.parse.parser import Parser

CHINESE = "\u5bd2\u6b66\u7eaa\u53d1\u5e03\u65b0\u4e00\u4ee3AI\u82af\u7247\uff0c\u51fa\u8d27\u91cf\u8fbe\u523010\u4e07\u7247\uff0c\u540c\u6bd4\u589e\u957f"
JAPANESE = (
    "\u30a8\u30cc\u30d3\u30c7\u30a2\u306e\u534a\u5c0e\u4f53\u51fa\u8377\u304c\u6025\u5897\u3057\u3066\u3044\u307e\u3059"
)
KOREAN = "\uc0bc\uc131\uc804\uc790 HBM4 \ucd9c\ud558\ub7c9 \uc99d\uac00"
RUSSIAN = "\u0412\u044b\u043f\u0443\u0449\u0435\u043d\u043e \u0441\u0442\u043e \u0442\u044b\u0441\u044f\u0447 \u0447\u0438\u043f\u043e\u0432"
FRENCH = "Les exportations de puces repr\u00e9sent\u00e9es \u00e0 l\u2019\u00e9tranger"


def document(text: str, encoding: str | None) -> str:
    declared = f' encoding="{encoding}"' if encoding else ""
    return f'<?xml version="1.0"{declared}?><rss><channel><item><title>{text}</title></item></channel></rss>'


@pytest.mark.parametrize(
    ("text", "codec", "prolog", "header"),
    [
        (CHINESE, "utf-8", None, ""),
        (CHINESE, "utf-8", "utf-8", "text/xml"),
        (CHINESE, "utf-8", "gb2312", "text/xml; charset=iso-8859-1"),
        (CHINESE, "gbk", "gb2312", ""),
        (CHINESE, "gb18030", "GBK", "text/xml; charset=utf-8"),
        (CHINESE, "gbk", None, "text/xml; charset=gb2312"),
        (CHINESE, "gbk", "utf-8", "text/xml; charset=GB2312"),
        (CHINESE, "gbk", "gb2312", "text/xml; charset=ISO-8859-1"),
        (CHINESE, "utf-16", "utf-16", ""),
        (CHINESE, "utf-16-le", "utf-16", ""),
        (CHINESE, "utf-16-be", None, "text/xml; charset=utf-8"),
        (CHINESE, "utf-32", None, ""),
        (CHINESE, "utf-8-sig", "gb2312", "text/xml; charset=big5"),
        ("\u53f0\u7a4d\u96fb\u5148\u9032\u88fd\u7a0b\u71df\u6536\u5275\u65b0\u9ad8", "big5", "big5", ""),
        (JAPANESE, "cp932", "Shift_JIS", ""),
        (JAPANESE, "euc_jp", "EUC-JP", "text/xml; charset=utf-8"),
        (JAPANESE, "iso2022_jp", "ISO-2022-JP", ""),
        (KOREAN, "cp949", "euc-kr", ""),
        (KOREAN, "cp949", "ks_c_5601-1987", ""),
        (RUSSIAN, "cp1251", "windows-1251", ""),
        (RUSSIAN, "koi8-r", "koi8-r", "text/xml; charset=us-ascii"),
        (FRENCH, "cp1252", "iso-8859-1", ""),
        (FRENCH, "cp1252", "utf-8", ""),
        (FRENCH, "cp1252", None, ""),
        (FRENCH, "utf-8", "iso-8859-1", "text/xml; charset=iso-8859-1"),
        (FRENCH, "utf-8", "no-such-code", "text/xml; charset=x-unknown"),
        ("plain", "ascii", "utf-16", ""),
        ("plain", "cp037", None, ""),
    ],
)
def test_bytes_find_their_encoding(text: str, codec: str, prolog: str | None, header: str) -> None:
    body = document(text, prolog).encode(codec)
    assert charset.decode(body, header).lstrip("\ufeff") == document(text, prolog)
    assert charset.to_utf8(body, header).decode() == document(text, prolog)
    assert not charset.is_garbled(charset.to_utf8(body, header))


def test_the_operators_word_counts_first_and_language_helps() -> None:
    body = document(CHINESE, None).encode("gbk")
    assert CHINESE in charset.decode(body, "", "gbk")
    assert CHINESE in charset.decode(body, "", None, "zh")
    assert JAPANESE in charset.decode(document(JAPANESE, None).encode("cp932"), "", None, "ja")
    assert KOREAN in charset.decode(document(KOREAN, None).encode("cp949"), "", None, "ko")


def test_a_few_broken_bytes_cost_no_more_than_themselves() -> None:
    body = document(CHINESE * 40, "utf-8").encode()
    broken = body[:900] + b"\xff" + body[900:]
    text = charset.decode(broken)
    assert 1 <= text.count("\ufffd") <= 3
    assert not charset.is_garbled(text.encode())


def test_text_that_lost_too_much_is_garbled() -> None:
    assert charset.is_garbled(("\ufffd" + "x" * 198).encode())
    assert not charset.is_garbled(("\ufffd" + "x" * 200).encode())
    assert not charset.is_garbled(b"")


@pytest.mark.parametrize(
    "name", ["unicode_escape", "idna", "punycode", "base64", "rot13", "zip", "utf-7", "undefined", "mbcs"]
)
def test_codecs_that_are_no_charsets_are_not_used(name: str) -> None:
    body = document("+ADw-caf\u00e9\\u003c", name).encode()
    assert charset.decode(body, f"text/xml; charset={name}") == body.decode()


@given(st.binary(max_size=300), st.sampled_from(["", "text/xml; charset=gbk", "text/xml; charset=utf-16"]))
def test_any_bytes_are_some_text(body: bytes, header: str) -> None:
    charset.decode(body, header).encode("utf-8", "replace").decode()
    charset.to_utf8(body, header).decode()


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32-be", "cp1252"])
def test_a_feed_in_any_encoding_gives_the_same_entries(codec: str) -> None:
    async def work() -> list[str]:
        from datetime import timedelta

        parser = Parser(timedelta(seconds=5), 512 << 20)
        try:
            body = RSS_20.replace('encoding="UTF-8"', f'encoding="{codec.replace("-sig", "")}"').encode(codec)
            found = await parser.parse(body, "", job("https://w.example/"))
            return [entry.title for entry in found.entries]
        finally:
            await parser.aclose()

    assert run(work())[1] == "Second \u2013 with a dash"


def test_marks_are_those_of_the_standard() -> None:
    assert charset.decode(codecs.BOM_UTF32_LE + "<a>".encode("utf-32-le")) == "<a>"
    assert charset.decode(codecs.BOM_UTF16_LE + "<a>".encode("utf-16-le")) == "<a>"
