"""Done, planned, expected, denied or only supposed: from the words around a figure and at the end of its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.claims.inflection import tells_future
from monitor.claims.marked.binding import relates
from monitor.claims.metrics import RULER_METRICS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.marked.binding import Ground
    from monitor.claims.marked.segments import Segment
    from monitor.claims.tokens import Token
    from monitor.model import Status

_KEPT_UP = frozenset({"process_node", "performance", "price"})
"""What is so told in the plain form of a verb is the case: "5ナノで製造する"."""
_PUT_OFF = frozenset({"launch", "mass_production", "tape_out", "ipo", "acquisition"})
_BOUGHT = frozenset({"orders", "deal", "acquisition"})
"""What is agreed to be bought has been ordered."""
_UNTRUE = frozenset({"deny", "false"})
_MATRIX = frozenset({"decided", "plan", "goal", "expect", "future", "likely"}) | _UNTRUE
_PARTICIPLE = re.compile(r"(?:\w*ge\w+(?:t|en)|(?:be|ver|er|ent|zer|über)\w+t|über\w+en)$")
"""German participles by their shape: with them "wird" makes a passive, not a future."""
_DECLINED = re.compile(r"(?:t|en)(?:e|en|er|es|em)$")
"""A participle that describes a noun: "bestellte Chips"."""
_SAID = _UNTRUE | {"expect"}
"""What a clause behind the figure's own tells of it where verbs do not close the sentence."""
_DESCRIBES = re.compile(r"[一-龠ァ-ヶA-Za-z「『]")
"""What a Japanese negation that only describes a noun stands before."""
_NEAR = 6
"""Tokens within which a word like "actually" is about a figure behind it."""
_REPORTED = frozenset(
    {"habe", "hätten", "hätte", "sei", "seien", "werde", "wolle", "könne", "solle", "aurait", "auraient"}
)
"""Verbs in the subjunctive of reported speech."""
_ZU = re.compile(r"^zu( |$)|[a-zäöü]zu[a-zäöü]{3,}n$")


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
    own = ground.segment(bond.figure)
    cues = _cues(bond, ground)
    if _corrected(bond, ground):
        return Verdict("achieved", "the figure as corrected")
    if bond.entry.metric in ("export_control", "listed_entities") and bond.trigger.has("deny"):
        cues -= {"deny"}
    taken_back = bond.figure.kind == "figure" and any(t.has("correct") for t in ground.row)
    if cues & _UNTRUE or taken_back or _negated(bond, ground):
        return Verdict("denied", "denied, called untrue or negated")
    if bond.entry.status == "denied":
        return Verdict("denied", "the word itself says so")
    if _done_before(bond, ground) and not cues & {"plan", "goal", "expect", "likely"}:
        return Verdict("achieved", "done, as the word for it tells")
    hangs = any(s.mode == "if" and s.part == own.part for s in ground.segments)
    if hangs and own.mode != "if":
        return Verdict("conditional", "hangs on an if")
    if earlier and not (current and outsider and "expect" in cues):
        return Verdict("achieved", "an earlier figure")
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
    if cues & {"plan", "goal"}:
        guessed = (outsider or (unnamed and "plan" not in cues)) and "expect" in cues
        return Verdict("forecast" if guessed else "planned", "a plan or target")
    if "expect" in cues and bond.entry.metric != "performance":
        return Verdict("forecast" if outsider or unnamed else "planned", "an expectation")
    if bond.entry.metric == "penalty" or (bond.entry.metric == "tariff" and bond.entry.object) or total:
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


def unconfirmed(bond: Bond, ground: Ground) -> bool:
    """Whether the sentence says that nobody has confirmed it: "Dass …, wurde nicht bestätigt", …は確認されていない。"""
    own = ground.segment(bond.figure)
    if ground.verb_final:
        last = max(bond.figure.index, bond.trigger.index)
        near = [t for t in own.tokens if t.has("unconfirmed") and t.index > last]
        return bool(near) and not any(t.kind == "figure" for t in ground.row[last + 1 : near[0].index])
    return any(
        any(t.has("confirm") for t in segment.tokens) and any(t.has("negation") for t in segment.tokens)
        for segment in _matrix(own, ground)
    )


