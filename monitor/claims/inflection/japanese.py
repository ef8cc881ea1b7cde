"""Japanese verbs: `納める1` (one stem), `売る5` (five rows). Phrases match inside words, so that stems are enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.inflection.model import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROWS = {
    "う": "わいえおっ", "く": "かきけこい", "ぐ": "がぎげごい", "す": "さしせそ", "つ": "ちてとっ", "ぬ": "なにねのん",
    "ぶ": "ばびべぼん", "む": "まみめもん", "る": "らりれろっ",
}  # fmt: skip


def forms(verb: str) -> Iterator[Form]:
    """The dictionary form, which tells the future of what is done once, and the stems of all others."""
    kind, word = verb[-1:], verb[:-1]
    stem, last = word[:-1], word[-1:]
    if kind == "1" and last == "る" and stem:
        yield from (Form(word, future=True), Form(stem))
    elif kind == "5" and last in _ROWS and stem:
        yield Form(word, future=True)
        yield from (Form(stem + kana) for kana in _ROWS[last])
    else:
        raise ValueError(f"{verb!r}: write the dictionary form and its class, 納める1 or 売る5")
