"""Which product a figure or an act is about."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.claims.metrics import COUNTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.marked.ground import Ground
    from monitor.claims.persons import Person
    from monitor.claims.tokens import Token

_COUNTED = frozenset(
    {"shipments", "orders", "production", "deployment", "price", "performance", "yield", "export_control", "launch",
     "mass_production", "tape_out", "tariff"}
)  # fmt: skip
_NEVER = frozenset({"funding", "valuation", "penalty", "ipo", "acquisition", "listed_entities", "profit"})
_NAMED_BESIDE = frozenset({"revenue", "growth", "deal"})
"""Metrics whose product must stand between the owner and the word, or right before the word."""
_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,5}[- ]?\d{2,5}[A-Za-z]{0,3}(?![A-Za-z0-9])")
"""A model of its own, which no watchlist knows by that name."""
_BESIDE = 4
_JOINTS = frozenset({",", "、", "·", "・", "/"})


class Things:
    """Which product a figure or act is about."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.world = ground.world

    def thing(self, bond: Bond, person: Person) -> str | None:
        """The product that the sentence ties to the figure, else the one spoken of before."""
        metric = bond.entry.metric or ""
        if metric in _NEVER:
            return None
        clauses = {self.ground.segments[n].clause for n in (bond.figure.clause, bond.trigger.clause)}
        own = {s.number for s in self.ground.segments if s.clause in clauses}
        if metric in ("export_control", "capacity", "investment") and not self.ground.verb_final:
            part = self.ground.segment(bond.figure).part
            own = {s.number for s in self.ground.segments if s.part == part and s.mode != "if"}
        if metric == "investment" and self.ground.verb_final:
            own |= {bond.figure.clause + 1}
        near = [
            t for t in self.ground.row
            if t.kind == "name" and not t.modifier and t.clause in own and self.world.is_thing(t.entity)
            and (self.world.kind(t.entity) != "rule" or metric in ("tariff", "export_control"))
            and not self._between_figures(t, bond)
        ]  # fmt: skip
        if metric in _NAMED_BESIDE:
            near = [t for t in near if self._beside(t, bond)]
        if metric == "performance":
            near = [t for t in near if self.world.kind(t.entity) == "chip"]
        if metric == "tariff":
            near = [t for t in near if abs(t.index - bond.figure.index) < 12]
        if metric in ("export_control", "tariff"):
            kept = self.world.most_specific([t.entity for t in near if t.entity])
            near = [t for t in near if t.entity in kept]
        best = min(near, key=lambda t: (abs(t.index - bond.figure.index), t.index), default=None)
        if best is not None:
            return best.entity
        money = bond.figure.figure is not None and bond.figure.figure.kind == "money" and metric == "orders"
        if (metric in _COUNTED and not money) or (metric == "capacity" and bond.trigger is bond.figure):
            return self._spoken_of(bond, person)
        return None

    def things(self, bond: Bond, person: Person) -> list[str | None]:
        """The product of an act, and those that are listed beside it: "「甲」と「乙」の輸出"."""
        first = self.thing(bond, person)
        row = self.ground.row
        named = [t for t in row if t.kind == "name" and not t.modifier and self.world.is_thing(t.entity)]
        found: list[str | None] = [first]
        for one, two in pairwise(named):
            between = row[one.index + 1 : two.index]
            joined = any(t.has("and") or t.text in _JOINTS for t in between)
            linked = joined and all(t.kind == "mark" or t.has("and") for t in between)
            if linked and one.entity != two.entity and {one.entity, two.entity} & set(found):
                found += [e for e in (one.entity, two.entity) if e not in found]
        return found if first is not None else [None]

    def _between_figures(self, thing: Token, bond: Bond) -> bool:
        """Whether another figure, or a company with a clause of its own, stands between this figure and a product."""
        between = self.ground.row[bond.figure.index + 1 : thing.index]
        return any(
            t.kind == "figure"
            or (
                not self.ground.verb_final and t.clause != bond.figure.clause and self.world.kind(t.entity) == "company"
            )
            for t in between
        )

    def _beside(self, thing: Token, bond: Bond) -> bool:
        first, last = sorted((thing.index, bond.trigger.index))
        between = self.ground.row[first + 1 : last]
        if len(between) > _BESIDE or any(t.text == "," or t.kind == "figure" for t in between):
            return False
        return thing.index < bond.trigger.index or any(t.has("with_product", "prep", "of") for t in between)

    def _spoken_of(self, bond: Bond, person: Person) -> str | None:
        own = [t for t in self._around(bond) if t.has("class:chipword") and not self._pointed_at(t)]
        if person.how == "foreign" or own:
            return None
        if bond.entry.metric in COUNTS and any(t.kind == "word" and _CODE.search(t.text) for t in self._around(bond)):
            return None
        part = self.ground.segment(bond.figure).part
        named = [
            t.entity for t in self.ground.row[: bond.figure.index]
            if t.kind == "name" and not t.modifier and self.ground.segments[t.clause].part == part
            and self.world.kind(t.entity) in ("chip", "technology")
        ]  # fmt: skip
        thing = named[-1] if named else self.world.product
        maker = self.world.maker(thing)
        if maker and person.entities and maker not in person.entities and bond.entry.metric != "orders":
            parent = self.world.entities.get(person.entities[0])
            return thing if parent is not None and parent.parent == maker else None
        return thing

    def _pointed_at(self, token: Token) -> bool:
        """ "Der Chip", "このチップ", "이 칩": what was spoken of, not another."""
        before = self.ground.text[max(0, token.start - 8) : token.start].lower()
        return re.search(r"(?:\bder |\bdie |\bdas |\bdieser |\bdiese |この|同|その|이 |해당 |그 )$", before) is not None

    def _around(self, bond: Bond) -> Sequence[Token]:
        return self.ground.row[max(0, bond.figure.index - 3) : bond.figure.index + 3]
