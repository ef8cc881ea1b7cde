"""Changes against an earlier period: which figure is one, of what, and whether a level makes it superfluous."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.claims.clausal.asides import apart
from monitor.claims.clausal.surroundings import allowed, modifies_noun
from monitor.claims.frames import Bond, figure_kind
from monitor.claims.metrics import LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.lexicon import Entry
    from monitor.claims.tokens import Token
    from monitor.claims.world import World


def bond(figure: Token, clause: Clause, row: Sequence[Token], world: World) -> Bond | None:
    """The bond of a change with what changes; None where the figure is no change."""
    kind = figure_kind(figure)
    if kind not in ("percent", "multiple"):
        return None
    sign = _direction(figure, row)
    if kind == "percent" and (sign == 0 or _than_another(figure, row)):
        return None
    if kind == "multiple" and any(t.has("trades") for t in clause.tokens if t.index < figure.index):
        return None  # "trades on 40 times sales"
    if figure.text.lower() == "twice" and any(
        t.text.lower() == "the" for t in row[figure.index + 1 : figure.index + 2]
    ):
        return None  # "equals twice the value of the goods"
    if kind == "multiple" and (_compares(figure, row) or _of_quality(figure, row)):
        return None
    base = _base_within(figure) or (
        _base_before(figure, clause, row)
        if those_of(figure, clause)
        else _base(figure, clause, row, world) or _base_before(figure, clause, row)
    )
    if base is None:
        return None
    if base.entry.metric is None:
        return base
    entry = replace(base.entry, metric="growth", id=f"growth/{base.entry.id}")
    return Bond(figure, base.trigger, entry, base.cost, base.reversed, change=sign or 1)


def _direction(figure: Token, row: Sequence[Token]) -> int:
    """+1 or -1 where a word of change goes with the figure, else 0."""
    quantity = figure.figure
    if quantity is None or quantity.lead == "from":
        return 0
    if quantity.lead == "to" and not (_paced(figure, row) or _told_of_change(figure, row)):
        return 0
    near = row[max(0, figure.index - 9) : figure.index]
    for token in reversed(near):
        if (token.kind == "figure" and figure_kind(token) != "nm") or (
            token.kind == "mark" and token.text not in ",~-"
        ):
            break
        if token.has("rise", "fall"):
            return 1 if token.has("rise") else -1
    if (gapped := _gapped(figure, row)) is not None:
        return gapped
    for token in row[figure.index + 1 : figure.index + 3]:
        if token.has("rise", "fall"):
            return 0 if _of_other(token, row) else 1 if token.has("rise") else -1
        if token.kind != "word":
            break
    return 0


def _gapped(figure: Token, row: Sequence[Token]) -> int | None:
    """ "Hygon's revenue was up by 40%, and AMEC's profit by a third": the direction of the figure before."""
    at = figure.index - 1
    if at > 0 and row[at].has("by"):
        at -= 1
    if at < 2 or not any(e.pos == "noun" and e.metric in LEVELS for e in row[at].entries):
        return None
    if not (row[at - 1].possessive or row[at - 1].has("possessive")) or not (
        row[at - 2].has("and") or row[at - 2].text in (",", ";")
    ):
        return None
    turns = [
        t for t in row[max(0, at - 14) : at - 1] if t.has("rise", "fall") and t.text.lower() not in ("more", "less")
    ]
    changed = any(t.figure is not None and t.figure.kind == "percent" for t in row[: at - 1])
    return (1 if turns[-1].has("rise") else -1) if turns and changed else None


def _paced(figure: Token, row: Sequence[Token]) -> bool:
    """ "advanced at a 27 percent clip": how fast, not how far."""
    after = row[figure.index + 1] if figure.index + 1 < len(row) else None
    return after is not None and after.text.lower() in ("clip", "pace", "rate", "tempo")


def _told_of_change(figure: Token, row: Sequence[Token]) -> bool:
    """ "put the rise in shipments at a fifth": the change is a noun, and the figure its size."""
    before = row[max(0, figure.index - 9) : figure.index]
    if not any(t.has("sets") for t in row[: figure.index]):
        return False
    return any(one.has("rise", "fall") and two.has("in") for one, two in pairwise(before))


def _of_other(more: Token, row: Sequence[Token]) -> bool:
    """ "33% more VRAM": more of something that is no metric."""
    after = row[more.index + 1] if more.index + 1 < len(row) else None
    if after is None or more.text.lower() not in ("more", "less", "fewer", "higher", "lower"):
        return False
    counted = after.has("class:chipword") or any(e.pos == "noun" and e.metric in LEVELS for e in after.entries)
    named = bool(after.entries) or after.has("noun")
    return after.kind == "word" or (after.kind == "phrase" and named and not counted)


def _compares(figure: Token, row: Sequence[Token]) -> bool:
    """ "twice as many as Cambricon" compares; "tripled" and "sixfold" change."""
    after = row[figure.index + 1 : figure.index + 6]
    text = [t.text.lower() for t in after]
    if after and after[0].kind == "name" and after[0].possessive:
        return True  # "eight times AMD's"
    if "as" in text[:1] or any(t.has("than") for t in after[:3]):
        timed = any(t.period is not None for t in row[figure.index + 1 : figure.index + 9])
        return not timed and not any(w in ("year", "before", "earlier", "ago", "last") for w in text)
    return False


def _than_another(figure: Token, row: Sequence[Token]) -> bool:
    """ "40% more than HBM3E", "20% less than Samsung": a comparison, not a change."""
    after = row[figure.index + 1 : figure.index + 5]
    if not after or after[0].text.lower() not in ("more", "less", "fewer", "higher", "lower"):
        return False
    than = next((t for t in after[1:3] if t.text.lower() == "than"), None)
    behind = [t for t in row[than.index + 1 : than.index + 3] if not t.has("determiner")] if than is not None else []
    other = behind[0] if behind else None
    following = row[other.index + 1] if other is not None and other.index + 1 < len(row) else None
    timed = (other is not None and other.possessive) or (following is not None and following.verb)
    return other is not None and other.kind == "name" and not timed


def _of_quality(figure: Token, row: Sequence[Token]) -> bool:
    """ "3x faster loading", "6x lower power": a comparison of something that no metric measures."""
    after = row[figure.index + 1 : figure.index + 3]
    if (
        not after
        or after[0].kind not in ("word", "phrase")
        or not after[0].text.lower().endswith(("er", "more", "less"))
    ):
        return False
    return len(after) < 2 or not any(e.metric in LEVELS for e in after[1].entries)


def _base(figure: Token, clause: Clause, row: Sequence[Token], world: World) -> Bond | None:
    """The nearest word of a metric, or a trap, that the change is of."""
    best: Bond | None = None
    tokens = clause.tokens
    if clause.mode == "relative" and clause.parent is not None:
        tokens = [t for t in clause.parent.tokens if t.index < figure.index] + tokens
    for token in tokens:
        if token.speech is not None:
            continue
        for entry in token.entries:
            if entry.metric is not None and entry.pos == "noun" and modifies_noun(token, row):
                continue
            if entry.metric == "deployment" and token.text.lower().startswith("data cent"):
                continue  # a division's name
            if entry.metric is not None and (entry.metric not in LEVELS or entry.pos == "adjunct"):
                continue
            if (entry.pos == "verb" and not _more(figure, row)) or _marks(token, row):
                continue
            if not allowed(entry, token, clause, world):
                continue
            if token.index > figure.index and not _beside(figure, token, row):
                continue
            cost = (
                abs(token.index - figure.index)
                + 8 * (entry.pos == "trap" and _of_metric(token, row))
                + 8 * (entry.pos in ("noun", "trap") and _placed(token, row, entry))
            )
            if best is None or cost < best.cost:
                best = Bond(figure, token, entry, cost, token.index > figure.index)
    return best


def _marks(token: Token, row: Sequence[Token]) -> bool:
    """The verb of "which would mark 25% growth"."""
    before = row[token.index - 1] if token.index else None
    return token.text.lower() in ("mark", "marks") and before is not None and before.has("would", "future", "relative")


def _of_metric(trap: Token, row: Sequence[Token]) -> bool:
    """ "the contract prices of some server memory": the noun of a metric is the head."""
    for one, two in pairwise(row[max(0, trap.index - 5) : trap.index]):
        if two.has("of") and any(e.pos == "noun" and e.metric in LEVELS for e in one.entries):
            return True
    return False


def _placed(noun: Token, row: Sequence[Token], entry: Entry) -> bool:
    """ "investment in a Texas data center", "sales to customers": where or to whom, not what."""
    for token in reversed(row[max(0, noun.index - 5) : noun.index]):
        if token.has("in", "at", *(("to", "for") if entry.pos == "trap" else ())) and not token.has("and"):
            return entry.pos == "trap" or not token.has("for")
        if token.verb or token.has("prep", "and", "possessive") or token.kind in ("mark", "figure", "period"):
            return False
    return False


def _more(figure: Token, row: Sequence[Token]) -> bool:
    """ "40% more chips", "three times as many as a year before": the change is of what the verb does."""
    kind = figure_kind(figure)
    after = row[figure.index + 1] if figure.index + 1 < len(row) else None
    return after is not None and (
        (kind == "percent" and after.has("rise", "fall")) or (kind == "multiple" and after.has("as"))
    )


def _base_within(figure: Token) -> Bond | None:
    """ "doubled shipments of its cards": the noun is part of the figure's words."""
    entry = next((e for e in figure.entries if e.metric in LEVELS), None)
    return None if entry is None else Bond(figure, figure, entry, 0)


