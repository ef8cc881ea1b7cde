"""Done, planned, expected, denied or only supposed: read from the cues of a clause and from who says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.claims.lists import earlier
from monitor.claims.metrics import COUNTS, PLEDGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clauses import Clause
    from monitor.claims.period import Period
    from monitor.claims.speech import Speech
    from monitor.claims.tokens import Token
    from monitor.model import Status

_DENYING = frozenset({"deny", "false", "misreported", "negation", "cancel", "report"})


@dataclass(frozen=True, slots=True)
class Verdict:
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence as status sees it."""

    row: Sequence[Token]
    clauses: Sequence[Clause]
    speeches: Sequence[Speech]
    title: bool = False
    year: int = 0
    """In which the article was published; 0: unknown."""
    correction: bool = False
    """The article corrects an earlier one."""
    cues: frozenset[str] = frozenset()
    """All cues of the sentence."""
    analyst: bool = False
    """The last speaker of the article was a forecaster."""


def speech_over(scene: Scene, index: int) -> Speech | None:
    """The speech that holds for a token: the one that denies or expects before the one that only tells."""
    over = [s for s in scene.speeches if s.says(index)]
    for kind in ("deny", "expect"):
        for speech in over:
            if speech.kind == kind:
                return speech
    return over[-1] if over else None


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
    start, end = _part(scene.row, figure.index if figure is not None else trigger.index)
    speech = speech_over(scene, figure.index if figure is not None else trigger.index)
    cues = _governing(clause, trigger, figure, scene, metric)
    if figure is not None and earlier(figure, scene.row):
        return Verdict("achieved", "an earlier figure")
    denied = _denied(scene, clause, trigger, figure, speech, part=(start, end), metric=metric)
    if denied:
        return Verdict("denied", denied)
    if _conditional(scene, clause, cues, start, end):
        return Verdict("conditional", "hangs on an if")
    if fixed and not (fixed == "achieved" and "plan" in cues):
        return Verdict(fixed, "the word itself says so")  # type: ignore[arg-type]
    outsider = speech is not None and speech.kind in ("expect", "estimate") and not _own(speech, subjects, scene)
    outsider = outsider or "ours" in cues or _our_number(clause, trigger, figure)
    ahead = next((c for c in ("plan", "future", "likely", "would", "may", "to") if c in cues), None)
    if figure is None and "follows" in cues:
        return Verdict("forecast" if outsider or is_analyst(speech) else "planned", "to follow")
    if (
        metric == "funding"
        and not trigger.verb
        and any(t.has("files") and t.index < trigger.index for t in clause.tokens)
    ):
        return Verdict("planned", "only filed for")
    if "goal" in cues and "plan" not in cues and _analyst_leads(scene):
        return Verdict("forecast", "an analyst's forecast")
    if cues & {"plan", "goal", "late"}:
        ours = figure is not None and _our_number(clause, trigger, figure)
        return Verdict("forecast" if ours and scene.analyst else "planned", "a plan or target")
    past = speech is not None and not speech.leading and ahead is None and figure is not None and _past(clause)
    if speech is not None and speech.kind == "expect" and not past and not _told_aside(clause, speech, ahead):
        return Verdict("planned" if _own(speech, subjects, scene) else "forecast", "an expectation")
    if "expect" in cues:
        return Verdict(
            "forecast" if _outside(clause, trigger, analyst=_analyst_leads(scene)) else "planned", "an expectation"
        )
    if scene.title and metric == "investment" and figure is not None and _raises(clause, figure, scene.year):
        return Verdict("planned", "a headline raises a budget")
    if scene.title and metric in PLEDGES and _headline_participle(clause, trigger):
        return Verdict("planned", "a headline's participle")
    if ahead in ("future", "would") and _decides(metric, ahead, speech, rulers) and not _in_person(clause):
        return Verdict("achieved", "decided and announced")
    if ahead == "may" and (speech is None or not _own(speech, subjects, scene)):
        return Verdict("forecast", "said to be possible")
    outsider = outsider or _by_analyst(clause, scene.row)
    if ahead in ("future", "would", "may", "to"):
        return Verdict("forecast" if outsider or is_analyst(speech) else "planned", f"said of the future ({ahead})")
    if ahead == "likely":
        own = speech is not None and _own(speech, subjects, scene)
        own = own or (not scene.analyst and any(t.has("first") for t in clause.tokens if t.index < trigger.index + 1))
        return Verdict("planned" if own else "forecast", "said to be likely")
    if (
        figure is not None
        and (not trigger.verb or "sets" in cues or trigger.clause != figure.clause)
        and _ahead(clause, figure, scene, sets="sets" in cues or outsider)
    ):
        return Verdict("forecast" if outsider or is_analyst(speech) else "planned", "its period lies ahead")
    return Verdict("achieved", "told as done or as the case")


