"""Figures that do not stand alone: lists told apart by "respectively", and figures of an earlier period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.persons import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monitor.claims.clausal.scene import Scene
    from monitor.claims.frames import Bond
    from monitor.claims.tokens import Token
    from monitor.claims.world import World


_LATER = frozenset({"following", "after"})
_ORDINALS = ("first", "second", "third", "fourth")
_PRESENT = frozenset({"current", "present", "existing", "today's"})
"""What a level is called that is to change: "from a current 240,000"."""


def respective(bond: Bond, bonds: Sequence[Bond], scene: Scene, world: World) -> Person | None:
    """The subject, or the product, that a figure of a "respectively" list belongs to by its place."""
    group, place = _group(bond, bonds, scene)
    if len(group) < 2:
        return None
    before = earlier(bond.figure, scene.row)
    names = _run(scene.row, lambda t: world.is_org(t.entity) and not t.modifier and not t.actor, len(group))
    if names:
        return Person((names[place].entity or "",), "named", "by its place in the list")
    things = [
        t.entity for t in scene.row if t.kind == "name" and t.entity and world.kind(t.entity) in ("chip", "technology")
    ]
    if len(things) == len(group) and before:
        return Person((), "carried", "by its place in the list", things[place])
    made = _run(scene.row, lambda t: world.kind(t.entity) in ("chip", "technology"), len(group))
    if made and (maker := world.maker(made[place].entity)):
        return Person((maker,), "named", "by its place in the list", made[place].entity)
    return None


def _group(bond: Bond, bonds: Sequence[Bond], scene: Scene) -> tuple[list[Bond], int]:
    """The figures that a "respectively" tells apart, and the place of `bond` among them."""
    if "respectively" not in scene.cues:
        return [], 0
    before = earlier(bond.figure, scene.row)
    mark = next(t.index for t in scene.row if t.has("respectively"))
    group = [
        b for b in bonds
        if b.figure.index < mark or mark < bond.figure.index
        if b.entry.metric == bond.entry.metric and earlier(b.figure, scene.row) == before
        if b.trigger is bond.trigger or b.figure.clause == bond.figure.clause
    ]  # fmt: skip
    return group, group.index(bond) if bond in group else 0


def respective_period(bond: Bond, bonds: Sequence[Bond], scene: Scene) -> str | None:
    """The year that a figure of a "respectively" list belongs to by its place."""
    group, place = _group(bond, bonds, scene)
    told = [t for t in scene.row if t.period is not None and t.speech is None]
    periods = [t.period.value for t in told if t.period is not None]
    if len(group) > 1 and len(told) == 1 and (first := _first_of_span(told[0], len(group))):
        return str(first + place)  # "Over 2020 to 2022, losses of A, B and C respectively"
    if len(group) < 2 or len(periods) != len(group):
        return None
    apart = any(t.kind == "figure" for t in scene.row[told[0].index : told[-1].index])
    return None if apart and _with_periods(group, told) else periods[place]


def quarter_of_two(when: str | None, bond: Bond, bonds: Sequence[Bond], scene: Scene) -> str | None:
    """ "losses of A and B in the second and third quarters, respectively": the first is of the quarter before."""
    group, place = _group(bond, bonds, scene)
    if when is None or len(group) != 2 or place != 0 or when[-2:-1] != "Q" or "/" in when:
        return when
    told = next((t for t in scene.row if t.period is not None and "quarter" in t.period.rule), None)
    before = scene.row[max(0, told.index - 2) : told.index] if told is not None else ()
    if len(before) < 2 or not before[1].has("and") or before[0].text.lower() not in _ORDINALS:
        return when
    return f"{when[:-1]}{_ORDINALS.index(before[0].text.lower()) + 1}"


def _first_of_span(token: Token, years: int) -> int | None:
    """The first of as many years as there are figures."""
    period = token.period
    if period is None or period.rule != "year_span" or period.year is None or period.last is None:
        return None
    return period.year if period.last - period.year + 1 == years else None


def _with_periods(group: Sequence[Bond], told: Sequence[Token]) -> bool:
    """ "100,000 X and 300,000 Y in 2025, up from 70,000 and 200,000 in 2024": what is told apart are not the years."""
    return all(t.index > b.figure.index for t in told[:1] for b in group)


def _run(row: Sequence[Token], wanted: Callable[[Token], bool], count: int) -> list[Token]:
    """`count` coordinated names in a row."""
    run: list[Token] = []
    for token in row:
        if token.kind == "name" and wanted(token):
            run.append(token)
        elif run and not (token.text in (",", "&") or token.has("and", "determiner")):
            if len(run) == count:
                return run
            run = []
    return run if len(run) == count else []


def earlier(figure: Token, row: Sequence[Token]) -> bool:
    """Whether a figure is told as what went before: "up from 507,000", "from 100,000 at present"."""
    quantity = figure.figure
    if quantity is not None and quantity.lead == "from" and _changes(figure, row):
        return True
    after = row[figure.index + 1 : figure.index + 3]
    if len(after) == 2 and after[0].has("for", "at") and _of_another(row[figure.index + 2 : figure.index + 6]):
        return False  # "against 72% for TSMC": another's figure of the same time
    before = row[figure.index - 1] if figure.index else None
    leads = before is not None and before.text.lower() not in _LATER
    if before is not None and leads and figure.index > 1 and before.text.lower().partition(" ")[0].endswith("ing"):
        before = row[figure.index - 2]  # "after laying out $131 billion in 2025"
    if before is not None and before.text.lower() in ("previously", "formerly"):
        return True
    if before is not None and before.has("of") and (opens := _noun_after(before, row)) is not None:
        before, leads = opens, True  # "after a loss of 113 million yuan a year earlier"
    if before is not None and (before.text.lower() in _LATER or _listed_after(before, row)):
        behind = row[figure.index + 1 : figure.index + 4]
        when = next((i for i, t in enumerate(behind) if t.period is not None), None)
        running = when is not None and _still_runs(behind[when])
        if when is not None and not running and not any(t.verb or t.kind == "mark" for t in behind[:when]):
            return True  # "orders of $6bn, following $5.2bn in the second quarter"
    if before is not None and before.text.lower() in _PRESENT:
        return any(t.has("from", "than") for t in row[max(0, figure.index - 3) : figure.index])
    if (other := _joined_to(figure, row)) is not None:
        return earlier(other, row)  # "after 600,000 in 2026 and 410,000 in 2025"
    for token in reversed(row[max(0, figure.index - 8) : figure.index]):
        if token.has("previous"):
            return True
        if token.kind == "figure" or token.has("and") or token.text in "%-":
            continue
        if token.verb or token.kind in ("mark", "period", "name") or token.entries:
            return False
    return False


def _noun_after(of: Token, row: Sequence[Token]) -> Token | None:
    """The "after" of "after a loss of", "following sales of"."""
    noun = row[of.index - 1] if of.index > 1 else None
    if noun is None or not any(e.pos == "noun" and e.metric for e in noun.entries):
        return None
    at = noun.index - 1
    while at > 0 and row[at].has("determiner", "possessive"):
        at -= 1
    return row[at] if row[at].text.lower() in _LATER else None


def _joined_to(figure: Token, row: Sequence[Token]) -> Token | None:
    """The figure before, with a period of its own, that an "and" joins to one with a period."""
    after = row[figure.index + 1] if figure.index + 1 < len(row) else None
    before = row[max(0, figure.index - 3) : figure.index]
    if len(before) < 3 or after is None or after.period is None:
        return None
    joined = before[0].kind == "figure" and before[1].period is not None and before[2].has("and")
    return before[0] if joined else None


def _listed_after(conjunction: Token, row: Sequence[Token]) -> bool:
    """ "after 600,000 in 2026 and 410,000 in 2025": the second of two that went before."""
    if not conjunction.has("and"):
        return False
    for token in reversed(row[max(1, conjunction.index - 4) : conjunction.index]):
        if token.kind == "figure":
            return row[token.index - 1].text.lower() in _LATER
        if token.verb or token.kind == "mark":
            return False
    return False


def _still_runs(token: Token) -> bool:
    """ "after 6.9 million this year", "after 600,000 in 2026" told in 2026: not over yet."""
    period = token.period
    if period is None or period.published is None:
        return False
    named = period.rule == "year" and period.year is not None and period.year >= period.published.year
    return named or period.shift == 0


def _of_another(words: Sequence[Token]) -> bool:
    """Whether a name follows, an article or "its predecessor" before it aside."""
    for token in words:
        if token.kind == "name":
            return True
        if not token.has("determiner", "possessive", "modified") and token.text != ",":
            return False
    return False


def own_words(figure: Token, row: Sequence[Token]) -> list[Token]:
    """What stands after a figure up to the next comma, verb or, unless it shares its period, the next figure."""
    kept: list[Token] = []
    for token in row[past_share(figure, row) :]:
        if token.kind == "mark" or token.verb or len(kept) > 8:
            break
        kept.append(token)
    return kept


def past_share(figure: Token, row: Sequence[Token]) -> int:
    """Where it goes on behind a sum and what it is for each share: "$1.6 billion, or 38 cents a share, in"."""
    comma, alias = (*row[figure.index + 1 : figure.index + 3], None, None)[:2]
    if comma is None or alias is None or comma.text != "," or alias.text.lower() != "or":
        return figure.index + 1
    close = next((t.index for t in row[alias.index + 1 : alias.index + 7] if t.text == ","), None)
    return figure.index + 1 if close is None else close + 1


def _changes(figure: Token, row: Sequence[Token]) -> bool:
    """Whether "from 100,000" starts a change: a level "to" something, or a word of change, stands in the sentence."""
    return any(t.has("rise", "fall") or (t.figure is not None and t.figure.lead == "to") for t in row)
