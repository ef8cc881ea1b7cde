"""The tokens of a sentence made ready: verbs, names of others, what stands around a date, 将 of two kinds."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from monitor.claims.topics.segments import CUTS
from monitor.text.fold import simplified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.lexicon import Lexicon
    from monitor.claims.tokens import Token

_VERBS = frozenset({"say", "estimate", "expect", "deny", "link", "verb", "plan", "rise", "fall", "off"})
_GROWS = "增涨升长提扩大多翻"
_NONE: frozenset[str] = frozenset()
_EVENT = re.compile(
    r"[^\d，。；：、！？,;]{0,16}?(?:第\d+[次届屆期号號]|大会|大會|峰会|峰會|论坛|論壇|博览会|博覽會|展会|展會|年会|年會|发布会|發布會|开发者日)"
)
_MEASURED = frozenset("高低多少优優逊遜")
"""Before a date with 于 they hold a figure against that of the date: "高于前一年的…"."""
_COMPARING = frozenset({"同比", "环比", "環比", "按年", "按季", "按月"})
"""What a change is held against: no date of its own."""
_MOVED = re.compile(r"[上下]调|[上下]調|调[高低升降整]|調[高低升降整]")
_LIKENED = re.compile(r"(?:[^\W\d\s业業世外学學]界|中国版|中國版|国产版)$")
_PUTS_OFF = frozenset("迟遲后後延期改挪移拖")
_TALKS = re.compile(
    "(?:领域|領域|方面|议题|議題|问题|問題)?的?(?:对话|對話|磋商|沟通|溝通|交流|工作组|工作組|协调|協調|合作)"
)
"""Behind "export controls" they are talked about."""
_LONGEST_REST = 3
"""Characters behind a name that may make it another company's."""
_CJK = "\u2e80"


def prepare(row: Sequence[Token], text: str, words: Lexicon) -> None:
    """Marks verbs, the enumeration comma, and tells 将 before an object from 将 of the future."""
    for token in row:
        if token.kind == "name":
            if token.entity == "export-controls" and _TALKS.match(text, token.end):
                token.kind, token.entity = "word", None
            elif _namesake(token, text, words):
                token.kind, token.entity, token.cues = "word", None, frozenset({"foreign"})
        elif token.kind == "period":
            _date(row, token, text, words)
        elif token.kind == "mark":
            if text[token.start] == "、":
                token.text = "、"
            elif token.text in "！？":
                token.text = "!" if token.text == "！" else "?"
        elif token.kind == "figure":
            token.cues = _told_by(token, text)
            continue
        if token.entries:
            token.verb = not token.cues.isdisjoint(_VERBS) or any(e.pos == "verb" for e in token.entries)
        elif token.cues:
            token.verb = not token.cues.isdisjoint(_VERBS)
    for token in row:
        if token.verb and token.end - token.start == 1 and "say" not in token.cues and not _stands_alone(row, token):
            token.entries = ()
            token.verb = False
        elif "disposal" in token.cues and "future" in token.cues:
            _dispose(row, token, text)


def _told_by(token: Token, text: str) -> frozenset[str]:
    """What the words that a figure has taken in say: a rise, an estimate."""
    quantity = token.figure
    if quantity is None or quantity.start == quantity.number_span[0]:
        return _NONE
    lead = simplified(text[quantity.start : quantity.number_span[0]])
    if quantity.kind == "multiple":
        return frozenset({"rise"}) if any(c in _GROWS for c in lead) else _NONE
    return frozenset({"expect"}) if any(c in lead for c in ("估", "料", "上看")) else _NONE


