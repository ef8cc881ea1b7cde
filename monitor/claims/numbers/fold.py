"""A text made easier to compare, code point for code point, so that every span holds in the original."""

from __future__ import annotations

import re
from functools import lru_cache

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，．：；！？（）"}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_TILDES = dict.fromkeys(map(ord, "～〜∼"), "~")
_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"), " "
)
_QUOTES = dict.fromkeys(map(ord, "‘’ʼ"), "'")
_TABLE: dict[int, int | str] = {**_WIDE, **_DASHES, **_TILDES, **_SPACES, **_QUOTES}
_ANY = re.compile("[" + "".join(map(re.escape, map(chr, _TABLE))) + "]")
_WIDE_GROUP = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_WIDE_POINT = re.compile(r"(?<=[０-９])．(?=[０-９])")
_DIGITS = {
    digit: str(value)
    for value, digits in enumerate(("零〇○", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九"))
    for digit in digits
}
_WHOLE = (
    "[一二三四五六七八九]?十[一二三四五六七八九]|[一二三四五六七八九]十|[廿卅][一二三四五六七八九]"
    "|[一二三四五六七八九][零〇○一二三四五六七八九]{1,3}|[零〇○一二两兩三四五六七八九]"
)
_SPOKEN = re.compile(
    rf"(?<![零〇○一二两兩三四五六七八九十廿卅百千万亿几半第])({_WHOLE})"
    r"[点點]([零〇○一二三四五六七八九]{1,3})"
    r"(?=[余餘多]?(?:[万萬亿億兆倍成%折]|个百分点|個百分點|纳米|奈米|英寸))"
    rf"|(?<=百分之)({_WHOLE})"
    r"[点點]([零〇○一二三四五六七八九]{1,3})(?![十百千])"
)
"""Decimals as they are spoken: 一点二万亿, 百分之四十点五; not 三点五十分, a time."""


@lru_cache(maxsize=4)
def fold(text: str) -> str:
    """Lower case, half-width letters and digits, plain dashes, tildes, quotes and spaces; as long as `text`.

    Full-width commas and stops stay (they end clauses) unless they stand within full-width digits.
    The last texts are kept: periods and figures are read of the same one.
    """
    if text.isascii():
        return text.lower()
    if "点" in text or "點" in text:
        text = _SPOKEN.sub(_in_digits, text)
    if "，" in text or "．" in text:
        text = _WIDE_POINT.sub(".", _WIDE_GROUP.sub(",", text))
    if _ANY.search(text):
        text = text.translate(_TABLE)
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return lowered


def _in_digits(match: re.Match[str]) -> str:
    whole, part = (match[1], match[2]) if match[1] else (match[3], match[4])
    whole = whole.replace("廿", "2").replace("卅", "3")
    tens, ten, ones = whole.rpartition("十")
    if ten:
        value = 10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(ones, "0"))
    else:
        value = int("".join(_DIGITS.get(digit, digit) for digit in whole))
    return f"{value:0{len(whole)}d}.{''.join(_DIGITS[digit] for digit in part)}"
