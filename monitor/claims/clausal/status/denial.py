"""What a sentence says is not so: negated, denied, called untrue, called off, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.clausal.status.disavowal import disavowed
from monitor.claims.rejoinder import untruth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.clausal.scene import Scene
    from monitor.claims.speech import Speech
    from monitor.claims.tokens import Token

_DENYING = frozenset(
    {"deny", "false", "misreported", "negation", "cancel", "report", "class:disownword", "class:annulword"}
)


def denial(
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
    if _called_untrue(scene, clause, trigger, figure, part):
        return "called untrue"
    if "class:disownword" in scene.cues and disavowed(scene.row, (figure or trigger).index, part):
        return "taken back with its paper"
    if figure is not None and _misreported(scene, clause, *part):
        return "taken back"
    if figure is not None and _negated_before(scene.row, figure.index):
        return "a figure put aside by not"
    if figure is None and _of_none(scene.row, trigger):
        return "negated"
    controls = metric in ("export_control", "listed_entities")
    off = [t for t in clause.tokens if t.has("cancel") and (_off_plan(t, scene.row) if controls else t is not trigger)]
    if off:
        return "" if negated_verb(off[0], scene.row) else "called off"
    if metric in ("penalty", "tariff") and any(_annulled(t, trigger, scene.row) for t in clause.tokens):
        return "annulled"
    upto = figure.index if figure is not None and trigger.has("aux") else trigger.index  # "has not reached 10%"
    above = _interrupted(scene, clause)
    for token in (*above, *clause.tokens):
        reached = token.index < upto or (figure is not None and _of_verb(token, clause, trigger, figure))
        if token.has("negation") and reached and not _bounds(scene.row, token):
            if _in_brackets(scene.row, token) or (figure is not None and _contrasted(scene.row, token, figure)):
                continue
            return "" if _not_before(clause, trigger) else "negated"
    return ""


def _annulled(verb: Token, noun: Token, row: Sequence[Token]) -> bool:
    """ "annulled a fine of", "the fine was overturned"; not past a comma: "after judges struck it down, it plans"."""
    if not verb.has("class:annulword"):
        return False
    between = row[min(verb.index, noun.index) + 1 : max(verb.index, noun.index)]
    return not any(t.text in (",", ";") for t in between)


def _of_none(row: Sequence[Token], verb: Token) -> bool:
    """ "has issued no licence", "will launch no chip of the kind": the "no" before its object."""
    after = row[verb.index + 1 : verb.index + 3]
    return verb.verb and len(after) > 1 and after[0].text.lower() == "no" and not _bounds(row, after[0])


def _called_untrue(scene: Scene, clause: Clause, trigger: Token, figure: Token | None, part: tuple[int, int]) -> bool:
    """Behind the figure, in a part that tells a rumour or what is said, or behind it of what was told."""
    words, behind = scene.row[part[0] : part[1]], scene.row[part[1] :]
    at = figure.index if figure is not None else trigger.index
    if any(untruth(t, scene.row) for t in clause.tokens if t.index > at):
        return True
    reported = any(t.has("rumour", "that") or t.speech is not None for t in words)
    if reported and any(untruth(t, scene.row) and t is not trigger and not _put_right(scene.row, t, at) for t in words):
        return True
    return any(untruth(t, scene.row) for t in behind) and any(t.has("told") for t in behind)


def _put_right(row: Sequence[Token], false: Token, at: int) -> bool:
    """ "was mistaken: the part reaches 40": what stands behind the colon is so."""
    return false.index < at and any(t.text in (":", "—") for t in row[false.index : at])


def negated_verb(verb: Token, row: Sequence[Token]) -> bool:
    """ "has not withdrawn its application": it stands."""
    return any(t.has("negation") for t in row[max(0, verb.index - 3) : verb.index] if t.clause == verb.clause)


def _off_plan(verb: Token, row: Sequence[Token]) -> bool:
    """ "shelved a plan to license": the plan is dropped, not a control that was in force."""
    named = verb.text.lower().endswith(("plan", "plans", "proposal", "proposals"))  # "dropped a plan"
    return named or any(
        t.text.lower() in ("plan", "plans", "proposal", "proposals") or t.has("plan")
        for t in row[verb.index + 1 : verb.index + 4]
    )


def _in_brackets(row: Sequence[Token], token: Token) -> bool:
    """ "OpenAI, not yet public, raises ...": between two commas, without a verb."""
    if token.index == 0 or row[token.index - 1].text != ",":
        return False
    after = next((t for t in row[token.index + 1 :] if t.text == "," or t.verb), None)
    return after is not None and after.text == ","


def _contrasted(row: Sequence[Token], negation: Token, figure: Token) -> bool:
    """ "not made at 5nm but at 7nm": another figure stands between the "not" and the "but"."""
    but = next((t.index for t in row[negation.index : figure.index] if t.text.lower() == "but"), None)
    return but is not None and any(t.kind == "figure" for t in row[negation.index : but])


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
        and any(t.has("report") and not t.verb and t.speech is None for t in scene.row[start:end])
        and not any(t.has("negation") for t in scene.row[start:end])
    )


def _interrupted(scene: Scene, clause: Clause) -> Sequence[Token]:
    """The clause before, where only its auxiliary has come so far: "has not, contrary to a claim, taken"."""
    for before in reversed([c for c in scene.clauses if clause.number - 2 <= c.number < clause.number]):
        verbs = [t for t in before.tokens if t.verb]
        if verbs and _broken_off(before) and all(t.has("aux", "future", "be") for t in verbs):
            return before.tokens
    return ()


def _of_verb(negation: Token, clause: Clause, noun: Token, figure: Token) -> bool:
    """ "Sales have not reached $30 billion": between a noun that is subject and its figure, beside the verb."""
    verb = clause.verb
    if verb is None or noun.verb or not noun.index < verb.index < figure.index:
        return False
    return verb.index <= negation.index <= verb.index + 1


def _broken_off(clause: Clause) -> bool:
    """Whether a comma, or nothing, follows the verb and its "not": "has not, contrary to a claim, taken"."""
    words = [t for t in clause.tokens if not t.has("adverb")]
    last = max((i for i, t in enumerate(words) if t.verb or t.has("negation")), default=-1)
    return last + 1 >= len(words) or words[last + 1].text == ","


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
