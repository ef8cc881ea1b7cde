"""Forms of a verb from its dictionary form, where the tables write `~` before it.

`forms("de", "aus|liefern")` -> ausliefert, ausgeliefert, auszuliefern ... The tables so list verbs, not their endings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.inflection import german, japanese, korean
from monitor.claims.inflection.model import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["Form", "forms"]

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
