"""Finds what a text says of time, by the patterns of its language."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from monitor.claims.numbers.fold import fold
from monitor.claims.numbers.phrases import is_word_letter
from monitor.claims.numbers.traps import is_year
from monitor.claims.period.model import Period
from monitor.claims.period.patterns import tables_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from monitor.claims.period.model import Role, Rule
    from monitor.claims.period.patterns import Pattern, Tables

_SIDES: tuple[Literal["past", "nearest", "coming"], ...] = ("past", "nearest", "coming")
_CENTURY = 2000
_OPENED = re.compile(r"\s?[(（]\s?(?:即|指|, ?)?")


def periods(text: str, language: str | None, published: date | None) -> list[Period]:
    """What `text` says of time, in order of place, none overlapping; empty for a language without a table.

    `published` settles "last quarter" and "in June"; pass the article's date, never the clock's. Cost is linear.
    """
    tables = tables_of((language or "").lower().replace("_", "-").split("-")[0])
    if tables is None:
        return []
    folded, place = fold(text), 0
    found: list[Period] = []
    while match := tables.anchors.search(folded, place):
        period = _at(tables, text, folded, match, published)
        if period is None:
            place = match.start() + 1
            continue
        period = _with_context(tables, folded, period, found[-1].end if found else 0)
        found.append(period)
        place = period.end
    return [_spelt_out(one, other, folded) for one, other in zip(found, [*found[1:], None], strict=False)]


def _spelt_out(period: Period, behind: Period | None, text: str) -> Period:
    """ "2025财年第三季度（截至2025年12月31日止三个月）": the date in brackets says which quarter a fiscal one is."""
    if behind is None or period.rule != "fiscal_quarter" or behind.rule != "quarter_ended":
        return period
    if not _OPENED.fullmatch(text, period.end, behind.start):
        return period
    return replace(behind, start=period.start, end=period.end, role=period.role)


def _at(tables: Tables, text: str, folded: str, anchor: re.Match[str], published: date | None) -> Period | None:
    """The longest period that begins at an anchor."""
    start = anchor.start()
    key = "0" if folded[start].isdecimal() else anchor.group()
    best: tuple[re.Match[str], Pattern] | None = None
    opening = tables.openings.get(key)
    if opening is None or opening.gate.match(folded, start) is None:
        return None
    for pattern in opening.patterns:
        match = pattern.regex.match(folded, start)
        if match is None or (best and match.end() <= best[0].end()):
            continue
        if pattern.cased and not _capitalised(text, match):
            continue
        if _complete(folded, match) and not (key == "0" and _figure_instead(tables, folded, match, pattern)):
            best = match, pattern
    return best and _period(tables, *best, published)


def _capitalised(text: str, match: re.Match[str]) -> bool:
    names = (name for name, word in match.groupdict().items() if word and name.startswith("month"))
    return all(text[match.start(name)].isupper() for name in names)


def _complete(text: str, match: re.Match[str]) -> bool:
    """Whether the match does not stop inside a word or number."""
    end = match.end()
    if end >= len(text) or end == match.start():
        return end > match.start()
    if is_word_letter(text[end - 1]) and is_word_letter(text[end]):
        return False
    return not (text[end - 1].isdecimal() and (text[end].isdecimal() or re.match(r"[.,]\d", text[end : end + 2])))


def _figure_instead(tables: Tables, text: str, match: re.Match[str], pattern: Pattern) -> bool:
    """Four digits that a unit or a currency makes a figure."""
    bare = pattern.rule == "year" and match.group().isdecimal()
    return bare and not is_year(text, match.start(), match.end(), tables.numbers)


def _period(tables: Tables, match: re.Match[str], pattern: Pattern, published: date | None) -> Period | None:
    groups = {name.split("__")[0]: word for name, word in match.groupdict().items() if word}
    values: dict[str, int] = dict(pattern.given)
    for name, word in groups.items():
        value = _value(tables, name.rstrip("2"), word)
        if value is None:
            return None
        values[name] = value
    return Period(
        start=match.start(),
        end=match.end(),
        rule=pattern.rule,
        published=published,
        year=values.get("year"),
        shift=values.get("shift"),
        year_shift=_year_shift(tables, groups),
        number=next((values[name] for name in ("month", "quarter", "half", "count") if name in values), None),
        last=next((values[name] for name in ("month2", "year2", "day", "early") if name in values), None),
        at_end=bool(values.get("at_end")),
        settled=next((side for side in _SIDES if side in values), None),
    )


def _year_shift(tables: Tables, groups: Mapping[str, str]) -> int | None:
    word = groups.get("relyear")
    return None if word is None else tables.words["relyear"][word]


def _value(tables: Tables, slot: str, word: str) -> int | None:
    for known in (tables.words.get(slot, {}), tables.words.get("cnyear", {}) if slot == "year" else {}):
        if word in known:
            return known[word]
    digits = word.lstrip("'")
    if not digits.isdecimal():
        return None
    value = int(digits)
    if slot == "year":
        return value + _CENTURY if value < 100 else value
    limits = {"month": 12, "quarter": 4, "half": 2, "day": 31, "count": 100}
    return value if 1 <= value <= limits.get(slot, value) else None


def _with_context(tables: Tables, text: str, period: Period, floor: int) -> Period:
    """Role and "end of" around a period; its span grows over them."""
    for _ in range(4):
        grown = _grown_left(tables, text, period, floor) or _grown_right(tables, text, period)
        if grown is None:
            break
        period = grown
    if period.role == "by":
        year_alone = period.at_end and tables.by_end_is_year
        return replace(period, at_end=period.at_end and not year_alone, by_end=year_alone)
    if period.role == "until" and period.at_end and tables.by_end_is_year:
        return replace(period, at_end=False)  # "through the end of 2027" is "through 2027"
    return period


def _grown_left(tables: Tables, text: str, period: Period, floor: int) -> Period | None:
    place = period.start
    while place > floor and text[place - 1] in " -":
        place -= 1
    word = tables.before.before(text, place)
    if word and word[0] >= floor:
        return _marked(replace(period, start=word[0]), word[1])
    skip = tables.skips.before(text, place)
    beyond = skip[0] - 1 if skip and text.startswith(" ", skip[0] - 1) else skip[0] if skip else place
    if skip and skip[0] > floor and tables.before.before(text, beyond):
        return replace(period, start=skip[0])
    return None


def _grown_right(tables: Tables, text: str, period: Period) -> Period | None:
    place = period.end + text.startswith(" ", period.end)
    word = tables.after.at(text, period.end) or tables.after.at(text, place)
    return _marked(replace(period, end=word[0]), word[1]) if word else None


def _marked(period: Period, mark: str) -> Period:
    if mark == "end":
        return replace(period, at_end=True)
    if mark == "fiscal":
        rule: Rule | None = {"quarter": "fiscal_quarter", "year": "fiscal_year"}.get(period.rule)  # type: ignore[assignment]
        return replace(period, rule=rule or period.rule)
    if mark == "none":
        return period
    role: Role = mark  # type: ignore[assignment]
    return replace(period, role=role)
