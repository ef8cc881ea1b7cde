"""Which period a figure or an act covers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.claims.metrics import EVENTS, FLOWS, REPORTED, RULER_METRICS
from monitor.claims.topics.ahead import REPORTS_END
from monitor.claims.topics.changes import starting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.period import Period
    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment
    from monitor.claims.world import World

_DONE_BY = (FLOWS - {"deployment"}) | {"market_share"}
"""What is done by the end of a year is done in it; of a state the last month counts."""
_SPANS = frozenset(
    {
        "months",
        "quarters",
        "month_span",
        "quarter",
        "half",
        "years",
        "year",
        "fiscal_quarter",
        "fiscal_year",
        "quarter_ended",
    }
)
_REPORTS = frozenset(
    {"year", "quarter", "half", "fiscal_quarter", "fiscal_year", "quarter_ended", "year_ended", "half_ended"}
)
_TAKES_EFFECT = (
    "生效",
    "实施",
    "實施",
    "起征",
    "起徵",
    "到位",
    "上路",
    "完工",
    "启用",
    "啟用",
    "上线",
    "上線",
)
_NEXT_QUARTERS = frozenset({"下季", "下季度", "下一季", "下一季度", "下个季度", "下個季度"})
_QUARTER = re.compile(r"(.*-Q)([1-3])$")
_DAILY = frozenset({"day", "week"})


@dataclass(frozen=True, slots=True)
class When:
    """The token that tells the period of a bond, and what it says."""

    period: Period | None = None
    text: str | None = None


def period_token(bond: Bond, segment: Segment, chain: Sequence[Segment]) -> Token | None:
    """The words for the period: nearest before the figure in its segment, then behind it, then in the chain before."""
    at = bond.figure.index
    metric = bond.entry.metric or ""
    origin = _origin(segment, at)
    own = [t for t in segment.tokens if t.period is not None and t.index not in origin and not _tautology(t, segment)]
    if put_off := next((t for t in own if t.has("postponed")), None):
        return put_off
    paired = _paired(own, segment, at)
    if paired is not None:
        return paired
    before = [t for t in own if t.index < at and not _compared_with(t, segment, at)]
    if before:
        return _best(before, metric)
    behind = [t for t in own if t.index > at and not t.has("than")]
    if behind:
        return behind[0]
    if any(t.has("now") for t in segment.tokens if t.index < at):
        return None
    for scope in chain:
        found = [
            t for t in scope.tokens
            if t.period is not None and (metric not in EVENTS or t.speech is None)
            if not (_tautology(t, scope) or _compared_with(t, scope, scope.last + 1) or _where_it_began(t, scope))
        ]  # fmt: skip
        if scope.mode == "if":
            continue
        if found:
            return _best(found, metric)
    return _in_force(segment)


def _tautology(token: Token, segment: Segment) -> bool:
    """ "2025财年全年": the second says no more."""
    before = next(segment.before(token.index), None)
    return token.text == "全年" and before is not None and before.period is not None and before.end == token.start


def _in_force(segment: Segment) -> Token | None:
    """ "加征18%关税，2027年6月起生效": the date of the next segment, which says no more than when."""
    behind = segment.behind_it
    if behind is None or segment.mark != "," or any(t.kind in ("figure", "name") for t in behind.tokens):
        return None
    if not behind.tokens[-1].text.endswith(_TAKES_EFFECT):
        return None
    return next((t for t in behind.tokens if t.period is not None), None)


def _origin(segment: Segment, figure: int) -> range:
    """ "由二季度的5万颗增至9万颗": where the dates of the earlier figure stand, seen from the later one."""
    earlier = next((t.index for t in segment.before(figure) if t.kind == "figure"), None)
    if earlier is None:
        return range(0)
    for token in segment.before(earlier):
        if token.has("starting") or (token.period is not None and starting(token)):
            return range(token.index, earlier)
        if token.verb:
            break
    return range(0)


def _where_it_began(token: Token, segment: Segment) -> bool:
    """ "由2024年同期的3亿元，扩大至5亿元": seen from a later segment."""
    before, after = next(segment.before(token.index), None), next(iter(segment.after(token.index)), None)
    starts = starting(token) or (before is not None and before.has("starting"))
    return starts and after is not None and (after.kind == "figure" or after.has("of"))


def _paired(dates: Sequence[Token], segment: Segment, figure: int) -> Token | None:
    """ "2026年与2027年分别为…": the date at the figure's own place in the list."""
    mark = next((t for t in segment.tokens if t.has("respectively") and t.index < figure), None)
    listed = segment.tokens
    before_it, behind_it = segment.before_it, segment.behind_it
    if mark is None and before_it is not None and before_it.mark == "," and segment.tokens[0].has("and", "moreover"):
        mark = next((t for t in before_it.tokens if t.has("respectively")), None)
        listed = [*before_it.tokens, *segment.tokens]
        dates = [t for t in before_it.tokens if t.period is not None]
    elif mark is not None and behind_it is not None and segment.mark == "," and _goes_on(behind_it):
        listed = [*segment.tokens, *behind_it.tokens]
    if mark is None:
        return None
    before = [t for t in dates if t.index < mark.index]
    figures = [t.index for t in listed if t.kind == "figure" and t.index > mark.index]
    return (
        before[figures.index(figure)] if len(before) > 1 and len(before) == len(figures) and figure in figures else None
    )


def _goes_on(segment: Segment) -> bool:
    """ "分别约为300个，以及15000个": a list that a comma parts."""
    return segment.tokens[0].has("and", "moreover") and not any(t.period is not None for t in segment.tokens)


