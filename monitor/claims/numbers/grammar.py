"""A language's number tables, read from `tables/<language>.yaml` over `tables/common.yaml` and compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from monitor.claims.numbers.data import read_table
from monitor.claims.numbers.phrases import Phrases, is_word_letter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from monitor.claims.numbers.model import Kind, Lead, Per, TrapKind
    from monitor.model import Bound

Exact = int | Fraction
_ARTICLE = 2
"""Letters of an article that a spelt figure may begin with."""


class Numeral(NamedTuple):
    """A word of a spelt figure, by what it does: `add` its value, multiply by it (`times`: hundred, 十;
    `scale`: million, 万), add a `half`, be a `whole` figure, or make the figure a mere magnitude (`vague`: 数, 几)."""

    op: str
    value: Exact


class Unit(NamedTuple):
    kind: Kind
    unit: str
    noun: str = ""
    factor: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled tables of one language. `spaced`: its words are set off by spaces."""

    language: str
    spaced: bool
    from_needs_to: bool
    """The word for "from" is also "of": it leads a figure only where "to" follows (German "von")."""
    bare_scales: bool
    """A scale word alone is a figure: 百万, "hundert"; but not "million"."""
    compounds: bool
    """Numerals and nouns are written together."""
    set_off: bool
    """A figure in words does not begin inside a word (만 in 다스만)."""
    digits: re.Pattern[str]
    decimal: str
    """The decimal mark; the other one of "." and "," groups thousands."""
    anchors: re.Pattern[str]
    digits_after_scale: bool
    """26만 4000: the lower part of a figure may follow a space."""
    lower_place: bool
    """A last digit counts the place below the scale word before it: 九万四 is 94,000."""
    numerals: Phrases[Numeral]
    not_numerals: Phrases[bool]
    """Words that only begin like a figure: 三星, 一部, 이번."""
    joiners: tuple[str, ...]
    glued_scales: Phrases[int]
    infix_bounds: Phrases[Bound]
    fractions: Phrases[Fraction]
    fractions_before: frozenset[str] | None
    """Words that may follow a fraction in words; None: any ("ein Drittel" is never an ordinal)."""
    fraction_over: Phrases[bool]
    ratios: Phrases[bool]
    ratio_nouns: Phrases[bool]
    """What stands between the figures of "four in five"."""
    denominators: Phrases[int]
    weak: frozenset[str]
    """Numerals too short to be one without a percent or multiple behind them: 이, 사."""
    negatives: Phrases[bool]
    tenths: Phrases[bool]
    """成, 割; False for words that merely begin so (成立)."""
    hundredths: Phrases[bool]
    multiples: Phrases[Fraction]
    multiples_added: Phrases[bool]
    multiples_level: Phrases[bool]
    vague: Phrases[int]
    bounds_before: Phrases[Bound | None]
    bounds_loose: tuple[tuple[str, Bound | None], ...]
    """Bounds that stand before the verb: 最多可生产40万颗; None for words that merely end so (合约)."""
    bounds_after: Phrases[Bound]
    skips: Phrases[bool]
    leads: Phrases[Lead]
    lead_after: Phrases[Lead]
    range_joiners: Phrases[bool]
    range_and: Phrases[bool]
    range_change: Phrases[bool]
    range_change_to: Phrases[bool]
    """Behind the second end of what から or 에서 joins: a change (に, 으로), not a range."""
    between: Phrases[bool]
    currencies: Phrases[Unit]
    currency_of_previous: Mapping[str, Sequence[str]]
    """Words that take over a currency named before them: 元 after 新台幣."""
    currency_by_scale: Mapping[str, Mapping[str, str]]
    """兆元 is Taiwan's way of counting."""
    units: Phrases[Unit]
    singulars: Phrases[Unit]
    stops: frozenset[str]
    of: Phrases[bool]
    per_after: Phrases[Per | None]
    per_before: Phrases[Per]
    each_after: Phrases[bool]
    each_before: Phrases[bool]
    per_share: Phrases[bool]
    wafer_context: re.Pattern[str] | None
    durations: Phrases[bool]
    traps_before: Phrases[TrapKind]
    traps_after: Phrases[TrapKind]
    votes: Phrases[bool]
    conversions: Phrases[bool]
    carried: re.Pattern[str] | None
    carried_scales: Mapping[str, int]


