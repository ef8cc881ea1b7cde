"""Signs of a status in the wording of a clause: a contract, a consensus, a condition, an announcement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.clausal.acts.decrees import in_person
from monitor.claims.clausal.status.ahead import year_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.clausal.scene import Scene
    from monitor.claims.speech import Speech
    from monitor.claims.tokens import Token


def of_years_ahead(figure: Token, scene: Scene) -> bool:
    """ "1.2 million in 2027, after 600,000 in 2026", told in 2025: what comes before may lie ahead too."""
    after = scene.row[figure.index + 1] if figure.index + 1 < len(scene.row) else None
    year = year_of(after.period) if after is not None and after.period is not None else ""
    return year.isdigit() and int(year) > scene.year > 0


def announced(clause: Clause, trigger: Token) -> bool:
    """ "announced a $13 billion investment in Cheongju": money that is pledged."""
    verb = clause.verb
    return verb is not None and verb.has("class:pledgingword") and verb.index < trigger.index


def of_consensus(clause: Clause, figure: Token) -> bool:
    """ "Street consensus sits at $8.8 billion", "with consensus forecasts at $8.9 billion"."""
    before = [t for t in clause.tokens if t.index < figure.index]
    at = next((i for i, t in enumerate(before) if t.has("consensus") and not t.verb), None)
    if at is None or any(t.has("beats", "than") for t in before[:at]):
        return False
    verb = clause.verb
    return any(t.has("with") for t in before[max(0, at - 2) : at]) or (
        verb is not None and before[at].index < verb.index
    )


def is_what_is_expected(after: Sequence[Token]) -> bool:
    """ "… is what Nvidia is expected to report"."""
    cleft = len(after) > 2 and after[0].has("be", "link") and after[1].text.lower() == "what"
    return cleft and any(t.has("expect", "likely") for t in after[2:12])


def by_contract(clause: Clause, row: Sequence[Token]) -> bool:
    """ "a contract under which Anthropic will pay …": signed, whenever it is paid."""
    first = clause.tokens[0].index
    signed = any(t.has("class:contractword") for t in row[max(0, first - 3) : first])
    achieved = not any(t.has("plan", "talks", "future", "would", "may", "if") for t in row[:first])
    return clause.mode == "relative" and signed and achieved


def booked(clause: Clause, noun: Token) -> bool:
    """Whether the clause tells of orders that are in: "has taken", "took", "received"."""
    before = [t for t in clause.tokens if t.index < noun.index]
    return any(t.has("perfect", "past") or (t.verb and t.text.lower().endswith("ed")) for t in before)


def aside_of_subject(clause: Clause, noun: Token) -> bool:
    """ "A design kit for its 2nm process will go to ...": what is to come is not the process."""
    verb = clause.verb
    if noun.verb or verb is None or noun.index > verb.index:
        return False
    before = [t for t in clause.tokens if noun.index - 5 <= t.index < noun.index]
    return any(t.has("prep") and not t.has("of") for t in before)


def told_aside(clause: Clause, speech: Speech, ahead: str | None) -> bool:
    """A "which started ..." within what is expected is told as done."""
    return clause.mode == "relative" and ahead is None and speech.scope[0] < clause.tokens[0].index


def of_pronoun(clause: Clause) -> bool:
    """ "he will set": what a ruler says that he will do is no decree yet."""
    return any(t.text.lower() in ("he", "she", "i") for t in clause.tokens[:3])


def decides(metric: str, ahead: str, speech: Speech | None, rulers: frozenset[str]) -> bool:
    """A control, duty or fine that its own authority announces for the future is decided."""
    if metric == "penalty":
        return speech is None or speech.kind == "say"
    return (
        (metric == "export_control" or (metric == "tariff" and ahead == "future"))
        and speech is not None
        and speech.kind == "say"
        and any(e in rulers for e in speech.entities)
        and not (metric == "tariff" and in_person(speech))
    )


def part_around(row: Sequence[Token], index: int) -> tuple[int, int]:
    start = next((i + 1 for i in range(index - 1, -1, -1) if row[i].text in (";", ".")), 0)
    end = next((i for i in range(index + 1, len(row)) if row[i].text in (";", ".")), len(row))
    return start, end


def conditional(
    scene: Scene, clause: Clause, cues: frozenset[str], start: int, end: int, *, able: bool = False
) -> bool:
    if clause.mode == "if" or not (cues & {"future", "would", "may", "plan", "to", "likely", "able"} or able):
        return False
    if "would" in cues and start and scene.row[start].text.lower() in ("with", "without", "otherwise", "failing"):
        return True
    ifs = [c.tokens[0] for c in scene.clauses if c.mode == "if" and start <= c.tokens[0].index < end]
    if "plan" in cues and "would" not in cues:
        ifs = [t for t in ifs if t.text.lower() != "once"]  # "once the tools are in, it is to make 45,000"
    return bool(ifs)
