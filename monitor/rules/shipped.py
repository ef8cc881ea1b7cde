"""The rules that the package ships."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from monitor.model import Rule

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def default_rules() -> tuple[Rule, ...]:
    """What applies where the configuration lists no rules, and what `- use: default` adds."""
    rows = yaml.load(files("monitor.rules").joinpath("default.yaml").read_text("utf-8"), Loader=_Loader)  # noqa: S506 - safe, in C
    return tuple(_rule(dict(row)) for row in rows)


def _rule(row: dict[str, object]) -> Rule:
    metric = row.pop("metric")
    row["metrics"] = tuple(metric) if isinstance(metric, list) else (metric,)
    for name in ("thresholds", "changes"):
        if name in row:
            row[name] = tuple(row[name])  # type: ignore[arg-type]
    return Rule(**row)  # type: ignore[arg-type]
