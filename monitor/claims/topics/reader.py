"""Reads one sentence of a topic-chain language: binds its figures and acts, and makes claims of them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from monitor.claims import attribution
from monitor.claims.draft import Drawn, Passed
from monitor.claims.frames import Bond
from monitor.claims.metrics import EVENTS, RULER_METRICS, measure
from monitor.claims.topics import binding, standing, things, times
from monitor.claims.topics.persons import Persons
from monitor.claims.topics.rates import enabled, pieces, rated
from monitor.claims.topics.segments import prepare, segments
from monitor.claims.topics.speakers import speeches
from monitor.claims.who import Person, subjects_for
from monitor.model import Claim
from monitor.text.fold import simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.claims.lexicon import Entry, Lexicon
    from monitor.claims.numbers.model import Quantity
    from monitor.claims.sentence import Place
    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment
    from monitor.claims.world import World
    from monitor.model import Article

_WITHIN_YEAR = frozenset({"month", "quarter", "half", "day", "month_span"})
_COUNTS = frozenset({"shipments", "orders", "production", "deployment"})
_MADE = frozenset({"deployment", "production"})
_ENDS = frozenset({";", "?", "!"})


class TopicReader:
    """Reads an article's sentences in order, keeping what was spoken of."""

    def __init__(self, world: World, words: Lexicon, article: Article) -> None:
        self.world = world
        self.words = words
        self.article = article
        self.subject: str | None = None
        """Whose the last figure was."""
        self.year: int | None = None
        """The year named last."""
        self.technical = False
        """What was read so far speaks of chips."""
        self.traditional = simplified(article.text) != article.text

    def read(self, place: Place, row: list[Token]) -> tuple[list[Drawn], list[Passed]]:
        """The claims of a sentence, and its figures that made none."""
        return _Sentence(self, place, row).read()


