"""Which word holds a figure: binds every figure of a sentence to the trigger that governs it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.clausal.figures.barring import (
    able,
    beyond_price,
    helps,
    in_a_box,
    in_head,
    lost_sales,
    no_share,
    no_total,
    of_noun,
    of_whole,
    on_it,
    permitted,
    reduced,
    slight,
    turnover,
    worth_of_contract,
)
from monitor.claims.clausal.surroundings import NOT_NOUNS, allowed, modifies_noun
from monitor.claims.frames import Bond, figure_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.lexicon import Entry
    from monitor.claims.tokens import Token
    from monitor.claims.world import World

_LINKING = frozenset({"of", "in", "for", "worth"})
_AUXILIARY = frozenset({"aux", "be", "future", "would", "may", "plan", "link", "begin"})
_TELLING = frozenset({"intoname", "oncompany", "chipsof", "suminvested", "offenceword", "penaltyobject"})
"""What, where an entry asks for it and it is there, leaves little doubt."""
_REACH_AFTER = 6
MOST_COST = 24
"""Beyond it a word and a figure of one clause have nothing to do with each other."""


def bind(figure: Token, clause: Clause, row: Sequence[Token], world: World) -> Bond | None:
    """The cheapest bond between a figure and a word of its clause that can hold it."""
    kind = figure_kind(figure)
    best: Bond | None = None
    for token in _holders(clause, row):
        if not token.entries or token.speech is not None or token.kind == "figure":
            continue
        if not token.verb and token.text.lower() == "close" and token.index and row[token.index - 1].text == "s":
            continue  # "at Thursday's close"
        if of_noun(token, row):
            continue
        if token.verb and (permitted(token, row) or reduced(token, clause, row) or helps(token, row)):
            continue
        for entry in token.entries:
            if (
                not (kind in entry.fits or no_share(figure, entry))
                or (kind == "bare" and slight(figure, entry, row, world))
                or no_total(figure, entry)
                or (entry.metric == "profit" and lost_sales(token, row))
                or in_a_box(figure, entry, row)
                or (entry.metric == "price" and (turnover(figure, token) or beyond_price(figure)))
                or not allowed(entry, token, clause, world)
            ):
                continue
            if entry.metric == "market_share" and entry.pos == "verb" and not of_whole(figure, row, entry):
                continue
            if entry.pos == "noun" and token.index < figure.index and modifies_noun(token, row):
                continue
            if entry.metric == "deployment" and entry.pos == "noun" and in_head(token, figure, clause):
                continue
            if entry.metric == "process_node" and entry.pos == "noun" and on_it(clause, figure):
                continue
            if entry.metric == "revenue" and entry.pos == "noun" and worth_of_contract(figure, row):
                continue
            if entry.pos == "trap" and not _traps(figure, token, clause, row):
                continue
            bond = _bond(figure, token, entry, row)
            if (
                bond is not None
                and entry.metric == "production"
                and able(clause, token)
                and figure.figure
                and figure.figure.per
            ):
                bond = replace(bond, entry=replace(entry, metric="capacity", id=f"capacity/{entry.id}"))
            if bond is not None and bond.cost <= MOST_COST and (best is None or bond.cost < best.cost):
                best = bond
    return best


def _holders(clause: Clause, row: Sequence[Token]) -> Sequence[Token]:
    """The words that may hold a figure of a clause; of "capex, which was $9bn" also the noun that "which" is."""
    first = clause.tokens[0]
    if clause.mode != "relative" or first.text.lower() not in ("which", "that") or first.index < 2:
        return clause.tokens
    verb = clause.verb
    states = verb is not None and (verb.has("be", "link", "aux") or verb.text.lower().startswith(("is ", "was ")))
    for before in reversed(row[max(0, first.index - 7) : first.index]):
        if before.kind == "phrase" and any(e.pos == "noun" and e.metric for e in before.entries):
            return [before, *clause.tokens]
        if before.verb or before.kind == "figure" or not (states or before.text == ","):
            break  # "its sales in the country, which had come to": past what only says where
    return clause.tokens


def _traps(figure: Token, trap: Token, clause: Clause, row: Sequence[Token]) -> bool:
    """A trap holds figures as the subject of its clause, where there is no verb, or right beside the figure."""
    verb = clause.verb
    if 0 < trap.index - figure.index <= 3:
        return True
    between = row[trap.index + 1 : figure.index]
    beside = trap.index < figure.index and (not between or (len(between) == 1 and between[0].has("of")))
    if beside and not trap.text.lower().endswith("share"):
        return True  # "a gross margin of 18% to 20%"
    if verb is None:
        return True
    if trap.index > verb.index or _before_subject(row[trap.index + 1 : verb.index]):
        return False
    if any(t.has("of") for t in row[max(0, trap.index - 2) : trap.index]):
        return False  # "an offer of old shares values the lab at"
    past = [t for t in between if t.index > verb.index]
    told = figure_kind(figure) == "money" and any(t.has("on") for t in past)  # "shares jump 8% on a $3bn deal"
    return not told and not any(t.has("apart", "boundary") for t in past)


def _before_subject(between: Sequence[Token]) -> bool:
    """ "Short of memory, Cambricon will ...": the subject comes behind the comma."""
    comma = next((i for i in range(len(between) - 1, -1, -1) if between[i].text == ","), None)
    return comma is not None and any(
        t.kind == "name" or t.has("pronoun", "possessive", "role") for t in between[comma + 1 :] if t.speech is None
    )


def _bond(figure: Token, trigger: Token, entry: Entry, row: Sequence[Token]) -> Bond | None:
    if trigger.index < figure.index:
        if entry.pos == "adjunct":
            return None
        cost = (
            _distance(row, trigger.index, figure.index)
            + 15 * _apposed(trigger, row)
            - bool(entry.object)
            - 2 * bool(entry.object & _TELLING)
            - 3 * (entry.metric == "valuation" and trigger.verb and trigger.index + 1 == figure.index)
        )
        if entry.pos == "verb" and _of_other_noun(figure, row) and "sliceword" not in entry.object:
            return None
        return Bond(figure, trigger, entry, -1 if entry.pos == "trap" else cost)
    if entry.pos == "verb":
        if entry.metric == "capacity" or not _may_follow(figure, trigger, row):
            return None
        cost = 6 + _distance(row, _past_aside(row, figure.index, trigger.index), trigger.index)
        return Bond(figure, trigger, entry, cost, reversed=True)
    between = _between(row, figure, trigger)
    if entry.pos == "noun" and len(between) <= _REACH_AFTER and _left_as(between):
        return Bond(figure, trigger, entry, len(between), reversed=True)
    if (
        entry.pos == "noun"
        and between
        and between[0].text.lower() in ("upon", "after", "before", "following", "ahead of")
    ):
        return None  # "a market value of 53 billion yuan upon listing"
    if len(between) > _REACH_AFTER or any(_blocks(t) and not (_digit_of_name(t) or _pairs(t, row)) for t in between):
        return None
    if entry.pos == "noun" and len(between) == 1 and between[0].has("in"):
        return Bond(figure, trigger, entry, -1, reversed=True)
    if entry.pos == "trap" and len(between) <= 2:
        return Bond(figure, trigger, entry, -1 - 3 * bool(entry.object), reversed=True)
    loose = sum(t.kind == "word" for t in between)
    asked = 2 * bool(entry.object & _TELLING)
    cost = len(between) + loose - (2 if entry.pos == "adjunct" else 1) - asked
    return Bond(figure, trigger, entry, cost, reversed=True)


def _between(row: Sequence[Token], figure: Token, trigger: Token) -> Sequence[Token]:
    """What stands behind a figure up to its word, without a relative clause: "40% of dies that leave the line pass"."""
    between = row[figure.index + 1 : trigger.index]
    if figure.clause != trigger.clause:
        return between
    return [t for t in between if t.clause in (figure.clause, -1) or t.kind == "mark"]


def _pairs(token: Token, row: Sequence[Token]) -> bool:
    """The "and" of "$500 billion in Blackwell and Rubin sales"."""
    return token.has("and") and row[token.index - 1].kind == "name" and row[token.index + 1].kind == "name"


def _digit_of_name(token: Token) -> bool:
    """The 3 of "Groq 3"."""
    return token.figure is not None and token.figure.kind == "bare" and token.figure.value < 10


def _may_follow(figure: Token, verb: Token, row: Sequence[Token]) -> bool:
    """A figure before its verb: none behind a comma, and money only before a passive ("$5bn was raised")."""
    between = row[figure.index + 1 : verb.index]
    if between and between[-1].has("and"):
        return False  # "raises the number to 2,048 and takes"
    marks = [t.text for t in between if t.text in (",", "—", ":")]
    if marks and marks not in ([",", ","], ["—", "—"]) and not any(t.has("relative") for t in between):
        return False
    after = row[verb.index + 1] if verb.index + 1 < len(row) else None
    told = (len(between) == 1 and between[0].text.lower() == "already") or (
        (not between and after is not None and after.has("by")) or verb.text.lower().endswith((" from", " by"))
    )
    led = figure.index > 0 and row[figure.index - 1].has("with") and not marks  # "with $4.3 billion banked"
    return figure_kind(figure) != "money" or told or led or any(t.has("be") for t in between)


def _past_aside(row: Sequence[Token], start: int, end: int) -> int:
    """Where an aside between two commas behind a figure ends: "nine firms, seven of them in Asia, were"."""
    commas = [t.index for t in row[start + 1 : end] if t.text == ","]
    return commas[1] if len(commas) == 2 and commas[0] == start + 1 else start


def _apposed(noun: Token, row: Sequence[Token]) -> bool:
    """Between two commas without a verb: "Backlog, the sum of signed contracts, stood at"."""
    if noun.verb or not any(t.kind == "name" or any(e.pos == "noun" for e in t.entries) for t in _head(noun, row)):
        return False
    before = next((t for t in reversed(row[: noun.index]) if t.text == "," or t.verb or t.kind == "figure"), None)
    after = next((t for t in row[noun.index + 1 :] if t.text == "," or t.verb or t.kind == "figure"), None)
    return before is not None and after is not None and before.text == "," and after.text == ","


def _head(noun: Token, row: Sequence[Token]) -> Sequence[Token]:
    """What stands in front of the comma before a noun: what it may be in apposition to."""
    comma = next((t.index for t in reversed(row[: noun.index]) if t.text == ","), 0)
    return row[:comma]


def _of_other_noun(figure: Token, row: Sequence[Token]) -> bool:
    """ "a $1T prediction": the sum only describes the noun behind it."""
    before = row[figure.index - 1] if figure.index else None
    after = row[figure.index + 1] if figure.index + 1 < len(row) else None
    return (
        before is not None and before.has("determiner") and figure_kind(figure) == "money"
        and after is not None and after.kind == "word" and not after.text.endswith(NOT_NOUNS) and after.text != "worth"
    )  # fmt: skip


def _left_as(between: Sequence[Token]) -> bool:
    """ "RMB567m was left as net profit": the figure is the subject, its noun what it is called."""
    return (
        any(t.verb for t in between)
        and any(t.has("as") for t in between[-3:])
        and not any(t.kind == "figure" for t in between)
    )


def _blocks(token: Token) -> bool:
    if token.kind == "mark":
        return token.text not in "-%"
    return (
        token.verb
        or (token.kind == "figure" and figure_kind(token) != "nm")
        or (token.has("prep", "and", "that", "relative") and not token.has(*_LINKING))
    )


def _distance(row: Sequence[Token], start: int, end: int) -> int:
    cost = 0
    own = row[end].clause if end < len(row) and row[end].clause == row[start].clause else -1
    for token in row[start + 1 : end]:
        if own >= 0 and token.clause not in (own, -1):
            continue  # a relative clause in between
        if token.kind == "mark":
            cost += 4 if token.text == "," else 1
        elif token.kind == "figure":
            cost += 2
        elif token.speech is None:
            cost += 5 if token.verb and not token.cues & _AUXILIARY else 1
    return cost
