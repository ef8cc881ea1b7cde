"""What a figure without a word of its own goes on from: the figure before, or what points back to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.clausal.figures.elsewhere import Elsewhere
from monitor.claims.clausal.figures.growth import level_reached
from monitor.claims.clausal.lists import earlier
from monitor.claims.frames import SMALLEST_BARE, Bond, figure_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.lexicon import Entry
    from monitor.claims.tokens import Token


class GoesOn(Elsewhere):
    """Finds what a figure goes on from."""

    def _carried(self, figure: Token, bonds: Sequence[Bond]) -> Bond | None:
        kind = figure_kind(figure)
        if kind == "percent" and figure.index and self.row[figure.index - 1].text.lower() in ("up", "down"):
            return None  # "up about 5%": a change of nothing told here
        if kind == "money" and bonds and (level := level_reached(figure, bonds[-1], self.row)) is not None:
            return level
        if kind == "nm" and (other := self._other_node(figure, bonds)) is not None:
            return other
        if kind not in ("bare", "percent", "units", "money", "compute", "wafers"):
            return None
        if kind == "bare" and figure.figure is not None and abs(figure.figure.value) < SMALLEST_BARE:
            return self._bare_count(figure, bonds) or self._bare_rate(figure, bonds)
        if (before := self._of_figure_before(figure, kind, bonds)) is not None:
            return before
        if (ahead := self._noun_ahead(figure, kind) or self._bracketed_share(figure, kind)) is not None:
            return ahead
        if kind in ("bare", "units") and (part := self._part_of_all(figure)) is not None:
            return part
        if (shared := self._shared_noun(figure, kind)) is not None:
            return shared
        if (held := self._also_held(figure, kind)) is not None:
            return held
        standing = self._stands_for_figure(figure)
        if standing is not None and (noun := self._noun_before(figure, kind)) is not None:
            return noun
        return None if standing is None else self._of_sentence_before(figure, kind, standing)

    def _other_node(self, figure: Token, bonds: Sequence[Bond]) -> Bond | None:
        """ "not made on a 5nm process, but on an improved 7nm one"."""
        last = bonds[-1] if bonds else None
        if last is None or last.entry.metric != "process_node":
            return None
        between = self.row[last.figure.index + 1 : figure.index]
        but = next((i for i, t in enumerate(between) if t.text.lower() == "but"), None)
        contrasts = but is not None and not any(t.verb for t in between[but:])
        return Bond(figure, last.trigger, last.entry, 10) if contrasts else None

    def _of_figure_before(self, figure: Token, kind: str, bonds: Sequence[Bond]) -> Bond | None:
        """The word of a figure before in the sentence, where it may hold this one too."""
        if (worth := self._worth(figure, kind, bonds)) is not None:
            return worth
        for bond in reversed(bonds):
            if bond.entry.metric == "growth":
                continue
            between = self.row[bond.figure.index + 1 : figure.index]
            if (
                any(t.verb and t.speech is None for t in between)
                and bond.figure.clause != figure.clause
                and not self._elliptic(figure)
                and not self._wanted(figure)
            ):
                continue
            rates = bond.entry.metric in ("performance", "market_share", "yield")
            counts = figure_kind(bond.figure) in {"units", "wafers"} & bond.entry.fits
            if kind in bond.entry.fits or (kind == "bare" and (rates or counts)):
                return Bond(figure, bond.trigger, bond.entry, bond.cost + 10)
        return None

    def _moves(self, standing: Token) -> bool:
        """ "... whose revenue shrank. It fell 12% to $3.4 billion": what moved, not who."""
        after = self.row[standing.index + 1] if standing.index + 1 < len(self.row) else None
        return standing.text.lower() == "it" and standing.index == 0 and after is not None and after.has("rise", "fall")

    def _worth(self, figure: Token, kind: str, bonds: Sequence[Bond]) -> Bond | None:
        """ "placed an order for 40,000 cards, worth about $4 billion": the same order in money."""
        last = bonds[-1] if bonds else None
        before = self.row[figure.index - 1] if figure.index else None
        if (
            last is None
            or last.entry.metric != "orders"
            or kind != "money"
            or before is None
            or not before.has("worth")
        ):
            return None
        return Bond(figure, last.trigger, replace(last.entry, fits=last.entry.fits | {"money"}), 10)

    def _of_sentence_before(self, figure: Token, kind: str, standing: Token) -> Bond | None:
        """What the last figure of the article was told of, of which `standing` says more."""
        entry = self.world.entry
        if entry is not None and entry.metric == "growth" and self._goes_further(figure, kind):
            slower = self.world.last is not None and (self.world.last.value or 0) < 0
            return Bond(figure, standing, entry, 10, change=-1 if slower else 1)
        if kind == "units" and entry is not None and entry.metric == "capacity" and self._of_wafers():
            return None  # "It plans to add 20 more scanners"
        if entry is None or kind not in entry.fits:
            entry = self.world.nouns.get(kind) or (self.world.kinds.get(kind, entry) if kind == "units" else entry)
        if entry is None or not (kind in entry.fits or (kind == "bare" and "units" in entry.fits)):
            return None
        if entry.metric == "profit" and (turnover := self._guided(figure, standing)) is not None:
            entry = turnover
        if entry.metric == "growth" and kind not in ("percent", "multiple"):
            entry = replace(entry, metric=entry.id.removeprefix("growth/").partition(":")[0])
        if (
            entry.metric == "revenue"
            and entry not in (self.world.entry, self._guided(figure, standing))
            and not (standing.verb or standing.text[:4] == "came" or self._moves(standing))
        ):
            return None
        after = self.row[figure.index + 1] if figure.index + 1 < len(self.row) else None
        nouns = [e for e in after.entries if e.pos != "verb"] if after is not None and not after.verb else []
        if kind == "money" and any(e.metric not in (None, entry.metric) for e in nouns):
            return None  # "pushes ahead with a $200 billion expansion"
        return Bond(figure, standing, entry, 10)

    def _goes_further(self, figure: Token, kind: str) -> bool:
        """ "It would go above 50%", "the rate could reach 80%": of what has grown so far."""
        verb = self.by_number[figure.clause].verb
        after = self.row[figure.index + 1] if figure.index + 1 < len(self.row) else None
        led = self.row[max(0, figure.index - 2) : figure.index]
        moved = any(t.has("link", "rise", "fall") or t.text.lower() in ("go", "goes", "slow", "slows") for t in led)
        return kind == "percent" and verb is not None and moved and not (after is not None and after.has("of"))

    def _wanted(self, figure: Token) -> bool:
        """ "has room for 290,000 wafers and wants to have 350,000": more of the same."""
        have, plan = self.row[figure.index - 1], self.row[max(0, figure.index - 2)]
        return have.text.lower() in ("have", "reach", "get") and plan.has("plan", "future", "would", "likely", "goal")

    def _guided(self, figure: Token, standing: Token) -> Entry | None:
        """ "It forecasts $10bn for the quarter", "royalties made up $2bn": of sales, though a profit came last."""
        noun = self.world.nouns.get("money")
        before = self.row[: figure.index]
        led = any(t.has("expect", "goal") or t.text.lower().startswith("guid") for t in before)
        led = led or standing.has("contributes")
        return noun if led and noun is not None and noun.metric == "revenue" else None

    def _of_wafers(self) -> bool:
        return self.world.last is not None and self.world.last.unit.startswith("wafers")

    def _alike(self, figure: Token, before: Sequence[Token], metric: str | None) -> Token | None:
        """ "Biren came to 19,000", "A second hall is to get 40,000": another subject of what was just told."""
        if figure_kind(figure) not in ("bare", "units", "money") or not before:
            return None
        verb, name = before[-1], before[-2] if len(before) > 1 else None
        reached = verb.verb and verb.has("link", "past") and len(before) == 2
        if reached and name is not None and self.world.kind(name.entity) == "company" and not name.possessive:
            money = figure_kind(figure) == "money"
            counts = ("shipments", "production", "deployment", "orders")
            return verb if money and verb.has("link") else name if metric in counts and not money else None
        head = before[: next((i for i, t in enumerate(before) if t.verb), 0)]
        return next((t for t in head if t.has("facility")), None) if metric == "deployment" else None

    def _elliptic(self, figure: Token) -> bool:
        """Whether the clause of a figure leaves its word out: no verb, or only a name or a word that points back."""
        clause = self.by_number[figure.clause]
        if clause.verb is None or self._stands_for_figure(figure) is not None:
            return True
        subject = self.cast.clause_subject(clause)
        return subject.how in ("named", "product", "none")

    def _bare_count(self, figure: Token, bonds: Sequence[Bond]) -> Bond | None:
        """ "50 tools, against 61 a year before": what is compared is counted alike."""
        last = bonds[-1] if bonds else None
        if last is None or figure_kind(last.figure) != "units" or not earlier(figure, self.row):
            return None
        return Bond(figure, last.trigger, last.entry, last.cost + 10)

    def _bare_rate(self, figure: Token, bonds: Sequence[Bond]) -> Bond | None:
        """A small number without a unit goes on with rates only ("148", after "320 TFLOPS")."""
        for bond in reversed(bonds):
            same = bond.figure.clause == figure.clause or self._also_rated(figure, bond)
            if bond.entry.metric in ("performance", "market_share", "yield") and same:
                return Bond(figure, bond.trigger, bond.entry, bond.cost + 10)
        return None

    def _also_rated(self, figure: Token, bond: Bond) -> bool:
        """ "60 petaflops is wrong: the part reaches 40": its own clause has a verb of such figures."""
        verb = self.by_number[figure.clause].verb
        rates = verb is not None and any(e.metric == bond.entry.metric for e in verb.entries)
        return rates and verb is not None and verb.index < figure.index <= verb.index + 2

    def _stands_for_figure(self, figure: Token) -> Token | None:
        """ "The rate", "it", or "the company expects": what points back to the figure before."""
        clause = self.by_number[figure.clause]
        before = [t for t in clause.tokens if t.index < figure.index]
        said = next((t for t in before if t.has("figureword")), None)
        if said is None and before and before[0].text.lower() in ("that", "this") and clause.verb is not None:
            said = before[0] if clause.verb.has("be") and clause.verb.index == before[0].index + 1 else None
        if said is None and figure_kind(figure) == "money":
            said = next((t for t in before if t.has("contributes") and t.verb), None)
        if said is None:
            head = before[: next((i for i, t in enumerate(before) if t.verb), len(before))]
            said = next((t for t in head if t.has("pronoun", "role")), None)
        if (
            said is None
            and figure.figure is not None
            and figure.figure.lead == "to"
            and any(t.has("rise", "fall") or t.text.lower() in ("is down to", "was down to") for t in before)
        ):
            said = next((t for t in before if t.kind == "name"), None)
        if said is None and len(before) > 1 and before[0].kind == "name" and before[0].possessive:
            said = before[0] if before[1].verb or before[1].has("link") else None  # "UMC's came to $0.7 billion"
        if said is None and self.world.entry is not None:
            said = self._alike(figure, before, self.world.entry.metric)
        if said is None and not any(t.kind == "word" for t in before):
            spoken = [s for s in self.scene.speeches if s.leading and s.says(figure.index)]
            said = next((t for s in spoken for t in s.speaker if t.has("pronoun", "role")), None)
            if said is None and self.world.last is not None and (about := self.world.last.subject):
                ahead = [s for s in spoken if s.kind == "expect"]
                said = next((t for s in ahead for t in s.speaker if t.entity == about), None)  # "Kioxia expects $5bn"
        return said
