"""Digits that are no figure: dates, years, quarters, tickers, document numbers, votes, model names, rankings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.claims.numbers.model import Trap
from monitor.claims.numbers.numerals import LONGEST
from monitor.claims.numbers.phrases import is_word_letter

if TYPE_CHECKING:
    from monitor.claims.numbers.grammar import Grammar
    from monitor.claims.numbers.model import TrapKind

_SHAPES = re.compile(
    r"""
      (?P<date>\d{4}-\d{1,2}-\d{1,2}(?!\d) | \d{4}/\d{1,2}/\d{1,2}(?!\d) | (?:19|20)\d\d\.\d{1,2}\.\d{1,2}(?!\d)
        | \d{1,2}[./]\d{1,2}[./](?:19|20)\d\d(?!\d) | (?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\d,]) )
    | (?P<time>\d{1,2}:\d{2}(?::\d{2})?(?!\d))
    | (?P<vote>\d{1,3}:\d{1,3}(?!\d))
    | (?P<quarter>(?:19|20)?\d\d[ -]?[qh][1-4](?![a-z0-9]) | [1-4][qh](?:[ -]?'?(?:19|20)?\d\d)?(?![a-z0-9]))
    | (?P<phone>(?<=\+)\d{1,3}-[\d-]*\d/?\d* | \d{3,4}[- ]\d{3,4}[- ]\d{4}(?!\d) | \d{1,3}-\d{3}-\d{3,4}-\d{4}(?!\d))
    | (?P<document>(?!\d{1,3}(?:\.\d{3})+(?![\d.]))\d{1,3}(?:\.\d{1,3}){2,}(?![\d,]) | \d{1,4}-[a-z](?![a-z]))
    | (?P<generation>\d{1,2}/\d{1,2}[ ]?nm(?![a-z]) | \d{1,2}[gd](?![a-z0-9]) | 24/7(?!\d))
    | (?P<year>(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?(?![\d]|[.,]\d))
    """,
    re.VERBOSE,
)
_YEAR = re.compile(r"(?:(?:19|20)\d\d|\d\d)(?![\d]|[.,]\d)")
_DIGITS = re.compile(r" ?\d[\d,.]*")
_VOTE = re.compile(r"\d{1,3}-\d{1,3}(?:-\d{1,3})?(?![\d%-]|[.,]\d)")
_QUARTER_NAME = re.compile(r"(?:q[1-4]|h[12]|fy|cy|[1-4]q|[1-4]h)$|(?:fy|cy)$")
_GENERATION_NAME = re.compile(r"(?:hbm|l?p?g?ddr|pcie|usb|gen|n|v|p|a|m|wi-?fi)$")
_NAME = re.compile(r"[a-z0-9]*(?:[.+-][a-z0-9]+)*\+*")


def trap_at(text: str, start: int, grammar: Grammar, *, joined: bool = False) -> Trap | None:
    """The trap that the digits at `start` of a folded text belong to; its span may begin before `start`.

    `joined`: the digits are the second end of a range ("5k-20k"), so what stands before them is no name.
    """
    if not joined:
        before = _glued_before(text, start, grammar)
        if before:
            return before
    return (
        _shape(text, start, grammar)
        or _ticker(text, start)
        or _named_before(text, start, grammar)
        or _named_after(text, start, grammar)
    )


def _glued_before(text: str, start: int, grammar: Grammar) -> Trap | None:
    """H100, FY2026, HBM4, GPT-5: digits that go on from Latin letters."""
    if start == 0:
        return None
    hyphen = text[start - 1] == "-" and start > 1
    last = start - 2 if hyphen else start - 1
    if not (is_word_letter(text[last]) or (text[last] == "'" and not hyphen)):
        return None
    if text[last] == "'":
        return Trap(start=last, end=start + 2, kind="year") if _YEAR.match(text, start) else None
    if grammar.currencies.before(text, last + 1):
        return None
    if hyphen and (grammar.range_joiners.before(text, last + 1) or grammar.bounds_before.before(text, last + 1)):
        return None
    begin = last
    while begin > 0 and (is_word_letter(text[begin - 1]) or text[begin - 1].isdecimal()) and last - begin < LONGEST:
        begin -= 1
    end = _NAME.match(text, start).end()  # type: ignore[union-attr]
    return Trap(start=begin, end=end, kind=_name_kind(text[begin : last + 1], text, start, hyphen=hyphen))


def _name_kind(letters: str, text: str, start: int, *, hyphen: bool) -> TrapKind:
    if _QUARTER_NAME.search(letters):
        return "quarter"
    if hyphen and _YEAR.match(text, start) and text[start : start + 2] in {"19", "20"}:
        return "year"
    return "generation" if _GENERATION_NAME.fullmatch(letters) else "model"


def _shape(text: str, start: int, grammar: Grammar) -> Trap | None:
    match = _SHAPES.match(text, start)
    if match is None:
        return None
    kind: TrapKind = match.lastgroup  # type: ignore[assignment]
    if kind == "year" and not is_year(text, start, match.end(), grammar):
        return None
    if kind == "time" and grammar.votes.before(text, start - 1 if start else 0):
        kind = "vote"
    return Trap(start=start, end=match.end(), kind=kind)


def is_year(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Four digits that could be a year are one unless a unit, a scale, a currency or a bound says otherwise."""
    before = start - 1 if text.startswith(" ", start - 1) and start else start
    if grammar.currencies.before(text, before):
        return False
    dated = _word_before(text, before) in {"for", "in", "by", "of", "since", "during"}
    end = end if dated and text.startswith(" to ", end) else _end_of_range(text, end, grammar)
    after = end + 1 if text.startswith(" ", end) else end
    unit = grammar.units.at(text, after)
    scale = grammar.numerals.at(text, after)
    bound = grammar.bounds_before.before(text, before)
    if unit is None and not (scale and scale[1].op in {"times", "scale"}):
        return (
            not (bound and bound[1] in {"at_least", "at_most"} and not text.startswith(("年", "년"), end))
            or grammar.traps_before.before(text, before) is not None
            or _until(text, start, end)
            or _word_before(text, before) in {"ab", "bis"}
        )
    return grammar.leads.before(text, before) is None and _word_before(text, before) in {
        "in",
        "by",
        "since",
        "of",
        "im",
    }


def _until(text: str, start: int, end: int) -> bool:
    """ "Up to 2032" before a mark: a span of time, where "up to 2032 ..." goes on with what is counted."""
    return (
        text[max(0, start - 6) : start] == "up to "
        and text.startswith("20", start)
        and _CLOSED.match(text, end) is not None
    )


_CLOSED = re.compile(r"[.,;:)]?(?:$|\s*[,;)]|\s*$| (?:and|but|under|for|with|from|in|at|on)\b|(?<=[.,;:)]) )")


def _end_of_range(text: str, end: int, grammar: Grammar) -> int:
    """Past the second end of a range that may begin with what looks like a year (1900-2100 units)."""
    joiner = grammar.range_joiners.at(text, end + text.startswith(" ", end))
    second = _DIGITS.match(text, joiner[0]) if joiner else None
    return second.end() if second else end


def _word_before(text: str, end: int) -> str:
    begin = end
    while begin > 0 and is_word_letter(text[begin - 1]) and end - begin < LONGEST:
        begin -= 1
    return text[begin:end]


_TICKER = re.compile(r"\d{3,6}\.(?:hk|ss|sz|sh|ks|kq|two?|tyo?|t|si|bj)(?![a-z0-9])")
_BRACKETED = re.compile(r"\d{4,6}(?=[)）\]])")
_EXCHANGE = re.compile(
    r"(?:hkex|hk|sehk|sse|szse|twse|tpex|tse|krx|kosdaq|港股|沪|深|滬|東証|코스피|코스닥)\s?[:：]\s?$"
)


def _ticker(text: str, start: int) -> Trap | None:
    match = _TICKER.match(text, start)
    if match is None and start and text[start - 1] in "(（[:：":
        match = _BRACKETED.match(text, start)
    if match is None and _EXCHANGE.search(text, max(0, start - 12), start):
        match = re.compile(r"\d+").match(text, start)
    return Trap(start=start, end=match.end(), kind="ticker") if match else None


def _named_before(text: str, start: int, grammar: Grammar) -> Trap | None:
    """June 12, No. 61, Section 301, top 10, 第46: a word before it tells what the number is."""
    gap = start - 1 if start and text[start - 1] in " #" else start
    vote = _VOTE.match(text, start)
    if vote and grammar.votes.before(text, gap):
        return Trap(start=start, end=vote.end(), kind="vote")
    named = grammar.traps_before.before(text, gap)
    if named is None:
        return None
    begin, kind = named
    match = re.compile(r"[\d.-]*\d[a-z]?(?!\d|[,.]\d|%| ?per ?cent)").match(text, start)
    if match is None or (kind == "ranking" and not _ranking(text, match.end(), grammar)):
        return None
    if kind == "date" and not re.compile(r"\d{1,2}(?![\d,.]\d|\d| ?%)|(?:19|20)\d\d").match(text, start):
        return None
    if kind == "year" and not _YEAR.match(text, start):
        return None
    return Trap(start=begin, end=match.end(), kind=kind)


def _ranking(text: str, end: int, grammar: Grammar) -> bool:
    """ "top 10 customers" is a ranking; "top 10 million", "top 500,000" are bounds."""
    after = end + 1 if text.startswith(" ", end) else end
    scale = grammar.numerals.at(text, after)
    glued = grammar.glued_scales.at(text, end)
    return end - _digits_start(text, end) <= 3 and not glued and not (scale and scale[1].op in {"times", "scale"})


def _digits_start(text: str, end: int) -> int:
    start = end
    while start and text[start - 1].isdecimal():
        start -= 1
    return start


def _named_after(text: str, start: int, grammar: Grammar) -> Trap | None:
    """12 June, 5月, 3rd, 10-year, 580X: what follows tells what the number is."""
    match = grammar.digits.match(text, start)
    if match is None:
        return None
    end = match.end()
    if end - start > LONGEST:
        return Trap(start=start, end=end, kind="overlong")
    if grammar.fraction_over.at(text, end):
        return None
    after = end + 1 if text.startswith((" ", "-"), end) else end
    for place in dict.fromkeys((end, after)):
        for phrases, kind in ((grammar.traps_after, None), (grammar.durations, "duration")):
            named = phrases.at(text, place)
            unit = grammar.units.at(text, place) if named else None
            if named and not (unit and unit[0] > named[0]) and (named[1] != "date" or end - start <= 2):
                found: TrapKind = named[1] if kind is None else kind  # type: ignore[assignment]
                return Trap(start=start, end=named[0], kind=found)
    return _glued_after(text, start, end, grammar)


def _glued_after(text: str, start: int, end: int, grammar: Grammar) -> Trap | None:
    """910C, 1c: Latin letters go on from the digits and are no scale or unit."""
    if end >= len(text) or not is_word_letter(text[end]):
        return None
    if grammar.glued_scales.at(text, end) or grammar.units.at(text, end) or grammar.numerals.at(text, end):
        return None
    return Trap(start=start, end=_NAME.match(text, start).end(), kind="model")  # type: ignore[union-attr]
