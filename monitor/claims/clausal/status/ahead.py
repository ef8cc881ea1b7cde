"""What lies ahead, is being built or is told of the past, read from a clause's verb and its periods."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.claims.clausal.when import falls_due, of_comparison

if TYPE_CHECKING:
    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.clausal.scene import Scene
    from monitor.claims.period import Period
    from monitor.claims.tokens import Token

_BUILDING = frozenset(
    {
        "building",
        "constructing",
        "erecting",
        "adding",
        "installing",
        "putting up",
        "setting up",
        "creating",
        "preparing",
    }
)
_LIFTING = frozenset(
    {
        "lifting",
        "raising",
        "increasing",
        "expanding",
        "boosting",
        "upsizing",
        "enlarging",
        "doubling",
        "closing",
        "seeking",
    }
)
_BY_NOW = frozenset({"now", "currently", "already", "today"})


def going_up(clause: Clause, noun: Token) -> bool:
    """ "is building capacity of 60,000 wafers a month", "is adding room for": not there yet."""
    before = [t for t in clause.tokens if t.index < noun.index]
    return any(
        one.has("be") and two.text.lower() in _BUILDING
        for one, two in pairwise(t for t in before if not t.has("adverb"))
    )


def grows_round(clause: Clause, noun: Token) -> bool:
    """ "is lifting its funding round to $20bn": not closed yet."""
    before = [t for t in clause.tokens if t.index < noun.index]
    return any(
        one.has("be") and two.text.lower() in _LIFTING
        for one, two in pairwise(t for t in before if not t.has("adverb"))
    )


def by_now(clause: Clause, trigger: Token) -> bool:
    """ "said it could now make": what somebody says that he can do, not what may be."""
    return any(t.text.lower() in _BY_NOW and t.index <= trigger.index for t in clause.tokens)


def raises(clause: Clause, figure: Token, year: int) -> bool:
    """ "Micron lifts capex to $25bn": a budget, unless its year is over."""
    verb = clause.verb
    if verb is None or not verb.has("rise", "fall") or not verb.text.lower().endswith("s") or figure.figure is None:
        return False
    years = [int(v[:4]) for t in clause.tokens if t.period and (v := t.period.value or "")[:4].isdigit()]
    return figure.figure.lead == "to" and not any(y < year for y in years)


def tells_past(clause: Clause) -> bool:
    """Whether a clause tells of the past, whoever then forecasts beside it: "stood at 40,000 ..., X predicts"."""
    verb = clause.verb
    return verb is not None and (verb.has("past") or verb.text.lower().endswith("ed"))


def before_future(clause: Clause, scene: Scene) -> bool:
    """ "cost $310 in the spring and will drop to $250": what stands before is told of the time before."""
    after = next((c for c in scene.clauses if c.tokens[0].index > clause.tokens[-1].index), None)
    if after is None or clause.verb is None or not after.tokens[0].has("and", "boundary"):
        return False
    opening = [t for t in after.tokens[1:4] if not t.has("adverb")]
    return clause.mode == "main" and bool(opening) and opening[0].has("future", "likely")


def lies_ahead(clause: Clause, figure: Token, scene: Scene, *, sets: bool) -> bool:
    """Whether the period beside the figure begins after the article's year, or in it for "put its spending at"."""
    if not scene.year:
        return False
    years = [
        (abs(t.index - figure.index), int(year_of(t.period))) for t in clause.tokens
        if t.period and t.period.role in ("in", "by") and year_of(t.period).isdigit() and _settled(t.period)
        if not (falls_due(t, scene.row) or of_comparison(t, scene.row))
    ]  # fmt: skip
    if years and tells_past(clause) and any(t.period and _fiscal(t.period) for t in clause.tokens):
        return False  # "had revenue of $7 billion in the first quarter of fiscal 2024", told in 2023
    due = clause.verb is None and any(t.period and t.period.role == "by" for t in clause.tokens)
    return bool(years) and min(years)[1] >= scene.year + (not sets and not due)


def year_of(period: Period) -> str:
    return (period.value or "").removeprefix("../").removeprefix("FY")[:4]


def _fiscal(period: Period) -> bool:
    return period.rule.startswith("fiscal") or (period.value or "").startswith("FY")


def _settled(period: Period) -> bool:
    return period.year is not None or period.shift is not None or period.year_shift is not None


def headline_participle(clause: Clause, trigger: Token) -> bool:
    """ "Cambricon raising up to 4 bln yuan": under way, without a finite verb."""
    before = [t for t in clause.tokens if t.index < trigger.index]
    return trigger.text.lower().endswith("ing") and bool(before) and all(t.kind == "name" for t in before)
