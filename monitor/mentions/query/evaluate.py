"""Whether a query holds of an article."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol

from monitor.mentions.query.regex import spans
from monitor.mentions.query.syntax import (
    Both,
    Either,
    InSentence,
    InTitle,
    Language,
    Named,
    Near,
    Node,
    Outlet,
    Pattern,
    Place,
    Without,
    Words,
)
from monitor.text.fold import folded, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Span = tuple[int, int]

_STEP = re.compile(r"[\u3400-\u9fff\u3041-\u30ff]|[^\W\u3400-\u9fff\u3041-\u30ff]+")


class Text(Protocol):
    """What evaluation asks of the page."""

    @property
    def words(self) -> str: ...
    @property
    def title(self) -> Span: ...
    @property
    def sentences(self) -> Sequence[Span]: ...
    @property
    def outlet(self) -> str | None: ...
    @property
    def language(self) -> str | None: ...
    def matches(self, search: Callable[[str], Sequence[Span]]) -> Sequence[Span]:
        """Visible spans, in offsets of the folded page, that `search` finds in the text as it came in."""
        ...


@dataclass(frozen=True)
class Evidence:
    """What was found in an article, for queries to be asked of."""

    text: Text
    found: Mapping[Words | Named, Sequence[Span]]
    """Places of the words and entities that are there."""

    _sorted: dict[Place, list[Span]] = field(default_factory=dict, repr=False)

    def places(self, node: Place) -> list[Span]:
        """All places of a word, entity or regular expression, in order."""
        if node not in self._sorted:
            found = self.text.matches(partial(spans, node)) if isinstance(node, Pattern) else self.found.get(node, ())
            self._sorted[node] = sorted(found)
        return self._sorted[node]

    @cached_property
    def _steps(self) -> list[int]:
        return [match.start() for match in _STEP.finditer(self.text.words)]

    def between(self, left: Span, right: Span) -> int:
        """Words between two places; a Chinese or Japanese character counts as a word."""
        first, second = sorted((left, right))
        return max(0, bisect_left(self._steps, second[0]) - bisect_left(self._steps, first[1]))


def holds(node: Node, evidence: Evidence) -> bool:
    """Whether the query holds of the whole article."""
    return _holds(node, evidence, (0, len(evidence.text.words)))


def _holds(node: Node, evidence: Evidence, scope: Span) -> bool:
    if isinstance(node, Both):
        return all(_holds(part, evidence, scope) for part in node.parts)
    if isinstance(node, Either):
        return any(_holds(part, evidence, scope) for part in node.parts)
    if isinstance(node, Without):
        return not _holds(node.part, evidence, scope)
    if isinstance(node, InSentence):
        return any(
            _holds(node.part, evidence, part)
            for sentence in evidence.text.sentences
            if (part := _within(sentence, scope))
        )
    if isinstance(node, InTitle):
        part = _within(evidence.text.title, scope)
        return part is not None and _holds(node.part, evidence, part)
    if isinstance(node, Outlet):
        return f" {node.spelling} " in f" {words(folded(evidence.text.outlet or ''))} "
    if isinstance(node, Language):
        return evidence.text.language == node.code
    return bool(_places(node, evidence, scope))


def _within(inner: Span, outer: Span) -> Span | None:
    start, end = max(inner[0], outer[0]), min(inner[1], outer[1])
    return (start, end) if start < end else None


def _places(node: Place | Near | Either, evidence: Evidence, scope: Span) -> list[Span]:
    """Spans within `scope` at which the node stands."""
    if isinstance(node, Near):
        return _near(node, evidence, scope)
    if isinstance(node, Either):
        parts: list[Span] = []
        for part in node.parts:
            if isinstance(part, Words | Pattern | Named | Near | Either):
                parts += _places(part, evidence, scope)
        return parts
    spans = evidence.places(node)
    first, last = bisect_left(spans, (scope[0], 0)), bisect_left(spans, (scope[1], 0))
    return [span for span in spans[first:last] if span[1] <= scope[1]]


def _near(node: Near, evidence: Evidence, scope: Span) -> list[Span]:
    sides = [
        _places(side, evidence, scope) for side in (node.left, node.right) if isinstance(side, Place | Near | Either)
    ]
    left, right = sides[0], sorted(sides[1])
    return [
        (min(one[0], other[0]), max(one[1], other[1]))
        for one in left
        for other in _neighbours(one, right)
        if evidence.between(one, other) <= node.distance
    ]


def _neighbours(one: Span, others: list[Span]) -> list[Span]:
    """The nearest of `others`, which are sorted, on either side."""
    after = bisect_left(others, (one[1], 0))
    before = bisect_left(others, one) - 1
    while before >= 0 and others[before][1] > one[0]:
        before -= 1
    return others[max(before, 0) : before + 1] + others[after : after + 1]
