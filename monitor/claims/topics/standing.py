"""Done, planned, expected, denied or only supposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.draft import Verdict
from monitor.claims.metrics import COUNTS, RULER_METRICS
from monitor.claims.topics.denials import denied
from monitor.claims.topics.governing import governing, issue_planned, round_planned
from monitor.claims.topics.speakers import chief_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.speech import Speech
    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment
    from monitor.model import Status

REBUTTED = Verdict("denied", "the next sentence denies it")
STATED = Verdict("achieved", "a line of a statement")
HELD = Verdict("achieved", "what it is held against is over")
BEGAN = Verdict("achieved", "where a change began")
_ABLE = frozenset({"capacity", "performance"})
_FLOWING = COUNTS | {"investment"}
_GUIDED = frozenset({"investment", "revenue", "profit", "growth"})
"""What companies give guidance of: without another speaker an expectation is their own."""
_DATED = frozenset({"tariff", "launch", "mass_production", "ipo", "tape_out"})
"""What may be put off to a later date."""
_CONTRACTS = frozenset({"deal", "orders"})
_OWN_STEPS = frozenset({"ipo", "acquisition", "mass_production", "tape_out"})
"""Nobody but the company itself takes them: told without a speaker they are its plan."""


def speech_over(speeches: Sequence[Speech], index: int) -> Speech | None:
    """The speech that holds for a token: the one that denies before the one that expects before the latest."""
    over = [s for s in speeches if s.says(index)]
    denial = next((s for s in over if s.kind == "deny"), None)
    if denial is not None and not any(s.leading and s.scope[0] > denial.scope[0] for s in over if s is not denial):
        return denial
    over = [s for s in over if s is not denial]
    for kind in ("expect", "estimate"):
        for speech in over:
            if speech.kind == kind:
                return speech
    return over[-1] if over else None


def status_of(
    bond: Bond,
    segment: Segment,
    segments: Sequence[Segment],
    speeches: Sequence[Speech],
    subject: str | None,
    *,
    ahead: bool | None,
    running: bool = False,
) -> Verdict:
    """The status of what a bond says, by the first rule that holds. `ahead`: whether its period lies in the future."""
    trigger, figure = bond.trigger, bond.figure
    own, home = speech_over(speeches, figure.index), speech_over(speeches, trigger.index)
    speech = (own or home) if own is not None and own.kind == "expect" else (home or own)
    if any(t.has("actual") and t.index < figure.index for t in segment.tokens) and speech is not None:
        speech = None if speech.kind in ("expect", "estimate") else speech
    if _postponed(bond, segment):
        rumoured = any(t.has("hope") for t in segment.tokens) and not _own(speech, subject)
        return Verdict("forecast" if rumoured else "planned", "put off to a later date")
    if reason := denied(bond, segment, segments, speech):
        return Verdict("denied", reason)
    if bond.entry.status:
        return Verdict(bond.entry.status, "the word itself says so")  # type: ignore[arg-type]
    cues = governing(bond, segment, segments)
    if trigger.has("outlook"):
        return _outlook(bond, segment, speech, subject)
    if speech is not None and any(t.has("guidance") for t in speech.speaker):
        cues |= {"goal"}
    if segment.conditional and ahead is not False:
        return Verdict("conditional", "hangs on an if")
    return _time(cues, bond, segment, speech, subject, ahead=ahead, running=running, segments=segments)


def _time(
    cues: frozenset[str],
    bond: Bond,
    segment: Segment,
    speech: Speech | None,
    subject: str | None,
    *,
    ahead: bool | None,
    running: bool = False,
    segments: Sequence[Segment] = (),
) -> Verdict:
    metric, own = bond.entry.metric or "", _own(speech, subject)
    outsider = speech is not None and not own and (speech.kind in ("expect", "estimate") or _outside(speech))
    foreseen: Status = "forecast" if outsider else "planned"
    if planned := _planned(cues, bond, segment, speech, own=own, ahead=ahead):
        return Verdict("planned", planned)
    foretold = speech is not None and speech.kind == "expect"
    if ahead is False and not foretold and not cues & {"done", "future", "expect", "hope"}:
        return Verdict("achieved", "its period is over")
    if "revise" in cues and metric in ("investment", "revenue", "profit") and ahead is not False:
        return Verdict("planned", "guidance revised")
    if metric in _CONTRACTS and _agreed_before(bond, segment, segments):
        return Verdict("achieved", "signed")
    if foretold or cues & {"expect", "hope"}:
        return _expected(cues, bond, segment, speech, own=own, ahead=ahead)
    if "done" in cues and not cues & {"future"}:
        return Verdict("achieved", "told as done")
    if "future" in cues and metric in RULER_METRICS and _told(segment, segments, "decree"):
        return Verdict("achieved", "announced as decided")
    if ("future" in cues or ahead) and metric in _CONTRACTS and _signed(segment, segments):
        return Verdict("achieved", "signed")
    if "future" in cues:
        return Verdict(foreseen, "said of the future")
    if "may" in cues and metric not in _ABLE and ahead:
        return Verdict(foreseen, "said to be possible")
    if ahead and metric not in RULER_METRICS:
        return Verdict(foreseen, "its period lies ahead")
    if to_come := _to_come(cues, bond, own=own, running=running):
        return Verdict("planned", to_come)
    return Verdict("achieved", "told as done or as the case")


def _planned(
    cues: frozenset[str], bond: Bond, segment: Segment, speech: Speech | None, *, own: bool, ahead: bool | None
) -> str:
    """Why it is the subject's plan, whatever its period; empty where it is none."""
    metric, noun = bond.entry.metric, bond.entry.pos == "noun"
    if "plan" in cues or "goal" in cues or (metric == "valuation" and round_planned(segment)):
        return "a plan or target"
    if metric in ("funding", "deal") and noun and issue_planned(segment):
        return "of an issue that is planned"
    if metric == "investment" and _pledged(bond, segment, cues):
        return "money for what is yet to be built"
    if metric == "investment" and own and not noun and "done" not in cues and _announced(bond, segment):
        return "a pledge that is announced"
    if speech is not None and speech.kind == "estimate" and own and ahead is not False:
        return "the subject's own estimate"
    return ""


