"""The words of the number grammar: what a figure in a text is, and what only looks like one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from monitor.model import Bound, Number

Span = tuple[int, int]
"""Half-open span of code points of the text as it came in."""

Kind = Literal[
    "money", "count", "percent", "points", "multiple", "compute", "length", "bytes", "power", "other", "bare",
]  # fmt: skip
"""`points` are percentage points, `compute` TFLOPS or TOPS, `length` nm; `bare` has no unit in sight."""

Per = Literal["second", "hour", "day", "week", "month", "quarter", "year"]
Lead = Literal["", "to", "from", "by"]

TrapKind = Literal[
    "masked", "date", "year", "time", "duration", "quarter", "ticker", "document", "vote", "model", "generation",
    "ranking", "ordinal", "phone", "overlong",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A figure with its unit and bound, read from one place of a text."""

    start: int
    end: int
    """`start:end` is the whole expression: bound words, figure, unit."""
    number_span: Span
    """The figure with its scale words alone; both ends of a range."""
    unit_span: Span | None = None
    """Where the unit stands; may lie apart from the figure ("100,000 Zhenwu 810E chips") or before it ("US$5")."""
    value: Number
    """Exact: an int wherever the figure is whole. Of a `multiple` the ratio of new to old (doubled, 增一倍: 2)."""
    value_max: Number | None = None
    """Upper end of a range."""
    bound: Bound = "exact"
    kind: Kind = "bare"
    unit: str = ""
    """ISO code of money; of a count `units`, `wafers`, `entities`, `people`, `other`; `percent`; `nm`; `TFLOPS`."""
    noun: str = ""
    """What is counted, by the id of its table entry: `chip`, `card`, `wafer`, `company`; `share` of a price."""
    per: Per | None = None
    each: bool = False
    """Said of every single one: "each", "apiece", "per chip", 每颗."""
    vague: bool = False
    """A magnitude without a figure ("hundreds of thousands", 数十万): `value` is 0 and means nothing. Never a claim."""
    negative: bool = False
    """Written with a minus sign; `value` carries the sign."""
    lead: Lead = ""
    """The word before it that tells a level after a change ("to"), before it ("from"), or the change ("by")."""
    conversion: bool = False
    """Money that restates the money before it in another currency: "12.5亿元（约1.7亿美元）"."""
    carried: int = 1
    """Scale that stands elsewhere ("in millions"); `value` is the figure at `number_span` times this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """Digits that are no figure, and what they are instead."""

    start: int
    end: int
    kind: TrapKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """All that a text holds of figures, in order of place; figures and traps do not overlap."""

    quantities: tuple[Quantity, ...] = ()
    traps: tuple[Trap, ...] = ()
