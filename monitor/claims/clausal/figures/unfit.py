"""Figures that are no figures of a claim, by what stands around them or by their size."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.claims.clausal.figures.barring import lost_sales
from monitor.claims.clausal.surroundings import like_model
from monitor.claims.metrics import CEILING, COUNTS, FEWEST, FLOOR, SINGLY, TOTALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.frames import Bond
    from monitor.claims.tokens import Token


_PRICED = ("class:chipword", "class:singleword", "product_pronoun")
"""Words for what can have a price of ours."""
_PERCENT = re.compile(r"\d|per ?cent", re.IGNORECASE)
"""What a fraction of somebody else's figure is not told in."""

_HOLDING = frozenset({"supporting", "supports", "support", "featuring", "features"})
_FORMER = frozenset({"prior", "previous", "earlier", "initial", "former", "original"})
_OUTLOOKS = frozenset({"outlook", "guidance", "forecast", "estimate", "target", "range", "projection", "view"})
"""What a company expected before: "revised from its prior outlook of"."""
_SINGLE = re.compile(r"(?i)\b(scanner|stepper|lithography (machine|system|tool)|supercomputer)s?$")
"""Machines of which a few are news, counted within the words of a figure."""


def unfit(figure: Token, row: Sequence[Token]) -> str:
    """Why a figure can make no claim, whatever holds it; empty if it can."""
    quantity = figure.figure
    if quantity is None:
        return "no figure"
    if quantity.vague:
        return "a vague magnitude"
    if quantity.conversion:
        return "a conversion into another currency"
    before = row[max(0, figure.index - 9) : figure.index]
    if (
        _beaten(figure, row)
        or _margin(figure, row)
        or any(t.has("hadexpected") and t.clause == figure.clause for t in before)
    ):
        return "what others had expected"
    noun = row[figure.index + 1] if figure.index + 1 < len(row) else None
    if noun is not None and lost_sales(noun, row):
        return "turnover that is gone"
    if any(t.has("tolerance") for t in row[max(0, figure.index - 2) : figure.index]):
        return "a tolerance"
    things = quantity.kind == "count" and quantity.unit == "units"
    if not things and any(t.has("employs") and t.clause == figure.clause for t in before[-4:]):
        return "people"
    if _of_another(figure, row):
        return "a comparison"
    if quantity.kind == "money" and quantity.lead == "by" and any(t.has("rise", "fall") for t in before):
        return "a change in money"
    if any(
        one.text.lower() in _FORMER
        and (two.has("goal", "plan", "consensus", "estimate") or two.text.lower() in _OUTLOOKS)
        for one, two in pairwise(before[-6:])
    ):
        return "an earlier outlook"
    together = any(
        t.text.lower() == "together" and any(u.kind == "figure" for u in row[max(0, t.index - 4) : t.index])
        for t in before
    )
    if together or (quantity.kind == "percent" and _across(figure, row)):
        return "a sum for several companies together"
    if quantity.kind in ("bare", "count") and before and before[-1].text.lower() in _HOLDING:
        return "what a system holds"
    if quantity.kind == "bare" and before and before[-1].text.lower().split()[-1] == "number":
        return "a rank"
    if quantity.kind == "money" and any(t.text.lower() == "combined" for t in before[-4:]):
        return "a sum for several companies together"
    if quantity.kind == "money" and _of_whole_sum(figure, row):
        return "a whole of which the figure before is a part"
    if quantity.kind == "money" and quantity.bound == "at_least" and _class_of(figure, row):
        return "what belongs to a class"
    if row[0].text.lower() == "the last time" or [t.text.lower() for t in row[:3]] == ["the", "last", "time"]:
        return "history"
    if quantity.kind in ("money", "count") and _joint_sum(row[figure.index + 1 : figure.index + 8]):
        return "a sum for several companies together"
    if quantity.kind == "percent" and quantity.per is not None and quantity.per != "year":
        return "a rate of change"
    if quantity.kind == "money" and any(t.figure is not None and t.figure.noun == "share" for t in before):
        return "what shares were sold for"
    if quantity.kind == "money" and _per_case(figure, row):
        return "money for each case"
    if (
        quantity.kind == "bare"
        and figure.text.isdigit()
        and 1990 <= quantity.value <= 2060
        and quantity.value == int(quantity.value)
    ):
        return "a year"
    if quantity.kind == "bare" and quantity.value < 10_000 and (_numbered(figure, row) or _of_name(figure, row)):
        return "a model number"
    return ""