def _expected(
    cues: frozenset[str], bond: Bond, segment: Segment, speech: Speech | None, *, own: bool, ahead: bool | None
) -> Verdict:
    itself = "fear" not in cues and (own or _expects_itself(segment, bond, speech))
    if bond.entry.metric in _OWN_STEPS and (speech is None or speech.kind == "source"):
        itself = True
    if ahead is False and (itself or bond.entry.metric not in _GUIDED):
        return Verdict("achieved", "an estimate of a period that is over")
    return Verdict("planned" if itself else "forecast", "an expectation")


def _to_come(cues: frozenset[str], bond: Bond, *, own: bool, running: bool) -> str:
    """Why it is yet to come, though no word of the future says so; empty where it is not."""
    metric = bond.entry.metric
    if "more" in cues and (own or metric == "investment") and metric in _FLOWING:
        return "yet more is to come"
    if running and metric == "investment" and bond.entry.pos == "noun" and "done" not in cues:
        return "spending of a year that still runs"
    if running and own and metric in ("growth", "investment") and not cues & {"done", "link"}:
        return "told of a year that still runs"
    if "purpose" in cues and metric in ("orders", "deployment", "investment"):
        return "what money is for"
    return ""


def _postponed(bond: Bond, segment: Segment) -> bool:
    """ "原定6月起征的关税延到明年1月": with the date that it is put off to."""
    return bond.entry.metric in _DATED and any(t.period is not None and t.has("postponed") for t in segment.tokens)


def _outlook(bond: Bond, segment: Segment, speech: Speech | None, subject: str | None) -> Verdict:
    """ "该机构把华为全年出货预测调高至…": another's forecast, unless the subject moves its own."""
    moved = next((t for t in segment.tokens if t.has("disposal") and t.index < bond.trigger.index), None)
    named = next((t for t in segment.tokens if t.entity == subject and t.index < bond.trigger.index), None)
    own = _own(speech, subject) or (
        bond.entry.metric in _GUIDED and moved is not None and named is not None and named.index < moved.index
    )
    return Verdict("planned" if own else "forecast", "a forecast, by name")


def _told(segment: Segment, segments: Sequence[Segment], cue: str) -> bool:
    """Whether a word of this kind ("signed", "announced") stands in the sentence so far."""
    return any(t.has(cue) for other in segments[: segment.number + 1] for t in other.tokens)