def _told_aside(clause: Clause, speech: Speech, ahead: str | None) -> bool:
    """A "which started ..." within what is expected is told as done."""
    return clause.mode == "relative" and ahead is None and speech.scope[0] < clause.tokens[0].index


def _our_number(clause: Clause, trigger: Token, figure: Token | None) -> bool:
    """ "our sales number for Lam", "our 2027 shipment estimate": a broker's own estimate."""
    limit = max(trigger.index, figure.index if figure is not None else 0)
    ours = next(
        (t.index for t in clause.tokens if t.has("first") and t.text.lower() == "our" and t.index < limit), None
    )
    if ours is None:
        return False
    near = [t for t in clause.tokens if ours < t.index <= min(limit, ours + 6)]
    return any(
        t.text.lower().endswith(("number", "numbers", "estimate", "estimates", "forecast", "forecasts")) for t in near
    )


def _raises(clause: Clause, figure: Token, year: int) -> bool:
    """ "Micron lifts capex to $25bn": a budget, unless its year is over."""
    verb = clause.verb
    if verb is None or not verb.has("rise", "fall") or not verb.text.lower().endswith("s") or figure.figure is None:
        return False
    years = [int(v[:4]) for t in clause.tokens if t.period and (v := t.period.value or "")[:4].isdigit()]
    return figure.figure.lead == "to" and not any(y < year for y in years)


def _in_person(clause: Clause) -> bool:
    """ "he will put": what a ruler says that he will do is no decree yet."""
    return any(t.text.lower() in ("he", "she", "i") for t in clause.tokens[:3])


def _past(clause: Clause) -> bool:
    """Whether a clause tells of the past, whoever then forecasts beside it: "stood at 75,000 ..., X predicts"."""
    verb = clause.verb
    return verb is not None and (verb.has("past") or verb.text.lower().endswith("ed"))


def _decides(metric: str, ahead: str, speech: Speech | None, rulers: frozenset[str]) -> bool:
    """A control, duty or fine that its own authority announces for the future is decided."""
    if metric == "penalty":
        return speech is None or speech.kind == "say"
    return (
        (metric == "export_control" or (metric == "tariff" and ahead == "future"))
        and speech is not None
        and speech.kind == "say"
        and any(e in rulers for e in speech.entities)
    )


def _ahead(clause: Clause, figure: Token, scene: Scene, *, sets: bool) -> bool:
    """Whether the period beside the figure begins after the article's year, or in it for "put its spending at"."""
    if not scene.year:
        return False
    years = [
        (abs(t.index - figure.index), int(_year(t.period))) for t in clause.tokens
        if t.period and t.period.role in ("in", "by") and _year(t.period).isdigit() and _settled(t.period)
    ]  # fmt: skip
    due = clause.verb is None and any(t.period and t.period.role == "by" for t in clause.tokens)
    return bool(years) and min(years)[1] >= scene.year + (not sets and not due)


def _year(period: Period) -> str:
    return (period.value or "").removeprefix("../").removeprefix("FY")[:4]


def _settled(period: Period) -> bool:
    return period.year is not None or period.shift is not None or period.year_shift is not None


def _part(row: Sequence[Token], index: int) -> tuple[int, int]:
    start = next((i + 1 for i in range(index - 1, -1, -1) if row[i].text in (";", ".")), 0)
    end = next((i for i in range(index + 1, len(row)) if row[i].text in (";", ".")), len(row))
    return start, end


def _headline_participle(clause: Clause, trigger: Token) -> bool:
    """ "Cambricon raising up to 4 bln yuan": under way, without a finite verb."""
    before = [t for t in clause.tokens if t.index < trigger.index]
    return trigger.text.lower().endswith("ing") and bool(before) and all(t.kind == "name" for t in before)


def _headline_infinitive(clause: Clause, to: Token, row: Sequence[Token], *, title: bool) -> bool:
    """ "Qualcomm to buy", "chip to enter mass production": no finite verb before the "to"."""
    after = row[to.index + 1] if to.index + 1 < len(row) else None
    if after is None or after.has("aux"):
        return False
    changes = after.figure is not None and after.figure.kind == "multiple"
    if not (after.verb or changes or (after.kind == "word" and title)):
        return False
    return to.index > 0 and not any(
        t.verb or (t.kind == "mark" and t.text != ",") or t.has("permission", "plan")
        for t in clause.tokens
        if t.index < to.index
    )