def _base_before(figure: Token, clause: Clause, row: Sequence[Token]) -> Bond | None:
    """ "... expects its own to be 5% higher": the noun of the clause before."""
    own = those_of(figure, clause) or next(
        (t for t in clause.tokens if t.has("figureword") and t.index < figure.index), None
    )
    if own is None:
        return None
    for token in reversed(row[: own.index]):
        for entry in token.entries:
            if entry.pos == "noun" and entry.metric in LEVELS:
                return Bond(figure, own, entry, 8)
    return None


def those_of(figure: Token, clause: Clause) -> Token | None:
    """The "that of" or "those of" that stands for the noun of a clause before; after "than" it only compares."""
    before = [i for i, t in enumerate(clause.tokens) if t.has("comparable") and t.index < figure.index]
    at = before[-1] if before else None
    if at is None or not clause.tokens[at].text.lower().endswith(" of"):
        return None
    return None if at and clause.tokens[at - 1].has("than", "previous", "prep", "as") else clause.tokens[at]


def _beside(figure: Token, noun: Token, row: Sequence[Token]) -> bool:
    """ "a drop of 18% in net profit", "34% revenue growth", "40% more chips": nothing but small words in between."""
    between = row[figure.index + 1 : noun.index]
    if len(between) > 5:
        return False
    return not any(
        t.verb
        or (t.kind in ("figure", "mark") and figure_kind(t) != "nm")
        or (t.has("prep", "and", "that") and not t.has("in", "of"))
        for t in between
    )


