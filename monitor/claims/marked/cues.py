"""The cues of a figure's or act's own predicate: of its clause, of what governs it and of what follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.claims.inflection import tells_future
from monitor.claims.marked.ground import relates

if TYPE_CHECKING:
    from monitor.claims.frames import Bond
    from monitor.claims.marked.ground import Ground
    from monitor.claims.marked.segments import Segment
    from monitor.claims.tokens import Token

UNTRUE = frozenset({"deny", "false"})
_MATRIX = frozenset({"decided", "plan", "goal", "expect", "future", "likely"}) | UNTRUE
_PARTICIPLE = re.compile(r"(?:\w*ge\w+(?:t|en)|(?:be|ver|er|ent|zer|über)\w+t|über\w+en)$")
"""German participles by their shape: with them "wird" makes a passive, not a future."""
_SAID = UNTRUE | {"expect"}
"""What a clause behind the figure's own tells of it where verbs do not close the sentence."""
DESCRIBES = re.compile(r"[一-龠ァ-ヶA-Za-z「『]")
"""What a Japanese negation that only describes a noun stands before."""
_REPORTED = frozenset(
    {"habe", "hätten", "hätte", "sei", "seien", "werde", "wolle", "könne", "solle", "aurait", "auraient"}
)
"""Verbs in the subjunctive of reported speech."""
_ZU = re.compile(r"^zu( |$)|[a-zäöü]zu[a-zäöü]{3,}n$")


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


def cues_of(bond: Bond, ground: Ground) -> set[str]:
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
            found |= token.cues & (UNTRUE if _has_figure(segment) else _MATRIX if ground.verb_final else _SAID)
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
    before, too, where reported speech follows without a conjunction ("wies den Bericht zurück, er habe …")."""
    words = [t for t in own.tokens if t.kind != "mark"]
    governed = any(t.has("connective") for t in words[:2]) or any(_ZU.search(t.text.lower()) for t in words)
    reported = any(t.text.lower() in _REPORTED for t in words)
    number = own.number - 1 if own.number and (governed or reported) else own.number + 1 if governed else -1
    if not 0 <= number < len(ground.segments) or ground.segments[number].part != own.part:
        return []
    return [ground.segments[number]]


def _has_figure(segment: Segment) -> bool:
    return any(t.kind == "figure" for t in segment.tokens)


def _counts(token: Token, bond: Bond, ground: Ground) -> bool:
    """Whether a cue of the segment is of the figure's own predicate, not of one that another figure has."""
    if token is bond.trigger and token.has("future") and relates(token, bond.figure, ground):
        return not any(t.has("link") and t.text.endswith("た") for t in ground.segments[token.clause].tokens)
    if ground.language == "ja" and token.has("future") and (_adnominal(token, ground) or _of_speaker(token, ground)):
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


def _of_speaker(token: Token, ground: Ground) -> bool:
    """ "…と分析する", "表へ加えた": a plain form of who says it; "to" where no headline ends in it."""
    before = ground.row[token.index - 1] if token.index else None
    if token.text == "へ" and ground.field != "title":
        return ground.text[token.end : token.end + 1] not in ("", "。", "\n")
    return token.text.startswith("する") and before is not None and before.has("say", "expect", "analyst")


def _adnominal(token: Token, ground: Ground) -> bool:
    """ "株主に帰属する利益": a plain form that describes a noun of its own."""
    after = ground.text[token.end : token.end + 1]
    following = next((t for t in ground.row[token.index + 1 : token.index + 2]), None)
    modal = following is not None and following.has("plan", "expect", "goal", "likely", "future")
    return token.text.endswith(("る", "する")) and DESCRIBES.match(after) is not None and not modal
