"""Reads an article's sentences in order and makes claims of their figures and acts."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.claims.draft import Drawn, Passed
from monitor.claims.frames import Bond, figure_kind
from monitor.claims.marked import binding, fitness, roles, standing, times
from monitor.claims.marked.binding import Ground
from monitor.claims.marked.persons import Persons
from monitor.claims.marked.segments import rejoin_prefixes, segments
from monitor.claims.metrics import EVENTS, REPORTED, RULER_METRICS, TOTALS, measure
from monitor.claims.steps import step
from monitor.claims.who import Person, subjects_for
from monitor.model import Claim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.lexicon import Entry, Lexicon
    from monitor.claims.numbers.model import Quantity
    from monitor.claims.sentence import Place
    from monitor.claims.tokens import Token
    from monitor.claims.world import World
    from monitor.model import Article, Bound, Voice

_REPORTED_IN = frozenset(
    {"quarter", "half", "fiscal_quarter", "quarter_ended", "half_ended", "month_span", "year_ended"}
)
_BEGINS = frozenset({".", ":", "?", "!", "„", "“", '"', "»", "«", "–", "—", "|"})
_FEWEST_INSTALLED = 500
"""Fewer are the parts of one machine."""
_REMINDERS = frozenset({"als", "nachdem", "seit", "seitdem", "weil", "depuis", "lorsque"})
_MONEY = frozenset({"money"})
_INTERVIEW = re.compile(r"一問一答|主なやりとり|に聞く|일문일답|인터뷰")
"""What comes is what the one company that is named says of itself."""
_LISTED = 12
"""Tokens between two figures of a list."""
_TOPICS = frozenset("は은는")
_PARTED = frozenset({"shipments", "orders", "deployment", "production"})
_MAKERS_OWN = frozenset({"performance", "price", "yield", "process_node"})


def _asks(text: str) -> bool:
    """ "通期の設備投資は。": a question, in an interview, that names what the answer is about."""
    return re.search(r"(?:は|은|는|규모)[。?？]?\s*$|(?:か|까|요|나)[。?？]\s*$", text) is not None


def _nouns_are_no_verbs(row: Sequence[Token]) -> None:
    """ "Erlöse", "Schnitt": a capital within a German sentence is a noun, whatever form of a verb it looks like."""
    for before, token in pairwise(row):
        if token.kind == "phrase" and token.capital and before.text not in _BEGINS:
            token.entries = tuple(e for e in token.entries if ":~" not in e.id)


class MarkedReader:
    """Keeps what was spoken of from sentence to sentence."""

    def __init__(self, world: World, words: Lexicon, article: Article) -> None:
        self.world = world
        self.words = words
        self.article = article
        self.marks = roles.Marks(words)
        self.levels: set[tuple[str, str | None]] = set()
        """Metrics and subjects of the figures told so far."""
        self.status = ""
        """Of the last claim."""
        self.unnamed = False
        self.money: Quantity | None = None
        """The last sum of money."""
        self.told: Claim | None = None
        """The last claim."""
        self.bought = False
        """Whether a purchase was told with its price."""
        self.stranger = False
        """Whether somebody off the watchlists acted last."""
        self.listed = False
        """Whether a listing was told with its count."""
        self.outsider = False
        """Whether somebody else than the subject was cited last."""

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
        sentence = _Sentence(self, place, ground, Persons(ground, named, self.told))
        found = sentence.read()
        self._close(place, row, named, {drawn.claim.subject for drawn in found[0]})
        if not found[0]:
            self._note(place, row)
        return found

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


class _Sentence:
    def __init__(self, reader: MarkedReader, place: Place, ground: Ground, persons: Persons) -> None:
        self.reader = reader
        self.world = reader.world
        self.place = place
        self.ground = ground
        self.persons = persons
        self.drawn: list[Drawn] = []
        self.passed: list[Passed] = []
        self.bonds: list[Bond] = []

    def read(self) -> tuple[list[Drawn], list[Passed]]:
        for figure in self.ground.row:
            fitness.lend_unit(figure, self.ground, self.reader.money)
            if figure.figure is not None and figure.figure.kind == "money":
                self.reader.money = figure.figure
        bonds = self.bonds = self._bonds()
        for bond in bonds:
            level = binding.level_of(bond, bonds)
            if level is not None:
                self._pass(bond.figure, f"a change beside its level {level.text!r}")
                continue
            self._claim(binding.rated(bond, self.ground))
        self.reader.levels |= {(d.claim.metric, d.claim.subject) for d in self.drawn}
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
        told, quantity = self.reader.told, figure.figure
        if told is None or quantity is None or told.metric != "investment" or bond.entry.metric != "investment":
            return False
        leads = any(t.has("subset") for t in self.ground.row[: figure.index]) and not self.persons.named
        return leads and told.unit == quantity.unit and told.value is not None and quantity.value < told.value

    def _listed(self, figure: Token, before: Bond) -> bool:
        """ "首位のTSMCが71.4%、2位のサムスン電子が6.8%": a further name with its figure of the same kind."""
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
        if before is not None and self._listed(figure, before):
            return Bond(figure, figure, entry, 10)
        if not (kind in entry.fits or (kind == "bare" and "units" in entry.fits)):
            return None
        segment = self.ground.segment(figure).tokens
        if any(
            kind in e.fits
            for t in segment
            if t.kind != "figure"
            for e in t.entries
            if binding.allowed(e, t, self.ground)
        ):
            return None
        if any(n.role == "foreign" for n in self.persons.named) or binding.portion(figure, self.ground):
            return None
        if kind != "money" and any(t.has("subset") for t in self.ground.row):
            return None
        if kind == "bare" and not binding.weighty(figure):
            return None
        first = self.ground.row[0]
        if not self.ground.verb_final and first.kind == "word" and first.capital and kind == "money":
            return None
        return Bond(figure, figure, entry, 10)

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
        if standing.unconfirmed(bond, self.ground):
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
        thing = self.persons.thing(bond, person)
        maker = self.world.maker(thing)
        if maker and metric in _MAKERS_OWN and person.how == "carried":
            person = Person((maker,), "product", "maker of the product")
        subjects = subjects_for(bond.entry, person, thing, self.world)
        if isinstance(subjects, str):
            self._pass(figure, subjects)
            return
        told = bond.entry.id.removeprefix("growth/").split(":")[0]
        open_end = any(t.has("plan", "expect", "future", "goal") for t in self.ground.row)
        if metric == "growth" and not open_end and any((told, subject) in self.reader.levels for subject in subjects):
            self._pass(figure, "a change of a figure whose level was told")
            return
        for subject in subjects:
            self._add(bond, metric, subject, thing, person)

    def _counts_part(self, bond: Bond) -> bool:
        """ "1万個はすでに稼働している": some of those that the claim before has counted."""
        told, quantity = self.reader.told, bond.figure.figure
        if told is None or told.value is None or quantity is None or told.metric != bond.entry.metric:
            return False
        if self.persons.named or quantity.kind == "money" or told.metric not in _PARTED:
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
        published = self.reader.article.published
        day = published.date() if published else None
        ahead = metric != "deal" and times.lies_ahead(token.period if token else None, day)
        current = times.is_current(token.period if token else None, day)
        due = current and token is not None and token.period is not None and token.period.role == "by"
        ahead = ahead or (due and metric != "deal")
        outsider = self._outsider(subject)
        ahead = ahead or (outsider and metric in REPORTED and times.is_running(token.period if token else None, day))
        verdict = standing.status_of(
            bond, self.ground, outsider=outsider, ahead=ahead,
            earlier=fitness.earlier(bond.figure, self.ground), unnamed=self._unnamed(),
            rules=self._rules(metric, subject), current=current,
            total=token is not None and token.period is not None and token.period.rule == "cumulative",
        )  # fmt: skip
        if metric == "investment" and sized.value_max is not None and current and verdict.status == "achieved":
            verdict = standing.Verdict("planned", "a range for a year that is not over")
        goes_on = bond.trigger is bond.figure or (verdict.status != "achieved" and verdict.status == self.reader.status)
        when = times.read(token, metric, self.world, subject=subject, status=verdict.status, goes_on=goes_on)
        self.reader.status = verdict.status
        claim = Claim(
            metric=metric, subject=subject, product=thing, value=sized.value, value_max=sized.value_max,
            unit=sized.unit, bound=self._bound(bond, sized.bound), status=verdict.status, period=sized.period or when,
            attribution=self._source(), evidence=self.place.evidence, field=self.place.field,
            figure=quantity.number_span, act=self._step(bond), voice=self._voice(subject),
        )  # fmt: skip
        reasons = (f"subject: {person.reason}", f"status: {verdict.reason}")
        tokens = (bond.trigger.text, bond.figure.text)
        self.drawn.append(Drawn(claim=claim, pattern=bond.entry.id, tokens=tokens, reasons=reasons))
        base = bond.entry.id.removeprefix("growth/").split(":")[0]
        self.world.entry = replace(bond.entry, metric=base) if metric == "growth" else bond.entry
        self.persons.last = subject
        self.reader.told = claim
        self.reader.bought = self.reader.bought or metric == "deal"
        self.reader.listed = self.reader.listed or metric == "listed_entities"

    def _bound(self, bond: Bond, said: Bound) -> Bound:
        """The bound beside the figure, else that of a verb further off ("überstieg am Freitag erstmals …")."""
        tokens = self.ground.segment(bond.figure).tokens
        alone = sum(t.kind == "figure" for t in tokens) == 1
        return "at_least" if said == "exact" and alone and any(t.has("over") for t in tokens) else said

    def _outsider(self, subject: str | None) -> bool:
        """Whether somebody else than the subject says it: an analyst, or a name that only speaks."""
        if any(t.has("analyst") for t in self.ground.row):
            self.reader.outsider = True
            return True
        if not self.ground.verb_final and any(t.has("ours") for t in self.ground.row):
            self.reader.outsider = False
            return False
        if self.reader.outsider and (not self.persons.named or self._opines()):
            return True
        self.reader.outsider = self._cites_unlisted() or self._unlisted_expects()
        if self.reader.outsider:
            return True
        return any(n.role == "source" and n.token.entity != subject for n in self.persons.named)

    def _opines(self) -> bool:
        """ "연말에는 삼성전자가 33%까지 오를 것으로 봤다": an expectation whose holder is the one cited before."""
        if not self.ground.verb_final or not any(t.has("expect") for t in self.ground.row):
            return False
        topics = (self.place.text[n.token.end :][:1] for n in self.persons.named)
        return not any(mark in ("は", "은", "는") for mark in topics)

    def _cites_unlisted(self) -> bool:
        """ "Xによると": somebody off the watchlists is the source, and not the subject's own papers."""
        row = self.ground.row
        if not self.ground.verb_final or any(t.has("unnamed", "ours") for t in row):
            return False
        named = any(n.role == "source" for n in self.persons.named)
        return not named and any(t.has("source") for t in row)

    def _unlisted_expects(self) -> bool:
        """ "…とXは予測する": the subject right before the verb of expectation is off the watchlists."""
        if not self.ground.verb_final:
            return False
        text = self.place.text
        ends = {n.token.end for n in self.persons.named}
        ends |= {t.end - d for t in self.ground.row if t.has("pronoun", "ours") for d in (0, 1)}
        for token in self.ground.row:
            before = text[: token.start].rstrip()
            if token.has("expect") and before[-1:] in _TOPICS and before[-2:-1].isalpha():
                return len(before) - 1 not in ends and any(t.kind == "figure" for t in self.ground.row[: token.index])
        return False

    def _unnamed(self) -> bool:
        """Whether people without a name are cited, here or in the sentence before where this one names nobody."""
        told = any(t.has("unnamed") for t in self.ground.row)
        said = self.reader.unnamed and not self.persons.named
        self.reader.unnamed = told or said
        return told or said

    def _rules(self, metric: str | None, subject: str | None) -> bool:
        """A government that announces its own control, duty or listing has decided it."""
        return metric in RULER_METRICS and self.world.is_ruler(subject) and any(t.has("say") for t in self.ground.row)

    def _source(self) -> str | None:
        """The words for whom the sentence cites: a name that speaks, or the unnamed."""
        row = self.ground.row
        if not any(t.has("say", "deny", "expect", "source") for t in row):
            return None
        said = next((n.token for n in self.persons.named if n.role in ("source", "subject")), None)
        unnamed = next((t for t in row if t.has("unnamed", "analyst")), None)
        token = unnamed or said
        return self.place.text[token.start : token.end] if token is not None else None

    def _step(self, bond: Bond) -> str | None:
        ground = self.ground
        return step(bond.entry, ground.segment(bond.trigger).tokens, ground.text, ground.language)

    def _voice(self, subject: str | None) -> Voice:
        if self.reader.article.record:
            return "record"
        if any(t.has("unnamed") for t in self.ground.row):
            return "unnamed"
        if any(t.has("say") for t in self.ground.row) and any(
            n.token.entity and self.world.one(n.token.entity, subject) and n.role in ("subject", "source")
            for n in self.persons.named
        ):
            return "subject"
        return "named"

    def _acts(self, counted: set[str | None]) -> None:
        told: set[tuple[str | None, str | None, str | None]] = set()
        for token in self.ground.row[::-1] if self.ground.verb_final else self.ground.row:
            if self.ground.segments[token.clause].mode == "if":
                continue
            if self._background(token) or self._alone_in_quotes(token):
                continue
            for entry in token.entries:
                if entry.metric not in EVENTS or not binding.allowed(entry, token, self.ground):
                    continue
                if any(bond.trigger is token for bond in self.bonds) or self._only_says(token):
                    continue
                if entry.metric == "acquisition" and (counted & {"deal", "orders", "growth"} or self.reader.bought):
                    continue
                if entry.metric == "export_control" and ("listed_entities" in counted or self._counts_entities()):
                    continue
                if entry.metric == "export_control" and self.reader.listed and not self._names_thing():
                    continue
                if entry.metric == "ipo" and "funding" in counted and self.ground.verb_final:
                    continue
                self._act(token, entry, told)

    def _names_thing(self) -> bool:
        return any(t.kind == "name" and self.world.is_thing(t.entity) for t in self.ground.row)

    def _background(self, token: Token) -> bool:
        """ "…, als der Konzern das Netzwerk übernahm": what a German clause of time or cause only reminds of."""
        if self.ground.verb_final:
            return False
        words = [t for t in self.ground.segments[token.clause].tokens if t.kind != "mark"]
        return bool(words) and words[0].text.lower() in _REMINDERS and words[0].index > 0

    def _alone_in_quotes(self, token: Token) -> bool:
        """ "lässt ASML auf „Kaufen“": a word that is only quoted."""
        row = self.ground.row
        if not 0 < token.index < len(row) - 1 or self.ground.verb_final:
            return False
        return row[token.index - 1].text in '„“"»«' and row[token.index + 1].text in '“”"«»'

    def _only_says(self, token: Token) -> bool:
        """ "発売すると発表した": that something is announced, told behind what it is."""
        before = self.place.text[max(0, token.start - 3) : token.start].rstrip()
        return token.has("say") and self.ground.verb_final and before.endswith(("と", "고", "라며", "とも"))

    def _counts_entities(self) -> bool:
        """Whether a headline counts who is listed: "中国、米企業15社に取引制限"."""
        return self.place.field == "title" and any(figure_kind(t) == "entities" for t in self.ground.row if t.figure)

    def _act(self, token: Token, entry: Entry, told: set[tuple[str | None, str | None, str | None]]) -> None:
        bond = Bond(token, token, entry, 0)
        if standing.unconfirmed(bond, self.ground):
            return
        person = self.persons.subject(bond)
        for thing in self.persons.things(bond, person):
            self._act_on(bond, person, thing, told)

    def _act_on(
        self, bond: Bond, person: Person, thing: str | None, told: set[tuple[str | None, str | None, str | None]]
    ) -> None:
        token, entry = bond.trigger, bond.entry
        subjects = subjects_for(entry, person, thing, self.world)
        if isinstance(subjects, str):
            return
        for subject in subjects:
            if (entry.metric, subject, thing) in told:
                continue
            told.add((entry.metric, subject, thing))
            when = times.period_token(bond, self.ground)
            published = self.reader.article.published
            ahead = entry.metric not in RULER_METRICS and times.lies_ahead(
                when.period if when else None, published.date() if published else None
            )
            verdict = standing.status_of(
                bond, self.ground, outsider=self._outsider(subject), ahead=ahead, earlier=False,
                unnamed=self._unnamed(), rules=self._rules(entry.metric, subject),
            )  # fmt: skip
            claim = Claim(
                metric=entry.metric or "", subject=subject, product=thing, status=verdict.status,
                period=times.read(when, entry.metric or "", self.world, subject=subject, status=verdict.status),
                attribution=self._source(), evidence=self.place.evidence, field=self.place.field,
                act=self._step(bond), voice=self._voice(subject),
            )  # fmt: skip
            reasons = (f"subject: {person.reason}", f"status: {verdict.reason}")
            self.drawn.append(Drawn(claim=claim, pattern=entry.id, tokens=(token.text,), reasons=reasons))
            if entry.metric == "acquisition":
                self.world.entry = replace(entry, metric="deal", id="deal:noun:price", pos="noun", fits=_MONEY)
