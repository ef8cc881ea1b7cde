"""What holds a figure without a word beside it: the heading, the noun before a colon, or the figure itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.clausal.figures.goes_on import GoesOn
from monitor.claims.clausal.status.governing import PLANS
from monitor.claims.clausal.surroundings import allowed, modifies_noun
from monitor.claims.frames import Bond, figure_kind
from monitor.claims.headings import entry_for, is_item
from monitor.claims.lexicon import Entry
from monitor.claims.metrics import FLOOR
from monitor.claims.tables import column_of, dressed

if TYPE_CHECKING:
    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.tokens import Token


class Unworded(GoesOn):
    """Binds the figures that need no word in their clause."""

    def _before_colon(self, figure: Token, clause: Clause) -> Bond | None:
        """ "The bookings look like this: 300,000 wafers for Nvidia": the noun before the colon holds what follows."""
        colon = next((t.index for t in reversed(self.row[: figure.index]) if t.text == ":"), None)
        if colon is None or any(t.verb for t in self.row[colon + 1 : figure.index]) or clause.tokens[0].index < colon:
            return None
        kind = figure_kind(figure)
        if kind == "nm":
            return None  # "A node is a name too: 7 nm and 5 nm measure nothing"
        if (plan := self._plan_before(colon)) is not None and (entry := self.world.entry) and kind in entry.fits:
            return Bond(figure, plan, entry, 10)
        wanted = {kind} if kind != "bare" else {"bare", "units"}
        if (done := self._participle(colon, wanted)) is not None:
            return Bond(figure, *done, 10)
        for token in reversed(self.row[:colon]):
            for entry in token.entries:
                if entry.pos == "noun" and entry.metric and wanted & entry.fits and not modifies_noun(token, self.row):
                    return Bond(figure, token, entry, 10)
        return None

    def _plan_before(self, colon: int) -> Token | None:
        """ "All four raised their plans: Alphabet to $185 billion, ...": of what was told before."""
        plans = [t for t in self.row[:colon] if t.text.lower() in PLANS]
        moved = any(t.has("rise", "fall") and t.verb for t in self.row[:colon])
        return plans[-1] if plans and moved else None

    def _participle(self, colon: int, wanted: set[str]) -> tuple[Token, Entry] | None:
        """ "Sold in 2025: 1.2 million chips", "Installed at its hub: 8,200 processors"."""
        first = self.row[max((t.index + 1 for t in self.row[:colon] if t.text in (".", ";", "—")), default=0)]
        if not first.text.lower().endswith(("ed", "sold", "built", "made", "bought")):
            return None
        return next(((first, e) for e in first.entries if e.pos == "verb" and wanted & e.fits and not e.object), None)

    def _listed(self, figure: Token) -> Bond | None:
        """An item of a list: the heading has its word."""
        column = column_of(figure, self.row, self.world.columns, self.world)
        if column is not None and (held := dressed(figure, column)) is not None:
            return Bond(figure, next(t for t in self.row if self.world.is_org(t.entity)), held, 10)
        above = self.world.heading
        if above is None or not is_item(self.row):
            return None
        entry = entry_for(above, figure_kind(figure))
        if entry is None:
            return None
        if above.unit:
            self.world.units[entry.metric or ""] = above.unit
        name = next(t for t in self.row if t.kind == "name")
        return Bond(figure, name, entry, 10)

    def _default(self, figure: Token, clause: Clause) -> Bond | None:
        """What needs no word: a compute rate, wafers a month, money "each", a rate with its noun within."""
        within = next((e for e in figure.entries if allowed(e, figure, clause, self.world)), None)
        if within is not None and figure_kind(figure) == "percent":
            return Bond(figure, figure, within, 5)
        if figure.figure is not None and figure.figure.each and figure_kind(figure) == "money":
            entry = Entry(id="price:each", metric="price", pos="adjunct", fits=frozenset({"money"}))
            return Bond(figure, figure, entry, 5)
        if self._tagged(figure, clause) or self._tag_of(figure):
            entry = Entry(id="price:launched", metric="price", pos="adjunct", fits=frozenset({"money"}))
            return Bond(figure, figure, entry, 5)
        if figure_kind(figure) == "wafers" and figure.figure is not None and figure.figure.per:
            entry = Entry(id="capacity:unit", metric="capacity", pos="adjunct", fits=frozenset({"wafers", "bare"}))
            return Bond(figure, figure, entry, 5)
        if figure_kind(figure) == "nm" and self._is_made_on(figure, clause):
            entry = Entry(id="process_node:is", metric="process_node", pos="adjunct", fits=frozenset({"nm"}))
            return Bond(figure, figure, entry, 5)
        if figure_kind(figure) != "compute":
            return None
        entry = Entry(id="performance:unit", metric="performance", pos="adjunct", fits=frozenset({"compute"}))
        return Bond(figure, figure, entry, 5)

    def _is_made_on(self, figure: Token, clause: Clause) -> bool:
        """ "The Ascend 950 is a 5-nanometre processor": the node of a named chip, told as what it is."""
        before = self.row[max(0, figure.index - 2) : figure.index]
        after = self.row[figure.index + 1 : figure.index + 2]
        told = len(before) == 2 and before[0].has("be") and before[1].text.lower() in ("a", "an")
        return (
            told and bool(after) and after[0].has("class:chipword") and bool(self.cast.clause_subject(clause).product)
        )

    def _tagged(self, figure: Token, clause: Clause) -> bool:
        """ "Unveils its S90 graphics card at 5,999 yuan": the price that a product is launched at."""
        before = self.row[figure.index - 1] if figure.index else None
        quantity = figure.figure
        return (
            quantity is not None
            and quantity.kind == "money"
            and abs(quantity.value) < FLOOR * 10
            and (quantity.lead == "to" or (before is not None and before.has("at", "for", "from")))
            and any(e.metric == "launch" for t in clause.tokens if t.index < figure.index for e in t.entries)
        )

    def _tag_of(self, figure: Token) -> bool:
        """ "Intel's $949 GPU": a company's chip with its price in front."""
        before = self.row[figure.index - 1] if figure.index else None
        after = self.row[figure.index + 1] if figure.index + 1 < len(self.row) else None
        if self._aside_tag(figure):
            return True
        own = before is not None and before.possessive and self.world.kind(before.entity) == "company"
        small = figure_kind(figure) == "money" and figure.figure is not None and abs(figure.figure.value) < FLOOR * 10
        return own and small and after is not None and after.has("class:launchword")

    def _aside_tag(self, figure: Token) -> bool:
        """ "AMD's MI355X, at $23,000, undercuts it": the price of the chip before the comma."""
        at = figure.index - 1 - (self.row[figure.index - 1].has("at") if figure.index else 0)
        after = self.row[figure.index + 1] if figure.index + 1 < len(self.row) else None
        led = self.row[figure.index - 1].has("at") or (figure.figure is not None and figure.figure.lead == "to")
        if at < 1 or not led or self.row[at].text != "," or after is None or after.text != ",":
            return False
        small = figure_kind(figure) == "money" and figure.figure is not None and abs(figure.figure.value) < FLOOR * 10
        return small and self.world.kind(self.row[at - 1].entity) == "chip"
