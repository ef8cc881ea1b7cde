"""What a claim takes from the figures around it: period, rate, unit, whose it is, what it is a part of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims import telling
from monitor.claims.lists import earlier, own_words
from monitor.claims.persons import Person
from monitor.claims.scene import speech_over
from monitor.claims.tables import column_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from monitor.claims import who
    from monitor.claims.clauses import Clause
    from monitor.claims.draft import Drawn
    from monitor.claims.frames import Bond
    from monitor.claims.scene import Scene
    from monitor.claims.world import World
    from monitor.model import Article, Claim, Status


class Context:
    """A sentence with what it has told so far."""

    def __init__(self, world: World, scene: Scene, article: Article) -> None:
        self.world = world
        self.scene = scene
        self.article = article
        self.row = scene.row
        self.drawn: list[Drawn] = []
        self.bonds: list[Bond] = []
        self.things: dict[int, str | None] = {}
        self.people: dict[int, who.Person] = {}
        self.periods: dict[int, str | None] = {}

    def _published(self) -> date | None:
        published = self.article.published
        return published.date() if published else None

    def _rulers(self) -> frozenset[str]:
        return frozenset(t.entity for t in self.row if t.entity and self.world.is_ruler(t.entity))

    def _compared(self, bond: Bond, bonds: Sequence[Bond]) -> who.Person | None:
        """Whose an earlier figure is: "AMD with 5%, against 9% in 2023" - that of the figure it goes on from."""
        if bond.cost < 10 or not earlier(bond.figure, self.row):
            return None
        at = bonds.index(bond)
        before = bonds[at - 1] if at else None
        if before is None or before.trigger is not bond.trigger:
            return None
        person = self.people.get(before.figure.index)
        return person if person is not None and person.reason == "named beside the figure" else None

    def _of_other_maker(self, thing: str | None, person: who.Person) -> bool:
        maker = self.world.maker(thing)
        return maker is not None and person.how == "named" and bool(person.entities) and maker not in person.entities

    def _is_party(self, bond: Bond, subject: str | None, person: who.Person) -> bool:
        """Whether the money goes to the only company named: its payers are off the watchlists."""
        party = telling.party("deal", bond.trigger, None, self.row, self.world)
        return subject is not None and subject == party and person.how not in ("named", "owner", "pronoun")

    def _period_before(self, bond: Bond) -> str | None:
        """Figures that share a word share its period: "55 percent in 2025, and Huawei about a fifth"."""
        return None if earlier(bond.figure, self.row) else self.periods.get(bond.trigger.index)

    def _period_above(self, bond: Bond, status: Status) -> str | None:
        """The period that the heading of a list gives to its items."""
        above = self.world.heading
        if above is None or bond.entry not in above.entries or above.period is None or above.period.period is None:
            return None
        return above.period.period.read(None, future=status != "achieved", own_quarters=False)

    def _whole(self, bond: Bond) -> Claim | None:
        """What "40 billion yuan of it" is a part of: the first claim of the metric, no earlier figure."""
        after = self.row[bond.figure.index + 1 : bond.figure.index + 3]
        before = self.row[bond.figure.index - 1] if bond.figure.index else None
        money = bond.figure.figure is not None and bond.figure.figure.kind == "money"
        of_which = money and before is not None and before.text.lower() == "of which"
        of_it = len(after) == 2 and after[0].has("of") and after[1].text.lower() in ("it", "that", "which", "this")
        if not (of_which or of_it):
            return None
        for drawn in self.drawn:
            claim = drawn.claim
            if claim.metric == bond.entry.metric and drawn.reasons[-1] != "status: an earlier figure":
                return claim
        return None

    def _of_row(self, bond: Bond) -> who.Person | None:
        """In a table, the company that its row names."""
        if column_of(bond.figure, self.row, self.world.columns, self.world) is None:
            return None
        name = next(t for t in self.row if self.world.is_org(t.entity))
        return Person((name.entity or "",), "named", "whose row it is")

    def _period_of_column(self, bond: Bond) -> str | None:
        column = column_of(bond.figure, self.row, self.world.columns, self.world)
        if column is None or column.period is None or column.period.period is None:
            return None
        return column.period.period.read(None, future=False, own_quarters=False)

    def _goes_on_from(self, bond: Bond, clause: Clause, reason: str) -> Claim | None:
        """The claim that a figure without a word goes on from: "..., leaving AMD with 5%"."""
        last = self.world.last
        if last is None or last.metric != bond.entry.metric or bond.cost < 10 or not reason.startswith("told as done"):
            return None
        speech = speech_over(self.scene, bond.figure.index)
        reckoned = self.scene.analyst and speech is not None and speech.kind == "estimate"
        verb = clause.verb
        participle = verb is not None and verb.text.lower().endswith("ing") and clause.tokens[0] is verb
        return last if reckoned or participle else None

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
        if metric == "production" and bond.trigger.text.lower().startswith("wafer"):
            return "wafers"
        return self.world.units.get(metric, "")
