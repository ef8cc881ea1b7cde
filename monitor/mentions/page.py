"""An article laid out for matching: title and body as one text, folded, with the way back to each field."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from monitor.text.fold import Folded, fold, fold_words, words
from monitor.text.sentences import sentences
from monitor.text.visible import hidden_spans

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

    from monitor.model import Article, Field

Span = tuple[int, int]

_GAP = " \n "
_HEAD = 1
_BLANKS = bytes(code if code < 128 and chr(code).isalnum() else 32 for code in range(256))


@dataclass
class Page:
    """`raw` is blank, title, gap, body, blank; all spans count code points of the folded page unless said otherwise."""

    article: Article
    raw: str
    words: str
    """The page in small letters; where it can matter, folded, with blanks for all but letters and digits."""
    back: Folded | None
    """Way back to `raw` where folding changed lengths."""

    @cached_property
    def folded(self) -> str:
        """The folded page with its marks."""
        return (self.back or fold(self.raw)).text

    @cached_property
    def body(self) -> int:
        """Where the body starts in `raw`."""
        return _HEAD + len(self.article.title) + len(_GAP)

    @property
    def outlet(self) -> str | None:
        """Who published the article."""
        return self.article.outlet

    @property
    def language(self) -> str | None:
        """Language code of the article."""
        return self.article.language

    @cached_property
    def title(self) -> Span:
        """The title."""
        return self._here(_HEAD), self._here(_HEAD + len(self.article.title))

    def field(self, start: int) -> Span:
        """Title or body, by a place within it."""
        body = self._here(self.body)
        return (body, len(self.folded)) if start >= body else self.title

    @cached_property
    def sentences(self) -> Sequence[Span]:
        """Sentences in order; the title is one or more of its own."""
        return [(self._here(start), self._here(end)) for start, end in sentences(self.raw)]

    @cached_property
    def _hidden(self) -> Sequence[Span]:
        """Spans of `raw` that a reader does not count as words of the article, apart and in order."""
        article = self.article
        spans = [(s + _HEAD, e + _HEAD) for s, e in hidden_spans(article.title, article.outlet, title=True)]
        spans += [(s + self.body, e + self.body) for s, e in hidden_spans(article.text, article.outlet)]
        apart: list[Span] = []
        for start, end in sorted(spans):
            if apart and start <= apart[-1][1]:
                apart[-1] = apart[-1][0], max(end, apart[-1][1])
            else:
                apart.append((start, end))
        return apart

    def sentence(self, start: int) -> Span:
        """The sentence at `start`."""
        spans = self.sentences
        number = bisect_right(spans, (start, len(self.words) + 1)) - 1
        return spans[max(number, 0)] if spans else (0, len(self.words))

    def original(self, start: int, end: int) -> Span:
        """Span of `raw`."""
        return self.back.original(start, end) if self.back else (start, end)

    def _here(self, at: int) -> int:
        """Offset of the folded page for one of `raw`."""
        starts = self.back.starts if self.back else None
        return at if starts is None else bisect_left(starts, at)

    def is_hidden(self, start: int, end: int) -> bool:
        """Whether the span lies in an address, mark-up or another part that is not the article's words."""
        if not self._hidden:
            return False
        start, end = self.original(start, end)
        number = bisect_left(self._hidden, (end, 0)) - 1
        return number >= 0 and self._hidden[number][1] > start

    @cached_property
    def _searched(self) -> dict[tuple[str, Span], str | None]:
        return {}

    def search(self, pattern: re.Pattern[str], span: Span) -> str | None:
        """What `pattern` finds in a span of the folded page; asked often for few spans, so it is remembered."""
        key = pattern.pattern, span
        if key not in self._searched:
            match = pattern.search(self.folded, *span)
            self._searched[key] = match[0] if match else None
        return self._searched[key]

    def written(self, start: int, end: int) -> str:
        """The span as it stands in the article."""
        start, end = self.original(start, end)
        return self.raw[start:end]

    def place(self, start: int, end: int) -> tuple[Field, int, int]:
        """Field of the span, and its offsets in that field as it came in."""
        start, end = self.original(start, end)
        if start >= self.body:
            return "text", start - self.body, end - self.body
        return "title", start - _HEAD, end - _HEAD

    def matches(self, search: Callable[[str], Sequence[Span]]) -> Sequence[Span]:
        """Visible spans that `search` finds in `raw`."""
        found = [(self._here(start), self._here(end)) for start, end in search(self.raw)]
        return [span for span in found if not self.is_hidden(*span)]


def lay_out(article: Article) -> str:
    """The article as one text: `Page.raw`."""
    return f" {article.title}{_GAP}{article.text} "


def ascii_words(text: str) -> bytes:
    """Words of a text in small letters as bytes, with a blank for all that is not ASCII; as long as the text."""
    return text.encode("ascii", "replace").translate(_BLANKS)


def folded_words(raw: str) -> tuple[str, Folded | None]:
    """`Page.words` of a text, and the way back where it is longer or shorter."""
    blanked = fold_words(raw)
    if blanked is not None:
        return blanked, None
    back = fold(raw)
    return words(back.text), back