@cache
def grammar(language: str | None) -> Grammar:
    """The grammar of `language` ("zh-Hant" counts as "zh"); that of signs and symbols alone where there is no table."""
    short = (language or "").lower().replace("_", "-").split("-")[0]
    table = _read("common")
    known = short in languages()
    own = _read(short) if known else {}
    return _Compiler(short if known else "", _laid_over(table, own), own).grammar()


@cache
def languages() -> frozenset[str]:
    """The languages that have a table."""
    files = (resources.files(__package__) / "tables").iterdir()
    return frozenset(file.name.removesuffix(".yaml") for file in files if file.name.endswith(".yaml")) - {"common"}


def _read(name: str) -> dict[str, Any]:
    return read_table(resources.files(__package__) / "tables" / f"{name}.yaml")


def _laid_over(below: Any, above: Any) -> Any:
    """`above` over `below`: tables merge key by key, lists add up, anything else is replaced."""
    if isinstance(below, dict) and isinstance(above, dict):
        return {key: _laid_over(below.get(key), above.get(key)) for key in {**below, **above}}
    if isinstance(below, list) and isinstance(above, list):
        return below + above
    return below if above is None else above


class _Compiler:
    """Turns one merged table into a `Grammar`."""

    def __init__(self, language: str, table: dict[str, Any], own: dict[str, Any]) -> None:
        self.language = language
        self.table = table
        self.own = own
        self.variants = str.maketrans(table.get("variants") or {})
        self.spaced = table.get("spaced", "true") == "true"
        self.compounds = table.get("compounds") == "true"

    def grammar(self) -> Grammar:
        table, bounds, ranges = self.table, self.table.get("bounds") or {}, self.table.get("range") or {}
        numerals = self._numerals()
        fractions = self._values("fractions")
        multiples = self._values("multiples")
        vague = dict.fromkeys(self._list("vague"), 0)
        starts = [phrase for phrase, numeral in numerals.items() if numeral.op not in {"none", "half"}]
        return Grammar(
            language=self.language,
            spaced=self.spaced,
            compounds=self.compounds,
            set_off=table.get("set_off") == "true",
            from_needs_to=table.get("from_needs_to") == "true",
            bare_scales=not self.spaced or table.get("bare_scales") == "true",
            digits=self._digits(),
            decimal=str(self._marks()["decimal"]),
            anchors=self._anchors([*starts, *fractions, *multiples, *vague]),
            digits_after_scale=table.get("digits_after_scale") == "true",
            lower_place=table.get("lower_place") == "true",
            numerals=Phrases(numerals, parts=self.compounds),
            not_numerals=self._flags(table.get("not_numerals")),
            joiners=tuple(table.get("joiners") or ()),
            glued_scales=Phrases({word: int(scale) for word, scale in table["glued_scales"].items()}),
            infix_bounds=Phrases(self._inverted(bounds.get("infix"))),
            fractions=Phrases(fractions),
            fractions_before=self._fractions_before(),
            fraction_over=self._flags(table.get("fraction_over")),
            ratios=self._flags(table.get("ratios")),
            ratio_nouns=self._flags(table.get("ratio_nouns")),
            denominators=Phrases({word: int(value) for word, value in (table.get("denominators") or {}).items()}),
            weak=frozenset(self._list("weak")),
            negatives=self._flags(table.get("negatives")),
            tenths=Phrases({word: told == "true" for word, told in self._inverted(table.get("tenths")).items()}),
            hundredths=self._flags(table.get("hundredths")),
            multiples=Phrases(multiples),
            multiples_added=self._flags(table.get("multiples_added_before")),
            multiples_level=self._flags(table.get("multiples_level_before")),
            vague=Phrases(vague),
            bounds_before=Phrases(self._inverted(bounds.get("before"))),
            bounds_loose=tuple(self._inverted(bounds.get("loose")).items()),
            bounds_after=Phrases(self._inverted(bounds.get("after"))),
            skips=self._flags(table.get("skips")),
            leads=Phrases(self._inverted(table.get("leads"))),
            lead_after=Phrases(self._inverted(table.get("lead_after"))),
            range_joiners=self._flags(ranges.get("joiners")),
            range_and=self._flags(ranges.get("and")),
            range_change=self._flags(ranges.get("change")),
            range_change_to=self._flags(ranges.get("change_to")),
            between=self._flags(ranges.get("between")),
            currencies=Phrases(self._currencies("before"), prefixes=True),
            currency_of_previous=dict(table.get("currency_of_previous") or {}),
            currency_by_scale=dict(table.get("currency_by_scale") or {}),
            units=Phrases(self._units(), compounds=self.compounds),
            singulars=Phrases(self._singulars()),
            stops=frozenset(map(str, table.get("stops") or ())),
            of=self._flags(table.get("of")),
            per_after=Phrases(self._inverted(table.get("per"))),
            per_before=Phrases(self._inverted(table.get("per_before"))),
            each_after=self._flags(table.get("each")),
            each_before=self._flags(table.get("each_before")),
            per_share=self._flags(table.get("per_share")),
            wafer_context=self._wafer_context(),
            durations=self._flags(table.get("duration")),
            traps_before=Phrases(self._inverted((table.get("traps") or {}).get("before"))),
            traps_after=Phrases(self._inverted((table.get("traps") or {}).get("after"))),
            votes=self._flags((table.get("traps") or {}).get("votes")),
            conversions=self._flags(table.get("conversions")),
            carried=self._carried(),
            carried_scales={word: int(scale) for word, scale in (table.get("carried") or {}).items()},
        )

    def _spellings(self, phrase: object) -> Iterator[str]:
        """The phrase and, where the language is written in two scripts, its other form."""
        plain = str(phrase)
        yield plain
        other = plain.translate(self.variants)
        if other != plain:
            yield other

    def _list(self, key: str) -> list[str]:
        return [form for phrase in self.table.get(key) or () for form in self._spellings(phrase)]

    def _flags(self, phrases: Any) -> Phrases[bool]:
        return Phrases({form: True for phrase in phrases or () for form in self._spellings(phrase)})

    def _inverted(self, lists: Mapping[str, Any] | None) -> dict[str, Any]:
        """`{meaning: [phrase, ...]}` as `{phrase: meaning}`; the meaning `null` is None."""
        return {
            form: None if meaning == "null" else meaning
            for meaning, phrases in (lists or {}).items()
            for phrase in phrases
            for form in self._spellings(phrase)
        }

    def _values(self, key: str) -> dict[str, Fraction]:
        return {
            form: Fraction(str(value))
            for phrase, value in (self.table.get(key) or {}).items()
            for form in self._spellings(phrase)
        }

    def _fractions_before(self) -> frozenset[str] | None:
        words = self.table.get("fractions_before") or ()
        return None if words == "any" else frozenset(map(str, words))

    def _numerals(self) -> dict[str, Numeral]:
        ops = {
            "numerals": "add",
            "multipliers": "times",
            "scales": "scale",
            "whole": "whole",
            "vague_numerals": "vague",
        }
        found = {
            form: Numeral(op, _exact(value))
            for key, op in ops.items()
            for phrase, value in (self.table.get(key) or {}).items()
            for form in self._spellings(phrase)
        }
        found |= {form: Numeral("half", value) for form, value in self._values("halves").items()}
        return found | dict.fromkeys(self._list("not_scales"), Numeral("none", 0))

    def _currencies(self, place: str) -> dict[str, Unit]:
        codes = self._inverted((self.table.get("currencies") or {}).get(place))
        codes |= self._inverted((self.own.get("currencies") or {}).get(place))
        return {phrase: Unit("money", code) for phrase, code in codes.items()}

    def _scaled_currencies(self, codes: Mapping[str, Unit]) -> dict[str, Unit]:
        """ "75 USD million", "120 MEUR": a scale word behind the code, or in front of it as in Nordic reports."""
        if not self.spaced:
            return {}
        scales = {word: Fraction(scale) for word, scale in (self.table.get("scales") or {}).items()}
        plain = {phrase: unit for phrase, unit in codes.items() if phrase == unit.unit.lower()}
        found = {f"m{code}": unit._replace(factor=Fraction(1_000_000)) for code, unit in plain.items()}
        for word, scale in scales.items():
            found |= {f"{code} {word}": unit._replace(factor=scale) for code, unit in plain.items()}
        return found

    def _units(self) -> dict[str, Unit]:
        found = self._currencies("after")
        found |= self._scaled_currencies(found)
        for unit, nouns in (self.table.get("units") or {}).items():
            found.update({phrase: Unit("count", unit, noun) for phrase, noun in self._inverted(nouns).items()})
        for kind, measures in self.table["measures"].items():
            for unit, words in measures.items():
                for phrase, factor in words.items():
                    found.update(
                        {form: Unit(kind, unit, "", Fraction(str(factor))) for form in self._spellings(phrase)}
                    )
        plain: tuple[tuple[str, Unit], ...] = (
            ("percent", Unit("percent", "percent")),
            ("points", Unit("points", "points")),
            ("basis_points", Unit("points", "points", "", Fraction(1, 100))),
            ("multiples_after", Unit("multiple", "x")),
            ("minor_currency_units", Unit("other", "cent")),
        )
        for key, unit in plain:
            found.update(dict.fromkeys(self._list(key), unit))
        return found

    def _singulars(self) -> dict[str, Unit]:
        """What follows a hyphen: "100,000-unit", "10,000-card"."""
        found = {}
        for phrase, unit in self._units().items():
            if unit.kind == "count" and phrase.endswith("s"):
                found[phrase[:-3] + "y" if phrase.endswith("ies") else phrase[:-1]] = unit
        return found if self.spaced else {}

    def _wafer_context(self) -> re.Pattern[str] | None:
        words = self._list("wafer_context")
        return re.compile("|".join(map(re.escape, words))) if words else None

    def _carried(self) -> re.Pattern[str] | None:
        pattern = self.table.get("carried_pattern")
        if not pattern:
            return None
        words = sorted(map(str, self.table["carried"]), key=len, reverse=True)
        return re.compile(str(pattern).replace("SCALE", "(?P<scale>" + "|".join(map(re.escape, words)) + ")"))

    def _marks(self) -> Mapping[str, Any]:
        return self.table.get("digits") or {"group": ",", "decimal": "."}

    def _digits(self) -> re.Pattern[str]:
        marks = self._marks()
        group, decimal = re.escape(marks["group"]), re.escape(marks["decimal"])
        forms = [
            rf"\d{{1,3}}(?:{group}\d{{3}})+(?!\d)(?:{decimal}\d+)?",
            r"\d{1,3}(?:'\d{3})+(?!\d)(?:[.,]\d+)?",
            rf"\d{{1,3}}(?:{decimal}\d{{3}}){{2,}}(?!\d)(?:{group}\d+)?",
        ]
        if marks["group"] == ",":
            forms.append(r"\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?")
        if marks.get("space_groups") == "true":
            forms.append(rf"\d{{1,3}}(?: \d{{3}})+(?![\d{group}])(?:{decimal}\d+)?")
        if marks["group"] == ".":
            forms.append(r"\d+\.\d{1,2}(?!\d)")
        forms += [rf"\d+{decimal}\d+", r"\d+", rf"{decimal}\d+"]
        return re.compile("|".join(forms))

    def _anchors(self, phrases: list[str]) -> re.Pattern[str]:
        """Where a figure may begin: a digit, or the first word or ideograph of a numeral."""
        words = {_opening(phrase) for phrase in phrases if is_word_letter(phrase[0])}
        found = _ideographs([phrase for phrase in phrases if not is_word_letter(phrase[0])])
        if words:
            end = "" if self.compounds else r"(?![^\W\d_])"
            longest_first = sorted(words, key=lambda word: (-len(word), word))
            found += r"|(?<![^\W\d_])(?:" + "|".join(longest_first) + ")" + end
        return re.compile(found)


