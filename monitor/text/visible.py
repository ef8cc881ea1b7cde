"""Which parts of a text a reader would not count as its words: addresses, mark-up, share buttons, related links."""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'）」】\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+"
    r"|[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|\b[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|cn|org|net|io|co|ai|jp|kr|tw|hk|de|fr|eu|uk|gov|edu|info|me|tv)"
    r"(?:/[^\s<>\"'\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]*)?(?![\w.])",
    re.IGNORECASE | re.ASCII,
)
_MARKUP = re.compile(r"<[^<>]{1,2000}>|&[a-z]{2,8};|&#\d{1,6};", re.IGNORECASE)


def hidden_spans(text: str, outlet: str | None = None, *, title: bool = False) -> list[tuple[int, int]]:
    """Spans of `text` that are no words of the article."""
    spans = [match.span() for match in _ADDRESS.finditer(text)] if "." in text or "@" in text else []
    if "<" in text or "&" in text:
        spans += [match.span() for match in _MARKUP.finditer(text)]
    if outlet and title:
        tail = re.search(rf"\s[-|–—:·_]\s*{re.escape(outlet)}\s*\Z", text, re.IGNORECASE)
        if tail:
            spans.append(tail.span())
    return spans
