"""The small words that govern a figure: of its own segment, and of the one before where it goes on from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.topics.segments import Segment

_AHEAD = frozenset({"plan", "goal", "expect", "hope", "future"})
_GUIDED = frozenset({"investment", "revenue", "profit", "growth"})
"""What companies give guidance of: without another speaker an expectation is their own."""
_BEGUN = frozenset({"capacity", "production", "shipments"})
_PARTS = ("其中", "包括", "包含")
"""How a segment begins that tells parts of the sum before."""
_TOTALS, _OF_PLANS, _NONE = frozenset({"done"}), frozenset({"plan"}), frozenset[str]()


def issue_planned(segment: Segment) -> bool:
    """ "拟向特定对象发行股票，募资总额不超过40亿元"."""
    before = segment.before_it
    if before is None or before.mark != "," or any(t.has("done") for t in segment.tokens):
        return False
    return any(t.has("plan") for t in before.tokens if t.speech is None)


def round_planned(segment: Segment) -> bool:
    """ "正考虑首次对外融资，估值不低于100亿美元"."""
    before = segment.before_it
    if (
        before is None
        or segment.mode == "aside"
        or any(t.has("done", "hope") and not t.has("link") for t in segment.tokens)
    ):
        return False
    raising = any(e.metric in ("funding", "ipo") for t in before.tokens for e in t.entries)
    return raising and any(t.has("plan") for t in before.tokens) and not any(t.kind == "figure" for t in before.tokens)


def governing(bond: Bond, segment: Segment, segments: Sequence[Segment]) -> frozenset[str]:
    """Cues of the words before the trigger or figure in its segment; of the segment before where it goes on."""
    limit = max(bond.figure.index, bond.trigger.index if bond.trigger.clause == segment.number else 0)
    if bond.entry.metric == "ipo":
        limit = segment.last
    found: set[str] = set()
    ruled = bond.entry.pos == "verb" and bond.trigger.clause == segment.number
    for token in segment.tokens:
        if token.index > limit:
            break
        if ruled and bond.trigger.index < token.index == bond.figure.index - 1 and token.has("link"):
            continue
        if token.speech is None or not token.has("say", "estimate", "expect", "deny"):
            found |= token.cues - (_TOTALS if token.has("total") else _OF_PLANS if token is bond.trigger else _NONE)
    near = [t for t in segment.tokens if t.index < bond.figure.index]
    aimed = next((t.index for t in reversed(near) if t.has("goal")), -1)
    if any(t.has("hope") and t.index > aimed >= 0 for t in near):
        found.discard("goal")
    behind = list(segment.after(bond.figure.index))[:2]
    if len(behind) == 2 and behind[0].has("of") and behind[1].has("goal", "plan", "expect"):
        found.add("goal" if behind[1].has("goal", "plan") else "expect")
    if (
        bond.trigger.clause != segment.number
        and bond.trigger.index < bond.figure.index
        and not found & {"done", "link", "future"}
    ):
        other = segments[bond.trigger.clause]
        listed = segment.tokens[0].text.startswith(_PARTS)
        quantity = bond.figure.figure
        listed = listed or bool(bond.change) or (quantity is not None and quantity.lead == "to") or _next(segment)
        if other.mark == "," and (listed or not any(t.kind == "figure" for t in other.tokens)):
            for token in other.tokens:
                if token.speech is None:
                    found |= token.cues
    elif segment.tokens[0].index == bond.trigger.index or not found & {"done", "link"}:
        found |= _plan_before(segment, segments) or _alongside(bond, segment) or _begun_by(bond, segment)
        found |= _again(bond, segment)
    if bond.entry.metric == "penalty" and not _threatens(bond, segment):
        found -= {"plan", "goal"}  # "因未履行承诺，被处以…": a promise is not kept, the fine is no plan.
    return frozenset(found)


def _threatens(bond: Bond, segment: Segment) -> bool:
    """Whether the words right before a fine say that it is only planned."""
    before = list(segment.before(bond.trigger.index))[:3]
    return any(
        t.has("plan", "goal") and not t.text.startswith(("承诺", "承諾", "目标", "目標", "计划", "計劃"))
        for t in before
    )


def _next(segment: Segment) -> bool:
    """ "明年上看300万颗，后年500万颗": nothing but the figure of a later time."""
    if not all(t.kind in ("period", "figure") or t.has("adverb") for t in segment.tokens):
        return False
    times = [t for t in segment.tokens if t.kind == "period"]
    return bool(times) and not any(t.text[0] in "去上前" or t.has("same_time") for t in times)


def _again(bond: Bond, segment: Segment) -> set[str]:
    """ "将在美国投资1000亿美元，在日本投资200亿美元": the same act said once more, of another place or party."""
    before = segment.before_it
    if before is None or before.mark != "," or bond.entry.pos != "verb" or bond.trigger.clause != segment.number:
        return set()
    if not segment.tokens[0].has("prep", "toward") or any(t.has("done", "now") for t in segment.tokens):
        return set()
    same = [t for t in before.tokens if any(e.metric == bond.entry.metric and e.pos == "verb" for e in t.entries)]
    if not same or not any(t.kind == "figure" for t in before.tokens):
        return set()
    return {cue for t in before.tokens if t.index < same[0].index and t.speech is None for cue in t.cues & _AHEAD}


def _plan_before(segment: Segment, segments: Sequence[Segment]) -> set[str]:
    """ "计划在五年内，向…投入": what a segment without a verb of its own says of the next."""
    before = next((s for s in segments[: segment.number][::-1] if s.mode != "aside" or segment.mode == "aside"), None)
    if before is None:
        return set()
    if before.mark == ":" and any(t.has("guidance", "outlook") for t in before.tokens if t.speech is None):
        return {"goal"}  # "四季度展望：收入92亿至98亿欧元"
    if before.mark == "," and segment.tokens[0].text.startswith(_PARTS):
        return {cue for t in before.tokens if t.speech is None for cue in t.cues & _AHEAD}
    if before.mark == "," and segment.tokens[0].has("moreover") and any(t.has("plan", "goal") for t in before.tokens):
        return {"plan"}
    if before.mark == "," and all(t.kind == "period" or t.has("adverb") for t in before.tokens):
        return {cue for t in before.tokens for cue in t.cues & _AHEAD}
    if before.mark == "," and not any(t.entries or t.kind == "figure" for t in before.tokens):
        ahead = {cue for t in before.tokens if t.speech is None for cue in t.cues & _AHEAD}
        if ahead:
            return ahead
    first = segment.tokens[0]
    if (
        before.mark == ","
        and first.verb
        and first.entries
        and all(e.pos == "verb" for e in first.entries)
        and any(t.has("plan") for t in before.tokens if t.speech is None)
    ):
        return {"plan"}
    reported = any(t.has("reporting") for t in before.tokens)  # "公布第三季财报及第四季财测，第三季…"
    if before.mark == "," and before.tokens[-1].has("plan", "goal") and not reported:
        return {"plan"}
    return set()


def _alongside(bond: Bond, segment: Segment) -> set[str]:
    """ "今年收入预计超过130亿美元，亏损约90亿美元": the next line of the same outlook."""
    before = segment.before_it
    if before is None or before.mark != "," or bond.entry.metric not in _GUIDED or bond.entry.pos != "noun":
        return set()
    if any(t.kind in ("name", "period") or t.has("than") for t in segment.tokens if t.index < bond.figure.index):
        return set()
    lines = any(e.pos == "noun" and e.metric in _GUIDED for t in before.tokens for e in t.entries)
    if not lines or not any(t.kind == "figure" for t in before.tokens):
        return set()
    return {cue for t in before.tokens if t.speech is None for cue in t.cues & (_AHEAD - {"plan"})}


def _begun_by(bond: Bond, segment: Segment) -> set[str]:
    """ "将于2027年投产，月产能5万片": what a line that does not run yet will make."""
    before = segment.before_it
    if before is None or before.mark != "," or bond.entry.metric not in _BEGUN:
        return set()
    if any(t.kind in ("name", "period") or t.has("now", "done") for t in segment.tokens if t.index < bond.figure.index):
        return set()
    if not any(e.metric in ("mass_production", "launch") for t in before.tokens for e in t.entries):
        return set()
    return {cue for t in before.tokens if t.speech is None for cue in t.cues & {"future", "plan"}}
