"""Which period a figure or an act covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.clausal.lists import earlier, past_share
from monitor.claims.metrics import COUNTED_UP, EVENTS, FLOWS, PLEDGES, REPORTED, STATES, TIMELESS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.period import Period
    from monitor.claims.tokens import Token
    from monitor.claims.world import World
    from monitor.model import Status


_OF_A_DAY = EVENTS | {"valuation", "price"}
_BEFORE = frozenset(["from", "against", "after", "versus", "vs", "compared", "following"])
_NOW = frozenset({"now", "today", "present", "currently", "presently"})
_COMPARING = frozenset(["from", "than", "with", "to", "against", "on", "over", "versus", "vs", "since"])


def period_of(
    metric: str, trigger: Token, figure: Token | None, clause: Clause, row: Sequence[Token],
    *, world: World, subject: str | None, status: Status, siblings: frozenset[int] = frozenset(),
) -> str | None:  # fmt: skip
    """The period of what `trigger` tells: said beside it, in its clause, at the head of its sentence, or before.

    `siblings`: places of figures that share the word, and so a period that follows the last of them.
    """
    if metric in TIMELESS:
        return None
    found = _said(metric, trigger, figure, clause, row, siblings=siblings)
    compared = figure is not None and earlier(figure, row)
    text = (
        _read(metric, found.period, world, subject=subject, status=status, compared=compared)
        if found and found.period
        else None
    )
    if text is not None or (found and found.period and found.period.role == "since"):
        return text
    if metric == "shipments" and status == "achieved" and trigger.verb and _perfect(clause, trigger):
        return "cumulative"
    return world.period if metric in REPORTED | {"orders", "shipments"} and status == "achieved" else None


def _read(
    metric: str, period: Period, world: World, *, subject: str | None, status: Status, compared: bool
) -> str | None:
    ahead = None if status == "denied" else status in ("planned", "forecast", "conditional")
    reported = period.rule in ("same_quarter", "quarter_before") and world.period
    told = reported or world.told_period or (world.period if compared else None)
    if compared and period.rule == "quarter_before" and not told:
        return None
    text = period.read(subject, future=ahead, own_quarters=metric in REPORTED, told=told)
    if text and period.rule == "quarter" and period.year is None and period.shift is None and not ahead:
        text = _quarter_told(text, told) or text
    if metric == "capacity" and period.last_month is not None:
        text = period.last_month
    if text is None or (text == "cumulative" and metric in EVENTS):
        return None
    if not compared:
        world.told_period = text
    if metric in FLOWS:
        text = text[:4] if period.rule == "year" and period.at_end and len(text) == 7 else text
    if metric in COUNTED_UP and period.role == "since" and status == "achieved":
        return "cumulative" if period.rule == "year" else None
    if metric in COUNTED_UP and period.role == "by" and status == "achieved" and "/" not in text:
        return f"../{text}"
    if metric in REPORTED | {"orders"} and status in ("achieved", "denied") and any(c in text for c in "QHF"):
        world.period = world.period if compared else text
    return text


def _quarter_told(text: str, told: str | None) -> str | None:
    """ "in the first quarter", behind "the first quarter of 2025": that one, not the last of its kind."""
    if told is None or "/" in told or told[-3:] != text[-3:] or told.startswith("FY") != text.startswith("FY"):
        return None
    return told if text[-2:-1] == "Q" else None


def note(row: Sequence[Token], world: World) -> None:
    """A sentence that only announces a report ("Intel reported its fourth quarter") sets the period of what follows."""
    for token in row:
        before = row[token.index - 1].text.lower() if token.index else ""
        if not _COMPARING.isdisjoint((before, token.text.lower().partition(" ")[0])):
            continue  # "gross profit was up 17% from the third quarter of 2022"
        if token.period is not None and token.period.rule in (
            "quarter",
            "half",
            "fiscal_quarter",
            "quarter_ended",
            "half_ended",
        ):
            world.period = token.period.read(world.company, future=False, own_quarters=True) or world.period
            return


def _said(
    metric: str, trigger: Token, figure: Token | None, clause: Clause, row: Sequence[Token], *, siblings: frozenset[int]
) -> Token | None:
    at = figure.index if figure is not None else trigger.index
    if figure is not None and [t.text for t in row[at + 1 : at + 4 : 2]] == ["(", ")"] and _usable(row[at + 2], metric):
        return row[at + 2]  # "RMB220m (first half of 2024), RMB244m (first half of 2025)"
    before_it = figure is not None and earlier(figure, row)
    if before_it and metric in STATES and _of_now(row, at):
        return None
    inside = [
        t for t in clause.tokens
        if _usable(t, metric, before=before_it or _of_then(t, figure, row))
        if not (falls_due(t, row) or of_comparison(t, row))
    ]  # fmt: skip
    after = _until_figure(row, at, siblings, reported=metric in REPORTED)
    beside = next((t for t in after if t in inside), None)
    if beside is not None or (metric == "capacity" and before_it):
        return beside
    before = [t for t in inside if t.index < at and not _of_figure_before(t, row)]
    if before:
        return before[-1]
    if figure is None and len(inside) == 1:
        return inside[0]  # "is to tape out Titan, its first processor, in the third quarter"
    head = _head(row, at, metric, figure)
    if head is not None:
        return head
    if clause.verb is None or (clause.mode == "relative" and not clause.comma):
        rest = [t for t in row[at:] if _usable(t, metric)]
        return rest[0] if rest else None
    return None


def _of_now(row: Sequence[Token], at: int) -> bool:
    """ "up from 90,000 now", "against 65,000 at present": a level of today, not of the time that the change is for."""
    words = [t.text.lower() for t in row[at + 1 : at + 6]]
    stop = next((i for i, w in enumerate(words) if w in (",", ";", ".", ":")), len(words))
    return not _NOW.isdisjoint(words[:stop]) or (at > 0 and row[at - 1].text.lower() in ("current", "present"))


def _of_figure_before(token: Token, row: Sequence[Token]) -> bool:
    """The time of a figure that is only compared: "to 6.1% in 2Q26 from 5.7% in 1Q26, behind TSMC (70.4%)"."""
    before = row[token.index - 1] if token.index else None
    return before is not None and before.kind == "figure" and earlier(before, row)


def _head(row: Sequence[Token], at: int, metric: str, figure: Token | None) -> Token | None:
    """A period that opens the sentence, or a part of it: "In April alone", "…; for the second it forecasts"."""
    start = max((t.index + 1 for t in row[:at] if t.text == ";"), default=0)
    opening = row[start : next((t.index for t in row[start:at] if t.text == ","), min(start + 5, at))]
    head = next((t for t in opening if _usable(t, metric, before=_of_then(t, figure, row))), None)
    if head is None and start:
        start = 0
        opening = row[: next((t.index for t in row[:at] if t.text == ","), min(5, at))]
        head = next((t for t in opening if _usable(t, metric, before=_of_then(t, figure, row))), None)
    if head is None or (head.index and row[head.index - 1].has("possessive", "determiner")):
        return None
    if any(t.kind == "figure" for t in row[head.index : at]):
        return None
    if figure is None and head.clause != row[at].clause and any(t.verb for t in row[start + 1 : head.index]):
        return None  # "X plans to ship chips in 2027, and Y has filed for a listing"
    return head if head.index < start + 5 or row[start].has("prep") else None


def _of_then(token: Token, figure: Token | None, row: Sequence[Token]) -> bool:
    """ "A year earlier it had earned 7 billion": the next figure is of that time, not one compared with it."""
    if figure is None or token.index >= figure.index:
        return False
    before = row[token.index - 1].text if token.index else ""
    if not _COMPARING.isdisjoint((before.lower(), token.text.lower().partition(" ")[0])):
        return False
    return not any(t.kind == "figure" or t.has("rise", "fall") for t in row[token.index : figure.index])


def falls_due(token: Token, row: Sequence[Token]) -> bool:
    """ "senior notes due 2031": when a debt is paid back."""
    return token.index > 0 and row[token.index - 1].text.lower() in ("due", "maturing", "matures")


def of_comparison(token: Token, row: Sequence[Token]) -> bool:
    """ "a third less than in spring": the time of what it is compared with, where no figure of that time follows."""
    than = token.index > 0 and row[token.index - 1].text.lower() == "than"
    return than and not any(t.kind == "figure" for t in row[token.index + 1 : token.index + 3])


def _usable(token: Token, metric: str, *, before: bool = False) -> bool:
    period = token.period
    if period is None or token.speech is not None or period.rule == "week":
        return False
    if period.rule == "day" and metric not in _OF_A_DAY:
        return False  # The day of the telling: a dateline, "on May 5 it said".
    if period.rule == "same":
        return bool(period.shift or period.year) == before
    return period.rule != "years" or metric in PLEDGES


def _until_figure(row: Sequence[Token], at: int, siblings: frozenset[int], *, reported: bool) -> list[Token]:
    """The tokens after a figure up to the next one, a stop, or a comma behind which something else begins."""
    kept: list[Token] = []
    for token in row[past_share(row[at], row) :]:
        if _former(token, row):
            break
        sized = token.figure is not None and token.figure.kind == "length"  # "3.4 million 300mm wafers in 2025"
        other = token.figure is not None and not sized and token.index not in siblings
        if token.text in (";", ":") or (other and not reported):
            break
        if token.verb and reported:
            break
        if token.text == "," and any(index > token.index for index in siblings):
            continue
        if token.text == "," and not (token.index + 1 < len(row) and row[token.index + 1].kind == "period"):
            break
        kept.append(token)
    return kept


def _former(token: Token, row: Sequence[Token]) -> bool:
    """ "from", "after", "against" with a figure behind: what follows is told of that figure's time."""
    if token.text.lower().partition(" ")[0] not in _BEFORE:
        return False
    for other in row[token.index + 1 : token.index + 6]:
        if other.kind == "figure":
            return True
        if other.kind in ("mark", "period") or other.verb:
            return False
    return False


def _perfect(clause: Clause, trigger: Token) -> bool:
    """ "has shipped", "have now left": told up to today."""
    at = next((i for i, t in enumerate(clause.tokens) if t is trigger), 0)
    return any(t.has("perfect") for t in clause.tokens[max(0, at - 3) : at])
