"""Where a name may begin and end, by the script of the letters at its edge."""

from __future__ import annotations

import re
from functools import cache

_HANGUL_RUN = re.compile(r"[\uac00-\ud7a3]*")

_PARTICLES = (
    "은 는 이 가 을 를 의 에 와 과 도 로 으로 만 측 발 향 산 제 용 등 및 나 이나 랑 이랑 께 "
    "에서 에게 에는 에도 에만 에서는 에서도 으로는 으로도 로는 로도 와의 과의 와는 과는 까지 부터 보다 처럼 "
    "이라 이라는 라는 라고 이라고 이며 이고 이자 이다 였다 이었다 인 만의 만이 마저 조차 뿐 뿐만 에선 로부터 으로부터 "
    "식 판 표 계 주 주가 칩 칩을 칩의 칩이 칩은 다 엔 에겐 께서 라며 라면 라도 였고 였으며 이었고 "
    "만큼 밖에 에게서 부터는 까지는 "
    "보다는 보다도 에까지 이라며 이라도"
)
_SHORT_KANA = 4
_SHORT_HANGUL = 3


@cache
def _particles() -> frozenset[str]:
    return frozenset(_PARTICLES.split())


def _script(char: str) -> str:
    """Script of a letter or digit where words end by themselves: Latin (with Greek and Cyrillic), katakana, Hangul."""
    if char < "\u0530":
        return "latin" if char.isalnum() else ""
    if "\uac00" <= char <= "\ud7a3":
        return "hangul"
    return "kana" if "\u30a1" <= char <= "\u30fc" and char != "\u30fb" else ""


def begins(text: str, start: int) -> bool:
    """Whether a name may begin at `start` of the folded text."""
    script = _script(text[start])
    return not script or start == 0 or _script(text[start - 1]) != script


def ends(text: str, start: int, end: int) -> bool:
    """Whether a name that began at `start` may end before `end` of the folded text."""
    if end >= len(text):
        return True
    script = _script(text[end - 1])
    if not script or _script(text[end]) != script:
        return True
    if script == "kana":
        return end - start > _SHORT_KANA
    if script == "hangul":
        run = _HANGUL_RUN.match(text, end)
        return end - start > _SHORT_HANGUL or (run is not None and run[0] in _particles())
    return False
