"""The other party of a deal or takeover in Japanese, Korean and German: an entity id, or its name as written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.claims.marked.ground import Ground
    from monitor.claims.tokens import Token

PARTIES = frozenset({"deal", "acquisition"})
_LATIN = r"[A-Za-z][A-Za-z0-9&.\-']*(?: [A-Z][A-Za-z0-9&.\-']*){0,3}"
_BRACKET = r"(?:[（(][^）)]{1,30}[）)])?"
_BEHIND = {
    "ja": re.compile(
        rf"{_BRACKET}(?:社|(?:社)?の(?:全)?(?:株式?|持ち分|経営権|買収|事業))?(?:を|と(?!し|な|い)|から|に(?!よ)|へ|向け|の?買収|株)"
    ),
    "ko": re.compile(rf"{_BRACKET}(?:사)?(?: ?(?:지분|주식)[^,.]{{0,8}})?(?:을|를|와|과|에|로부터|으로부터|의| 인수)"),
}
"""What stands behind the listed party: the particles of what is bought, and of with whom it is agreed."""
_WRITTEN = {
    "ja": re.compile(
        rf"(?<![A-Za-zァ-ヶー・])(?P<name>{_LATIN}[ァ-ヶー]*|[ァ-ヶー・]{{2,}}){_BRACKET}"
        r"(?:社)?(?:の(?:全)?(?:株式?|持ち分|経営権)(?:の?[^、。]{0,8})?)?(?:を(?=[^。]{0,40}?(?:買収|取得|子会社|傘下|買う|買い))|の?買収)"
    ),
    "ko": re.compile(
        rf"(?<![A-Za-z가-힣])(?P<name>{_LATIN}[가-힣]{{0,8}}?|[가-힣A-Za-z0-9]{{2,12}}?){_BRACKET}"
        r"(?:사)?(?: (?:지분|주식)[^,.]{0,8}?)?(?:(?:을|를|의) (?=[^.]{0,40}?(?:인수|매입|사들|취득|품에))| 인수)"
    ),
    "de": re.compile(
        r"\b(?:übernimmt|übernahm|kauft|kaufte|erwirbt|erwarb|schluckt|akquiriert|hat|will|wird|möchte|Übernahme von|"
        r"Übernahme des|Übernahme der|Kauf von|Kauf des|Kauf der|Erwerb von) "
        r"(?P<name>[^,.;:]{2,60}?)(?= für | um | ist | wurde | wird |[,.;:]|$)"
    ),
}
_NO_NAMES = {
    "ja": re.compile(
        r"^(?:スタートアップ|メーカー|ベンチャー|グループ|チップ|データセンター|ライバル|サーバー|ソフトウエア|ドル|ユーロ)$"
    ),
    "ko": re.compile(
        r"(?:업체|기업|회사|사업|사업부|부문|스타트업|공장|지분|주식|경영권|규모|달러|원|칩|반도체|장비|자산|대금)$"
    ),
    "de": re.compile(r"[a-zäöü]$"),
}
_TAIL = re.compile(r"(?:[A-ZÄÖÜ][\w&.\-]*(?: (?!Milliarden|Millionen)[A-Z][\w&.\-]*)*)$")
_DESCRIBING = re.compile(
    r"^(?:\w*(?:Start-?up|[Ff]irma|[Kk]onzern|[Aa]nbieter|[Hh]ersteller|[Dd]esigner|[Ee]ntwickler|[Ss]pezialist(?:en)?|"
    r"[Uu]nternehmen|[Tt]ochter|[Rr]ivalen?|[Kk]onkurrent(?:en)?|[Gg]ruppe|[Ss]chmiede)) "
)
"""Nouns that only say what the company is."""


def party(metric: str, trigger: Token, subject: str | None, ground: Ground) -> str | None:
    """Whom a deal or takeover is with, listed companies first; None for other metrics and where nobody is named."""
    if metric not in PARTIES:
        return None
    own = ground.segments[trigger.clause]
    segments = [s for s in ground.segments if s.part == own.part and (ground.verb_final or s.clause == own.clause)]
    first, last = ground.row[segments[0].first].start, ground.row[segments[-1].last].end
    return next(_listed(subject, ground, first, last), None) or next(_written(ground, first, last), None)


def _listed(subject: str | None, ground: Ground, first: int, last: int) -> Iterator[str]:
    mark = _BEHIND.get(ground.language)
    for token in ground.row:
        if (
            token.kind == "name"
            and first <= token.start < last
            and token.entity
            and token.entity != subject
            and ground.world.kind(token.entity) == "company"
            and token.speech is None
            and (mark is None or mark.match(ground.text, token.end))
        ):
            yield token.entity


def _written(ground: Ground, first: int, last: int) -> Iterator[str]:
    pattern = _WRITTEN.get(ground.language)
    taken = [(t.start, t.end) for t in ground.row if t.kind in ("name", "figure", "period")]
    for match in pattern.finditer(ground.text, first, last) if pattern is not None else ():
        start, end = match.span("name")
        name = match["name"]
        if ground.language == "de":
            tail = _TAIL.search(name)
            if tail is None:
                continue
            start, name = end - len(tail[0]), _DESCRIBING.sub("", tail[0])
        if any(a < end and start < b for a, b in taken):
            continue
        if len(name) > 1 and (ground.language == "de" or not _NO_NAMES[ground.language].search(name)):
            yield name.strip()
