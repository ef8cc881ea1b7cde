"""Which period a figure or an act covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.metrics import COUNTED_UP, FLOWS, PLEDGES, REPORTED, TIMELESS
from monitor.claims.period import periods
from monitor.claims.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clauses import Clause
    from monitor.claims.period import Period
    from monitor.claims.world import World
    from monitor.model import Article, Status


def period_tokens(text: str, article: Article, language: str) -> list[Token]:
    """What a text says of time, as tokens that no figure is read from."""
    published = article.published.date() if article.published else None
    return [
        Token("period", p.start, p.end, text[p.start : p.end], period=p) for p in periods(text, language, published)
    ]


def period_of(
    metric: str, trigger: Token, figure: Token | None, clause: Clause, row: Sequence[Token], world: World,
    *, subject: str | None, status: Status,
) -> str | None:  # fmt: skip
    """The period of what `trigger` tells: said beside it, in its clause, at the head of its sentence, or before."""
    if metric in TIMELESS:
        return None
    found = _said(metric, trigger, figure, clause, row)
    if found is not None and found.period is not None:
        return _read(metric, found.period, world, subject=subject, status=status)
    if metric == "shipments" and status == "achieved" and trigger.verb and _perfect(clause, trigger):
        return "cumulative"
    return world.period if metric in REPORTED and status == "achieved" else None


def _read(metric: str, period: Period, world: World, *, subject: str | None, status: Status) -> str | None:
    ahead = None if status == "denied" else status in ("planned", "forecast", "conditional")
    text = period.read(subject, future=ahead, own_quarters=metric in REPORTED)
    if text is None and period.rule == "same":
        text = period.like(world.period)
    if text is None:
        return None
    if metric in FLOWS:
        text = text[:4] if period.rule == "year" and period.at_end and len(text) == 7 else text
    if metric in COUNTED_UP and period.role == "since" and status == "achieved":
        return "cumulative" if period.rule == "year" else None
    if metric in REPORTED and status in ("achieved", "denied"):
        world.period = text
    return text


def note(row: Sequence[Token], world: World) -> None:
    """A sentence that only announces a report ("Intel reported its fourth quarter") sets the period of what follows."""
    for token in row:
        if token.period is not None and token.period.rule in (
            "quarter",
            "half",
            "fiscal_quarter",
            "quarter_ended",
            "half_ended",
        ):
            world.period = token.period.read(world.company, future=False, own_quarters=True) or world.period
            return


def _said(metric: str, trigger: Token, figure: Token | None, clause: Clause, row: Sequence[Token]) -> Token | None:
    at = figure.index if figure is not None else trigger.index
    inside = [t for t in clause.tokens if _usable(t, metric)]
    after = _until_figure(row, at)
    beside = next((t for t in after if t in inside), None)
    if beside is not None:
        return beside
    before = [t for t in inside if t.index < at]
    if before:
        return before[-1]
    head = next((t for t in row[:5] if _usable(t, metric)), None)
    if head is not None and head.index < at and not any(t.kind == "figure" for t in row[head.index : at]):
        return head
    if clause.verb is None or clause.mode == "relative":
        rest = [t for t in row[at:] if _usable(t, metric)]
        return rest[0] if rest else None
    return None


def _usable(token: Token, metric: str) -> bool:
    period = token.period
    if period is None or token.speech is not None or period.rule == "week":
        return False
    if period.rule == "same":
        return not period.shift
    return period.rule != "years" or metric in PLEDGES


def _until_figure(row: Sequence[Token], at: int) -> list[Token]:
    """The tokens after a figure up to the next one, a stop, or a comma behind which something else begins."""
    kept: list[Token] = []
    for token in row[at + 1 :]:
        if token.kind == "figure" or token.text in (";", ":"):
            break
        if token.text == "," and not (token.index + 1 < len(row) and row[token.index + 1].kind == "period"):
            break
        kept.append(token)
    return kept


def _perfect(clause: Clause, trigger: Token) -> bool:
    """ "has shipped", "have now left": told up to today."""
    at = next((i for i, t in enumerate(clause.tokens) if t is trigger), 0)
    return any(t.has("perfect") for t in clause.tokens[max(0, at - 3) : at])