def _date(row: Sequence[Token], token: Token, text: str, words: Lexicon) -> None:
    """What stands around a date: words of comparison, a plan before it, what it is put off to."""
    if token.text in _COMPARING:
        token.kind, token.period, token.cues = "phrase", None, frozenset({"adverb"})
        return
    if _of_an_event(token, text) or (token.text == "今年" and text[token.start - 1 : token.start] == "如"):
        token.period = None
        if token.text == "今年" and token.index + 1 < len(row):
            row[token.index + 1].cues |= {"per_year"}  # "如今年产能为60万片"
    if token.text[0] in "于於" and token.index and text[token.start - 1 : token.start] in _MEASURED:
        row[token.index - 1].cues |= {"than"}
    token.cues = _lead(token.text, words)
    if text.startswith("同期", token.end):
        token.cues |= {"same_time"}
        _merge_same(row, token)
    before = text[max(0, token.start - 3) : token.start].rstrip("了")
    before, at = (before, token.text[0]) if token.text[0] in "到至" else (before[:-1], before[-1:])
    if at and at in "到至" and before[-1:] in _PUTS_OFF:
        token.cues |= {"postponed"}


def _of_an_event(token: Token, text: str) -> bool:
    """ "在2026玄铁生态大会上": a year that is part of a name."""
    return token.text.rstrip("年度")[-4:].isdecimal() and _EVENT.match(text, token.end) is not None


def _namesake(token: Token, text: str, words: Lexicon) -> bool:
    """Whether a name only begins another company's ("三星SDI") or somebody is called so ("医药界英伟达")."""
    if token.text[0] >= _CJK and _LIKENED.search(text[max(0, token.start - 3) : token.start]):
        return True
    return _begins_another(text[token.start : token.end + _LONGEST_REST], token.end - token.start + 1, words)


@lru_cache(maxsize=4096)
def _begins_another(text: str, first: int, words: Lexicon) -> bool:
    plain = simplified(text).lower()
    known = (words.phrases.get(plain[:size]) for size in range(first, len(plain) + 1))
    return any(phrase is not None and "namesake" in phrase.cues for phrase in known)


def _merge_same(row: Sequence[Token], token: Token) -> None:
    """ "2024年同期": one date, not two."""
    after = row[token.index + 1] if token.index + 1 < len(row) else None
    if after is not None and after.period is not None and after.period.rule == "same":
        after.period = None


def _stands_alone(row: Sequence[Token], token: Token) -> bool:
    """Whether a verb of one character is a word of its own and not half of one that no table knows ("预装")."""
    before = row[token.index - 1] if token.index else None
    after = row[token.index + 1] if token.index + 1 < len(row) else None
    if token.has("link") and after is not None and after.kind == "figure":
        return True
    if before is not None and before.kind == "word" and before.end == token.start and before.text[-1] >= _CJK:
        return False
    joined = after is not None and after.kind == "word" and after.start == token.end and after.text[0] >= _CJK
    return not token.entries or (after is not None and not joined)


def _lead(text: str, words: Lexicon) -> frozenset[str]:
    """What the words before a date say ("计划在2026年")."""
    plain = simplified(text)
    for size in range(min(4, len(plain) - 1), 0, -1):
        phrase = words.phrases.get(plain[:size])
        if phrase is not None and phrase.cues & {"plan", "expect", "goal", "hope", "future", "done"}:
            return phrase.cues & {"plan", "expect", "goal", "hope", "future", "done"}
    return frozenset()


def _dispose(row: Sequence[Token], token: Token, text: str) -> None:
    """将 is the future before a verb, preposition or adverb; before a noun with a verb behind it moves the object."""
    rest: list[Token] = []
    for other in row[token.index + 1 : token.index + 24]:
        if other.kind == "mark" and other.text in CUTS:
            break
        rest.append(other)
    head = next((t for t in rest if t.kind != "period"), None)
    moved = (
        head is not None
        and not head.verb
        and (not head.has("prep") or head.has("from"))
        and not head.has("disposal", "adverb", "future", "negation", "agent", "may", "respectively")
        and not (head.kind == "figure" and head.figure is not None and _bounded(head))
        and any(t.verb or t.has("revise") or _revised(t, text) for t in rest[1:])
    )
    token.cues = token.cues - ({"future"} if moved else {"disposal"})


def _revised(token: Token, text: str) -> bool:
    """ "将价格上调至19.5美元": the verb is in the figure."""
    return token.figure is not None and _MOVED.match(text, token.figure.start) is not None


def _bounded(token: Token) -> bool:
    quantity = token.figure
    return quantity is not None and quantity.start < token.start and bool(quantity.lead or quantity.bound != "exact")
