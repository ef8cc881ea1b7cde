"""Figures that only tell what others had expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.marked.segments import verbish

if TYPE_CHECKING:
    from monitor.claims.marked.ground import Ground
    from monitor.claims.tokens import Token

_REACH = 6
"""Tokens between what others expected and its figure: "증권사 평균(매출 9조원)"."""
_LINKS = frozenset({"の", "という", "との", "의", "인", "이라는"})
"""What ties a figure to the expectation that it is, right behind it."""


def of_consensus(figure: Token, ground: Ground) -> bool:
    """ "시장 전망치 88억유로에 못 미쳤다", "850億円の市場予想を", "Analysten hatten 78 Milliarden erwartet"."""
    at = figure.index
    for token in reversed(ground.row[max(0, at - _REACH) : at]):
        if token.kind == "figure" or (verbish(token) and not token.has("consensus")):
            break
        if token.has("consensus"):
            return True
    if _consensus_opens(figure, ground):
        return True
    for token in ground.row[at + 1 : at + 3]:
        if token.has("consensus"):
            between = ground.text[figure.figure.end if figure.figure else figure.end : token.start]
            following = ground.row[token.index + 1 : token.index + 3]
            return (not between or between.strip() in _LINKS) and not any(t.kind == "figure" for t in following)
    own = ground.segment(figure).tokens
    return any(t.has("pluperfect") for t in own) and any(t.has("analyst") for t in own)


def _consensus_opens(figure: Token, ground: Ground) -> bool:
    """ "市場予想は売上高950億ドル、純利益520億ドル": what others expect is what the clause is about."""
    tokens = [t for t in ground.segment(figure).tokens if t.index < figure.index]
    topic = next((t for t in tokens if t.has("consensus")), None)
    if topic is None or not ground.verb_final or ground.text[topic.end : topic.end + 1] not in ("は", "은", "는", ":"):
        return False
    return not any(t.kind == "name" or verbish(t) for t in tokens if t.index > topic.index)
