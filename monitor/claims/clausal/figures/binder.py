"""Binds the figures of a sentence: by the words of their clauses, or by what they go on from."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.claims.clausal.figures import counted, growth
from monitor.claims.clausal.figures.bonding import bind
from monitor.claims.clausal.figures.parts import of_own_sales, pool, restated, subset
from monitor.claims.clausal.figures.undressed import dress
from monitor.claims.clausal.figures.unfit import unfit
from monitor.claims.clausal.figures.unworded import Unworded
from monitor.claims.clausal.lists import earlier, own_words
from monitor.claims.clausal.parallel import alike, made_on, same_verb
from monitor.claims.clausal.surroundings import allowed
from monitor.claims.clausal.when import falls_due
from monitor.claims.frames import SMALLEST_BARE, Bond, figure_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.clausal.scene import Scene
    from monitor.claims.clausal.who.cast import Cast
    from monitor.claims.tokens import Token
    from monitor.claims.world import World


_GLUED = re.compile(r"\d[\d.,]*(?: \d{3})*[A-Za-z]")


class Binder(Unworded):
    """One sentence, its subjects, and what the article has told before."""

    def __init__(self, scene: Scene, cast: Cast, world: World) -> None:
        super().__init__(scene, cast, world)
        self.left: list[tuple[Token, str]] = []

    def _leave(self, figure: Token, reason: str) -> None:
        self.left.append((figure, reason))

    def bonds(self) -> list[Bond]:
        """The bonds of the sentence's figures in order of place; `left` then holds the others, with the reason."""
        bonds: list[Bond] = []
        waiting: list[Token] = []
        dress(self.scene, self.cast, self.world)
        for figure in (t for t in self.row if t.kind == "figure"):
            reason, clause = self._unbound(figure), self.by_number.get(figure.clause)
            if reason or clause is None:
                self._leave(figure, reason or "said by the way, in a speaker's name")
                continue
            bond = _like_before(self._as_agreed(self._bond(figure, clause, bonds)), bonds, self.row)
            bond = made_on(same_verb(bond, bonds, self.by_number), self.row)
            if bond is None and self._goes_on(figure):
                waiting.append(figure)
            elif bond is None:
                self._leave(figure, "no word in its clause that holds such a figure")
            elif bonds and restated(figure, self.row):
                self._leave(figure, "the figure before, told as a rate")
            elif subset(figure, bond, bonds, self.row):
                self._leave(figure, "a part of the figure before")
            elif bond.entry.metric == "market_share" and of_own_sales(figure, self.row, self.world):
                self._leave(figure, "a share of a company's own sales")
            elif bond.entry.metric is None:
                self._leave(figure, f"held by {bond.trigger.text!r}")
            else:
                bonds += [replace(bond, figure=other) for other in waiting] + [bond]
                waiting = []
        for figure in waiting:
            self._leave(figure, "no word in its clause that holds such a figure")
        return bonds

    def _as_agreed(self, bond: Bond | None) -> Bond | None:
        """ "a deal to sell Amazon a million chips", "agreed to supply 40,000 cards": what is to be sold is ordered."""
        if bond is None or bond.entry.metric != "shipments" or not bond.trigger.verb or bond.trigger.index < 2:
            return bond
        signed, to = self.row[bond.trigger.index - 2 : bond.trigger.index]
        if not to.has("to") or not signed.has("class:contractword", "agrees"):
            return bond
        return replace(bond, entry=replace(bond.entry, metric="orders", id=f"orders/{bond.entry.id}"))

    def _unbound(self, figure: Token) -> str:
        """Why a figure is bound to no word, whatever its clause says; empty where it may be."""
        return (
            unfit(figure, self.row)
            or self._model(figure)
            or self._of_earlier(figure)
            or pool(figure, self.row)
            or self._part_of_left(figure)
            or self._before_left(figure)
        )

    def _bond(self, figure: Token, clause: Clause, bonds: Sequence[Bond]) -> Bond | None:
        """By a word of its clause, else by one of the figures, the list or the sentence before."""
        return (
            self._told_of(figure)
            or self._listed_by_pronoun(figure)
            or growth.bond(figure, clause, self.row, self.world)
            or self._those(figure)
            or self._owned_gap(figure)
            or counted.number_of(figure, self.row, self.by_number, self.world)
            or counted.had_made(figure, self.row)
            or counted.of_all(figure, self.row, self.world)
            or alike(figure, bonds, self.row)
            or bind(figure, clause, self.row, self.world)
            or self._listed(figure)
            or self._before_colon(figure, clause)
            or self._carried(figure, bonds)
            or self._default(figure, clause)
        )

    def _listed_by_pronoun(self, figure: Token) -> Bond | None:
        """ "Shipments to 31 companies need a permit, as Japan has put them on its list": the verb counts them there."""
        if figure_kind(figure) not in ("entities", "other"):
            return None
        for verb in self.row[figure.index + 1 :]:
            after = [t.text.lower() for t in self.row[verb.index + 1 : verb.index + 4]]
            clause = self.by_number.get(verb.clause)
            if not verb.verb or clause is None or verb.clause == figure.clause or not {"them", "of them"} & set(after):
                continue
            for entry in verb.entries:
                if entry.metric == "listed_entities" and allowed(entry, verb, clause, self.world):
                    figure.clause = verb.clause
                    return Bond(figure, verb, entry, 5)
        return None

    def _told_of(self, figure: Token) -> Bond | None:
        """ "The 50,000 chips that Nvidia delivered", "the $5bn it raised": the verb of what is said of the figure."""
        at = self._relative(figure) or self._cleft(figure)
        if at is None:
            return None
        actor = self.row[at] if at < len(self.row) else None
        if actor is None or not (self.world.is_org(actor.entity) or actor.has("pronoun")) or actor.possessive:
            return None
        verb = next((t for t in self.row[at + 1 : at + 4] if t.verb and not t.has("aux")), None)
        if verb is None or any(not t.has("aux", "adverb", "begin") for t in self.row[at + 1 : verb.index]):
            return None
        after = self.row[verb.index + 1] if verb.index + 1 < len(self.row) else None
        if after is not None and after.kind == "figure":
            return None
        kind = figure_kind(figure)
        entry = next((e for e in verb.entries if e.pos == "verb" and kind in e.fits and not e.object), None)
        if entry is None or (kind == "bare" and figure.figure and abs(figure.figure.value) < SMALLEST_BARE):
            return None
        figure.clause = verb.clause if verb.clause in self.by_number else figure.clause
        return Bond(figure, verb, entry, 1)

    def _relative(self, figure: Token) -> int | None:
        """Where the actor of a relative clause about the figure would stand: "the 50,000 chips (that) …"."""
        before = self.row[figure.index - 1] if figure.index else None
        if before is None or not before.has("determiner", "possessive", "of", "than"):
            return None
        at = figure.index + 1
        while at < len(self.row) and (
            self.row[at].has("class:chipword", "product_pronoun") or self.world.is_thing(self.row[at].entity)
        ):
            at += 1
        return at + 1 if at < len(self.row) and self.row[at].has("relative") else at

    def _cleft(self, figure: Token) -> int | None:
        """The same behind "40,000 cards is what …", "Over 90,000 cards: that is what …"."""
        after = self.row[figure.index + 1 : figure.index + 6]
        if after and (after[0].kind == "mark" or after[0].text == ","):
            after = after[1:]
        if after and after[0].has("determiner", "pronoun"):
            after = after[1:]
        cleft = len(after) > 1 and after[0].has("be") and after[1].text.lower() == "what"
        return after[1].index + 1 if cleft else None

    def _part_of_left(self, figure: Token) -> str:
        """ "98,000 tonnes of water, 20,000 of them reclaimed": a part of what made no claim."""
        if not any(t.has("subset") for t in self.row[figure.index + 1 : figure.index + 2]):
            return ""
        whole = next((t for t in reversed(self.row[: figure.index]) if t.kind == "figure" and t.speech is None), None)
        kind = figure_kind(whole) if whole is not None else ""
        counted = whole is not None and (
            kind not in ("units", "wafers", "entities", "bare")
            or (kind == "bare" and not self._of_chips(self.row[whole.index + 1 : figure.index]))
        )
        return "a part of what is no claim" if counted and any(f is whole for f, _ in self.left) else ""

    def _before_left(self, figure: Token) -> str:
        """ "75,000 core staff, down from 99,500 a year ago": what went before a figure that is no claim."""
        if figure_kind(figure) != "bare" or not earlier(figure, self.row):
            return ""
        last = next((t for t in reversed(self.row[: figure.index]) if t.kind == "figure"), None)
        if (
            last is None
            or last.figure is None
            or last.figure.kind == "length"
            or abs(last.figure.value) < SMALLEST_BARE
        ):
            return ""
        left = last.clause == figure.clause and any(f is last for f, _ in self.left)
        return "an earlier figure of what is no claim" if left else ""

    def _of_chips(self, words: Sequence[Token]) -> bool:
        """Whether a count without a unit is one of chips: unlike "309 security holes, 127 of which"."""
        named = any(self.world.is_thing(t.entity) or t.has("class:chipword", "class:launchword") for t in words)
        return named or all(t.kind != "word" for t in words)

    def _goes_on(self, figure: Token) -> bool:
        """ "95,000 and 62,000 processors": another figure follows at once, and its word holds both."""
        at = figure.index + 1
        named = at < len(self.row) and self.row[at].kind == "name" and self.world.is_thing(self.row[at].entity)
        after = self.row[at + named : at + named + 2]
        if len(after) < 2 or not (after[0].has("and") or after[0].text == ",") or after[1].kind != "figure":
            return False
        kinds = {figure_kind(figure), figure_kind(after[1])}
        return kinds <= {"bare", "units"} or (not named and len(kinds - {"bare"}) <= 1)

    def _model(self, figure: Token) -> str:
        """ "Qwen 810B", "[31m": a letter glued to digits beside a name, or behind a bracket, is no magnitude."""
        quantity = figure.figure
        if quantity is None or quantity.kind != "bare" or _GLUED.fullmatch(figure.text) is None:
            return ""
        before = self.row[figure.index - 1] if figure.index else None
        if before is None:
            return ""
        named = self.world.is_thing(before.entity) or (
            before.kind == "word" and before.capital and before.index > 0 and not before.cues
        )
        beside = before.end == figure.start or (named and before.end + 1 == figure.start)
        return "a model number" if beside and (named or before.text in ("[", "-", "/")) else ""

    def _of_earlier(self, figure: Token) -> str:
        """An earlier or other figure counts only with its own period; of a capacity always."""
        if not earlier(figure, self.row) and not self._once_planned(figure):
            return ""
        after = self.row[figure.index + 1 : figure.index + 3]
        raised = len(after) == 2 and after[0].has("to") and after[1].kind == "figure"
        if raised and figure_kind(figure) == "percent":
            return "an earlier figure without its period"  # "from 25% to 50% in 2027"
        if any(t.period is not None and not falls_due(t, self.row) for t in own_words(figure, self.row)):
            return ""
        before = self.row[: figure.index]
        capacity = any(e.metric == "capacity" for t in before for e in t.entries) or any(
            t.figure is not None and t.figure.unit == "wafers" and t.figure.per for t in before
        )
        return "" if capacity else "an earlier figure without its period"

    def _once_planned(self, figure: Token) -> bool:
        """ "had earmarked $9 billion": what was planned or forecast before."""
        before = [t for t in self.row[max(0, figure.index - 5) : figure.index] if t.clause == figure.clause]
        return any(
            one.text.lower() in ("had", "had previously", "had already") and two.has("plan", "expect", "goal")
            for one, two in pairwise(t for t in before if not t.has("adverb"))
        )


def _like_before(bond: Bond | None, bonds: Sequence[Bond], row: Sequence[Token]) -> Bond | None:
    """ "sells the one for 39,000 yuan and the other for 62,000": behind "and" a figure without a unit is told of what
    the figure before is told of."""
    last = bonds[-1] if bonds else None
    if (
        bond is None
        or last is None
        or figure_kind(bond.figure) != "bare"
        or last.entry.metric not in ("price", "capacity")
    ):
        return bond
    if bond.entry.metric not in ("shipments", "production", "orders", "deployment"):
        return bond
    between = row[last.figure.index + 1 : bond.figure.index]
    joined = any(t.has("and") for t in between) and not any(t.verb and t is not bond.trigger for t in between)
    return replace(bond, trigger=last.trigger, entry=last.entry) if joined else bond
