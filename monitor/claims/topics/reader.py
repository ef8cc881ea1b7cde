"""Reads one sentence of a topic-chain language: binds its figures and acts, and makes claims of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.clausal import attribution
from monitor.claims.draft import Drawn, Passed
from monitor.claims.metrics import REPORTED, measure
from monitor.claims.persons import Person, subjects_for
from monitor.claims.steps import step
from monitor.claims.topics import (
    agreements,
    binding,
    borrowed,
    changes,
    currencies,
    payers,
    ratios,
    refusals,
    standing,
    statements,
    telling,
    things,
    times,
)
from monitor.claims.topics.acts import acts
from monitor.claims.topics.ahead import by_then, lies_ahead, previews, still_runs, told_before, with_later
from monitor.claims.topics.conditions import may_hold
from monitor.claims.topics.digest import items_of
from monitor.claims.topics.owners import owner_of
from monitor.claims.topics.rates import enabled, pieces, rated, unit_before
from monitor.claims.topics.scene import Scene, Told
from monitor.claims.topics.tags import Tags, gapped
from monitor.claims.topics.unfit import unfit
from monitor.model import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.claims.draft import Place, Verdict
    from monitor.claims.frames import Bond
    from monitor.claims.lexicon import Lexicon
    from monitor.claims.rows import Row
    from monitor.claims.tokens import Token
    from monitor.claims.topics.acts import Act
    from monitor.claims.topics.segments import Segment
    from monitor.claims.world import World
    from monitor.model import Article


class TopicReader:
    """Reads an article's sentences in order, keeping what was spoken of."""

    def __init__(self, world: World, words: Lexicon, article: Article) -> None:
        self.world = world
        self.words = words
        self.article = article
        self.told = Told(currency=currencies.stated(article.text), preview=previews(f"{article.title} {article.text}"))
        self.open: Scene | None = None

    def may_tell(self, row: Row) -> bool:
        """Whether a sentence holds a figure, or a word of an act and what must stand beside it."""
        if row.has_figure():
            return True
        acts = list(row.acts())
        return bool(acts) and may_hold(acts, row, self.world)

    def leave(self) -> None:
        """Before a further sentence is read: whom the last one was about is whom 公司 means in it."""
        if self.open is not None:
            self.open.persons.close()
        self.open = None

    def read(self, place: Place, row: list[Token]) -> tuple[list[Drawn], list[Passed]]:
        """The claims of a sentence, and its figures that made none."""
        drawn: list[Drawn] = []
        passed: list[Passed] = []
        over = self.told.heading.under(place.evidence, self.world.period)
        items = [(place, row)] if over.columns is not self.told.heading.columns else items_of(place, row)
        self.told.heading = over
        for part, tokens in items:
            self.leave()
            if len(items) > 1:
                self.world.forget()
            self.open = scene = Scene(self.world, self.words, self.article, told=self.told, place=part, row=tokens)
            found, left = _Sentence(scene).read()
            drawn += found
            passed += left
        return drawn, passed

    def takes_back(self, row: Sequence[Token]) -> bool:
        """Whether a sentence that told nothing denies what was told right before it."""
        return False

    def settled(self, drawn: list[Drawn]) -> list[Drawn]:
        """The claims of the whole article: what a ministry has decreed is its government's no second time."""
        decreed = [d.claim for d in drawn if d.claim.metric == "export_control"]
        return [d for d in drawn if not refusals.decreed_below(d.claim, decreed, self.world)]