def _cues(bond: Bond, ground: Ground) -> set[str]:
    """Cues of the segments of figure and trigger, and of those behind them that hold no figure of their own."""
    found: set[str] = set()
    for number in dict.fromkeys((bond.trigger.clause, bond.figure.clause)):
        for token in ground.segments[number].tokens:
            if _counts(token, bond, ground):
                found |= token.cues
    own = ground.segment(bond.figure)
    if not ground.verb_final:
        found |= _shared(own, ground)
    for segment in ground.segments[own.number + 1 :]:
        if segment.part != own.part:
            found |= _taken_back(segment, ground)
            if ground.headline:
                found |= _remark(segment, ground)
            break
        if segment.mode == "aside":
            continue
        for token in segment.tokens:
            found |= token.cues & (_UNTRUE if _has_figure(segment) else _MATRIX if ground.verb_final else _SAID)
        if not ground.verb_final and any(t.has("backs_estimate") for t in segment.tokens):
            found.discard("expect")
    if _plain_future(bond, ground):
        found.add("future")
    if not ground.verb_final:
        if _hearsay(own, ground):
            found -= {"plan", "likely", "future"}
        found |= _above(bond, ground)
        if _PARTICIPLE.match(bond.trigger.text) or any(t.has("participle") for t in own.tokens):
            found.discard("future")
    return found


def _shared(own: Segment, ground: Ground) -> set[str]:
    """ "will investieren und die Kapazität erhöhen": the modal verb that a second infinitive shares with the first."""
    words = [t for t in own.tokens if t.kind != "mark"]
    if own.number == 0 or not words or not words[0].has("and") or not words[-1].text.endswith(("en", "ern", "eln")):
        return set()
    if any(t.has("aux") for t in words) or words[-1].has("participle"):
        return set()
    before = ground.segments[own.number - 1]
    return {cue for t in before.tokens for cue in t.cues & {"plan", "future", "likely", "goal"}}


def _plain_future(bond: Bond, ground: Ground) -> bool:
    """Whether the verb that closes the clause tells the future by its form; headlines tell the past in it too."""
    if not ground.verb_final or ground.field == "title" or bond.entry.metric == "tariff":
        return False
    return tells_future(ground.language, _ending(bond, ground))


def _ending(bond: Bond, ground: Ground) -> str:
    """The text from a figure, or an act, to the end of its clause and of those behind it that have no figure."""
    last = ground.segment(bond.figure)
    for segment in ground.segments[last.number + 1 :]:
        if segment.part != last.part or (_has_figure(segment) and not _rate_only(segment, bond)):
            break
        last = segment
    start = bond.figure.end if bond.figure.figure is not None else bond.figure.start
    return ground.text[start : ground.row[last.last].end]


def _rate_only(segment: Segment, bond: Bond) -> bool:
    """ "10億ドルを出資し、株式の2.9%を取得する": more about the act, with a rate and no time."""
    sum_of_money = bond.figure.figure is not None and bond.figure.figure.kind == "money"
    rates = all(t.figure.kind == "percent" for t in segment.tokens if t.figure is not None)
    return sum_of_money and rates and not any(t.period is not None for t in segment.tokens)


def _hearsay(own: Segment, ground: Ground) -> bool:
    """ "soll … ausgeliefert haben": what is said to have been done is no plan."""
    words = [t for t in own.tokens if t.kind != "mark"]
    if (
        len(words) < 3
        or words[-1].text.lower() not in ("haben", "sein")
        or not any(t.has("plan", "likely") for t in words)
    ):
        return False
    return bool(_PARTICIPLE.match(words[-2].text.lower())) or words[-2].text.lower() == "worden"


def _remark(segment: Segment, ground: Ground) -> set[str]:
    """ "売上高は650億ドル　会社予想": what a piece of a headline without names and figures says of the one before."""
    part = [t for s in ground.segments if s.part == segment.part for t in s.tokens]
    if any(t.kind in ("figure", "name") for t in part):
        return set()
    return {cue for t in part for cue in t.cues & {"goal", "expect", "plan"}}


def _taken_back(segment: Segment, ground: Ground) -> set[str]:
    """ "…; das war falsch": what the stretch behind the figure's own says of it, where it has no figure of its own."""
    part = [t for s in ground.segments if s.part == segment.part for t in s.tokens]
    if any(t.kind in ("figure", "name") for t in part):
        return set()
    return {cue for t in part for cue in t.cues & {"false"}}


