"""What the engine passes on: a claim with the reasons behind it, a figure without one and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.model import Status

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.model import Claim, Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A claim, the entry of the tables that made it, the tokens it rests on, and the reasons for what it says."""

    claim: Claim
    pattern: str
    tokens: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A figure that made no claim."""

    field: Field
    start: int
    end: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    drawn: tuple[Drawn, ...] = ()
    passed: tuple[Passed, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: `text[start:end]` of a field."""

    field: Field
    text: str
    start: int
    end: int

    @property
    def evidence(self) -> str:
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Verdict:
    status: Status
    reason: str