def _governing(clause: Clause, trigger: Token, figure: Token | None, scene: Scene, metric: str) -> frozenset[str]:
    """Cues of the verb group around the trigger: what stands in the clause before the trigger or the figure."""
    found: set[str] = set()
    if clause.mode == "content" and clause.parent is not None:
        found |= {c for t in clause.parent.tokens for c in t.cues & {"plan"}}
    found |= _heading(clause, scene.row)
    limit = max(trigger.index, figure.index if figure else 0)
    verb = clause.verb
    if figure is not None and not trigger.verb and verb is not None and limit < verb.index:
        limit = verb.index + 1
    if figure is None and not trigger.verb:
        limit = clause.tokens[-1].index
    for token in clause.tokens:
        if token.index > limit:
            break
        if figure is None and token.text == "," and token.index > trigger.index and _verb_after(clause, token):
            break  # "confirms tape-out, sees demand easing"
        if token is trigger and not token.has("plan", "goal", "likely"):
            continue
        if token.has("late") and figure is not None and token.index + 1 == figure.index:
            continue  # "slipped to 6.8%"
        if token.has("to") and not _headline_infinitive(clause, token, scene.row, title=scene.title):
            continue
        if token.text == "," and trigger.verb and token.index < trigger.index and trigger.text.endswith(("s", "ed")):
            found.clear()
        if token.has("apart") and token.index < trigger.index and not trigger.verb and metric != "ipo":
            found.clear()
        if token.has("to") and token.index + 1 == trigger.index and metric in COUNTS and _agreed(scene.row, token):
            found.add("plan")
        found |= token.cues
    return frozenset(found)


def _verb_after(clause: Clause, comma: Token) -> bool:
    return any(t.verb for t in clause.tokens if t.index == comma.index + 1)


def _heading(clause: Clause, row: Sequence[Token]) -> set[str]:
    """ "Q4 guide: revenue of ~$25bn": what stands before the colon without a verb holds for what follows."""
    first = clause.tokens[0].index
    if first == 0 or row[first - 1].text != ":":
        return set()
    before = row[max(0, first - 7) : first - 1]
    return (
        set()
        if any(t.verb and not t.has("goal") for t in before)
        else {c for t in before for c in t.cues & {"goal", "plan"}}
    )


def _agreed(row: Sequence[Token], to: Token) -> bool:
    """ "a deal to sell a million chips": agreed, not yet done."""
    return to.index > 0 and row[to.index - 1].has("class:contractword")


def _own(speech: Speech, subjects: tuple[str, ...], scene: Scene) -> bool:
    """Whether the subject itself speaks: its name, or a word that stands for it."""
    if any(e in subjects for e in speech.entities):
        return True
    if not speech.entities and any(t.has("officer") for t in speech.speaker):
        return not is_analyst(speech)
    if any(t.has("first") for t in speech.speaker):
        return _for_itself(speech, subjects, scene)
    if scene.analyst and speech.kind == "estimate":
        return False
    if any(t.has("person") for t in speech.speaker):
        return any(e in subjects for s in scene.speeches if s.says(speech.speaker[0].index) for e in s.entities)
    return any(t.has("pronoun", "possessive") for t in speech.speaker)


def _for_itself(speech: Speech, subjects: tuple[str, ...], scene: Scene) -> bool:
    """Whether "we expect" is said for the subject: by its own people, or by nobody in particular."""
    at = speech.speaker[0].index
    over = [s for s in scene.speeches if s is not speech and s.says(at)]
    if any(e in subjects for s in over for e in s.entities):
        return True
    named = any(t.entity in subjects for t in scene.row[speech.scope[0] : speech.scope[1]] if t.entity)
    return bool(subjects) and not (named or scene.analyst) and not any(is_analyst(s) or s.entities for s in over)


def is_analyst(speech: Speech | None) -> bool:
    """Whether a forecaster by trade speaks."""
    return speech is not None and any(t.has("analyst") or t.text == "&" for t in speech.speaker)


def _analyst_leads(scene: Scene) -> bool:
    """Whether the subject of the sentence is a forecaster: "TrendForce put the share at 12% and expects 15%"."""
    first = next((t.index for t in scene.row if t.verb), 0)
    return any(t.has("analyst") for t in scene.row[:first])


def _by_analyst(clause: Clause, row: Sequence[Token]) -> bool:
    """ "is put at 1.2 million by SemiAnalysis"."""
    return any(t.has("analyst") and t.index and row[t.index - 1].has("by") for t in clause.tokens)


def _outside(clause: Clause, trigger: Token, *, analyst: bool) -> bool:
    """ "We expect", "Analysts expect": the clause's own words before "expect" name nobody of the watchlists."""
    for token in clause.tokens:
        if token.has("expect") and analyst:
            return True
        if token.has("expect"):
            return token.index == 0 or any(
                not t.has("and", "boundary", "adverb") and t.kind != "mark"
                for t in clause.tokens
                if t.index < token.index
            )
        if token.kind == "name" or (token.has("pronoun") and not token.has("person")) or token.index >= trigger.index:
            return False
    return True


