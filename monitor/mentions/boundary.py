"""Where a name may begin and end, by the script of the letters at its edge."""

from __future__ import annotations

import re
from functools import cache

_LATIN = re.compile(r"[0-9a-z\u00c0-\u024f\u0370-\u052f]")
_KANA = re.compile(r"[\u30a1-\u30fa\u30fc\u31f0-\u31ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HANGUL_RUN = re.compile(r"[\uac00-\ud7a3]*")

_PARTICLES = (
    "은 는 이 가 을 를 의 에 와 과 도 로 으로 만 측 발 향 산 제 용 등 및 나 이나 랑 이랑 께 "
    "에서 에게 에는 에도 에만 에서는 에서도 으로는 으로도 로는 로도 와의 과의 와는 과는 까지 부터 보다 처럼 "
    "이라 이라는 라는 라고 이라고 이며 이고 이자 이다 였다 이었다 인 만의 만이 마저 조차 뿐 뿐만 에선 로부터 으로부터 "
    "식 판 표 계 주 주가 칩 칩을 칩의 칩이 칩은"
)
_SHORT_KANA = 4
_SHORT_HANGUL = 3


@cache
def _particles() -> frozenset[str]:
    return frozenset(_PARTICLES.split())


def begins(text: str, start: int) -> bool:
    """Whether a name may begin at `start` of the folded text."""
    if start == 0:
        return True
    first, before = text[start], text[start - 1]
    for script in (_LATIN, _KANA, _HANGUL):
        if script.match(first):
            return not script.match(before)
    return True


def ends(text: str, start: int, end: int) -> bool:
    """Whether a name that began at `start` may end before `end` of the folded text."""
    if end >= len(text):
        return True
    last, after = text[end - 1], text[end]
    if _LATIN.match(last):
        return not _LATIN.match(after)
    if _KANA.match(last):
        return end - start > _SHORT_KANA or not _KANA.match(after)
    if _HANGUL.match(last) and _HANGUL.match(after):
        run = _HANGUL_RUN.match(text, end)
        return end - start > _SHORT_HANGUL or (run is not None and run[0] in _particles())
    return True
