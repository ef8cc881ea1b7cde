"""Reads an article's sentences in order."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.claims.frames import figure_kind
from monitor.claims.marked import roles
from monitor.claims.marked.carried import Carried
from monitor.claims.marked.doubles import without_doubles
from monitor.claims.marked.ground import Ground
from monitor.claims.marked.persons import Persons
from monitor.claims.marked.rejoinder import contradicts
from monitor.claims.marked.segments import rejoin_prefixes, segments
from monitor.claims.marked.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.draft import Drawn, Passed, Place
    from monitor.claims.lexicon import Lexicon
    from monitor.claims.rows import Row
    from monitor.claims.tokens import Token
    from monitor.claims.world import World
    from monitor.model import Article

_REPORTED_IN = frozenset(
    {"quarter", "half", "fiscal_quarter", "quarter_ended", "half_ended", "month_span", "year_ended"}
)
_BEGINS = frozenset({".", ":", "?", "!", "„", "“", '"', "»", "«", "–", "—", "|"})
_INTERVIEW = re.compile(r"一問一答|主なやりとり|に聞く|일문일답|인터뷰")
"""What comes is what the one company that is named says of itself."""


def _asks(text: str) -> bool:
    """ "来年の増産は。": a question, in an interview, that names what the answer is about."""
    return re.search(r"(?:は|은|는|규모)[。?？]?\s*$|(?:か|까|요|나)[。?？]\s*$", text) is not None


def _nouns_are_no_verbs(row: Sequence[Token]) -> None:
    """ "Erlöse", "Schnitt": a capital within a German sentence is a noun, whatever form of a verb it looks like."""
    for before, token in pairwise(row):
        if token.kind == "phrase" and token.capital and before.text not in _BEGINS:
            token.entries = tuple(e for e in token.entries if ":~" not in e.id)


class MarkedReader(Carried):
    """Keeps what was spoken of from sentence to sentence."""

    def __init__(self, world: World, words: Lexicon, article: Article) -> None:
        super().__init__(world, words, article)
        self.marks = roles.Marks(words)

    def read(self, place: Place, row: list[Token]) -> tuple[list[Drawn], list[Passed]]:
        if not row:
            return [], []
        if self.words.compounds:
            _nouns_are_no_verbs(row)
        headline = place.field == "title" and self.words.language == "ja"
        cut = segments(
            row, comma_cuts=self.words.spaced, text=place.text, language=self.words.language, headline=headline
        )
        rejoin_prefixes(row, cut)
        ground = Ground(row, cut, self.world, self.words.verb_final, place.text, self.words.language, place.field)
        named = roles.names(row, place.text, self.marks, self.world)
        sentence = Sentence(self, place, ground, Persons(ground, named, self.told))
        found = sentence.read()
        self._close(place, row, named, {drawn.claim.subject for drawn in found[0]})
        if not found[0]:
            self._note(place, row)
        return found

    def may_tell(self, row: Row) -> bool:
        """Whether a sentence is read at once: each is, for what it tells of whoever is spoken of next."""
        return True

    def leave(self) -> None:
        """Between two sentences: nothing is left to do."""

    def takes_back(self, row: Sequence[Token]) -> bool:
        """Whether a sentence that told nothing denies what was told right before it."""
        return contradicts(row)

    def settled(self, drawn: list[Drawn]) -> list[Drawn]:
        """The claims of the whole article."""
        return without_doubles(drawn)

    def _note(self, place: Place, row: Sequence[Token]) -> None:
        """A sentence without a claim sets the period of the report that follows, and who is cited in it."""
        self.unnamed = self.unnamed or any(t.has("unnamed") for t in row)
        self.outsider = self.outsider or any(t.has("analyst") for t in row)
        if self.words.verb_final and _asks(place.text[: row[-1].end]):
            asked = [e for t in row for e in t.entries if e.pos == "noun" and e.metric]
            self.world.entry = asked[-1] if asked else self.world.entry
        rates = [e for t in row for e in t.entries if e.metric in ("yield", "market_share") and e.pos == "noun"]
        if rates and not any(figure_kind(t) == "percent" for t in row if t.figure) and self.words.verb_final:
            self.world.entry = rates[0]
            told = next((t.period for t in row if t.period is not None), None)
            self.world.told_period = (told.read() if told is not None else None) or self.world.told_period
        reported = [t.period for t in row if t.period is not None and t.period.rule in _REPORTED_IN]
        if reported:
            period = reported[0].read(self.world.company, future=False, own_quarters=True)
            self.world.period = period or self.world.period

    def _elided(self, place: Place, row: Sequence[Token]) -> bool:
        """Whether a sentence may go on about the company before, which it leaves out or calls by a pronoun."""
        return self.words.verb_final and place.field == "text" and self.world.company is not None

    def _close(
        self, place: Place, row: Sequence[Token], named: Sequence[roles.Named], subjects: set[str | None]
    ) -> None:
        """At its end the first subject of a sentence becomes whom the next goes on about."""
        wide = (
            ("subject", "bare", "owner", "agent")
            if place.field == "title" or self.words.spaced
            else ("subject", "owner")
        )
        opens = [n for n in named if n.role == "bare" and n.token.index == 0]
        acting = opens + [
            n for n in named
            if n.role in wide and n not in opens
            and (n.role != "owner" or n.token.entity in subjects or not self._elided(place, row))
        ]  # fmt: skip
        if any(n.role == "foreign" for n in named) and self.words.verb_final:
            acting = [n for n in acting if n.role == "subject"]
        orgs = [n for n in acting if not n.token.actor]
        for wanted, name in ((False, "company"), (True, "ruler")):
            pool = [n for n in (orgs if not wanted else acting) if self.world.is_ruler(n.token.entity) == wanted]
            first = next((n for n in pool if n.role == "subject"), pool[0] if pool else None)
            if first is not None and first.token.entity:
                setattr(self.world, name, first.token.entity)
        companies = {n.token.entity for n in named if self.world.kind(n.token.entity) == "company"}
        if self.world.company is None and len(companies) == 1 and _INTERVIEW.search(place.text):
            self.world.company = next(iter(companies))
        stranger = any(n.role == "foreign" for n in named)
        self.stranger = stranger or (self.stranger and not orgs)
        chips = [
            t.entity for t in row
            if t.kind == "name" and not t.modifier and self.world.kind(t.entity) in ("chip", "technology")
        ]  # fmt: skip
        if chips:
            self.world.product = chips[0] if place.field == "title" else chips[-1]
            maker = self.world.maker(chips[0])
            known = (self.world.company is None and not self.stranger) or maker in subjects or not self.words.verb_final
            if maker and known and not orgs and not any(n.role == "foreign" for n in named):
                self.world.company = maker
        if any(n.role == "foreign" for n in named) and not orgs and place.field == "title":
            self.world.company = None