def _signed(segment: Segment, segments: Sequence[Segment]) -> bool:
    """Whether it is signed, as this segment, one before or the next says."""
    behind = segment.behind_it if segment.mark == "," else None
    return _told(segment, segments, "signed") or (behind is not None and any(t.has("signed") for t in behind.tokens))


def _agreed_before(bond: Bond, segment: Segment, segments: Sequence[Segment]) -> bool:
    """ "达成协议，预计提供200亿美元的云容量": done, though its sum is expected."""
    if not 0 <= bond.trigger.clause < segment.number:
        return False
    tokens = segments[bond.trigger.clause].tokens
    return any(t.has("signed", "class:signword") for t in tokens) and not any(
        t.has("plan", "future", "expect", "hope", "negation") for t in tokens
    )


def _pledged(bond: Bond, segment: Segment, cues: frozenset[str]) -> bool:
    """ "在台中投资3200亿元扩建产线", "计划兴建12座工厂，总投资达1650亿美元"."""
    if "done" in cues or "company" not in bond.entry.subject:
        return False
    if any(t.has("class:buildword") for t in segment.tokens if t.index > min(bond.trigger.index, bond.figure.index)):
        return True
    behind = segment.behind_it
    if (
        behind is not None
        and any(t.has("future", "plan") for t in behind.tokens)
        and any(
            t.has("class:buildword") or any(e.metric == "mass_production" for e in t.entries) for t in behind.tokens
        )
    ):
        return True
    before = segment.before_it
    return (
        before is not None
        and before.mark == ","
        and any(t.has("plan", "future") for t in before.tokens)
        and any(t.has("class:buildword") for t in before.tokens)
        and not any(t.period is not None for t in segment.tokens)
        and not any(t.kind == "name" for t in segment.tokens)
    )


def _announced(bond: Bond, segment: Segment) -> bool:
    """ "宣布投资19万亿韩元": money that is pledged."""
    return any(t.has("decree") and t.index < bond.trigger.index < bond.figure.index for t in segment.tokens)


def _own(speech: Speech | None, subject: str | None) -> bool:
    """Whether the subject itself speaks: its name, its people, or a word that stands for it."""
    if speech is None:
        return False
    chiefs = [chief for t in speech.speaker if (chief := chief_of(t)) is not None]
    named = chiefs or [t.entity for t in speech.speaker if t.entity and not t.modifier and not t.actor]
    if speech.kind == "expect" and [t.text for t in speech.speaker] in (["我们"], ["我們"]):
        return False
    if named:
        return subject in named and not _analyst(speech) and not any(t.has("outsider") for t in speech.speaker)
    return any(t.has("pronoun", "possessive", "officer") for t in speech.speaker) and not _analyst(speech)


def _expects_itself(segment: Segment, bond: Bond, speech: Speech | None) -> bool:
    """ "公司预计…", "英特尔预计…": the word for expecting stands right behind the subject."""
    if speech is not None and speech.kind == "expect" and speech.leading:
        return False
    for token in segment.tokens:
        if token.has("hope"):
            owner = next(segment.before(token.index), None)
            itself = token.text == "料" and owner is not None and owner.kind == "name" and speech is None
            return itself and bond.entry.metric in _GUIDED  # "中芯国际料次季收入…", as Hong Kong's press writes
        if token.kind == "figure" and token.has("expect"):
            return speech is None and bond.entry.metric in _GUIDED
        if token.has("expect"):
            before = [t for t in segment.before(token.index) if not (t.has("adverb") or t.period or _is_node(t))]
            if not before and speech is not None:
                return False
            if bond.entry.metric in _GUIDED or any(t.has("pronoun") for t in before):
                return True
            return bool(before) and before[0].kind == "name"
    return bond.entry.metric in _GUIDED and (speech is None or (speech.kind == "say" and not _analyst(speech)))


def _is_node(token: Token) -> bool:
    return token.figure is not None and token.figure.unit == "nm"


def _outside(speech: Speech) -> bool:
    """Whether an analyst speaks, or the head of some company: of the subject's own is asked before."""
    return _analyst(speech) or any(chief_of(t) for t in speech.speaker)


def _analyst(speech: Speech | None) -> bool:
    return speech is not None and any(t.has("analyst") for t in speech.speaker)
