"""Figures as people read them: `more than 100,000 units`, `$46.7 billion`, `5 billion to 7 billion yuan`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.model import Bound, Number

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "TWD": "NT$", "HKD": "HK$", "SGD": "S$", "AUD": "A$", "CAD": "C$"}
_WORDS = {"CNY": "yuan", "JPY": "yen", "KRW": "won", "INR": "rupees", "CHF": "francs", "SEK": "kronor"}
_UNITS = {
    "units": "units",
    "wafers": "wafers",
    "entities": "entities",
    "wafers/month": "wafers a month",
    "units/month": "units a month",
    "units/year": "units a year",
    "nm": "nm",
    "TFLOPS": "TFLOPS",
    "TOPS": "TOPS",
}
_SCALES = ((1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million"))
_ROUNDED = 1_000
_DIVIDED = 1e-4
"""Further from whole hundredths than this no outlet writes a figure."""
_BOUNDS = {"at_least": "more than ", "at_most": "up to ", "about": "about ", "exact": "", "range": ""}


def is_currency(unit: str) -> bool:
    """Whether a canonical unit is money: an ISO 4217 code."""
    return len(unit) == 3 and unit.isalpha() and unit.isupper()


def digits(value: Number) -> str:
    """In full, with commas: 107,000; at most six decimals, none from a thousand on where they come of a division."""
    places = 0 if abs(value) >= _ROUNDED and abs(value * 100 - round(value * 100)) > _DIVIDED else 6
    text = f"{value:,.{places}f}"
    text = text.rstrip("0").rstrip(".") if places else text
    return text if text not in {"", "-0"} else "0"


def amount(value: Number, unit: str) -> str:
    """With its unit; money from a million on in words."""
    if is_currency(unit):
        return _money(value, unit)
    if unit == "percent":
        return f"{digits(value)}%"
    return f"{digits(value)} {_UNITS.get(unit, unit)}".strip()


def _money(value: Number, unit: str) -> str:
    size, minus = abs(value), "-" if value < 0 else ""
    scale, word = next((pair for pair in _SCALES if size >= pair[0]), (1, ""))
    number = " ".join(part for part in (digits(round(size / scale, 4)), word) if part)
    if unit in _SIGNS:
        return f"{minus}{_SIGNS[unit]}{number}"
    return f"{minus}{number} {_WORDS.get(unit, unit)}"


def bounded(value: Number, value_max: Number | None, unit: str, bound: Bound) -> str:
    """With bound and unit; both ends of a range."""
    if bound == "range" and value_max is not None:
        return f"{amount(value, unit)} to {amount(value_max, unit)}"
    return _BOUNDS[bound] + amount(value, unit)
