"""Longest-match lookup of fixed phrases at a place of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")

CASED_SCRIPTS_END = "\u0530"
"""Latin, Greek and Cyrillic, whose words are set off from each other, end before this code point."""


def is_word_letter(char: str) -> bool:
    """Whether `char` is a letter of a script that sets its words off by spaces."""
    return char < CASED_SCRIPTS_END and char.isalpha()


def runs_on(text: str, end: int) -> bool:
    """Whether a word goes on past `end`."""
    return 0 < end < len(text) and is_word_letter(text[end - 1]) and is_word_letter(text[end])


class Phrases(Generic[T]):
    """Phrases of a table, folded, each with its meaning; a lookup costs the same however long the table is.

    The edge of a phrase that is a Latin letter must not touch another Latin letter: "over" is not found in
    "overlord", "kai" not in "tokai"; 万 and 개 are found wherever they stand.
    """

    def __init__(
        self, meanings: Mapping[str, T], *, compounds: bool = False, prefixes: bool = False, parts: bool = False
    ) -> None:
        """`compounds`: `before` also finds a phrase that is the tail of a longer word ("chips" in "Speicherchips").
        `prefixes`: a digit may follow its last letter (RMB in "RMB5"); else "gb" is not found in "GB300".
        `parts`: `at` also finds a phrase that goes on as a longer word ("zwei" in "zweihundert")."""
        self._meanings = dict(meanings)
        self._compounds = compounds
        self._prefixes = prefixes
        self._parts = parts
        heads: dict[str, set[int]] = {}
        tails: dict[str, set[int]] = {}
        for phrase in self._meanings:
            heads.setdefault(phrase[0], set()).add(len(phrase))
            tails.setdefault(phrase[-1], set()).add(len(phrase))
        self._heads = {char: sorted(lengths, reverse=True) for char, lengths in heads.items()}
        self._tails = {char: sorted(lengths, reverse=True) for char, lengths in tails.items()}

    def __iter__(self) -> object:
        return iter(self._meanings)

    def at(self, text: str, start: int) -> tuple[int, T] | None:
        """The longest phrase that begins at `start`: its end and its meaning."""
        for length in self._heads.get(text[start : start + 1], ()):
            phrase = text[start : start + length]
            end = start + len(phrase)
            if phrase in self._meanings and not self._runs_on(text, end):
                return end, self._meanings[phrase]
        return None

    def before(self, text: str, end: int) -> tuple[int, T] | None:
        """The longest phrase that ends at `end`: its start and its meaning."""
        for length in self._tails.get(text[end - 1 : end] if end else "", ()):
            start = end - length
            phrase = text[start:end] if start >= 0 else ""
            if phrase in self._meanings and (self._compounds or not self._runs_back(text, start)):
                return start, self._meanings[phrase]
        return None

    def _runs_on(self, text: str, end: int) -> bool:
        if self._parts or end >= len(text) or not is_word_letter(text[end - 1]):
            return False
        return is_word_letter(text[end]) or (not self._prefixes and text[end].isdecimal())

    @staticmethod
    def _runs_back(text: str, start: int) -> bool:
        return start > 0 and is_word_letter(text[start - 1]) and is_word_letter(text[start])