class _Sentence:
    def __init__(self, reader: TopicReader, place: Place, row: list[Token]) -> None:
        self.world = reader.world
        self.article = reader.article
        self.words = reader.words
        self.reader = reader
        self.published = reader.article.published.date() if reader.article.published else None
        self.place = place
        self.row = row
        self.drawn: list[Drawn] = []
        self.passed: list[Passed] = []
        prepare(row, place.text, reader.words)
        self.segments = segments(row, place.text)
        self.speeches = speeches(row, self.segments)
        self.persons = Persons(self.world, self.segments, self.speeches, row, place.field)

    def read(self) -> tuple[list[Drawn], list[Passed]]:
        self._settle_years()
        times.note(self.row, self.world)
        if not any(token.entries for token in self.row) and not any(token.kind == "figure" for token in self.row):
            self.persons.close()
            return [], []
        bonds = [b for segment in self.segments for b in self._bonds(segment)]
        for bond in bonds:
            self._figure(bond, bonds)
        start = len(self.drawn)
        self._acts(bonds)
        self._best_controls(start)
        self.persons.close()
        self.reader.technical = self.reader.technical or self._technical()
        return self.drawn, self.passed

    def _settle_years(self) -> None:
        """ "同年12月", "当年", and after a semicolon "7月": of the year that was named last."""
        goes_on = self.place.start > 0 and self.place.text[: self.place.start].rstrip().endswith("；")
        for token in self.row:
            period = token.period
            if period is None:
                continue
            if period.year is not None:
                self.reader.year = period.year
            elif (
                self.reader.year is not None
                and period.shift is None
                and period.year_shift is None
                and period.rule in _WITHIN_YEAR
            ):
                before = self.place.text[max(0, token.start - 2) : token.start].strip()
                if goes_on or before == "同年":
                    token.period = replace(period, year=self.reader.year)
            elif self.reader.year is not None and token.text in ("当年", "當年", "同年"):
                token.period = replace(period, year=self.reader.year, shift=None)

    def _chain(self, segment: Segment) -> list[Segment]:
        """The segments before, nearest first, as far as the sentence, or the bracket, goes."""
        found: list[Segment] = []
        for other in self.segments[: segment.number][::-1]:
            if other.mark in _ENDS:
                break
            if other.mode != "aside" or segment.mode == "aside":
                found.append(other)
        return found

    def _bonds(self, segment: Segment) -> Iterator[Bond]:
        chain = self._chain(segment)
        for figure in segment.tokens:
            if figure.kind != "figure":
                continue
            reason = _unfit(figure, self.row) or self._left_out(figure, segment)
            if reason:
                self._pass(figure, reason)
                continue
            bond = binding.bind(figure, segment, chain, self.row, self.world)
            if pieces(figure, segment, bond):
                bond = binding.bind(figure, segment, chain, self.row, self.world)
            bond = bond or self._price_tag(figure)
            if bond is None:
                self._pass(figure, "no word in its clause that holds such a figure")
            elif bond.entry.metric is None:
                self._pass(figure, f"held by {bond.trigger.text!r}")
            else:
                yield bond

    def _price_tag(self, figure: Token) -> Bond | None:
        """ "（1299元起）": a sum with 起 behind it is a price."""
        quantity = figure.figure
        phrase = self.words.phrases.get("起售价")
        if quantity is None or phrase is None or quantity.kind != "money" or self.place.text[quantity.end - 1] != "起":
            return None
        return Bond(figure, figure, phrase.entries[0], 10)

    def _pass(self, figure: Token, reason: str) -> None:
        quantity = figure.figure
        start, end = (quantity.start, quantity.end) if quantity else (figure.start, figure.end)
        self.passed.append(
            Passed(field=self.place.field, start=start, end=end, text=self.place.text[start:end], reason=reason)
        )

    def _figure(self, bond: Bond, bonds: Sequence[Bond]) -> None:
        segment = self.segments[bond.figure.clause]
        if segment.mode == "if":
            self._pass(bond.figure, "stands in an if-clause")
            return
        level = binding.level_of(bond, bonds, self.segments)
        if level is not None:
            self._pass(bond.figure, f"a change beside its level {level.text!r}")
            return
        if self._earlier(bond, bonds, segment):
            self._pass(bond.figure, "an earlier figure without its period")
            return
        person = (
            self._respective(bond, bonds)
            or self._beside(bond, segment)
            or self._seller(bond)
            or self._of_reference(bond, segment)
            or self.persons.subject(bond, segment)
        )
        if bond.entry.owner == "patient" and (payer := self.persons.topic(segment, bond.trigger.index).agent) is not None:
            person = Person((payer.entity or "",), "named", "who pays")
            bond = replace(bond, entry=replace(bond.entry, metric="deal"))
        thing = things.product_of(bond, segment, self.row, self.world, person)
        subjects = subjects_for(bond.entry, person, thing, self.world)
        quantity = bond.figure.figure
        if quantity is not None and bond.entry.metric in _COUNTS and quantity.kind == "bare" and quantity.value < 1000:
            subjects = "too few to be counted without a unit"
        if quantity is not None and bond.entry.metric in _MADE and quantity.noun == "unit" and thing is None:
            if not any(t.has("class:chipword", "class:techword") for t in segment.tokens):
                subjects = "counts something else"
        if bond.entry.metric == "deployment" and quantity is not None and quantity.noun in ("rack", "system") and bond.trigger.has("consist"):
            subjects = "racks, not chips"
        if bond.entry.metric == "shipments" and self._permitted(bond, segment):
            subjects = "only what is permitted"
        if bond.entry.metric == "process_node" and person.reason == "last subject of the article":
            subjects = "nobody is named in the sentence"
        if not isinstance(subjects, str) and self._off_topic(bond.entry, subjects):
            subjects = "has nothing to do with chips"
        if bond.entry.metric == "investment" and subjects == (None,):
            subjects = "nobody is named who pays"
        if isinstance(subjects, str):
            self._pass(bond.figure, subjects)
            return
        for subject in subjects:
            self._add(bond, segment, subject, thing, person)

    def _left_out(self, figure: Token, segment: Segment) -> str:
        """Why a figure is none of the article's own: asked, quoted from a headline, a part of the one before, beaten."""
        if (
            segment.mark == "?"
            or (self.place.evidence.rstrip('”」』"').endswith(("？", "?"))
            and segment is self.segments[-1])
        ):
            return "asked, not told"
        opened = [t for t in self.row[: figure.index] if t.text in ("《", "》")]
        if opened and opened[-1].text == "《":
            return "stands in a title that is quoted"
        first = next((t for t in segment.tokens if t.index < figure.index and t.has("part")), segment.tokens[0])
        if first.has("part") and not any(
            t.kind == "name" and not t.actor for t in segment.tokens if t.index < figure.index
        ):
            if figure.figure is not None and figure.figure.kind == "count":
                return "a part of the figure before"
        speech = standing.speech_over(self.speeches, figure.index)
        if (
            speech is not None
            and speech.kind == "expect"
            and speech.speaker
            and all(t.has("consensus") for t in speech.speaker)
        ):
            return "a consensus"
        near = [t for t in segment.tokens if t.index < figure.index]
        if any(t.has("than") for t in near) and any(t.has("consensus", "analyst") for t in near if t.speech is None):
            return "a consensus"
        if near and near[-1].has("tolerance"):
            return "a tolerance"
        if near and near[0].has("than") and any(t.has("earlier") for t in near):
            return "an earlier estimate"
        if figure.figure is not None and figure.figure.kind == "money" and any(t.has("per_share") for t in near):
            return "said of a share"
        if near and near[0].has("consensus") and all(t.has("consensus", "link", "adverb", "of") for t in near):
            return "a consensus"
        return ""

    def _earlier(self, bond: Bond, bonds: Sequence[Bond], segment: Segment) -> bool:
        """Whether a figure only tells where a change began, and not when that was."""
        if not self._began(bond) or bond.entry.metric == "capacity" or self._dated(bond, segment):
            return False
        return any(self._ends(bond, other, segment) for other in bonds)

    @staticmethod
    def _permitted(bond: Bond, segment: Segment) -> bool:
        """ "已批准向G42出口3.5万颗": not shipped yet."""
        return any(
            e.metric == "export_control" and e.act == "granted" and e.owner != "speaker"
            for t in segment.before(bond.trigger.index)
            for e in t.entries
        )

    def _began(self, bond: Bond) -> bool:
        """Whether a figure tells where a change began."""
        quantity = bond.figure.figure
        near = self.row[max(0, bond.figure.index - 3) : bond.figure.index]
        if quantity is None or not (
            quantity.lead == "from" or any(t.has("starting") or t.text[0] in "由从自從" for t in near)
        ):
            return False
        after = self.row[bond.figure.index + 1 : bond.figure.index + 4]
        return any(
            (t.kind == "figure" and t.figure is not None and t.figure.lead == "to")
            or (t.has("rise", "fall") and any(c in t.text for c in "至到"))
            for t in after
        )

    @staticmethod
    def _ends(bond: Bond, other: Bond, segment: Segment) -> bool:
        """Whether `other` tells where the change that `bond` begins has ended."""
        quantity = other.figure.figure
        if other.figure.index <= bond.figure.index or other.trigger is not bond.trigger or quantity is None:
            return False
        return (quantity.lead == "to" or quantity.kind == "percent") and other.figure.clause - segment.number <= (
            1 if segment.mark == "," else 0
        )

    def _dated(self, bond: Bond, segment: Segment) -> bool:
        """Whether an earlier figure has its period right before it."""
        near = self.row[max(0, bond.figure.index - 3) : bond.figure.index]
        return any(t.period is not None and t.clause == segment.number for t in near)

    def _beside(self, bond: Bond, segment: Segment) -> Person | None:
        """ "被SK海力士的36%追近": the other side's own figure."""
        if bond.entry.metric == "process_node":
            return None
        near = [t for t in segment.before(bond.figure.index) if not t.has("of")][:2]
        if len(near) < 2 or near[0].kind != "name" or near[0].actor or not self.world.is_org(near[0].entity):
            return None
        if not near[1].has("agent", "than") or near[0].index < bond.figure.index - 2:
            return None
        return Person((near[0].entity or "",), "named", "named beside the figure")

    def _of_reference(self, bond: Bond, segment: Segment) -> Person | None:
        """ "这一数字", "去年同期为…": whose the figure before was."""
        if not bond.trigger.has("figureword") and bond.trigger is not bond.figure:
            return None
        topic = self.persons.topic(segment, bond.figure.index)
        if topic.heads or topic.pronoun or topic.foreign or topic.things or self.reader.subject is None:
            return None
        return Person((self.reader.subject,), "carried", "whose the figure before was")

    def _seller(self, bond: Bond) -> Person | None:
        """ "购买1.38万片英伟达芯片" by somebody off the watchlists: the seller."""
        if bond.entry.metric not in ("orders", "deployment"):
            return None
        here = self.persons.topic(self.segments[bond.figure.clause], bond.trigger.index)
        elsewhere = here.foreign is not None or self.persons.foreign_before(self.segments[bond.figure.clause])
        if bond.entry.metric == "orders" and elsewhere and not here.heads and here.oblique:
            return Person((here.oblique[-1].entity or "",), "named", "the seller")
        if bond.entry.metric == "deployment" and here.foreign is not None and not here.heads:
            for token in self.row[bond.trigger.index + 1 : bond.figure.index]:
                if token.kind == "name" and self.world.kind(token.entity) == "company" and not token.modifier:
                    return Person((token.entity or "",), "named", "whose product it is")
        for token in self.row[bond.figure.index + 1 : bond.figure.index + 3]:
            if token.kind == "name" and self.world.kind(token.entity) == "company" and not token.modifier:
                topic = self.persons.topic(self.segments[bond.figure.clause], bond.trigger.index)
                if not topic.heads and (
                    topic.foreign is not None or self.persons.foreign_before(self.segments[bond.figure.clause])
                ):
                    return Person((token.entity or "",), "named", "the seller")
            elif token.kind == "mark" or token.verb:
                break
        return None

    def _respective(self, bond: Bond, bonds: Sequence[Bond]) -> Person | None:
        """The subject that a figure of a list told apart by 分别 belongs to; nobody where its place is somebody unlisted's."""
        segment = self.segments[bond.figure.clause]
        mark = next((t for t in segment.tokens if t.has("respectively") and t.index < bond.figure.index), None)
        if mark is None:
            return None
        group = [b for b in bonds if b.figure.clause == segment.number and b.trigger is bond.trigger]
        items = self._items(segment, mark)
        if (
            len(group) < 2
            or len(items) < 2
            or len(group) != sum(t.kind == "figure" and t.index > mark.index for t in segment.tokens)
        ):
            return None
        place = group.index(bond)
        if len(items) != len(group):
            heads = self.persons.topic(segment, mark.index).heads
            return Person((), "foreign", "a list that does not pair") if len(heads) == 1 and len(items) > 2 else None
        name = next((t for t in items[place] if t.kind == "name" and self.world.is_org(t.entity)), None)
        if name is None:
            named = any(t.kind == "name" and self.world.is_org(t.entity) for item in items for t in item)
            return Person((), "foreign", "its place in the list is somebody else's") if named else None
        return Person((name.entity or "",), "named", "by its place in the list")

    def _items(self, segment: Segment, mark: Token) -> list[list[Token]]:
        """What is listed before 分别, cut at 、 and "and"."""
        before = [t for t in segment.tokens if t.index < mark.index and not t.has("adverb")]
        if segment.before_it is not None and not any(t.text == "、" or t.has("and") for t in before):
            before = segment.before_it.tokens
        items: list[list[Token]] = [[]]
        for token in before:
            if token.text == "、" or token.has("and"):
                items.append([])
            elif token.has("prep", "future", "done", "agent") or token.verb:
                break
            else:
                items[-1].append(token)
        return [item for item in items if item]

    def _add(self, bond: Bond, segment: Segment, subject: str | None, thing: str | None, person: Person) -> None:
        home = self.segments[bond.trigger.clause] if bond.trigger.clause >= 0 else segment
        quantity, metric = rated(bond, segment, home), bond.entry.metric
        if quantity is None or metric is None:
            return
        if metric == "production" and quantity.per and enabled(bond, home):
            metric = "capacity"
        sized = measure(metric, quantity, bond.sign, unit=self._unit_before(metric, bond))
        unit = self._dollar(quantity, subject, sized.unit)
        self.world.units[metric] = unit
        if metric == "listed_entities":
            thing = "entity-list" if any(t.entity == "entity-list" for t in segment.tokens) else None
        token = times.period_token(bond, segment, self._chain(segment))
        ahead = times.ahead(token, self.published, subject)
        if self._began(bond) and self._dated(bond, segment):
            verdict = standing.Verdict("achieved", "where a change began")
        else:
            verdict = standing.status_of(
                bond, segment, self.segments, self.speeches, subject, ahead=ahead, running=self._running(token)
            )
        when = times.read(token, bond, segment, self.world, subject=subject, status=verdict.status)
        when = when.removesuffix("/..") if when and self._began(bond) else when
        speech = standing.speech_over(self.speeches, bond.figure.index)
        claim = Claim(
            metric=metric,
            subject=subject,
            product=thing,
            value=sized.value,
            value_max=sized.value_max,
            unit=unit,
            bound=sized.bound,
            status=verdict.status,
            period=when or sized.period,
            attribution=attribution.words(speech, self.place.text),
            evidence=self.place.evidence,
            field=self.place.field,
            figure=quantity.number_span,
            act=bond.entry.act,
            voice=attribution.voice(speech, subject, self.article),
        )
        reasons = (f"subject: {person.reason}", f"status: {verdict.reason}")
        self.drawn.append(
            Drawn(claim=claim, pattern=bond.entry.id, tokens=(bond.trigger.text, bond.figure.text), reasons=reasons)
        )
        self.world.entry = bond.entry
        self.world.product = thing or self.world.product
        self.reader.subject = subject

    def _off_topic(self, entry: Entry, subjects: Sequence[str | None]) -> bool:
        """Whether a government acts on something that has nothing to do with chips."""
        if entry.metric == "listed_entities":
            return False
        if entry.metric not in RULER_METRICS and not any(self.world.is_ruler(s) for s in subjects):
            return False
        return not (self.reader.technical or self._technical())

    def _technical(self) -> bool:
        """Whether the sentence names a company, a thing of the watchlists or something of the trade."""
        if any(
            t.kind == "name" and (self.world.is_thing(t.entity) or self.world.kind(t.entity) == "company")
            for t in self.row
        ):
            return True
        return _trade_words(self.words).search(simplified(self.place.evidence).lower()) is not None

    def _dollar(self, quantity: Quantity, subject: str | None, unit: str) -> str:
        """元 alone is the New Taiwan dollar where a Taiwanese text tells of somebody in Taiwan."""
        known = self.world.entities.get(subject or "")
        span = quantity.unit_span
        if unit != "CNY" or not self.reader.traditional or known is None or known.country != "TW" or span is None:
            return unit
        return "TWD" if self.place.text[span[0] : span[1]] == "元" else unit

    def _running(self, token: Token | None) -> bool:
        """Whether a period is the year that still runs, and far from over."""
        if token is None or token.period is None or self.published is None or self.published.month > 9:
            return False
        return token.period.rule == "year" and token.period.read() == str(self.published.year)

    def _unit_before(self, metric: str, bond: Bond) -> str:
        if metric == "capacity" and bond.trigger.has("monthly"):
            return "wafers/month"
        return self.world.units.get(metric, "")

    def _acts(self, bonds: Sequence[Bond]) -> None:
        told: set[tuple[str | None, str | None, str | None]] = set()
        for token in self.row:
            if token.clause < 0 or token.speech is not None or not token.entries:
                continue
            segment = self.segments[token.clause]
            if segment.mode == "if" or segment.mark == "?" or binding.passing(token, self.row):
                continue
            counted = {
                b.entry.metric
                for b in bonds
                if b.entry.metric != "listed_entities" or b.figure.clause == segment.number
            }
            for entry in binding.readings(token, segment, self.world):
                if entry.metric not in EVENTS or _outdone(entry, counted):
                    continue
                self._act(token, entry, segment, told)

    def _best_controls(self, start: int) -> None:
        """Of several controls of one ruler in a sentence those that name the thing controlled."""
        acts = self.drawn[start:]
        named = {d.claim.subject for d in acts if d.claim.metric == "export_control" and d.claim.product}
        self.drawn[start:] = [
            d for d in acts if d.claim.metric != "export_control" or d.claim.product or d.claim.subject not in named
        ]

    def _act(
        self, token: Token, entry: Entry, segment: Segment, told: set[tuple[str | None, str | None, str | None]]
    ) -> None:
        bond = Bond(token, token, entry, 0)
        person = replace(self.persons.subject(bond, segment), shared=True)
        for thing in self._things(token, entry, segment, person):
            subjects = subjects_for(entry, person, thing, self.world)
            if isinstance(subjects, str) or self._off_topic(entry, subjects):
                continue
            for subject in subjects:
                key = (entry.metric, subject, thing)
                if key not in told:
                    told.add(key)
                    self._draw_act(bond, segment, subject, thing, person)

    def _things(self, token: Token, entry: Entry, segment: Segment, person: Person) -> list[str | None]:
        """What the act is done to."""
        if entry.metric in ("ipo", "acquisition"):
            return [] if person.reason == "last subject of the article" else [None]
        found = [
            t.entity
            for t in segment.tokens
            if t.kind == "name"
            and t.entity
            and self.world.is_thing(t.entity)
            and t.speech is None
            and not self._aside(t)
        ]
        found = self.world.most_specific(found)
        if found == ["export-controls"] and any(t.has("class:techword", "class:chipword") for t in segment.tokens):
            return [None]
        if not found and (
            entry.metric in ("mass_production", "tape_out") or (entry.metric == "export_control" and not entry.object)
        ):
            found = self._spoken_of(segment, far=entry.metric == "export_control")
        return list(found) or [person.product]

    def _spoken_of(self, segment: Segment, *, far: bool) -> list[str]:
        """The things of the segments before: "；7月又放行"."""
        for other in self._chain(segment):
            things_there = [
                t.entity for t in other.tokens if t.kind == "name" and t.entity and self.world.is_thing(t.entity)
            ]
            if things_there:
                return things_there
        return [self.world.product] if far and self.world.product else []

    def _aside(self, token: Token) -> bool:
        before = self.row[max(0, token.index - 2) : token.index]
        return any(t.has("than") for t in before)

    def _draw_act(self, bond: Bond, segment: Segment, subject: str | None, thing: str | None, person: Person) -> None:
        token = times.period_token(bond, segment, self._chain(segment))
        verdict = standing.status_of(
            bond, segment, self.segments, self.speeches, subject, ahead=times.ahead(token, self.published, subject)
        )
        speech = standing.speech_over(self.speeches, bond.trigger.index)
        claim = Claim(
            metric=bond.entry.metric or "",
            subject=subject,
            product=thing,
            status=verdict.status,
            period=times.read(token, bond, segment, self.world, subject=subject, status=verdict.status),
            attribution=attribution.words(speech, self.place.text),
            evidence=self.place.evidence,
            field=self.place.field,
            act=bond.entry.act,
            voice=attribution.voice(speech, subject, self.article),
        )
        reasons = (f"subject: {person.reason}", f"status: {verdict.reason}")
        self.drawn.append(Drawn(claim=claim, pattern=bond.entry.id, tokens=(bond.trigger.text,), reasons=reasons))
        self.world.product = thing or self.world.product


