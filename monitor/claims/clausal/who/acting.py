"""Who does what a clause tells: its subject, whom a pronoun means, or whom the sentence goes on about."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.claims.clausal.status.outlook import is_analyst
from monitor.claims.clausal.telling import party
from monitor.claims.clausal.who.parties import Parties
from monitor.claims.clausal.who.subjects import FOREIGN, Subject, some
from monitor.claims.frames import figure_kind
from monitor.claims.metrics import OF_PLANTS, RULER_METRICS, RULERS_TOO
from monitor.claims.persons import Person

if TYPE_CHECKING:
    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.frames import Bond


class Clausal(Parties):
    """Finds whom a clause is about."""

    def _of_clause(self, clause: Clause, bond: Bond | None) -> Person:
        subject = self.clause_subject(clause)
        if bond is not None and bond.entry.metric == "yield" and (head := self._at_head(clause)):
            return Person((head,), "named", "at whose plant it is", subject.product)
        if subject.how == "product" and bond is not None and (host := self._host(clause, bond)):
            return Person((host,), "carried", "in whose halls they are", subject.product)
        if subject.how in ("named", "owner", "product") and subject.entities:
            if subject.how != "product":
                self.last = subject.entity
            reason = f"subject of its clause ({subject.how})"
            return Person(subject.entities, subject.how, reason, subject.product, shared=self._each(bond))
        if subject is FOREIGN or subject.how == "foreign":
            return self._of_foreign(subject, clause, bond)
        if subject.how == "pronoun":
            return self._of_pronoun(subject, clause, bond)
        if bond is not None and (led := self._led_by(bond)):
            return Person((led,), "named", "who leads it")
        entity = self._carry(clause)
        if entity is None and self._of_stranger(clause):
            return Person((), "foreign", "the subject before is off the watchlists", subject.product)
        if _rules(bond) and (ruler := self._of_bill(clause)):
            return Person((ruler,), "named", "whose bill it is")
        if subject.how == "nested":
            return self._of_nested(subject, entity, clause, bond)
        return self._of_before(subject, entity, clause, bond)

    def _host(self, clause: Clause, bond: Bond) -> str | None:
        """ "its campus is open, with 100,000 GB300 GPUs installed": who opens the campus."""
        if bond.entry.metric != "deployment" or not clause.tokens[0].has("with"):
            return None
        before = next((c for c in reversed(self.scene.clauses[: clause.number]) if c.mode == "main"), None)
        person = self._of_clause(before, None) if before is not None else None
        return person.entities[0] if person is not None and len(person.entities) == 1 else None

    def _of_foreign(self, subject: Subject, clause: Clause, bond: Bond | None) -> Person:
        """Beside a subject off the watchlists: whom it stands with, or gives to."""
        other = self._prefix(clause) or (self._counterpart(bond) if bond is not None else None)
        if other is None and bond is not None and "intoname" in bond.entry.object:
            into = party("deal", bond.trigger, None, self.row, self.world)
            if into in self.world.entities:
                return Person(some(into), "nested", "into whom the money goes", subject.product)
        if other is None and bond is not None and bond.entry.metric == "deployment":
            other = self._made_by(bond)
        if other:
            return Person((other,), "named", "the company that the foreign subject stands with")
        return Person((), "foreign", "the subject is off the watchlists", subject.product)

    def _of_pronoun(self, subject: Subject, clause: Clause, bond: Bond | None) -> Person:
        """Whom "it", "the company", "the foundry" means."""
        if subject.entities:
            return Person(subject.entities, "pronoun", "the last company of that trade", subject.product)
        if ahead := self._site_of(clause) or self._named_ahead(clause):
            return Person((ahead,), "carried", "the subject that the sentence goes on with", subject.product)
        if bond is not None and bond.entry.metric == "valuation" and self._backed(clause):
            return Person((), "foreign", "whom the money goes to", subject.product)
        if bond is not None and bond.entry.metric in ("deal", "investment") and self._says_state(clause):
            return Person(some(self.world.ruler), "pronoun", "the government spoken of", subject.product)
        entity = self.referent(clause, None, ruler=_rules(bond)) or (None if _rules(bond) else self._teller())
        if entity is None and bond is not None and bond.entry.metric in RULERS_TOO:
            entity = self._speaker(clause)  # "The Commission said it had put €495 million into"
        return Person(some(entity), "pronoun", "a pronoun", subject.product)

    def _says_state(self, clause: Clause) -> bool:
        """ "So far the state has put 1.7 trillion yen into the company"."""
        verb = clause.verb
        opening = [t for t in clause.tokens if verb is None or t.index < verb.index]
        return self.world.ruler is not None and any(t.text.lower() in ("the state", "the government") for t in opening)

    def _of_nested(self, subject: Subject, entity: str | None, clause: Clause, bond: Bond | None) -> Person:
        """Of a subject that only holds names ("output at the Arizona plant of TSMC"), `entity` being carried on."""
        if subject.entities:
            return Person(subject.entities, "nested", "named within the subject", subject.product)
        if bond is not None and bond.entry.metric == "funding" and (other := self._beneficiary(bond)):
            return Person((other,), "named", "whom the money is for", subject.product)
        if entity is None and bond is not None and (other := self._named_behind(bond)):
            return Person((other,), "named", "named behind the figure", subject.product)
        if entity is None and self.world.headline and not _rules(bond):
            return Person((self.world.headline,), "carried", "whom the article is about", subject.product)
        entity = entity or self.referent(clause, None, ruler=_rules(bond))
        return Person(some(entity), "carried", "last subject", subject.product)

    def _of_before(self, subject: Subject, entity: str | None, clause: Clause, bond: Bond | None) -> Person:
        """Of a clause without a subject: `entity`, carried on, else whom the sentence or the article names."""
        product = subject.product or self._carried_product(clause, entity)
        told = bond is not None and bond.entry.metric in ("price", "process_node", "performance")
        if told and (thing := self._thing_ahead(clause)):
            return Person(thing.entities, "product", "what the words in front are told of", thing.product)
        if entity is not None:
            return Person((entity,), "carried", "carried from before", product)
        if bond is not None and bond.entry.metric == "funding" and (other := self._beneficiary(bond)):
            return Person((other,), "named", "whom the money is for", product)
        if ahead := self._named_ahead(clause):
            return Person((ahead,), "carried", "the subject that the sentence goes on with", product)
        if bond is not None and bond.entry.pos == "noun" and (other := self._named_behind(bond)):
            return Person((other,), "named", "named behind the figure", product)
        if self.world.company is None and (listed := self._of_shares()):
            return Person((listed,), "named", "whose shares the headline is about", product)
        if bond is not None and bond.entry.metric in OF_PLANTS and (owner := self._plant_owner()):
            return Person((owner,), "named", "whose plant it is", product)
        alone = len(self.world.mentioned) == 1 and bond is not None and bond.reversed
        only = self.world.mentioned[0] if alone else None
        return Person(some(self.world.company or only), "stale", "the last company spoken of", product)

    def _led_by(self, bond: Bond) -> str | None:
        """ "The market was led by Samsung with a share of 44%": by whom, where the subject is nobody."""
        if bond.entry.metric not in ("market_share", "revenue", "shipments"):
            return None
        for token in reversed(self.row[max(2, bond.figure.index - 6) : bond.figure.index]):
            if token.has("with"):
                by, name = self.row[token.index - 2 : token.index]
                leads = by.has("by") and self.world.kind(name.entity) == "company" and not name.possessive
                return name.entity if leads else None
            if token.verb or token.kind in ("mark", "figure"):
                return None
        return None

    def _thing_ahead(self, clause: Clause) -> Subject | None:
        """ "Priced at $2.9 million each, GB200 racks are out of reach": the chip behind the comma."""
        after = next((c for c in self.scene.clauses if c.tokens[0].index > clause.tokens[-1].index), None)
        if clause.tokens[0].index or clause.verb is not clause.tokens[0] or after is None:
            return None
        subject = self.clause_subject(after)
        return subject if subject.how in ("product", "owner", "named") and subject.product else None

    def _at_head(self, clause: Clause) -> str | None:
        """ "At TSMC, N2 wafers yield better than 75 percent": where it is told of."""
        first = next((t for t in clause.tokens if not t.has("boundary", "and")), None)
        name = self.row[first.index + 1] if first is not None and first.index + 1 < len(self.row) else None
        if first is None or name is None or not first.has("at") or name.possessive or name.modifier:
            return None
        return name.entity if self.world.kind(name.entity) == "company" else None

    def _of_bill(self, clause: Clause) -> str | None:
        """Whose bill or act of parliament the clause tells of."""
        if not any(t.has("class:billword") for t in clause.tokens):
            return None
        names = (t for t in self.row if t.kind == "name" and not t.actor)
        return next((t.entity for t in names if self.world.is_ruler(t.entity)), None)

    def _of_stranger(self, clause: Clause) -> bool:
        """ "Torvane sued after asking ...": a clause without a subject goes on with one that is off the watchlists."""
        opening = [t for t in clause.tokens if clause.verb is not None and t.index < clause.verb.index]
        led = clause.verb is clause.tokens[0] and clause.tokens[0].text.lower().endswith("ing")
        if not (opening or led) or not all(t.has("boundary", "and", "adverb") for t in opening):
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
        if bond.figure is bond.trigger and (place := self._place(bond)):
            return place
        after = self.row[bond.figure.index + 1 : bond.figure.index + 3]
        if len(after) == 2 and after[0].has("at", "for") and self.world.kind(after[1].entity) == "company":
            return after[1].entity
        return None if _rules(bond) else self._teller()

    def _place(self, bond: Bond) -> str | None:
        """ "Volume production of 2nm chips is under way at Samsung": whose plant an act takes place in."""
        for at, name in pairwise(self.row[bond.trigger.index + 1 :]):
            if at.clause != bond.trigger.clause or at.kind == "mark":
                return None
            if at.has("at") and self.world.kind(name.entity) == "company" and not name.possessive:
                return name.entity
        return None

    def _teller(self) -> str | None:
        """ "The chip does 512 TOPS, Cambricon said": the company that speaks."""
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

    def _made_by(self, bond: Bond) -> str | None:
        """ "The centre has been fitted with 19,000 of Groq's processors": whose chips somebody else runs."""
        for token in self.row[bond.figure.index + 1 : bond.figure.index + 3]:
            if token.kind == "name" and token.possessive and self.world.kind(token.entity) == "company":
                return token.entity
        return None

    def _plant_owner(self) -> str | None:
        """ "40% of the stacks that come off CXMT's line": the company whose plant the sentence names."""
        row = [t for t in self.row if figure_kind(t) != "nm"]  # "TSMC's 2nm line"
        for name, plant in pairwise(row):
            after = self.row[plant.index + 1 : plant.index + 2]
            placed = plant.kind != "name" and plant.capital and bool(after) and after[0].has("facility")
            plants = plant.has("facility") or placed or plant.text.lower() == "production"
            if plants and name.possessive and self.world.kind(name.entity) == "company":
                return name.entity
        return None

    def _prefix(self, clause: Clause) -> str | None:
        """ "Nvidia GTC 2026: Jensen Huang unveils ...": the company that a headline opens with."""
        if self.field != "title" or clause is self.scene.clauses[0]:
            return None
        first = self.scene.clauses[0]
        names = [t.entity for t in first.tokens if t.kind == "name" and self.world.kind(t.entity) == "company"]
        colon = any(t.text == ":" for t in self.row[first.tokens[-1].index : clause.tokens[0].index + 1])
        return names[0] if names and colon and first.verb is None else None

    def _each(self, bond: Bond | None) -> bool:
        """Whether each of several has the figure: "have 12% each", "plan to raise prices by 15%"."""
        grown = bond is not None and bond.entry.metric == "growth" and "class:sumword" not in self.scene.cues
        return grown or "each" in self.scene.cues


def _rules(bond: Bond | None) -> bool:
    return bond is not None and bond.entry.metric in RULER_METRICS
