"""Texts made comparable, character for character where possible, with the way back to the original.

Folding is NFKC and casefold (Unicode Standard Annex 15; The Unicode Standard, section 5.18), then traditional Chinese
to simplified by the single-character table of OpenCC (TSCharacters, Apache-2.0). Curly quotes and the many dashes
become `'`, `"` and `-`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_QUOTES = {
    "‘": "'",
    "’": "'",
    "‚": "'",
    "‛": "'",
    "′": "'",
    "´": "'",
    "＇": "'",
    "“": '"',
    "”": '"',
    "„": '"',
}
_DASHES = dict.fromkeys("‐‑‒–—―−﹣－", "-")
_PLAIN = _QUOTES | _DASHES | {"…": ".", "™": " ", "℠": " "}
"""One for one where NFKC would lengthen, and where it would glue letters to a name: Ryzen™ is no ryzentm."""

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))

_JOINING = "\x00\x00"
"""Longer than the character it stands for, so that a text that holds one fails the test of length below."""

_SYLLABLE = r"[\u1100-\u1159\ua960-\ua97c][\u1160-\u11ff\ud7b0-\ud7ff]*"
_JAMO = re.compile(r"[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7ff]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `starts[i]` is where the character that gave `text[i]` starts in the original.

    `starts` is None where the folded text is as long as the original and both count alike.
    """

    text: str
    size: int
    """Length of the original in code points."""
    starts: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Span of the original that gave `text[start:end]`; whole clusters, so never empty for a span that is not."""
        if self.starts is None:
            return start, end
        if start >= end:
            here = self.starts[start] if start < len(self.starts) else self.size
            return here, here
        last = self.starts[end - 1]
        after = bisect_right(self.starts, last)
        return self.starts[start], self.starts[after] if after < len(self.starts) else self.size


def fold(text: str) -> Folded:
    """Fold `text`; costs a scan for ASCII, a look-up per character else, and more only where lengths change."""
    if text.isascii():
        return Folded(text.lower(), len(text))
    folded = text.translate(_table())
    if len(folded) == len(text):
        return Folded(folded, len(text))
    return _by_clusters(text)


def folded(text: str) -> str:
    """The folded text alone: for words of a list, which need no way back."""
    return fold(text).text


def _by_clusters(text: str) -> Folded:
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for cluster in _clusters(text).finditer(text):
        start, end = cluster.span()
        whole = _fold_cluster(cluster[0])
        parts += [text[at:start].translate(_table()), whole]
        starts += [*range(at, start), *[start] * len(whole)]
        at = end
    parts.append(text[at:].translate(_table()))
    starts += range(at, len(text))
    return Folded("".join(parts), len(text), tuple(starts))


def _clusters(text: str) -> re.Pattern[str]:
    """Finds what of `text` does not fold one for one: characters that NFKC composes among themselves, or lengthens."""
    odd = [char for char in set(text) if len(_table()[ord(char)]) != 1]
    marks = "".join(re.escape(char) for char in sorted(odd) if _joins(char))
    long = "".join(re.escape(char) for char in sorted(odd) if not _joins(char))
    with_marks = rf"(?:{_SYLLABLE}|[\s\S])[{marks}]+|[{marks}]+|" if marks else ""
    return re.compile(rf"{with_marks}{_SYLLABLE}|[{long}]" if long else f"{with_marks}{_SYLLABLE}")


def _joins(char: str) -> bool:
    return char in "ﾞﾟ" or ord(char) in _INVISIBLE or unicodedata.category(char) in {"Mn", "Mc", "Me"}


def _fold_cluster(cluster: str) -> str:
    if cluster in _PLAIN:
        return _PLAIN[cluster]
    visible = cluster.translate(_INVISIBLE)
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", visible).casefold())
    return "".join(_simplified().get(char, _PLAIN.get(char, char)) for char in plain)


class _Table(dict[int, str]):
    """Filled as characters are met: the table of all Unicode would cost more at start-up than a day of news."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = value = _JOINING if _joins(char) or _JAMO.match(char) else _fold_cluster(char) or _JOINING
        return value


@cache
def _table() -> _Table:
    return _Table()


def simplified(text: str) -> str:
    """Traditional Chinese as simplified, character for character: as long as `text`."""
    return text if text.isascii() else text.translate(_simplified_table())


@cache
def _simplified_table() -> dict[int, int | str | None]:
    return {ord(traditional): simplified for traditional, simplified in _simplified().items()}


@cache
def _simplified() -> dict[str, str]:
    """Traditional characters and their simplified forms, one to one."""
    traditional, simplified = files("monitor.text").joinpath("simplified.txt").read_text("utf-8").splitlines()[-2:]
    return dict(zip(traditional, simplified, strict=True))


def words(text: str) -> str:
    """A folded text with a blank for whatever is neither letter nor digit; as long as it was."""
    return "".join(char if char.isalnum() else " " for char in text)


def fold_words(text: str) -> str | None:
    """`words(fold(text).text)` where it is as long as `text`, at the price of one look-up per character; else None."""
    blanked = text.translate(_word_table())
    return blanked if len(blanked) == len(text) else None


class _WordTable(dict[int, str]):
    def __missing__(self, code: int) -> str:
        folded_char = _table()[code]
        self[code] = value = folded_char if folded_char == _JOINING else words(folded_char)
        return value


@cache
def _word_table() -> _WordTable:
    return _WordTable()


@cache
def _traditional() -> dict[str, str]:
    forms: dict[str, str] = {}
    for traditional, simplified in _simplified().items():
        forms[simplified] = forms.get(simplified, simplified) + traditional
    return forms


def variants(char: str) -> str:
    """A folded character and the traditional ones that fold to it."""
    return _traditional().get(char, char)
