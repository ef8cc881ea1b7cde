"""Which step of a listing or a law is told: filed, approved, debut; committee, passed, signed."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import yaml

from monitor.text.fold import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.tokens import Token
    from monitor.claims.words import Entry


def step(entry: Entry, clause: Sequence[Token], text: str, language: str) -> str | None:
    """The act of a claim that `entry` makes in a clause of `text`: a finer step than the entry's own, if told."""
    if entry.metric != "ipo" and not (entry.metric == "export_control" and entry.act == "passed"):
        return entry.act
    words = folded(text[clause[0].start : clause[-1].end])
    return next((name for name, told in _steps(entry.metric, language) if told.search(words)), entry.act)


@cache
def _steps(metric: str, language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The steps of `metric` that `language` has words for, in the order in which they are looked for."""
    table = yaml.safe_load((resources.files("monitor.claims") / "languages" / "steps.yaml").read_text("utf-8"))
    return tuple(
        (name, re.compile("|".join(re.escape(folded(word)) for word in words[language])))
        for name, words in table[metric].items()
        if language in words
    )