def _above(bond: Bond, ground: Ground) -> set[str]:
    """Cues of the clause that governs an infinitive with "zu" or a clause with "dass", "wonach"."""
    tokens = [t for segment in _matrix(ground.segment(bond.figure), ground) for t in segment.tokens]
    if any(t.has("confirm") for t in tokens):
        tokens = [t for t in tokens if not t.has("negation")]
    return {cue for t in tokens for cue in t.cues & (_MATRIX | {"negation"})}


def _matrix(own: Segment, ground: Ground) -> list[Segment]:
    """The clause that governs a subordinate one: the one before it, or behind it where it opens the sentence; the one
    before, too, where reported speech follows without a conjunction ("wies Berichte zurück, der Konzern habe …")."""
    words = [t for t in own.tokens if t.kind != "mark"]
    governed = any(t.has("connective") for t in words[:2]) or any(_ZU.search(t.text.lower()) for t in words)
    reported = any(t.text.lower() in _REPORTED for t in words)
    number = own.number - 1 if own.number and (governed or reported) else own.number + 1 if governed else -1
    if not 0 <= number < len(ground.segments) or ground.segments[number].part != own.part:
        return []
    return [ground.segments[number]]


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


def _has_figure(segment: Segment) -> bool:
    return any(t.kind == "figure" for t in segment.tokens)


def _counts(token: Token, bond: Bond, ground: Ground) -> bool:
    """Whether a cue of the segment is of the figure's own predicate, not of one that another figure has."""
    if token is bond.trigger and token.has("future") and relates(token, bond.figure, ground):
        return not any(t.has("link") and t.text.endswith("た") for t in ground.segments[token.clause].tokens)
    if ground.language == "ja" and token.has("future") and _adnominal(token, ground):
        return False
    if token.has("intended"):
        return token.index in (bond.trigger.index - 1, bond.figure.index - 1)
    if not ground.verb_final:
        return token is not bond.trigger or token.has("plan", "goal", "deny", "false")
    last = max(bond.trigger.index, bond.figure.index)
    if token.index < last:
        return (
            not token.has("plan", "expect", "future", "goal")
            or token.index > min(bond.trigger.index, bond.figure.index)
            or token.has("goal")
        )
    return True


def _adnominal(token: Token, ground: Ground) -> bool:
    """ "株主に帰属する利益": a plain form that describes a noun of its own."""
    after = ground.text[token.end : token.end + 1]
    following = next((t for t in ground.row[token.index + 1 : token.index + 2]), None)
    modal = following is not None and following.has("plan", "expect", "goal", "likely", "future")
    return token.text.endswith(("る", "する")) and _DESCRIBES.match(after) is not None and not modal


def _says(cues: set[str], ground: Ground) -> bool:
    return "say" in cues or (not ground.verb_final and any(t.has("say") for t in ground.row))


def _done_before(bond: Bond, ground: Ground) -> bool:
    """ "予約したCoWoSは81万枚に達する": an act told as done in what describes the counted thing."""
    if not ground.verb_final:
        after = ground.row[bond.trigger.index + 1] if bond.trigger.index + 1 < len(ground.row) else None
        declined = _DECLINED.search(bond.trigger.text.lower()) is not None and ":~" in bond.entry.id
        return declined and after is not None and (after.capital or after.kind == "figure") and after.kind != "name"
    if not relates(bond.trigger, bond.figure, ground):
        return False
    if bond.trigger.text.endswith(("た", "だ")):
        return True
    return re.match(r"[ぁ-ん]{0,2}[たっ]|[가-힣]*[한린낸판른된] ", ground.text[bond.trigger.end :]) is not None


def _negated(bond: Bond, ground: Ground) -> bool:
    """A negation of the figure's segment that no bound of the figure has taken."""
    quantity = bond.figure.figure
    for number in dict.fromkeys((bond.trigger.clause, bond.figure.clause)):
        for token in ground.segments[number].tokens:
            if not token.has("negation"):
                continue
            if ground.verb_final and token.index < min(bond.figure.index, bond.trigger.index):
                continue
            if ground.language == "ja" and _DESCRIBES.match(ground.text[token.end : token.end + 1]):
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


def rumoured(row: Sequence[Token]) -> bool:
    return any(t.has("rumour") for t in row)
