"""Article + Mentions -> Claims."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from monitor.claims import numbers
from monitor.claims.domain import concerns
from monitor.claims.draft import Explanation, Passed
from monitor.claims.lexicon import Lexicon, lexicon
from monitor.claims.merge import merged
from monitor.claims.naming import named
from monitor.claims.rejoinder import denied
from monitor.claims.retraction import retracted
from monitor.claims.sanity import sane
from monitor.claims.sentence import Place, Reader
from monitor.claims.telling import corrected, put_aside
from monitor.claims.tokens import Token, annotate, fill, layered, name_token, phrase_token
from monitor.claims.when import period_tokens
from monitor.claims.world import World
from monitor.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from monitor.claims.draft import Drawn
    from monitor.claims.marked import MarkedReader
    from monitor.claims.numbers.model import Quantity
    from monitor.claims.topics import TopicReader
    from monitor.model import Article, Claim, Entity, Field, Reading

LONGEST_SENTENCE = 1500
"""Characters of a sentence that are analysed; what stands beyond, in text without stops, is not read."""
FALLBACK_LANGUAGE = "en"
ITEMS = 3
"""Headlines in one that make a digest."""
_ITEM = re.compile(r"[；;]\s*\S")
_PREPOSITIONS = frozenset({"in", "for", "by", "until", "from", "to", "on", "at", "through", "over"})
"""With which a period may begin and a phrase end."""
LONGEST_OVERLAP = 4
"""Names and periods that one phrase can reach into."""


def extract(article: Article, reading: Reading, entities: Mapping[str, Entity]) -> tuple[Claim, ...]:
    """The claims of an article, in order of place; each figure stands at its span of the stored text.

    Pure and deterministic; the cost is linear in the length of the article. Articles that name nobody give none.
    """
    return tuple(drawn.claim for drawn in explain(article, reading, entities).drawn)


def explain(article: Article, reading: Reading, entities: Mapping[str, Entity]) -> Explanation:
    """The claims of an article with pattern, tokens and reasons, and for every other figure why it made none."""
    if not reading.mentions and not (reading.actors and concerns(article)):
        return Explanation()
    words = lexicon(article.language or FALLBACK_LANGUAGE)
    if words is None:
        return Explanation(passed=tuple(_without_tables(article)))
    world = World(entities)
    reader = _reader(words)(world, words, article)
    drawn: list[Drawn] = []
    passed: list[Passed] = []
    fields: tuple[tuple[Field, str], ...] = (("title", article.title), ("text", article.text))
    digest = _digest(article.title)
    for field, text in fields:
        last = 0
        for place, row in _rows(field, text, article, reading, words):
            if digest:
                world.company = world.ruler = world.product = world.headline = None
            found, left = reader.read(place, row)
            if not found and reader.takes_back(row):
                drawn[last:] = denied(drawn[last:])
            last = len(drawn)
            drawn += named(found, row, text)
            passed += left
    kept, dropped = merged(reader.settled(drawn), world)
    kept = sane(kept, article, world)
    told = retracted(article, corrected(put_aside(kept)), words.language)
    return Explanation(drawn=tuple(told), passed=tuple(passed + dropped))


def _reader(words: Lexicon) -> type[Reader | TopicReader | MarkedReader]:
    """Loaded with the first article that needs it: most desks read one language or two."""
    if words.topic_chains:
        from monitor.claims.topics import TopicReader

        return TopicReader
    if words.marked:
        from monitor.claims.marked import MarkedReader

        return MarkedReader
    return Reader


def _digest(title: str) -> bool:
    """Whether a headline strings the news of many together: "A; B; C". Who "the company" is, each item says anew."""
    return len(_ITEM.findall(title)) >= ITEMS - 1


def _without_tables(article: Article) -> Iterator[Passed]:
    """Every figure of an article whose language has no tables of claims, with that as the reason."""
    reason = f"there are no tables of claims for the language {article.language!r}"
    fields: tuple[tuple[Field, str], ...] = (("title", article.title), ("text", article.text))
    for field, text in fields:
        for quantity in numbers.quantities(text, article.language):
            start, end = quantity.start, quantity.end
            yield Passed(field=field, start=start, end=end, text=text[start:end], reason=reason)


def _rows(
    field: Field, text: str, article: Article, reading: Reading, words: Lexicon
) -> Iterator[tuple[Place, list[Token]]]:
    if not text:
        return
    spans = [(0, len(text))] if field == "title" else sentences(text[(lead := _lead(article)) :])
    if field == "text" and lead:
        spans = [(start + lead, end + lead) for start, end in spans]
    known = _known(field, text, article, reading, words)
    starts = [t.start for t in known]
    classes = words.classes(text) if words.spaced else []
    places = [start for start, _ in classes]
    for start, end in spans:
        reach = min(end, start + LONGEST_SENTENCE)
        inside = [t for t in known[bisect_left(starts, start) : bisect_left(starts, reach)] if t.end <= reach]
        row = fill(text, start, reach, inside)
        for token in row if words.compounds else ():
            _head(token, words)
        annotate(row, classes[bisect_left(places, start) : bisect_left(places, reach)])
        yield Place(field, text, start, end), row


def _head(token: Token, words: Lexicon) -> None:
    """Gives a compound of no table what its last part says."""
    phrase = words.compound(token.text) if token.kind == "word" else None
    if phrase is not None:
        token.kind, token.cues, token.entries = "phrase", phrase.cues, phrase.entries


def _lead(article: Article) -> int:
    """Where a text begins that repeats its title in front, as flash news do: "【title】text"."""
    text = article.text
    if not text.startswith("【"):
        return 0
    end = text.find("】", 0, LONGEST_SENTENCE) + 1
    return end if text[1 : end - 1].strip() == article.title.strip() else 0


def _known(field: Field, text: str, article: Article, reading: Reading, words: Lexicon) -> list[Token]:
    names = [name_token(m, text) for m in reading.mentions if m.field == field]
    actors = [name_token(m, text, actor=True) for m in reading.actors if m.field == field]
    if words.countries:
        actors = sorted([*actors, *_countries(text, words)], key=_start)
    lead = _lead(article) if field == "text" else 0
    searched = " " * lead + text[lead:] if lead else text
    periods = period_tokens(searched, article, words.language)
    masked = [(t.start, t.end) for t in (*names, *periods)]
    name_starts = sorted(t.start for t in names)
    figures = [_figure(q, text, name_starts) for q in numbers.quantities(searched, words.language, masked)]
    if words.spaced:
        rates = [p for p in periods if p.period is not None and p.period.rule == "per_year"]
        dated = [p for p in periods if p not in rates]
        found = _recut(_phrases(text, text, words), sorted((*names, *dated), key=_start), text, words)
        _take_nouns(figures, found)
        return layered(names, dated, figures, actors, _outside_bounds(_rated(found, rates), figures), rates)
    taken = layered(names, periods, figures)
    if actors:
        wider = [p for p in _phrases(text, _blanked(searched, taken), words) if p.has("foreign", "common")]
        taken = layered(taken, layered(wider, actors))
    blanked = _blanked(searched, taken)
    phrases = list(_outside_bounds(_phrases(text, blanked, words), figures))
    if words.marked:
        phrases = _past_bounds(text, blanked, words, figures, phrases)
    return sorted([*taken, *phrases], key=_start)


def _countries(text: str, words: Lexicon) -> Iterator[Token]:
    """Letters that stand for a country, apart from other letters of their script: "美, 수출 허용"."""
    for match in _LETTER.finditer(text):
        if (entity := words.countries.get(match.group())) is not None:
            yield Token("name", match.start(), match.end(), match.group(), entity=entity, actor=True, capital=True)


_LETTER = re.compile(r"(?<![一-龥])[一-龥](?![一-龥])")


def _past_bounds(
    text: str, blanked: str, words: Lexicon, figures: Sequence[Token], phrases: Sequence[Token]
) -> list[Token]:
    """The phrases, and those that begin right behind a bound into which a longer one reached: "3万個以上納めた"."""
    tails = [(t.end, t.figure.end) for t in figures if t.figure is not None and t.figure.end > t.end]
    letters = list(blanked)
    for start, end in tails:
        letters[start:end] = "\0" * (end - start)
    kept = [p for p in phrases if not (p.entries and any(start < p.start < end for start, end in tails))]
    return layered(kept, _phrases(text, "".join(letters), words)) if tails else list(phrases)


def _start(token: Token) -> int:
    return token.start


def _phrases(text: str, searched: str, words: Lexicon) -> Iterator[Token]:
    return (phrase_token(start, end, text, phrase) for start, end, phrase in words.find(searched))


def _recut(phrases: Iterable[Token], taken: Sequence[Token], text: str, words: Lexicon) -> list[Token]:
    """Phrases that reach into a name or period, cut to what they hold beside it: "cumulative |shipments|"."""
    kept: list[Token] = []
    at = 0
    for phrase in phrases:
        while at < len(taken) and taken[at].end <= phrase.start:
            at += 1
        if at == len(taken) or taken[at].start >= phrase.end:
            kept.append(phrase)
            continue
        if (head := _before_period(text, phrase, taken[at])) is not None:
            kept.append(head)
            continue
        rest = _blanked_within(text, phrase, taken[at : at + LONGEST_OVERLAP])
        kept += [
            phrase_token(phrase.start + start, phrase.start + end, text, found)
            for start, end, found in words.find(rest)
        ]  # fmt: skip
    return kept


def _before_period(text: str, phrase: Token, taken: Token) -> Token | None:
    """Of a phrase whose last word, a preposition, belongs to a period what stands before: "scheduled |for May|"."""
    if taken.period is None or not phrase.start < taken.start < phrase.end <= taken.end:
        return None
    end = phrase.start + len(text[phrase.start : taken.start].rstrip())
    tail = text[taken.start : phrase.end].lower()
    if tail not in _PREPOSITIONS:
        return None
    return Token(
        "phrase", phrase.start, end, text[phrase.start : end], phrase.cues, phrase.entries, capital=phrase.capital
    )


def _blanked_within(text: str, phrase: Token, taken: Sequence[Token]) -> str:
    letters = list(text[phrase.start : phrase.end])
    for token in taken:
        start, end = max(token.start, phrase.start), min(token.end, phrase.end)
        if start < end:
            letters[start - phrase.start : end - phrase.start] = "\0" * (end - start)
    return "".join(letters)


def _blanked(text: str, taken: Iterable[Token]) -> str:
    """`text` with what is taken blotted out: without blanks a phrase could begin within a name or date."""
    letters = list(text)
    for token in taken:
        letters[token.start : token.end] = "\0" * (token.end - token.start)
    return "".join(letters)


def _figure(quantity: Quantity, text: str, name_starts: Sequence[int]) -> Token:
    start, end = quantity.number_span
    unit = quantity.unit_span
    if unit is not None:
        start = min(start, unit[0])
        following = bisect_left(name_starts, end)
        if following == len(name_starts) or name_starts[following] >= unit[1]:
            end = max(end, unit[1])
    return Token("figure", start, end, text[start:end], figure=quantity)


def _take_nouns(figures: Sequence[Token], phrases: Sequence[Token]) -> None:
    """Gives a rate the noun within it that holds it: "half of the dies"."""
    at = 0
    for figure in figures:
        if figure.figure is None or figure.figure.kind not in ("percent", "multiple"):
            continue
        while at < len(phrases) and phrases[at].start < figure.start:
            at += 1
        for phrase in phrases[at:]:
            if phrase.start >= figure.end:
                break
            figure.entries += tuple(
                e for e in phrase.entries
                if e.pos == "noun" and e.metric and ("percent" in e.fits or figure.figure.kind == "multiple")
            )  # fmt: skip


def _rated(phrases: Iterable[Token], rates: Sequence[Token]) -> Iterator[Token]:
    """Phrases that hold a rate ("revenue run rate") with the period that it is."""
    starts = [r.start for r in rates]
    for phrase in phrases:
        at = bisect_left(starts, phrase.start)
        if at < len(rates) and rates[at].end <= phrase.end:
            phrase.period = rates[at].period
        yield phrase


def _outside_bounds(phrases: Iterable[Token], figures: Sequence[Token]) -> Iterator[Token]:
    """Phrases without those that only bound a figure ("more than", "up to"); verbs and directions stay."""
    at = 0
    for phrase in phrases:
        while at < len(figures) and figures[at].start <= phrase.start:
            at += 1
        quantity = figures[at].figure if at < len(figures) else None
        if quantity is not None and phrase.end > quantity.start and not _tells(phrase, quantity):
            continue
        yield phrase


def _tells(phrase: Token, quantity: Quantity) -> bool:
    if phrase.start < quantity.start or phrase.entries or phrase.has("link", "verb", "respectively"):
        return True
    return quantity.lead in ("by", "to", "from") and phrase.has("rise", "fall", "from", "to", "by", "previous")
