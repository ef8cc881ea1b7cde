"""What a text says of time, before and after the calendar has been asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from monitor.claims.period import calendar

if TYPE_CHECKING:
    from datetime import date

Rule = Literal[
    "day", "month", "quarter", "half", "year", "week", "fiscal_quarter", "fiscal_half", "fiscal_year",
    "quarter_ended", "half_ended", "nine_months_ended", "twelve_months_ended", "year_ended", "same", "same_quarter",
    "quarter_before", "months", "quarters", "month_span", "year_span", "years", "business_year", "cumulative",
    "per_year",
]  # fmt: skip
Role = Literal["in", "by", "since", "until"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of time that a text names at `start:end` (code points); `read` gives it in the contract's form.

    Fields that the text leaves open (the year of "in June") are None and are settled against `published`.
    """

    start: int
    end: int
    rule: Rule
    role: Role = "in"
    published: date | None = None
    year: int | None = None
    shift: int | None = None
    """Of a relative word: units before (-1: last, 上) or after the running one; `year` is None then."""
    year_shift: int | None = None
    """"of last year" beside a quarter or month."""
    number: int | None = None
    """Day's month, month, quarter, half; count of `years`, `months`; ending month of `quarter_ended`."""
    last: int | None = None
    """Day of month; second month or year of a span."""
    at_end: bool = False
    """"end of": the last month of a year."""
    by_end: bool = False
    """"by the end of 2028", where a language means the year by it; of a capacity it is the month."""
    settled: Literal["past", "nearest", "coming"] | None = None
    """What the words say of an open year.

    It is over ("the quarter that ended in July"), the nearest (截至7月), or yet to come (오는 4월).
    """

    @property
    def value(self) -> str | None:
        """The contract's form, where the text alone decides: the nearest June, the calendar's second quarter."""
        return self.read()

    def read(
        self,
        company: str | None = None,
        *,
        future: bool | None = None,
        own_quarters: bool = False,
        told: str | None = None,
    ) -> str | None:
        """The contract's form; None where it cannot be told (no date, no fiscal calendar).

        `company`: entity id, for fiscal periods. `future`: whether what is told lies ahead; decides which June, where
        no year is named. `own_quarters`: a plain "second quarter" is the company's own (its results). `told`: the
        period last told, to which "a year earlier", 同期 and "the previous quarter" point back.
        """
        return calendar.read(self, company, future=future, own_quarters=own_quarters, told=told)

    def like(self, other: str | None) -> str | None:
        """Of the rule `same` ("a year earlier", 同期): the period `other` it points back to, moved by `shift` years."""
        return other and calendar.moved(other, self.shift or 0)

    @property
    def last_month(self) -> str | None:
        """Of "by the end of 2028": its December."""
        year = self.value
        return f"{year}-12" if self.by_end and year is not None and len(year) == 4 else None

    @property
    def fiscal(self) -> bool:
        return self.rule in {"fiscal_quarter", "fiscal_year"}
