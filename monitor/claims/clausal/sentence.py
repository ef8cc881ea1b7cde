"""Reads one sentence: binds its figures and acts, and makes claims of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.clausal import attribution, products, telling
from monitor.claims.clausal.acts.events import Act, acts
from monitor.claims.clausal.clauses import Clause, clauses
from monitor.claims.clausal.context import Context
from monitor.claims.clausal.figures import growth
from monitor.claims.clausal.figures.binder import Binder
from monitor.claims.clausal.figures.unfit import implausible
from monitor.claims.clausal.lists import respective
from monitor.claims.clausal.quiet import may_tell
from monitor.claims.clausal.scene import Scene, speech_over
from monitor.claims.clausal.speeches import speeches, until_told
from monitor.claims.clausal.status.outlook import is_analyst
from monitor.claims.clausal.status.verdict import status_of
from monitor.claims.clausal.verbs import tag_verbs
from monitor.claims.clausal.when import note, period_of
from monitor.claims.clausal.who.cast import Cast
from monitor.claims.clausal.who.pointing import complete, complete_one, resolve_pair, resolve_units
from monitor.claims.clausal.who.stage import title_case
from monitor.claims.draft import Drawn, Passed, Place, Verdict
from monitor.claims.frames import figure_kind
from monitor.claims.headings import heading, is_item
from monitor.claims.metrics import EVENTS
from monitor.claims.persons import subjects_for
from monitor.claims.rejoinder import rejoins
from monitor.claims.tables import columns
from monitor.claims.tokens import drop_glosses
from monitor.model import Claim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.lexicon import Lexicon
    from monitor.claims.persons import Person
    from monitor.claims.rows import Row
    from monitor.claims.tokens import Token
    from monitor.claims.world import World
    from monitor.model import Article


_FIRST_PERSON = ("we ", "We ", "our ", "Our ", "rating", "Rating", "weight", "target price")
"""Without one of these no text is a broker's note."""
_UNITS = (" unit", " arm", "subsidiary", "affiliate")
_REMEMBERED = ("yield", "market_share", "tariff", "price", "valuation", "revenue")
"""Nouns that a figure of the next sentence may go back to, even where they held none."""


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
        if "(" in place.evidence:
            drop_glosses(row)
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
        complete(row, place.text)
        self._point(row, place.evidence)
        tag_verbs(row, self.words.verb_endings)
        spoken = speeches(row)
        cut = clauses(row)
        spoken = until_told(spoken, cut, row) if spoken else spoken
        published = self.article.published
        cues = frozenset().union(*(t.cues for t in row))
        self.correction = self.correction or "correction" in cues
        scene = Scene(
            row, cut, spoken, title=place.field == "title", year=published.year if published else 0,
            correction=self.correction, cues=cues, analyst=self.world.analyst or self.research,
            results=self.world.period is not None,
        )  # fmt: skip
        if not is_item(row):
            self.world.heading = heading(row, self.world)
        sentence = _Sentence(self, place, scene)
        return sentence.read()

    def _point(self, row: list[Token], written: str) -> None:
        """Gives words that name nothing by themselves their meaning; most sentences have none of them."""
        if " one" in written or "that year" in written:
            day = self.article.published.date() if self.article.published else None
            complete_one(row, self.world, self.words.language, day)
        if any(word in written.lower() for word in _UNITS):
            resolve_units(row, self.world)
        if "former" in written or "latter" in written:
            resolve_pair(row, self.world)

    def may_tell(self, row: Row) -> bool:
        """Whether it must be read at once; one that tells nothing waits for the next that may."""
        return may_tell(row, self.world)

    def leave(self) -> None:
        """Between two sentences: nothing is left to do."""

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
        self.cast = Cast(reader.world, scene, place.field)

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
        metric = bond.entry.metric
        if figure.figure is None or metric is None:
            return
        if clause.mode == "if":
            self._pass(figure, "stands in an if-clause")
            return
        level = growth.level_of(bond, bonds, self.row)
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
        thing = self.things[bond.trigger.index] = self._thing(bond, clause, metric, person)
        subjects = self._subjects(bond, person, thing)
        if isinstance(subjects, str):
            self._pass(figure, subjects)
            return
        things = products.taxed(figure, clause, self.world) if metric == "tariff" else []
        for subject in subjects:
            for one in things if len(things) > 1 else [thing]:
                self._add(bond, clause, metric, subject=subject, thing=one, person=person)

    def _subjects(self, bond: Bond, person: Person, thing: str | None) -> tuple[str | None, ...] | str:
        return subjects_for(bond.entry, person, thing, self.world)

    def _add(
        self, bond: Bond, clause: Clause, metric: str, *, subject: str | None, thing: str | None, person: Person
    ) -> None:
        quantity = bond.figure.figure
        if quantity is None:
            return
        reason = implausible(metric, bond, clause, thing)
        if reason:
            self._pass(bond.figure, reason)
            return
        metric = self._metric(metric, bond, clause, subject, person)
        sized = self._sized(metric, quantity, bond, clause)
        verdict = self._verdict(clause, bond.trigger, bond.figure, subject, metric=metric, fixed=bond.entry.status)
        verdict, when = self._when(metric, bond, clause, subject, verdict)
        claim = replace(
            self._told(metric, subject, clause, verdict, bond.trigger, at=bond.figure),
            product=thing,
            value=sized.value,
            value_max=sized.value_max,
            unit=sized.unit,
            bound=sized.bound,
            period=self._rate(metric, bond, sized.period) or when,
            figure=quantity.number_span,
            act=bond.entry.act,
            of=telling.party(metric, bond.trigger, subject, self.row, self.world)
            or telling.narrowed(metric, bond.trigger, self.row),
        )
        reasons = (f"subject: {person.reason}", f"status: {verdict.reason}")
        self._draw(claim, bond.entry.id, (bond.trigger, bond.figure), reasons)
        self._remember(bond, claim, metric)

    def _remember(self, bond: Bond, claim: Claim, metric: str) -> None:
        """What the next figure may go on from."""
        self.world.entry, self.world.last = bond.entry, claim
        self.world.kinds[figure_kind(bond.figure)] = bond.entry
        if claim.product:
            self.world.products[metric] = claim.product
        else:
            self.world.products.pop(metric, None)

    def _draw(self, claim: Claim, pattern: str, tokens: Sequence[Token], reasons: tuple[str, ...]) -> None:
        self.drawn.append(Drawn(claim=claim, pattern=pattern, tokens=tuple(t.text for t in tokens), reasons=reasons))

    def _no_longer(self, clause: Clause, trigger: Token) -> bool:
        """ "will no longer let ASML service", "won't allow": a bar, where "has not allowed" is no act at all."""
        return any(t.has("class:withheld") and t.index < trigger.index for t in clause.tokens)

    def _act(self, act: Act) -> Drawn:
        clause, trigger, entry, metric = act.clause, act.trigger, act.entry, act.metric
        verdict = self._verdict(clause, trigger, None, act.subject, metric=metric, fixed=entry.status)
        withheld = verdict.status == "denied" and entry.act == "granted" and self._no_longer(clause, trigger)
        if withheld:
            verdict = Verdict("achieved", "no longer let through")
        claim = replace(
            self._told(metric, act.subject, clause, verdict, trigger, at=trigger),
            product=act.product,
            product_name=act.name,
            of=telling.party(metric, trigger, act.subject, self.row, self.world),
            period=period_of(
                metric, trigger, None, clause, self.row, world=self.world, subject=act.subject, status=verdict.status
            ),
            act="tightened" if withheld else entry.act,
        )
        reasons = (act.reason, f"status: {verdict.reason}")
        return Drawn(claim=claim, pattern=entry.id, tokens=(trigger.text,), reasons=reasons)

    def _verdict(
        self, clause: Clause, trigger: Token, figure: Token | None, subject: str | None, *, metric: str,
        fixed: str | None,
    ) -> Verdict:  # fmt: skip
        kin = (t.entity for t in self.row if t.entity and subject and self.world.one(t.entity, subject))
        subjects = (subject, *dict.fromkeys(kin)) if subject else ()  # Baidu speaks for Kunlunxin too
        rulers = self._rulers()
        if subject in rulers or self.world.is_ruler(subject):
            rulers = frozenset(r for r in rulers if self.world.one(r, subject))
        return status_of(self.scene, clause, trigger, figure, subjects, metric=metric, rulers=rulers, fixed=fixed)

    def _announcer(self, clause: Clause) -> str | None:
        verb = clause.verb
        if verb is None or not verb.has("say") or verb.speech is not None:
            return None
        return self.cast.clause_subject(clause).entity

    def _told(
        self, metric: str, subject: str | None, clause: Clause, verdict: Verdict, trigger: Token, *, at: Token
    ) -> Claim:
        """What a figure's claim and an act's have alike; `at` is the token whose source is asked for."""
        speech, article = speech_over(self.scene, trigger.index), self.reader.article
        return Claim(
            metric=metric,
            subject=subject,
            status=verdict.status,
            attribution=attribution.words(speech, self.place.text),
            evidence=self.place.evidence,
            field=self.place.field,
            voice=attribution.voice(speech, subject, article, self.world, announcer=self._announcer(clause)),
            cites=telling.cited(self.scene.speeches, at.index, self.place.text, article),
            told=telling.manner(metric, verdict.reason, clause),
            dated=telling.dated(clause, self._published()),
        )