@cache
def _trade_words(words: Lexicon) -> re.Pattern[str]:
    """Matches a word of the class `techword`, within longer words too."""
    found = [re.escape(p.text) for p in words.phrases.values() if "class:techword" in p.cues]
    return re.compile("|".join(sorted(found, key=len, reverse=True)) or r"(?!)")


def _outdone(entry: Entry, counted: set[str | None]) -> bool:
    """Whether a figure of the sentence tells the act already."""
    if entry.metric == "acquisition":
        return bool(counted & {"deal", "orders"})
    return entry.metric == "export_control" and "listed_entities" in counted


def _unfit(figure: Token, row: Sequence[Token]) -> str:
    quantity = figure.figure
    if quantity is None:
        return "no figure"
    if quantity.vague:
        return "a vague magnitude"
    if quantity.conversion:
        return "a conversion into another currency"
    if quantity.lead == "by" and quantity.kind not in ("percent", "multiple", "points"):
        before = row[figure.index - 1] if figure.index else None
        if before is None or not before.has("anew"):
            return "a change, not a level"
    if quantity.noun == "stack" and quantity.value < 100:
        return "layers"
    if quantity.kind == "points":
        return "percentage points"
    if quantity.kind == "bare" and figure.index:
        before = row[figure.index - 1]
        if (
            not before.verb
            and not before.entries
            and before.kind != "mark"
            and before.end == quantity.start
            and quantity.value < 10000
        ):
            return "part of a name"
    after = row[figure.index + 1] if figure.index + 1 < len(row) else None
    glued = after is not None and after.kind == "word" and after.start == quantity.end
    if quantity.kind == "bare" and quantity.value < 1000 and glued:
        return "part of a name"
    if after is not None and after.text.startswith(("级", "層", "层", "級")):
        return "a magnitude"
    if quantity.kind == "money" and figure.text in ("千元", "百元", "万元", "萬元", "亿元", "億元"):
        return "a vague magnitude"
    if (
        quantity.kind == "count"
        and quantity.noun == "unit"
        and quantity.value < 10
        and not any(c.isdecimal() for c in figure.text)
    ):
        return "a small count"
    return ""
