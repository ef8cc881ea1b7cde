"""Done, planned, expected, denied or only supposed: from the words around a figure and at the end of its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.claims.marked.contrast import contrasted
from monitor.claims.marked.cues import DESCRIBES, UNTRUE, cues_of
from monitor.claims.marked.ground import relates
from monitor.claims.metrics import RULER_METRICS

if TYPE_CHECKING:
    from monitor.claims.frames import Bond
    from monitor.claims.marked.ground import Ground
    from monitor.claims.tokens import Token
    from monitor.model import Status

_KEPT_UP = frozenset({"process_node", "performance", "price"})
"""What is so told in the plain form of a verb is the case: "5ナノで製造する"."""
_PUT_OFF = frozenset({"launch", "mass_production", "tape_out", "ipo", "acquisition"})
_BOUGHT = frozenset({"orders", "deal", "acquisition"})
"""What is agreed to be bought has been ordered."""
_DECLINED = re.compile(r"(?:t|en)(?:e|en|er|es|em)$")
"""A participle that describes a noun: "bestellte Chips"."""
_ADNOMINAL = {
    "ko": re.compile(
        r"(?: ?[가-힣]{1,4})?(?:을|를)? (?:투자|공시|발표|공개|약속|결정|확정)?(?:를 |을 )?"
        r"[가-힣]{1,4}(?:한|던|된|했던) "
        r"(?!것|데|바|수|점|뒤|후|이후|채|결과|경우|셈|적|상태|만큼)[가-힣]"
    ),
    "ja": re.compile(r"(?:を|の)[一-龠]{2,4}(?:を[一-龠]{2,4})?した(?!と|こと|ため|ところ|の|が|。|、)[一-龠ァ-ヶ]"),
}
"""What stands behind a figure whose verb describes a noun."""
_NEAR = 6
"""Tokens within which a word like "actually" is about a figure behind it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    status: Status
    reason: str


def status_of(
    bond: Bond,
    ground: Ground,
    *,
    outsider: bool,
    ahead: bool,
    earlier: bool,
    unnamed: bool = False,
    rules: bool = False,
    current: bool = False,
    total: bool = False,
) -> Verdict:
    """The status of a bond.

    `outsider`: somebody else than the subject speaks; `unnamed`: people without a name do; `ahead`: its period lies
    ahead; `earlier`: it is told as a level before; `rules`: a government announces its own act; `current`: its period
    is not over yet; `total`: it is a total up to now.
    """
    cues = cues_of(bond, ground)
    if (settled := _settled(bond, ground, cues)) is not None:
        return settled
    if earlier and not (current and outsider and "expect" in cues):
        return Verdict("achieved", "an earlier figure")
    if (said := _said_so(bond, cues, rules=rules)) is not None:
        return said
    if bond.entry.metric == "investment" and not rules and _announced(bond, ground):
        return Verdict("planned", "a pledge that is announced")
    if cues & {"plan", "goal"}:
        guessed = (outsider or (unnamed and "plan" not in cues)) and "expect" in cues
        return Verdict("forecast" if guessed else "planned", "a plan or target")
    if "expect" in cues and bond.entry.metric != "performance":
        return Verdict("forecast" if outsider or unnamed else "planned", "an expectation")
    if total:
        cues -= {"future"}
    return _to_come(bond, ground, cues, outsider=outsider, unnamed=unnamed, ahead=ahead)


def _announced(bond: Bond, ground: Ground) -> bool:
    """ "19조원 투자를 발표했다", "1400億円の投資を発表": the pledge itself is what is announced."""
    return any(t.has("say") for t in ground.row[bond.trigger.index + 1 : bond.trigger.index + 3])


def _to_come(bond: Bond, ground: Ground, cues: set[str], *, outsider: bool, unnamed: bool, ahead: bool) -> Verdict:
    """What is said of the future or to be likely, or lies ahead; else it is done."""
    if bond.entry.metric == "penalty" or (bond.entry.metric == "tariff" and bond.entry.object):
        cues -= {"future"}
    if "future" in cues and not (ground.verb_final and bond.entry.metric in _KEPT_UP):
        return Verdict("forecast" if outsider else "planned", "said of the future")
    own_words = ground.verb_final or any(t.has("ours") for t in ground.row)
    if "likely" in cues and _says(cues, ground) and not outsider and not unnamed and own_words:
        return Verdict("planned", "what the subject itself says to be likely")
    if cues & {"likely", "may"}:
        return Verdict("forecast", "said to be likely or possible")
    if ahead:
        return Verdict("forecast" if outsider else "planned", "its period lies ahead")
    return Verdict("achieved", "told as done or as the case")


