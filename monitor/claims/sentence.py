"""Reads one sentence: binds its figures and acts, and makes claims of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.claims import attribution, growth, products, telling, who
from monitor.claims.binder import Binder
from monitor.claims.clauses import Clause, clauses
from monitor.claims.context import Context
from monitor.claims.draft import Drawn, Passed
from monitor.claims.events import Act, acts
from monitor.claims.frames import figure_kind
from monitor.claims.headings import heading, is_item
from monitor.claims.lists import respective, respective_period
from monitor.claims.metrics import EVENTS, measure
from monitor.claims.outlook import is_analyst
from monitor.claims.rejoinder import rejoins
from monitor.claims.scene import Scene, speech_over
from monitor.claims.speech import speeches
from monitor.claims.stage import title_case
from monitor.claims.status import status_of
from monitor.claims.tables import columns
from monitor.claims.unfit import implausible
from monitor.claims.verbs import tag_verbs
from monitor.claims.when import note, period_of
from monitor.model import Claim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.lexicon import Lexicon
    from monitor.claims.tokens import Token
    from monitor.claims.world import World
    from monitor.model import Article, Field


_FIRST_PERSON = ("we ", "We ", "our ", "Our ", "rating", "Rating", "weight", "target price")
"""Without one of these no text is a broker's note."""
_REMEMBERED = ("yield", "market_share", "tariff", "price", "valuation", "revenue")
"""Nouns that a figure of the next sentence may go back to, even where they held none."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: `text[start:end]` of a field."""

    field: Field
    text: str
    start: int
    end: int

    @property
    def evidence(self) -> str:
        return self.text[self.start : self.end]


class Reader:
    """Reads an article's sentences in order, keeping what was spoken of."""

    def __init__(self, world: World, words: Lexicon, article: Article) -> None:
        self.world = world
        self.words = words
        self.article = article
        self.correction = False
        speaks = any(word in article.text for word in _FIRST_PERSON)
        self.research = speaks and words.holds(article.text, "class:researchnote")

    def read(self, place: Place, row: list[Token]) -> tuple[list[Drawn], list[Passed]]:
        barred = "|" in place.evidence
        if barred:
            self.world.columns = columns(row, place.text, self.words.language, self.world) or self.world.columns
        if not any(_matters(token) for token in row):
            return [], []
        if not barred:
            self.world.columns = ()
        if place.field == "title" and title_case(row):
            for token in row:
                token.styled = token.kind == "word"
        tag_verbs(row, self.words.verb_endings)
        spoken = speeches(row)
        published = self.article.published
        cues = frozenset().union(*(t.cues for t in row))
        self.correction = self.correction or "correction" in cues
        scene = Scene(
            row, clauses(row), spoken, title=place.field == "title", year=published.year if published else 0,
            correction=self.correction, cues=cues, analyst=self.world.analyst or self.research,
        )  # fmt: skip
        if not is_item(row):
            self.world.heading = heading(row, self.world)
        sentence = _Sentence(self, place, scene)
        return sentence.read()

    def takes_back(self, row: Sequence[Token]) -> bool:
        """Whether a sentence that told nothing denies what was told right before it."""
        return rejoins(row)

    def settled(self, drawn: list[Drawn]) -> list[Drawn]:
        """The claims of the whole article."""
        return drawn


def _matters(token: Token) -> bool:
    """Whether a sentence that has such a token may hold a claim, or change who is spoken of."""
    return (
        token.kind in ("name", "figure") or token.period is not None or any(e.metric in EVENTS for e in token.entries)
    )


