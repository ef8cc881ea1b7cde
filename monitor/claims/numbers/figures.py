"""Reads one figure, in digits, words or both, with its scale words: 1.2bn, one hundred thousand, 3兆2000億."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING

from monitor.claims.numbers.numerals import LONGEST, Figure, Reader
from monitor.claims.numbers.phrases import is_word_letter

if TYPE_CHECKING:
    from monitor.claims.numbers.grammar import Grammar


_RATIO = re.compile(r"(\d{1,3})/(\d{1,3})(?![\d/.,]\d|\d)")
_MIXED = re.compile(r"(\d{1,3}) {1,3}(\d{1,2})/(\d{1,2})(?![\d/])")
WIDEST_RATIO = 9
"""Characters before which the stroke of a ratio stands: three digits, three spaces, two digits."""
DENOMINATORS = frozenset({2, 3, 4, 5, 6, 8, 10, 16, 100})
"""Of fractions in digits; others ("9/11", "24/7") are dates and names."""


def read_figure(text: str, start: int, grammar: Grammar) -> Figure | None:
    """The figure that begins at `start` of a folded text, or None where there is only the look of one."""
    if not text[start].isdecimal():
        multiple = grammar.multiples.at(text, start)
        if multiple:
            return Figure(start, multiple[0], multiple[1], sort="multiple", digits=False)
        vague = grammar.vague.at(text, start)
        if vague and not grammar.numerals.at(text, vague[0]):
            return Figure(start, vague[0], 0, digits=False, vague=True)
        fraction = _fraction(text, start, grammar)
        if fraction:
            return fraction
        if grammar.not_numerals.at(text, start):
            return None
        if grammar.set_off and start and text[start - 1].isalpha() and not is_word_letter(text[start - 1]):
            return None
    else:
        ratio = _ratio(text, start)
        if ratio:
            return ratio
    figure = _neighbours(text, start, grammar) or Reader(text, grammar).read(start)
    return figure and (_tenths(text, figure, grammar) or _over(text, figure, grammar))


def _ratio(text: str, start: int) -> Figure | None:
    """3/4; with a whole number before it (2 1/4) a number."""
    if text.find("/", start, start + WIDEST_RATIO) < 0:
        return None
    match = _RATIO.match(text, start)
    if match:
        above, below = int(match[1]), int(match[2])
        if below in DENOMINATORS and 0 < above < below:
            return Figure(start, match.end(), Fraction(above, below), sort="fraction")
    mixed = _MIXED.match(text, start)
    if mixed and int(mixed[3]) in DENOMINATORS and 0 < int(mixed[2]) < int(mixed[3]):
        return Figure(start, mixed.end(), int(mixed[1]) + Fraction(int(mixed[2]), int(mixed[3])))
    return None


def _neighbours(text: str, start: int, grammar: Grammar) -> Figure | None:
    """两三万, 三五百: two digits side by side before a scale word are a range."""
    if grammar.spaced or text[start].isdecimal():
        return None
    low = grammar.numerals.at(text, start)
    if low is None or low[1].op != "add" or not 1 <= low[1].value < 10:
        return None
    high = grammar.numerals.at(text, low[0])
    if high is None or high[1].op != "add" or not 0 < high[1].value - low[1].value <= 2:
        return None
    figure = Reader(text, grammar).read(low[0])
    if figure is None or figure.value != high[1].value * figure.tail or figure.tail == 1:
        return None
    return replace(figure, start=start, value=low[1].value * figure.tail, top=figure.value)


def _tenths(text: str, figure: Figure, grammar: Grammar) -> Figure | None:
    """五成, 四成五, 2割5分, 三成半: tenths, and hundredths behind them."""
    mark = grammar.tenths.at(text, figure.end)
    if mark is None or not mark[1] or figure.value > 10:
        return None
    end, value = mark[0], figure.value * 10
    if end < len(text) and (text[end].isdecimal() or grammar.numerals.at(text, end)):
        below = Reader(text, grammar).read(end)
        if below and below.value < 10:
            value += below.value if below.value != Fraction(1, 2) else 5
            mark = grammar.hundredths.at(text, below.end)
            end = mark[0] if mark else below.end
    return replace(figure, end=end, value=Fraction(value) / 100, tail=Fraction(1, 10), sort="fraction")


def _fraction(text: str, start: int, grammar: Grammar) -> Figure | None:
    """A fraction in words, unless the word after it makes it an ordinal ("a third plant") or part of a figure."""
    found = grammar.fractions.at(text, start)
    if found is None:
        return None
    end = found[0]
    longer = grammar.numerals.at(text, start)
    if longer and longer[1].op == "whole" and longer[0] > end:
        return None  # "a quarter of a million"
    if grammar.fractions_before is not None and grammar.spaced:
        following = _word_after(text, end)
        if following and following not in grammar.fractions_before:
            return None
    return Figure(start, end, found[1], sort="fraction", digits=False)


def _word_after(text: str, end: int) -> str:
    if not text.startswith((" ", "-"), end):
        return ""
    stop = end + 1
    while stop < len(text) and text[stop].isalnum() and stop - end <= LONGEST:
        stop += 1
    return text[end + 1 : stop] or "-"


def _over(text: str, figure: Figure, grammar: Grammar) -> Figure:
    """三分之一, 3分の1, 3분의 1: the second figure over the first; "five eighths": the first over the word."""
    place = figure.end + 1 if text.startswith((" ", "-"), figure.end) else figure.end
    below = None if figure.digits else grammar.denominators.at(text, place)
    if below and figure.value and gcd(int(figure.value), below[1]) == 1:
        return Figure(figure.start, below[0], Fraction(figure.value) / below[1], sort="fraction", digits=False)
    ratio = _out_of(text, figure, place, grammar)
    if ratio is not None:
        return ratio
    link = grammar.fraction_over.at(text, figure.end)
    if link is None or not figure.value:
        return figure
    above = Reader(text, grammar).read(link[0] + (1 if text.startswith(" ", link[0]) else 0))
    if above is None:
        return figure
    return Figure(figure.start, above.end, Fraction(above.value) / figure.value, sort="fraction", digits=figure.digits)


_WHOLES = frozenset({*range(2, 11), 12, 20, 50, 100, 1000})
"""Of how many "four in five" is said."""


def _out_of(text: str, figure: Figure, place: int, grammar: Grammar) -> Figure | None:
    """ "Four in five", "80 out of every hundred": the first figure over the second."""
    noun = grammar.ratio_nouns.at(text, place)
    place = noun[0] + 1 if noun and text.startswith(" ", noun[0]) else place
    link = grammar.ratios.at(text, place)
    if link is None or not text.startswith(" ", link[0]) or figure.tail not in (1, 10, 100):
        return None
    begin = link[0] + 1
    if text.startswith("hundred", begin):
        return Figure(figure.start, begin + len("hundred"), Fraction(figure.value) / 100, sort="fraction", digits=False)
    below = Reader(text, grammar).read(begin)
    if below is None or below.value not in _WHOLES or not 0 < figure.value < below.value:
        return None
    if link[0] - place == len("in") and (figure.digits or below.digits):
        return None  # "12 in 20 cities"
    return Figure(figure.start, below.end, Fraction(figure.value) / below.value, sort="fraction", digits=figure.digits)
