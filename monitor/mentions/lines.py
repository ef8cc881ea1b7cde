"""Checks watchlists against the lines that stand beside their entities: what must be found, and what must not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.mentions.lexicon import Lexicon
    from monitor.mentions.watchlist import EntitySpec

_MARK = re.compile(r"\[\[(.*?)\]\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A line that is not read as it says."""

    entity: str
    line: str
    problem: str


def failures(lexicon: Lexicon, specs: Iterable[EntitySpec]) -> Iterator[Failure]:
    """Lines of the entities that the lexicon reads otherwise, in order."""
    for spec in specs:
        for line in spec.hits:
            wanted, found = _MARK.findall(line), _found(lexicon, _MARK.sub(r"\1", line), spec.id)
            if not found:
                yield Failure(entity=spec.id, line=line, problem="must be found and is not")
            elif missing := [name for name in wanted if name not in found]:
                yield Failure(entity=spec.id, line=line, problem=f"must find {missing[0]!r}, finds {found[0]!r}")
        for line in spec.misses:
            if found := _found(lexicon, line, spec.id):
                yield Failure(entity=spec.id, line=line, problem=f"must not be found; {found[0]!r} is")


def _found(lexicon: Lexicon, text: str, entity: str) -> list[str]:
    mentions = lexicon.read(Article(id="", title="", text=text)).mentions
    return [mention.text for mention in mentions if mention.entity == entity]
