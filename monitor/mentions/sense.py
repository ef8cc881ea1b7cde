"""What the company of an ambiguous name says for and against the sense meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.mentions.page import Page, Span
    from monitor.mentions.watchlist import Clue, Sense
    from monitor.model import Entity

NAMED_ELSEWHERE = 0.5
"""What a name of the same entity elsewhere in the article, beyond doubt, is worth."""
RELATED = 0.5
"""What a mention of its maker, parent or a partner is worth."""
OTHER_ELSEWHERE = -0.5
"""What the same word in another sense elsewhere in the article costs a name for which nothing else speaks."""
_CONVINCING = 1.0
_REACH = 60
"""Code points before the name that a `before` clue may span."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What the words around a name say."""

    score: float
    speaks: bool
    """Some clue speaks for the sense."""
    denies: bool
    """Some clue speaks against it."""
    account: tuple[str, ...]

    @property
    def convinces(self) -> bool:
        """Whether the name also vouches for other places where its entity may stand."""
        return self.speaks and not self.denies and self.score >= _CONVINCING

    def add(self, points: float, reason: str) -> Weight:
        """The weight with another reason."""
        account = (*self.account, f"{points:+g} {reason}")
        return Weight(round(self.score + points, 6), self.speaks, self.denies, account)


@dataclass(frozen=True, slots=True)
class Discourse:
    """What the article as a whole says of the names in it."""

    standing: frozenset[str]
    """Entities named beyond doubt."""
    doubted: frozenset[tuple[str, str]]
    """Entities with words that look like their name and stand for another."""

    def weigh(self, entity: Entity, sense: Sense | None, spelled: str, weight: Weight) -> Weight:
        """The weight of a name, seen in its article."""
        partners = sense.partners if sense else ()
        if kin := [kin for kin in (*partners, entity.maker, entity.parent) if kin in self.standing]:
            weight = weight.add(RELATED, f"beside {kin[0]}")
        if entity.id in self.standing:
            return weight.add(NAMED_ELSEWHERE, "as it is named beyond doubt elsewhere")
        silent = not weight.speaks and not weight.denies
        if silent and any(entity.id == other and spelled in name for other, name in self.doubted):
            return weight.add(OTHER_ELSEWHERE, "as the word stands in another sense elsewhere")
        return weight


def weigh(page: Page, span: Span, sense: Sense) -> Weight:
    """Weigh the clues of a sense around a name."""
    score, account = sense.prior, [f"{sense.prior:g} for the name"]
    speaks = denies = False
    for clue in sense.clues:
        if seen := _seen(page, span, clue):
            score += clue.weight
            speaks, denies = speaks or clue.weight > 0, denies or clue.weight < 0
            account.append(f"{clue.weight:+g} for {seen.strip()!r} {_WHERE[clue.where]}")
    return Weight(round(score, 6), speaks, denies, tuple(account))


_WHERE = {"before": "before it", "after": "after it", "sentence": "in the sentence", "article": "in the article"}


def _seen(page: Page, span: Span, clue: Clue) -> str | None:
    text, (start, end) = page.folded, span
    if clue.where == "before":
        match = _before(clue.pattern).search(text, max(page.field(start)[0], start - _REACH), start)
    elif clue.where == "after":
        match = compiled(clue.pattern).match(text, end, page.field(start)[1])
    else:
        scope = page.sentence(start) if clue.where == "sentence" else (0, len(text))
        return page.search(compiled(clue.pattern), scope)
    return match[0] if match else None


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A clue's expression; most are never needed, so none is compiled ahead."""
    return re.compile(pattern)


@cache
def _before(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern})\\Z")
