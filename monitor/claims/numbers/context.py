"""What stands around a figure: bound, currency, sign and lead before it; unit, period and bound after it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.claims.numbers.phrases import is_word_letter

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.claims.numbers.grammar import Grammar, Unit
    from monitor.claims.numbers.model import Lead, Per, Span
    from monitor.claims.numbers.numerals import Figure
    from monitor.model import Bound

NOUN_REACH = 6
"""Words of a noun phrase looked through for the thing counted."""
WIDEST_WORD = 48
"""Characters that one word before a figure takes at most; nearer to the floor a step may have to be taken back."""
LOOSE_REACH = 8
"""Characters between a bound before the verb and the figure."""
_CLAUSE_BREAK = re.compile(r"[，,。；;、：:（）()\d]")
_WORD = re.compile(r"[^\W\d_][\w'+.-]{0,60}")
_DESCRIBED = re.compile(r" ?\d+(?:\.\d+)?[ -]?(?:nm|mm|nanomet(?:re|er)|inch)\b(?= [a-z])")
"""Digits that only describe the thing counted: "40,000 7nm wafers"."""
_NUMBERED = re.compile(r" \d")
"""Behind "im Jahr" it is no rate: "im Jahr 2025"."""
LONGEST_ABBREVIATION = 4
"""Letters of "bln." and "Inc.", full stop included."""
_CLOSERS = " \"'”“»«„」』"


@dataclass(slots=True)
class Before:
    """What was read leftwards from a figure; `start` is where the expression begins."""

    start: int
    currency: Unit | None = None
    currency_span: Span | None = None
    bound: Bound | None = None
    lead: Lead = ""
    between: bool = False
    negative: bool = False
    per: Per | None = None
    each: bool = False
    added: bool = False
    level: bool = False

    def copy(self) -> Before:
        """One that a step may change and that is thrown away where the step goes too far; `copy.copy` takes longer."""
        return Before(
            self.start, self.currency, self.currency_span, self.bound, self.lead, self.between, self.negative,
            self.per, self.each, self.added, self.level,
        )  # fmt: skip


@dataclass(slots=True)
class After:
    """What was read rightwards from a figure; `end` is where the expression ends."""

    end: int
    unit: Unit | None = None
    unit_span: Span | None = None
    bound: Bound | None = None
    per: Per | None = None
    each: bool = False
    share: bool = False
    lead: Lead = ""
    spans: list[Span] = field(default_factory=list)


def read_before(text: str, start: int, floor: int, grammar: Grammar) -> Before:
    """Reads from `start` of a figure back to what belongs to it, never before `floor`."""
    found = Before(start)
    for _ in range(6):
        place = found.start
        while place > floor and text[place - 1] in " \"“„「『'":
            place -= 1
        trial = found.copy() if found.start - floor < WIDEST_WORD else found
        step = _step_before(text, place, trial, grammar)
        if step is None:
            found.bound = trial.bound
            break
        if step < floor:
            break
        found = trial
        found.start = step
    if found.bound is None and grammar.bounds_loose:
        found.bound = _loose(text[max(floor, found.start - LOOSE_REACH) : found.start], grammar)
    return found


def _loose(near: str, grammar: Grammar) -> Bound | None:
    """A bound that stands some words before the figure, in its clause and with no other figure between."""
    clause = _CLAUSE_BREAK.split(near)[-1]
    return next((bound for word, bound in grammar.bounds_loose if word in clause), None)


def _step_before(text: str, place: int, found: Before, grammar: Grammar) -> int | None:
    """One word further left; its start, or None where nothing more belongs to the figure."""
    currency = None if found.currency else grammar.currencies.before(text, place)
    if currency:
        found.currency, found.currency_span = currency[1], (currency[0], place)
        return currency[0]
    bound = grammar.bounds_before.before(text, place)
    if bound:
        found.bound = _stronger(found.bound, bound[1])
        return bound[0] if bound[1] else None
    negative = grammar.negatives.before(text, place)
    if negative and not found.negative:
        found.negative = True
        return negative[0]
    if place == found.start and place and text[place - 1] in "-+" and _stands_free(text, place - 1):
        found.negative = text[place - 1] == "-"
        return place - 1
    return _step_words(text, place, found, grammar)


def _stands_free(text: str, place: int) -> bool:
    """Whether a sign does not hang on a digit, a Latin letter or another dash ("3-5", "A-5", "--5")."""
    return place == 0 or not (
        text[place - 1].isdecimal() or is_word_letter(text[place - 1]) or text[place - 1] in "-~)"
    )


def _step_words(text: str, place: int, found: Before, grammar: Grammar) -> int | None:
    between = grammar.between.before(text, place)
    if between:
        found.between = True
        return between[0]
    reached = place
    flags = ((grammar.each_before, "each"), (grammar.multiples_added, "added"), (grammar.multiples_level, "level"))
    for phrases, name in flags:
        word = None if getattr(found, name) else phrases.before(text, place)
        if word:
            setattr(found, name, True)
            reached = min(reached, word[0])
    lead = None if found.lead else grammar.leads.before(text, place)
    if lead:
        found.lead = lead[1]
        reached = min(reached, lead[0])
    per = None if found.per or lead else grammar.per_before.before(text, place)
    if per:
        found.per = per[1]
        reached = min(reached, per[0])
    if reached < place:
        return reached
    skip = grammar.skips.before(text, place)
    return skip[0] if skip and _leads_on(text, skip[0], grammar) else None


def _leads_on(text: str, place: int, grammar: Grammar) -> bool:
    """Whether a bound or a lead stands before a word that may be skipped ("over the 100,000 mark")."""
    before = place - 1 if text.startswith(" ", place - 1) and place else place
    return bool(grammar.bounds_before.before(text, before) or grammar.leads.before(text, before))


def _stronger(one: Bound | None, other: Bound | None) -> Bound | None:
    """Of two bounds said of one figure ("up to about"), the one that says more."""
    return other if one in {None, "about"} and other else one


def read_after(text: str, figure: Figure, skip: Callable[[int], int], ceiling: int, grammar: Grammar) -> After:
    """Reads on from a figure to its unit, period and bound, never past `ceiling`. `skip` gives the end of a masked name
    that begins at a place, or the place itself."""
    found = After(figure.end)
    unit = _unit(text, found.end, grammar)
    if unit is None:
        _bound(text, found, grammar)
        unit = _unit(text, found.end, grammar) or _noun(text, found.end, skip, ceiling, grammar)
    if unit:
        found.unit_span, found.unit = unit
        found.end = max(found.end, found.unit_span[1])
    elif grammar.spaced:
        _rate_behind_name(text, found, skip, grammar)
    _tail(text, found, grammar)
    return found


def _rate_behind_name(text: str, found: After, skip: Callable[[int], int], grammar: Grammar) -> None:
    """ "200,000 H20s a quarter": the period behind a masked name."""
    begin = _spaced(text, found.end, " ")[-1]
    over = skip(begin)
    per = grammar.per_after.at(text, over + 1) if over > begin and text.startswith(" ", over) else None
    if per:
        found.per, found.end = per[1], per[0]


def _spaced(text: str, place: int, marks: str = " -") -> tuple[int, ...]:
    """`place`, and the place after a mark that stands there."""
    return (place, place + 1) if place < len(text) and text[place] in marks else (place,)


def _bound(text: str, found: After, grammar: Grammar) -> None:
    for place in _spaced(text, found.end, " "):
        bound = grammar.bounds_after.at(text, place)
        if bound and text.startswith((" or minus", "/-"), bound[0]):
            continue  # "$7.5 billion plus or minus $300 million"
        if bound and (bound[0] >= len(text) or not text[bound[0]].isdecimal()):
            found.bound = _stronger(found.bound, bound[1])
            found.end = bound[0]
            return


def _unit(text: str, place: int, grammar: Grammar) -> tuple[Span, Unit] | None:
    for begin in _spaced(text, place):
        lexicon = grammar.singulars if begin > place and text[place] == "-" else grammar.units
        unit = lexicon.at(text, begin) or grammar.units.at(text, begin)
        if unit:
            return (begin, unit[0]), unit[1]
    return None


def _noun(
    text: str, place: int, skip: Callable[[int], int], ceiling: int, grammar: Grammar
) -> tuple[Span, Unit] | None:
    """The thing counted, some words on: "100,000 of its Zhenwu 810E chips"."""
    if not grammar.spaced:
        return _noun_after_name(text, place, skip, grammar)
    found: tuple[Span, Unit] | None = None
    for _ in range(NOUN_REACH):
        if place < len(text) and text[place] in _CLOSERS:
            place += 1
        over = skip(place)
        if over > place:
            place = over
            continue
        described = _DESCRIBED.match(text, place)
        if described:
            place = described.end()
            continue
        of = grammar.of.at(text, place) if not found else None
        word = _WORD.match(text, of[0] + 1 if of else place)
        if word is None or word.end() > ceiling or (word.group() in grammar.stops):
            break
        unit = _noun_word(text, word, grammar)
        if unit:
            found = unit
        place = word.end()
        if (found and not text.startswith(" ", place)) or _ends_sentence(word.group()):
            break
    return found


def _ends_sentence(word: str) -> bool:
    """ "12 partners. Baidu uses processors": what is counted stands before the full stop; that of "U.S." is none."""
    return word.endswith(".") and len(word) > LONGEST_ABBREVIATION and "." not in word[:-1]


def _noun_word(text: str, word: re.Match[str], grammar: Grammar) -> tuple[Span, Unit] | None:
    at = grammar.units.at(text, word.start())
    if at and at[1].kind == "count":
        return (word.start(), at[0]), at[1]
    tail = grammar.units.before(text, word.end())
    if tail and tail[1].kind == "count" and tail[0] >= word.start():
        return (tail[0], word.end()), tail[1]
    return None


def _noun_after_name(text: str, place: int, skip: Callable[[int], int], grammar: Grammar) -> tuple[Span, Unit] | None:
    """10万 H20 芯片: the unit behind a masked name."""
    begin = _spaced(text, place, " ")[-1]
    over = skip(begin)
    return _unit(text, over, grammar) if over > begin else None


def _tail(text: str, found: After, grammar: Grammar) -> None:
    """Bound, period, "each" and lead behind the unit, in any order."""
    for _ in range(4):
        before = found.end
        _bound(text, found, grammar)
        for place in _spaced(text, found.end):
            if _tail_word(text, place, found, grammar):
                break
        if found.end == before:
            return


def _tail_word(text: str, place: int, found: After, grammar: Grammar) -> bool:
    """Takes in the longest word at `place` that tells period, "each", "per share" or lead."""
    per = None if found.per else grammar.per_after.at(text, place)
    each = None if found.each else grammar.each_after.at(text, place)
    share = (
        None
        if found.share or not (found.unit is None or found.unit.kind == "money")
        else grammar.per_share.at(text, place)
    )
    lead = None if found.lead else grammar.lead_after.at(text, place)
    if per and (per[1] is None or _NUMBERED.match(text, per[0])):
        per = None  # "a year later"
    end = max((word[0] for word in (per, each, share, lead) if word), default=found.end)
    if end == found.end:
        return False
    found.end = end
    if share and share[0] == end:
        found.share = True
    elif per and per[0] == end:
        found.per = per[1]
    elif each and each[0] == end:
        found.each = True
    elif lead:
        found.lead = lead[1]
    return True
