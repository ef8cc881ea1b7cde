"""Reads one sentence: binds its figures and acts, and makes claims of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.claims import attribution, growth, products, telling, who
from monitor.claims.clauses import Clause, clauses, tag_verbs
from monitor.claims.draft import Drawn, Passed
from monitor.claims.events import acts
from monitor.claims.frames import SMALLEST_BARE, Bond, bind, figure_kind
from monitor.claims.lexicon import Entry
from monitor.claims.lists import earlier, own_words, respective, respective_period
from monitor.claims.metrics import CEILING, COUNTS, EVENTS, FEWEST, FLOOR, SINGLY, TOTALS, RULER_METRICS, STATES, measure
from monitor.claims.speech import speeches
from monitor.claims.status import Scene, is_analyst, speech_over, status_of
from monitor.claims.when import note, period_of
from monitor.model import Claim

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from monitor.claims.lexicon import Lexicon
    from monitor.claims.tokens import Token
    from monitor.claims.world import World
    from monitor.model import Article, Field


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

    def read(self, place: Place, row: list[Token]) -> tuple[list[Drawn], list[Passed]]:
        if not any(_matters(token) for token in row):
            return [], []
        tag_verbs(row, self.words.verb_endings)
        spoken = speeches(row)
        published = self.article.published
        self.correction = self.correction or any(t.has("correction") for t in row)
        scene = Scene(
            row, clauses(row), spoken, title=place.field == "title", year=published.year if published else 0,
            correction=self.correction, analyst=self.world.analyst,
        )  # fmt: skip
        sentence = _Sentence(self, place, scene)
        return sentence.read()


def _matters(token: Token) -> bool:
    """Whether a sentence that has such a token may hold a claim, or change who is spoken of."""
    return token.kind in ("name", "figure") or token.period is not None or any(e.metric in EVENTS for e in token.entries)


class _Sentence:
    def __init__(self, reader: Reader, place: Place, scene: Scene) -> None:
        self.reader = reader
        self.world = reader.world
        self.place = place
        self.scene = scene
        self.row = scene.row
        self.drawn: list[Drawn] = []
        self.passed: list[Passed] = []
        self.bonds: list[Bond] = []
        self.things: dict[int, str | None] = {}
        self.periods: dict[int, str | None] = {}
        self.by_number = {c.number: c for c in scene.clauses}
        self.cast = who.Cast(reader.world, scene, place.field)

    def read(self) -> tuple[list[Drawn], list[Passed]]:
        self.bonds = bonds = self._bonds()
        for bond in bonds:
            self._claim(bond, bonds)
        for act in acts(self.scene, self.cast, self.world, bonds):
            self.drawn.append(self._act(act))
        self.cast.close()
        named = [s for s in self.scene.speeches if any(not t.has("pronoun", "determiner") for t in s.speaker)]
        if named:
            self.world.analyst = is_analyst(named[-1]) or (named[-1].kind == "estimate" and not named[-1].entities)
        for token in self.row:
            for entry in token.entries:
                if entry.pos == "noun" and entry.metric in ("yield", "market_share", "tariff", "price", "valuation"):
                    self.world.nouns.update(dict.fromkeys(entry.fits, entry))
        if not self.drawn:
            note(self.row, self.world)
        return self.drawn, self.passed

    def _bonds(self) -> list[Bond]:
        bonds: list[Bond] = []
        waiting: list[Token] = []
        for figure in self.row:
            if figure.kind != "figure":
                continue
            reason = _unfit(figure, self.row) or self._of_earlier(figure)
            clause = self.by_number.get(figure.clause)
            if reason or clause is None:
                self._pass(figure, reason or "said by the way, in a speaker's name")
                continue
            bond = growth.bond(figure, clause, self.row, self.world) or bind(figure, clause, self.row, self.world)
            bond = bond or self._carried(figure, bonds) or self._default(figure, clause)
            if bond is None and self._goes_on(figure):
                waiting.append(figure)
            elif bond is None:
                self._pass(figure, "no word in its clause that holds such a figure")
            elif self._subset(figure, bond, bonds):
                self._pass(figure, "a part of the figure before")
            elif bond.entry.metric is None:
                self._pass(figure, f"held by {bond.trigger.text!r}")
            else:
                bonds += [replace(bond, figure=other) for other in waiting] + [bond]
                waiting = []
        for figure in waiting:
            self._pass(figure, "no word in its clause that holds such a figure")
        return bonds

    def _goes_on(self, figure: Token) -> bool:
        """ "95,000 and 62,000 processors": another figure follows at once, and its word holds both."""
        after = self.row[figure.index + 1 : figure.index + 3]
        return len(after) == 2 and (after[0].has("and") or after[0].text == ",") and after[1].kind == "figure"

    def _published(self) -> date | None:
        published = self.reader.article.published
        return published.date() if published else None

    def _rulers(self) -> frozenset[str]:
        return frozenset(t.entity for t in self.row if t.entity and self.world.is_ruler(t.entity))

    def _default(self, figure: Token, clause: Clause) -> Bond | None:
        """A compute rate needs no word: it is what some chip does."""
        if figure.entries:
            return Bond(figure, figure, figure.entries[0], 5)
        if figure.figure is not None and figure.figure.each and figure_kind(figure) == "money":
            entry = Entry(id="price:each", metric="price", pos="adjunct", fits=frozenset({"money"}))
            return Bond(figure, figure, entry, 5)
        if figure_kind(figure) != "compute":
            return None
        entry = Entry(id="performance:unit", metric="performance", pos="adjunct", fits=frozenset({"compute"}))
        return Bond(figure, figure, entry, 5)

    def _of_earlier(self, figure: Token) -> str:
        """An earlier or other figure counts only with its own period; of a capacity always."""
        if not earlier(figure, self.row):
            return ""
        if any(t.period is not None for t in own_words(figure, self.row)):
            return ""
        capacity = any(e.metric == "capacity" for t in self.row[: figure.index] for e in t.entries)
        return "" if capacity else "an earlier figure without its period"

    def _subset(self, figure: Token, bond: Bond, bonds: Sequence[Bond]) -> bool:
        """ "..., seven of them in Singapore": a part of what was counted before."""
        after = self.row[figure.index + 1 : figure.index + 3]
        same = any(b.trigger is bond.trigger and b.figure.clause == figure.clause for b in bonds)
        bare = figure.figure is not None and figure.figure.kind == "bare" and bond.entry.metric == "listed_entities"
        before = self.row[figure.index - 1] if figure.index else None
        counted = figure_kind(figure) in ("units", "bare", "entities") and before is not None and before.text.lower() == "including"
        return same and (bare or counted or any(t.has("subset") for t in after))

    def _carried(self, figure: Token, bonds: Sequence[Bond]) -> Bond | None:
        kind = figure_kind(figure)
        if kind not in ("bare", "percent", "units", "money", "compute", "wafers"):
            return None
        if kind == "bare" and figure.figure is not None and abs(figure.figure.value) < SMALLEST_BARE:
            return self._bare_rate(figure, bonds)
        for bond in reversed(bonds):
            if bond.entry.metric == "growth":
                continue
            between = self.row[bond.figure.index + 1 : figure.index]
            if any(t.verb for t in between) and bond.figure.clause != figure.clause and not self._elliptic(figure):
                continue
            if kind in bond.entry.fits or (
                kind == "bare" and bond.entry.metric in ("performance", "market_share", "yield")
            ):
                return Bond(figure, bond.trigger, bond.entry, bond.cost + 10)
        shared = self._shared_noun(figure, kind)
        if shared is not None:
            return shared
        entry = self.world.entry
        if entry is None or kind not in entry.fits:
            entry = self.world.nouns.get(kind, entry)
        if entry is None or not (kind in entry.fits or (kind == "bare" and "units" in entry.fits)):
            return None
        standing = self._stands_for_figure(figure)
        return None if standing is None else Bond(figure, standing, entry, 10)

    def _shared_noun(self, figure: Token, kind: str) -> Bond | None:
        """ "Sales beat the consensus and came to $9.8 billion": the noun that is subject of both verbs."""
        clause = self.by_number[figure.clause]
        if not clause.tokens[0].has("and") or len(clause.tokens) < 2 or not clause.tokens[1].verb:
            return None
        before = [c for c in self.scene.clauses if c.number < clause.number and c.tokens[0].index < clause.tokens[0].index]
        verb = before[-1].verb if before else None
        for token in before[-1].tokens if before else ():
            for entry in token.entries:
                if entry.pos == "noun" and kind in entry.fits and (verb is None or token.index < verb.index):
                    return Bond(figure, token, entry, 8)
        return None

    def _elliptic(self, figure: Token) -> bool:
        """Whether the clause of a figure leaves its word out: no verb, a name beside the figure, or a word that points back."""
        clause = self.by_number[figure.clause]
        if clause.verb is None or self._stands_for_figure(figure) is not None:
            return True
        subject = self.cast.clause_subject(clause)
        return subject.how in ("named", "product", "none")

    def _bare_rate(self, figure: Token, bonds: Sequence[Bond]) -> Bond | None:
        """A small number without a unit goes on with rates only ("148", after "320 TFLOPS")."""
        for bond in reversed(bonds):
            if bond.entry.metric in ("performance", "market_share", "yield") and bond.figure.clause == figure.clause:
                return Bond(figure, bond.trigger, bond.entry, bond.cost + 10)
        return None

    def _stands_for_figure(self, figure: Token) -> Token | None:
        """ "The rate", "it", or "the company expects": what points back to the figure before."""
        clause = self.by_number[figure.clause]
        before = [t for t in clause.tokens if t.index < figure.index]
        said = next((t for t in before if t.has("figureword")), None)
        if said is None:
            head = before[: next((i for i, t in enumerate(before) if t.verb), len(before))]
            said = next((t for t in head if t.has("pronoun", "role")), None)
        if (
            said is None
            and figure.figure is not None
            and figure.figure.lead == "to"
            and any(t.has("rise", "fall") for t in before)
        ):
            said = next((t for t in before if t.kind == "name"), None)
        if said is None and not any(t.kind == "word" for t in before):
            spoken = [s for s in self.scene.speeches if s.leading and s.says(figure.index)]
            said = next((t for s in spoken for t in s.speaker if t.has("pronoun", "role")), None)
        return said

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
        person = respective(bond, bonds, self.scene, self.world) or self.cast.subject(bond, clause)
        thing = products.product_for(bond, clause, self.row, self.world, person)
        if thing is None and bond.cost >= 10 and metric in ("market_share", "yield"):
            thing = self.world.products.get(metric)
        if thing is None and metric == "market_share":
            thing = self.things.get(bond.trigger.index)
        if metric == "listed_entities":
            thing = "entity-list" if any(t.entity == "entity-list" for t in clause.tokens) else None
        self.things[bond.trigger.index] = thing
        subjects = self._subjects(bond, person, thing)
        if isinstance(subjects, str):
            self._pass(figure, subjects)
            return
        for subject in subjects:
            self._add(bond, clause, metric, subject, thing, person)

    def _subjects(self, bond: Bond, person: who.Person, thing: str | None) -> tuple[str | None, ...] | str:
        return who.subjects_for(bond.entry, person, thing, self.world)

    def _add(
        self, bond: Bond, clause: Clause, metric: str, subject: str | None, thing: str | None, person: who.Person
    ) -> None:
        quantity = bond.figure.figure
        if quantity is None:
            return
        reason = _implausible(metric, bond, clause, thing)
        if reason:
            self._pass(bond.figure, reason)
            return
        if metric == "market_share" and self.world.is_ruler(subject) and self._of_sales(clause):
            metric = "tariff"
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
            metric, bond.trigger, bond.figure, clause, self.row, self.world, subject=subject, status=verdict.status,
            siblings=self._siblings(bond),
        )  # fmt: skip
        speech = speech_over(self.scene, bond.trigger.index)
        when = when or self._period_before(bond)
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
            voice=attribution.voice(speech, subject, self.reader.article),
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
        self.world.entry = bond.entry
        if thing:
            self.world.products[metric] = thing
        else:
            self.world.products.pop(metric, None)

    def _period_before(self, bond: Bond) -> str | None:
        """Figures that share a word share its period: "55 percent in 2025, and Huawei about a fifth"."""
        return None if earlier(bond.figure, self.row) else self.periods.get(bond.trigger.index)

    def _siblings(self, bond: Bond) -> frozenset[int]:
        """Places of the figures that share a figure's word."""
        return frozenset(
            b.figure.index for b in self.bonds if b.trigger is bond.trigger and not earlier(b.figure, self.row)
        )

    def _rate(self, metric: str, bond: Bond, own: str | None) -> str | None:
        """ "Per month", said of a figure, or of the one that it goes on from ("and is to rise to 25,000")."""
        quantity = bond.figure.figure
        if any(t.period is not None and t.period.rule == "same" for t in own_words(bond.figure, self.row)[:2]):
            own = None
        following = self.row[bond.figure.index + 1 : bond.figure.index + 2]
        if following and following[0].text.lower() in ("earlier", "ago", "before"):
            own = None
        if own is None and quantity is not None and quantity.kind == "bare" and quantity.lead == "to":
            own = self.world.rates.get(metric)
        self.world.rates[metric] = own
        return own

    def _of_sales(self, clause: Clause) -> bool:
        """A state's share of a company's sales is a levy."""
        return any(t.has("class:salesword", "class:proceedsword") for t in clause.tokens)

    def _unit_before(self, metric: str, bond: Bond) -> str:
        """What a figure without a unit counts: as the last figure of its metric; a monthly capacity is of wafers."""
        if metric == "capacity" and bond.trigger.has("monthly"):
            return "wafers/month"
        return self.world.units.get(metric, "")

    def _draw(self, claim: Claim, pattern: str, tokens: Sequence[Token], reasons: tuple[str, ...]) -> None:
        self.drawn.append(Drawn(claim=claim, pattern=pattern, tokens=tuple(t.text for t in tokens), reasons=reasons))

    def _act(self, act) -> Drawn:  # type: ignore[no-untyped-def]
        clause, trigger, entry = act.clause, act.trigger, act.entry
        verdict = status_of(
            self.scene,
            clause,
            trigger,
            None,
            (act.subject,) if act.subject else (),
            metric=entry.metric,
            rulers=self._rulers(),
            fixed=entry.status,
        )
        speech = speech_over(self.scene, trigger.index)
        claim = Claim(
            metric=entry.metric,
            subject=act.subject,
            product=act.product,
            of=telling.party(entry.metric, trigger, act.subject, self.row, self.world),
            status=verdict.status,
            period=period_of(
                entry.metric, trigger, None, clause, self.row, self.world, subject=act.subject, status=verdict.status
            ),
            attribution=attribution.words(speech, self.place.text),
            evidence=self.place.evidence,
            field=self.place.field,
            act=entry.act,
            voice=attribution.voice(speech, act.subject, self.reader.article),
            cites=telling.cited(self.scene.speeches, trigger.index, self.place.text, self.reader.article),
            told=telling.manner(verdict.reason, clause),
            dated=telling.dated(clause, self._published()),
        )
        return Drawn(
            claim=claim, pattern=entry.id, tokens=(trigger.text,), reasons=(act.reason, f"status: {verdict.reason}")
        )


