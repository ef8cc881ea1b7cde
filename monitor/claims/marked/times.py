"""Which period a figure or an act covers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.claims.metrics import COUNTED_UP, EVENTS, FLOWS, PLEDGES, REPORTED, TIMELESS

if TYPE_CHECKING:
    from datetime import date

    from monitor.claims.frames import Bond
    from monitor.claims.marked.ground import Ground
    from monitor.claims.marked.segments import Segment
    from monitor.claims.period import Period
    from monitor.claims.tokens import Token
    from monitor.claims.world import World
    from monitor.model import Status

_COMPARED = re.compile(r" ?(?:보다|에 비해|의 [가-힣\d.]{1,4} ?배|に比べ|比で|より(?!も?前))")
"""Behind a period that another is compared with: "내년에 올해보다 40% 증가"."""
_MOMENTS = frozenset({"day", "week"})
_ACTS = EVENTS - {"export_control"}
_PLEDGED = frozenset({"deal", "acquisition", "investment", "funding"})
"""Of which a month dates the announcement rather than the act."""


def period_token(bond: Bond, ground: Ground) -> Token | None:
    """The words for the period: before the figure in its segments, then behind it, then before in the sentence."""
    metric = bond.entry.metric or ""
    at = bond.figure.index
    own = [
        t for number in dict.fromkeys((bond.figure.clause, bond.trigger.clause))
        for t in ground.segments[number].tokens if _usable(t, metric) and not of_change(t, ground)
    ]  # fmt: skip
    if bond.figure.figure is not None and bond.figure.figure.lead == "to":
        own = [t for t in own if t.period is not None and (t.period.rule != "same" or not t.period.shift)]
    apart = bond.figure.clause != bond.trigger.clause and not ground.verb_final
    within = [t for t in own if t.clause == bond.figure.clause] if apart else []
    if within:
        return within[0]
    before = [t for t in own if t.index < at and not _taken(t, at, ground)]
    if before:
        return _best(before, metric)
    behind = [t for t in own if t.index > at and not _other_figures(bond.figure, t, ground)]
    if behind:
        return behind[0]
    part = ground.segment(bond.figure).part
    rest = [
        t for s in ground.segments
        if s.part == part and s.mode == "main" and (ground.verb_final or not _tells_figure(s))
        for t in s.tokens
        if t.index < at and _usable(t, metric) and not of_change(t, ground)
    ]  # fmt: skip
    return _best(rest, metric) if rest else None


def of_change(token: Token, ground: Ground) -> bool:
    """ "前年同期の2倍の1800億円": the earlier period that a change, not a level, is told against."""
    if token.period is not None and _COMPARED.match(ground.text, token.end):
        return True
    if token.period is None or token.period.rule != "same":
        return False
    figure = next((t.figure for t in ground.row[token.index + 1 :] if t.figure is not None), None)
    return figure is not None and figure.kind in ("multiple", "percent")


def _other_figures(figure: Token, token: Token, ground: Ground) -> bool:
    """Whether figures of another kind stand between; those of a list share the period behind the last."""
    kind = figure.figure.kind if figure.figure else ""
    between = ground.row[figure.index + 1 : token.index]
    return any(t.figure is not None and (t.figure.kind != kind or ground.verb_final) for t in between)


def _tells_figure(segment: Segment) -> bool:
    return any(t.kind == "figure" for t in segment.tokens)


def _best(found: list[Token], metric: str) -> Token:
    if metric in REPORTED:
        found = [t for t in found if t.period is not None and t.period.rule != "cumulative"] or found
    total = next((t for t in found if t.period is not None and t.period.rule == "cumulative"), None)
    return total or found[-1]


def _taken(token: Token, at: int, ground: Ground) -> bool:
    """A period with a figure of its own before ours: "2025年に5万、2026年に…" keeps to the later one."""
    return (
        False
        if not ground.row[token.index + 1 : at]
        else any(t.period is not None and t.period.rule not in _MOMENTS for t in ground.row[token.index + 1 : at])
        and any(t.kind == "figure" for t in ground.row[token.index + 1 : at])
    )


def _usable(token: Token, metric: str) -> bool:
    period = token.period
    if period is None or period.rule in _MOMENTS:
        return False
    if period.rule == "same":
        return not period.shift or metric not in ("growth", "market_share")
    return period.rule != "years" or metric in PLEDGES


def _year_before(period: Period) -> str | None:
    """ "Ein Jahr zuvor", with nothing before that it could point back to."""
    return str(period.published.year + period.shift) if period.published and period.shift else None


def lies_ahead(period: Period | None, published: date | None) -> bool:
    """Whether a settled period begins after the article's month."""
    if period is None or published is None or period.rule in ("cumulative", "years", "per_year", "same"):
        return False
    if period.year is None and period.shift is None and period.year_shift is None:
        return False
    text = (period.read() or "").split("/")[0].removeprefix("FY").strip(".")
    if not text[:4].isdigit():
        return False
    year = int(text[:4])
    if period.rule.startswith("fiscal"):
        return year > published.year + ("-" in text)
    if year != published.year or len(text) == 4:
        return year > published.year
    rest = text[5:]
    first = (
        int(rest[1]) * (3 if rest[0] == "Q" else 6) - (2 if rest[0] == "Q" else 5)
        if rest[:1] in ("Q", "H")
        else int(rest[:2])
    )
    return first > published.month


