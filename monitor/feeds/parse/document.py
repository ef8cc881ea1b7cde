"""What parsing makes of a body."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.model import Hints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.model import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A feed as read: entries in document order, without those whose fingerprint the job knew."""

    entries: tuple[Entry, ...]
    known: Mapping[str, str] = field(default_factory=dict)
    count: int = 0
    title: str | None = None
    language: str | None = None
    garbled: bool = False
    hints: Hints = field(default_factory=Hints)
    warnings: tuple[str, ...] = ()