def _denied(
    scene: Scene,
    clause: Clause,
    trigger: Token,
    figure: Token | None,
    speech: Speech | None,
    *,
    part: tuple[int, int],
    metric: str,
) -> str:
    if speech is not None and speech.kind == "deny":
        return "what a denial denies"
    if not scene.cues & _DENYING:
        return ""
    if any(t.has("deny") and t.verb for t in clause.tokens if t.index < trigger.index):
        return "what a denial denies"
    start, end = part
    words = scene.row[start:end]
    at = figure.index if figure is not None else trigger.index
    if any(t.has("false") for t in clause.tokens if t.index > at):
        return "called untrue"
    if any(t.has("false") for t in words) and any(t.has("rumour", "that") or t.speech is not None for t in words):
        return "called untrue"
    if any(t.has("false") for t in scene.row[end:]) and any(t.has("told") for t in scene.row[end:]):
        return "called untrue"
    if figure is not None and _misreported(scene, clause, start, end):
        return "taken back"
    if figure is not None and _negated_before(scene.row, figure.index):
        return "a figure put aside by not"
    controls = metric in ("export_control", "listed_entities")
    if any(t.has("cancel") and (_off_plan(t, scene.row) if controls else t is not trigger) for t in clause.tokens):
        return "called off"
    above = _interrupted(scene, clause)
    for token in (*above, *clause.tokens):
        if token.has("negation") and token.index < trigger.index and not _bounds(scene.row, token):
            if _in_brackets(scene.row, token):
                continue
            return "" if _not_before(clause, trigger) else "negated"
    return ""


def _off_plan(verb: Token, row: Sequence[Token]) -> bool:
    """ "shelved a plan to license": the plan is dropped, not a control that was in force."""
    return any(
        t.text.lower() in ("plan", "plans", "proposal", "proposals") or t.has("plan")
        for t in row[verb.index + 1 : verb.index + 4]
    )


def _in_brackets(row: Sequence[Token], token: Token) -> bool:
    """ "OpenAI, not yet public, raises ...": between two commas, without a verb."""
    if token.index == 0 or row[token.index - 1].text != ",":
        return False
    after = next((t for t in row[token.index + 1 :] if t.text == "," or t.verb), None)
    return after is not None and after.text == ","


def _not_before(clause: Clause, trigger: Token) -> bool:
    """ "will not unveil it before 2028": put off, not denied."""
    ahead = any(t.has("future", "would") for t in clause.tokens if t.index < trigger.index)
    return ahead and any(t.period is not None and t.text.lower().startswith(("before", "until")) for t in clause.tokens)


def _misreported(scene: Scene, clause: Clause, start: int, end: int) -> bool:
    """ "wrongly gave 41,000"; in a correction: "a report gave 29.5 million"."""
    if any(t.has("misreported") for t in clause.tokens):
        return not any(t.has("negation") for t in clause.tokens)
    return (
        scene.correction
        and any(t.has("report") and not t.verb for t in scene.row[start:end])
        and not any(t.has("negation") for t in scene.row[start:end])
    )


def _interrupted(scene: Scene, clause: Clause) -> Sequence[Token]:
    """The clause before, where only its auxiliary has come so far: "has not, contrary to a claim, taken"."""
    for before in reversed([c for c in scene.clauses if clause.number - 2 <= c.number < clause.number]):
        verbs = [t for t in before.tokens if t.verb]
        if verbs and all(t.has("aux", "future", "be") for t in verbs):
            return before.tokens
    return ()


def _negated_before(row: Sequence[Token], index: int) -> bool:
    for token in reversed(row[max(0, index - 6) : index]):
        if token.has("negation") and not _bounds(row, token):
            return token.text.lower() == "not"
        if token.verb or (token.kind == "mark" and token.text != ",") or token.kind == "figure":
            return False
    return False


def _bounds(row: Sequence[Token], token: Token) -> bool:
    """ "no more than", "not only", "will not exceed": part of a bound or of an emphasis, not a denial."""
    after = row[token.index + 1] if token.index + 1 < len(row) else None
    return after is not None and (after.text.lower() in ("only", "more", "less", "fewer", "exceed", "just"))


def _conditional(scene: Scene, clause: Clause, cues: frozenset[str], start: int, end: int) -> bool:
    if clause.mode == "if" or not cues & {"future", "would", "may", "plan", "to", "likely"}:
        return False
    if "would" in cues and start and scene.row[start].text.lower() in ("with", "without", "otherwise", "failing"):
        return True
    return any(c.mode == "if" and start <= c.tokens[0].index < end for c in scene.clauses)
