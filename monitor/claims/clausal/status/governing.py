"""Which cues of a clause govern what its trigger tells: those of the verb group, not those of the words beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.metrics import COUNTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.clausal.scene import Scene
    from monitor.claims.tokens import Token

_KEEPS = frozenset({"keeping", "fulfilling", "honouring", "honoring", "meeting", "making", "delivering", "redeeming"})
_DONE = ("ed", "sold", "made", "built", "sent")
""" Endings of participles that tell of what has been done."""


PLANS = frozenset({"plan", "plans", "budget", "programme", "program", "schedule", "ceiling", "envelope"})
"""What is raised or cut before it is spent or made."""


def governing(clause: Clause, trigger: Token, figure: Token | None, scene: Scene, metric: str) -> frozenset[str]:
    """Cues of the verb group around the trigger: what stands in the clause before the trigger or the figure."""
    found: set[str] = set()
    if clause.mode == "content" and clause.parent is not None:
        found |= {c for t in clause.parent.tokens for c in t.cues & {"plan"}}
    if metric == "export_control" and clause.mode == "relative" and clause.parent is not None and _binds(clause):
        before = [t for t in clause.parent.tokens if t.index < clause.tokens[0].index]
        found |= {"plan" for t in before if t.has("plan", "class:draftword")}
    found |= _heading(clause, scene.row) | _has_done(clause, trigger, scene)
    found |= _plan_moved(clause, figure, scene.row)
    limit = max(trigger.index, figure.index if figure else 0)
    verb = clause.verb
    infinitive = verb is not None and verb.index > 0 and scene.row[verb.index - 1].has("to")
    if figure is not None and not trigger.verb and verb is not None and limit < verb.index and not infinitive:
        limit = verb.index + 1
    if figure is None and not trigger.verb:
        limit = clause.tokens[-1].index
    for token in clause.tokens:
        if token.index > limit:
            break
        if figure is None and token.text == "," and token.index > trigger.index and _verb_after(clause, token):
            break  # "confirms a tape-out, sees sales rising"
        if figure is None and _kept(token, trigger, scene.row):
            break
        if figure is not None and _counted_behind(token, figure, trigger):
            continue
        if token is trigger and (metric == "price" or not token.has("plan", "goal", "likely", "may")):
            continue
        if token.has("goal") and figure is not None and _beaten(clause, token, figure):
            continue
        if token.has("late") and figure is not None and token.index + 1 == figure.index:
            continue  # "slipped to 4.5%"
        if token.has("to") and not _headline_infinitive(clause, token, scene.row, title=scene.title):
            continue
        if token.text == "," and trigger.verb and token.index < trigger.index and trigger.text.endswith(("s", "ed")):
            found.clear()
        if token.text == "," and _subject_follows(clause, token):
            found -= {"late", "plan", "goal"}
        apart = token.has("apart") and token.index < trigger.index and not trigger.verb and metric != "ipo"
        if apart and not _talked_about(clause, token):
            found.clear()
        if token.has("to") and token.index + 1 == trigger.index and metric in COUNTS and _agreed(scene.row, token):
            found.add("plan")
        found |= token.cues
    return frozenset(found)


def _plan_moved(clause: Clause, figure: Token | None, row: Sequence[Token]) -> set[str]:
    """ "lifted its plan for 2026 to about $200 billion": the figure is what is planned now."""
    if figure is None or figure.figure is None or figure.figure.lead != "to":
        return set()
    before = [t for t in clause.tokens if t.index < figure.index]
    if not any(t.verb for t in before):
        before = _above(clause, row)
    moved = next((t.index for t in before if t.has("rise", "fall", "sets") and t.verb), None)
    planned = moved is not None and any(t.text.lower() in PLANS for t in before if t.index > moved)
    return {"plan"} if planned else set()


def _beaten(clause: Clause, goal: Token, figure: Token) -> bool:
    """ "beat its own guidance with sales of $13.6bn": what was aimed at is past."""
    beats = any(t.has("beats") and t.verb and 0 < goal.index - t.index <= 4 for t in clause.tokens)
    return beats and any(t.has("with") for t in clause.tokens if goal.index < t.index < figure.index)


def _above(clause: Clause, row: Sequence[Token]) -> list[Token]:
    """What stands before a colon, where a clause without a verb follows: "raised their plans: Alphabet to ..."."""
    colon = next((t.index for t in reversed(row[: clause.tokens[0].index + 1]) if t.text == ":"), 0)
    return list(row[:colon])


def _binds(clause: Clause) -> bool:
    """ "is preparing a rule under which engineers would need a licence": what the rule, once made, will do."""
    return any(t.has("would", "future", "may") for t in clause.tokens)


def _talked_about(clause: Clause, preposition: Token) -> bool:
    """ "negotiates with Google over a deal", unlike "plans to hire after a deal"."""
    return preposition.has("topic") and any(t.has("talks") for t in clause.tokens if t.index < preposition.index)


def _headline_infinitive(clause: Clause, to: Token, row: Sequence[Token], *, title: bool) -> bool:
    """ "Qualcomm to buy", "chip to enter mass production": no finite verb before the "to"."""
    after = row[to.index + 1] if to.index + 1 < len(row) else None
    if after is None or after.has("aux"):
        return False
    changes = after.figure is not None and after.figure.kind == "multiple"
    if not (after.verb or changes or (after.kind == "word" and title)):
        return False
    if row[to.index - 1].text.lower() == "first":
        return False  # "among the first to unveil": done
    return to.index > 0 and not any(
        t.verb or (t.kind == "mark" and t.text != ",") or t.has("permission", "plan")
        for t in clause.tokens
        if t.index < to.index
    )


def _kept(comma: Token, trigger: Token, row: Sequence[Token]) -> bool:
    """ "has begun volume production, keeping a promise": what is done has been promised before."""
    after = row[comma.index + 1] if comma.index + 1 < len(row) else None
    opens = comma.text == "," and comma.index > trigger.index and after is not None
    return opens and after is not None and after.text.lower() in _KEEPS


def _counted_behind(token: Token, figure: Token, trigger: Token) -> bool:
    """ "points to about 310,000 parts delivered so far": a count, unlike what guidance points to."""
    points = token.has("plan") and token.text.lower().startswith("point") and token.index < figure.index
    return points and trigger.verb and trigger.index > figure.index and trigger.text.lower().endswith(_DONE)


def _verb_after(clause: Clause, comma: Token) -> bool:
    return any(t.verb for t in clause.tokens if t.index == comma.index + 1)


def _subject_follows(clause: Clause, comma: Token) -> bool:
    """ "Held back by yields, Hygon sold": what stands before the first subject is no plan of its verb."""
    before = [t for t in clause.tokens if t.index < comma.index]
    after = next((t for t in clause.tokens if t.index > comma.index), None)
    leads = bool(before) and before[0].text.lower().endswith(("ed", "ing", "back")) and before[0].kind != "name"
    return leads and after is not None and (after.kind == "name" or after.has("pronoun", "role"))


def _heading(clause: Clause, row: Sequence[Token]) -> set[str]:
    """ "Q2 guide: revenue of ~$7bn": what stands before the colon without a verb holds for what follows."""
    first = clause.tokens[0].index
    if first == 0 or row[first - 1].text != ":":
        return set()
    before = row[max(0, first - 7) : first - 1]
    return (
        set()
        if any(t.verb and not t.has("goal") for t in before)
        else {c for t in before for c in t.cues & {"goal", "plan"}}
    )


def _has_done(clause: Clause, trigger: Token, scene: Scene) -> set[str]:
    """ "intends to have the chip, its third, made at 2nm": what stands before the aside governs the participle."""
    if trigger is not clause.tokens[0] or clause.mode != "main" or trigger.index == 0:
        return set()
    before = next((c for c in reversed(scene.clauses) if c.tokens[0].index < trigger.index), None)
    verbs = [t for t in before.tokens if t.verb] if before is not None else []
    if not verbs or verbs[-1].text.lower() != "have" or scene.row[trigger.index - 1].text != ",":
        return set()
    return {c for t in verbs for c in t.cues & {"plan", "future", "would", "may", "likely", "goal"}}


def _agreed(row: Sequence[Token], to: Token) -> bool:
    """ "a deal to sell a million chips": agreed, not yet done."""
    return to.index > 0 and row[to.index - 1].has("class:contractword")
