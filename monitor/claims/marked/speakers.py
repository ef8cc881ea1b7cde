"""Who says what a sentence tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.marked.things import Things
from monitor.claims.metrics import RULER_METRICS
from monitor.claims.steps import step

if TYPE_CHECKING:
    from monitor.claims.draft import Drawn, Passed, Place
    from monitor.claims.frames import Bond
    from monitor.claims.marked.carried import Carried
    from monitor.claims.marked.ground import Ground
    from monitor.claims.marked.persons import Persons
    from monitor.model import Voice

_TOPICS = frozenset("は은는")


class Speakers:
    """Who says what a sentence tells: the subject, somebody else, people without a name."""

    def __init__(self, carried: Carried, place: Place, ground: Ground, persons: Persons) -> None:
        self.carried = carried
        self.world = carried.world
        self.place = place
        self.ground = ground
        self.persons = persons
        self.things = Things(ground)
        self.drawn: list[Drawn] = []
        self.passed: list[Passed] = []
        self.bonds: list[Bond] = []

    def _outsider(self, subject: str | None) -> bool:
        """Whether somebody else than the subject says it: an analyst, or a name that only speaks."""
        if any(t.has("analyst") for t in self.ground.row):
            self.carried.outsider = True
            return True
        if not self.ground.verb_final and any(t.has("ours") for t in self.ground.row):
            self.carried.outsider = False
            return False
        if self.carried.outsider and (not self.persons.named or self._opines()):
            return True
        self.carried.outsider = self._cites_unlisted() or self._unlisted_expects()
        if self.carried.outsider:
            return True
        return any(n.role == "source" and n.token.entity != subject for n in self.persons.named)

    def _opines(self) -> bool:
        """ "연말에는 삼성전자가 33%까지 오를 것으로 봤다": an expectation whose holder is the one cited before."""
        if not self.ground.verb_final or not any(t.has("expect") for t in self.ground.row):
            return False
        topics = (self.place.text[n.token.end :][:1] for n in self.persons.named)
        return not any(mark in ("は", "은", "는") for mark in topics)

    def _cites_unlisted(self) -> bool:
        """ "Xによると": somebody off the watchlists is the source, and not the subject's own papers."""
        row = self.ground.row
        if not self.ground.verb_final or any(t.has("unnamed", "ours") for t in row):
            return False
        named = any(n.role == "source" for n in self.persons.named)
        return not named and any(t.has("source") for t in row)

    def _unlisted_expects(self) -> bool:
        """ "…とXは予測する": the subject right before the verb of expectation is off the watchlists."""
        if not self.ground.verb_final:
            return False
        text = self.place.text
        ends = {n.token.end for n in self.persons.named}
        ends |= {t.end - d for t in self.ground.row if t.has("pronoun", "ours") for d in (0, 1)}
        for token in self.ground.row:
            before = text[: token.start].rstrip()
            if token.has("expect") and before[-1:] in _TOPICS and before[-2:-1].isalpha():
                return len(before) - 1 not in ends and any(t.kind == "figure" for t in self.ground.row[: token.index])
        return False

    def _unnamed(self) -> bool:
        """Whether people without a name are cited, here or in the sentence before where this one names nobody."""
        told = any(t.has("unnamed") for t in self.ground.row)
        said = self.carried.unnamed and not self.persons.named
        self.carried.unnamed = told or said
        return told or said

    def _rules(self, metric: str | None, subject: str | None) -> bool:
        """A government that announces its own control, duty or listing has decided it."""
        return metric in RULER_METRICS and self.world.is_ruler(subject) and any(t.has("say") for t in self.ground.row)

    def _source(self) -> str | None:
        """The words for whom the sentence cites: a name that speaks, or the unnamed."""
        row = self.ground.row
        if not any(t.has("say", "deny", "expect", "source") for t in row):
            return None
        said = next((n.token for n in self.persons.named if n.role in ("source", "subject")), None)
        unnamed = next((t for t in row if t.has("unnamed", "analyst")), None)
        token = unnamed or said
        return self.place.text[token.start : token.end] if token is not None else None

    def _voice(self, subject: str | None) -> Voice:
        if self.carried.article.record:
            return "record"
        if subject is not None and any(t.has("spokesman") for t in self.ground.row):
            return "subject"
        if any(t.has("unnamed") for t in self.ground.row):
            return "unnamed"
        if any(t.has("say", "contradict") for t in self.ground.row) and any(
            n.token.entity and self.world.one(n.token.entity, subject) and n.role in ("subject", "source")
            for n in self.persons.named
        ):
            return "subject"
        return "named"

    def _step(self, bond: Bond) -> str | None:
        ground = self.ground
        return step(bond.entry, ground.segment(bond.trigger).tokens, ground.text, ground.language)
