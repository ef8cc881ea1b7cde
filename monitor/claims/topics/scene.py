"""A sentence as the rooms of `topics` see it, and what an article has spoken of before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from monitor.claims.topics.persons import Persons
from monitor.claims.topics.prepare import prepare
from monitor.claims.topics.segments import ENDS, segments
from monitor.claims.topics.speakers import speeches
from monitor.claims.topics.statements import Heading
from monitor.text.fold import simplified

if TYPE_CHECKING:
    from datetime import date

    from monitor.claims.draft import Place
    from monitor.claims.lexicon import Lexicon
    from monitor.claims.period import Period
    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment
    from monitor.claims.world import World
    from monitor.model import Article

_WITHIN_YEAR = frozenset({"month", "quarter", "half", "day", "month_span"})
_TAIWANESE = re.compile("新台币|合并营收|法说会|税后纯益|[(（]\\d{4}-TW|[月季年](?:增|减)(?=[\\d约近逾])")
"""Words that only Taiwan's press uses, in a text that was put into simplified characters."""
_NEXT = 40
"""Characters of the next sentence that may call this one untrue."""


@dataclass(slots=True)
class Told:
    """What an article has told so far, beyond `World`."""

    subject: str | None = None
    """Whose the last figure was."""
    year: int | None = None
    """The year named last."""
    technical: bool = False
    """Whether it speaks of chips."""
    currency: str = ""
    """In which it tells all its sums, where it says so."""
    preview: bool = False
    """Whether it tells the results of a period that is over before its report: 业绩预告."""
    heading: Heading = field(default_factory=Heading)
    """What stands over the lines of a statement."""
    script: bool | None = None
    """Whether it is written as in Taiwan, once asked."""

    def traditional(self, text: str) -> bool:
        """Whether the article, whose text is given, is in traditional characters, or was before it was converted."""
        if self.script is None:
            self.script = simplified(text) != text or bool(_TAIWANESE.search(text))
        return self.script


class Scene:
    """One sentence: its segments, speakers and persons."""

    def __init__(
        self, world: World, words: Lexicon, article: Article, *, told: Told, place: Place, row: list[Token]
    ) -> None:
        self.world = world
        self.words = words
        self.article = article
        self.told = told
        self.place = place
        self.row = row
        self.published: date | None = article.published.date() if article.published else None
        prepare(row, place.text, words)
        self.cues = frozenset[str]().union(*{t.cues for t in row})
        """Those of all its words: what none of them says need not be looked for in a segment."""
        self.segments = segments(row, place.text)
        self.speeches = speeches(row, self.segments, self.cues)
        self.rebutted = self._rebutted()
        self.persons = Persons(world, self.segments, self.speeches, row, place.field)

    def _rebutted(self) -> bool:
        """Whether the next sentence calls untrue what this one tells as a rumour, or asks."""
        asked = self.place.text[self.place.end - 1 : self.place.end] in ("？", "?")
        if not asked and "rumour" not in self.cues:
            return False
        following = self.place.text[self.place.end : self.place.end + _NEXT].lstrip("”」\"' ")
        following = re.split("[。；！？]", following, maxsplit=1)[0]
        return not any(c.isdigit() for c in following) and bool(_rebuttals(self.words).search(simplified(following)))

    def chain(self, segment: Segment) -> list[Segment]:
        """The segments before, nearest first, as far as the sentence, or the bracket, goes."""
        found: list[Segment] = []
        for other in self.segments[: segment.number][::-1]:
            if other.mark in ENDS - {"."}:
                break
            if other.mode != "aside" or segment.mode == "aside":
                found.append(other)
        return found

    @cached_property
    def mark_before(self) -> str:
        """The last character before the sentence that is no blank; empty at the head of a text."""
        at = self.place.start
        while at > 0 and self.place.text[at - 1].isspace():
            at -= 1
        return self.place.text[at - 1 : at] if at else ""

    def settle_years(self) -> None:
        """ "同年12月", "当年", and after a semicolon "7月": of the year that was named last."""
        goes_on = self.mark_before == "；"
        for token in self.row:
            period, year = token.period, self.told.year
            if period is None:
                continue
            if period.year is not None:
                self.told.year = period.year
            elif year is not None and token.text in ("当年", "當年", "同年"):
                token.period = replace(period, year=year, shift=None)
            elif year is not None and _within_year(period) and (goes_on or self._same_year(token)):
                token.period = replace(period, year=year)

    def _same_year(self, token: Token) -> bool:
        return self.place.text[max(0, token.start - 2) : token.start].strip() == "同年"

    def technical(self) -> bool:
        """Whether the sentence names a company, a thing of the watchlists or something of the trade."""
        for token in self.row:
            if token.kind == "name" and (
                self.world.is_thing(token.entity) or self.world.kind(token.entity) == "company"
            ):
                return True
        return _trade_words(self.words).search(simplified(self.place.evidence).lower()) is not None


def _within_year(period: Period) -> bool:
    return period.rule in _WITHIN_YEAR and period.shift is None and period.year_shift is None


@cache
def _rebuttals(words: Lexicon) -> re.Pattern[str]:
    """Matches a word that denies or calls untrue."""
    found = [re.escape(p.text) for p in words.phrases.values() if p.cues & {"deny", "false"} and len(p.text) > 1]
    return re.compile("|".join(sorted(found, key=len, reverse=True)) or r"(?!)")


@cache
def _trade_words(words: Lexicon) -> re.Pattern[str]:
    """Matches a word of the class `techword`, within longer words too."""
    found = [re.escape(p.text) for p in words.phrases.values() if "class:techword" in p.cues]
    return re.compile("|".join(sorted(found, key=len, reverse=True)) or r"(?!)")