class _Sentence(Context):
    def __init__(self, reader: Reader, place: Place, scene: Scene) -> None:
        super().__init__(reader.world, scene, reader.article)
        self.reader = reader
        self.place = place
        self.passed: list[Passed] = []
        self.by_number = {c.number: c for c in scene.clauses}
        self.cast = who.Cast(reader.world, scene, place.field)

    def read(self) -> tuple[list[Drawn], list[Passed]]:
        binder = Binder(self.scene, self.cast, self.world)
        self.bonds = bonds = binder.bonds()
        for figure, reason in binder.left:
            self._pass(figure, reason)
        for bond in bonds:
            self._claim(bond, bonds)
        for act in acts(self.scene, self.cast, self.world, bonds):
            self.drawn.append(self._act(act))
        self.cast.close()
        named = [s for s in self.scene.speeches if any(not t.has("pronoun", "determiner") for t in s.speaker)]
        if named:
            self.world.analyst = is_analyst(named[-1]) or (named[-1].kind == "estimate" and not named[-1].entities)
        self.world.listen(spoke=bool(self.drawn))
        for token in self.row:
            for entry in token.entries:
                if entry.pos == "noun" and entry.metric in _REMEMBERED:
                    self.world.nouns.update(dict.fromkeys(entry.fits, entry))
        self.world.site = "facility" in self.scene.cues
        if not self.drawn:
            note(self.row, self.world)
        return self.drawn, self.passed

    def _pass(self, figure: Token, reason: str) -> None:
        quantity = figure.figure
        start, end = (quantity.start, quantity.end) if quantity else (figure.start, figure.end)
        self.passed.append(
            Passed(field=self.place.field, start=start, end=end, text=self.place.text[start:end], reason=reason)
        )

    def _claim(self, bond: Bond, bonds: Sequence[Bond]) -> None:
        figure, clause = bond.figure, self.by_number[bond.figure.clause]
        quantity = figure.figure
        metric = bond.entry.metric
        if quantity is None or metric is None:
            return
        if clause.mode == "if":
            self._pass(figure, "stands in an if-clause")
            return
        level = growth.level_of(bond, bonds)
        if level is not None:
            self._pass(figure, f"a change beside its level {level.text!r}")
            return
        person = (
            self._of_row(bond)
            or respective(bond, bonds, self.scene, self.world)
            or self._compared(bond, bonds)
            or self.cast.subject(bond, clause)
        )
        self.people[figure.index] = person
        thing = products.product_for(bond, clause, self.row, self.world, person)
        if thing is None and bond.cost >= 10 and metric in ("market_share", "yield"):
            thing = self.world.products.get(metric)
        if thing is None and metric == "market_share":
            thing = self.things.get(bond.trigger.index)
        if thing is None and metric == "orders" and bond.cost >= 10 and _same_list(bond, self.row):
            thing = self.things.get(bond.trigger.index)
        elif bond.cost >= 10 and clause.verb is None and self._of_other_maker(thing, person) and metric != "orders":
            thing = None  # "Huawei sold 812,000 Ascends; Cambricon, 116,000"
        if thing is None and self.world.heading is not None and bond.entry in self.world.heading.entries:
            thing = self.world.heading.product
        if metric == "listed_entities":
            thing = "entity-list" if any(t.entity == "entity-list" for t in clause.tokens) else None
        self.things[bond.trigger.index] = thing
        subjects = self._subjects(bond, person, thing)
        if isinstance(subjects, str):
            self._pass(figure, subjects)
            return
        things = products.taxed(figure, clause, self.world) if metric == "tariff" else []
        for subject in subjects:
            for one in things if len(things) > 1 else [thing]:
                self._add(bond, clause, metric, subject=subject, thing=one, person=person)

    def _subjects(self, bond: Bond, person: who.Person, thing: str | None) -> tuple[str | None, ...] | str:
        return who.subjects_for(bond.entry, person, thing, self.world)

    def _add(
        self, bond: Bond, clause: Clause, metric: str, *, subject: str | None, thing: str | None, person: who.Person
    ) -> None:
        quantity = bond.figure.figure
        if quantity is None:
            return
        reason = implausible(metric, bond, clause, thing)
        if reason:
            self._pass(bond.figure, reason)
            return
        if metric == "market_share" and self.world.is_ruler(subject) and self._of_sales(clause):
            metric = "tariff"
        if "intoname" in bond.entry.object and self._is_party(bond, subject, person):
            metric = "funding"  # "investors poured $22 billion into Anthropic"
        if metric == "capacity" and quantity.per and any(t.has("class:waferword") for t in clause.tokens):
            quantity = replace(quantity, unit=quantity.unit or "wafers")
        if metric == "capacity" and not quantity.per and quantity.kind == "bare" and _yearly(bond, self.row):
            quantity = replace(quantity, kind="count", unit="units", per="year")
        sized = measure(metric, quantity, bond.sign, unit=self._unit_before(metric, bond))
        self.world.units[metric] = sized.unit
        verdict = status_of(
            self.scene,
            clause,
            bond.trigger,
            bond.figure,
            (subject,) if subject else (),
            metric=metric,
            rulers=self._rulers(),
            fixed=bond.entry.status,
        )
        when = respective_period(bond, self.bonds, self.scene) or period_of(
            metric, bond.trigger, bond.figure, clause, self.row, world=self.world, subject=subject,
            status=verdict.status,
            siblings=self._siblings(bond),
        )  # fmt: skip
        speech = speech_over(self.scene, bond.trigger.index)
        when = (
            self._period_of_column(bond)
            or when
            or self._period_before(bond)
            or self._period_above(bond, verdict.status)
        )
        if (whole := self._whole(bond)) is not None:
            verdict, when = replace(verdict, status=whole.status), whole.period
        if (before := self._goes_on_from(bond, clause, verdict.reason)) is not None:
            verdict, when = replace(verdict, status=before.status), when or before.period
        self.periods[bond.trigger.index] = when
        claim = Claim(
            metric=metric,
            subject=subject,
            product=thing,
            value=sized.value,
            value_max=sized.value_max,
            unit=sized.unit,
            bound=sized.bound,
            status=verdict.status,
            period=self._rate(metric, bond, sized.period) or when,
            attribution=attribution.words(speech, self.place.text),
            evidence=self.place.evidence,
            field=self.place.field,
            figure=quantity.number_span,
            act=bond.entry.act,
            of=telling.party(metric, bond.trigger, subject, self.row, self.world)
            or telling.narrowed(metric, bond.trigger, self.row),
            voice=attribution.voice(speech, subject, self.reader.article, self.world),
            cites=telling.cited(self.scene.speeches, bond.figure.index, self.place.text, self.reader.article),
            told=telling.manner(verdict.reason, clause),
            dated=telling.dated(clause, self._published()),
        )
        self._draw(
            claim,
            bond.entry.id,
            (bond.trigger, bond.figure),
            (f"subject: {person.reason}", f"status: {verdict.reason}"),
        )
        self.world.entry, self.world.last = bond.entry, claim
        self.world.kinds[figure_kind(bond.figure)] = bond.entry
        if thing:
            self.world.products[metric] = thing
        else:
            self.world.products.pop(metric, None)

    def _draw(self, claim: Claim, pattern: str, tokens: Sequence[Token], reasons: tuple[str, ...]) -> None:
        self.drawn.append(Drawn(claim=claim, pattern=pattern, tokens=tuple(t.text for t in tokens), reasons=reasons))

    def _act(self, act: Act) -> Drawn:
        clause, trigger, entry, metric = act.clause, act.trigger, act.entry, act.metric
        verdict = status_of(
            self.scene,
            clause,
            trigger,
            None,
            (act.subject,) if act.subject else (),
            metric=metric,
            rulers=self._rulers(),
            fixed=entry.status,
        )
        speech = speech_over(self.scene, trigger.index)
        claim = Claim(
            metric=metric,
            subject=act.subject,
            product=act.product,
            of=telling.party(metric, trigger, act.subject, self.row, self.world),
            status=verdict.status,
            period=period_of(
                metric,
                trigger,
                None,
                clause,
                self.row,
                world=self.world,
                subject=act.subject,
                status=verdict.status,
            ),
            attribution=attribution.words(speech, self.place.text),
            evidence=self.place.evidence,
            field=self.place.field,
            act=entry.act,
            voice=attribution.voice(speech, act.subject, self.reader.article, self.world),
            cites=telling.cited(self.scene.speeches, trigger.index, self.place.text, self.reader.article),
            told=telling.manner(verdict.reason, clause),
            dated=telling.dated(clause, self._published()),
        )
        return Drawn(
            claim=claim, pattern=entry.id, tokens=(trigger.text,), reasons=(act.reason, f"status: {verdict.reason}")
        )


def _yearly(bond: Bond, row: Sequence[Token]) -> bool:
    """ "1,500 etch and deposition tools a year": the rate stands behind all that is counted."""
    after = row[bond.figure.index + 1 : bond.figure.index + 7]
    return any(
        one.has("class:chipword") and two.text.lower() in ("a", "per", "each", "every") and three.text.lower() == "year"
        for one, two, three in zip(after, after[1:], after[2:], strict=False)
    )


def _same_list(bond: Bond, row: Sequence[Token]) -> bool:
    """ "60,000 H20s for ByteDance, 45,000 for Alibaba": a bare figure of the list behind a colon."""
    colon = any(t.text == ":" for t in row[bond.trigger.index : bond.figure.index])
    return colon and bond.figure.figure is not None and bond.figure.figure.kind == "bare"