def _unfit(figure: Token, row: Sequence[Token]) -> str:
    quantity = figure.figure
    if quantity is None:
        return "no figure"
    if quantity.vague:
        return "a vague magnitude"
    if quantity.conversion:
        return "a conversion into another currency"
    if _beaten(figure, row) or any(t.has("hadexpected") for t in row[max(0, figure.index - 9) : figure.index]):
        return "what others had expected"
    if any(t.has("tolerance") for t in row[max(0, figure.index - 2) : figure.index]):
        return "a tolerance"
    if _of_another(figure, row):
        return "a comparison"
    if quantity.kind == "bare" and 1990 <= quantity.value <= 2060 and quantity.value == int(quantity.value):
        return "a year"
    if quantity.kind == "bare" and quantity.value < 10_000 and (_numbered(figure, row) or _of_name(figure, row)):
        return "a model number"
    return ""


def _of_another(figure: Token, row: Sequence[Token]) -> bool:
    """ "a third of TSMC's", "half of that": a fraction of somebody else's figure, not of a whole."""
    quantity = figure.figure
    if quantity is None or quantity.kind != "percent" or any(c.isdigit() for c in figure.text):
        return False
    after = row[figure.index + 1 : figure.index + 3]
    return len(after) == 2 and after[0].has("of") and (
        (after[1].kind == "name" and after[1].possessive) or after[1].text.lower() in ("that", "those", "what")
    )