def _settled(bond: Bond, ground: Ground, cues: set[str]) -> Verdict | None:
    """What is denied, corrected, done or hangs on an if, whatever else the sentence says."""
    own = ground.segment(bond.figure)
    if _corrected(bond, ground):
        return Verdict("achieved", "the figure as corrected")
    contrast = contrasted(bond.figure, ground) if bond.figure.kind == "figure" else None
    if contrast == "aside":
        return Verdict("denied", "a figure put aside by not")
    bidden = any(t.has("bidden") for t in ground.row[bond.trigger.index + 1 :])
    if bond.entry.metric in ("export_control", "listed_entities") and (bidden or bond.trigger.has("deny")):
        cues -= {"deny"}
    taken_back = bond.figure.kind == "figure" and any(t.has("correct") for t in ground.row)
    if contrast == "stands":
        cues -= UNTRUE
    elif cues & UNTRUE or taken_back or _negated(bond, ground):
        return Verdict("denied", "denied, called untrue or negated")
    if bond.entry.status == "denied":
        return Verdict("denied", "the word itself says so")
    if _done_before(bond, ground) and not cues & {"plan", "goal", "expect", "likely"}:
        return Verdict("achieved", "done, as the word for it tells")
    hangs = any(s.mode == "if" and s.part == own.part for s in ground.segments)
    if hangs and own.mode != "if":
        return Verdict("conditional", "hangs on an if")
    return None


def _said_so(bond: Bond, cues: set[str], *, rules: bool) -> Verdict | None:
    """What the word itself, a decision or an agreement says."""
    if bond.entry.status is not None and not cues & {"plan", "expect"}:
        return Verdict(bond.entry.status, "the word itself says so")  # type: ignore[arg-type]
    if "late" in cues and bond.entry.metric in _PUT_OFF:
        return Verdict("planned", "put off")
    if "would" in cues:
        return Verdict("conditional", "only supposed")
    resolved = "resolved" in cues or bond.trigger.text.endswith("기로")
    if resolved and bond.entry.metric in _BOUGHT | RULER_METRICS:
        return Verdict("achieved", "agreed")
    if "decided" in cues or (rules and not cues & {"plan", "goal", "expect", "likely", "may"}):
        return Verdict("achieved", "decided and announced")
    if bond.entry.metric == "penalty" and cues & {"plan", "likely", "may"}:
        return Verdict("forecast", "a penalty that threatens")
    return None


def _corrected(bond: Bond, ground: Ground) -> bool:
    """ "…を12만개로 바로잡습니다": the level to which a figure is put right."""
    quantity = bond.figure.figure
    lead = quantity is not None and quantity.lead == "to"
    if lead and any(t.has("correct") for t in ground.row):
        return True
    before = ground.row[max(0, bond.figure.index - _NEAR) : bond.figure.index]
    truly = next((t.index for t in reversed(before) if t.has("truly")), None)
    return truly is not None and not any(
        t.kind == "figure" or t.has("negation") for t in ground.row[truly + 1 : bond.figure.index]
    )


def _says(cues: set[str], ground: Ground) -> bool:
    return "say" in cues or (not ground.verb_final and any(t.has("say") for t in ground.row))


def _done_before(bond: Bond, ground: Ground) -> bool:
    """ "発注したウエハーは5万枚に上る": an act told as done in what describes the counted thing."""
    if not ground.verb_final:
        after = ground.row[bond.trigger.index + 1] if bond.trigger.index + 1 < len(ground.row) else None
        declined = _DECLINED.search(bond.trigger.text.lower()) is not None and ":~" in bond.entry.id
        return declined and after is not None and (after.capital or after.kind == "figure") and after.kind != "name"
    if not relates(bond.trigger, bond.figure, ground):
        return False
    if bond.trigger.text.endswith(("た", "だ")):
        return True
    return re.match(r"[ぁ-ん]{0,2}[たっ]|[가-힣]*[한린낸판른된] ", ground.text[bond.trigger.end :]) is not None


def describes(bond: Bond, ground: Ground) -> bool:
    """ "19조원 투자를 공시한 공장의 주변": a figure that only describes a noun, of which something else is told."""
    pattern = _ADNOMINAL.get(ground.language)
    return pattern is not None and bond.figure.index > 0 and pattern.match(ground.text, bond.figure.end) is not None


def _negated(bond: Bond, ground: Ground) -> bool:
    """A negation of the figure's segment that no bound of the figure has taken."""
    quantity = bond.figure.figure
    for number in dict.fromkeys((bond.trigger.clause, bond.figure.clause)):
        for token in ground.segments[number].tokens:
            if not token.has("negation"):
                continue
            if ground.verb_final and token.index < min(bond.figure.index, bond.trigger.index):
                continue
            if ground.language == "ja" and DESCRIBES.match(ground.text[token.end : token.end + 1]):
                continue
            compared = not ground.verb_final and ground.row[token.index - 1].has("than")
            if compared:  # "so viel wie nie zuvor"
                continue
            inside = quantity is not None and quantity.start <= token.start < quantity.end
            if inside or (
                quantity is not None and quantity.bound == "at_most" and abs(token.index - bond.figure.index) <= 3
            ):
                continue
            if _other_verb(token, bond, ground):
                continue
            return True
    return False


def _other_verb(negation: Token, bond: Bond, ground: Ground) -> bool:
    """Whether another figure stands nearer to the negation."""
    far = min(abs(negation.index - bond.figure.index), abs(negation.index - bond.trigger.index))
    return any(
        t.kind == "figure" and t is not bond.figure and abs(t.index - negation.index) < far
        for t in ground.segments[negation.clause].tokens
    )
