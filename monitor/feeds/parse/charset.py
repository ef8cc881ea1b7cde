"""From bytes to text: what a feed is written in, whatever it, its server and its file say. Pure."""

from __future__ import annotations

import codecs
import re

GARBLED = 0.005
"""Share of replacement characters above which a text is taken for garbled."""
SURE = 12
"""Bytes beyond ASCII that, all valid UTF-8, are no accident."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# `<?xm`, `<rss` and the like before any mark, XML 1.0 appendix F.
_SNIFFED = (
    (re.compile(rb"<\x00\x00\x00"), "utf-32-le"),
    (re.compile(rb"\x00\x00\x00<"), "utf-32-be"),
    (re.compile(rb"[<{\[]\x00[^\x00]\x00"), "utf-16-le"),
    (re.compile(rb"\x00[<{\[]\x00[^\x00]"), "utf-16-be"),
    (re.compile(rb"\x4c\x6f\xa7\x94"), "cp037"),
)
_PROLOG = re.compile(rb"^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']\s*([A-Za-z0-9._:-]{1,40})\s*[\"']")
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)

# The supersets that are meant by these names (WHATWG Encoding, and GB 18030 for all of its ancestors).
_SUPERSETS = {
    "gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252", "euc_kr": "cp949",
    "johab": "cp949", "shift_jis": "cp932", "tis-620": "cp874", "iso8859-9": "cp1254", "big5": "big5hkscs",
}  # fmt: skip
_NO_TEXT = frozenset(("utf-7", "idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "mbcs", "oem"))
_SEVEN_BIT = frozenset(("hz",))
_WIDE = frozenset(("gb18030", "big5hkscs", "cp949", "cp932", "euc_jp", "euc_jis_2004", "euc_jisx0213"))
_BY_LANGUAGE = {"zh": ("gb18030", "big5hkscs"), "ja": ("cp932", "euc_jp"), "ko": ("cp949",)}


def to_utf8(body: bytes, content_type: str = "", override: str | None = None, language: str | None = None) -> bytes:
    """The body in UTF-8 without a byte order mark; as it is where that is what it is already."""
    if override is None and body[:1] == b"<" and body[1:2] != b"\0":
        prolog, header = declarations(body, content_type)
        plain = {None, "utf-8", "UTF-8"}
        if prolog in plain and header in plain and (body.isascii() or _strict(body, "utf-8") is not None):
            return body
    return decode(body, content_type, override, language).encode("utf-8", "replace")


def decode(body: bytes, content_type: str = "", override: str | None = None, language: str | None = None) -> str:
    """The body as text. Tries, strictly: byte order mark, `override`, UTF-8, then what prolog and header declare.

    Bytes that nothing fits become U+FFFD; `is_garbled` tells whether too many did.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for pattern, name in _SNIFFED:
        if pattern.match(body):
            return body.decode(name, "replace")
    declared = [name for name in map(_codec, (override, *declarations(body, content_type))) if name is not None]
    if override is not None and declared and (text := _strict(body, declared[0])) is not None:
        return text
    if body.isascii():
        seven = next((name for name in declared if name in _SEVEN_BIT or name.startswith("iso2022")), None)
        return body.decode(seven or "ascii", "replace")
    return _beyond_ascii(body, declared, language)


def declarations(body: bytes, content_type: str) -> tuple[str | None, str | None]:
    """Encoding names of the XML prolog and of `Content-Type`."""
    prolog = _PROLOG.match(body[:512])
    header = _HEADER.search(content_type)
    return prolog[1].decode("ascii") if prolog else None, header[1] if header else None


def is_garbled(text: bytes) -> bool:
    """Whether more than 0.5 % of a text in UTF-8 are replacement characters."""
    # A single byte is found twenty times as fast, and most texts are without it.
    if b"\xef" not in text:
        return False
    return text.count(b"\xef\xbf\xbd") > GARBLED * len(text.decode("utf-8", "replace"))


def _codec(name: str | None) -> str | None:
    """Python's name of a text encoding that it knows, supersets taken; None for all else."""
    if name is None:
        return None
    try:
        known = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if known.name in _NO_TEXT or not getattr(known, "_is_text_encoding", True):
        return None
    return _SUPERSETS.get(known.name, known.name)


def _strict(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeError, ValueError):
        return _windows(body) if name == "cp1252" else None


def _windows(body: bytes) -> str:
    """Windows-1252 with its five holes filled from Latin-1, as browsers do."""
    return body.decode("cp1252", "surrogateescape").translate({0xDC00 + code: code for code in range(0x80, 0xA0)})


def _beyond_ascii(body: bytes, declared: list[str], language: str | None) -> str:
    utf8 = _strict(body, "utf-8")
    wide = [name for name in declared if name in _WIDE]
    if utf8 is not None and (not wide or len(body) - len(utf8) >= SURE):
        return utf8
    guesses = _BY_LANGUAGE.get((language or "").lower()[:2], ()) if not declared or declared == ["utf-8"] else ()
    for name in (*wide, *(name for name in declared if name != "cp1252"), *guesses):
        if name != "utf-8" and (text := _strict(body, name)) is not None:
            return text
    if utf8 is not None:
        return utf8
    return _least_damage(body, declared)


def _least_damage(body: bytes, declared: list[str]) -> str:
    """Nothing fits: mostly good UTF-8, else Latin-1 where that was declared or nothing was, else what was declared."""
    lossy = body.decode("utf-8", "replace")
    lost = lossy.count("\ufffd")
    if lost < sum(character > "\x7f" for character in lossy) / 2:
        return lossy
    wide = [name for name in declared if name in _WIDE]
    return body.decode(wide[0], "replace") if wide else _windows(body)
