"""Who says it: finds the speakers of a sentence and takes their words out of the running for subject."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.clausal.spans import (
    clause_start,
    closes,
    complete,
    phrase_end,
    plain,
    sentence_part,
    source_end,
)
from monitor.claims.speech import Speech, SpeechKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.tokens import Token


_KINDS: tuple[SpeechKind, ...] = ("deny", "expect", "estimate", "say")
_SPEAKING = frozenset({*_KINDS, "source"})
_OFFICE = 9
"""Tokens that an office behind a name may take."""


def speeches(row: Sequence[Token]) -> list[Speech]:
    """The speeches of a sentence; marks their speakers' tokens with the number of the speech."""
    found: list[Speech] = []
    for at, token in enumerate(row):
        if token.speech is not None or not token.cues & _SPEAKING:
            continue
        if token.has("source") and at and row[at - 1].has("be"):
            continue  # "is quoting a price"
        if token.has("deny") and _withheld(row, at):
            continue
        speech = _source(row, at, len(found)) if token.has("source") else _spoken(row, at, len(found))
        if speech is not None:
            found.append(speech)
    return found


def _withheld(row: Sequence[Token], at: int) -> bool:
    """ "Samsung was denied a permit": what it did not get, not what it says."""
    after = row[at + 1] if at + 1 < len(row) else None
    if row[at].text.lower().startswith("reject") and any(t.has("class:requestword") for t in row[at + 1 : at + 4]):
        return True  # "rejected Nvidia's application"
    return at > 0 and row[at - 1].has("be") and after is not None and after.has("determiner", "class:licenceword")


def until_told(spoken: Sequence[Speech], cut: Sequence[Clause], row: Sequence[Token]) -> list[Speech]:
    """An expectation ends where a clause tells what is done: "X expects sales of $9bn, and Y has begun to ship"."""
    ends = [c.tokens[0].index for c in cut if _tells_past(c, row)]
    return [
        replace(s, scope=(s.scope[0], min((e for e in ends if s.scope[0] < e < s.scope[1]), default=s.scope[1])))
        if s.leading and s.kind in ("expect", "estimate")
        else s
        for s in spoken
    ]


def _tells_past(clause: Clause, row: Sequence[Token]) -> bool:
    first, verb = next((t for t in clause.tokens if t.text != ","), clause.tokens[0]), clause.verb
    if verb is None or not first.has("and") or row[first.index - 1].text != ",":
        return False
    done = verb.has("perfect", "past") or verb.text.lower().endswith("ed")
    return done and any(t.kind == "name" or t.has("pronoun") for t in clause.tokens if t.index < verb.index)


def _kind(token: Token) -> SpeechKind | None:
    return next((kind for kind in _KINDS if kind in token.cues), None) if token.verb else None


def _spoken(row: Sequence[Token], at: int, number: int) -> Speech | None:
    kind = _kind(row[at])
    if kind is None or _stakes(row, at):
        return None
    first, last = sentence_part(row, at)
    if _seeks(row, at, last):
        return None
    comma = next((i for i in range(at - 1, first - 1, -1) if row[i].text == ","), None)
    participle = kind in ("expect", "estimate") and row[at].text.lower().endswith("ing")
    if comma is not None and comma == at - 1 and not participle and at + 1 < last and _only_name(row, at + 1, last):
        end = _with_office(row, phrase_end(row, at + 1, last), last)
        return _mark(row, Speech(number, kind, tuple(row[at + 1 : end]), (first, comma), leading=False), range(at, end))
    if (
        comma is not None
        and kind != "deny"
        and closes(row, at, last)
        and complete(row, first, comma)
        and _names(row[comma + 1 : at])
        and plain(row[comma + 1 : at])
        and not any(_tells(t, row) for t in row[comma + 1 : at])
    ):
        end = phrase_end(row, at + 1, last, words_only=True)
        reach = last if kind in ("expect", "estimate") and end < last else comma  # "..., X estimates, and will ..."
        speech = Speech(number, kind, plain(row[comma + 1 : at]), (first, reach), leading=False)
        return _mark(row, speech, range(comma + 1, end))
    start = clause_start(row, at, first)
    speaker = plain(row[start:at])
    if not speaker and kind in ("expect", "estimate") and (outsider := _goes_on_saying(row, at, first)):
        return _mark(row, Speech(number, kind, outsider, (at + 1, last), leading=True), range(at, at + 1))
    if speaker and kind in ("expect", "estimate") and _is_expected(row, at, speaker):
        return None
    if (not speaker and kind != "deny") or (kind == "say" and not _clausal(row, at, last)):
        return None
    speech = Speech(number, kind, speaker, (at + 1, last), leading=True)
    return _mark(row, speech, range(start, at + 1) if speaker else range(0))


