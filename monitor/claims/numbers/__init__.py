"""The number grammar: every figure of a text with its unit and bound, and what only looks like a figure."""

from monitor.claims.numbers.model import Kind, Lead, Numbers, Per, Quantity, Span, Trap, TrapKind
from monitor.claims.numbers.scan import quantities, read

__all__ = ["Kind", "Lead", "Numbers", "Per", "Quantity", "Span", "Trap", "TrapKind", "quantities", "read"]
