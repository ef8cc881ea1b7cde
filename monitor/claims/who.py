"""Whose figure it is: resolves the words for a subject to an entity of the watchlists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.claims.metrics import OPERATORS, RULER_METRICS, RULERS_TOO
from monitor.claims.frames import passive
from monitor.claims.subjects import FOREIGN, NOBODY, Subject, owner_of, subject_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clauses import Clause
    from monitor.claims.frames import Bond
    from monitor.claims.lexicon import Entry
    from monitor.claims.status import Scene
    from monitor.claims.tokens import Token
    from monitor.claims.world import World
    from monitor.model import Field


@dataclass(frozen=True, slots=True)
class Person:
    """Who is meant, by which words, and the product those words name."""

    entities: tuple[str, ...]
    how: str
    reason: str
    product: str | None = None
    shared: bool = False
    """Coordinated subjects of which each has the figure."""


class Cast:
    """The subjects of a sentence as they come up."""

    def __init__(self, world: World, scene: Scene, field: Field) -> None:
        self.world = world
        self.scene = scene
        self.row = scene.row
        self.title_case = _title_case(scene.row) if field == "title" else False
        self.last: str | None = None
        self.field = field
        self._seen: dict[int, Subject] = {}

    def clause_subject(self, clause: Clause) -> Subject:
        known = self._seen.get(clause.number)
        if not clause.tokens:
            return NOBODY
        if known is None:
            first = clause.verb
            until = first.index if first is not None else clause.tokens[-1].index + 1
            if first is None:
                until = next((t.index for t in clause.tokens if t.kind == "figure"), until)
            known = subject_of(clause, until, self.world, title_case=self.title_case)
            if self.title_case and known.how == "none" and self._off_list(clause, until):
                known = FOREIGN
            if known.how == "product" and known.product is None:
                known = self._product_meant(clause)
            self._seen[clause.number] = known
        return known

    def _product_meant(self, clause: Clause) -> Subject:
        """Whom "the chip", as a subject, belongs to: the last product of the sentence, else of the article."""
        before = [
            t for t in self.row[: clause.tokens[0].index] if t.kind == "name" and self.world.kind(t.entity) == "chip"
        ]
        thing = before[-1].entity if before else self.world.product
        return Subject("product", _some(self.world.maker(thing)), thing) if thing else Subject("pronoun")

    def _off_list(self, clause: Clause, until: int) -> bool:
        """In a headline of capitals: whether an unknown name stands where the subject should."""
        return any(t.kind == "word" and t.capital and t.index < until for t in clause.tokens)

    def close(self) -> None:
        """At the end of a sentence its first named subject becomes whom "it" means."""
        named: str | None = None
        ruler: str | None = None
        made: str | None = None
        for clause in self.scene.clauses:
            subject = self.clause_subject(clause)
            if subject.how == "pronoun" and named is None:
                named = subject.entity or self.world.company
            elif len(subject.entities) > 1 and any(t.has("possessive") for t in clause.tokens):
                named = named or self.world.company
            elif subject.how == "product":
                made = made or subject.entity
            elif subject.how in ("named", "owner") and subject.entity:
                if self.world.is_ruler(subject.entity):
                    ruler = ruler or subject.entity
                else:
                    named = named or subject.entity
        for speech in self.scene.speeches:
            for entity in speech.entities:
                if not self.world.is_ruler(entity) and self.world.is_org(entity):
                    named = named or entity
        for token in self.row:
            if (
                token.kind == "name"
                and token.entity
                and self.world.kind(token.entity) == "company"
                and not token.modifier
            ):
                self.world.mention(token.entity)
        chips = [
            t.entity
            for t in self.row
            if t.kind == "name" and not t.modifier and self.world.kind(t.entity) in ("chip", "technology")
        ]
        if chips:
            self.world.product = chips[0] if self.field == "title" else chips[-1]
        self.world.saw_subject(ruler)
        named = named or made
        self.world.saw_subject(named)
        if self.field == "title":
            self.world.headline = named
            self.world.company = named or next(
                (t.entity for t in self.row if t.kind == "name" and self.world.kind(t.entity) == "company"), None
            )

    def subject(self, bond: Bond, clause: Clause) -> Person:
        beside = self._beside(bond) if bond.figure is not bond.trigger else None
        if beside is not None:
            return beside
        if bond.entry.pos == "noun" or bond.entry.pos == "adjunct":
            owner, pronoun = owner_of(
                bond.trigger, self.row, self.world, outermost=bond.entry.metric in ("deal", "acquisition")
            )
            if owner is FOREIGN:
                return Person((), "foreign", "the owner is off the watchlists")
            if owner is not None and owner.entities:
                return Person(owner.entities, "owner", f"owner of {bond.trigger.text!r}", owner.product)
            if pronoun:
                entity = self.referent(clause, bond.trigger, ruler=bond.entry.metric in RULER_METRICS)
                return Person(_some(entity), "pronoun", "a pronoun owns the noun", owner.product if owner else None)
            person = self._of_clause(clause, bond)
            if bond.entry.metric == "penalty":
                person = self._fined(clause, person)
            if owner is not None and owner.product and not person.product:
                return Person(person.entities, person.how, person.reason, owner.product)
            return person
        if bond.entry.owner == "object" and not passive(clause, bond.trigger):
            return self._object(bond, clause)
        if bond.entry.owner == "giver":
            return self._giver(clause)
        if bond.entry.owner == "decree":
            return self._decree(clause)
        if (
            passive(clause, bond.trigger)
            and not bond.trigger.text.lower().endswith("ing")
            and bond.entry.owner != "object"
        ):
            return self._agent(bond, clause)
        return self._of_clause(clause, bond)

    def _beside(self, bond: Bond) -> Person | None:
        """ "Meta 224,000 and Amazon 196,000"; "against 72% for TSMC"; "a mere 35,000 from AMD"."""
        at = bond.figure.index
        before = self.row[at - 1] if at else None
        if before is not None and before.has("with") and at > 1 and self._named_after_comparison(at - 2):
            return Person(_some(self.row[at - 2].entity), "named", "named beside the figure")
        if before is not None and (before.text == ":" or before.has("to", "at", "of")) and at > 1:
            before = self.row[at - 2]
            gapped = before.possessive
        else:
            gapped = False
        if (
            before is not None and before.kind == "name" and self.world.is_org(before.entity) and before.possessive == gapped
            and (before.index == 0 or self.row[before.index - 1].text in (",", ";", "(", ":", "—") or self.row[before.index - 1].has("and"))
        ):  # fmt: skip
            return Person(_some(before.entity), "named", "named beside the figure")
        after = self.row[at + 1 : at + 3]
        if (
            len(after) == 2
            and after[0].has("for", "from", "at")
            and after[1].kind == "name"
            and self.world.is_org(after[1].entity)
        ):
            if any(t.has("than", "previous") for t in self.row[max(0, at - 4) : at]) or bond.cost >= 10:
                return Person(_some(after[1].entity), "named", "named after the figure")
        return None

    def _named_after_comparison(self, at: int) -> bool:
        """ "behind Samsung with 29% and Kioxia with 16%"."""
        name = self.row[at]
        before = self.row[at - 1] if at else None
        return (
            name.kind == "name" and self.world.is_org(name.entity) and before is not None
            and (before.has("than", "and") or before.text == ",")
        )  # fmt: skip

    def _object(self, bond: Bond, clause: Clause) -> Person:
        after = (
            self.row[bond.figure.index + 1 : bond.figure.index + 4] if bond.figure.index > bond.trigger.index else ()
        )
        for token in (*after, *self.row[bond.trigger.index + 1 : bond.trigger.index + 6]):
            if token.kind == "name" and self.world.is_org(token.entity):
                return Person(_some(token.entity), "named", f"object of {bond.trigger.text!r}")
        return Person((), "none", "no object named")

    def _decree(self, clause: Clause) -> Person:
        """ "Exports will need a licence, the ministry said": the ruler who speaks, rules, or was spoken of."""
        for speech in self.scene.speeches:
            ruler = next((e for e in speech.entities if self.world.is_ruler(e)), None)
            if ruler is not None:
                return Person((ruler,), "speaker", "the ruler who announces it")
        named = next(
            (t.entity for t in self.row if t.kind == "name" and not t.actor and self.world.is_ruler(t.entity)), None
        )
        return Person(_some(named or self.world.ruler), "carried", "the ruler spoken of")

    def _giver(self, clause: Clause) -> Person:
        """Who gives what somebody received: the ruler after "from", or whom the sentence names."""
        named = [
            t.entity for t in clause.tokens
            if t.kind == "name" and self.world.is_ruler(t.entity) and not self.row[t.index - 1].has("in")
        ]  # fmt: skip
        return Person(_some(named[-1] if named else None), "named", "who gives it")

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
                    return Person(_some(after.entity), "named", "agent of the passive")
        if bond.entry.metric == "listed_entities":
            owner = next((t.entity for t in clause.tokens if t.kind == "name" and self.world.is_ruler(t.entity)), None)
            return Person(_some(owner), "passive", "whose list it is")
        person = self._of_clause(clause, bond)
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
            if other:
                return Person((other,), "named", "the company that the foreign subject stands with")
            return Person((), "foreign", "the subject is off the watchlists", subject.product)
        if subject.how == "pronoun" and subject.entities:
            return Person(subject.entities, "pronoun", "the last company of that trade", subject.product)
        if subject.how == "pronoun":
            return Person(
                _some(self.referent(clause, None, ruler=_rules(bond))), "pronoun", "a pronoun", subject.product
            )
        entity = self._carry(clause)
        if _rules(bond) and any(t.has("class:billword") for t in clause.tokens):
            ruler = next(
                (t.entity for t in self.row if t.kind == "name" and not t.actor and self.world.is_ruler(t.entity)), None
            )
            if ruler:
                return Person((ruler,), "named", "whose bill it is")
        if subject.how == "nested" and subject.entities:
            return Person(subject.entities, "nested", "named within the subject", subject.product)
        if subject.how == "nested" and bond is not None and (other := self._beneficiary(bond)) and bond.entry.metric == "funding":
            return Person((other,), "named", "whom the money is for", subject.product)
        if subject.how == "nested" and entity is None and self.world.headline and not _rules(bond):
            return Person((self.world.headline,), "carried", "whom the article is about", subject.product)
        if subject.how == "nested":
            return Person(
                _some(entity or self.referent(clause, None, ruler=_rules(bond))),
                "carried",
                "last subject",
                subject.product,
            )
        product = subject.product or self._carried_product(clause, entity)
        if entity is None and bond is not None and bond.entry.metric == "funding" and (other := self._beneficiary(bond)):
            return Person((other,), "named", "whom the money is for", product)
        if entity is None:
            return Person(_some(self.world.company), "stale", "the last company spoken of", product)
        return Person((entity,), "carried", "carried from before", product)

    def _prefix(self, clause: Clause) -> str | None:
        """ "Nvidia GTC 2026: Jensen Huang unveils ...": the company that a headline opens with."""
        if self.field != "title" or clause is self.scene.clauses[0]:
            return None
        first = self.scene.clauses[0]
        names = [t.entity for t in first.tokens if t.kind == "name" and self.world.kind(t.entity) == "company"]
        colon = any(t.text == ":" for t in self.row[first.tokens[-1].index : clause.tokens[0].index + 1])
        return names[0] if names and colon and first.verb is None else None

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

    def _fined(self, clause: Clause, person: Person) -> Person:
        """ "The EU hit Qualcomm with a fine": the payer is whom the ruler acts on."""
        if not any(self.world.is_ruler(e) for e in person.entities):
            return person
        company = next((t.entity for t in clause.tokens if t.kind == "name" and self.world.kind(t.entity) == "company"), None)
        return Person(_some(company), "named", "who pays") if company else person

    def _beneficiary(self, bond: Bond) -> str | None:
        """ "The listing brought in 8 billion yuan for Moore Threads"."""
        for token in self.row[bond.figure.index + 1 : bond.figure.index + 5]:
            if token.kind == "name" and self.world.kind(token.entity) == "company":
                return token.entity if self.row[token.index - 1].has("for") else None
        return None

    def _each(self) -> bool:
        return any(t.has("each") for t in self.row)

    def _carry(self, clause: Clause) -> str | None:
        """The subject that a clause without one takes over: its parent's, its speaker's, that of the clause before."""
        if clause.parent is not None and clause.mode != "content":
            above = self.clause_subject(clause.parent)
            if above.entities:
                return above.entity
        speaker = self._speaker(clause)
        if speaker:
            return speaker
        for other in reversed([c for c in self.scene.clauses if c.tokens[0].index < clause.tokens[0].index]):
            subject = self.clause_subject(other)
            if subject.how in ("named", "owner", "product", "nested") and subject.entities:
                return subject.entity
            if subject.how == "foreign":
                return None
        return None

    def _carried_product(self, clause: Clause, entity: str | None) -> str | None:
        """The product that is subject of the clause which this one goes on from: "sells for ... and offers ..."."""
        for other in reversed([c for c in self.scene.clauses if c.tokens[0].index < clause.tokens[0].index]):
            subject = self.clause_subject(other)
            if subject.product and (entity is None or entity in subject.entities):
                return subject.product
            if subject.entities:
                return None
        return None

    def _speaker(self, clause: Clause) -> str | None:
        for speech in self.scene.speeches:
            if speech.leading and speech.says(clause.tokens[0].index):
                own = [e for e in speech.entities if self.world.is_org(e)]
                if own:
                    return own[-1]
        return None

    def referent(self, clause: Clause, noun: Token | None, *, ruler: bool = False) -> str | None:
        """Whom a pronoun means: the speaker, the subject of a clause before, the last subject of the article."""
        if any(t.has("latter") for t in clause.tokens):
            named = [
                t.entity
                for t in self.row[: clause.tokens[0].index]
                if t.kind == "name" and self.world.kind(t.entity) == "company"
            ]
            return named[-1] if named else self.world.company
        speaker = self._speaker(clause)
        if speaker and self.world.is_ruler(speaker) == ruler:
            return speaker
        earlier = [c for c in self.scene.clauses if c.tokens[0].index < clause.tokens[0].index]
        if noun is not None:
            earlier.append(clause)
        for other in reversed(earlier):
            subject = self.clause_subject(other)
            if subject.how in ("named", "owner") and subject.entities and self.world.is_ruler(subject.entity) == ruler:
                return subject.entity
        return self.world.ruler if ruler else self.world.company or self.world.headline


def _rules(bond: Bond | None) -> bool:
    return bond is not None and bond.entry.metric in RULER_METRICS


def _some(entity: str | None) -> tuple[str, ...]:
    return (entity,) if entity else ()


def _title_case(row: Sequence[Token]) -> bool:
    words = [t for t in row if t.kind in ("word", "phrase") and len(t.text) > 3]
    return len(words) > 2 and sum(t.capital for t in words) >= 0.7 * len(words)


def subjects_for(entry: Entry, person: Person, thing: str | None, world: World) -> tuple[str | None, ...] | str:
    """The subjects of the claims to make, or why there is none to make."""
    rulers = entry.metric in RULER_METRICS
    fitting = tuple(e for e in person.entities if _fits(entry, e, world))
    if person.how == "stale" and world.maker(thing) and entry.metric not in OPERATORS - {"performance"}:
        return (world.maker(thing),)
    if len(fitting) > 1 and not person.shared:
        return "a sum for several companies together"
    if (entry.metric == "performance" or entry.owner == "maker") and world.maker(thing):
        return (world.maker(thing),)
    if entry.metric == "price" and person.how == "stale" and thing:
        return (world.maker(thing),)
    if fitting:
        return fitting
    if entry.metric == "listed_entities" and person.how == "passive":
        return (world.ruler,) if world.ruler or thing else "no government acts"
    if rulers:
        return (world.ruler,) if world.ruler and person.how in ("pronoun", "carried", "stale") else "no government acts"
    maker = world.maker(thing)
    if person.how == "foreign" and entry.metric not in OPERATORS:
        return person.reason
    if maker:
        return (maker,)
    if thing and person.how != "foreign":
        return (None,)
    return "no subject and no product of the watchlists"


def _fits(entry: Entry, entity: str, world: World) -> bool:
    kind = world.kind(entity)
    if entry.subject:
        return kind in entry.subject
    if kind in ("agency", "government"):
        return entry.metric in RULER_METRICS or entry.metric in RULERS_TOO
    return kind in ("company", "fund") and entry.metric not in RULER_METRICS
