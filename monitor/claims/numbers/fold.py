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


@lru_cache(maxsize=4)
def fold(text: str) -> str:
    """Lower case, half-width letters and digits, plain dashes, tildes, quotes and spaces; as long as `text`.

    Full-width commas and stops stay (they end clauses) unless they stand within full-width digits.
    The last texts are kept: periods and figures are read of the same one.
    """
    if text.isascii():
        return text.lower()
    if "，" in text or "．" in text:
        text = _WIDE_POINT.sub(".", _WIDE_GROUP.sub(",", text))
    if _ANY.search(text):
        text = text.translate(_TABLE)
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return lowered
