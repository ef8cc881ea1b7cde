"""Whose figure it is: resolves the words for a subject to an entity of the watchlists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.metrics import RULER_METRICS
from monitor.claims.nodes import chip_owner
from monitor.claims.outlook import is_analyst
from monitor.claims.parties import Parties
from monitor.claims.persons import Person, subjects_for
from monitor.claims.stage import some
from monitor.claims.subjects import FOREIGN, owner_of
from monitor.claims.surroundings import passive
from monitor.claims.telling import party

if TYPE_CHECKING:
    from monitor.claims.clauses import Clause
    from monitor.claims.frames import Bond
    from monitor.claims.tokens import Token


__all__ = ["Cast", "Person", "subjects_for"]


class Cast(Parties):
    """Finds the subject of what a word tells."""

    def subject(self, bond: Bond, clause: Clause) -> Person:
        beside = (self._beside(bond) or self._for_whom(clause)) if bond.figure is not bond.trigger else None
        if beside is not None:
            return beside
        if own := self._of_own_clause(bond, clause):
            return Person((own,), "named", "subject of the clause that goes on")
        if bond.entry.metric == "market_share" and (holder := self._holder(clause)):
            return Person((holder,), "named", "to whom the share belongs")
        done_to = bond.trigger.verb and passive(clause, bond.trigger)
        if chip := chip_owner(bond, self.clause_subject(clause), self.row, self.world, done_to=done_to):
            return Person((chip,), "named", "whose chip is built on it", self.clause_subject(clause).product)
        if bond.entry.metric == "orders" and (buyer := self._orderer(bond)):
            return Person((buyer,), "named", "from whom the orders came")
        if bond.entry.pos in {"noun", "adjunct"}:
            owner, pronoun = owner_of(bond.trigger, self.row, self.world, outermost=self._of_others(bond, clause))
            if owner is FOREIGN:
                return Person((), "foreign", "the owner is off the watchlists")
            if bond.entry.owner == "buyer" and (placer := self._placer(clause)):
                return Person((placer,), "named", "who placed the orders", owner.product if owner else None)
            if owner is not None and owner.entities:
                return Person(owner.entities, "owner", f"owner of {bond.trigger.text!r}", owner.product)
            if pronoun:
                entity = self.referent(clause, bond.trigger, ruler=bond.entry.metric in RULER_METRICS)
                return Person(some(entity), "pronoun", "a pronoun owns the noun", owner.product if owner else None)
            if self._marketwide(bond.trigger):
                return Person((), "foreign", "the sum of all", owner.product if owner else None)
            person = self._of_clause(clause, bond)
            if bond.entry.metric == "deal" and not person.entities and (other := self._skipped(bond)):
                return Person((other,), "named", "whose deal the sum is")
            if bond.entry.metric in RULER_METRICS and person.how == "nested":
                person = self._ruler_of_decree() or person  # "the duty on chips from China ..."
            if bond.entry.metric in RULER_METRICS and not any(self.world.is_ruler(e) for e in person.entities):
                person = self._ruler_by(clause) or self._ruler_speaking() or self._ruler_of_decree() or person
            if bond.entry.metric == "penalty":
                person = self._fined(clause, person)
            if owner is not None and owner.product and not person.product:
                return Person(person.entities, person.how, person.reason, owner.product)
            return person
        if bond.entry.metric == "valuation" and (valued := self._valued(bond) or self._apposed(bond, clause)):
            return valued
        if bond.entry.owner == "object" and not passive(clause, bond.trigger):
            return self._object(bond, clause)
        if bond.entry.owner == "candidate":
            return self._candidate(bond, clause)
        if bond.entry.owner == "giver":
            return self._giver(clause, bond)
        if bond.entry.owner == "decree":
            return self._decree(bond)
        if (
            passive(clause, bond.trigger)
            and not bond.trigger.text.lower().endswith("ing")
            and bond.entry.owner != "object"
        ):
            if bond.entry.metric == "investment" and bond.figure.index > bond.trigger.index:
                return self._giver(clause)  # "Micron was awarded $6 billion"
            return self._agent(bond, clause)
        if (
            bond.reversed
            and self.row[bond.trigger.index + 1 : bond.trigger.index + 2]
            and self.row[bond.trigger.index + 1].has("by")
        ):
            return self._agent(bond, clause)  # "the $20 billion paid by Nvidia"
        if actor := self._of_cleft(bond):
            return Person((actor,), "named", f"subject of {bond.trigger.text!r} behind 'what'")
        person = self._of_clause(clause, bond)
        if bond.entry.metric == "listed_entities" and not any(self.world.is_ruler(e) for e in person.entities):
            return self._ruler_by(clause) or self._ruler_speaking() or person
        return person

    def _of_cleft(self, bond: Bond) -> str | None:
        """ "40,000 cards is what Biren shipped": the name behind "what"."""
        between = self.row[bond.figure.index + 1 : bond.trigger.index]
        what = next((t.index for t in between if t.text.lower() == "what"), None)
        name = self.row[what + 1] if what is not None else None
        return name.entity if name is not None and self.world.is_org(name.entity) and not name.possessive else None

    def _beside(self, bond: Bond) -> Person | None:
        """ "Meta 224,000 and Amazon 196,000"; "against 72% for TSMC"; "a mere 35,000 from AMD"."""
        at = bond.figure.index
        before = self.row[at - 1] if at else None
        if before is not None and before.has("with", "at", "on") and at > 1 and self._named_after_comparison(at - 2):
            return Person(some(self.row[at - 2].entity), "named", "named beside the figure")
        if before is not None and (before.text == ":" or before.has("to", "at", "of")) and at > 1:
            before = self.row[at - 2]
            gapped = before.possessive
        else:
            gapped = False
        if before is not None and at > 1 and before.has("link") and before.text.lower().endswith("ing"):
            before = self.row[at - 2]  # "and Micron reaching 22%"
        if before is not None and before.possessive == gapped and self._opens_segment(before):
            return Person(some(before.entity), "named", "named beside the figure")
        if before is not None and before.possessive and self._opens_segment(before, compared=True):
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

    def _opens_segment(self, name: Token, *, compared: bool = False) -> bool:
        """A company's name at the head of a sentence, after a mark or after "and"."""
        if name.kind != "name" or not self.world.is_org(name.entity):
            return False
        before = self.row[name.index - 1] if name.index else None
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
            and (before.has("than", "and", "by", "gives") or before.text == ",")
        )  # fmt: skip

    def _giver(self, clause: Clause, bond: Bond | None = None) -> Person:
        """Who gives what somebody received: the ruler after "from", or whom the sentence names."""
        licensed = bond is not None and bond.entry.metric == "export_control"
        elsewhere = ("in", "to", "for") if licensed else ("in",)  # "permits to ship B30A to China"
        rulers = [
            t for t in clause.tokens
            if t.kind == "name" and self.world.is_ruler(t.entity) and not self.row[t.index - 1].has(*elsewhere)
        ]  # fmt: skip
        named = [t.entity for t in rulers if not t.actor] or [t.entity for t in rulers]
        if not named:
            spoken = self._of_clause(clause, None)
            named = [e for e in spoken.entities if self.world.is_ruler(e)]
        if not named and bond is not None and bond.entry.metric == "tariff" and self.world.ruler:
            return Person((self.world.ruler,), "carried", "the ruler spoken of")
        if not named and (rule := self._own_rule(clause) or self._own_government(clause)):
            return Person((rule,), "named", "whose money it is")
        return Person(some(named[-1] if named else None), "named", "who gives it")

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
            owner = next((t.entity for t in clause.tokens if t.kind == "name" and self.world.is_ruler(t.entity)), None)
            return Person(some(owner), "passive", "whose list it is")
        person = self._of_clause(clause, bond)
        if bond.entry.metric == "export_control" and not any(self.world.is_ruler(e) for e in person.entities):
            return self._ruler_speaking() or Person(
                person.entities, "passive", "subject of the passive", person.product
            )
        return Person(person.entities, "passive", "subject of the passive", person.product)

    def _of_clause(self, clause: Clause, bond: Bond | None) -> Person:
        subject = self.clause_subject(clause)
        if subject.how in ("named", "owner", "product") and subject.entities:
            if subject.how != "product":
                self.last = subject.entity
            return Person(
                subject.entities,
                subject.how,
                f"subject of its clause ({subject.how})",
                subject.product,
                shared=self._each(),
            )
        if subject is FOREIGN or subject.how == "foreign":
            other = self._prefix(clause) or (self._counterpart(bond) if bond is not None else None)
            if other is None and bond is not None and "intoname" in bond.entry.object:
                into = party("deal", bond.trigger, None, self.row, self.world)
                if into in self.world.entities:
                    return Person(some(into), "nested", "into whom the money goes", subject.product)
            if other:
                return Person((other,), "named", "the company that the foreign subject stands with")
            return Person((), "foreign", "the subject is off the watchlists", subject.product)
        if subject.how == "pronoun" and subject.entities:
            return Person(subject.entities, "pronoun", "the last company of that trade", subject.product)
        if subject.how == "pronoun" and (ahead := self._site_of(clause) or self._named_ahead(clause)):
            return Person((ahead,), "carried", "the subject that the sentence goes on with", subject.product)
        if subject.how == "pronoun" and bond is not None and bond.entry.metric == "valuation" and self._backed(clause):
            return Person((), "foreign", "whom the money goes to", subject.product)
        if subject.how == "pronoun":
            return Person(
                some(self.referent(clause, None, ruler=_rules(bond))), "pronoun", "a pronoun", subject.product
            )
        entity = self._carry(clause)
        if entity is None and self._of_stranger(clause):
            return Person((), "foreign", "the subject before is off the watchlists", subject.product)
        if _rules(bond) and any(t.has("class:billword") for t in clause.tokens):
            ruler = next(
                (t.entity for t in self.row if t.kind == "name" and not t.actor and self.world.is_ruler(t.entity)), None
            )
            if ruler:
                return Person((ruler,), "named", "whose bill it is")
        if subject.how == "nested" and subject.entities:
            return Person(subject.entities, "nested", "named within the subject", subject.product)
        if (
            subject.how == "nested"
            and bond is not None
            and (other := self._beneficiary(bond))
            and bond.entry.metric == "funding"
        ):
            return Person((other,), "named", "whom the money is for", subject.product)
        if subject.how == "nested" and entity is None and bond is not None and (other := self._named_behind(bond)):
            return Person((other,), "named", "named behind the figure", subject.product)
        if subject.how == "nested" and entity is None and self.world.headline and not _rules(bond):
            return Person((self.world.headline,), "carried", "whom the article is about", subject.product)
        if subject.how == "nested":
            return Person(
                some(entity or self.referent(clause, None, ruler=_rules(bond))),
                "carried",
                "last subject",
                subject.product,
            )
        product = subject.product or self._carried_product(clause, entity)
        if (
            entity is None
            and bond is not None
            and bond.entry.metric == "funding"
            and (other := self._beneficiary(bond))
        ):
            return Person((other,), "named", "whom the money is for", product)
        if entity is None and (ahead := self._named_ahead(clause)):
            return Person((ahead,), "carried", "the subject that the sentence goes on with", product)
        if entity is None and bond is not None and bond.entry.pos == "noun" and (other := self._named_behind(bond)):
            return Person((other,), "named", "named behind the figure", product)
        if entity is None and self.world.company is None and (listed := self._of_shares()):
            return Person((listed,), "named", "whose shares the headline is about", product)
        only = (
            self.world.mentioned[0] if len(self.world.mentioned) == 1 and bond is not None and bond.reversed else None
        )
        if entity is None:
            return Person(some(self.world.company or only), "stale", "the last company spoken of", product)
        return Person((entity,), "carried", "carried from before", product)

    def _of_stranger(self, clause: Clause) -> bool:
        """ "Torvane sued after asking ...": a clause without a subject goes on with one that is off the watchlists."""
        opening = [t for t in clause.tokens if clause.verb is not None and t.index < clause.verb.index]
        if not opening or not all(t.has("boundary", "and", "adverb") for t in opening):
            return False
        before = [c for c in self.scene.clauses if c.tokens[0].index < clause.tokens[0].index and c.mode == "main"]
        return bool(before) and self.clause_subject(before[-1]).how == "foreign"

    def _named_ahead(self, clause: Clause) -> str | None:
        """ "Having sold 12,000 cards, Biren ...", "With 44,000 cards sold, Biren ...": a clause that leads up."""
        first = clause.tokens[0]
        if first.index or not (first.has("boundary", "prep") or first.text.lower().endswith(("ing", "ed"))):
            return None
        for other in self.scene.clauses:
            if other.tokens[0].index > clause.tokens[-1].index and self.row[other.tokens[0].index - 1].text == ",":
                subject = self.clause_subject(other)
                return subject.entity if subject.how in ("named", "owner") else None
        return None

    def _named_behind(self, bond: Bond) -> str | None:
        """ "Shipments reached 48,000 units at Enflame", "Revenue came in at $12.4 billion, Lam Research said"."""
        after = self.row[bond.figure.index + 1 : bond.figure.index + 3]
        if len(after) == 2 and after[0].has("at", "for") and self.world.kind(after[1].entity) == "company":
            return after[1].entity
        if _rules(bond):
            return None
        spoken = [e for s in self.scene.speeches if not is_analyst(s) for e in s.entities]
        return next((e for e in reversed(spoken) if self.world.kind(e) == "company"), None)

    def _site_of(self, clause: Clause) -> str | None:
        """ "The Wuxi fab has room for 70,000 wafers, Hua Hong said": the owner of a plant speaks of it."""
        verb = clause.verb
        if not any(t.has("facility") for t in clause.tokens if verb is None or t.index < verb.index):
            return None
        spoken = [e for s in self.scene.speeches for e in s.entities if self.world.kind(e) == "company"]
        if spoken:
            return spoken[-1]
        around = [t.entity for t in clause.tokens if t.kind == "name" and self.world.kind(t.entity) == "company"]
        return around[-1] if around else None

    def _prefix(self, clause: Clause) -> str | None:
        """ "Nvidia GTC 2026: Jensen Huang unveils ...": the company that a headline opens with."""
        if self.field != "title" or clause is self.scene.clauses[0]:
            return None
        first = self.scene.clauses[0]
        names = [t.entity for t in first.tokens if t.kind == "name" and self.world.kind(t.entity) == "company"]
        colon = any(t.text == ":" for t in self.row[first.tokens[-1].index : clause.tokens[0].index + 1])
        return names[0] if names and colon and first.verb is None else None

    def _each(self) -> bool:
        return "each" in self.scene.cues


def _rules(bond: Bond | None) -> bool:
    return bond is not None and bond.entry.metric in RULER_METRICS
