"""Lines of a pasted statement: "收入 159,501 149,986 6%" under a heading with its unit and what its columns cover."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from monitor.claims.frames import Bond
from monitor.claims.period import calendar
from monitor.text.fold import simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.claims.tokens import Token
    from monitor.claims.topics.scene import Scene

_DIGITS = {"〇": "0", "零": "0", **dict(zip("一二三四五六七八九", "123456789", strict=True))}
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_COLUMN = re.compile(
    rf"(?P<year>(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{{3}})\s?年度?"
    rf"(?:第?(?P<quarter>[一二三四1-4])季度?|(?P<half>[上下])半年|(?:1|一)[-—~至](?P<through>{_NUMBER})月"
    rf"|\s?(?P<month>{_NUMBER})\s?月\s?{_NUMBER}\s?日)?"
    r"|(?P<now>本报告期(?!末)|本期(?!比|末))|(?P<before>上年同期|去年同期|上期)"
    r"|(?P<change>本期比上年同期增减|(?:同比|环比|增减)?(?:变动|增减|增长)(?:比例|幅度|率)?)"
)
_MONTHS = re.compile(rf"止(?:的)?(?P<count>{_NUMBER})个月|止(?P<year>年度)")
_UNIT = re.compile(
    r"[(（](?P<cny>人民币)?\s?(?P<scale>百万|千|万|亿)?(?P<unit>元|美元|港元|新台币|日元|韩元|欧元)(?=[,，)）、；;除另])"
    r"|单位[:：]\s?(?:人民币)?(?P<scale2>百万|千|万|亿)?(?P<unit2>元|美元|港元|新台币|日元|韩元|欧元)"
)
_SCALES = {"": 1, "千": 1000, "万": 10_000, "百万": 1_000_000, "亿": 100_000_000}
_CURRENCIES = {"元": "CNY", "美元": "USD", "港元": "HKD", "新台币": "TWD", "日元": "JPY", "韩元": "KRW", "欧元": "EUR"}
_FEWEST = 2
"""Columns that a statement has at least."""
_OPENING, _CLOSING = ("(", "（"), (")", "）")
_LABEL = 2
"""Tokens that may stand before the noun of a line: whose it is."""
_STATED = frozenset({"revenue", "profit"})


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a statement, so far."""

    months: int = 0
    """How long its columns cover: 止三个月."""
    columns: tuple[str, ...] = ()
    """The period of each column in the contract's form; empty for a column of changes."""
    unit: str = ""
    scale: int = 1

    def under(self, line: str, spoken_of: str | None) -> Heading:
        """The heading with what a further line says. `spoken_of`: the period that 本报告期 means."""
        line = simplified(line)
        found = self
        if said := _MONTHS.search(line):
            found = replace(found, months=12 if said["year"] else _number(said["count"]))
        if said := _UNIT.search(line):
            scale, unit = said["scale"] or said["scale2"] or "", said["unit"] or said["unit2"]
            found = replace(found, scale=_SCALES[scale], unit=_CURRENCIES[unit])
        columns = tuple(_columns(line, found.months, spoken_of)) if "。" not in line else ()
        return replace(found, columns=columns) if len(columns) >= _FEWEST else found


def _columns(line: str, months: int, spoken_of: str | None) -> Iterator[str]:
    for found in _COLUMN.finditer(line):
        if found["change"]:
            yield ""
        elif found["now"]:
            yield spoken_of or ""
        elif found["before"]:
            yield (calendar.moved(spoken_of, -1) or "") if spoken_of else ""
        else:
            yield _covered(found, months)


def _covered(found: re.Match[str], months: int) -> str:
    """The period of a column: of a date, the months that end with it."""
    year = "".join(_DIGITS.get(c, c) for c in found["year"])
    if found["quarter"]:
        return f"{year}-Q{_DIGITS.get(found['quarter'], found['quarter'])}"
    if found["half"]:
        return f"{year}-H{1 if found['half'] == '上' else 2}"
    if found["through"]:
        return _months(year, _number(found["through"]), _number(found["through"]))
    if found["month"]:
        return _months(year, _number(found["month"]), months)
    return year


def _months(year: str, last: int, count: int) -> str:
    """So many months to the end of one; empty where that is no quarter, half or calendar year."""
    if count == 3 and last % 3 == 0:
        return f"{year}-Q{last // 3}"
    if count == 6 and last % 6 == 0:
        return f"{year}-H{last // 6}"
    if count == last == 9:
        return f"{year}-Q1/{year}-Q3"
    return year if count == last == 12 else ""


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    first = int(_DIGITS.get(tens, "1")) * 10 if ten else 0
    return first + int("".join(_DIGITS.get(c, "") for c in (ones if ten else tens)) or 0)


def lines(scene: Scene, heading: Heading) -> dict[int, tuple[Bond | None, str]]:
    """By the index of its figure: the bond and period of each sum of a line; no bond for changes. Empty for prose."""
    row = scene.row
    figures = [t for t in row if t.kind == "figure"]
    told = len(figures)
    rest = heading.columns[told:]
    if not heading.unit or told < _FEWEST or told > len(heading.columns) or any(rest) or not figures[0].index:
        return {}
    label = row[figures[0].index - 1]
    entry = next((e for e in label.entries if e.metric in _STATED and "money" in e.fits and e.pos == "noun"), None)
    if entry is None or not _bare(row, figures, label, full=not rest):
        return {}
    found: dict[int, tuple[Bond | None, str]] = {}
    for figure, period in zip(figures, heading.columns, strict=False):
        if period:
            _dress(figure, heading, scene.place.text)
        kind = figure.figure.kind if figure.figure is not None else ""
        found[figure.index] = (Bond(figure, label, entry, 0) if period and kind == "money" else None, period)
    return found


def _bare(row: Sequence[Token], figures: Sequence[Token], label: Token, *, full: bool) -> bool:
    """Whether a line holds nothing but its label and its figures."""
    behind = row[label.index + 1 :]
    last = len(row) if full else figures[-1].index  # "不适用" for a change that cannot be told
    return label.index <= _LABEL and all(t in figures or t.kind == "mark" or t.index > last for t in behind)


def _dress(figure: Token, heading: Heading, text: str) -> None:
    """Gives a plain number the unit and scale of the heading; in brackets it is negative."""
    quantity = figure.figure
    if quantity is None or quantity.kind not in ("bare", "money"):
        return
    start, end = quantity.number_span
    negative = text[start - 1 : start] in _OPENING and text[end : end + 1] in _CLOSING
    scale = heading.scale if quantity.kind == "bare" else 1  # else it has taken that of the heading already.
    exact = Fraction(str(quantity.value)) * scale * (-1 if negative else 1)
    value = int(exact) if exact.denominator == 1 else float(exact)
    unit = heading.unit if quantity.kind == "bare" else quantity.unit
    figure.figure = replace(quantity, kind="money", unit=unit, value=value, carried=quantity.carried * scale)
