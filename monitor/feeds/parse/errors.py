"""Why bytes gave no entries."""

from __future__ import annotations

from typing import Literal

ParseFailure = Literal["not_a_feed", "parse", "parse_crash", "encoding", "too_large"]


class ParseError(Exception):
    """The document cannot be read; `kind` is the `FailureKind` that a poll gives for it."""

    def __init__(self, kind: ParseFailure, message: str) -> None:
        super().__init__(message)
        self.kind: ParseFailure = kind