class _Sentence:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.world = scene.world
        self.place = scene.place
        self.tags = Tags(scene)
        self.lines: dict[int, tuple[Bond | None, str]] = {}
        self.drawn: list[Drawn] = []
        self.passed: list[Passed] = []

    def read(self) -> tuple[list[Drawn], list[Passed]]:
        scene = self.scene
        scene.settle_years()
        if "reporting" in scene.cues:
            times.note(scene.row, self.world)
        self.lines = statements.lines(scene, scene.told.heading)
        if any(token.entries or token.kind == "figure" for token in scene.row):
            bonds = [b for segment in scene.segments for b in self._bonds(segment)]
            for bond in bonds:
                self._figure(bond, bonds)
            for act in acts(scene, bonds):
                self._act(act)
        if self.place.field == "title" or (self.drawn or self.passed):
            scene.told.technical = scene.told.technical or scene.technical()
        return self.drawn, self.passed

    def _bonds(self, segment: Segment) -> Iterator[Bond]:
        scene = self.scene
        figures = [t for t in segment.tokens if t.kind == "figure"]
        chain = scene.chain(segment) if figures else []
        for figure in figures:
            if (line := self.lines.get(figure.index)) is not None:
                if line[0] is not None:
                    yield line[0]
                else:
                    self._pass(figure, "a change in a statement")
                continue
            reason = unfit(figure, scene.row) or borrowed.left_out(scene, figure, segment)
            if reason:
                self._pass(figure, reason)
                continue
            currencies.dress(figure, segment, self.world, scene.told.currency)
            changes.add_behind(figure, scene.row)
            changes.from_nothing(figure, self.place.text)
            bond = (
                ratios.counted_yield(figure, scene, segment)
                or self.tags.part(figure, segment)
                or binding.bind(figure, segment, chain, scene.row, self.world)
            )
            if pieces(figure, segment, bond):
                bond = binding.bind(figure, segment, chain, scene.row, self.world)
            bond = bond or self.tags.bond(figure, segment)
            if bond is None:
                self._pass(figure, "no word in its clause that holds such a figure")
            elif bond.entry.metric is None:
                self._pass(figure, f"held by {bond.trigger.text!r}")
            else:
                yield bond

    def _pass(self, figure: Token, reason: str) -> None:
        quantity = figure.figure
        start, end = (quantity.start, quantity.end) if quantity else (figure.start, figure.end)
        self.passed.append(
            Passed(field=self.place.field, start=start, end=end, text=self.place.text[start:end], reason=reason)
        )

    def _figure(self, bond: Bond, bonds: Sequence[Bond]) -> None:
        scene = self.scene
        segment = scene.segments[bond.figure.clause]
        bond = agreements.read(bond, bonds, segment)
        if reason := self._outdone(bond, bonds, segment):
            self._pass(bond.figure, reason)
            return
        person = owner_of(scene, bond, bonds, segment) or scene.persons.subject(bond, segment)
        bond, person = payers.settled(scene, bond, segment, person)
        thing = things.product_of(bond, segment, scene.row, self.world, person)
        if thing is None and bond.trigger is bond.figure and self.tags.goes_on() and gapped(bond.figure, segment):
            thing = self.world.product
        person = agreements.buyer(scene, bond, segment, thing) or person
        subjects = refusals.unbound(scene, bond, segment, thing, person) or subjects_for(
            bond.entry, person, thing, self.world
        )
        if not isinstance(subjects, str) and refusals.off_topic(scene, bond.entry, subjects):
            subjects = "has nothing to do with chips"
        if bond.entry.metric == "investment" and subjects == (None,):
            subjects = "nobody is named who pays"
        if isinstance(subjects, str):
            self._pass(bond.figure, subjects)
            if person.how == "foreign" and bond.entry.metric != "growth":
                self.world.entry, scene.told.subject = bond.entry, None
            return
        bond = agreements.as_set_up(bond, subjects, self.world)
        for subject in subjects:
            self._claim(bond, segment, subject, thing, person)

    def _outdone(self, bond: Bond, bonds: Sequence[Bond], segment: Segment) -> str:
        if segment.mode == "if":
            return "stands in an if-clause"
        level = changes.level_of(bond, bonds, self.scene.segments)
        if level is not None:
            return f"a change beside its level {level.text!r}"
        if changes.earlier(bond, bonds, segment, self.scene.row):
            return "an earlier figure without its period"
        return ""

    def _claim(self, bond: Bond, segment: Segment, subject: str | None, thing: str | None, person: Person) -> None:
        scene = self.scene
        home = scene.segments[bond.trigger.clause] if bond.trigger.clause >= 0 else segment
        quantity, metric = rated(bond, segment, home), bond.entry.metric
        if quantity is None or metric is None:
            return
        if metric == "production" and quantity.per and enabled(bond, home):
            metric = "capacity"
        wafers = metric == "capacity" and self.world.units.get(metric) == "wafers/month"
        beside = metric in ("orders", "production") and any(
            t.figure is not None and t.figure.noun == "wafer" for t in segment.before(bond.figure.index)
        )
        if quantity.noun == "piece" and (wafers or beside):
            quantity = replace(quantity, unit="wafers", noun="wafer")
        sized = measure(metric, quantity, bond.sign, unit=unit_before(metric, bond, self.world))
        self.world.units[metric] = unit = currencies.of_sum(scene, quantity, subject, sized.unit)
        if metric == "listed_entities":
            thing = "entity-list" if any(t.entity == "entity-list" for t in segment.tokens) else None
        verdict, period = self._verdict(bond, segment, subject)
        claim = replace(
            self._told(bond, segment, subject, thing, verdict),
            metric=metric,
            value=sized.value,
            value_max=sized.value_max,
            unit=unit,
            bound=sized.bound,
            period=period or sized.period,
            figure=quantity.number_span,
        )
        self._draw(claim, bond, person, verdict, (bond.trigger.text, bond.figure.text))
        self.world.entry = bond.entry
        scene.told.subject = subject

    def _act(self, act: Act) -> None:
        verdict, period = self._verdict(act.bond, act.segment, act.subject)
        claim = self._told(act.bond, act.segment, act.subject, act.thing, verdict)
        self._draw(replace(claim, period=period), act.bond, act.person, verdict, (act.bond.trigger.text,))

    def _verdict(self, bond: Bond, segment: Segment, subject: str | None) -> tuple[Verdict, str | None]:
        """The status of what a bond says, and its period."""
        scene = self.scene
        if (line := self.lines.get(bond.figure.index)) is not None:
            return standing.STATED, line[1]
        token = times.period_token(bond, segment, scene.chain(segment))
        ahead = by_then(token, bond, self.place.text) or lies_ahead(token, scene.published, subject)
        ahead = ahead or with_later(token, scene.row, scene.published) or ahead
        if ahead is None and scene.told.preview and bond.entry.metric in REPORTED:
            ahead = False if told_before(token, self.world.period, scene.published) else None
        began = changes.began(bond, scene.row)
        if scene.rebutted:
            verdict = standing.REBUTTED
        elif began and (bond.entry.metric == "capacity" or changes.dated(bond, segment, scene.row)):
            verdict = standing.BEGAN
        else:
            verdict = standing.status_of(
                bond,
                segment,
                scene.segments,
                scene.speeches,
                subject,
                ahead=ahead,
                running=still_runs(token, scene.published),
            )
        if token is not None and ahead is False and times.after_than(token, segment):
            verdict = standing.HELD
        period = times.read(token, bond, segment, self.world, subject=subject, status=verdict.status)
        return verdict, period.removesuffix("/..") if period and began else period

    def _told(self, bond: Bond, segment: Segment, subject: str | None, thing: str | None, verdict: Verdict) -> Claim:
        """A claim with all but its figure and period."""
        scene, metric = self.scene, bond.entry.metric or ""
        speech = standing.speech_over(scene.speeches, bond.figure.index)
        return Claim(
            metric=metric,
            subject=subject,
            product=thing,
            of=telling.party(metric, subject, segment, scene),
            status=verdict.status,
            attribution=attribution.words(speech, self.place.text),
            evidence=self.place.evidence,
            field=self.place.field,
            act=step(bond.entry, segment.tokens, self.place.text, scene.words.language),
            voice=attribution.voice(speech, subject, scene.article, self.world),
            cites=telling.cited(speech, scene),
            told=telling.manner(verdict, self.place.text[self.place.start : bond.figure.start]),
            dated=telling.dated(scene, segment),
        )

    def _draw(self, claim: Claim, bond: Bond, person: Person, verdict: Verdict, tokens: tuple[str, ...]) -> None:
        reasons = (f"subject: {person.reason}", f"status: {verdict.reason}")
        self.drawn.append(Drawn(claim=claim, pattern=bond.entry.id, tokens=tokens, reasons=reasons))
        self.world.product = claim.product or self.world.product
