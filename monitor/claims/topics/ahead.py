"""Whether the time of a figure or an act lies ahead of the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.claims.metrics import EVENTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from monitor.claims.frames import Bond
    from monitor.claims.period import Period
    from monitor.claims.tokens import Token

_PREVIEW = re.compile(
    "(?:业绩|業績|盈利)(?:预告|預告|快报|快報|预增|預增|预减|預減|预亏|預虧|预警|預警|警告)|盈[警喜]|自[结結](?:数|數|财报|財報)"
)
_REST_OF_YEAR = frozenset({"年内", "年內", "今年内", "今年內", "年底", "今年底", "年底前", "今年底前"})
REPORTS_END = 5
"""The month by which the reports of a year are out: until then 全年 of what is done is the year before."""
_AT_EARLIEST = frozenset({"最早", "最快", "最迟", "最遲"})
_FAR = 9
"""Months ahead from which a month without its year is rather one that is past; the last of a year far from over."""


def previews(text: str) -> bool:
    """Whether an article tells the results of a period that is over before its report."""
    return _PREVIEW.search(text) is not None


def told_before(token: Token | None, spoken_of: str | None, published: date | None) -> bool:
    """Whether a preview's period ended before the month of the article.

    `token`: its own words; else it is the period `spoken_of`."""
    if published is None:
        return False
    if token is None or token.period is None:
        text = spoken_of
    elif token.text.endswith("全年"):
        return published.month < REPORTS_END
    else:
        text = token.period.read(None, future=False)
    _, end = _bounds((text or "").rsplit("/", 1)[-1])
    return end is not None and end < (published.year, published.month)


def still_runs(token: Token | None, published: date | None) -> bool:
    """Whether a period is the year that still runs, and far from over."""
    if token is None or token.period is None or published is None or published.month > _FAR:
        return False
    return token.period.rule == "year" and token.period.read() == str(published.year)


def with_later(token: Token | None, row: Sequence[Token], published: date | None) -> bool:
    """ "2026年与2027年分别约为…", told in 2026: of two years told together the first lies ahead with the second."""
    if token is None or published is None or token.period is None or token.period.read() != str(published.year):
        return False
    behind = row[token.index + 1 : token.index + 3]
    joined = len(behind) == 2 and (behind[0].has("and") or behind[0].text == "、")
    later = behind[1].period if joined else None
    return later is not None and later.rule == "year" and (later.year or 0) > published.year


def by_then(token: Token | None, bond: Bond, text: str) -> bool:
    """Whether an act is told for the rest of the year, or for a date at the earliest: "年内量产", "最早10月上市"."""
    if token is None or token.period is None:
        return False
    earliest = text[max(0, token.start - 2) : token.start] in _AT_EARLIEST
    if bond.entry.metric not in EVENTS:
        return earliest and token.clause in (bond.trigger.clause, bond.figure.clause)
    if earliest:
        return True
    if token.text in _REST_OF_YEAR:
        return True
    return _later_this_year(token.period)


def _later_this_year(period: Period) -> bool:
    """ "下半年发布" in April: a part of the year without its year of which the most is yet to come."""
    size = {"month": 1, "quarter": 3, "half": 6}.get(period.rule)
    open_year = period.year is None and period.year_shift is None and period.shift is None
    if size is None or not open_year or period.published is None or period.number is None:
        return False
    start, today = (period.number - 1) * size + 1, period.published.month
    return start + size // 2 > today and start - today < _FAR


def lies_ahead(token: Token | None, published: date | None, company: str | None) -> bool | None:
    """Whether a period lies ahead of the article (True), is over (False), or neither is told."""
    if token is None or token.period is None or published is None:
        return None
    period = token.period
    if period.rule == "years" and any(token.text.startswith(w) for w in ("未来", "未來", "今后", "今後", "接下")):
        return True
    if period.rule == "same" and (period.shift or 0) < 0:
        return False
    if period.rule in ("cumulative", "years", "per_year", "same", "week", "day"):
        return None
    text = period.read(company)
    if text is None:
        return None
    first = text.rsplit("/", 1)[-1].removeprefix("FY")
    start, end = _bounds(first)
    today = (published.year, published.month)
    if start is None or end is None:
        return None
    if (
        period.rule in ("month", "quarter", "half", "months", "quarters")
        and period.year is None
        and period.year_shift is None
        and period.shift is None
    ):
        return True if period.role == "by" and start > today else None
    if text.startswith("FY"):
        return True if start[0] > published.year + 1 else None
    if start > today:
        return True
    if period.role == "by" and end >= today:
        return True
    return False if end < today else None


def _bounds(text: str) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    if not text[:4].isdigit():
        return None, None
    year, rest = int(text[:4]), text[5:]
    if rest.startswith("Q") and rest[1:].isdigit():
        return (year, int(rest[1:]) * 3 - 2), (year, int(rest[1:]) * 3)
    if rest.startswith("H") and rest[1:].isdigit():
        return (year, int(rest[1:]) * 6 - 5), (year, int(rest[1:]) * 6)
    if rest[:2].isdigit():
        return (year, int(rest[:2])), (year, int(rest[:2]))
    return (year, 1), (year, 12)
