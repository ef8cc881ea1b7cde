"""Done, planned, expected, denied or only supposed: read from the cues of a clause and from who says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.claims.clausal.acts.decrees import decreed, obliged, pending, risks, under_deal
from monitor.claims.clausal.asides import told_by_the_way
from monitor.claims.clausal.lists import earlier
from monitor.claims.clausal.scene import speech_over
from monitor.claims.clausal.status.ahead import (
    before_future,
    by_now,
    going_up,
    grows_round,
    headline_participle,
    lies_ahead,
    raises,
    tells_past,
)
from monitor.claims.clausal.status.denial import denial, negated_verb
from monitor.claims.clausal.status.governing import governing
from monitor.claims.clausal.status.outlook import (
    analyst_leads,
    by_analyst,
    heads_ours,
    is_analyst,
    our_number,
    outside,
    own,
    scheduled,
)
from monitor.claims.clausal.status.signs import (
    announced,
    aside_of_subject,
    booked,
    by_contract,
    conditional,
    decides,
    is_what_is_expected,
    of_consensus,
    of_pronoun,
    of_years_ahead,
    part_around,
    told_aside,
)
from monitor.claims.draft import Verdict
from monitor.claims.metrics import PLEDGES, REPORTED

if TYPE_CHECKING:
    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.clausal.scene import Scene
    from monitor.claims.speech import Speech
    from monitor.claims.tokens import Token


_FIRST_COUNTS = frozenset({"preliminary", "provisional", "unaudited"})
"""What first figures of a quarter that is over are called."""
_HOLDING = frozenset({"holds", "hold", "sits on", "takes", "received", "won"})
_ASKING = frozenset({"wants", "want", "asks", "ask", "asking", "demands", "wanted"})
_MOVES = frozenset({"goes", "go", "rises", "rise", "jumps", "climbs", "doubles", "falls", "drops", "takes", "applies"})


@dataclass(frozen=True, slots=True)
class _Case:
    """What is judged: a trigger with its figure, in its clause, and the cues that govern it."""

    scene: Scene
    clause: Clause
    trigger: Token
    figure: Token | None
    subjects: tuple[str, ...]
    metric: str
    rulers: frozenset[str]
    fixed: str | None
    speech: Speech | None
    cues: frozenset[str]

    @property
    def outsider(self) -> bool:
        """Somebody else than the subject reckons or expects."""
        speech = self.speech
        watched = speech is not None and speech.kind in ("expect", "estimate") and not self.own
        if speech is not None and speech.kind == "say" and self.of_another:
            watched = True
        return watched or "ours" in self.cues or our_number(self.clause, self.trigger, self.figure)

    @property
    def own(self) -> bool:
        return self.speech is not None and own(self.speech, self.subjects, self.scene)

    @property
    def of_another(self) -> bool:
        """ "The White House said that China would resume": somebody of the watchlists speaks of somebody else."""
        speech = self.speech
        return speech is not None and bool(speech.entities) and bool(self.subjects) and not self.own

    @property
    def ahead(self) -> str | None:
        return next((c for c in ("plan", "future", "likely", "would", "may", "to") if c in self.cues), None)

    def told(self, reason: str, *, outsider: bool) -> Verdict:
        return Verdict("forecast" if outsider or is_analyst(self.speech) else "planned", reason)


def status_of(
    scene: Scene,
    clause: Clause,
    trigger: Token,
    figure: Token | None,
    subjects: tuple[str, ...],
    *,
    metric: str,
    rulers: frozenset[str] = frozenset(),
    fixed: str | None = None,
) -> Verdict:
    """The status of what `clause` says with `trigger`, by the first rule that holds."""
    speech = speech_over(scene, figure.index if figure is not None else trigger.index)
    cues = governing(clause, trigger, figure, scene, metric)
    case = _Case(scene, clause, trigger, figure, subjects, metric, rulers, fixed, speech, cues)
    for rule in (_undone, _planned, _expected, _to_come, _due):
        verdict = rule(case)
        if verdict is not None:
            return verdict
    return Verdict("achieved", "told as done or as the case")


def _undone(case: _Case) -> Verdict | None:
    """Of before, denied, conditional, or what the word itself says."""
    scene, clause, trigger, figure = case.scene, case.clause, case.trigger, case.figure
    start, end = part_around(scene.row, figure.index if figure is not None else trigger.index)
    told_before = figure is not None and scene.row[figure.index - 1].has("expect", "plan")  # "after forecasting $500B"
    if figure is not None and earlier(figure, scene.row) and not (told_before or of_years_ahead(figure, scene)):
        return Verdict("achieved", "an earlier figure")
    if figure is not None and told_by_the_way(figure, trigger, scene.row, scene.year):
        return Verdict("achieved", "told by the way")
    denied = denial(scene, clause, trigger, figure, case.speech, part=(start, end), metric=case.metric)
    if denied:
        return Verdict("denied", denied)
    able = trigger.text.lower().startswith("can ") or risks(case.metric, clause)
    if conditional(scene, clause, case.cues, start, end, able=able):
        return Verdict("conditional", "hangs on an if")
    if pending(case.metric, clause, scene.row):
        return Verdict("planned", "only a bill")
    if case.fixed == "achieved" and any(t.has("class:draftword") for t in scene.row[: trigger.index]):
        return Verdict("planned", "only proposed")
    if case.fixed == "denied" and any(t.has("cancel") and negated_verb(t, scene.row) for t in clause.tokens):
        return Verdict("achieved", "not called off")
    if case.fixed and not (case.fixed == "achieved" and "plan" in case.cues):
        return Verdict(case.fixed, "the word itself says so")  # type: ignore[arg-type]
    return None


def _planned(case: _Case) -> Verdict | None:
    if case.metric == "process_node" and aside_of_subject(case.clause, case.trigger):
        return Verdict("achieved", "a process named in passing")
    clause, trigger, cues = case.clause, case.trigger, case.cues
    if case.figure is not None and of_consensus(clause, case.figure):
        return Verdict("forecast", "what a consensus expects")
    if case.figure is None and "follows" in cues:
        return case.told("to follow", outsider=case.outsider)
    if case.figure is None and scheduled(case.metric, case.clause, case.scene.year):
        return case.told("its time is to come", outsider=case.outsider)
    filed = any(t.has("files") and t.index < trigger.index for t in clause.tokens)
    if case.metric == "funding" and not trigger.verb and (filed or grows_round(clause, trigger)):
        return Verdict("planned", "only filed for, or still growing")
    if "goal" in cues and "plan" not in cues and analyst_leads(case.scene):
        return Verdict("forecast", "an analyst's forecast")
    adding = trigger if not trigger.verb else case.figure if case.figure and trigger.clause != clause.number else None
    if case.metric in ("capacity", "deployment") and adding is not None and going_up(clause, adding):
        return case.told("under construction", outsider=False)
    if case.metric == "investment" and not (trigger.verb or case.rulers) and announced(clause, trigger):
        return Verdict("planned", "a pledge that is announced")
    if cues & {"plan", "goal", "late"}:
        ours = case.figure is not None and our_number(clause, trigger, case.figure)
        return Verdict("forecast" if ours and case.scene.analyst else "planned", "a plan or target")
    return None


def _expected(case: _Case) -> Verdict | None:
    scene, clause, speech, ahead = case.scene, case.clause, case.speech, case.ahead
    told = case.figure is not None and (tells_past(clause) or before_future(clause, scene))
    past = speech is not None and not speech.leading and ahead is None and told
    if speech is not None and speech.kind == "expect" and not past and not told_aside(clause, speech, ahead):
        return Verdict("planned" if case.own else "forecast", "an expectation")
    if "expect" in case.cues:
        watched = outside(clause, case.trigger, analyst=analyst_leads(scene))
        return Verdict("forecast" if watched else "planned", "an expectation")
    if case.figure is not None and is_what_is_expected(scene.row[case.figure.index + 1 :]):
        return Verdict("forecast", "an expectation")
    lifted = case.figure is not None and raises(clause, case.figure, scene.year)
    if scene.title and case.metric == "investment" and lifted:
        return Verdict("planned", "a headline raises a budget")
    if scene.title and case.metric in PLEDGES and headline_participle(clause, case.trigger):
        return Verdict("planned", "a headline's participle")
    return None


def _to_come(case: _Case) -> Verdict | None:
    clause, ahead = case.clause, case.ahead
    pledge = case.metric in PLEDGES or case.metric == "acquisition"
    if ahead in ("future", "would") and pledge and by_contract(clause, case.scene.row):
        return Verdict("achieved", "what a contract holds")
    decided = ahead in ("future", "would") and decides(case.metric, ahead, case.speech, case.rulers)
    if decided and not of_pronoun(clause):
        return Verdict("achieved", "decided and announced")
    if ahead == "future" and case.metric == "tariff" and under_deal(case.scene.row):
        return Verdict("achieved", "what has been agreed")
    if ahead == "future" and obliged(case.metric, clause, case.trigger):
        return Verdict("achieved", "an obligation in force")
    if ahead == "future" and decreed(case.metric, case.trigger, case.scene.row, case.rulers):
        return Verdict("achieved", "decreed")
    able = case.metric == "capacity" and case.trigger.text.lower().startswith(("can ", "could "))
    if able and case.figure is not None and lies_ahead(clause, case.figure, case.scene, sets=True):
        return case.told("what it can do by then", outsider=case.outsider)
    if ahead == "may" and case.metric == "capacity" and by_now(clause, case.trigger):
        return Verdict("achieved", "what it can do by now")
    if ahead == "may" and not case.own:
        return Verdict("forecast", "said to be possible")
    if ahead in ("future", "would", "may", "to"):
        sets = "sets" in case.scene.cues and analyst_leads(case.scene)
        outsider = case.outsider or sets or by_analyst(clause, case.scene.row)
        return case.told(f"said of the future ({ahead})", outsider=outsider)
    if ahead == "likely" and any(t.text.lower() in _FIRST_COUNTS for t in case.scene.row):
        return Verdict("achieved", "counted, if not yet to the end")
    if ahead == "likely":
        before = [t for t in clause.tokens if t.index <= case.trigger.index]
        ours = not case.scene.analyst and (any(t.has("first") for t in before) or _guides(case))
        return Verdict("planned" if case.own or ours else "forecast", "said to be likely")
    return None


def _guides(case: _Case) -> bool:
    """ "Fourth quarter revenue is expected to be $26.5 billion", behind results and nobody else named: guidance."""
    told = case.scene.results and case.metric in REPORTED and case.figure is not None and case.speech is None
    return told and not by_analyst(case.clause, case.scene.row)


def _due(case: _Case) -> Verdict | None:
    """A figure of a period that lies ahead."""
    figure, trigger, sets = case.figure, case.trigger, bool(case.cues & {"sets", "ours"})
    before = case.scene.row[figure.index - 1] if figure is not None and figure.index else None
    if before is not None and before.has("ours") and before.text.lower().startswith("we "):
        return case.told("what we model", outsider=True)  # "as it is, we model 270,000"
    if figure is not None and heads_ours(case.scene.row, figure):
        return case.told("what we assume", outsider=True)
    if (
        case.metric == "tariff"
        and case.rulers
        and case.clause.verb
        and case.clause.verb.text.lower().split()[0] in _MOVES
    ):
        return None  # "goes to 20 percent in June under the ruling which the government published"
    asked = case.metric == "price" and trigger.text.lower() in _ASKING  # "wants $700 for it next year"
    if figure is None or (trigger.verb and not (sets or asked) and trigger.clause == figure.clause):
        return None
    verb = case.clause.verb
    held = verb is not None and (verb.has("perfect", "past", "sells") or verb.text.lower() in _HOLDING)
    if case.metric == "orders" and held and not case.outsider:
        return None  # "has taken bookings for next year's HBM": placed, whenever they are delivered
    if case.metric == "orders" and booked(case.clause, trigger):
        return None  # "has taken bookings of $8 billion for next year"
    if not lies_ahead(case.clause, figure, case.scene, sets=sets or case.outsider):
        return None
    put = "sets" in case.cues and analyst_leads(case.scene)
    outsider = case.outsider or put or by_analyst(case.clause, case.scene.row)
    return case.told("its period lies ahead", outsider=outsider)