def _compared_with(token: Token, segment: Segment, figure: int) -> bool:
    """ "较上季再增三成": the period of the other side, unless the figure is that side's own ("比去年的960亿元")."""
    before = next(segment.before(token.index), None)
    between = [t for t in segment.tokens if token.index < t.index < figure]
    if len(between) == 1 and between[0].has("of") and _multiple(segment, figure):
        return True
    after = next(iter(segment.after(token.index)), None)
    if after is not None and after.has("than") and after.text.startswith("相"):
        return True  # "与去年同期相较成长三成"
    if before is None or not before.has("than"):
        return False
    if _multiple(segment, figure) and not between:
        return True
    return any(t.has("rise", "fall") or t.kind == "figure" for t in between)


def after_than(token: Token, segment: Segment) -> bool:
    """ "有望超越第三季的570亿美元": of the other side's own time."""
    before = next(segment.before(token.index), None)
    return before is not None and before.has("than")


def _multiple(segment: Segment, index: int) -> bool:
    figure = next((t.figure for t in segment.tokens if t.index == index), None)
    return figure is not None and figure.kind == "multiple"


def _best(found: Sequence[Token], metric: str) -> Token:
    """The last that can cover the metric: of figures that flow a day tells only when it was said."""
    spans = [t for t in found if t.period is not None and t.period.rule in _SPANS]
    cumulative = next((t for t in found if t.period is not None and t.period.rule == "cumulative"), None)
    if cumulative is not None and not spans:
        return cumulative
    found = [t for t in found if t is not cumulative]
    broad = [t for t in found if t.period is not None and t.period.rule not in _DAILY]
    return (broad or list(found))[-1]


def _of_report(token: Token, bond: Bond, world: World, status: str) -> str | None:
    """全年 in a report is its year; "2024年同期" the period spoken of, a year before."""
    metric = bond.entry.metric or ""
    if metric not in REPORTED | FLOWS or world.period is None or not world.period[:4].isdigit():
        return None
    if token.text in ("本季度", "本季", "当季", "當季", "该季", "該季", "当季度", "当期") and status == "achieved":
        return world.period
    if token.text in ("全年", "年内", "年內") and status == "achieved":
        return world.period[:4]
    if token.has("same_time") and token.period is not None and token.period.year is not None:
        return f"{token.period.year}{world.period[4:]}"
    return None


def _so_far(token: Token, segment: Segment, year: str) -> str | None:
    """ "截至9月，今年已售出…": from January to that month."""
    for scope in (segment, segment.before_it):
        for other in scope.tokens if scope is not None else ():
            if other is not token and other.period is not None and other.text[:2] == "截至":
                month = other.period.read(None, future=False)
                if month is not None and len(month) == 7 and month[:4] == year:
                    return f"{year}-01/{month}"
    return None


def read(
    token: Token | None, bond: Bond, segment: Segment, world: World, *, subject: str | None, status: str
) -> str | None:
    """The period in the contract's form."""
    metric = bond.entry.metric or ""
    future = None if status == "denied" else status in ("planned", "forecast", "conditional")
    if metric in RULER_METRICS and not future:
        future = None  # "自7月起": a rule that has been set may have yet to begin.
    if token is None or token.period is None:
        if any(t.has("per_year") for t in segment.tokens) and metric in FLOWS:
            return "per year"
        if any(t.has("report_period") for s in (segment, segment.before_it) if s for t in s.tokens):
            return world.period
        again = metric == "orders" and world.entry is not None and world.entry.metric == "orders"
        return world.period if (metric in REPORTED or again) and status == "achieved" else None
    period = token.period
    if metric in EVENTS and period.rule == "years":
        return None
    if (ends := _end_of_span(period, bond)) is not None:
        return ends
    whole = _of_report(token, bond, world, status)
    if whole is not None:
        return whole
    if period.rule in _DAILY and metric not in EVENTS | RULER_METRICS | {"valuation", "price"}:
        return world.period if metric in REPORTED and status == "achieved" else None
    own = metric in REPORTED and not bond.entry.id.startswith("growth/price")  # no report tells what prices do.
    text = period.read(subject, future=future, own_quarters=own, told=world.period)
    if token.text in _NEXT_QUARTERS and metric in REPORTED and (reported := _QUARTER.match(world.period or "")):
        text = f"{reported[1]}{int(reported[2]) + 1}"
    if token.text.endswith("全年") and metric in REPORTED and status == "achieved" and period.published is not None:
        text = str(period.published.year - 1) if period.published.month < REPORTS_END else text
    if text is not None and metric in FLOWS and period.rule == "year" and status == "achieved":
        text = _so_far(token, segment, text) or text
    if text is not None and text.endswith("/..") and metric in EVENTS and status == "achieved":
        return None
    if text is not None and metric in _DONE_BY and period.rule == "year" and period.at_end and len(text) == 7:
        text = text[:4]
    held_against = _compared_with(token, segment, bond.figure.index) or after_than(token, segment)
    if text is not None and metric in REPORTED | FLOWS and period.rule != "same" and status == "achieved":
        world.period = world.period if held_against else text
    return text


def _end_of_span(period: Period, bond: Bond) -> str | None:
    """ "2022年至2024年营收从0.5亿元增至4.4亿元": the first year's figure, and the last one's."""
    quantity = bond.figure.figure
    if period.rule != "year_span" or quantity is None or quantity.lead not in ("from", "to"):
        return None
    return str(period.year if quantity.lead == "from" else period.last)


def note(tokens: Sequence[Token], world: World) -> None:
    """A sentence that announces a report ("发布2025年年度报告") sets the period of what follows."""
    dated = [t for t in tokens if t.period is not None and t.period.rule in _REPORTS and t.text != "全年"]
    for token in dated:
        if token.period is not None:
            world.period = token.period.read(world.company, future=False, own_quarters=True) or world.period
            return
