"""Whose figure it is: resolves the words for a subject to an entity of the watchlists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.clausal.surroundings import passive
from monitor.claims.clausal.who.beside import Beside
from monitor.claims.clausal.who.credited import credited
from monitor.claims.clausal.who.nodes import chip_owner
from monitor.claims.clausal.who.owners import owner_of
from monitor.claims.clausal.who.subjects import FOREIGN, some
from monitor.claims.metrics import RULER_METRICS
from monitor.claims.persons import Person

if TYPE_CHECKING:
    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.frames import Bond
    from monitor.claims.tokens import Token


class Cast(Beside):
    """Finds the subject of what a word tells."""

    def subject(self, bond: Bond, clause: Clause) -> Person:
        if (apart := self._set_apart(bond, clause)) is not None:
            return apart
        if bond.entry.owner == "candidate":
            return self._candidate(bond, clause)
        if bond.entry.pos in {"noun", "adjunct"}:
            outer = clause.parent if clause.mode == "relative" else None
            led = (
                outer is not None and bond.entry.pos == "noun" and bond.cost < 9 and bond.trigger.clause == outer.number
            )  # "a contract with Oracle that is worth"
            return self._of_noun(bond, outer if led and outer is not None else clause)
        return self._of_verb(bond, clause)

    def _set_apart(self, bond: Bond, clause: Clause) -> Person | None:
        """Who is named for this one figure, whoever is the subject of its clause."""
        if bond.entry.metric == "market_share" and (holder := credited(bond.figure, self.row, self.world)):
            return Person((holder,), "named", "whom a counter gives the share")
        beside = (self._beside(bond) or self._for_whom(clause)) if bond.figure is not bond.trigger else None
        if beside is not None:
            return beside
        if bond.figure is not bond.trigger and self._stranger_beside(bond):
            return Person((), "foreign", "somebody off the watchlists is named beside the figure")
        if own := self._of_own_clause(bond, clause):
            return Person((own,), "named", "subject of the clause that goes on")
        if (
            bond.entry.metric == "valuation"
            and not bond.trigger.verb
            and (given := self._given_to(bond.trigger, bond.figure))
        ):
            return given
        if bond.entry.metric == "market_share" and (holder := self._holder(clause)):
            return Person((holder,), "named", "to whom the share belongs")
        done_to = bond.trigger.verb and passive(clause, bond.trigger)
        if chip := chip_owner(bond, self.clause_subject(clause), self.row, self.world, done_to=done_to):
            return Person((chip,), "named", "whose chip is built on it", self.clause_subject(clause).product)
        if bond.entry.metric == "orders" and (
            buyer := self._orderer(bond) or self._sold_to(bond) or self._supplied_to(bond)
        ):
            return Person((buyer,), "named", "from whom the orders came")
        return None

    def _of_noun(self, bond: Bond, clause: Clause) -> Person:
        """Whose "shipments", "revenue", "order" it is: its owner, else the subject of the clause."""
        behind = self.row[bond.figure.index + 1 : bond.figure.index + 4]
        if len(behind) == 3 and behind[1].text.lower() == "what" and self._is_company(behind[2].index):
            return Person(some(behind[2].entity), "named", "behind 'what'")
        if bond.entry.metric == "deal" and self._acquired(bond.trigger, clause):
            return self._of_clause(clause, bond)
        owner, pronoun = owner_of(bond.trigger, self.row, self.world, outermost=self._of_others(bond, clause))
        if owner is FOREIGN:
            return Person((), "foreign", "the owner is off the watchlists")
        product = owner.product if owner else None
        if owner is not None and self._other_side(owner, bond):
            owner = None
        if bond.entry.owner == "buyer" and (placer := self._placer(clause)):
            return Person((placer,), "named", "who placed the orders", product)
        if owner is not None and owner.entities:
            return Person(owner.entities, "owner", f"owner of {bond.trigger.text!r}", product)
        if pronoun:
            entity = self.referent(clause, bond.trigger, ruler=bond.entry.metric in RULER_METRICS)
            return Person(some(entity), "pronoun", "a pronoun owns the noun", product)
        summed = any(t.has("class:sumword") for t in self.row[max(0, bond.trigger.index - 2) : bond.trigger.index])
        if (
            summed
            or (self._marketwide(bond.trigger) and bond.entry.metric != "market_share")
            or (not product and self._market_price(bond, clause))
        ):
            return Person((), "foreign", "the sum of all", product)
        if bond.entry.metric == "acquisition" and (buyer := self._buyer(bond, clause)):
            return Person((buyer,), "named", "who buys", product)
        person = self._of_clause(clause, bond)
        if (
            bond.entry.metric == "deal"
            and not person.entities
            and (other := self._skipped(bond) or (self._counterpart(bond) if person.how != "foreign" else None))
        ):
            return Person((other,), "named", "whose deal the sum is")
        if bond.entry.metric == "acquisition" and person.how == "nested":
            spoken = self.world.company if self.world.company not in person.entities else None
            person = Person(some(spoken), "carried", "who is spoken of, not whose it is", product)
        person = self._corrected(person, bond.entry.metric, clause)
        if bond.entry.metric == "yield" and not person.entities and not product and (plant := self._plant_owner()):
            return Person((plant,), "named", "whose plant it is")
        if product and not person.product:
            return replace(person, product=product)
        return person

    def _corrected(self, person: Person, metric: str | None, clause: Clause) -> Person:
        """The subject of a clause, or the government whose duty, list or fine the noun is."""
        if metric == "tariff" and person.how == "owner" and (ruler := self._ruler_speaking()):
            return ruler  # "Taiwan's chips will be subject to a 15% duty, the White House said"
        if metric == "tariff" and person.how == "carried" and self.world.ruler and self._supposed(person):
            return Person((self.world.ruler,), "carried", "the ruler spoken of")
        if metric == "tariff" and person.how == "nested" and (ruler := self._ruler_speaking()):
            return ruler  # "the tariff on chips from Taiwan will be 20%, the White House said"
        if metric in RULER_METRICS and person.how == "nested":
            person = self._ruler_by(clause) or self._ruler_of_decree() or person  # "the duty on chips from China ..."
        if metric in RULER_METRICS and not any(self.world.is_ruler(e) for e in person.entities):
            decreed = self._ruler_by(clause) or self._ruler_speaking() or self._ruler_of_decree()
            person = decreed or (metric == "tariff" and self._only_ruler()) or person
        return self._fined(clause, person) if metric == "penalty" else person

    def _of_verb(self, bond: Bond, clause: Clause) -> Person:
        """Who does, or has done, what a verb tells."""
        entry, trigger = bond.entry, bond.trigger
        if made := self._made_to(trigger):
            return Person((made,), "named", f"whom somebody has {trigger.text!r}")
        if entry.metric == "valuation" and "worth" in trigger.text.lower() and self._of_things(clause):
            return Person((), "foreign", "what is worth it is no company")
        if entry.metric == "valuation" and (valued := self._valued(bond) or self._apposed(bond, clause)):
            return valued
        if entry.owner == "object" and not passive(clause, trigger):
            return self._object(bond, clause)
        if entry.owner == "giver":
            return self._giver(clause, bond)
        if entry.owner == "decree":
            return self._decree(bond)
        if entry.metric == "deal" and (buyer := self._sold_into(bond)):
            return Person((buyer,), "named", "to whom it is sold")
        if place := self._whose_place(bond):
            return Person((place,), "named", "whose warehouse, line or cloud it is")
        if passive(clause, trigger) and not trigger.text.lower().endswith("ing") and entry.owner != "object":
            if entry.metric == "investment" and bond.figure.index > trigger.index:
                return self._giver(clause)  # "Micron was awarded $6 billion"
            return self._agent(bond, clause)
        if (bond.reversed or self._done_by(bond)) and any(
            t.has("by") for t in self.row[trigger.index + 1 : trigger.index + 2 + self._so_far(trigger)]
        ):
            return self._agent(bond, clause)  # "the $20 billion paid by Nvidia"
        if entry.metric == "ipo" and (listed := self._listed(trigger)):
            return Person((listed,), "named", f"whom somebody is to {trigger.text!r}")
        if "lineword" in entry.object and (plant := self._plant_owner()):
            return Person((plant,), "named", "whose plant it is")
        if actor := self._of_cleft(bond):
            return Person((actor,), "named", f"subject of {trigger.text!r} behind 'what'")
        person = self._of_clause(clause, bond)
        if entry.metric == "listed_entities" and not any(self.world.is_ruler(e) for e in person.entities):
            found = self._ruler_by(clause) or self._ruler_speaking() or self._only_ruler()
            off = trigger.text.lower().startswith(("com", "cam", "go", "went", "drop", "leav", "left", "exit"))
            spoken = Person(some(self.world.ruler), "carried", "the ruler spoken of") if off else person
            return found or spoken
        return person

    def _so_far(self, participle: Token) -> int:
        """ "delivered so far by T-Head": whether a word of time stands between a participle and who did it."""
        behind = self.row[participle.index + 1 : participle.index + 3]
        return int(len(behind) == 2 and behind[0].period is not None and behind[1].has("by"))

    def _of_things(self, clause: Clause) -> bool:
        """ "Opportunities in AI could be worth $800 billion": a common noun that stands for no company is subject."""
        first = clause.verb
        head = [t for t in clause.tokens if first is not None and t.index < first.index and t.kind == "word"]
        plain = self.clause_subject(clause).how == "nested" and not self.clause_subject(clause).entities
        return plain and bool(head) and head[0].text.lower().endswith("s")

    def _of_cleft(self, bond: Bond) -> str | None:
        """ "40,000 cards is what Biren shipped": the name behind "what"."""
        between = self.row[bond.figure.index + 1 : bond.trigger.index]
        what = next((t.index for t in between if t.text.lower() == "what"), None)
        name = self.row[what + 1] if what is not None else None
        return name.entity if name is not None and self.world.is_org(name.entity) and not name.possessive else None

    def _giver(self, clause: Clause, bond: Bond | None = None) -> Person:
        """Who gives what somebody received: the ruler after "from", or whom the sentence names."""
        licensed = bond is not None and bond.entry.metric == "export_control"
        elsewhere = ("in", "to", "for") if licensed else ("in",)  # "permits to ship B30A to China"
        rulers = [
            t for t in clause.tokens
            if t.kind == "name" and self.world.is_ruler(t.entity) and not self.row[t.index - 1].has(*elsewhere)
            if not (t.actor and self._destination(t))
        ]  # fmt: skip
        named = [t.entity for t in rulers if not t.actor] or [t.entity for t in rulers]
        if not named:
            spoken = self._of_clause(clause, None)
            named = [e for e in spoken.entities if self.world.is_ruler(e)]
        if not named and bond is not None and bond.entry.metric == "tariff" and (told := self._ruler_speaking()):
            return told
        if not named and bond is not None and bond.entry.metric == "tariff" and self.world.ruler:
            return Person((self.world.ruler,), "carried", "the ruler spoken of")
        if not named and (rule := self._own_rule(clause) or self._own_government(clause)):
            return Person((rule,), "named", "whose money it is")
        return Person(some(named[-1] if named else None), "named", "who gives it")

    def _destination(self, country: Token) -> bool:
        """ "to export its chips to China": where goods go."""
        before = self.row[max(0, country.index - 7) : country.index]
        return bool(before) and before[-1].has("to") and any(t.has("class:sendword") for t in before)

    def _agent(self, bond: Bond, clause: Clause) -> Person:
        for token in self.row[clause.tokens[0].index :]:
            if token.text == ";":
                break
            if token.has("by"):
                after = next(
                    (t for t in self.row[token.index + 1 : token.index + 5] if t.kind == "name" and not t.modifier),
                    None,
                )
                if after is not None and self.world.is_org(after.entity):
                    made = self.clause_subject(clause).product
                    return Person(some(after.entity), "named", "agent of the passive", made)
        if bond.entry.metric == "listed_entities":
            names = [t for t in clause.tokens if t.kind == "name" and self.world.is_ruler(t.entity)]
            own = [t for t in names if not (t.actor and self.world.ruler)]  # "for acquiring U.S. items"
            owner = next((t.entity for t in own if not (t.index and self.row[t.index - 1].has("from", "in"))), None)
            return Person(some(owner), "passive", "whose list it is")
        person = self._of_clause(clause, bond)
        ruled = person.how != "nested" and any(self.world.is_ruler(e) for e in person.entities)
        if bond.entry.metric == "export_control" and not ruled:
            return (
                self._ruler_speaking()
                or self._ruler_of_decree()
                or Person(person.entities if ruled else (), "passive", "subject of the passive", person.product)
            )
        return Person(person.entities, "passive", "subject of the passive", person.product)