def _of_another(figure: Token, row: Sequence[Token]) -> bool:
    """ "a third of TSMC's", "half of that": a fraction of somebody else's figure, not of a whole."""
    quantity = figure.figure
    if quantity is None or quantity.kind != "percent" or _PERCENT.search(figure.text):
        return False
    after = row[figure.index + 1 : figure.index + 3]
    return (
        len(after) == 2
        and after[0].has("of")
        and ((after[1].kind == "name" and after[1].possessive) or after[1].text.lower() in ("that", "those", "what"))
        and not any(t.has("class:dieword") for t in row[figure.index + 3 : figure.index + 8])
        and not any(t.has("class:marketword") for t in row[figure.index + 3 : figure.index + 8])
    )


def _class_of(figure: Token, row: Sequence[Token]) -> bool:
    """ "the biggest first-day pop for an IPO of more than $1 billion", "among IPOs larger than $1 billion"."""
    before = row[max(0, figure.index - 6) : figure.index]
    ranked = any(t.text.lower().endswith("est") or t.text.lower() == "among" for t in row[: figure.index])
    return ranked and any(one.has("for") and two.text.lower() in ("a", "an") for one, two in pairwise(before))


def _across(figure: Token, row: Sequence[Token]) -> bool:
    """ "by 55% to 60% across the industry": everybody's."""
    after = [t.text.lower() for t in row[figure.index + 1 : figure.index + 4]]
    return after[:1] == ["across"] and bool({"industry", "board", "market", "sector"} & set(after))


def _of_whole_sum(figure: Token, row: Sequence[Token]) -> bool:
    """ "committing $5.7 billion of its intended $8.9 billion"."""
    at = figure.index - 1
    while at > 1 and row[at].kind in ("word", "phrase") and not row[at].has("possessive", "determiner", "prep"):
        at -= 1
    if at < 2 or not row[at].has("possessive", "determiner") or not row[at - 1].has("of"):
        return False
    part = row[at - 2].figure
    return part is not None and part.kind == "money"


def _joint_sum(after: Sequence[Token]) -> bool:
    """ "$90bn for the three taken together"."""
    for token in after:
        if token.has("class:sumword"):
            return True
        if token.verb or token.kind in ("mark", "name"):
            return False
    return False


def _per_case(figure: Token, row: Sequence[Token]) -> bool:
    """ "$5,000 per violation": a rate that no metric has."""
    after = row[figure.index + 1 : figure.index + 3]
    return len(after) == 2 and after[0].text.lower() in ("per", "an", "a") and after[1].has("class:percase")


def implausible(metric: str, bond: Bond, clause: Clause, thing: str | None) -> str:
    """Figures too small or too large for what they would be."""
    quantity = bond.figure.figure
    if quantity is None:
        return ""
    money = quantity.kind == "money"
    if metric in COUNTS and quantity.value != int(quantity.value):
        return "a fraction of a piece"
    if metric in COUNTS and not quantity.value and quantity.value_max is None:
        return "nothing"
    if metric == "yield" and thing is None and _asked_of_all(clause):
        return "what chips in general need"
    if metric in TOTALS and money and abs(quantity.value) < FLOOR:
        return "too little money for a total"
    if metric == "penalty" and quantity.each:
        return "a penalty for each case"
    if metric == "price" and quantity.value > CEILING:
        return "too much money for one unit"
    priced = clause.tokens if clause.shares is None else [*clause.shares.tokens, *clause.tokens]
    if metric == "price" and thing is None and not any(t.has(*_PRICED) or like_model(t.text) for t in priced):
        return "the price of something else"
    if (
        metric in COUNTS
        and quantity.kind == "count"
        and quantity.unit == "units"
        and quantity.value < FEWEST
        and thing not in SINGLY
        and not _SINGLE.search(bond.figure.text)
        and not any(t.has("class:singleword") for t in clause.tokens if 0 < t.index - bond.figure.index <= 5)
    ):
        return "too few units to be news"
    return ""


