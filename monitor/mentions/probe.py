"""A quick look at a text that is not ASCII: most articles name nothing, and folding them all would cost the most.

Instead of folding the text, the probe spells out how its names may look unfolded: in simplified and in traditional
characters. Texts with characters that fold in other ways (full-width letters, marks) it leaves to the full reading.
"""

from __future__ import annotations

import re
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from monitor.text.fold import variants

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_SPELLINGS = 16
_LONGEST = 8

ODD = re.compile(
    "[\u00aa\u00ad\u00b2\u00b3\u00b5\u00b9\u00ba\u00bc-\u00be\u00df\u0130-\u0133\u013f\u0140\u0149\u017f\u01c4-\u01cc"
    "\u01f0-\u01f3\u02b0-\u036f\u0370-\u03ff\u0483-\u0489\u0587-\u1fff\u200b-\u200f\u202a-\u202e\u2060-\u209f\u20a8"
    "\u20d0-\u218f\u2460-\u24ff\u2c60-\u2fff\u302a-\u302f\u3038-\u303a\u3099-\u309f\u30ff\u3130-\u318f\u3192-\u319f\u3200-\u33ff\ua640-\uabff"
    "\ud7b0-\ud7ff\uf900-\ufeff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc\U00010000-\U0010ffff]"
)
"""Characters that fold to other letters or digits than their small form, but for traditional Chinese."""


class Probe:
    """Tells texts that cannot hold one of the spellings, none of which is ASCII, from those that may."""

    def __init__(self, spelled: Iterable[str]) -> None:
        looks = dict.fromkeys(look for spelling in spelled for look in unfolded(fragment(spelling)))
        self._automaton = AhoCorasick(looks, store_patterns=False)

    def may_hold(self, small: str) -> bool:
        """Whether a spelling may stand in a text, given in small letters."""
        return ODD.search(small) is not None or bool(self._automaton.find_matches_as_indexes(small))


def fragment(spelling: str) -> str:
    """The part of a spelling to look for: within one word, rare, and with few ways to look unfolded."""
    run = max(spelling.split(), key=_rarity)[:_LONGEST]
    for length in range(len(run), 1, -1):
        windows = [run[start : start + length] for start in range(len(run) - length + 1)]
        best = min(windows, key=_looks)
        if _looks(best) <= _MOST_SPELLINGS:
            return best
    return run[:2]


def _rarity(word: str) -> int:
    """How seldom a word is, roughly: a character of Chinese or Korean says as much as three letters."""
    return sum(1 if char.isascii() else 3 for char in word)


def unfolded(part: str) -> list[str]:
    """All ways in which small letters and characters may look before they are folded."""
    return ["".join(look) for look in product(*map(variants, part))]


def _looks(part: str) -> int:
    return prod(len(variants(char)) for char in part)
