"""Figures without a word of their own: what they go on about, or what their form alone tells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.frames import Bond, figure_kind
from monitor.claims.topics import binding
from monitor.claims.topics.conditions import readings

if TYPE_CHECKING:
    from monitor.claims.lexicon import Entry
    from monitor.claims.tokens import Token
    from monitor.claims.topics.scene import Scene
    from monitor.claims.topics.segments import Segment

_CODE = 3
"""Letters of a currency code."""


class Tags:
    """Of one sentence."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.world = scene.world
        self.place = scene.place

    def bond(self, figure: Token, segment: Segment) -> Bond | None:
        """What holds a figure that no word of its segment or sentence does."""
        return (
            self._portion(figure, segment)
            or self._gap(figure, segment)
            or self._price_tag(figure, segment)
            or self._rate_tag(figure)
            or self._node_tag(figure, segment)
        )

    def goes_on(self) -> bool:
        """Whether the sentence goes on from one that a semicolon ends."""
        return self.scene.mark_before in ("；", ";")

    def _gap(self, figure: Token, segment: Segment) -> Bond | None:
        """ "…；美光21%，三星17%": what the figure before the semicolon was of."""
        entry = binding.series(self.world.entry, figure_kind(figure))
        if entry is None or not self.goes_on() or not gapped(figure, segment):
            return None
        return Bond(figure, figure, entry, 10) if figure_kind(figure) in entry.fits else None

    def _portion(self, figure: Token, segment: Segment) -> Bond | None:
        """ "其中极紫外机台占去31亿": a part of the sum told before, in its currency."""
        quantity, before = figure.figure, next(segment.before(figure.index), None)
        if quantity is None or before is None or not before.has("takes"):
            return None
        entry, unit = self._total(segment)
        if entry is None or "money" not in entry.fits:
            return None
        if quantity.kind == "bare" and len(unit) == _CODE:
            figure.figure = replace(quantity, kind="money", unit=unit)
        return Bond(figure, figure, entry, 10) if figure_kind(figure) == "money" else None

    def _total(self, segment: Segment) -> tuple[Entry | None, str]:
        """What the sum told last was of, and its currency: in this sentence, else before it."""
        for scope in self.scene.chain(segment):
            units = [t.figure.unit for t in scope.tokens if t.figure is not None and t.figure.kind == "money"]
            entries = [e for t in scope.tokens for e in t.entries if e.metric is not None and "money" in e.fits]
            if units and entries:
                return entries[0], units[0]
        entry = self.world.entry
        return entry, self.world.units.get(entry.metric or "", "") if entry is not None else ""

    def part(self, figure: Token, segment: Segment) -> Bond | None:
        """ "其中OpenAI贡献3000亿": before 贡献 is taken for a word of revenue."""
        return self._portion(figure, segment) if segment.tokens[0].text == "其中" else None

    def _rate_tag(self, figure: Token) -> Bond | None:
        """ "满载，每月3万片晶圆": wafers a month are what a line can make."""
        quantity, phrase = figure.figure, self.scene.words.phrases.get("月产能")
        if quantity is None or phrase is None or quantity.unit != "wafers" or quantity.per not in ("week", "month"):
            return None
        return Bond(figure, figure, next(e for e in phrase.entries if e.metric == "capacity"), 10)

    def _price_tag(self, figure: Token, segment: Segment) -> Bond | None:
        """ "（1299元起）": a sum with 起 behind it is a price."""
        quantity = figure.figure
        phrase = self.scene.words.phrases.get("起售价")
        if quantity is None or phrase is None or quantity.kind != "money" or self.place.text[quantity.end - 1] != "起":
            return None
        entry = next(readings(replace(figure, entries=phrase.entries), segment, self.world), None)
        return Bond(figure, figure, entry, 10) if entry is not None else None

    def _node_tag(self, figure: Token, segment: Segment) -> Bond | None:
        """ "玄戒O3仍是台积电3纳米", "Maia 200：3纳米": a node that closes a segment about a chip."""
        quantity = figure.figure
        phrase = self.scene.words.phrases.get("工艺")
        if quantity is None or phrase is None or quantity.unit != "nm" or figure.index != segment.last:
            return None
        before = [t for t in segment.tokens if t.index < figure.index]
        if before:
            told = any(t.has("link") for t in before) and before[0].kind == "name"
        else:
            told = segment.before_it is not None and any(
                t.has("class:chipword") or self.world.kind(t.entity) == "chip" for t in segment.before_it.tokens
            )
        entry = next((e for e in phrase.entries if e.metric == "process_node"), None)
        return Bond(figure, figure, entry, 10) if told and entry is not None else None


def gapped(figure: Token, segment: Segment) -> bool:
    """ "；美光21%，三星17%": nothing but a name before the figure."""
    before = [t for t in segment.tokens if t.index < figure.index]
    return any(t.kind == "name" for t in before) and all(
        t.kind == "name" or t.has("link", "adverb", "then", "expect") for t in before
    )
