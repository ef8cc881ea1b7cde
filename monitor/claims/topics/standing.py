"""Done, planned, expected, denied or only supposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.status import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.speech import Speech
    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment
    from monitor.model import Status

REBUTTED = Verdict("denied", "the next sentence denies it")
BEGAN = Verdict("achieved", "where a change began")
_ENDS = frozenset({".", ";", "?", "!"})
_ABLE = frozenset({"capacity", "performance"})
_AHEAD = frozenset({"plan", "goal", "expect", "hope", "future"})
_FLOWING = frozenset({"shipments", "orders", "production", "deployment", "investment"})
_GUIDED = frozenset({"investment", "revenue", "profit", "growth"})
"""What companies give guidance of: without another speaker an expectation is their own."""
_DATED = frozenset({"tariff", "launch", "mass_production", "ipo", "tape_out"})
"""What may be put off to a later date."""
_BEGUN = frozenset({"capacity", "production", "shipments"})
_CONTRACTS = frozenset({"deal", "orders"})
_OWN_STEPS = frozenset({"ipo", "acquisition"})
"""Nobody but the company itself takes them: told without a speaker they are its plan."""
_FEW = 4
"""Words of a clause that says no more than that something came to nothing."""
_TOTALS, _OF_PLANS, _NONE = frozenset({"done"}), frozenset({"plan"}), frozenset[str]()
_RULINGS = frozenset({"export_control", "tariff", "listed_entities"})


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
    if _postponed(bond, segment):
        rumoured = any(t.has("hope") for t in segment.tokens) and not _own(speech, subject)
        return Verdict("forecast" if rumoured else "planned", "put off to a later date")
    denied = _denied(bond, segment, segments, speech)
    if denied:
        return Verdict("denied", denied)
    if bond.entry.status:
        return Verdict(bond.entry.status, "the word itself says so")  # type: ignore[arg-type]
    cues = _governing(bond, segment, segments)
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
    own = _own(speech, subject)
    outsider = speech is not None and not own and (speech.kind in ("expect", "estimate") or _analyst(speech))
    foreseen: Status = "forecast" if outsider else "planned"
    if "plan" in cues or "goal" in cues or (bond.entry.metric == "valuation" and _round_planned(segment)):
        return Verdict("planned", "a plan or target")
    if bond.entry.metric in ("funding", "deal") and bond.entry.pos == "noun" and _issue_planned(segment):
        return Verdict("planned", "of an issue that is planned")
    if bond.entry.metric == "investment" and _pledged(bond, segment, cues):
        return Verdict("planned", "money for what is yet to be built")
    if speech is not None and speech.kind == "estimate" and own and ahead is not False:
        return Verdict("planned", "the subject's own estimate")
    if (
        ahead is False
        and "done" not in cues
        and not cues & {"future", "expect", "hope"}
        and (speech is None or speech.kind != "expect")
    ):
        return Verdict("achieved", "its period is over")
    if "revise" in cues and bond.entry.metric in ("investment", "revenue", "profit") and ahead is not False:
        return Verdict("planned", "guidance revised")
    if "expect" in cues or "hope" in cues or (speech is not None and speech.kind == "expect"):
        itself = "fear" not in cues and (own or _expects_itself(segment, bond, speech))
        if bond.entry.metric in _OWN_STEPS and (speech is None or speech.kind == "source"):
            itself = True
        if ahead is False and bond.entry.metric not in _GUIDED:
            return Verdict("achieved", "an estimate of a period that is over")
        return Verdict("planned" if itself else "forecast", "an expectation")
    if "done" in cues and not cues & {"future"}:
        return Verdict("achieved", "told as done")
    if "future" in cues:
        if bond.entry.metric in _RULINGS and _told(segment, segments, "decree"):
            return Verdict("achieved", "announced as decided")
        if bond.entry.metric in _CONTRACTS and _signed(segment, segments):
            return Verdict("achieved", "signed")
        return Verdict(foreseen, "said of the future")
    if "may" in cues and bond.entry.metric not in _ABLE and ahead:
        return Verdict(foreseen, "said to be possible")
    if ahead and bond.entry.metric in _CONTRACTS and _signed(segment, segments):
        return Verdict("achieved", "signed")
    if ahead and bond.entry.metric not in _RULINGS:
        return Verdict(foreseen, "its period lies ahead")
    if "more" in cues and (own or bond.entry.metric == "investment") and bond.entry.metric in _FLOWING:
        return Verdict("planned", "yet more is to come")
    if running and bond.entry.metric == "investment" and bond.entry.pos == "noun" and "done" not in cues:
        return Verdict("planned", "spending of a year that still runs")
    if running and own and bond.entry.metric in ("growth", "investment") and not cues & {"done", "link"}:
        return Verdict("planned", "told of a year that still runs")
    if "purpose" in cues and bond.entry.metric in ("orders", "deployment", "investment"):
        return Verdict("planned", "what money is for")
    return Verdict("achieved", "told as done or as the case")


def _issue_planned(segment: Segment) -> bool:
    """ "拟向特定对象发行股票，募资总额不超过40亿元"."""
    before = segment.before_it
    if before is None or before.mark != "," or any(t.has("done") for t in segment.tokens):
        return False
    return any(t.has("plan") for t in before.tokens if t.speech is None)


def _round_planned(segment: Segment) -> bool:
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
        and any(t.has("class:buildword") for t in behind.tokens)
    ):
        return True
    before = segment.before_it
    return (
        before is not None
        and before.mark == ","
        and any(t.has("plan", "future") for t in before.tokens)
        and not any(t.kind == "name" for t in segment.tokens)
    )


def _governing(bond: Bond, segment: Segment, segments: Sequence[Segment]) -> frozenset[str]:
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
        listed = segment.tokens[0].text.startswith("其中")
        quantity = bond.figure.figure
        listed = listed or bool(bond.change) or (quantity is not None and quantity.lead == "to")
        if other.mark == "," and (listed or not any(t.kind == "figure" for t in other.tokens)):
            for token in other.tokens:
                if token.speech is None:
                    found |= token.cues
    elif segment.tokens[0].index == bond.trigger.index or not found & {"done", "link"}:
        found |= _plan_before(segment, segments) or _alongside(bond, segment) or _begun_by(bond, segment)
    return frozenset(found)


def _plan_before(segment: Segment, segments: Sequence[Segment]) -> set[str]:
    """ "计划在五年内，向…投入": what a segment without a verb of its own says of the next."""
    if segment.number == 0:
        return set()
    before = segments[segment.number - 1]
    if before.mark == "," and segment.tokens[0].text.startswith("其中"):
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
    if before.mark == "," and before.tokens[-1].has("plan", "goal"):
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


def _own(speech: Speech | None, subject: str | None) -> bool:
    """Whether the subject itself speaks: its name, its people, or a word that stands for it."""
    if speech is None:
        return False
    named = [t.entity for t in speech.speaker if t.entity and not t.modifier and not t.actor]
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
            return False
        if token.kind == "figure" and token.has("expect"):
            return speech is None and bond.entry.metric in _GUIDED
        if token.has("expect"):
            before = [t for t in segment.before(token.index) if not t.has("adverb") and t.kind != "period"]
            if not before and speech is not None:
                return False
            if bond.entry.metric in _GUIDED or any(t.has("pronoun") for t in before):
                return True
            return bool(before) and before[0].kind == "name"
    return bond.entry.metric in _GUIDED and (speech is None or (speech.kind == "say" and not _analyst(speech)))


def _analyst(speech: Speech | None) -> bool:
    return speech is not None and any(t.has("analyst") for t in speech.speaker)


def _denied(bond: Bond, segment: Segment, segments: Sequence[Segment], speech: Speech | None) -> str:
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
            if before is None or not before.has("prep", "disposal"):
                return "negated"
    if _given_up(segment):
        return "called off"
    ruling = bond.entry.metric in _RULINGS - {"tariff"}
    for token in segment.tokens if not ruling or _plan_behind(segment) else ():
        if token.text[0] == "砍" and bond.entry.metric != "orders":
            continue
        if token.has("off") and token is not trigger and token.speech is None and (not ruling or token.index < limit):
            return "called off"
    return ""


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
        if other.mark in _ENDS:
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
