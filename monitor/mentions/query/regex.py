"""Users' regular expressions on RE2, whose time is linear in the text whatever the expression."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from monitor.mentions.query.syntax import Pattern


@cache
def compiled(node: Pattern) -> Any:
    """The expression, ready; ValueError says what is wrong with it."""
    import re2

    options = re2.Options()
    options.case_sensitive = node.case
    options.log_errors = False
    try:
        return re2.compile(node.source, options)
    except re2.error as error:
        message = error.args[0]
        raise ValueError(message.decode("utf-8", "replace") if isinstance(message, bytes) else message) from None


def spans(node: Pattern, text: str) -> list[tuple[int, int]]:
    """Where the expression holds in `text`, in code points."""
    return [match.span() for match in compiled(node).finditer(text)]