def _asked_of_all(clause: Clause) -> bool:
    """ "For chips to be viable, yields must exceed 70%"."""
    needs = any(
        t.text.lower() in ("must", "need", "needs", "require", "requires", "need to", "needs to") for t in clause.tokens
    )
    return needs and not any(t.kind == "name" or t.has("pronoun", "possessive") for t in clause.tokens)


def _of_name(figure: Token, row: Sequence[Token]) -> bool:
    """ "RTX 3060", "Nvidia 595": digits without a comma right after a name."""
    before = row[figure.index - 1] if figure.index else None
    plain = figure.text.isdigit()
    return (
        plain
        and before is not None
        and before.capital
        and before.kind in ("word", "name")
        and before.end + 1 == figure.start
    )


def _beaten(figure: Token, row: Sequence[Token]) -> bool:
    """ "the Street's $1.22 billion consensus", "above what analysts had pencilled in", "below ~$1.9B est."."""
    for token in row[figure.index + 1 : figure.index + 4]:
        if (token.has("consensus") and not token.verb) or token.has("hadexpected"):
            return True
        if token.kind in ("mark", "figure") or token.verb or token.has("than", "beats"):
            break
    for token in row[figure.index + 1 : figure.index + 8]:
        if token.has("relative"):
            awaited = row[token.index + 1 : token.index + 4]
            return any(t.has("analyst", "hadexpected", "consensus") for t in awaited) and any(
                t.text.lower().split()[0] == "had" or t.has("hadexpected") for t in awaited
            )  # "the $16.2 billion in quarterly revenue that analysts had pencilled in"
        if token.kind in ("mark", "figure") or token.verb:
            break
    near = [t for t in row[max(0, figure.index - 3) : figure.index] if t.text != "."]
    if (
        len(near) > 1
        and near[-1].has("consensus")
        and near[-1].text.lower().startswith("est")
        and near[-2].kind == "mark"
    ):
        return True  # "37.6t won, est. 35.1t won"
    if (
        near
        and near[-1].text.lower() in ("expected", "anticipated", "projected")
        and any(t.has("than") for t in near[:-1])
    ):
        return True  # "slightly higher than the expected $13 billion"
    told = False
    for token in reversed(row[max(0, figure.index - 10) : figure.index]):
        if token.kind == "figure" or token.text in (",", ";", "(") or token.has("with"):
            return False
        told = told or token.has("consensus")
        if told and token.has("than", "beats"):
            return True
    return False


def _margin(figure: Token, row: Sequence[Token]) -> bool:
    """ "$50 billion above analysts' expectations": by how much, not how much."""
    after = row[figure.index + 1 : figure.index + 6]
    over = bool(after) and after[0].text.lower() in (
        "above",
        "below",
        "over",
        "under",
        "ahead of",
        "short of",
        "more than",
        "less than",
    )
    return over and any(t.has("analyst", "consensus", "hadexpected", "expect") for t in after[1:])


def _numbered(figure: Token, row: Sequence[Token]) -> bool:
    """ "the 690": a part called by its number."""
    before = row[figure.index - 1] if figure.index else None
    after = row[figure.index + 1] if figure.index + 1 < len(row) else None
    return (
        before is not None
        and before.text.lower() == "the"
        and not (after is not None and (after.has("of", "class:chipword") or after.kind == "name"))
    )
