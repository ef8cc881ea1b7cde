"""The patterns of a language's table of words for time, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from itertools import count
from typing import TYPE_CHECKING, Any

from monitor.claims.numbers.data import read_table
from monitor.claims.numbers.grammar import grammar
from monitor.claims.numbers.phrases import Phrases, is_word_letter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.claims.numbers.grammar import Grammar
    from monitor.claims.period.model import Rule

_SET_OFF = re.compile(r"(?<=\})(?=[\u4e00-\u9fff])|(?<=.)(?=\{)")
"""Between a figure and an ideograph, where Taiwanese wires set a blank: "9 月", "第 3 季"."""
_SLOT = re.compile(r"\{([a-z]\w*)\}")
_LITERAL = re.compile(r"[^\W\d_]+|'")
_CHOICE = re.compile(r"\(\?:([^()]*)\)(\??)")
_NAMED = re.compile(r"\(\?P<\w+>")
_ABSOLUTE_YEAR = r"(?:19|20)\d\d(?!\d)|'\d\d(?!\d)"


@dataclass(frozen=True)
class Pattern:
    """One way of saying a period: `source` with named groups for its slots, tried where one of `starts` stands."""

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


@dataclass(frozen=True)
class Opening:
    """The patterns that may begin with one word, or with a digit."""

    patterns: tuple[Pattern, ...]

    @cached_property
    def gate(self) -> re.Pattern[str]:
        """Matches where one of the patterns does: most places where one could begin hold none."""
        return re.compile("|".join(_NAMED.sub("(?:", pattern.source) for pattern in self.patterns))


@dataclass(frozen=True, slots=True)
class Tables:
    """What one language says of time, compiled: where a period may begin, and what stands around it."""

    anchors: re.Pattern[str]
    openings: Mapping[str, Opening]
    """Word, or "0" for a digit, -> the patterns that may begin with it."""
    words: Mapping[str, Mapping[str, int]]
    before: Phrases[str]
    after: Phrases[str]
    skips: Phrases[bool]
    by_end_is_year: bool
    numbers: Grammar


@cache
def tables_of(language: str) -> Tables | None:
    """The table of a language by its code; None where there is none."""
    path = resources.files(__package__) / "tables" / f"{language}.yaml"
    if not language.isalpha() or not path.is_file():
        return None
    return _compiled(read_table(path), language)


def _compiled(table: Mapping[str, Any], language: str) -> Tables:
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
    openings = {
        start: Opening(tuple(p for p, heads in beginnings if start.startswith(heads))) for start in sorted(starts)
    }
    return Tables(
        anchors=_anchors(starts),
        openings=openings,
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


def _relative(rule: str, phrase: str, shift: int) -> Pattern:
    """A fixed phrase that counts from the running unit; `year_end` is the last month of a year."""
    given = {"shift": shift, "at_end": int(rule == "year_end")}
    plain: Rule = "year" if rule == "year_end" else rule  # type: ignore[assignment]
    start = "0" if phrase[0].isdecimal() else phrase
    return Pattern(plain, frozenset([start]), re.escape(phrase), False, given)


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
    """Where a period may begin. The first character comes first, so that a search jumps from one such to the next."""
    letters = {start[0] for start in starts if is_word_letter(start[0])}
    digit = r"(?<=\d)(?<!\d\d)(?<!\d[.,]\d)" if letters else r"(?<=\d)(?<!\d\d)"
    places = [digit, *(_going_on(char, starts) for char in sorted({s[0] for s in starts} - letters - {"0"}))]
    if letters:
        words = "|".join(_going_on(char, starts) for char in sorted(letters))
        opening = "".join(map(re.escape, sorted(letters)))
        places.insert(1, rf"(?<=[{opening}])(?<![^\W_\u0530-\U0010ffff][{opening}])(?:{words})")
    chars = "".join(re.escape(start) for start in sorted({s[0] for s in starts} - {"0"}))
    return re.compile(rf"[\d{chars}](?:" + "|".join(places) + ")")


def _going_on(char: str, starts: set[str]) -> str:
    """Behind its first character, the rest of each word that begins with it, the longest first."""
    rests = sorted((start[1:] for start in starts if start[0] == char), key=lambda word: (-len(word), word))
    return f"(?<={re.escape(char)})(?:" + "|".join(map(re.escape, rests)) + ")"


def _pattern(
    rule: str, source: str, words: Mapping[str, Mapping[str, int]], variants: Mapping[int, str], *, cased: bool
) -> Pattern:
    numbers = count()
    spread = _SET_OFF.sub(" ?", source) if variants else source
    regex = _SLOT.sub(lambda slot: _group(slot.group(1), next(numbers), words), spread)
    if variants:
        regex = "".join(f"[{c}{c.translate(variants)}]" if c.translate(variants) != c else c for c in regex)
    starts = _starts(source, words)
    starts |= {start.translate(variants) for start in starts}
    return Pattern(rule, starts, regex, cased and "{month" in source, {})  # type: ignore[arg-type]


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
