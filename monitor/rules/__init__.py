"""Which changes in the ledger people are told of, how urgently, and in which words. Pure.

What judges is loaded at its first use: reading the configuration needs the shipped rules alone.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from monitor.rules.shipped import default_rules

if TYPE_CHECKING:
    from monitor.rules.judge import Judge
    from monitor.rules.keyword import alert_of as keyword_alert
    from monitor.rules.keyword import held as keyword_held
    from monitor.rules.keyword import matching as keyword_rules
    from monitor.rules.select import caring, steps

__all__ = ["Judge", "caring", "default_rules", "keyword_alert", "keyword_held", "keyword_rules", "steps"]

_LATER = {
    "Judge": ("judge", "Judge"),
    "keyword_alert": ("keyword", "alert_of"),
    "keyword_held": ("keyword", "held"),
    "keyword_rules": ("keyword", "matching"),
    "caring": ("select", "caring"),
    "steps": ("select", "steps"),
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, found = _LATER[name]
    return getattr(importlib.import_module(f"{__name__}.{module}"), found)
