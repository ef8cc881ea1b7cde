"""Digests whose items only blanks part."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.claims.draft import Place
    from monitor.claims.tokens import Token

_ITEMS = 3
_BLANK = re.compile(r"(?<=[\u2e80-\uffef%)])[ \u3000]+(?=[\u2e80-\uffef])")
"""A blank between Chinese words."""


def items_of(place: Place, row: list[Token]) -> list[tuple[Place, list[Token]]]:
    """A digest whose items only blanks part, item by item; any other sentence as it is."""
    if place.field == "title" or place.text.count(" ", place.start, place.end) < _ITEMS:
        return [(place, row)]
    cuts = [match.span() for match in _BLANK.finditer(place.text, place.start, place.end)]
    if len(cuts) < _ITEMS:
        return [(place, row)]
    found: list[tuple[Place, list[Token]]] = []
    for (_, start), (end, _) in pairwise(((0, place.start), *cuts, (place.end, 0))):
        tokens = [t for t in row if start <= t.start < end]
        for index, token in enumerate(tokens):
            token.index = index
        found.append((replace(place, start=start, end=end), tokens))
    return [item for item in found if item[1]]
