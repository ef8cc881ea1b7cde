"""Whether a sentence says that a step has since been taken, or only tells an announcement in looser words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.ledger.page import Page
    from monitor.model import Claim

OF_PIECES = frozenset({"shipments", "production", "deployment"})
"""Of which outlets have no looser word for a plan: who says of himself that he did, did."""

_CLAUSE = re.compile(r"[;:()，；：。、–—]|,(?!\d)|\.(?!\d)|\b(?:which|who|whose)\b")
_PERFECT = re.compile(
    r"\b(?:has|have|had|'ve)\s+(?:(?:already|now|since|so far|also|just|recently|successfully|been)\s+)*"
    r"(?!(?:agreed|signed|announced|committed|pledged|decided|unveiled|outlined|promised|approved|said|told|taken|struck|"
    r"reached|set|planned|proposed|offered|asked|confirmed|vowed|expected|scheduled|sought|wanted|hoped|begun talks|"
    r"secured|plans?|a|an|the|no|not|never|yet|to|capacity|room|orders?|over|more|about|some|nearly)\b)[a-z]+\b"
    r"|\balready\s+(?!agreed|planned|expected|announced)[a-z]+(?:ed|t|n)\b"
    r"|\b(?:completed|finished|finalised|finalized|closed|wrapped up)\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"已(?:经|經)?(?!宣布|宣佈|同意|签署|簽署|签订|簽訂|承诺|承諾|计划|計劃|决定|決定|批准|敲定|达成|達成|确定|確定|提出|表示|"
    r"公布|预订|預訂|商定)|完成(?!了?(?:签|簽))|交割|到账|到賬"
)


def says_done(page: Page, claim: Claim) -> bool:
    """Whether the words around the claim's figure, or its evidence, are those of a step that has been taken.

    In English a perfect tense that is not of agreeing or announcing, or a verb of completing; in Chinese 已 or 完成.
    Other languages do not tell the two apart by their verbs.
    """
    words = _around(page, claim)
    return bool(_PERFECT.search(words) or _CHINESE.search(words))


def _around(page: Page, claim: Claim) -> str:
    """The part of the evidence, between marks and relative pronouns, in which the figure stands."""
    if claim.figure is None:
        return claim.evidence
    text = page.article.title if claim.field == "title" else page.article.text
    start = text.find(claim.evidence)
    first, last = claim.figure[0] - start, claim.figure[1] - start
    if start < 0 or not 0 <= first < last <= len(claim.evidence):
        return claim.evidence
    breaks = [(m.start(), m.end()) for m in _CLAUSE.finditer(claim.evidence)]
    begin = max((end for _, end in breaks if end <= first), default=0)
    finish = min((begins for begins, _ in breaks if begins >= last), default=len(claim.evidence))
    return claim.evidence[begin:finish]
