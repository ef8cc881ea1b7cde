"""Whose outlook is told: the subject's own, or that of somebody who watches it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.clausal.scene import Scene
    from monitor.claims.speech import Speech
    from monitor.claims.tokens import Token

_ANALYSTS = re.compile(r"(?i)\b(analyst|broker|economist)s?\b")
"""What a figure in a speaker's name counts: "five analysts' forecasts"."""
_VIEWS = frozenset({"estimate", "view", "reckoning", "opinion", "judgment", "judgement", "estimation", "projection"})
_PRESENT = frozenset(
    {
        "go",
        "goes",
        "enter",
        "enters",
        "begin",
        "begins",
        "start",
        "starts",
        "come",
        "comes",
        "hits",
        "reaches",
        "arrives",
        "launches",
        "debuts",
    }
)


_INSIDERS = frozenset({"familiar", "briefed", "close", "involved"})
"""Words behind which a speaker's own words only tell what is known: "people familiar with it"."""


def our_number(clause: Clause, trigger: Token, figure: Token | None) -> bool:
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


def own(speech: Speech, subjects: tuple[str, ...], scene: Scene) -> bool:
    """Whether the subject itself speaks: its name, or a word that stands for it."""
    if any(e in subjects for e in speech.entities):
        return True
    if _about(speech, subjects, scene):
        return False
    if not speech.entities and any(t.has("officer") for t in speech.speaker):
        return not is_analyst(speech)
    if any(t.has("first") for t in speech.speaker):
        return _for_itself(speech, subjects, scene)
    if scene.analyst and speech.kind == "estimate":
        return False
    if any(t.has("person") for t in speech.speaker):
        return any(e in subjects for s in scene.speeches if s.says(speech.speaker[0].index) for e in s.entities)
    if any(t.has("pronoun") for t in speech.speaker) and speech.leading and _names(speech, subjects, scene):
        return False
    until = next((i for i, t in enumerate(speech.speaker) if t.text.lower() in _INSIDERS), len(speech.speaker))
    return any(t.has("pronoun", "possessive") for t in speech.speaker[:until])


def _names(speech: Speech, subjects: tuple[str, ...], scene: Scene) -> bool:
    """ "It sees Hua Hong at 6,000": who is named in what somebody expects is somebody else."""
    said = scene.row[speech.scope[0] : min(speech.scope[1], speech.scope[0] + 3)]
    return any(t.entity in subjects and not t.possessive for t in said if t.entity and t.speech is None)


def _about(speech: Speech, subjects: tuple[str, ...], scene: Scene) -> bool:
    """ "For Samsung it expects …": who expects is not whom it is expected of."""
    first = speech.speaker[0].index if speech.speaker else 0
    before = scene.row[max(0, first - 3) : first]
    named = next((t for t in reversed(before) if t.entity in subjects), None)
    return named is not None and any(t.has("for") for t in before if t.index < named.index)


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
    return speech is not None and any(
        t.has("analyst", "consensus") or t.text == "&" or (t.kind == "figure" and _ANALYSTS.search(t.text))
        for t in speech.speaker
    )


def analyst_leads(scene: Scene) -> bool:
    """Whether the subject of the sentence is a forecaster: "TrendForce put the share at 12% and expects 15%"."""
    first = next((t.index for t in scene.row if t.verb), 0)
    return any(t.has("analyst") or (t.text == "&" and t.kind == "mark") for t in scene.row[:first])


def by_analyst(clause: Clause, row: Sequence[Token]) -> bool:
    """ "is put at 1.2 million by SemiAnalysis"."""
    if any(t.has("analyst") and t.index and row[t.index - 1].has("by") for t in clause.tokens):
        return True
    views = (t for t in clause.tokens if t.index > 2 and t.text.lower() in _VIEWS)
    return any(_viewed(row[max(0, t.index - 4) : t.index]) for t in views)


def _viewed(before: Sequence[Token]) -> bool:
    """Whether somebody's name stands between "in" and a word for what he thinks: "in TrendForce's estimate"."""
    opens = next((i for i, t in enumerate(before) if t.text.lower() == "in"), None)
    return opens is not None and any(t.capital and (t.has("analyst") or t.kind == "word") for t in before[opens + 1 :])


def outside(clause: Clause, trigger: Token, *, analyst: bool) -> bool:
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


def scheduled(metric: str, clause: Clause, year: int) -> bool:
    """ "It goes into volume production next month": the present tense with a time to come."""
    verb = clause.verb
    if metric not in ("mass_production", "launch", "tape_out") or verb is None:
        return False
    if verb.text.lower().split()[0] not in _PRESENT:
        return False
    periods = [t.period for t in clause.tokens if t.period is not None and t.period.role in ("in", "by")]
    return any(
        (p.shift or 0) > 0
        or (p.year or 0) > year > 0
        or (p.rule in ("month", "quarter", "half") and p.year is None and p.shift is None and p.year_shift is None)
        for p in periods
    )


def heads_ours(row: Sequence[Token], figure: Token) -> bool:
    """ "What we assume for EUV shipments: 52 in 2026": a broker's own figures behind the colon."""
    colon = next((t.index for t in reversed(row[: figure.index]) if t.text == ":"), None)
    before = row[max(0, colon - 12) : colon] if colon is not None else ()
    return any(t.has("ours") or (t.has("first") and row[t.index + 1].has("estimate", "expect")) for t in before)
