"""The word elsewhere that holds a figure: of another owner, behind a comma, of the whole, or of the clause before."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.claims.clausal.figures.growth import those_of
from monitor.claims.frames import Bond, figure_kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.clausal.scene import Scene
    from monitor.claims.clausal.who.cast import Cast
    from monitor.claims.tokens import Token
    from monitor.claims.world import World


class Elsewhere:
    """One sentence, its subjects, and what the article has told before."""

    def __init__(self, scene: Scene, cast: Cast, world: World) -> None:
        self.scene = scene
        self.row = scene.row
        self.cast = cast
        self.world = world
        self.by_number: Mapping[int, Clause] = {c.number: c for c in scene.clauses}

    def _those(self, figure: Token) -> Bond | None:
        """ "..., while that of Huawei climbed to 40%": the noun before, of another owner."""
        own = those_of(figure, self.by_number[figure.clause])
        kind = figure_kind(figure)
        for token in reversed(self.row[: own.index]) if own is not None else ():
            for entry in token.entries:
                if own is not None and entry.pos == "noun" and entry.metric and kind in entry.fits:
                    return Bond(figure, own, entry, 8)
        return None

    def _noun_ahead(self, figure: Token, kind: str) -> Bond | None:
        """ "At 92%, Nvidia's share is the highest": a figure at the head goes to the noun behind the comma."""
        if figure.index > 1 or figure.figure is None or figure.figure.lead != "to":
            return None
        if figure.index + 1 >= len(self.row) or self.row[figure.index + 1].text != ",":
            return None
        for token in self.row[figure.index + 2 : figure.index + 10]:
            if token.verb:
                return None
            for entry in token.entries:
                if entry.pos == "noun" and entry.metric and kind in entry.fits:
                    return Bond(figure, token, entry, 8)
        return None

    def _also_held(self, figure: Token, kind: str) -> Bond | None:
        """ "Huawei led the market with 41%. Cambricon had 9%": a share beside the one told before."""
        entry = self.world.entry
        if kind != "percent" or entry is None or entry.metric != "market_share":
            return None
        held = next((t for t in reversed(self.row[max(0, figure.index - 2) : figure.index]) if t.verb), None)
        name = self.row[held.index - 1] if held is not None and held.index else None
        if held is None or name is None or not self.world.is_org(name.entity) or name.possessive:
            return None
        shares = held.has("figureword") or any(e.metric == "market_share" for e in held.entries)
        after = self.row[figure.index + 1] if figure.index + 1 < len(self.row) else None
        return Bond(figure, held, entry, 10) if shares and not (after is not None and after.has("of")) else None

    def _owned_gap(self, figure: Token) -> Bond | None:
        """ "Its share grew to 46% while Qualcomm's fell to 38%": the noun before, of another owner."""
        clause, kind = self.by_number[figure.clause], figure_kind(figure)
        if kind not in ("percent", "money") or figure.figure is None or figure.figure.lead == "from":
            return None
        for name, verb in pairwise(t for t in clause.tokens if t.index < figure.index):
            owned = name.kind == "name" and name.possessive and self.world.kind(name.entity) == "company"
            moved = verb.verb and verb.has("rise", "fall", "link", "be")
            if not owned or not (moved or verb.has("belongs")):
                continue  # "fell to" may also tell whose a share is
            for token in reversed(self.row[: name.index]):
                for entry in token.entries:
                    if entry.pos == "noun" and entry.metric and kind in entry.fits:
                        return Bond(figure, verb, entry, 8)
        return None

    def _bracketed_share(self, figure: Token, kind: str) -> Bond | None:
        """ "Next came Samsung (15.5%), UMC (6.9%)": shares in brackets behind names, after one told before."""
        entry = self.world.entry
        if kind != "percent" or entry is None or entry.metric != "market_share" or figure.index < 2:
            return None
        name, after = self.row[figure.index - 2], self.row[figure.index + 1 : figure.index + 2]
        bracketed = self.row[figure.index - 1].text == "(" and bool(after) and after[0].text == ")"
        named = self.world.kind(name.entity) == "company" and not name.possessive
        return Bond(figure, name, entry, 10) if bracketed and named else None

    def _noun_before(self, figure: Token, kind: str) -> Bond | None:
        """ "Asked about yields, the firm said they were above 70%": the noun of a rate earlier in the sentence."""
        if kind != "percent":
            return None
        for token in reversed(self.row[: figure.index]):
            if token.clause == figure.clause:
                continue
            for entry in token.entries:
                if entry.pos == "noun" and entry.metric in ("yield", "market_share") and kind in entry.fits:
                    return Bond(figure, token, entry, 10)
        return None

    def _part_of_all(self, figure: Token) -> Bond | None:
        """ "Of the cards shipped in China, Huawei accounted for 450,000": the verb of the whole holds the part."""
        clause = self.by_number[figure.clause]
        if not any(t.has("contributes") and t.verb and t.index < figure.index for t in clause.tokens):
            return None
        for token in self.row[: figure.index]:
            for entry in token.entries:
                if entry.pos == "verb" and entry.metric in ("shipments", "production") and "bare" in entry.fits:
                    return Bond(figure, token, entry, 10)
        return None

    def _shared_noun(self, figure: Token, kind: str) -> Bond | None:
        """ "Sales beat the consensus and came to $9.8 billion": the noun that is subject of both verbs."""
        clause = self.by_number[figure.clause]
        opening = [t for t in clause.tokens[:3] if not t.has("adverb") or t.verb]
        if not clause.tokens[0].has("and") or len(opening) < 2 or not opening[1].verb:
            return None
        before = [
            c for c in self.scene.clauses if c.number < clause.number and c.tokens[0].index < clause.tokens[0].index
        ]
        verb = before[-1].verb if before else None
        for token in before[-1].tokens if before else ():
            for entry in token.entries:
                if entry.pos == "noun" and kind in entry.fits and (verb is None or token.index < verb.index):
                    return Bond(figure, token, entry, 8)
        return None
