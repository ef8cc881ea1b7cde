"""What is denied, negated, called off or called untrue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.metrics import RULER_METRICS
from monitor.claims.topics.segments import ENDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.speech import Speech
    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment

_FEW = 4
"""Words of a clause that says no more than that something came to nothing."""


def denied(bond: Bond, segment: Segment, segments: Sequence[Segment], speech: Speech | None) -> str:
    trigger, figure = bond.trigger, bond.figure
    if speech is not None and speech.kind == "deny" and not _told_apart(segment, speech):
        return "what a denial denies"
    if _called_false(segment, segments, figure):
        return "called untrue"
    if _rejected(segment, figure):
        return "a rumour that is denied"
    limit = max(figure.index, trigger.index if trigger.clause == segment.number else 0)
    for token in segment.tokens:
        if token.index >= limit:
            break
        if token.has("negation") and token.speech is None and not _beside_it(segment, token, bond):
            before = next(segment.before(token.index), None)
            if (before is None or not before.has("prep", "disposal")) and not _only_when(segment, token, limit):
                return "negated"
    if _given_up(segment) or _in_what_ended(bond, segment, segments):
        return "called off"
    ruling = bond.entry.metric in RULER_METRICS - {"tariff"}
    for token in segment.tokens if not ruling or _plan_behind(segment) else ():
        if token.text[0] == "砍" and bond.entry.metric != "orders":
            continue
        if token.has("off") and token is not trigger and token.speech is None and (not ruling or token.index < limit):
            return "called off"
    return ""


def _only_when(segment: Segment, negation: Token, limit: int) -> bool:
    """ "在测试未完全结束时便启动量产": what is negated only tells when."""
    opened = any(t.text in ("在", "於", "于") and t.index < negation.index for t in segment.tokens)
    return opened and any(t.has("when") for t in segment.tokens if negation.index < t.index < limit)


def _in_what_ended(bond: Bond, segment: Segment, segments: Sequence[Segment]) -> bool:
    """ "终止此前宣布的（收购）交易": the bracket stands in what is called off."""
    if segment.mode != "aside" or bond.entry.metric != "acquisition":
        return False
    outer = next((s for s in segments if s.mode != "aside" and s.first < segment.first < s.last), None)
    return outer is not None and any(t.has("off") and t.index < segment.first for t in outer.tokens)


def _given_up(segment: Segment) -> bool:
    """ "原本准备下单5万块，现已作罢": the next words say no more than that."""
    behind = segment.behind_it
    if behind is None or segment.mark not in (",", " ") or len(behind.tokens) > _FEW:
        return False
    if any(t.kind in ("figure", "name") or (t.kind == "word" and len(t.text) > 1) for t in behind.tokens):
        return False
    return behind.tokens[-1].has("off")


def _plan_behind(segment: Segment) -> bool:
    """ "撤回把125家企业列入清单的计划": the act is but planned."""
    last = segment.tokens[-2:]
    return len(last) == 2 and last[0].has("of") and last[1].has("plan", "goal")


def _rejected(segment: Segment, figure: Token) -> bool:
    """ "对“良率八成”的说法予以否认": the denial stands behind what it denies."""
    behind = list(segment.after(figure.index))
    denial = next((t.index for t in behind if t.has("deny")), None)
    return denial is not None and any(t.has("rumour", "own_rumour") and t.index < denial for t in behind)


def _told_apart(segment: Segment, speech: Speech) -> bool:
    """After a denial "实际为" and the like tell what is so."""
    return any(t.has("actual") for t in segment.tokens)


def _beside_it(segment: Segment, negation: Token, bond: Bond) -> bool:
    """A negation that another verb than the trigger takes, or that only bounds the figure."""
    limit = min(bond.figure.index, bond.trigger.index) if bond.trigger.clause == segment.number else bond.figure.index
    quantity = bond.figure.figure
    if quantity is not None and quantity.start <= negation.start < quantity.end and bond.figure.index > negation.index:
        return quantity.bound in ("at_most", "at_least")
    return any(negation.index < t.index < limit and (t.has("parts")) for t in segment.tokens)


def _called_false(segment: Segment, segments: Sequence[Segment], figure: Token) -> bool:
    for other in segments[segment.number :]:
        if other.mode == "aside":
            continue
        word = next(
            (
                t
                for t in other.tokens
                if t.has("false") and (other is not segment or t.index > figure.index) and not _attribute(t, other)
            ),
            None,
        )
        if word is not None:
            return other is segment or _reaches_back(segment, other, segments)
        if other.mark in ENDS:
            return False
    return False


def _attribute(token: Token, segment: Segment) -> bool:
    """ "申报不实的指控": what is untrue is another thing."""
    after = next(iter(segment.after(token.index)), None)
    return after is not None and after.has("of")


def _reaches_back(segment: Segment, verdict: Segment, segments: Sequence[Segment]) -> bool:
    """What is called untrue in a later segment: the rumour told before, or the segment just before."""
    if any(t.kind == "figure" for t in verdict.tokens) or any(
        t.has("rumour") and t.kind != "mark" for t in verdict.tokens[:-1] if t.has("own_rumour")
    ):
        return False
    if any(t.has("so_called") for t in verdict.tokens):
        return False
    for other in segments[: verdict.number][::-1]:
        if any(t.has("rumour") for t in other.tokens):
            return other.number <= segment.number
    return segment.number == verdict.number - 1