def level_of(bond: Bond, bonds: Sequence[Bond], row: Sequence[Token]) -> Token | None:
    """The level told of what has changed, if there is one."""
    if bond.entry.metric != "growth":
        return None
    for other in bonds:
        if other.entry.metric == "growth" or other.figure is bond.figure:
            continue
        if apart(bond.figure, other.figure, other.trigger, row):
            continue  # "sales, €1.6 billion last quarter, will shrink by a fifth"
        same = bond.entry.id.startswith(f"growth/{other.entry.metric}:") and other.figure.clause == bond.figure.clause
        if other.trigger is bond.trigger or same:
            return other.figure
    return None


def level_reached(figure: Token, last: Bond, row: Sequence[Token]) -> Bond | None:
    """ "revenue grew 10%, reaching $17bn": behind a change the level that it led to."""
    entry, before = last.entry, row[max(0, figure.index - 2) : figure.index]
    reached = len(before) == 2 and before[0].text == "," and before[1].has("link") and before[1].text.endswith("ing")
    if entry.metric != "growth" or "money" not in entry.fits or not reached:
        return None
    level = replace(
        entry, metric=entry.id.removeprefix("growth/").partition(":")[0], id=entry.id.removeprefix("growth/")
    )
    if not any(t.period is not None for t in row[figure.index + 1 : figure.index + 4]):
        figure.clause = last.figure.clause
    return Bond(figure, last.trigger, level, 10)
