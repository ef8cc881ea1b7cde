"""Archived articles through the whole line, offline: how a desk tries a rule before trusting it."""

from monitor.replay.compare import Changed, Difference, difference
from monitor.replay.engine import Event, events, in_order, replay
from monitor.replay.expect import FailedExpectation, run_expectations
from monitor.replay.summary import Summary, Term, parse_budget

__all__ = [
    "Changed",
    "Difference",
    "Event",
    "FailedExpectation",
    "Summary",
    "Term",
    "difference",
    "events",
    "in_order",
    "parse_budget",
    "replay",
    "run_expectations",
]
