"""Who says it: speakers before, within or after what they say, and sources ("据…")."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.claims.speech import Speech
from monitor.claims.topics.segments import ENDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.speech import SpeechKind
    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment

_KINDS: tuple[SpeechKind, ...] = ("deny", "expect", "estimate", "say")
_CHIEF = "chief:"
_SPEAKING = frozenset({*_KINDS, "source"})
_DAYS = frozenset({"日", "昨", "今", "日晚", "日晚間", "日晚间", "日盘后", "日盤後", "日早", "日下午", "日上午"})
"""What is left of a date of Taiwan's press: "昨（12）日"."""
_TURNS = frozenset("问問答")
"""Who asks and who answers, in a transcript."""
_CAUSES = frozenset({"受", "受到", "因", "因为", "因為", "由于", "由於", "随着", "隨著"})
_HOLDS = frozenset("超高低不逊遜优優好符略远遠胜勝")


def speeches(row: Sequence[Token], segments: Sequence[Segment], cues: frozenset[str]) -> list[Speech]:
    """The speeches of a sentence; marks their speakers' tokens with the number of the speech.

    `cues`: those of the whole row."""
    found: list[Speech] = []
    if _SPEAKING.isdisjoint(cues) and all(segment.mark != ":" for segment in segments):
        return found
    for segment in segments:
        if segment.mode == "aside":
            continue
        speech = _source(row, segment, len(found)) or _spoken(row, segment, segments, found)
        if speech is not None:
            found.append(speech)
    return found


def chief_of(token: Token) -> str | None:
    """The company that a person heads."""
    return next((cue.removeprefix(_CHIEF) for cue in token.cues if cue.startswith(_CHIEF)), None)


def _kind(token: Token) -> SpeechKind | None:
    return next((kind for kind in _KINDS if kind in token.cues), None)


def _spoken(
    row: Sequence[Token], segment: Segment, segments: Sequence[Segment], found: Sequence[Speech]
) -> Speech | None:
    if segment.mark == ":" and (titled := _colon(row, segment, len(found))):
        return titled
    verb = _verb(segment)
    if verb is None:
        return None
    kind = _kind(verb)
    if kind is None:
        return None
    speaker = _speaker(segment, verb)
    if (kind == "expect" and _impersonal(segment, verb)) or (kind in ("expect", "estimate") and _measured(segment)):
        return None
    if any(e.metric is not None for t in speaker for e in t.entries) and not any(t.has("analyst") for t in speaker):
        return None
    if segment.tokens[0].text in _CAUSES:
        return None  # "受苹果预计入局支撑": why, not who says it.
    last = _scope_end(row, verb.index)
    content = [t for t in segment.after(verb.index) if not _slack(t)]
    before = _told_before(segment, segments)
    if not speaker:
        return (
            None
            if kind != "deny"
            else _mark(row, Speech(len(found), kind, (), (_content(verb), last), leading=True), verb)
        )
    if not content:
        start = _scope_start(segment, segments, found) if before else _content(verb)
        tail = last if segment.mark in (",", ":") or not before else segment.last + 1
        return _mark(row, Speech(len(found), kind, speaker, (start, tail), leading=start > verb.index), verb)
    return _mark(row, Speech(len(found), kind, speaker, (_content(verb), last), leading=True), verb)


def _content(verb: Token) -> int:
    """Where what is said begins: behind the verb, or with it where it is part of a date ("预计今年…")."""
    return verb.index if verb.kind == "period" else verb.index + 1


def _impersonal(segment: Segment, verb: Token) -> bool:
    """ "下一代GPU预计明年量产": a verb of its own follows, so what stands before is its subject and nobody speaks."""
    first = next((t for t in segment.after(verb.index) if not _slack(t)), None)
    return (
        first is not None
        and bool(first.entries)
        and all(e.pos == "verb" and e.metric is not None for e in first.entries)
    )


def _measured(segment: Segment) -> bool:
    """ "超市场预估", "营收优于法人预估的": what a figure is held against."""
    first = next((t for t in segment.tokens if not t.has("each", "adverb")), segment.tokens[0])
    if (
        first.text[0] in _HOLDS
        and not first.has("analyst")
        and any(t.has("consensus", "analyst") for t in segment.tokens)
    ):
        return True
    return any(held.has("than") and other.has("consensus", "analyst") for held, other in pairwise(segment.tokens))


