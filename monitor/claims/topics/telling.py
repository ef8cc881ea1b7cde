"""What the ledger needs beside the figure: the day of an act, the outlet cited, the other party, how it is told."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from monitor.claims.telling import PARTIES
from monitor.claims.topics.parties import bought, division

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.claims.draft import Verdict
    from monitor.claims.speech import Speech
    from monitor.claims.tokens import Token
    from monitor.claims.topics.scene import Scene
    from monitor.claims.topics.segments import Segment

RESULTS = frozenset({"revenue", "profit", "growth"})
_BACK_THEN = re.compile(
    r"(?:去年|前年|一年前|两年前|兩年前)(?:的)?(?:这个时候|這個時候|此时|此時|这时|這時)[^。；]*$|"
    r"曾(?:经|經)?(?:认为|認為|预计|預計|预期|預期|预测|預測|估计|估計|表示|称|稱|说|說)[^，。；]*$"
)
"""Words before a figure that tell what was seen or said at an earlier time."""
_WEEKDAYS = "一二三四五六日"


def dated(scene: Scene, segment: Segment) -> date | None:
    """The day that a sentence gives to what a segment tells: 今日, 周二 (the last one), 5日."""
    if scene.published is None:
        return None
    for scope in (segment, *scene.chain(segment)):
        for token in scope.tokens:
            day = _day(token, scene.published)
            if day is not None:
                return day
    return None


def _day(token: Token, published: date) -> date | None:
    if token.period is not None and token.period.rule == "day":
        try:
            return date.fromisoformat((token.period.value or "").removeprefix("../"))
        except ValueError:
            return None
    if not token.cues:
        return None
    if token.has("today"):
        return published
    if token.has("yesterday"):
        return published - timedelta(days=1)
    if token.has("weekday"):
        return published - timedelta(
            days=(published.weekday() - _WEEKDAYS.index(token.text[-1].replace("天", "日"))) % 7
        )
    return None


def cited(speech: Speech | None, scene: Scene) -> str | None:
    """The outlet that the article cites ("据彭博社报道"); None for its own news."""
    if speech is None or speech.kind != "source" or speech.entities or not speech.speaker:
        return None
    verb = [t for t in scene.row if t.speech == speech.number and t.has("reported")]
    if not verb:
        return None
    said = scene.place.text[speech.speaker[0].start : speech.speaker[-1].end]
    return None if scene.article.outlet and said in scene.article.outlet else said


def party(metric: str, subject: str | None, segment: Segment, scene: Scene) -> str | None:
    """The other party of a deal or takeover: an entity id, or its name as written; of results the division."""
    if not segment.tokens:
        return None
    if metric in RESULTS:
        return _found(division, segment, scene)
    if metric not in PARTIES:
        return None
    if any(t.has("each") for t in segment.tokens):
        return None
    for token in segment.tokens:
        if token.kind == "name" and token.entity != subject and scene.world.kind(token.entity) == "company":
            return token.entity
    return _found(bought, segment, scene)


def _found(seek: Callable[[str], tuple[int, int] | None], segment: Segment, scene: Scene) -> str | None:
    """What `seek` finds in the segment's words, those of the watchlists' names put out."""
    start, end = segment.tokens[0].start, segment.tokens[-1].end
    statement = list(scene.place.text[start:end])
    for token in segment.tokens:
        if token.kind == "name":
            statement[token.start - start : token.end - start] = "某" * (token.end - token.start)
    found = seek("".join(statement))
    return None if found is None else scene.place.text[start + found[0] : start + found[1]].strip()


def manner(verdict: Verdict, before: str) -> Literal["news", "passing", "history"]:
    """As news, or as the history behind it; `before` is the sentence up to the figure."""
    return "history" if verdict.reason == "where a change began" or _BACK_THEN.search(before) else "news"
