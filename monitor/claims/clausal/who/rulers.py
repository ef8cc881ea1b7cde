"""Which government acts: whose decree, duty, list, licence or fine a sentence tells of, and who has to pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.clausal.who.stage import Stage
from monitor.claims.clausal.who.subjects import some
from monitor.claims.persons import Person

if TYPE_CHECKING:
    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.clausal.who.subjects import Subject
    from monitor.claims.frames import Bond
    from monitor.claims.tokens import Token


_DECREEING = frozenset(
    {
        "published", "issued", "announced", "signed", "released", "adopted", "made", "unveiled", "imposed",
        "introduced", "brought in", "brought", "sent", "submitted", "tabled", "circulated", "drafted", "drawn up",
        "proposed",
    }
)  # fmt: skip
_AGENT_REACH = 5
"""Tokens before a ruler within which "by" makes it the one who acts."""


def _led(clause: Clause | None) -> bool:
    """ "after Tokyo loosened its rules": only the word before parts a clause from its subject."""
    return clause is not None and len(clause.tokens) > 2 and clause.tokens[0].has("boundary") and clause.tokens[2].verb


class Rulers(Stage):
    """The governments of a sentence, and those whom they fine."""

    def _decree(self, bond: Bond) -> Person:
        """ "Exports will need a licence, the ministry said": the ruler who speaks, rules, or was spoken of."""
        before = self.row[bond.trigger.index - 1] if bond.trigger.index else None
        reduced = bond.trigger.text.lower() in ("required", "needed")
        if reduced and before is not None and before.has("class:licenceword"):
            return Person((), "none", "a licence that rules ask for anyhow")  # "without the licences required by"
        for speech in self.scene.speeches:
            ruler = next((e for e in speech.entities if self.world.is_ruler(e)), None)
            if ruler is not None:
                return Person((ruler,), "speaker", "the ruler who announces it")
        named = next(
            (t.entity for t in self.row if t.kind == "name" and not t.actor and self.world.is_ruler(t.entity)), None
        )
        clause = next((c for c in self.scene.clauses if c.number == bond.trigger.clause), None)
        subject = None if clause is None else self.clause_subject(clause)
        if named is None:
            named = self._acts_here(clause)
        meant = subject is not None and subject.how == "pronoun"
        if named is None and self.world.ruler and self._ruler_tells(bond):
            return Person((self.world.ruler,), "carried", "the ruler who tells somebody")
        if named is None and not meant and not self._decreed(bond.trigger):
            return Person((), "none", "a state of things that nobody decrees here")
        return Person(some(named or self.world.ruler), "carried", "the ruler spoken of")

    def _other_side(self, owner: Subject, bond: Bond) -> bool:
        """ "a 25% cut of Nvidia's sales", "a fine by the Commission": who pays the duty, or who fines, owns neither."""
        if bond.entry.metric == "acquisition":  # "the purchase of Intel's foundry arm": whose it is now
            before = self.row[max(0, bond.trigger.index - 8) : bond.trigger.index]
            return not any(t.entity in owner.entities for t in before if t.entity)
        rules = any(self.world.is_ruler(e) for e in owner.entities)
        return bool(owner.entities) and (
            (bond.entry.metric == "tariff" and not rules) or (bond.entry.metric == "penalty" and rules)
        )

    def _supposed(self, person: Person) -> bool:
        """ "If Seoul retaliated, the rate would go to 50%": who does what is only supposed."""
        return any(c.mode == "if" and self.clause_subject(c).entity in person.entities for c in self.scene.clauses)

    def _acts_here(self, clause: Clause | None) -> str | None:
        """ "Seoul has drafted a law that would ...", "..., after Tokyo loosened its rules": the country that acts."""
        nearest = [clause, clause.parent if clause is not None else None]
        for one in (*nearest, *(c for c in self.scene.clauses if c.mode == "main")):
            subject = None if one is None else self.clause_subject(one)
            acts = subject is not None and (subject.how == "named" or (one is not clause and _led(one)))
            if subject is not None and acts and self.world.is_ruler(subject.entity):
                return subject.entity
        return None

    def _ruler_tells(self, bond: Bond) -> bool:
        """ "The bureau told Nvidia that exports need a licence": a pronoun that means a ruler speaks."""
        before = self.row[: bond.trigger.index]
        tells = next((t for t in before if t.has("say")), None)
        return tells is not None and tells.index > 0 and self.row[tells.index - 1].has("pronoun")

    def _decreed(self, verb: Token) -> bool:
        """ "will need a licence", "were halted"; "such chips need a licence" only says how things stand."""
        before = self.row[verb.index - 1] if verb.index else None
        past = verb.text.lower().endswith("ed") and verb.text.lower() != "need"
        return past or (before is not None and (before.has("aux") or before.has("to")))

    def _own_government(self, clause: Clause) -> str | None:
        """ "$2 billion from the government": the ruler spoken of, else that of the receiver's country."""
        if not any(t.text.lower() == "the government" for t in clause.tokens):
            return None
        receiver = self.world.entities.get(self.clause_subject(clause).entity or "")
        home = self.world.government_of(receiver.country) if receiver is not None and receiver.country else None
        return self.world.ruler or home

    def _own_rule(self, clause: Clause) -> str | None:
        """ "CHIPS Act funding": the government whose act a clause names."""
        for token in clause.tokens:
            known = self.world.entities.get(token.entity) if token.entity else None
            if known is not None and known.kind == "rule" and known.country:
                return self.world.government_of(known.country)
        return None

    def _ruler_by(self, clause: Clause) -> Person | None:
        """ "A levy has been put off by the Commission", "came off the list by decision of the bureau"."""
        for token in clause.tokens:
            if token.kind == "name" and self.world.is_ruler(token.entity) and not token.actor:
                near = self.row[max(0, token.index - _AGENT_REACH) : token.index]
                by = next((t for t in reversed(near) if t.has("by")), None)
                if by is not None and not any(
                    t.verb or t.kind != by.kind for t in self.row[by.index + 2 : token.index]
                ):
                    return Person(some(token.entity), "named", "who does it")
        return None

    def _only_ruler(self) -> Person | None:
        """ "With seven firms struck off its list, the bureau hopes …": the one ruler that the sentence names."""
        named = {t.entity for t in self.row if t.kind == "name" and not t.actor and self.world.is_ruler(t.entity)}
        return Person((named.pop() or "",), "named", "the one ruler named") if len(named) == 1 else None

    def _ruler_of_decree(self) -> Person | None:
        """ "... under the determination which the US government published today"."""
        for clause in self.scene.clauses:
            if clause.mode == "relative" and any(t.text.lower() in _DECREEING for t in clause.tokens):
                ruler = next(
                    (t.entity for t in clause.tokens if self.world.is_ruler(t.entity) and not t.modifier), None
                )
                if ruler is not None:
                    return Person((ruler,), "named", "whose decree it is")
        return None

    def _ruler_speaking(self) -> Person | None:
        """ "Tariffs on chips will rise to 50 percent, the White House said"."""
        spoken = [e for s in self.scene.speeches for e in s.entities if self.world.is_ruler(e)]
        return Person(some(spoken[-1]), "speaker", "the ruler who announces it") if spoken else None

    def _payer(self, clause: Clause) -> str | None:
        """ "A penalty will be paid by Intel", "a fine was imposed on AMD", "a fine that Seoul imposed on Arm"."""
        verb = clause.verb
        fine = next((t for t in clause.tokens if any(e.metric == "penalty" for e in t.entries)), None)
        opens = verb if verb is not None else fine
        start = opens.index if opens is not None else -1
        told = [t for c in clause.inner if c.mode == "relative" for t in c.tokens]
        for token in (*clause.tokens, *told) if start >= 0 else ():
            if token.index > start and token.has("by", "on", "upon", "against"):
                after = self.row[token.index + 1] if token.index + 1 < len(self.row) else None
                if after is not None and self.world.kind(after.entity) == "company":
                    return after.entity
        return None if fine is None else self._contesting(fine)

    def _contesting(self, fine: Token) -> str | None:
        """ "rule on Apple's appeal against a fine", "hear Intel's challenge to the penalty": who fights it pays."""
        for token in reversed(self.row[max(1, fine.index - 6) : fine.index]):
            name = self.row[token.index - 1]
            if token.has("class:contestword") and name.possessive and self.world.kind(name.entity) == "company":
                return name.entity
            if token.verb or token.kind in ("mark", "figure"):
                return None
        return None

    def _fined(self, clause: Clause, person: Person) -> Person:
        """ "The EU hit Qualcomm with a fine": the payer is whom the ruler acts on."""
        if payer := self._payer(clause):
            return Person((payer,), "named", "who pays")
        if not any(self.world.is_ruler(e) for e in person.entities):
            return person
        company = next(
            (t.entity for t in clause.tokens if t.kind == "name" and self.world.kind(t.entity) == "company"), None
        )
        return Person(some(company), "named", "who pays") if company else person
