"""Whom the article cites, and of what rank that source is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.claims.speech import Speech
    from monitor.claims.world import World
    from monitor.model import Article, Voice

_DATELINE = re.compile(r"^(.*\s)?[-–—]{1,2}\s+")
"""A place and the dash behind it: "SHANGHAI, China -- Biren"."""


def words(speech: Speech | None, text: str) -> str | None:
    """The speaker in the article's words; None where nobody is cited or only "we" speak."""
    if speech is None or not speech.speaker:
        return None
    first, last = speech.speaker[0], speech.speaker[-1]
    said = _DATELINE.sub("", text[first.start : last.end]).strip()
    return None if said.lower() in ("we", "i") else said


def voice(
    speech: Speech | None, subject: str | None, article: Article, world: World, *, announcer: str | None = None
) -> Voice:
    """Rank of the source of a claim. A ministry speaks for its government, a parent for its unit.

    `announcer`: who announces what the clause tells as an object, "AMD announced an agreement to acquire Silo".
    """
    if article.record:
        return "record"
    if speech is None:
        return "subject" if announcer and world.one(announcer, subject) else "named"
    if any(world.one(entity, subject) for entity in speech.entities) or any(
        t.has("possessive") for t in speech.speaker[:1]
    ):
        return "subject"
    if any(t.has("unnamed") for t in speech.speaker):
        return "unnamed"
    return "subject" if _the_company(speech, subject, world) else "named"


def _the_company(speech: Speech, subject: str | None, world: World) -> bool:
    """ "…, the AI chip company said": who is spoken of, called by what he is, and nobody else."""
    if speech.entities or world.kind(subject) != "company" or not any(t.has("pronoun", "role") for t in speech.speaker):
        return False
    if any(t.capital for t in speech.speaker[1:]):
        return False
    return not speech.leading or world.one(world.company or "", subject)