def _ideographs(phrases: Sequence[str]) -> str:
    """A digit, or the first character of one of the phrases, with the rest behind it where it is none by itself."""
    rests: dict[str, list[str]] = {}
    for phrase in phrases:
        rests.setdefault(phrase[0], []).append(re.escape(phrase[1:]))
    if not rests:
        return r"\d"
    alone = "".join(re.escape(char) for char, found in sorted(rests.items()) if "" in found)
    longer = [
        f"(?<={re.escape(char)})(?={'|'.join(found)})" for char, found in sorted(rests.items()) if "" not in found
    ]
    chars = "".join(map(re.escape, sorted(rests)))
    return rf"[\d{chars}](?:" + "|".join([rf"(?<=[\d{alone}])", *longer]) + ")"


def _opening(phrase: str) -> str:
    """The pattern of a phrase's first word; an article ("a dozen") counts only before its next word."""
    words = re.match(r"([^\W\d_]+)([ '-][^\W\d_]+)?", phrase)
    if words is None:
        return re.escape(phrase)
    first, second = words[1], words[2]
    short = second is not None and len(first) <= _ARTICLE
    return re.escape(first) + (f"(?={re.escape(second)})" if short else "")


def _exact(value: object) -> Exact:
    exact = Fraction(str(value))
    return exact.numerator if exact.denominator == 1 else exact