def _implausible(metric: str, bond: Bond, clause: Clause, thing: str | None) -> str:
    """Figures too small or too large for what they would be."""
    quantity = bond.figure.figure
    if quantity is None:
        return ""
    money = quantity.kind == "money"
    if metric in TOTALS and money and abs(quantity.value) < FLOOR:
        return "too little money for a total"
    if metric == "penalty" and quantity.each:
        return "a penalty for each case"
    if metric == "price" and quantity.value > CEILING:
        return "too much money for one unit"
    if metric == "price" and thing is None and not any(t.has("class:chipword", "product_pronoun") for t in clause.tokens):
        return "the price of something else"
    if metric in COUNTS and quantity.kind == "count" and quantity.unit == "units" and quantity.value < FEWEST and thing not in SINGLY:
        return "too few units to be news"
    return ""


def _of_name(figure: Token, row: Sequence[Token]) -> bool:
    """ "RTX 3060", "Nvidia 595": digits without a comma right after a name."""
    before = row[figure.index - 1] if figure.index else None
    plain = figure.text.isdigit()
    return plain and before is not None and before.capital and before.kind in ("word", "name") and before.end + 1 == figure.start


def _beaten(figure: Token, row: Sequence[Token]) -> bool:
    """ "the Street's $1.22 billion consensus", "above what analysts had pencilled in at $3.37bn", "below ~$1.9B est."."""
    for token in row[figure.index + 1 : figure.index + 4]:
        if token.has("consensus") and not token.verb:
            return True
        if token.kind in ("mark", "figure") or token.verb:
            break
    told = False
    for token in reversed(row[max(0, figure.index - 10) : figure.index]):
        if token.kind == "figure" or token.text in (",", ";", "("):
            return False
        told = told or token.has("consensus")
        if told and token.has("than", "beats"):
            return True
    return False


def _numbered(figure: Token, row: Sequence[Token]) -> bool:
    """ "the 690": a part called by its number."""
    before = row[figure.index - 1] if figure.index else None
    after = row[figure.index + 1] if figure.index + 1 < len(row) else None
    return (
        before is not None
        and before.text.lower() == "the"
        and not (after is not None and (after.has("of", "class:chipword") or after.kind == "name"))
    )
