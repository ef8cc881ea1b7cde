"""Forms of a verb from its dictionary form, where the tables write `~` before it.

`forms("de", "aus|liefern")` -> ausliefert, ausgeliefert, auszuliefern ... The tables so list verbs, not their endings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.inflection import german, japanese, korean
from monitor.claims.inflection.model import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["Form", "closes_clause", "forms", "supposes", "tells_future"]

_PARADIGMS: Mapping[str, Callable[[str], Iterator[Form]]] = {
    "de": german.forms,
    "ja": japanese.forms,
    "ko": korean.forms,
}


def forms(language: str, verb: str) -> Iterator[Form]:
    """The forms of `verb`; raises `ValueError` for a language without paradigms or a word that is no verb of it."""
    paradigm = _PARADIGMS.get(language)
    if paradigm is None:
        raise ValueError(f"there are no paradigms of verbs for {language!r}; list the forms of {verb!r} themselves")
    yield from paradigm(verb)


def tells_future(language: str, clause: str) -> bool:
    """Whether the end of a clause, in a language that closes clauses with the verb, tells of what is still to come."""
    teller = {"ja": japanese.tells_future, "ko": korean.tells_future}.get(language)
    return teller is not None and teller(clause)


def supposes(language: str, before: str) -> bool:
    """Whether the text before a blank ends a condition (Korean -면); Japanese conditions are words of the tables."""
    return language == "ko" and korean.supposes(before)


def closes_clause(language: str, before: str) -> bool:
    """Whether the text before a comma (Japanese) or blank (Korean) ends in a form that leads on to the next clause."""
    closer = {"ja": japanese.closes_clause, "ko": korean.closes_clause}.get(language)
    return closer is not None and closer(before)
