"""Who owns a figure beside, or instead of, the subject of its clause: buyers, payers, givers, who is valued."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.claims.clausal.parallel import CARRIED, at_whom
from monitor.claims.clausal.surroundings import passive
from monitor.claims.clausal.who.rulers import Rulers
from monitor.claims.clausal.who.subjects import some
from monitor.claims.persons import Person

if TYPE_CHECKING:
    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.frames import Bond
    from monitor.claims.tokens import Token


_ANSWERED = frozenset({"confirmed", "denied", "disputed", "filled", "met", "acknowledged", "announced", "disclosed"})
"""What others than the buyer do with an order."""
_VALUING = ("value", "valuing", "peg", "pric", "apprais")


class Parties(Rulers):
    """The parties of a sentence's deals, orders, fines and grants."""

    def _of_own_clause(self, bond: Bond, clause: Clause) -> str | None:
        """ "..., while Huawei alone would take 38%": a figure that goes on from another clause has its own subject."""
        if bond.cost < CARRIED or bond.trigger.clause == bond.figure.clause or clause.mode in ("relative", "aside"):
            return None
        if (placed := at_whom(clause, self.world)) is not None:
            return placed
        subject = self.clause_subject(clause)
        gapped = subject.how == "owner" and any(
            one.possessive and two.verb for one, two in pairwise(clause.tokens)
        )  # "whereas Samsung's slipped to 6%"
        company = (subject.how == "named" or gapped) and self.world.kind(subject.entity) == "company"
        return subject.entity if company and len(subject.entities) == 1 else None

    def _marketwide(self, noun: Token) -> bool:
        """ "Global foundry revenue", "worldwide shipments of servers": everybody's together."""
        for token in reversed(self.row[max(0, noun.index - 5) : noun.index]):
            if token.has("marketwide") or self._technology_alone(token):
                return True
            if token.verb or token.has("prep", "and", "possessive") or token.kind in ("mark", "name", "figure"):
                return False
        return False

    def _technology_alone(self, token: Token) -> bool:
        """ "HBM revenue will reach $60 billion, Omdia said": of a technology, told by somebody who watches all."""
        opens = token.index == 0 and token.kind == "name" and self.world.kind(token.entity) == "technology"
        named = any(t.kind == "name" and self.world.kind(t.entity) == "company" for t in self.row)
        return opens and not named and any(t.has("analyst") for t in self.row)

    def _market_price(self, bond: Bond, clause: Clause) -> bool:
        """ "DRAM prices have doubled": what rises by itself is the market's price."""
        verb = clause.verb
        return bond.entry.id.startswith("growth/price") and verb is not None and bond.trigger.index < verb.index

    def _valued(self, bond: Bond) -> Person | None:
        """ "The deal values Groq at $20 billion", "a round that valued the lab at": whom the verb acts on."""
        if not bond.trigger.text.lower().startswith(_VALUING) or bond.figure.index < bond.trigger.index:
            return None
        for token in self.row[bond.trigger.index + 1 : bond.figure.index]:
            if token.kind == "name" and not token.modifier and self.world.kind(token.entity) == "company":
                return Person(some(token.entity), "named", "whom the verb values")
        if any(t.has("role", "class:orgword") for t in self.row[bond.trigger.index + 1 : bond.figure.index]):
            if (one := self._round_of(bond)) is not None:
                return Person((one,), "named", "whose round it is")
            spoken = self.last or self.world.company or self._only_company(bond.trigger.index)
            return Person(some(spoken), "carried", "the company spoken of, by what it is")
        return None

    def _round_of(self, bond: Bond) -> str | None:
        """ "a funding round for OpenAI that would value the start-up at": whose round the clause tells of."""
        for one, two in pairwise(self.row[: bond.trigger.index]):
            named = two.kind == "name" and self.world.kind(two.entity) == "company" and not two.possessive
            if (
                named
                and one.has("for", "in", "of")
                and any(t.has("class:roundword") for t in self.row[one.index - 3 : one.index])
            ):
                return two.entity
        return None

    def _whose_place(self, bond: Bond) -> str | None:
        """ "90,000 cards left Hygon's warehouses", "150,000 chips are at work in Tencent's cloud"."""
        if not bond.reversed or bond.entry.metric not in ("shipments", "deployment", "production"):
            return None
        for token in self.row[bond.trigger.index + 1 : bond.trigger.index + 4]:
            if token.has("possessive") and token.text.lower() == "its":
                after = self.row[token.index + 1 : token.index + 5]
                return self._named_before(bond.figure) if any(t.has("class:placeword") for t in after) else None
            if token.kind == "name":
                owned = token.possessive and self.world.kind(token.entity) == "company"
                after = self.row[token.index + 1 : token.index + 4]
                return token.entity if owned and any(t.has("class:placeword") for t in after) else None
            if not token.has("in", "at", "determiner", "from", "of"):
                return None
        return None

    def _named_before(self, figure: Token) -> str | None:
        """ "By Meta's account, 48,000 chips are live in its campus": the company before, whoever made the chips."""
        before = [t for t in self.row[: figure.index] if self.world.kind(t.entity) == "company"]
        behind = [e for s in self.scene.speeches for e in s.entities if self.world.kind(e) == "company"]
        return before[-1].entity if before else behind[-1] if behind else self.world.company

    def _given_to(self, noun: Token, figure: Token) -> Person | None:
        """ "The round gives Anthropic a valuation of ...", "puts a price tag of ... on OpenAI": whose value it is."""
        behind = self.row[figure.index + 1 : figure.index + 3]
        if len(behind) == 2 and behind[0].has("on", "for") and self.world.kind(behind[1].entity) == "company":
            return Person(some(behind[1].entity), "named", "on whom it is put")
        for token in reversed(self.row[max(1, noun.index - 5) : noun.index]):
            if token.kind == "name" and self.row[token.index - 1].has("gives"):
                return Person(some(token.entity), "named", "to whom the round gives it")
            if token.verb or token.kind in ("figure", "mark"):
                return None
        return None

    def _of_others(self, bond: Bond, clause: Clause) -> bool:
        """Whether a name between the sum and its noun is the other party: "a $14bn Nvidia order"."""
        if bond.entry.metric in ("deal", "acquisition"):
            return True
        verb = clause.verb
        return bond.entry.owner == "buyer" and verb is not None and not verb.has("sells")

    def _apposed(self, bond: Bond, clause: Clause) -> Person | None:
        """ "Groq, a start-up last valued at $6.9bn": the name before the comma."""
        if not bond.trigger.verb or passive(clause, bond.trigger):
            return None
        for token in reversed(self.row[max(0, bond.trigger.index - 7) : bond.trigger.index]):
            if token.verb or token.kind in ("name", "figure"):
                return None
            if token.text == "," and token.index:
                name = self.row[token.index - 1]
                named = name.kind == "name" and self.world.kind(name.entity) == "company" and not name.possessive
                return Person(some(name.entity), "named", "the name before") if named else None
        return None

    def _for_whom(self, clause: Clause) -> Person | None:
        """ "For Kioxia we assume 150,000": whom a forecaster speaks of."""
        start = clause.tokens[0].index
        first = self.row[max(0, start - 4) : start]
        at = next((i for i, t in enumerate(first) if t.has("for")), len(first))
        first = first[at : at + 3]
        if len(first) < 3 or not first[2].has("first", "analyst"):
            return None
        named = self.world.kind(first[1].entity) == "company"
        return Person(some(first[1].entity), "named", "of whom it is estimated") if named else None

    def _acquired(self, noun: Token, clause: Clause) -> bool:
        """ "would buy its Mobileye stake for $9 billion": whoever owns the stake, who buys it pays."""
        before = [t for t in clause.tokens if noun.index - 7 <= t.index < noun.index]
        verb = next((t for t in reversed(before) if t.verb or t.kind == "figure"), None)
        return verb is not None and verb.has("class:buyword") and not passive(clause, verb)

    def _sold_into(self, bond: Bond) -> str | None:
        """ "sold its stake to Qualcomm for $9 billion": the buyer among the watchlists."""
        if not bond.trigger.text.lower().startswith(("sell", "sold")) or bond.figure.index < bond.trigger.index:
            return None
        for to, name in pairwise(self.row[bond.trigger.index + 1 : bond.figure.index + 4]):
            if name.kind == "mark":
                return None
            if to.has("to") and self.world.kind(name.entity) == "company" and not name.possessive:
                return name.entity
        return None

    def _skipped(self, bond: Bond) -> str | None:
        """ "a $7 billion Oracle deal": the company between the sum and its noun."""
        for token in self.row[bond.figure.index + 1 : bond.trigger.index]:
            if token.kind == "name" and self.world.kind(token.entity) == "company" and not token.possessive:
                return token.entity
        return None

    def _holder(self, clause: Clause) -> str | None:
        """ "40% of the market belongs to Huawei"."""
        verb = next((t for t in clause.tokens if t.has("belongs")), None)
        if verb is None:
            return None
        after = [t for t in clause.tokens if t.index > verb.index and t.kind == "name"]
        return after[0].entity if after and self.world.is_org(after[0].entity) else None

    def _made_to(self, verb: Token) -> str | None:
        """ "A court ordered Samsung to pay", "helped CoreWeave to raise": whom somebody else makes do it."""
        to, name = verb.index - 1, verb.index - 2
        if to > 1 and not self.row[to].has("to"):
            return None
        if name < 1 or self.world.kind(self.row[name].entity) != "company" or self.row[name].possessive:
            return None
        return self.row[name].entity if self.row[name - 1].has("makes") else None

    def _done_by(self, bond: Bond) -> bool:
        """ "A test chip taped out by Intel": who does it stands behind the participle."""
        after = [t for t in self.row[bond.trigger.index + 2 : bond.trigger.index + 4] if not t.has("determiner")]
        return bond.figure is bond.trigger and bool(after) and self.world.is_org(after[0].entity)

    def _listed(self, verb: Token) -> str | None:
        """ "Alibaba would list T-Head in Hong Kong": the company that comes to the exchange."""
        for token in self.row[verb.index + 1 : verb.index + 6]:
            if token.kind == "mark" or token.has("prep") or token.verb:
                return None
            if token.kind == "name" and self.world.kind(token.entity) == "company" and not token.possessive:
                return token.entity
        return None

    def _buyer(self, bond: Bond, clause: Clause) -> str | None:
        """ "The planned purchase of a start-up by Intel": who buys, told behind it."""
        for by, name in pairwise(t for t in clause.tokens if t.index > bond.trigger.index):
            if by.verb:
                return None
            if by.has("by") and self.world.kind(name.entity) == "company" and not name.possessive:
                return name.entity
        return None

    def _orderer(self, bond: Bond) -> str | None:
        """ "ASML booked 18 EUV machines from Samsung": a seller's book tells who ordered."""
        if not bond.trigger.text.lower().startswith(("book", "took order", "taken order", "take order")):
            return None
        for token in self.row[bond.figure.index + 1 : bond.figure.index + 7]:
            if token.kind == "mark" or token.verb:
                return None
            if token.has("from") and token.index + 1 < len(self.row):
                name = self.row[token.index + 1]
                return name.entity if self.world.kind(name.entity) == "company" else None
        return None

    def _sold_to(self, bond: Bond) -> str | None:
        """ "agreed to sell OpenAI 300,000 chips", "a deal to supply 40,000 cards to Oracle": whose order it is."""
        if not bond.entry.id.startswith("orders/"):
            return None
        named = [t for t in self.row[bond.trigger.index + 1 : bond.figure.index] if t.kind == "name"]
        after = self.row[bond.figure.index + 1 : bond.figure.index + 7]
        named += [two for one, two in pairwise(after) if one.has("to") and two.kind == "name"]
        return next((t.entity for t in named if self.world.kind(t.entity) == "company" and not t.modifier), None)

    def _supplied_to(self, bond: Bond) -> str | None:
        """ "an order of $10 billion to supply Google's processors to Anthropic": whose order it is."""
        after = self.row[max(bond.trigger.index, bond.figure.index) + 1 :]
        at = next(
            (i for i, (one, two) in enumerate(pairwise(after)) if one.has("to") and two.has("class:sendword")), None
        )
        if at is None or any(t.kind == "mark" or t.verb for t in after[:at]):
            return None
        for one, two in pairwise(after[at + 2 :]):
            if one.kind == "mark" or (one.verb and not one.has("class:sendword")):
                return None
            if one.has("to", "for") and two.kind == "name" and not two.possessive:
                return two.entity if self.world.kind(two.entity) == "company" else None
        return None

    def _placer(self, clause: Clause) -> str | None:
        """ "Orders for 18,000 cards were placed by Alibaba"."""
        for token in clause.tokens:
            placed = token.index > 0 and self.row[token.index - 1].text.lower() not in _ANSWERED
            if token.has("by") and placed and token.index + 1 < len(self.row) and clause.verb:
                after = self.row[token.index + 1]
                return after.entity if after.kind == "name" and self.world.kind(after.entity) == "company" else None
        return None

    def _object(self, bond: Bond, clause: Clause) -> Person:
        after = (
            self.row[bond.figure.index + 1 : bond.figure.index + 4] if bond.figure.index > bond.trigger.index else ()
        )
        for token in (*after, *self.row[bond.trigger.index + 1 : bond.trigger.index + 6]):
            if token.kind == "name" and self.world.is_org(token.entity):
                thing = self.clause_subject(clause).product  # "HBM will bring SK Hynix 48 trillion won"
                return Person(some(token.entity), "named", f"object of {bond.trigger.text!r}", thing)
        return Person((), "none", "no object named")

    def _candidate(self, bond: Bond, clause: Clause) -> Person:
        """ "The bourse gave Enflame the nod", "Enflame won approval": the company of the clause."""
        named = [t.entity for t in clause.tokens if t.kind == "name" and self.world.kind(t.entity) == "company"]
        return Person(some(named[0] if named else self.world.company), "named", f"company of {bond.trigger.text!r}")

    def _of_shares(self) -> str | None:
        """ "Cambricon shares jump after a profit of ..."."""
        for token in self.row:
            if token.kind == "name" and token.modifier and self.world.kind(token.entity) == "company":
                after = self.row[token.index + 1].text.lower() if token.index + 1 < len(self.row) else ""
                return token.entity if after in ("shares", "stock") else None
        return None

    def _backed(self, clause: Clause) -> bool:
        """ "Nvidia backs Torvane as it reaches ...": "it" is whom the money goes to, off the watchlists."""
        for token in self.row[: clause.tokens[0].index]:
            if token.verb and any(e.metric in ("deal", "acquisition") and e.pos == "verb" for e in token.entries):
                after = self.row[token.index + 1 : clause.tokens[0].index]
                if any(t.kind == "word" and t.capital and not t.has("class:place") for t in after):
                    return not any(t.kind == "name" and self.world.kind(t.entity) == "company" for t in after)
        return False

    def _counterpart(self, bond: Bond) -> str | None:
        """A company of the watchlists that buys from, or signs with, one that is off them."""
        if bond.entry.metric == "funding":
            return self._beneficiary(bond)
        if bond.entry.metric not in ("deal", "orders"):
            return None
        for token in self.row[bond.trigger.index + 1 :]:
            if token.kind == "name" and self.world.kind(token.entity) == "company" and not token.modifier:
                before = self.row[token.index - 1]
                return token.entity if before.has("with", "by", "from", "to") else None
        return None

    def _beneficiary(self, bond: Bond) -> str | None:
        """ "The listing brought in 8 billion yuan for Moore Threads"."""
        for token in self.row[bond.figure.index + 1 : bond.figure.index + 5]:
            if token.kind == "name" and self.world.kind(token.entity) == "company":
                return token.entity if self.row[token.index - 1].has("for", "to") else None
        return None
