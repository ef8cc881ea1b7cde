"""Figures that an article takes back in so many words: "not 4.6 billion yuan as we reported", 此前误报为46亿元."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from monitor.claims import numbers
from monitor.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor.claims.draft import Drawn
    from monitor.claims.numbers.model import Quantity
    from monitor.model import Article, Claim, Field, Number

_HINT = re.compile(
    r"correct|earlier version|previous version|previously|earlier|erratum|misstat|misreport|in error|"
    r"更正|误报|誤報|误写|誤寫|错报|錯報|勘误|勘誤|订正|訂正|有误|有誤|"
    r"誤り|正しくは|정정|바로잡|잘못|korrektur|korrigi|berichtig|irrtümlich|fälschlich|ursprünglich|zuvor",
    re.IGNORECASE,
)
"""One of these stands in every article that takes a figure back; all others are not looked at."""
_FIGURE = "\0"
"""Stands in for each figure of a sentence, so that the frames below speak of figures and not of digits."""
_WORDS = {
    "<wrong>": f"(?P<wrong>{_FIGURE})",
    "<figure>": _FIGURE,
    "<...>": f"[^{_FIGURE}.]{{0,60}}?",
    "<…>": f"[^{_FIGURE}，。]{{0,12}}?",
    "<any>": f"[^{_FIGURE}]*",
    "<not>": r"\b(?:not|instead of|rather than)",
    "<said>": r"\b(?:said|stated|gave|put|reported|wrote|misstated|misreported|listed|showed|read|had)\b",
    "<before>": r"\b(?:previously|earlier|incorrectly|wrongly|mistakenly|erroneously)",
    "<wrongly>": r"\b(?:incorrectly|wrongly|mistakenly|erroneously)",
    "<correction>": r"\b(?:correction|corrected|corrects|erratum|clarification)\b",
    "<misreported>": "(?:误|誤|错|錯)(?:报|報|写|寫|作)[为為成作]?",
    "<更正>": "(?:更正|勘误|勘誤|订正|訂正)",
    "<有误>": "(?:有误|有誤|系误|係誤|错误|錯誤|不准确|不準確)",
    "<误り>": "(?:誤り|誤報|間違い)",
    "<berichtet>": r"\b(?:berichtet|gemeldet|geschrieben|angegeben|mitgeteilt|genannt)\b",
    "<irrtümlich>": r"\b(?:irrtümlich(?:erweise)?|fälschlich(?:erweise)?|versehentlich)\b",
    "<früher>": r"\b(?:früheren|vorherigen|ersten|ursprünglichen) (?:version|fassung|meldung)\b",
}


def _compiled(*frames: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(re.sub("<[^<>]+>", lambda match: _WORDS.get(match[0], match[0]), frame), re.IGNORECASE)
        for frame in frames
    )


_FRAMES = _compiled(
    "<not> <wrong><...><before> <said>",
    r"<not> <wrong><...><said> (?:previously|earlier|in error)\b",
    r"<not> <wrong><...>\b(?:as|than|that) (?:we|it) <said>",
    "<correction><any><figure>,? <not> <wrong>",
    r"\b(?:earlier|previous|original) version\b<any>(?:<said>|\bthat\b)<any><wrong>",
    r"\bour (?:earlier|previous|original) (?:report|story|article)\b<any><said><any><wrong>",
    r"\bwe <before> <said><any><wrong>",
    "<wrongly> <said><any><wrong>",
    r"\bcorrect(?:s|ed|ing)\b<any>\bto <figure><any>\b(?:from|instead of|not) <wrong>",
    r"\bcorrect(?:s|ed|ing)\b<any>\bfrom <wrong> to <figure>",
    r"\bcorrect(?:s|ed|ing)\b<any>\bfrom <wrong>",
    "<misreported><…><wrong>",
    "[由从從将將]<…><wrong><更正>[为為]<figure>",
    "<更正><any><figure>，?(?:而非|而不是|不是|并非|並非)<…><wrong>",
)
_OWN = re.compile(
    r"更正|勘误|勘誤|订正|訂正|致歉|本站|本报|本報|本网|本網|本刊|おわび|お詫び|정정|바로잡|korrektur|korrigi|berichtigung|"
    r"(?:früheren|vorherigen|ersten|ursprünglichen) (?:version|fassung|meldung)",
    re.IGNORECASE,
)
"""What outlets say where they correct themselves; elsewhere "X is wrong" is somebody's word against another's."""
_OWN_FRAMES = _compiled(
    "<wrong>[^\0，。]{0,24}<有误>",
    "<wrong>[^\0，。]{0,8}，?(?:正确|正確|实际|實際)?(?:应为|應為|实为|實為)<figure>",
    "<wrong>[^\0。]{0,16}<figure>[」』]?の<误り>",
    "<wrong>[^\0。]{0,24}<误り>",
    "<wrong>[^\0。]{0,24}正しくは",
    "<wrong>(?:から|を)[^\0。]{0,6}<figure>に訂正",
    r"<wrong>[^\0.]{0,12}아니라[^\0.]{0,8}<figure>",
    r"<wrong>[^\0.]{0,20}(?:잘못|오보|바로잡|정정)",
    r"<wrong>(?:에서|을|를)?[^\0.]{0,4}<figure>(?:으로|로)? ?(?:바로잡|정정|수정|고칩)",
    r"(?:잘못|오보)[^\0.]{0,12}<wrong>",
    "<irrtümlich><any><wrong>",
    "<früher><any><wrong>",
    r"\bnicht <wrong><...>\bwie (?:zuvor|zunächst|ursprünglich|irrtümlich|fälschlich)\b",
    r"\bkorrig\w+<any>\bvon <wrong> auf <figure>",
    r"\bkorrig\w+<any><figure> statt <wrong>",
    r"\bkorrektur\b<any><figure>(?:, nicht| statt) <wrong>",
    r"<figure>, nicht <wrong><any><berichtet>",
)


_NO_SPEAKER = re.compile(r"\bnot\b|\bversion\b|^[更勘订訂]$|^本[站报報网網刊台]$")


class Retraction(NamedTuple):
    """A figure taken back, by its place, with the sentence that does so."""

    field: Field
    sentence: tuple[int, int]
    figure: Quantity


def retracted(article: Article, drawn: Sequence[Drawn], language: str) -> list[Drawn]:
    """The claims, with the figure that each corrects; a claim of the wrong figure is denied, as taken back."""
    if not drawn or not (_HINT.search(article.text) or _HINT.search(article.title)):
        return list(drawn)
    done = list(drawn)
    for found in _found(article, language):
        done = _applied(done, found)
    return done


def _found(article: Article, language: str) -> Iterator[Retraction]:
    fields: tuple[tuple[Field, str], ...] = (("title", article.title), ("text", article.text))
    own = any(_OWN.search(text) for _, text in fields)
    frames = (*_FRAMES, *_OWN_FRAMES) if own else _FRAMES
    for field, text in fields:
        if not _HINT.search(text):
            continue
        figures = numbers.quantities(text, language)
        for start, end in sentences(text) if field == "text" else [(0, len(text))]:
            inside = [q for q in figures if start <= q.number_span[0] and q.number_span[1] <= end]
            for wrong in _wrong(text[start:end], start, inside, frames):
                yield Retraction(field, (start, end), wrong)


def _wrong(sentence: str, start: int, figures: Sequence[Quantity], frames: Iterable[re.Pattern[str]]) -> list[Quantity]:
    """The figures of a sentence that one of the frames calls wrong."""
    if not figures:
        return []
    plain, places, last = "", {}, 0
    for quantity in figures:
        first, end = _extent(quantity)
        if first - start < last:
            continue
        plain += sentence[last : first - start]
        places[len(plain)] = quantity
        plain += _FIGURE
        last = end - start
    plain += sentence[last:]
    found = (match.start("wrong") for frame in frames for match in frame.finditer(plain))
    return list({place: places[place] for place in found}.values())


def _extent(quantity: Quantity) -> tuple[int, int]:
    """The whole expression, without the word that tells which of two levels it is."""
    first = quantity.number_span[0]
    if quantity.unit_span is not None:
        first = min(first, quantity.unit_span[0])
    return first if quantity.lead else min(first, quantity.start), max(quantity.end, quantity.number_span[1])


def _applied(drawn: list[Drawn], found: Retraction) -> list[Drawn]:
    wrong = [place for place, item in enumerate(drawn) if _is(item.claim, found)]
    right = _right(drawn, found, wrong)
    if right is None:
        return drawn
    done = list(drawn)
    for place in wrong:
        done[place] = _denied(drawn[place])
    claim = drawn[right].claim
    attribution = None if _misread(claim.attribution, found) else claim.attribution
    done[right] = replace(drawn[right], claim=replace(claim, corrects=found.figure.value, attribution=attribution))
    return done


def _right(drawn: Sequence[Drawn], found: Retraction, wrong: Sequence[int]) -> int | None:
    """The claim that tells the right figure: in the same sentence, else the only series of that unit in the article."""
    metric = drawn[wrong[0]].claim.metric if wrong else None
    fits = [
        place
        for place, item in enumerate(drawn)
        if place not in wrong
        and item.claim.corrects is None
        and item.claim.status != "denied"
        and metric in (None, item.claim.metric)
        and item.claim.value is not None
        and item.claim.value != found.figure.value
        and _same_unit(item.claim, found.figure)
    ]
    beside = [place for place in fits if _within(drawn[place].claim, found)]
    if beside:
        return beside[0]
    series = {(drawn[place].claim.metric, drawn[place].claim.subject) for place in fits}
    return fits[0] if len(series) == 1 else None


def _is(claim: Claim, found: Retraction) -> bool:
    """Whether the claim tells the figure that is taken back, at its place or anywhere in the same words."""
    if claim.figure is None or claim.value is None:
        return False
    first, last = found.figure.number_span
    return claim.field == found.field and claim.figure[0] < last and first < claim.figure[1]


def _within(claim: Claim, found: Retraction) -> bool:
    start, end = found.sentence
    return claim.field == found.field and claim.figure is not None and start <= claim.figure[0] < end


def _same_unit(claim: Claim, figure: Quantity) -> bool:
    """A figure without a unit ("not 1 million") is in the unit of the right one."""
    if figure.kind == "bare":
        return True
    counted = claim.unit.partition("/")[0] in ("units", "wafers", "entities")
    return figure.unit == claim.unit or (figure.kind == "count" and counted)


def _denied(item: Drawn) -> Drawn:
    claim = replace(item.claim, status="denied", attribution=None)
    return replace(item, claim=claim, reasons=(*item.reasons, "status: taken back"))


def _misread(attribution: str | None, found: Retraction) -> bool:
    """Whether what was read as the speaker is part of the words that take the figure back."""
    if attribution is None:
        return False
    return _NO_SPEAKER.search(attribution) is not None or _number(found.figure.value) in attribution


def _number(value: Number) -> str:
    return f"{value:,}"
