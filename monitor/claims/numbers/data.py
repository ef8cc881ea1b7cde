"""Reads a table of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def read_table(path: Traversable) -> dict[str, Any]:
    """A YAML file with every scalar as the text it is: "no", "on" and "null" are words here, never booleans."""
    with path.open("rb") as stream:
        table: dict[str, Any] = yaml.load(stream, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506
    return table
