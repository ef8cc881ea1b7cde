"""Finds what a text says of time, by the patterns of its language."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources
from itertools import count
from typing import TYPE_CHECKING, Any

from monitor.claims.numbers.data import read_table
from monitor.claims.numbers.fold import fold
from monitor.claims.numbers.grammar import grammar
from monitor.claims.numbers.phrases import Phrases, is_word_letter
from monitor.claims.numbers.traps import is_year
from monitor.claims.period.model import Period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from monitor.claims.numbers.grammar import Grammar
    from monitor.claims.period.model import Role, Rule

_CENTURY = 2000
_SLOT = re.compile(r"\{([a-z]\w*)\}")
_LITERAL = re.compile(r"[^\W\d_]+|'")
_CHOICE = re.compile(r"\(\?:([^()]*)\)(\??)")
_ABSOLUTE_YEAR = r"(?:19|20)\d\d(?!\d)|'\d\d(?!\d)"


@dataclass(frozen=True)
class _Pattern:
    rule: Rule
    starts: frozenset[str]
    source: str
    cased: bool
    """Names a month, which must be capitalised ("may", "march" are words too)."""
    given: Mapping[str, int]
    """What the words alone say: {shift: -1}."""

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled at first use: most patterns of a language are never asked."""
        return re.compile(self.source)


@dataclass(frozen=True, slots=True)
class _Tables:
    anchors: re.Pattern[str]
    patterns: Mapping[str, tuple[_Pattern, ...]]
    words: Mapping[str, Mapping[str, int]]
    before: Phrases[str]
    after: Phrases[str]
    skips: Phrases[bool]
    by_end_is_year: bool
    numbers: Grammar


def periods(text: str, language: str | None, published: date | None) -> list[Period]:
    """What `text` says of time, in order of place, none overlapping; empty for a language without a table.

    `published` settles "last quarter" and "in June"; pass the article's date, never the clock's. Cost is linear.
    """
    tables = _tables((language or "").lower().replace("_", "-").split("-")[0])
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
    return found


def _at(tables: _Tables, text: str, folded: str, anchor: re.Match[str], published: date | None) -> Period | None:
    """The longest period that begins at an anchor."""
    start = anchor.start()
    key = "0" if folded[start].isdecimal() else anchor.group()
    best: tuple[re.Match[str], _Pattern] | None = None
    for pattern in tables.patterns.get(key, ()):
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


def _figure_instead(tables: _Tables, text: str, match: re.Match[str], pattern: _Pattern) -> bool:
    """Four digits that a unit or a currency makes a figure."""
    bare = pattern.rule == "year" and match.group().isdecimal()
    return bare and not is_year(text, match.start(), match.end(), tables.numbers)


def _period(tables: _Tables, match: re.Match[str], pattern: _Pattern, published: date | None) -> Period | None:
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
        last=next((values[name] for name in ("month2", "year2", "day") if name in values), None),
        at_end=bool(values.get("at_end")),
        settled="past" if "past" in values else "nearest" if "nearest" in values else None,
    )


def _year_shift(tables: _Tables, groups: Mapping[str, str]) -> int | None:
    word = groups.get("relyear")
    return None if word is None else tables.words["relyear"][word]


def _value(tables: _Tables, slot: str, word: str) -> int | None:
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


def _with_context(tables: _Tables, text: str, period: Period, floor: int) -> Period:
    """Role and "end of" around a period; its span grows over them."""
    for _ in range(4):
        grown = _grown_left(tables, text, period, floor) or _grown_right(tables, text, period)
        if grown is None:
            break
        period = grown
    if period.role == "by":
        year_alone = period.at_end and tables.by_end_is_year
        return replace(period, at_end=period.at_end and not year_alone, by_end=year_alone)
    return period


def _grown_left(tables: _Tables, text: str, period: Period, floor: int) -> Period | None:
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


def _grown_right(tables: _Tables, text: str, period: Period) -> Period | None:
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


@cache
def _tables(language: str) -> _Tables | None:
    path = resources.files(__package__) / "tables" / f"{language}.yaml"
    if not language.isalpha() or not path.is_file():
        return None
    return _compiled(read_table(path), language)


def _compiled(table: Mapping[str, Any], language: str) -> _Tables:
    variants = str.maketrans(table.get("variants") or {})
    words = {slot: _both(values, variants) for slot, values in table["slots"].items()}
    parts = {f"{{{name}}}": str(part) for name, part in (table.get("parts") or {}).items()}
    patterns = [
        _pattern(rule, _whole(str(source), parts), words, variants, cased=table.get("cased_months") == "true")
        for rule, sources in table["patterns"].items()
        for source in sources
    ]
    patterns += [
        _relative(rule, phrase, shift)
        for rule, phrases in (table.get("relative") or {}).items()
        for phrase, shift in _both(phrases, variants).items()
    ]
    starts = {start for pattern in patterns for start in pattern.starts}
    beginnings = [(pattern, tuple(pattern.starts)) for pattern in patterns]
    by_start = {start: tuple(p for p, heads in beginnings if start.startswith(heads)) for start in sorted(starts)}
    return _Tables(
        anchors=_anchors(starts),
        patterns=by_start,
        words=words,
        before=Phrases(_marks(table.get("before"), variants)),
        after=Phrases(_marks(table.get("after"), variants)),
        skips=Phrases(dict.fromkeys(map(str, table.get("skips") or ()), True)),
        by_end_is_year=table.get("by_end_is_year") == "true",
        numbers=grammar(language),
    )