def is_current(period: Period | None, published: date | None) -> bool:
    """Whether a settled period is the running year, or a part of it that is still to end."""
    if period is None or published is None or lies_ahead(period, published):
        return lies_ahead(period, published)
    return (period.read() or "") == str(published.year)


def is_running(period: Period | None, published: date | None) -> bool:
    """Whether a settled period of this year is not over in the article's month."""
    if period is None or published is None or period.rule in ("cumulative", "years", "per_year", "same"):
        return False
    text = (period.read() or "").removeprefix("..").removeprefix("/").split("/")[-1]
    if text[:4] != str(published.year):
        return False
    rest = text[5:]
    if not rest:
        return True
    last = int(rest[1]) * (3 if rest[0] == "Q" else 6) if rest[:1] in ("Q", "H") else int(rest[:2])
    return last >= published.month


def read(
    token: Token | None,
    metric: str,
    world: World,
    *,
    subject: str | None,
    status: Status,
    goes_on: bool = False,
    announced: bool = False,
) -> str | None:
    """The period in the contract's form; `goes_on`: a figure without a word of its own keeps the period before it.

    `announced`: somebody is told to have said so; the month of a pledge is then the one in which he did.
    """
    if metric in TIMELESS:
        return None
    carried = world.period if metric in REPORTED and status == "achieved" else None
    if goes_on:
        carried = world.told_period
    if token is None or token.period is None:
        return carried
    period = token.period
    ahead = None if status == "denied" else status in ("planned", "forecast", "conditional")
    if metric in _ACTS and ahead is False and period.rule == "month":
        ahead = None
    if announced and metric in _PLEDGED and period.rule == "month" and period.role not in ("by", "since"):
        ahead = False
    text = period.read(subject, future=ahead, own_quarters=metric in REPORTED, told=world.told_period)
    if metric == "capacity" and period.last_month is not None:
        text = period.last_month
    if text is not None and metric == "deal" and period.role == "by" and period.rule in ("year", "fiscal_year"):
        return f"../{text}"
    if text is None and period.rule == "same":
        text = _year_before(period)
    if text is None:
        return carried
    world.told_period = text
    if metric in FLOWS and period.rule == "year" and period.at_end and len(text) == 7:
        text = text[:4]
    if metric in COUNTED_UP and period.role == "since" and status == "achieved":
        return "cumulative" if period.rule == "year" else None
    if metric in REPORTED and status == "achieved":
        world.period = text
    return text
