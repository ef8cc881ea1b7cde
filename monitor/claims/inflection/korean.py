"""Korean verbs: `늘리다`, `팔다`, `받다`. Phrases match inside words, so that stems and contractions are enough."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.claims.inflection.model import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST, _LAST = 0xAC00, 0xD7A3
_VOWELS, _FINALS = 21, 28
_N, _L, _B, _SS = 4, 8, 17, 20
"""Numbers of the finals ㄴ, ㄹ, ㅂ, ㅆ."""
_A, _EO, _YEO, _O, _WA, _U, _WO, _EU, _I = 0, 4, 6, 8, 9, 13, 14, 18, 20
_AFTER_ONE = ("고 ", "기 ", "지 ", "겠")
"""Endings behind a stem of one syllable, which alone is part of too many other words."""
_CONTRACTED = {_I: _YEO, _O: _WA, _U: _WO, _EU: _EO}
"""Vowel of an open stem -> that of its past: 늘리 -> 늘려, 나누 -> 나눠, 쓰 -> 써."""

_PLAIN = re.compile(r"(\w{0,3})다(?=고\b|며\b|면서|는 |[.…\"'”’]|$)")
_TO_BE = re.compile(r"([가-힣]) ?(?:것|예정|계획|방침|전망|참이|듯)")
_STATES = re.compile(
    r"(?:달한|이른|않는|못한|추정된|예상된|사용된|구성된|포함된|판단된|평가된|운영된|활용된|돌아간|들어간|쌓인|놓인|있는|없는|차지한|웃돈|밑돈|넘는|미친|오른|나온|그친|머문|보인|나타난|해당한|본|전망한|예상한|추산한|추정한|말한"
    r"|따른|팔린|알려진|전해진|거래된|진다|인|는|쓴|위치한|의미한|내다본|평가한|관측된|점유한|기록한|밝힌|판|낸)$"
)
"""What is told in the plain form as the case now: "달한다", "차지한다"."""

_RUNS_ON = re.compile(r"(\w)(?:고|으며|지만|으나|는데|으면서)[ ,]$")


_SUPPOSES = re.compile(r"(?:^|[ ,])(\w{0,12}(\w)면)[ ,]$")
_NO_CONDITION = re.compile(
    r"(?:반|측|화|장|표|전|정|도|국|방|직|대|단|뒷|앞|옆|양|내|외|이|가|냉|라)면$|려면$|이르면$|빠르면$|의하면$|보면$|따르면$|하자면$"
)
"""Nouns in -면, "in order to", "according to"."""


def supposes(before: str) -> bool:
    """Whether what stands before a blank ends a conditional clause: "오르면 ", "풀리면 "."""
    match = _SUPPOSES.search(before)
    return match is not None and _NO_CONDITION.search(match.group(1)) is None


def closes_clause(before: str) -> bool:
    """Whether what stands before a blank ends a clause in a past form: "늘었고 ", "냈지만 "."""
    match = _RUNS_ON.search(before)
    return match is not None and _ends_in(match.group(1), _SS)


def tells_future(clause: str) -> bool:
    """Whether a clause ends, or is quoted, in the plain form of a verb of doing, or says what is to be: "-ㄹ 것"."""
    if "게 된다" in clause or any(_ends_in(match.group(1), _L) for match in _TO_BE.finditer(clause)):
        return True
    return any(
        _ends_in(match.group(1)[-1:], _N) and not _STATES.search(match.group(1)) for match in _PLAIN.finditer(clause)
    )


def _ends_in(syllable: str, final: int) -> bool:
    return bool(syllable) and _FIRST <= ord(syllable) <= _LAST and (ord(syllable) - _FIRST) % _FINALS == final


def forms(verb: str) -> Iterator[Form]:
    """Stem, adnominal forms, past, and the plain forms that tell the future: 늘린다, 늘릴."""
    stem = verb[:-1]
    if verb[-1:] != "다" or not stem or not _FIRST <= ord(stem[-1]) <= _LAST:
        raise ValueError(f"{verb!r} is no dictionary form of a Korean verb (늘리다)")
    final = (ord(stem[-1]) - _FIRST) % _FINALS
    found = _open(stem) if final == 0 else _liquid(stem) if final == _L else _closed(stem)
    yield from (form for form in found if len(form.text) > 1)
    if len(stem) == 1:
        yield from (Form(stem + ending) for ending in _AFTER_ONE)
        yield Form(stem + "기로", future=True)


def _open(stem: str) -> Iterator[Form]:
    lead, last = stem[:-1], stem[-1]
    vowel = (ord(last) - _FIRST) // _FINALS % _VOWELS
    past = lead + ("해" if last == "하" else _vowel(last, _CONTRACTED.get(vowel, vowel)))
    yield from (Form(stem), Form(past), Form(lead + _final(past[-1], _SS) + ("" if lead else "다")))
    yield from (Form(stem + "는"), Form(lead + _final(last, _N)))
    yield from (Form(lead + _final(last, _N) + "다", future=True), Form(lead + _final(last, _L), future=True))


def _liquid(stem: str) -> Iterator[Form]:
    """팔다: 파는, 판, 판다, 팔, 팔았."""
    bare, closed = stem[:-1] + _final(stem[-1], 0), stem[:-1] + _final(stem[-1], _N)
    yield from (Form(stem), Form(_joined(stem)), Form(bare + "는"), Form(closed))
    yield Form(closed + "다", future=True)


def _closed(stem: str) -> Iterator[Form]:
    yield from (Form(stem), Form(_joined(stem)), Form(stem + "은"), Form(stem + "는"))
    yield from (Form(stem + "는다", future=True), Form(stem + "을", future=True))


def _joined(stem: str) -> str:
    vowel = (ord(stem[-1]) - _FIRST) // _FINALS % _VOWELS
    return stem + ("았" if vowel in (_A, _O) else "었")


def _final(syllable: str, final: int) -> str:
    code = ord(syllable) - _FIRST
    return chr(_FIRST + code - code % _FINALS + final)


def _vowel(syllable: str, vowel: int) -> str:
    code = ord(syllable) - _FIRST
    return chr(_FIRST + (code // (_FINALS * _VOWELS) * _VOWELS + vowel) * _FINALS + code % _FINALS)
