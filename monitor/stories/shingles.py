"""Which texts repeat each other: sampled shingles and their containment (Broder, 1997)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

from monitor.text.fold import folded

if TYPE_CHECKING:
    from monitor.model import Article

SIZE = 4
"""Tokens in a shingle; a token is a word, or two neighbouring characters of a script without spaces."""
LEAD = 64
"""Shingles kept of the head: truncated copies share it."""
REST = 128
"""Shingles kept of what follows, the smallest hashes of it, so that two texts keep the same ones."""
_MASK = (1 << 63) - 1
_PRIME = 1_099_511_628_211
"""The FNV prime of 64 bits."""
_CHARACTERS = 6_000
"""Of the text that are looked at."""

_WORD = re.compile(r"[^\W_]+")
_SHORT = 12
"""Texts of fewer tokens are compared with their titles."""


def shingles(article: Article) -> tuple[int, ...]:
    """Sampled hashes of the text, at most `LEAD` + `REST`, each of 63 bits, without repeats."""
    tokens = _tokens(article.text[:_CHARACTERS])
    if len(tokens) < _SHORT:
        tokens = _tokens(article.title) + tokens
    hashed = _hashes(tokens)
    lead = dict.fromkeys(hashed[:LEAD])
    rest = sorted(set(hashed[LEAD:]).difference(lead))[:REST]
    return (*lead, *rest)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A word or a character of a script without spaces, and the latter alone; ranges so wide take 5 ms to compile."""
    spaceless = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
    return re.compile(rf"[^\W_{spaceless}]+|[{spaceless}]"), re.compile(f"[{spaceless}]")


def _tokens(text: str) -> list[str]:
    """Words, and every two neighbouring characters of scripts without spaces."""
    plain = folded(text)
    if plain.isascii():
        return _WORD.findall(plain)
    either, spaceless = _patterns()
    tokens = []
    for token, following in pairwise([*either.findall(plain), ""]):
        if len(token) == 1 and spaceless.match(token):
            tokens.append(token + following if len(following) == 1 and spaceless.match(following) else token)
        else:
            tokens.append(token)
    return tokens


def _hashes(tokens: list[str]) -> list[int]:
    if len(tokens) < SIZE:
        tokens = tokens + [""] * (SIZE - len(tokens)) if tokens else []
    codes = [_code(token) for token in tokens]
    found = []
    for index in range(len(codes) - SIZE + 1):
        mixed = 0
        for code in codes[index : index + SIZE]:
            mixed = ((mixed ^ code) * _PRIME) & _MASK
        found.append(mixed)
    return found


@lru_cache(maxsize=65_536)
def _code(token: str) -> int:
    data = token.encode("utf-8", "surrogatepass")
    return crc32(data) << 31 ^ crc32(data[::-1])
