"""Words that name nothing by themselves: "in the first" behind a half-year, "the Baidu unit" behind Kunlunxin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.clausal.verbs import VERB_CUES
from monitor.claims.period import periods
from monitor.claims.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from monitor.claims.period import Period
    from monitor.claims.world import World

_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_PAST = frozenset({"last", "previous", "prior", "preceding"})
_PARTS = frozenset({"quarter", "half"})
_PLACING = frozenset({"in", "for", "during"})


def complete(row: list[Token], text: str) -> None:
    """Gives the noun that is left out its period: "$6bn in the third quarter after $5.2bn in the second"."""
    if not any(t.text.lower() in _NUMBERS or t.text.lower() in _PAST for t in row):
        return
    told: Period | None = None
    at = 0
    while at < len(row):
        period = row[at].period
        if period is not None and period.rule in _PARTS:
            told = period
        found = _left_out(row, at, told) if told is not None else None
        if found is not None and told is not None:
            start, end = row[at].start, row[at + 2].end
            meant = replace(found, start=start, end=end, role="in")
            row[at : at + 3] = [Token("period", start, end, text[start:end], period=meant)]
        at += 1
    for index, token in enumerate(row):
        token.index = index


_CURRENT = {"current": "current", "present": "current", "running": "current", "next": "next", "following": "next"}


def complete_one(row: list[Token], world: World, language: str, published: date | None) -> None:
    """ "It forecasts $10bn for the current one": the quarter that runs, where one was told of before."""
    if world.told_period is not None and world.told_period[:4].isdigit() and len(world.told_period) == 4:
        _that_year(row, f"in {world.told_period}", language, published)
    if world.told_period is None or "Q" not in world.told_period:
        return
    for at in range(len(row) - 3):
        words = [t.text.lower() for t in row[at : at + 4]]
        if words[0] not in _PLACING or words[1] != "the" or words[2] not in _CURRENT or words[3] != "one":
            continue
        found = next(iter(periods(f"in the {_CURRENT[words[2]]} quarter", language, published)), None)
        if found is None:
            return
        start, end = row[at].start, row[at + 3].end
        text = " ".join(t.text for t in row[at : at + 4])
        row[at : at + 4] = [Token("period", start, end, text, period=replace(found, start=start, end=end, role="in"))]
        for index, token in enumerate(row):
            token.index = index
        return


def _that_year(row: list[Token], meant: str, language: str, published: date | None) -> None:
    """ "In that year revenue was 11.8 billion yuan": the year told last."""
    for at in range(len(row) - 2):
        if [t.text.lower() for t in row[at : at + 3]] == ["in", "that", "year"]:
            start, end = row[at].start, row[at + 2].end
            found = next(iter(periods(meant, language, published)), None)
            if found is not None:
                period = replace(found, start=start, end=end, role="in")
                row[at : at + 3] = [Token("period", start, end, "in that year", period=period)]
                for index, token in enumerate(row):
                    token.index = index
            return


def _left_out(row: Sequence[Token], at: int, told: Period) -> Period | None:
    """What "in the second" at `at` means behind the quarter or half that was told."""
    words = [t.text.lower() for t in row[at : at + 3]]
    if len(words) < 3 or words[0] not in _PLACING or words[1] != "the":
        return None
    following = row[at + 3] if at + 3 < len(row) else None
    ends = following is None or following.kind == "mark" or following.has("than", "and", "boundary")
    ends = ends or (following is not None and (following.has("pronoun") or following.kind == "name"))
    if not ends and following is not None and following.text.lower() != "one":
        return None
    if words[2] in _NUMBERS and told.number is not None:
        return replace(told, number=_NUMBERS[words[2]], settled="nearest")
    if words[2] not in _PAST:
        return None
    if told.shift is not None:
        return replace(told, shift=told.shift - 1)
    return replace(told, rule="quarter_before", shift=-1) if told.rule == "quarter" else None


def resolve_units(row: Sequence[Token], world: World) -> None:
    """ "The Baidu unit", "Baidu's chip arm" is the last company spoken of that belongs to Baidu."""
    for token in row:
        owner = token.entity if token.kind == "name" else world.company if token.text.lower() == "its" else None
        if owner is None or not _calls_unit(row, token):
            continue
        unit = next((e for e in reversed(world.mentioned) if world.within(e, owner)), None)
        if unit is not None:
            token.kind, token.entity, token.modifier, token.possessive = "name", unit, False, False
            token.cues = frozenset()


def resolve_pair(row: list[Token], world: World) -> None:
    """ "AMEC and Naura reported. The former earned": the first of the two companies of the sentence before."""
    if world.pair is None:
        return
    for at in range(len(row) - 1, -1, -1):
        which, end = _of_two(row, at)
        after = row[end] if end < len(row) else None
        if not which or after is None or not (after.cues & VERB_CUES or any(e.pos == "verb" for e in after.entries)):
            continue
        entity = world.pair[which == "latter"]
        row[at:end] = [
            Token("name", row[at].start, row[end - 1].end, f"the {which}", entity=entity, capital=row[at].capital)
        ]
    for index, token in enumerate(row):
        token.index = index


def _of_two(row: Sequence[Token], at: int) -> tuple[str, int]:
    """ "the former" or "the latter" at a place, with where it ends."""
    words = row[at].text.lower()
    if words in ("the former", "the latter"):
        return words.removeprefix("the "), at + 1
    second = row[at + 1].text.lower() if at + 1 < len(row) else ""
    return (second, at + 2) if words == "the" and second in ("former", "latter") else ("", at)


_UNITS = (" unit", " arm", " subsidiary", " affiliate")
_TRADES = ("chip", "semicond", "design", "processor", "silicon")


def _calls_unit(row: Sequence[Token], owner: Token) -> bool:
    """Whether a word for a unit follows, of chips where its trade is told, that its own name does not follow."""
    behind = row[owner.index + 1 : owner.index + 5]
    at = next((i for i, t in enumerate(behind) if t.has("unitword") or t.text.lower().endswith(_UNITS)), -1)
    if at < 0 or (owner.kind == "name" and not owner.possessive and not (owner.modifier and at == 0)):
        return False
    trade = " ".join(t.text.lower() for t in behind[: at + 1])
    if " " in trade and not any(t in trade for t in _TRADES):
        return False  # "Alibaba's cloud unit"
    named = at + 1 < len(behind) and behind[at + 1].kind == "name" and not behind[at + 1].possessive
    return not named and (" " in trade or not owner.has("possessive"))
