"""Cuts a text into sentences without changing a character of it."""

from __future__ import annotations

import re

_CANDIDATE = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？｡]+[\"'”’»」』）)\]]*|[；](?=.)|\n+")
_WORD_BEFORE = re.compile(r"[\w.&'’-]+$")
_SPACE = re.compile(r"\s*")
_CLOSERS = "\"'”’»)]"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ABBREVIATIONS = _words(
    """
    mr mrs ms dr prof sr jr st gen sen rep gov rev hon col lt sgt capt pres
    inc corp co ltd plc llc bros dept univ assn intl est approx
    vs etc e.g i.e cf viz al no nos vol fig eq sec art pp ca incl excl resp
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun
    u.s u.k u.n e.u d.c u.s.a a.m p.m ph.d b.v n.v s.a s.p.a
    nr str bzw usw ggf evtl z.b d.h u.a mio mrd tsd abs ca jh jhdt
    """
)
"""Lower-case words, without their last dot, after which a dot ends no sentence unless a capital clearly starts one."""

_ALWAYS = _words("inc corp co ltd plc llc etc a.m p.m u.s u.k u.s.a d.c b.v n.v")
"""Abbreviations that often stand last in a sentence: a capitalised function word after them starts the next."""

_OPENERS = _words(
    "the a an it its he she they we i in on at by for but and as this that these those there after before if while "
    "when "
    "with under more some two three four five shares analysts according last each both all no"
)
_DAY = re.compile(r"(?:^|\s)\d{1,2}$")
_AFTER_DAY = _words(
    "januar jänner februar märz april mai juni juli august september oktober november dezember quartal halbjahr"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of `text`, in order, trimmed of white space; no visible character is left out.

    Full stops end a sentence unless they belong to a number, an initial, an abbreviation or an ellipsis within it; line
    breaks always do, and so do the marks of Chinese and Japanese. Linear in the length of the text.
    """
    spans: list[tuple[int, int]] = []
    start = _SPACE.match(text).end()  # type: ignore[union-attr]
    for match in _CANDIDATE.finditer(text):
        if match.start() < start:
            continue
        if match.group()[0] in ".…" and not _ends(text, match):
            continue
        _add(spans, text, start, match.end())
        start = _SPACE.match(text, match.end()).end()  # type: ignore[union-attr]
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))


def _ends(text: str, match: re.Match[str]) -> bool:
    after = _SPACE.match(text, match.end())
    rest = after.end() if after else match.end()
    if rest >= len(text):
        return True
    head = text[rest]
    if match.group().startswith((".", "…")) and head.islower():
        return False
    if len(match.group().rstrip(_CLOSERS)) > 1:
        return True
    before = _WORD_BEFORE.search(text, max(0, match.start() - 24), match.start())
    word = before.group().lower() if before else ""
    if len(word) == 1 and word.isalpha() and text[match.start() - 1].isupper():
        return False
    if _DAY.search(text[max(0, match.start() - 4) : match.start()]):
        following = _NEXT_WORD.match(text, rest)
        return following is None or following.group(1).lower() not in _AFTER_DAY
    if word in ABBREVIATIONS or ("." in word and len(word) <= 6 and not any(c.isdigit() for c in word)):
        return word in _ALWAYS and _opens(text, rest)
    return True


_NEXT_WORD = re.compile(r"[\"'“‘«(\[]*(\w+)")


def _opens(text: str, at: int) -> bool:
    """Whether a word that starts sentences, written with a capital, stands at `at`."""
    match = _NEXT_WORD.match(text, at)
    return match is not None and match.group(1)[0].isupper() and match.group(1).lower() in _OPENERS