def _verb(segment: Segment) -> Token | None:
    """The first word of speech of a segment, unless another verb or a figure stands before it."""
    if segment.tokens[-1].has("say") and segment.tokens[0].has("analyst"):
        return segment.tokens[-1]  # "集邦咨询晶圆代工研究显示": verbs between are of what is studied.
    verb: Token | None = None
    for token in segment.tokens:
        if (token.kind != "figure" and not token.cues and not token.verb) or token.has("plain"):
            continue
        if token.kind == "figure":
            return verb
        if _kind(token):
            verb = token
            following = next((t for t in segment.after(token.index)), None)
            if following is not None and _kind(following) and token.has("say"):
                continue
            return verb
        if verb is not None:
            return verb
        if token.has("link", "plan", "negation"):
            return None
        if token.verb and not token.has("rise", "fall", "verb") and token.entries:
            return None
    return verb


def _colon(row: Sequence[Token], segment: Segment, number: int) -> Speech | None:
    """ "平头哥：…": a short name before a colon speaks."""
    if len(segment.tokens) > 6 or any(t.kind == "figure" or t.entries for t in segment.tokens):
        return None
    kind = next((k for t in segment.tokens if (k := _kind(t))), None)
    speaker = tuple(t for t in segment.tokens if not _slack(t) and not _kind(t))
    if len(speaker) == 1 and speaker[0].text in _TURNS:
        return None
    if not speaker or any(t.has("verb") and not _kind(t) for t in segment.tokens):
        return None
    speech = Speech(number, kind or "say", speaker, (segment.last + 1, _scope_end(row, segment.last)), leading=True)
    for token in segment.tokens:
        if token.kind != "period":
            token.speech = number
    return speech


def _speaker(segment: Segment, verb: Token) -> tuple[Token, ...]:
    """The words for the speaker: those before the verb, without adverbs, dates and where it was said."""
    words: list[Token] = []
    for token in segment.tokens:
        if token.index >= verb.index:
            break
        if token.has("prep", "agent") and words:
            break
        if not _slack(token) and not token.has("say", "estimate"):
            words.append(token)
    return tuple(words)


def _slack(token: Token) -> bool:
    return (
        token.kind in ("period", "mark")
        or token.text in _DAYS
        or token.has("adverb", "future", "may", "and", "prep", "of", "figureword", "then", "moreover", "plain")
    )


def _told_before(segment: Segment, segments: Sequence[Segment]) -> bool:
    """Whether a statement that nobody speaks yet stands before."""
    for other in segments[: segment.number][::-1]:
        if other.mark in ENDS:
            return False
        if any(t.speech is not None for t in other.tokens):
            return False
        if other.mode != "aside" and any(t.kind == "figure" or t.entries for t in other.tokens):
            return True
    return False


def _scope_start(segment: Segment, segments: Sequence[Segment], found: Sequence[Speech]) -> int:
    start = segment.first
    for other in segments[: segment.number][::-1]:
        if other.mark in ENDS or any(t.speech is not None for t in other.tokens):
            break
        start = min(start, other.first)
    return start


def _scope_end(row: Sequence[Token], start: int) -> int:
    return next((t.index for t in row[start + 1 :] if t.kind == "mark" and t.text in ENDS), len(row))


def _mark(row: Sequence[Token], speech: Speech, verb: Token) -> Speech:
    clause = verb.clause
    for token in row[: verb.index + 1]:
        if token.clause == clause and token.kind != "period":
            token.speech = speech.number
    return speech


def _source(row: Sequence[Token], segment: Segment, number: int) -> Speech | None:
    """ "据澜图研究统计，…": what follows 据 to the comma is the source."""
    at = next((t for t in segment.tokens if not t.has("adverb")), None)
    at = at if at is not None and at.has("source") else None
    if at is None or segment.mark not in (",", ":", "") or any(t.has("link") for t in segment.tokens):
        return None
    rest = [t for t in segment.tokens if t.index > at.index]
    speaker = tuple(t for t in rest if not _slack(t) and not _kind(t) and not t.has("reckoning"))
    kinds = [k for t in rest if (k := _kind(t)) is not None]
    kind: SpeechKind = next((k for k in kinds if k in ("expect", "estimate")), "source")
    speech = Speech(number, kind, speaker, (segment.last + 1, _scope_end(row, segment.last)), leading=True)
    for token in segment.tokens:
        if token.index >= at.index and token.kind != "period":
            token.speech = number
    return speech
