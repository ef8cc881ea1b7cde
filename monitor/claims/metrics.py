"""What every language shares: the metrics, their units and how a figure becomes a claim's value."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.claims.numbers.model import Quantity
    from monitor.model import Bound, Number

EVENTS = frozenset({"export_control", "launch", "mass_production", "tape_out", "ipo", "acquisition"})
RULER_METRICS = frozenset({"tariff", "listed_entities", "export_control"})
"""Acts of governments and their agencies."""
RULERS_TOO = frozenset({"investment", "market_share"})
"""Metrics that a government may be the subject of."""
LEVELS = frozenset(
    {
        "shipments", "orders", "production", "capacity", "deployment",
        "revenue", "profit", "funding", "valuation", "investment", "price",
    }
)  # fmt: skip
"""Metrics whose change alone is `growth`."""
OPERATORS = frozenset({"deployment", "price", "orders", "performance"})
"""Metrics where an actor off the watchlists leaves the claim to the maker of the product."""
REPORTED = frozenset({"revenue", "profit", "growth"})
"""What companies report by quarters; a figure without a period belongs to the report spoken of."""
FLOWS = frozenset(
    {
        "shipments",
        "orders",
        "production",
        "deployment",
        "investment",
        "funding",
        "mass_production",
        "tape_out",
        "launch",
    }
)
"""What is done in a period."""
COUNTED_UP = frozenset({"shipments", "production", "deployment"})
"""What adds up: told since a year, it is a total."""
PLEDGES = frozenset({"investment", "deal", "orders", "funding"})
"""What may be spread over a number of years."""
TIMELESS = frozenset({"export_control", "listed_entities"})
FLOOR = 100_000
"""Sums of money below it are no revenue, profit, funding, valuation, investment or deal."""
CEILING = 1_000_000_000
"""No single unit costs more."""
FEWEST = 10
"""Fewer units are news only of machines that are sold singly."""
SINGLY = frozenset({"euv", "duv"})
TOTALS = frozenset({"revenue", "profit", "funding", "valuation", "investment", "deal"})
COUNTS = frozenset({"shipments", "orders", "production", "deployment"})
OF_PRODUCTS = COUNTS | {"capacity", "price", "performance", "process_node"}
"""What is counted, priced or measured of a product."""
OF_PLANTS = frozenset({"yield", "capacity", "production"})
"""What is told of a plant is its owner's."""
STATES = frozenset({"capacity", "valuation", "price", "market_share", "yield", "performance"})
_PER_YEAR = {"day": 365, "week": 52, "month": 12, "quarter": 4, "year": 1}


@dataclass(frozen=True, slots=True)
class Measure:
    """A claim's value with its unit; `period` where the unit itself holds a rate ("per month")."""

    value: Number
    value_max: Number | None
    unit: str
    bound: Bound
    period: str | None = None


def measure(metric: str, quantity: Quantity, sign: int = 1, *, unit: str = "") -> Measure:
    """The value of `quantity` in the unit of `metric`; a figure without one takes `unit`, that of the figure before."""
    if metric == "growth":
        return _growth(quantity, sign)
    own, factor, period = _unit(metric, quantity)
    sign = 1 if quantity.value < 0 else sign  # "a loss of -3.1bn" is no profit
    unit = unit if unit and quantity.kind == "bare" and not quantity.per else own
    low = _times(quantity.value, factor * sign)
    high = None if quantity.value_max is None else _times(quantity.value_max, factor * sign)
    if high is not None and high < low:
        low, high = high, low
    return Measure(low, high, unit, quantity.bound, period)


def _growth(quantity: Quantity, sign: int) -> Measure:
    def percent(value: Number) -> Number:
        return (
            _times(Fraction(value) - 1, Fraction(100)) if quantity.kind == "multiple" else _times(value, Fraction(sign))
        )

    high = None if quantity.value_max is None else percent(quantity.value_max)
    return Measure(percent(quantity.value), high, "percent", quantity.bound)


def _times(value: Number | Fraction, factor: Fraction | int) -> Number:
    if factor == 1 and not isinstance(value, Fraction):
        return value
    exact = Fraction(value) * factor
    return int(exact) if exact.denominator == 1 else float(exact)


def _unit(metric: str, quantity: Quantity) -> tuple[str, Fraction, str | None]:
    per = quantity.per if quantity.per in _PER_YEAR else None
    period = f"per {per}" if per in ("week", "month", "quarter", "year") else None
    one = Fraction(1)
    if quantity.kind == "money":
        return quantity.unit, one, period
    if quantity.kind in ("percent", "points") or metric == "market_share":
        return "percent", one, None
    if quantity.kind == "compute":
        return quantity.unit, one, None
    if quantity.kind == "length":
        return "nm", one, None
    if metric == "capacity":
        return _capacity(quantity, per)
    if metric == "listed_entities":
        return "entities", one, None
    return ("wafers" if quantity.unit == "wafers" else "units"), one, period


def _capacity(quantity: Quantity, per: str | None) -> tuple[str, Fraction, str | None]:
    if quantity.unit == "wafers":
        factor = Fraction(_PER_YEAR[per], 12) if per else Fraction(1)
        return "wafers/month", factor, None
    if per is None:
        return "units", Fraction(1), None
    if per == "year":
        return "units/year", Fraction(1), None
    return "units/month", Fraction(_PER_YEAR[per], 12), None
