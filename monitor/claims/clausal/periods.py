"""The period of a figure: told with it, or by the figures around it, the whole it is part of, the list or the table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.clausal.acts.decrees import DECIDED
from monitor.claims.clausal.lists import earlier, quarter_of_two, respective_period
from monitor.claims.clausal.scene import speech_over
from monitor.claims.clausal.when import period_of
from monitor.claims.metrics import REPORTED
from monitor.claims.tables import column_of

if TYPE_CHECKING:
    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.clausal.scene import Scene
    from monitor.claims.draft import Drawn, Verdict
    from monitor.claims.frames import Bond
    from monitor.claims.world import World
    from monitor.model import Claim, Status


class Periods:
    """A sentence with the figures and periods that it has told so far."""

    def __init__(self, world: World, scene: Scene) -> None:
        self.world = world
        self.scene = scene
        self.row = scene.row
        self.drawn: list[Drawn] = []
        self.bonds: list[Bond] = []
        self.periods: dict[int, str | None] = {}

    def _period_before(self, bond: Bond) -> str | None:
        """Figures that share a word share its period: "55 percent in 2025, and Huawei about a fifth"."""
        return None if earlier(bond.figure, self.row) else self.periods.get(bond.trigger.index)

    def _period_of_part(self, clause: Clause) -> str | None:
        """ "It spent $41bn in the June quarter, and its sales grew 38%": the quarter of the part before."""
        first = next((t for t in clause.tokens if t.text != ","), None)
        last = self.drawn[-1].claim if self.drawn else None
        if first is None or not first.has("and") or last is None or last.status != "achieved" or not last.period:
            return None
        return last.period if any(letter in last.period for letter in "QH") else None

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

    def _period_shared(self, metric: str, subject: str | None, verdict: Verdict) -> str | None:
        """ "Revenue rose to 12 billion yuan in 2025, and net profit fell to 1.5 billion": results of one report."""
        last = self.drawn[-1] if self.drawn else None
        if last is None or not {metric, last.claim.metric} <= REPORTED or "an earlier figure" in verdict.reason:
            return None
        alike = (last.claim.subject, last.claim.status) == (subject, verdict.status)
        return last.claim.period if alike and "earlier figure" not in last.reasons[-1] else None

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
        beside = bond.entry.metric == "market_share" and bond.trigger.verb and bond.entry not in bond.trigger.entries
        participle = verb is not None and verb.text.lower().endswith("ing") and clause.tokens[0] is verb
        return last if reckoned or participle or beside else None

    def _siblings(self, bond: Bond) -> frozenset[int]:
        """Places of the figures that share a figure's word."""
        return frozenset(
            b.figure.index for b in self.bonds if b.trigger is bond.trigger and not earlier(b.figure, self.row)
        )

    def _when(
        self, metric: str, bond: Bond, clause: Clause, subject: str | None, verdict: Verdict
    ) -> tuple[Verdict, str | None]:
        """The period of a figure, and its status where the figure that it goes on from tells it."""
        when = respective_period(bond, self.bonds, self.scene) or period_of(
            metric, bond.trigger, bond.figure, clause, self.row, world=self.world, subject=subject,
            status="planned" if verdict.reason in DECIDED else verdict.status,
            siblings=self._siblings(bond),
        )  # fmt: skip
        when = (
            self._period_of_column(bond)
            or when
            or self._period_before(bond)
            or self._period_above(bond, verdict.status)
            or (self._period_of_part(clause) if metric in REPORTED and verdict.status == "achieved" else None)
            or self._period_shared(metric, subject, verdict)
        )
        if (whole := self._whole(bond)) is not None:
            verdict, when = replace(verdict, status=whole.status), whole.period
        if (before := self._goes_on_from(bond, clause, verdict.reason)) is not None:
            verdict, when = replace(verdict, status=before.status), when or before.period
        when = quarter_of_two(when, bond, self.bonds, self.scene)
        self.periods[bond.trigger.index] = when
        return verdict, when