def _whole(source: str, parts: Mapping[str, str]) -> str:
    """A pattern with the parts that it shares with others put in."""
    for name, part in parts.items():
        source = source.replace(name, part)
    return source


def _relative(rule: str, phrase: str, shift: int) -> _Pattern:
    """A fixed phrase that counts from the running unit; `year_end` is the last month of a year."""
    given = {"shift": shift, "at_end": int(rule == "year_end")}
    plain: Rule = "year" if rule == "year_end" else rule  # type: ignore[assignment]
    start = "0" if phrase[0].isdecimal() else phrase
    return _Pattern(plain, frozenset([start]), re.escape(phrase), False, given)


def _marks(table: Mapping[str, Any] | None, variants: Mapping[int, str]) -> dict[str, str]:
    return {
        form: mark
        for mark, phrases in (table or {}).items()
        for form in _both(dict.fromkeys(map(str, phrases), 0), variants)
    }


def _both(values: Mapping[str, int], variants: Mapping[int, str]) -> dict[str, int]:
    """The words of a table and, where the language is written in two scripts, their other forms."""
    plain = {word: int(value) for word, value in values.items()}
    return {**{word.translate(variants): value for word, value in plain.items()}, **plain}


def _anchors(starts: set[str]) -> re.Pattern[str]:
    letters = sorted((s for s in starts if is_word_letter(s[0])), key=lambda word: (-len(word), word))
    others = sorted((s for s in starts if not is_word_letter(s[0]) and s != "0"), key=lambda word: (-len(word), word))
    parts = [r"(?<![\d.,])\d" if letters else r"(?<!\d)\d"]
    if letters:
        parts.append(r"(?<![^\W_\u0530-\U0010ffff])(?:" + "|".join(map(re.escape, letters)) + ")")
    parts += map(re.escape, others)
    return re.compile("|".join(parts))


def _pattern(
    rule: str, source: str, words: Mapping[str, Mapping[str, int]], variants: Mapping[int, str], *, cased: bool
) -> _Pattern:
    numbers = count()
    regex = _SLOT.sub(lambda slot: _group(slot.group(1), next(numbers), words), source)
    if variants:
        regex = "".join(f"[{c}{c.translate(variants)}]" if c.translate(variants) != c else c for c in regex)
    starts = _starts(source, words)
    starts |= {start.translate(variants) for start in starts}
    return _Pattern(rule, starts, regex, cased and "{month" in source, {})  # type: ignore[arg-type]


def _group(name: str, number: int, words: Mapping[str, Mapping[str, int]]) -> str:
    slot = name.rstrip("2")
    known = "|".join(re.escape(word) for word in sorted(words.get(slot, {}), key=len, reverse=True))
    digits = {
        "year": _ABSOLUTE_YEAR, "yy": r"\d\d(?!\d)", "month": r"1[0-2]|0?[1-9]", "day": r"[12]\d|3[01]|0?[1-9]",
        "quarter": r"[1-4]", "half": r"[12]", "count": r"\d{1,2}",
    }.get(slot, "")  # fmt: skip
    if slot == "month" and any(is_word_letter(word[0]) for word in words.get(slot, {})):
        digits = ""
    group = {"yy": "year", "cnyear": "year"}.get(slot, slot) + ("2" if name.endswith("2") else "")
    return f"(?P<{group}__{number}>" + "|".join(filter(None, (known, digits))) + ")"


def _starts(source: str, words: Mapping[str, Mapping[str, int]]) -> frozenset[str]:
    """The words (or the digit, as "0") that a pattern can begin with."""
    slot = _SLOT.match(source)
    if slot:
        name = slot.group(1).rstrip("2")
        known = {_LITERAL.match(word).group() if _LITERAL.match(word) else word for word in words.get(name, {})}  # type: ignore[union-attr]
        lettered = name == "month" and any(is_word_letter(word[0]) for word in known)
        digits = {"0"} if name in {"year", "yy", "month", "day", "quarter", "half", "count"} and not lettered else set()
        return frozenset(known | digits | ({"'"} if name == "year" else set()))
    choice = _CHOICE.match(source)
    if choice:
        rest = source[choice.end() :]
        found = frozenset[str]().union(*(_starts(each + rest, words) for each in choice[1].split("|")))
        return found | _starts(rest, words) if choice[2] else found
    if source.startswith("["):
        return frozenset(source[1 : source.index("]")])
    if source.startswith("\\d") or source[:1].isdecimal():
        return frozenset("0")
    literal = _LITERAL.match(source)
    if literal is None:
        return frozenset([source[0]])
    if not source.startswith("?", literal.end()):
        return frozenset([literal.group()])
    surely = literal.group()[:-1]
    return frozenset([surely]) if surely else _starts(source[literal.end() + 1 :], words) | {literal.group()}


__all__ = ["periods"]