def _is_expected(row: Sequence[Token], at: int, speaker: Sequence[Token]) -> bool:
    """ "with revenue projected between": what is expected is no speaker."""
    after = row[at + 1] if at + 1 < len(row) else None
    noun = any(e.pos == "noun" for e in speaker[-1].entries)
    if noun and at and row[at - 1].has("be") and not (after is not None and after.has("to", "that")):
        return True  # "volume production is expected later this year"
    led = after is not None and (after.kind == "figure" or after.has("at", "to", "for"))
    return noun and led and row[at].text.lower().endswith(("ed", "forecast", "seen"))


def _goes_on_saying(row: Sequence[Token], at: int, first: int) -> tuple[Token, ...]:
    """ "A broker puts output at 390,000 and expects Huawei to make": the subject of the verb before, if it is nobody
    of the watchlists."""
    if not row[at - 1].has("and"):
        return ()
    opening = row[first : next((t.index for t in row[first:at] if t.verb), first)]
    if any(t.kind == "name" or t.has("pronoun", "possessive", "role", "prep") for t in opening):
        return ()
    return plain(opening)


def _only_name(row: Sequence[Token], start: int, last: int) -> bool:
    """ ", said a supplier": a noun phrase follows and nothing is said of it."""
    end = phrase_end(row, start, last)
    return end > start and not any(
        t.verb or (t.kind == "figure" and t.text.lower() != "half") or t.has("that", "to")
        for t in row[start : min(end, start + 6)]
    )


def _tells(token: Token, row: Sequence[Token]) -> bool:
    """Whether a word is no part of a speaker's name: a figure (not "a poll of 14 economists"), a verb with object."""
    if token.kind == "figure":
        return not row[token.index - 1].has("of")
    following = row[token.index + 1] if token.index + 1 < len(row) else None
    return token.verb and bool(token.entries) and not (following is not None and following.has("by"))


def _stakes(row: Sequence[Token], at: int) -> bool:
    """ "bets $3 billion on": money at stake, not an opinion."""
    after = row[at + 1] if at + 1 < len(row) else None
    money = after is not None and after.figure is not None and after.figure.kind == "money"
    return money and row[at].text.lower() in ("bet", "bets")


def _seeks(row: Sequence[Token], at: int, last: int) -> bool:
    """ "looks for alternatives": what is sought, not what is expected, has no figure."""
    seeking = row[at].text.lower() in ("look for", "looks for")
    return seeking and not any(t.kind == "figure" for t in row[at + 1 : last])


def _with_office(row: Sequence[Token], end: int, last: int) -> int:
    """ "said Jane Doe, AMD's chief executive": the office behind the comma belongs to the speaker."""
    if end + 1 >= last or row[end].text != ",":
        return end
    stop = next((i for i in range(end + 1, last) if row[i].text == ","), last)
    office = row[end + 1 : stop]
    named = any(t.kind == "name" for t in office) and any(t.has("officer") for t in office)
    return stop if named and len(office) <= _OFFICE and not any(t.verb or t.kind == "figure" for t in office) else end


def _names(tokens: Sequence[Token]) -> bool:
    """Whether words can be a speaker: no "what", no participle at their head."""
    if tokens and tokens[0].has("with", "relative"):
        return False  # "with nothing from China assumed"
    return not any(t.text.lower() in ("what", "than") or t.has("plan") for t in tokens) and not (
        tokens and tokens[0].text.lower().endswith("ing")
    )


def _clausal(row: Sequence[Token], at: int, last: int) -> bool:
    """Whether a statement follows: "that", or a noun phrase with a verb; a figure as object is none."""
    if at + 1 < last and row[at + 1].has("that"):
        return True
    if row[at].entries and at + 1 < last and not row[at + 1].has("pronoun", "possessive"):
        return False
    return any(t.verb and not row[t.index - 1].has("to") for t in row[at + 1 : last]) or any(
        t.has("false", "rumour") for t in row[at + 1 : last]
    )


def _mark(row: Sequence[Token], speech: Speech, indexes: range) -> Speech:
    for index in indexes:
        if row[index].text != "," and (row[index].kind != "period" or not speech.leading):
            row[index].speech = speech.number
    if speech.leading and indexes and speech.kind != "source" and _dates_speech(row, indexes.stop):
        row[indexes.stop].speech = speech.number
    return speech


def _dates_speech(row: Sequence[Token], at: int) -> bool:
    """ "said last month that": the time is that of the saying."""
    return at + 1 < len(row) and row[at].kind == "period" and row[at + 1].has("that")


def _source(row: Sequence[Token], at: int, number: int) -> Speech | None:
    if row[at].text.lower() == "per" and not (at + 1 < len(row) and row[at + 1].capital):
        return None  # "per month"
    first, last = sentence_part(row, at)
    leading = at == first
    end = source_end(row, at + 1, last, leading=leading)
    speaker = tuple(row[at + 1 : end])
    if not speaker or speaker[0].text.lower() in ("which", "whom"):
        return None  # "a table according to which it took in"
    scope = (end, last) if leading else (first, at)
    return _mark(row, Speech(number, "source", speaker, scope, leading), range(at, end))
