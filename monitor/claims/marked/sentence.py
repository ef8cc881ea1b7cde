"""Claims of the figures of a sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from math import log
from typing import TYPE_CHECKING

from monitor.claims.draft import Drawn, Passed
from monitor.claims.frames import Bond, figure_kind
from monitor.claims.marked import binding, cues, fitness, standing, times
from monitor.claims.marked.acts import Acts
from monitor.claims.marked.changes import level_of, portion
from monitor.claims.marked.ground import allowed
from monitor.claims.marked.party import party
from monitor.claims.metrics import COUNTS, REPORTED, TOTALS, measure
from monitor.claims.persons import Person, subjects_for
from monitor.model import Claim

if TYPE_CHECKING:
    from monitor.claims.lexicon import Entry
    from monitor.claims.tokens import Token
    from monitor.model import Bound

_FEWEST_INSTALLED = 500
"""Fewer are the parts of one machine."""
_LISTED = 12
"""Tokens between two figures of a list."""
_RESULTS = frozenset({"revenue", "profit"})
_MAKERS_OWN = frozenset({"performance", "price", "yield", "process_node"})


_PRICED = frozenset({"deal:headline", "investment:headline", "deal:noun:price"})
_SUMS = re.compile(r"総額|金額|価格|規模|額は|인수가|금액|규모|kaufpreis|preis|summe", re.IGNORECASE)
"""What a sum of an act told before must be called."""


class Sentence(Acts):
    """Binds the figures of a sentence, and makes claims of them and of its acts."""

    def read(self) -> tuple[list[Drawn], list[Passed]]:
        for figure in self.ground.row:
            fitness.lend_unit(figure, self.ground, self.carried.money)
            if figure.figure is not None and figure.figure.kind == "money":
                self.carried.money = figure.figure
        bonds = self.bonds = self._bonds()
        for bond in bonds:
            level = level_of(bond, bonds)
            if level is not None:
                self._pass(bond.figure, f"a change beside its level {level.text!r}")
                continue
            self._claim(binding.rated(bond, self.ground))
        self.carried.levels |= {(d.claim.metric, d.claim.subject) for d in self.drawn}
        counted = {bond.entry.metric for bond in bonds}
        self._acts(counted)
        return self.drawn, self.passed

    def _bonds(self) -> list[Bond]:
        bonds: list[Bond] = []
        for figure in self.ground.row:
            if figure.kind != "figure":
                continue
            reason = fitness.unfit(figure, self.ground)
            bond = None if reason else binding.bind(figure, self.ground)
            if bond is None and not reason:
                bond = self._goes_on(
                    figure, bonds[-1].entry if bonds else self.world.entry, bonds[-1] if bonds else None
                )
            if bond is None:
                self._pass(figure, reason or "no word in its sentence that holds such a figure")
            elif bond.entry.metric is None:
                self._pass(figure, f"held by {bond.trigger.text!r}")
            elif any(fitness.beyond(bond, b) for b in bonds):
                self._pass(figure, "a mark that the figure before is beyond")
            elif self._part_of_told(figure, bond) or any(
                b.trigger is bond.trigger and fitness.subset(figure, b, self.ground) for b in bonds
            ):
                self._pass(figure, "a part of the figure before")
            else:
                if bonds and fitness.passed_over(bonds[-1], bond, self.ground):
                    self._pass(bonds.pop().figure, "only the mark that the next figure is beyond")
                bonds.append(bond)
        return bonds

    def _part_of_told(self, figure: Token, bond: Bond) -> bool:
        """ "このうち500億ドルを研究開発に充てる": a part of the investment that the sentence before told."""
        told, quantity = self.carried.told, figure.figure
        if told is None or quantity is None or told.metric != "investment" or bond.entry.metric != "investment":
            return False
        leads = any(t.has("subset") for t in self.ground.row[: figure.index]) and not self.persons.named
        return leads and told.unit == quantity.unit and told.value is not None and quantity.value < told.value

    def _listed(self, figure: Token, before: Bond) -> bool:
        """ "TSMCが7割、UMCが5%": a further name with its figure of the same kind."""
        one, two = before.figure.figure, figure.figure
        if one is None or two is None or one.kind != two.kind or one.unit != two.unit:
            return False
        between = self.ground.row[before.figure.index + 1 : figure.index]
        named = any(n.token in between and n.role not in ("source", "foreign") for n in self.persons.named)
        same = self.ground.segment(figure).part == self.ground.segment(before.figure).part
        return named and same and len(between) < _LISTED and not any(t.entries for t in between)

    def _goes_on(self, figure: Token, entry: Entry | None, before: Bond | None = None) -> Bond | None:
        """A sentence that leaves out the word of the figure before: "2023년에는 6%였다", "waren es 13,5 Milliarden"."""
        kind = figure_kind(figure)
        if entry is None or entry.metric in (None, "penalty"):
            return None
        if entry.id in _PRICED and not _SUMS.search(self.place.text[self.place.start : figure.start]):
            return None
        if before is not None and self._listed(figure, before):
            return Bond(figure, figure, entry, 10)
        if not (kind in entry.fits or (kind == "bare" and "units" in entry.fits)):
            return None
        if binding.small_change(figure, entry):
            return None
        entry = self._nearer(figure, entry)
        segment = self.ground.segment(figure).tokens
        if any(kind in e.fits for t in segment if t.kind != "figure" for e in t.entries if allowed(e, t, self.ground)):
            return None
        if any(n.role == "foreign" for n in self.persons.named) or portion(figure, self.ground):
            return None
        if kind != "money" and any(t.has("subset") for t in self.ground.row):
            return None
        if kind == "bare" and not binding.weighty(figure):
            return None
        first = self.ground.row[0]
        if not self.ground.verb_final and first.kind == "word" and first.capital and kind == "money":
            return None
        return Bond(figure, figure, entry, 10)

    def _nearer(self, figure: Token, entry: Entry) -> Entry:
        """ "… stellt 9,4 Milliarden in Aussicht", after sales of 8.9 and a profit of 2.5: of two results the nearer."""
        quantity, results = figure.figure, self.carried.results
        if quantity is None or entry.metric not in _RESULTS or len(results) < 2 or quantity.value <= 0:
            return entry
        alike = [(e, value) for e, value, unit in results.values() if unit == quantity.unit and value > 0]
        return min(alike, key=lambda told: abs(log(told[1] / quantity.value)), default=(entry, 0))[0]

    def _pass(self, figure: Token, reason: str) -> None:
        quantity = figure.figure
        start, end = (quantity.start, quantity.end) if quantity else (figure.start, figure.end)
        text = self.place.text[start:end]
        self.passed.append(Passed(field=self.place.field, start=start, end=end, text=text, reason=reason))

    def _claim(self, bond: Bond) -> None:
        figure, metric = bond.figure, bond.entry.metric
        if figure.figure is None or metric is None:
            return
        if self.ground.segment(figure).mode == "if":
            self._pass(figure, "stands in an if-clause")
            return
        if cues.unconfirmed(bond, self.ground):
            self._pass(figure, "not confirmed")
            return
        if metric == "deployment" and figure.figure.value < _FEWEST_INSTALLED:
            self._pass(figure, "too few to be a cluster")
            return
        if metric in TOTALS and figure.figure.kind == "bare" and not self.world.units.get(metric, "").isupper():
            self._pass(figure, "a sum without its currency")
            return
        if self._counts_part(bond):
            self._pass(figure, "a part of what was counted before")
            return
        person = self.persons.subject(bond)
        if metric == "investment" and bond.entry.pos == "verb" and self.persons.put_into_company(bond, person):
            bond = replace(bond, entry=replace(bond.entry, metric="deal", id=f"deal/{bond.entry.id}"))
            metric = "deal"
        thing = self.things.thing(bond, person)
        maker = self.world.maker(thing)
        if maker and metric in _MAKERS_OWN and person.how == "carried":
            person = Person((maker,), "product", "maker of the product")
        if metric == "deal" and bond.entry.pos == "noun" and (tenant := self.persons.tenant(person)):
            person = Person((tenant,), "named", "who buys computing")
        subjects = subjects_for(bond.entry, person, thing, self.world)
        if isinstance(subjects, str):
            self._pass(figure, subjects)
            return
        told = bond.entry.id.removeprefix("growth/").split(":")[0]
        open_end = any(t.has("plan", "expect", "future", "goal") for t in self.ground.row)
        if metric == "growth" and not open_end and any((told, subject) in self.carried.levels for subject in subjects):
            self._pass(figure, "a change of a figure whose level was told")
            return
        for subject in subjects:
            self._add(bond, metric, subject, thing, person)

    def _counts_part(self, bond: Bond) -> bool:
        """ "1万個はすでに稼働している": some of those that the claim before has counted."""
        told, quantity = self.carried.told, bond.figure.figure
        if told is None or told.value is None or quantity is None or told.metric != bond.entry.metric:
            return False
        if self.persons.named or quantity.kind == "money" or told.metric not in COUNTS:
            return False
        already = any(t.has("already") for t in self.ground.segment(bond.figure).tokens)
        return already and quantity.value < told.value

    def _add(self, bond: Bond, metric: str, subject: str | None, thing: str | None, person: Person) -> None:
        quantity = bond.figure.figure
        if quantity is None:
            return
        sized = measure(metric, quantity, bond.sign, unit=self.world.units.get(metric, ""))
        self.world.units[metric] = sized.unit
        if metric == "listed_entities":
            american = subject is None or self.world.entities[subject].country == "US"
            named = any(t.entity == "entity-list" for t in self.ground.row)
            thing = "entity-list" if named and american else None
        token = times.period_token(bond, self.ground)
        verdict = self._verdict(bond, metric, subject, token, ranged=sized.value_max is not None)
        alike = verdict.status != "achieved" and verdict.status == self.carried.status
        goes_on = bond.trigger is bond.figure or alike
        when = times.read(
            token, metric, self.world, subject=subject, status=verdict.status, goes_on=goes_on, announced=self.announced
        )
        claim = Claim(
            metric=metric, subject=subject, product=thing, value=sized.value, value_max=sized.value_max,
            unit=sized.unit, bound=self._bound(bond, sized.bound), status=verdict.status, period=sized.period or when,
            attribution=self._source(), evidence=self.place.evidence, field=self.place.field,
            figure=quantity.number_span, act=self._step(bond), voice=self._voice(subject),
            of=party(metric, bond.trigger, subject, self.ground),
            told="passing" if standing.describes(bond, self.ground) else "news",
        )  # fmt: skip
        reasons = (f"subject: {person.reason}", f"status: {verdict.reason}")
        tokens = (bond.trigger.text, bond.figure.text)
        self.drawn.append(Drawn(claim=claim, pattern=bond.entry.id, tokens=tokens, reasons=reasons))
        self._keep(bond, claim)

    def _verdict(
        self, bond: Bond, metric: str, subject: str | None, token: Token | None, *, ranged: bool
    ) -> standing.Verdict:
        """The status of a figure; `token`: its period, `ranged`: it is a range."""
        published = self.carried.article.published
        day = published.date() if published else None
        period = token.period if token else None
        current = times.is_current(period, day)
        due = current and period is not None and period.role == "by"
        outsider = self._outsider(subject)
        running = outsider and metric in REPORTED and times.is_running(period, day)
        coming = token is not None and token.has("class:yearsahead")  # "in den nächsten drei Jahren"
        ahead = running or (metric != "deal" and (due or coming or times.lies_ahead(period, day)))
        verdict = standing.status_of(
            bond, self.ground, outsider=outsider, ahead=ahead,
            earlier=fitness.earlier(bond.figure, self.ground), unnamed=self._unnamed(),
            rules=self._rules(metric, subject), current=current,
            total=period is not None and period.rule == "cumulative",
        )  # fmt: skip
        if metric == "investment" and ranged and current and verdict.status == "achieved":
            return standing.Verdict("planned", "a range for a year that is not over")
        return verdict

    def _keep(self, bond: Bond, claim: Claim) -> None:
        """What the figures and sentences to come may go on from."""
        base = bond.entry.id.removeprefix("growth/").split(":")[0]
        self.world.entry = replace(bond.entry, metric=base) if claim.metric == "growth" else bond.entry
        if claim.metric in _RESULTS and claim.value is not None:
            self.carried.results[claim.metric] = (self.world.entry, claim.value, claim.unit)
        self.persons.last = claim.subject
        self.carried.status = claim.status
        self.carried.told = claim
        self.carried.bought = self.carried.bought or claim.metric == "deal"
        self.carried.listed = self.carried.listed or claim.metric == "listed_entities"

    def _bound(self, bond: Bond, said: Bound) -> Bound:
        """The bound beside the figure, else that of a verb further off ("überstieg am Freitag erstmals …")."""
        tokens = self.ground.segment(bond.figure).tokens
        alone = sum(t.kind == "figure" for t in tokens) == 1
        return "at_least" if said == "exact" and alone and any(t.has("over") for t in tokens) else said
