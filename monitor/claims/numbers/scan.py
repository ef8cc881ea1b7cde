"""The sweep over a text that finds every figure and every trap."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.numbers.amounts import Amounts, Read, unit_of
from monitor.claims.numbers.carried import carried
from monitor.claims.numbers.context import read_after, read_before
from monitor.claims.numbers.figures import read_figure
from monitor.claims.numbers.grammar import grammar
from monitor.claims.numbers.model import Numbers, Quantity, Trap
from monitor.claims.numbers.traps import trap_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.numbers.context import Before
    from monitor.claims.numbers.grammar import Exact, Grammar
    from monitor.claims.numbers.model import Span
    from monitor.claims.numbers.numerals import Figure

EACH_REACH = 4
"""Characters between "one piece" and its price."""


def read(text: str, language: str | None, masked: Sequence[Span] = ()) -> Numbers:
    """Every figure and every trap of `text`, in order of place.

    `masked` spans (names, dates), in any order, yield no figure. A language without a table is read by signs alone.
    Cost is linear in the length of `text`.
    """
    return _Scan(text, grammar(language), masked).run()


def quantities(text: str, language: str | None, masked: Sequence[Span] = ()) -> list[Quantity]:
    """The figures of `read` alone."""
    return list(read(text, language, masked).quantities)


_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\u3000-\u9fff]+")


def _addresses(text: str) -> list[Span]:
    """Web addresses, whose digits are no figures."""
    if "://" not in text and "www." not in text:
        return []
    return [match.span() for match in _ADDRESS.finditer(text)]


class _Scan(Amounts):
    def __init__(self, text: str, rules: Grammar, masked: Sequence[Span]) -> None:
        super().__init__(text, rules)
        self.masked = sorted([*masked, *_addresses(self.text)])
        self.starts = [start for start, _ in self.masked]
        self.traps: list[Trap] = []
        self.floor = 0

    def run(self) -> Numbers:
        search, place = self.rules.anchors.search, 0
        while match := search(self.text, place):
            place = self._at(match.start())
        quantities = tuple(carried(self.quantities, self.text, self.rules))
        return Numbers(quantities=quantities, traps=tuple(self.traps))

    def _at(self, start: int) -> int:
        """Reads what begins at `start`; where to go on."""
        covered = self._mask_end(start)
        if covered > start:
            if self.text[start].isdecimal():
                self.traps.append(Trap(start=start, end=covered, kind="masked"))
            return covered
        if self.text[start].isdecimal():
            start = self._decimal(start)
            trap = trap_at(self.text, start, self.rules)
            if trap:
                self.traps.append(replace(trap, start=max(trap.start, self.floor)))
                if trap.kind != "duration" and not self._is_one(start):
                    self.floor = trap.end
                return trap.end
        figure = read_figure(self.text, start, self.rules)
        if figure is None:
            return self._past(start)
        if not figure.digits and (lasting := self._duration(figure)):
            self.traps.append(Trap(start=start, end=lasting, kind="duration"))
            return lasting
        return self._quantity(figure) or self._past(start)

    def _duration(self, figure: Figure) -> int | None:
        """The end of a length of time in words ("five years"), which is no figure."""
        for place in (figure.end, figure.end + self.text.startswith((" ", "-"), figure.end)):
            lasting = self.rules.durations.at(self.text, place)
            unit = self.rules.units.at(self.text, place)
            if lasting and figure.sort == "number" and not (unit and unit[0] > lasting[0]):
                return lasting[0]
        return None

    def _is_one(self, start: int) -> bool:
        """Whether the digits are a lone 1, as in 1日に and 1年に, which may belong to the figure behind it."""
        return self.text[start] == "1" and not self.text[start + 1 : start + 2].isdecimal()

    def _decimal(self, start: int) -> int:
        """The decimal mark before digits that have nothing whole (.25), else the digits."""
        bare = start > self.floor and self.text[start - 1] == self.rules.decimal
        return start - 1 if bare and (start == 1 or self.text[start - 2] in " ($€£") else start

    def _past(self, start: int) -> int:
        digits = self.rules.digits.match(self.text, start)
        return digits.end() if digits else start + 1

    def _mask_end(self, place: int) -> int:
        """End of the masked span that holds `place`, else `place`."""
        index = bisect_right(self.starts, place) - 1
        return max(place, self.masked[index][1]) if index >= 0 else place

    def _read(self, figure: Figure, floor: int) -> Read:
        index = bisect_right(self.starts, figure.start) - 1
        below = max(floor, self.masked[index][1]) if index >= 0 else floor
        before = read_before(self.text, figure.start, min(below, figure.start), self.rules)
        return Read(figure, before, read_after(self.text, figure, self._mask_end, len(self.text), self.rules))

    def _quantity(self, figure: Figure) -> int | None:
        """Adds the quantity of `figure`, and of the second end of a range; where to go on, or None where it is none."""
        first = self._read(figure, self.floor)
        joined = self._range(first)
        made = self._joined(first, *joined) if joined else [self._single(first)]
        kept = [quantity for quantity in made if quantity is not None]
        if not kept:
            return None
        if kept[0].each and self._only_each(kept[0]):
            self.quantities.pop()
        self.quantities += kept
        self.named.update((quantity.unit, quantity.end) for quantity in kept if quantity.kind == "money")
        if self.traps and self.traps[-1].start >= kept[0].start:
            self.traps.pop()
        one_of_them = kept[-1].kind == "count" and kept[-1].value == 1
        self.floor = self.floor if one_of_them else kept[-1].end
        return max(kept[-1].end, kept[-1].number_span[1])

    def _only_each(self, quantity: Quantity) -> bool:
        """1枚1.2万ドル: whether the figure before is but the "one" that a price is for."""
        last = self.quantities[-1] if self.quantities else None
        gap = quantity.number_span[0] - last.end if last else 0
        return last is not None and last.value == 1 and last.kind == "count" and 0 <= gap <= EACH_REACH

    def _range(self, first: Read) -> tuple[Read, bool] | None:
        """The second end of a range or of a change that begins with `first`, and whether it is a change."""
        if first.figure.vague or first.figure.sort == "multiple":
            return None
        unit_end = first.after.unit_span[1] if first.after.unit_span else first.figure.end
        for end in dict.fromkeys((first.figure.end, max(unit_end, first.figure.end), first.after.end)):
            joined = self._joiner(end, first.before)
            if joined is None:
                continue
            second = self._second(joined[0])
            if second and _compatible(first, second):
                return second, joined[1] or self._changes(end, second)
        return None

    def _joiner(self, end: int, before: Before) -> tuple[int, bool] | None:
        """Where the second end begins behind a word that joins two ends, and whether the word tells a change."""
        rules, text = self.rules, self.text
        place = end + 1 if text.startswith(" ", end) else end
        change = rules.range_change.at(text, place) if before.lead == "from" and not before.between else None
        within = rules.range_and.at(text, place) if before.between else None
        found = change or within or rules.range_joiners.at(text, place)
        if found is None:
            return None
        return found[0] + text.startswith(" ", found[0]), change is not None

    def _changes(self, end: int, second: Read) -> bool:
        """から ... に, 에서 ... 으로: the particle behind the second end tells a change."""
        joined = self.rules.range_change.at(self.text, end)
        after = second.after.unit_span[1] if second.after.unit_span else second.figure.end
        return joined is not None and self.rules.range_change_to.at(self.text, after) is not None

    def _second(self, place: int) -> Read | None:
        currency = self.rules.currencies.at(self.text, place)
        begin = currency[0] if currency else place
        begin += self.text.startswith(" ", begin)
        if begin >= len(self.text) or self._mask_end(begin) > begin:
            return None
        if self.text[begin].isdecimal():
            if trap_at(self.text, begin, self.rules, joined=True):
                return None
        elif not self.rules.anchors.match(self.text, begin):
            return None
        figure = read_figure(self.text, begin, self.rules)
        if figure is None or figure.sort == "multiple" or figure.vague:
            return None
        return self._read(figure, place)

    def _joined(self, first: Read, second: Read, change: bool) -> list[Quantity | None]:
        low = _share_scale(first.figure, second.figure)
        start, end = self._single(first, low, second), self._single(second, like=first)
        if start is None or end is None:
            return [start or end]
        if change:
            return [replace(start, lead="from", per=start.per or end.per), replace(end, lead=end.lead or "to")]
        if low >= second.figure.value:
            return [self._single(first)]
        return [
            replace(
                end,
                start=start.start,
                end=end.end,
                number_span=(start.number_span[0], end.number_span[1]),
                unit_span=end.unit_span or start.unit_span,
                value=start.value,
                value_max=end.value,
                bound="range",
                lead="" if start.lead == "from" else start.lead,
                per=end.per or start.per,
            )
        ]


def _compatible(first: Read, second: Read) -> bool:
    one, other = unit_of(first)[0], unit_of(second)[0]
    if first.figure.sort == "fraction" and other is not None and other.kind != "percent":
        return False
    if one is None or other is None:
        return True
    return (one.kind, one.unit) == (other.kind, other.unit)


def _share_scale(first: Figure, second: Figure) -> Exact:
    """The first end of a range with the scale word that only the second has, where that makes it the lower end."""
    if first.tail == 1 and second.tail != 1 and first.value * second.tail <= second.value:
        return first.value * second.tail
    return first.value
