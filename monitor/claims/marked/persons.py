"""Whose figure or act it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.claims.marked.ground import relates
from monitor.claims.marked.stage import Stage
from monitor.claims.metrics import EVENTS, RULER_METRICS, RULERS_TOO, TOTALS
from monitor.claims.persons import Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.marked.roles import Named, Role

_THINGS = frozenset({"shipments", "production", "deployment"})
_STAKE = re.compile(r"지분|株式の|株式を|持ち分")


class Persons(Stage):
    """Whose a figure or an act is."""

    def subject(self, bond: Bond) -> Person:
        """The name that the sentence gives the figure to: the nearest of a fitting role before it, else behind it."""
        entry, metric = bond.entry, bond.entry.metric or ""
        relative = relates(bond.trigger, bond.figure, self.ground)
        anchor = (
            bond.figure.index if entry.pos == "verb" and not relative else min(bond.trigger.index, bond.figure.index)
        )
        part = self.ground.segment(bond.figure).part
        near = self._own_clause([n for n in self.named if self._reaches(n.token, bond, part)], bond)
        before = [n for n in near if n.token.index < (anchor if relative else max(anchor, bond.figure.index))][::-1]
        behind = [n for n in near if n.token.index >= max(anchor, bond.figure.index)]
        if (settled := self._settled(bond, near)) is not None:
            return settled
        if self.ground.verb_final and metric not in RULER_METRICS:
            behind = []
        return (
            self._before(bond, before)
            or self._behind(bond, behind)
            or self._oblique(bond, before)
            or self._of_condition(bond)
            or self._maker_behind(behind, bond)
            or self._reporting(before, bond)
            or self._only_one(near, bond)
            or self._rules_over(near, bond)
            or self._carried(bond)
        )

    def _rules_over(self, near: Sequence[Named], bond: Bond) -> Person | None:
        """ "Die USA haben angekündigt, …": what a ruler announces is no launch of the company spoken of before."""
        if bond.entry.metric not in EVENTS or bond.entry.metric in RULER_METRICS:
            return None
        acts = [n for n in near if n.role == "subject" and self.world.is_ruler(n.token.entity)]
        same = any(self.ground.segments[n.token.clause].part == self.ground.segment(bond.figure).part for n in acts)
        return Person((), "foreign", "a ruler does it") if same else None

    def _settled(self, bond: Bond, near: Sequence[Named]) -> Person | None:
        """Whose it is by the kind of figure or the shape of the sentence, whatever names stand nearer."""
        entry = bond.entry
        if entry.metric == "penalty":
            return self._payer(near)
        if beside := self._in_brackets(bond, near):
            return Person((beside,), "named", "the name whose bracket holds the figure")
        if entry.owner == "giver" and (giver := self._giver(near, bond)):
            return Person((giver,), "named", "the ruler who gives or takes")
        if entry.owner == "giver" and entry.metric == "investment" and any(n.role == "foreign" for n in near):
            return Person((), "foreign", "the giver is off the watchlists")
        if entry.owner == "giver" and self.world.ruler:
            return Person((self.world.ruler,), "named", "the ruler who gives or takes")
        if entry.owner == "giver" and entry.metric == "investment" and entry.pos == "noun":
            return Person((), "foreign", "who grants it is not told")
        if head := self._head_behind(near, bond):
            return Person((head.token.entity or "",), "named", "the noun that the verb describes")
        if entry.pos == "verb" and self._meant(bond, near):
            return self._carried(bond)
        if entry.metric == "orders" and (orderer := self._orderer(near)):
            return Person((orderer,), "named", "from whom the orders came")
        if entry.owner == "buyer" and (partner := self._partner(near)):
            return Person((partner,), "named", "the listed party that buys")
        if (listed := self._respective(bond)) is not None:
            return Person((listed,), "named", "the name in the same place of its list")
        return None

    def _before(self, bond: Bond, before: Sequence[Named]) -> Person | None:
        """The nearest name of a fitting role before the figure."""
        entry = bond.entry
        waves: tuple[tuple[Role, ...], ...] = (("subject", "agent"), ("owner", "bare"))
        if entry.pos != "verb" and entry.metric not in ("deal", "acquisition"):
            waves = (("subject", "agent", "owner", "bare"),)
        for roles in waves:
            for name in self._first_of_clause(before, roles):
                if name.role == "foreign" and "subject" in roles and not self._acts_first(name, before, bond):
                    return Person((), "foreign", "the subject is off the watchlists")
                if self._only_made(name, bond) or self._describes_object(name, bond):
                    continue
                if name.role in roles and self._fits(bond, name.token) and not self._sells(name, before, bond):
                    return Person(self._and_others(name, before), "named", f"{name.role} of {bond.trigger.text!r}")
        return None

    def _behind(self, bond: Bond, behind: Sequence[Named]) -> Person | None:
        owners_too = bond.entry.pos != "verb" and not self.ground.verb_final
        wanted = ("subject", "agent", "owner") if owners_too else ("subject", "agent")
        for name in behind:
            if name.role in wanted and self._fits(bond, name.token):
                return Person((name.token.entity or "",), "named", "subject behind the figure")
        return None

    def _oblique(self, bond: Bond, before: Sequence[Named]) -> Person | None:
        """ "Auf TSMC entfallen 70 Prozent"; "für Nvidia rechnen die Analysten mit …"."""
        share = bond.entry.metric == "market_share"
        if not share and not any(t.has("analyst") for t in self.ground.row):
            return None
        meant = [n for n in before if n.role == "oblique" and self._fits(bond, n.token)]
        reason = "named before the share" if share else "of whom an analyst speaks"
        return Person((meant[0].token.entity or "",), "named", reason) if meant else None

    def put_into_company(self, bond: Bond, person: Person) -> bool:
        """ "앤트로픽에 40억달러를 투자": money put into a named company is a deal with it."""
        pays = self.world.kind(person.entities[0] if person.entities else None) in ("company", "fund")
        if not self.ground.verb_final or not pays or bond.entry.owner == "giver":
            return False
        own = bond.figure.clause
        for name in self.named:
            into = self.ground.text[name.token.end : name.token.end + 1] in ("에", "に", "へ")
            company = self.world.kind(name.token.entity) == "company" and name.token.entity not in person.entities
            if into and company and name.role == "oblique" and name.token.clause == own:
                return True
        return _STAKE.search(self.ground.text, bond.trigger.end) is not None

    def _only_one(self, near: Sequence[Named], bond: Bond) -> Person | None:
        """ "Für Infineon zählt es kaum: Altgeräte brachten …": the one company of a German sentence."""
        if self.ground.verb_final or len({n.token.entity for n in near}) != 1 or bond.entry.metric not in TOTALS:
            return None
        name = near[0]
        before = self.ground.row[name.token.index - 1].text.lower() if name.token.index else ""
        fits = before in ("für", "bei") and self._fits(bond, name.token)
        return Person((name.token.entity or "",), "named", "the one company named") if fits else None

    def _reporting(self, before: Sequence[Named], bond: Bond) -> Person | None:
        """ "Nach Angaben von Hygon wurden …": the company that tells of nobody else tells of itself."""
        for name in before:
            if (
                name.role == "source"
                and self.world.kind(name.token.entity) == "company"
                and self._fits(bond, name.token)
            ):
                return Person((name.token.entity or "",), "named", "the company that tells it")
        return None

    def _maker_behind(self, behind: Sequence[Named], bond: Bond) -> Person | None:
        """ "In Memphis laufen 200.000 GB200 von xAI": whose the counted things are, where nobody else acts."""
        own = bond.figure.clause
        if bond.entry.metric not in _THINGS or any(
            t.has("pronoun") and t.clause == own for t in self.ground.row[: bond.figure.index]
        ):
            return None
        for name in behind:
            if name.role == "owner" and name.token.clause == own and self._fits(bond, name.token):
                return Person((name.token.entity or "",), "named", "owner of what is counted")
        return None

    def _of_condition(self, bond: Bond) -> Person | None:
        """ "Bekommt Micron die Freigabe, steigt sein Anteil": whom only the if-clause names."""
        own = self.ground.segment(bond.figure)
        for name in self.named:
            segment = self.ground.segments[name.token.clause]
            supposed = segment.mode == "if" and segment.part == own.part
            if supposed and name.role == "subject" and self._fits(bond, name.token):
                return Person((name.token.entity or "",), "named", "subject of the condition")
        return None

    def _payer(self, near: Sequence[Named]) -> Person:
        """Who is fined: the company named, in whatever role."""
        payers = [n.token.entity for n in near if self.world.kind(n.token.entity) == "company"]
        if payers:
            return Person((payers[0] or "",), "named", "the company that is fined")
        return Person((self.world.company,) if self.world.company else (), "carried", "the last one spoken of")

    def _and_others(self, name: Named, before: Sequence[Named]) -> tuple[str, ...]:
        return (name.token.entity or "",)

    def _carried(self, bond: Bond) -> Person:
        metric = bond.entry.metric
        said = {cue for t in self.ground.row for cue in t.cues}
        if metric == "tariff" and "class:salesword" in said and not said & {"class:tariffword", "class:stateword"}:
            return Person((), "foreign", "a share of sales that goes to no ruler named")
        stock = next((n.token.entity for n in self.named if n.role == "stock"), None)
        if metric == "valuation" and stock is not None:
            return Person((stock,), "named", "whose share it is")
        entity = self.world.ruler if metric in RULER_METRICS else self.last or self.world.company
        told = self.told
        if metric in RULERS_TOO and told is not None and told.metric == metric and self.world.is_ruler(told.subject):
            entity = told.subject
        return Person((entity,) if entity else (), "carried", "the last one spoken of")
