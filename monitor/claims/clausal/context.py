"""What a claim takes from the figures around it: product, rate, unit, and whose it is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.clausal import products, telling
from monitor.claims.clausal.lists import earlier, own_words
from monitor.claims.clausal.periods import Periods
from monitor.claims.frames import figure_kind
from monitor.claims.metrics import measure
from monitor.claims.persons import Person
from monitor.claims.tables import column_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.clausal.scene import Scene
    from monitor.claims.frames import Bond
    from monitor.claims.metrics import Measure
    from monitor.claims.numbers.model import Quantity
    from monitor.claims.tokens import Token
    from monitor.claims.world import World
    from monitor.model import Article


_PETA = re.compile(r"(?i)\bp(eta)?fl?op|quadrillion")
_ONE_PETA = 1000
"""Teraflops, in which rates of compute are told."""


class Context(Periods):
    """A sentence with what it has told so far."""

    def __init__(self, world: World, scene: Scene, article: Article) -> None:
        super().__init__(world, scene)
        self.article = article
        self.things: dict[int, str | None] = {}
        self.people: dict[int, Person] = {}

    def _published(self) -> date | None:
        published = self.article.published
        return published.date() if published else None

    def _rulers(self) -> frozenset[str]:
        return frozenset(t.entity for t in self.row if t.entity and self.world.is_ruler(t.entity))

    def _compared(self, bond: Bond, bonds: Sequence[Bond]) -> Person | None:
        """Whose an earlier figure is: "AMD with 5%, against 9% in 2023" - that of the figure it goes on from."""
        if bond.cost < 10 or not earlier(bond.figure, self.row):
            return None
        at = bonds.index(bond)
        before = bonds[at - 1] if at else None
        if before is None or before.trigger is not bond.trigger:
            return None
        person = self.people.get(before.figure.index)
        apart = ("named beside the figure", "whom a counter gives the share")
        return person if person is not None and person.reason in apart else None

    def _of_other_maker(self, thing: str | None, person: Person) -> bool:
        maker = self.world.maker(thing)
        return maker is not None and person.how == "named" and bool(person.entities) and maker not in person.entities

    def _is_party(self, bond: Bond, subject: str | None, person: Person) -> bool:
        """Whether the money goes to the only company named: its payers are off the watchlists."""
        party = telling.party("deal", bond.trigger, None, self.row, self.world)
        return subject is not None and subject == party and person.how not in ("named", "owner", "pronoun")

    def _of_row(self, bond: Bond) -> Person | None:
        """In a table, the company that its row names."""
        if column_of(bond.figure, self.row, self.world.columns, self.world) is None:
            return None
        name = next(t for t in self.row if self.world.is_org(t.entity))
        return Person((name.entity or "",), "named", "whose row it is")

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
        """A state's share of a company's sales is a levy; of the world's output it is one of the market."""
        if any(t.has("marketwide") or t.text.lower().startswith("world") for t in clause.tokens):
            return False
        return any(t.has("class:salesword", "class:proceedsword") for t in clause.tokens)

    def _unit_before(self, metric: str, bond: Bond) -> str:
        """What a figure without a unit counts: as the last figure of its metric; a monthly capacity is of wafers."""
        if metric == "capacity" and bond.trigger.has("monthly"):
            return "wafers/month"
        if metric == "production" and bond.trigger.text.lower().startswith("wafer"):
            return "wafers"
        return self.world.units.get(metric, "")

    def _thing(self, bond: Bond, clause: Clause, metric: str, person: Person) -> str | None:
        """The product of a figure: named with it, else that of the figure or the heading it goes on from."""
        if metric == "listed_entities":
            if any(t.entity == "entity-list" for t in clause.tokens):
                return "entity-list"
            meant = any(t.text.lower() == "list" and self.row[t.index - 1].text.lower() == "the" for t in clause.tokens)
            return self.world.products.get(metric) if meant else None
        goes_on = bond.cost >= 10
        thing = products.product_for(bond, clause, self.row, self.world, person)
        if thing is None and goes_on and metric in ("market_share", "yield"):
            thing = self.world.products.get(metric)
        if metric == "tariff" and thing == "chips-act":
            thing = None  # "to protect what is spent under the CHIPS Act"
        if thing is None and metric == "yield":
            thing = self._yielding(bond, person)
        if thing is None and metric == "market_share":
            thing = self.things.get(bond.trigger.index)
        if thing is None and metric == "orders" and goes_on and _same_list(bond, self.row):
            thing = self.things.get(bond.trigger.index)
        elif goes_on and clause.verb is None and self._of_other_maker(thing, person) and metric != "orders":
            thing = None  # "Huawei sold 812,000 Ascends; Cambricon, 116,000"
        if thing is None and self.world.heading is not None and bond.entry in self.world.heading.entries:
            thing = self.world.heading.product
        return thing

    def _yielding(self, bond: Bond, person: Person) -> str | None:
        """ "Huawei's Ascend 910C, made by SMIC, has raised its yield", "the chip is made by SMIC, with a yield of": the
        one chip of the maker that the sentence names or means."""
        chips = {
            t.entity for t in self.row if t.kind == "name" and self.world.kind(t.entity) == "chip" and not t.modifier
        }
        own = {c for c in chips if self.world.maker(c) in person.entities}
        if len(chips) == 1 and own:
            return own.pop()
        meant = any(t.has("product_pronoun") for t in self.row[: bond.trigger.index])
        return (
            self.world.product
            if meant and not chips and self.world.maker(self.world.product) in person.entities
            else None
        )

    def _metric(self, metric: str, bond: Bond, clause: Clause, subject: str | None, person: Person) -> str:
        """The metric of a figure, which may hang on whose it is."""
        if metric == "market_share" and self.world.is_ruler(subject) and self._of_sales(clause):
            metric = "tariff"
        if "intoname" in bond.entry.object and self._is_party(bond, subject, person):
            return "funding"  # "investors poured $22 billion into Anthropic"
        if metric == "valuation" and self._runs(bond):
            return "deal"  # "It is worth $6 billion over five years": a contract, no company
        if metric == "revenue" and bond.trigger.has("contributes") and self._share_sale(bond):
            return "funding"
        return metric

    def _runs(self, bond: Bond) -> bool:
        """Whether a sum is told for a span of years."""
        behind = self.row[bond.figure.index + 1 : bond.figure.index + 3]
        spans = any(t.period is not None and t.period.rule == "years" for t in behind)
        return spans and "worth" in bond.trigger.text.lower()

    def _share_sale(self, bond: Bond) -> bool:
        """ "Its shares made their debut on Friday. The sale brought in HK$5 billion": shares are what was sold."""
        before = [t for t in self.row[max(0, bond.trigger.index - 2) : bond.trigger.index] if not t.has("relative")]
        told = self.world.act is not None and self.world.act[0].metric == "ipo"
        listed = told or any(e.metric == "ipo" for t in self.row for e in t.entries)
        return listed and bool(before) and before[-1].text.lower() == "sale"

    def _sized(self, metric: str, quantity: Quantity, bond: Bond, clause: Clause) -> Measure:
        if metric == "capacity" and quantity.per and any(t.has("class:waferword") for t in clause.tokens):
            quantity = replace(quantity, unit=quantity.unit or "wafers")
        if metric == "capacity" and not quantity.per and quantity.kind == "bare" and _yearly(bond, self.row):
            quantity = replace(quantity, kind="count", unit="units", per="year")
        if bond.entry.status == "planned" and quantity.bound == "at_least" and self._is_topic(bond):
            quantity = replace(quantity, bound="exact")
        quantity = self._shared_unit(quantity, bond)
        sized = measure(metric, quantity, bond.sign, unit=self._unit_before(metric, bond))
        self.world.units[metric] = sized.unit
        return sized

    def _is_topic(self, bond: Bond) -> bool:
        """ "negotiating with TSMC over 80,000 wafers": what is talked about, not a floor."""
        quantity = bond.figure.figure
        text = self.article.title if self.scene.title else self.article.text
        words = text[quantity.start : bond.figure.start] if quantity is not None else ""
        return (words or bond.figure.text).lower().startswith("over")

    def _shared_unit(self, quantity: Quantity, bond: Bond) -> Quantity:
        """ "90,000 and 50,000 wafers per month": the unit behind the last figure is that of all."""
        after = self.row[bond.figure.index + 1 : bond.figure.index + 5]
        sized = quantity.kind == "bare" and bool(after) and figure_kind(after[0]) == "length"
        if sized and any(t.has("class:waferword") for t in after):
            return replace(quantity, kind="count", unit="wafers")  # "3.4 million 300mm-equivalent wafers"
        after = after[:2]
        if quantity.kind == "bare" and bond.entry.metric == "performance":
            return self._shared_scale(quantity, bond)
        if quantity.kind != "bare" or len(after) < 2 or not (after[0].has("and") or after[0].text == ","):
            return quantity
        other = after[1].figure
        if other is None or other.kind != "count" or other.unit not in ("units", "wafers"):
            return quantity
        return replace(quantity, kind="count", unit=other.unit, per=quantity.per or other.per)

    def _shared_scale(self, quantity: Quantity, bond: Bond) -> Quantity:
        """ "60 petaflops is wrong: it reaches 40": of the figure that it goes on from."""
        whole = next((t for t in reversed(self.row[: bond.figure.index]) if figure_kind(t) == "compute"), None)
        if whole is None or whole.figure is None or not _PETA.search(whole.text) or abs(quantity.value) >= _ONE_PETA:
            return quantity
        return replace(quantity, value=quantity.value * _ONE_PETA)


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
