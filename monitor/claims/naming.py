"""The names of products that no watchlist knows, in the article's words: "BR300", "Atlas 350", "Panther Lake"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.claims.draft import Drawn
    from monitor.claims.tokens import Token

_OF_ACTS = frozenset({"launch", "mass_production", "tape_out"})
_OF_THINGS = _OF_ACTS | {"shipments", "orders", "production", "deployment", "price", "performance", "yield"}
_LINE = r"(?<![A-Za-z0-9.-])(?:(?!(?:The|An?|Its|New|Our|This|With|For|And|In|On|Of|To|By)\b)[A-Z][A-Za-z]+[ -])"
_MODEL = re.compile(  # "BR300", "MTT S5000", "3B6000M"
    rf"(?:{_LINE}|(?<![A-Za-z0-9.-]))"
    r"(?:[A-Z]{1,5}[a-z]{0,2}-?\d{2,5}[A-Za-z]{0,3}\d?|\d[A-Z]\d{3,4}[A-Z]?)(?![A-Za-z0-9])"
)
_NUMBERED = re.compile(  # "Atlas 350", "Granite Ridge 16P", "엑시노스 2700", "镇岳510"
    _LINE + r"(?:[A-Z][A-Za-z]+ )?(?!(?:19|20)\d\d\b)\d{2,4}[A-Z]{0,2}\+?(?: (?:Pro|Max|Ultra|Plus|Mini))?(?![\w%])"
    r"|[가-힣ァ-ヺー]{2,8} ?\d{3,4}[A-Za-z]{0,2}(?![A-Za-z0-9%])"
    r"|(?:(?![约近超逾达为至共计仅到有第])[一-鿿]){2}\d{3,4}[A-Za-z]{0,2}(?![A-Za-z0-9%年月日亿万萬億元美港卡台枚款个個家颗顆片])"
)
_QUOTED = re.compile(r"[“「『\"‘]([^“”「」『』\"‘’]{2,24})[”」』\"’]")
_STANDARD = re.compile(
    r"(?:[A-Za-z]+[ -])?(?:"
    r"(?:HBM|L?P?G?DDR|SOCAMM|PCIE?|USB|WIFI|IOS|FP|INT|BF|TF|FY|COP|ISO|IEEE|CES|GTC|MWC|CSI|SOX)-?\d.*|[QHNPGEK]-?\d{1,2})",
    re.IGNORECASE,
)
"""Standards, number formats, quarters, nodes, conferences and indices look like models and are none."""
_REACH = 48
"""Characters between a figure or verb and the name that belongs to it; further off it is likely another's."""
_BEHIND = 7
"""Tokens behind the verb of a launch among which a name without digits is looked for: "unveils its new Tiger Creek"."""


def named(drawn: Sequence[Drawn], row: Sequence[Token], text: str) -> list[Drawn]:
    """The claims of a sentence, those of things that no watchlist knows with the names of these."""
    return [
        replace(item, claim=replace(item.claim, product_name=name))
        if item.claim.metric in _OF_THINGS
        and item.claim.product is None
        and item.claim.product_name is None
        and (name := _name(item, row, text)) is not None
        else item
        for item in drawn
    ]


def _name(item: Drawn, row: Sequence[Token], text: str) -> str | None:
    trigger = next((t for t in row if t.text == item.tokens[0]), None)
    anchor = item.claim.figure[0] if item.claim.figure else trigger.start if trigger else None
    if anchor is None:
        return None
    taken = [(t.start, t.end) for t in row if t.kind in ("name", "period")]
    taken += [item.claim.figure] if item.claim.figure else []
    near = [
        (max(at - anchor, anchor - at - len(name)), name)
        for at, name in _candidates(text, row[0].start, row[-1].end, act=item.claim.metric in _OF_ACTS)
        if not any(start < at + len(name) and at < end for start, end in taken)
        and not any(t.kind == "name" and at + len(name) <= t.start and t.end <= anchor for t in row)
    ]
    reach = _REACH if item.claim.metric != "performance" else 2 * _REACH
    close = min((pair for pair in near if pair[0] <= reach), default=None)
    if close is not None:
        return close[1]
    return _spelled(trigger, row) if item.claim.metric == "launch" and trigger is not None else None


def _candidates(text: str, start: int, end: int, *, act: bool) -> Iterator[tuple[int, str]]:
    for pattern in (_MODEL, _NUMBERED) if act else (_MODEL,):
        for match in pattern.finditer(text, start, end):
            if not _STANDARD.fullmatch(match[0]):
                yield match.start(), match[0]
    if act:
        for match in _QUOTED.finditer(text, start, end):
            if any(c.isalnum() and (c.isupper() or c.isdigit()) for c in match[1]):
                yield match.start(1), match[1]


def _spelled(trigger: Token, row: Sequence[Token]) -> str | None:
    """Capitalised words that no table knows, right behind the verb: "launches Panther Lake processors"."""
    words: list[str] = []
    for token in row[trigger.index + 1 : trigger.index + 1 + _BEHIND]:
        if (token.kind == "word" and not token.text.isascii()) or (token.kind == "phrase" and token.capital):
            break
        if token.kind == "word" and token.capital and (not token.styled or inner_capitals(token.text)):
            words.append(token.text)
        elif words or token.kind in ("mark", "name", "period") or token.has("prep", "for", "of", "with"):
            break
    return " ".join(words) or None


_INNER = re.compile(r"[A-Z][a-z]{2,9}[A-Z][A-Za-z]{2,12}")


def inner_capitals(text: str) -> bool:
    """ "NeuroForge": a capital within a word."""
    return _INNER.fullmatch(text) is not None
