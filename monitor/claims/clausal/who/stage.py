"""Who is on stage in a sentence: the subject of each clause, and whom a pronoun or a missing subject means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.clausal.who.subjects import FOREIGN, NOBODY, STRANGER, Subject, some, subject_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.clausal.scene import Scene
    from monitor.claims.tokens import Token
    from monitor.claims.world import World
    from monitor.model import Field


_CROWDS = frozenset({"customers", "investors", "shareholders", "users", "clients", "suppliers", "partners", "backers"})
_OFFICES = frozenset(
    {"the bureau", "the department", "the ministry", "the agency", "the commission", "the administration"}
)


class Stage:
    """The subjects of a sentence's clauses as they come up."""

    def __init__(self, world: World, scene: Scene, field: Field) -> None:
        self.world = world
        self.scene = scene
        self.row = scene.row
        self.title_case = title_case(scene.row) if field == "title" else False
        self.last: str | None = None
        self.field = field
        self._seen: dict[int, Subject] = {}

    def clause_subject(self, clause: Clause) -> Subject:
        known = self._seen.get(clause.number)
        if not clause.tokens:
            return NOBODY
        if known is None:
            whole, clause = clause, _past_participle(clause)
            first = clause.verb
            if first is clause.tokens[0] and first is not None and first.has("inverted_if"):
                first = next((t for t in clause.tokens[1:] if t.verb), None)
            until = first.index if first is not None else clause.tokens[-1].index + 1
            if first is None:
                until = next((t.index for t in clause.tokens if t.kind == "figure"), until)
            known = subject_of(clause, until, self.world, title_case=self.title_case)
            if self.title_case and known.how == "none" and self._off_list(clause, until):
                known = FOREIGN
            if known.how == "product" and known.product is None:
                known = self._product_meant(clause)
            known = known if clause is whole or known.entities else NOBODY
            self._seen[clause.number] = known
        return known

    def _product_meant(self, clause: Clause) -> Subject:
        """Whom "the chip", as a subject, belongs to: the last product of the sentence, else of the article."""
        before = [
            t for t in self.row[: clause.tokens[0].index] if t.kind == "name" and self.world.kind(t.entity) == "chip"
        ]
        thing = before[-1].entity if before else self.world.product
        return Subject("product", some(self.world.maker(thing)), thing) if thing else Subject("pronoun")

    def _off_list(self, clause: Clause, until: int) -> bool:
        """In a headline of capitals: whether an unknown name stands where the subject should."""
        return any(t.kind == "word" and t.capital and t.index < until for t in clause.tokens)

    def close(self) -> None:
        """At the end of a sentence its first named subject becomes whom "it" means."""
        named, ruler, made = self._acting()
        for entity in (e for speech in self.scene.speeches for e in speech.entities):
            if self.world.is_ruler(entity):
                ruler = ruler or entity
            elif self.world.is_org(entity):
                named = named or entity
        self._mention()
        self._pair()
        self.world.saw_subject(ruler)
        if made is not None and self.world.company is not None and self.world.within(self.world.company, made):
            made = self.world.company  # "T-Head filed. The Zhenwu 810E sells best. It aims": the unit that makes it
        named = named or made
        if named is None and (crowd := self._crowd()):
            named = crowd
        elif named is None and any(s is STRANGER for s in self._seen.values()):
            self.world.company = self.world.headline = None
        elif named is None and self.world.company is None:
            named = self._only_company()
        self.world.saw_subject(named)
        if self.field == "title":
            self.world.headline = named
            self.world.company = named or next((t.entity for t in self._companies()), None)

    def _acting(self) -> tuple[str | None, str | None, str | None]:
        """The first company and the first government that are subjects, and the maker of a product that is one."""
        named: str | None = None
        ruler: str | None = None
        made: str | None = None
        strange = any(self.clause_subject(c) is STRANGER for c in self.scene.clauses)
        for clause in self.scene.clauses:
            subject = self.clause_subject(clause)
            if strange and clause.mode == "relative":
                continue  # "Torvane, a start-up that Nvidia owns a part of"
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
        return named, ruler, made

    def _mention(self) -> None:
        for token in self._companies():
            if token.entity:
                self.world.mention(token.entity)
        chips = [
            t.entity
            for t in self.row
            if t.kind == "name" and not t.modifier and self.world.kind(t.entity) in ("chip", "technology")
        ]
        if chips:
            self.world.product = chips[0] if self.field == "title" else chips[-1]

    def _pair(self) -> None:
        names = tuple(dict.fromkeys(t.entity for t in self._companies() if t.entity))
        if len(names) == 2:
            self.world.pair = (names[0], names[1])
        elif len(names) > 2:
            self.world.pair = None

    def _companies(self) -> list[Token]:
        return [t for t in self.row if t.kind == "name" and self.world.kind(t.entity) == "company" and not t.modifier]

    def _crowd(self) -> str | None:
        """ "SMIC's customers have begun to wait. Its yield ...": many, of whom none is "it"."""
        for name, *after in zip(self.row, self.row[1:], self.row[2:], strict=False):
            named = name.kind == "name" and name.possessive and self.world.kind(name.entity) == "company"
            if named and any(t.text.lower() in _CROWDS for t in after):
                return name.entity
        return None

    def _only_company(self, until: int | None = None) -> str | None:
        """The one company that a sentence names beside its subject: "A round brought Cerebras …. It …"."""
        named = {
            t.entity
            for t in self.row[:until]
            if t.kind == "name" and not t.modifier and self.world.kind(t.entity) == "company"
        }
        return named.pop() if len(named) == 1 and self.field == "text" else None

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

    def _spoken_for(self, first: Token) -> str | None:
        """Whom "we" are: the speaker's company, else the article's; nobody if an analyst speaks."""
        over = [s for s in self.scene.speeches if s.says(first.index)]
        named = [e for s in over for e in s.entities if self.world.kind(e) == "company"]
        if named:
            return named[-1]
        analyst = self.scene.analyst or any(t.has("analyst") for s in over for t in s.speaker)
        return None if analyst else self.world.company or self.world.headline

    def referent(self, clause: Clause, noun: Token | None, *, ruler: bool = False) -> str | None:
        """Whom a pronoun means: the speaker, the subject of a clause before, the last subject of the article."""
        head = noun or clause.verb or clause.tokens[-1]
        first = next((t for t in clause.tokens if t.has("first") and t.index <= head.index), None)
        if first is not None:
            return self._spoken_for(first)
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
            if subject is STRANGER and not ruler:
                return None  # "X-Fab earned €9 million; its revenue was": nobody of the watchlists
            if subject.how == "pronoun" and not ruler and any(t.text.lower() in _OFFICES for t in other.tokens):
                return None  # "The Bureau has 585 employees; its budget is to grow"
            if subject.how in ("named", "owner") and subject.entities and self.world.is_ruler(subject.entity) == ruler:
                return subject.entity
        if ruler:
            return self.world.ruler
        return (
            self.world.company
            or self.world.headline
            or self._only_company(noun.index if noun is not None else clause.tokens[0].index)
        )


def _past_participle(clause: Clause) -> Clause:
    """Without what leads up to its subject: "Under a proposal published on Wednesday |the Commission would spend|"."""
    verbs = [t for t in clause.tokens if t.verb]
    if len(verbs) < 2 or not clause.tokens[0].has("prep") or not verbs[0].text.lower().endswith(("ed", "led", "made")):
        return clause
    between = [t for t in clause.tokens if verbs[0].index < t.index < verbs[1].index]
    led = any(t.text == "," for t in clause.tokens if t.index < verbs[0].index)
    named = any(t.kind == "name" and not t.modifier for t in between) and verbs[1].has("would", "future", "may", "aux")
    if led or not named:
        return clause
    return replace(clause, tokens=[t for t in clause.tokens if t.index > verbs[0].index])


def title_case(row: Sequence[Token]) -> bool:
    words = [t for t in row if t.kind in ("word", "phrase") and len(t.text) > 3]
    return len(words) > 2 and sum(t.capital for t in words) >= 0.7 * len(words)
