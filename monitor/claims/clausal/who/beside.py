"""Who is named right beside a figure: "Meta 224,000 and Amazon 196,000"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.clausal.parallel import on_which
from monitor.claims.clausal.who.acting import Clausal
from monitor.claims.clausal.who.subjects import some
from monitor.claims.persons import Person

if TYPE_CHECKING:
    from monitor.claims.frames import Bond
    from monitor.claims.tokens import Token


class Beside(Clausal):
    """Finds whom the words around a figure name."""

    def _beside(self, bond: Bond) -> Person | None:
        """ "Meta 224,000 and Amazon 196,000"; "against 72% for TSMC"; "a mere 35,000 from AMD"."""
        at = (on_which(bond.figure, self.row) or bond.figure).index
        before = self.row[at - 1] if at else None
        if before is not None and before.has("at", "on") and at > 2 and self.row[at - 2].text.lower() == "alone":
            at -= 1  # "with Huawei alone at 28%"
        if at > 2 and before is not None and before.has("and") and self._both_of_one(at, bond):
            at -= 2  # "followed by SMIC with $2.21 billion and 5.1%"
            before = self.row[at - 1]
        if at > 2 and before is not None and before.has("of") and self.row[at - 2].text.lower() == "one":
            at, before = at - 2, self.row[at - 3]  # "Apple with one of $3.99 trillion"
        if before is not None and before.has("with", "at", "on") and at > 1 and self._named_after_comparison(at - 2):
            return Person(some(self.row[at - 2].entity), "named", "named beside the figure")
        if before is not None and before.text == "(" and at > 1 and self._is_company(at - 2):
            return Person(some(self.row[at - 2].entity), "named", "named before the bracket")
        if before is not None and (before.text == ":" or before.has("to", "at", "of")) and at > 1:
            before = self.row[at - 2]
            gapped = before.possessive
        else:
            gapped = False
        if before is not None and at > 1 and before.has("link") and before.text.lower().endswith("ing"):
            before = self.row[at - 2]  # "and Micron reaching 22%"
        if before is not None and before.possessive == gapped and self._opens_segment(before):
            return Person(some(before.entity), "named", "named beside the figure")
        if (
            before is not None
            and before.possessive
            and (self._opens_segment(before, compared=True) or self._fraction_of(before))
        ):
            return Person(some(before.entity), "named", "whose the figure beside is")
        behind = at + 1
        while behind < len(self.row) and self.world.is_thing(self.row[behind].entity):
            behind += 1  # "60,000 H20s for ByteDance"
        after = self.row[behind : behind + 2]
        if (
            len(after) == 2
            and after[0].has("for", "from", "at")
            and after[1].kind == "name"
            and self.world.is_org(after[1].entity)
        ) and (
            any(t.has("than", "previous") for t in self.row[max(0, at - 4) : at])
            or bond.cost >= 10
            or (after[0].has("at") and bond.entry.pos == "noun" and not bond.reversed)
        ):
            return Person(some(after[1].entity), "named", "named after the figure")
        return None

    def _fraction_of(self, name: Token) -> bool:
        """ "282 billion yuan, about half of Cambricon's 571 billion": whose the whole is that is compared with."""
        before = self.row[max(0, name.index - 2) : name.index]
        return (
            len(before) == 2 and before[1].has("of") and before[0].figure is not None and self.world.is_org(name.entity)
        )

    def _both_of_one(self, at: int, bond: Bond) -> bool:
        """Whether a sum stands right before "and" and a share: both are told of one company."""
        other = self.row[at - 2].figure
        share = bond.entry.metric == "market_share" and other is not None and other.kind == "money"
        return share and self.row[at - 3].has("with", "at")

    def _stranger_beside(self, bond: Bond) -> bool:
        """ "Hygon's revenue was 9 billion yuan, Torvane's 13 billion", "and Torvane at 90 billion": another's."""
        at = bond.figure.index - 1
        if at > 1 and self.row[at].has("at", "with", "to"):
            at -= 1
        name = self.row[at] if at > 1 else None
        if name is None or name.kind != "word" or not name.capital or name.styled or bond.trigger.index > at:
            return False
        owned = name.text.endswith(("'s", "’s"))
        led = bond.figure.figure is not None and bond.figure.figure.lead == "to"
        before = self.row[at - 1]
        told = any(t.kind == "figure" for t in self.row[bond.trigger.index : at]) and before.has("and")
        gapped = owned or led or at < bond.figure.index - 1 or (told and bond.trigger.verb)
        return gapped and bond.cost > 2 and (before.has("and") or before.text in (",", ";"))

    def _is_company(self, at: int) -> bool:
        return self.row[at].kind == "name" and self.world.is_org(self.row[at].entity) and not self.row[at].possessive

    def _opens_segment(self, name: Token, *, compared: bool = False) -> bool:
        """A company's name at the head of a sentence, after a mark or after "and"."""
        if name.kind != "name" or not self.world.is_org(name.entity):
            return False
        before = self.row[name.index - 1] if name.index else None
        if before is not None and before.has("at") and name.index > 1 and self.row[name.index - 2].text in (",", ";"):
            return True  # "At Lam Research revenue rose to $5.8bn, at KLA to $3.4bn"
        if before is not None and before.has("by"):
            return name.index > 1 and self.row[name.index - 2].has("figureword")  # "followed by UMC"
        if compared and before is not None and before.has("than", "previous"):
            return True  # "against Samsung's 57 trillion won"
        return before is None or before.text in (",", ";", "(", ":", "—") or before.has("and")

    def _named_after_comparison(self, at: int) -> bool:
        """ "behind Samsung with 29% and Kioxia with 16%"."""
        name = self.row[at]
        before = self.row[at - 1] if at else None
        return (
            name.kind == "name" and self.world.is_org(name.entity) and before is not None
            and (before.has("than", "and", "by", "gives", "with") or before.text == ",")
        )  # fmt: skip
