"""Which period a figure or an act covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.metrics import FLOWS, REPORTED
from monitor.claims.period import periods
from monitor.claims.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

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
    found = _said(metric, trigger, figure, clause, row)
    ahead = None if status == "denied" else status in ("planned", "forecast", "conditional")
    if found is not None and found.period is not None:
        own = metric in REPORTED
        text = found.period.read(subject, future=ahead, own_quarters=own)
        if text is None and found.period.rule == "same":
            text = found.period.like(world.period)
        if text is not None and metric in FLOWS:
            text = _whole_year(found.period, text)
        if text is not None and metric in REPORTED | FLOWS:
            world.period = text
        return text
    if metric == "shipments" and status == "achieved" and trigger.verb and _perfect(clause, trigger):
        return "cumulative"
    if metric in REPORTED and status == "achieved":
        return world.period
    return None


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


def _whole_year(period: Period, text: str) -> str:
    """What is to be done "by the end of 2026" is done in 2026; only a state is of its last month."""
    return text[:4] if period.rule == "year" and period.at_end and len(text) == 7 else text


def _said(metric: str, trigger: Token, figure: Token | None, clause: Clause, row: Sequence[Token]) -> Token | None:
    at = figure.index if figure is not None else trigger.index
    inside = [t for t in clause.tokens if t.period is not None]
    after = _until_figure(t for t in row[at + 1 :])
    beside = next((t for t in after if t.period is not None and t in inside), None)
    if beside is not None:
        return beside
    before = [t for t in inside if t.index < at]
    if before:
        return before[-1]
    later = [t for t in inside if t.index > at]
    if later:
        return later[0]
    head = [t for t in row[:at] if t.period is not None and t.clause >= 0]
    if head and (head[0].index <= 4 or clause.mode == "relative" or metric in REPORTED | FLOWS):
        return head[-1]
    rest = [t for t in row[at:] if t.period is not None and t.speech is None]
    return rest[0] if rest and clause.mode != "if" and metric in REPORTED | FLOWS else None


def _until_figure(tokens: Iterable[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        if token.kind == "figure" or token.text in (";", ":"):
            break
        kept.append(token)
    return kept


def _perfect(clause: Clause, trigger: Token) -> bool:
    """ "has shipped", "have now left": told up to today."""
    at = next((i for i, t in enumerate(clause.tokens) if t is trigger), 0)
    return any(t.has("perfect") for t in clause.tokens[max(0, at - 3) : at])


def lies_ahead(text: str | None, published: date | None) -> bool:
    """Whether a period in the contract's form begins after the article's year."""
    if text is None or published is None or not text[:4].isdigit():
        return False
    return int(text[:4]) > published.year
