"""What a paradigm yields."""

from __future__ import annotations

from typing import NamedTuple


class Form(NamedTuple):
    """One form of a verb."""

    text: str
    future: bool = False
    """It tells, standing at the end of its clause, what is still to come."""
    prefix: str = ""
    """The separated prefix that must close the clause: "liefert … aus"."""
