"""Which words of a row are verbs, where the tables leave it open."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.tokens import Token

VERB_CUES = frozenset(
    {"aux", "be", "future", "may", "would", "plan", "say", "estimate", "expect", "deny", "link", "verb"}
)
_PAST = frozenset(
    {
        "put", "let", "sent", "took", "sold", "became", "began", "brought", "got", "gave", "went", "made", "paid",
        "bought", "built", "held", "kept", "lost", "met", "rose", "grew", "won", "spent", "stood", "came", "saw",
        "said", "wrote", "told", "thought", "found", "knew",
    }
)  # fmt: skip
"""Irregular forms that are no nouns."""
_HELPING = frozenset({"be", "aux", "future", "would", "may", "perfect", "say"})


def tag_verbs(row: Sequence[Token], endings: tuple[str, ...] = ()) -> None:
    """Decides for words that may be a verb or a noun ("orders", "supply") which one they are here."""
    for at, token in enumerate(row):
        if not token.cues and not token.entries:
            token.verb = _ends_like_verb(row, at, endings)
            continue
        reads_verb = bool(token.cues & VERB_CUES) or any(e.pos == "verb" for e in token.entries)
        if not reads_verb:
            continue
        reads_noun = any(e.pos in ("noun", "trap", "adjunct") for e in token.entries) or token.has("noun")
        adjectival = _adjectival(row, at) or _counted(row, at) or _appraised(row, at)
        token.verb = (not reads_noun or _verbal(row, at)) and not adjectival and not _headed(row, at)
        if not token.verb and (adjectival or token.text.lower() == "back"):
            token.entries = tuple(e for e in token.entries if e.pos != "verb")
        elif reads_noun:
            kinds = ("verb",) if token.verb else ("noun", "trap", "adjunct")
            token.entries = tuple(e for e in token.entries if e.pos in kinds)


def _adjectival(row: Sequence[Token], at: int) -> bool:
    """ "of signed contracts", "its planned purchase": a participle before a noun."""
    before = row[at - 1] if at else None
    after = row[at + 1] if at + 1 < len(row) else None
    if before is not None and before.text in ("-", "‑", "‐"):
        return True
    if (
        at > 1
        and after is not None
        and after.text == ","
        and row[at - 2].text == ","
        and row[at].text.lower().endswith("ed")
        and not row[at].has("say")
    ):
        return True  # "tax included, ..."
    if row[at].has("hyphenated") and after is not None and after.has("by"):
        return before is not None and not before.has("be", "aux")  # "a start-up backed by Samsung"
    if before is None or after is None or before.has("relative") or not row[at].text.lower().endswith("ed"):
        return False
    noun = after.kind == "word" or (after.kind == "phrase" and after.has("unnamed", "class:chipword", "role"))
    if before.verb and not before.cues & _HELPING and noun and not after.capital:
        return True  # "that reached barred buyers"
    if before.verb and row[at].has("plan", "expect") and not before.cues & _HELPING:
        return after.kind == "name" or any(e.pos == "noun" for e in after.entries)
    if before.has("adverb") and at > 1:
        before = row[at - 2]  # "a previously announced $2 billion"
    return (
        before.has("of", "determiner", "possessive")
        and not before.has("each")
        and after.kind in ("word", "phrase", "figure")
        and not after.has("prep", "by")
    )


def _appraised(row: Sequence[Token], at: int) -> bool:
    """ "an agreement, valued at $60 billion": what an agreement is worth, not who signs it."""
    return (
        at > 1
        and row[at].has("class:valueword")
        and row[at - 1].text == ","
        and row[at - 2].has("class:contractword", "class:dealobject")
    )


def _counted(row: Sequence[Token], at: int) -> bool:
    """ "2.1mn Rubin packages", "the HBM4 stacks": what a figure or an article with a name counts is a noun."""
    if at < 2 or row[at - 1].kind != "name" or row[at - 1].possessive:
        return False
    if row[at - 2].kind != "figure" and not (row[at - 2].has("determiner") and row[at].has("class:chipword")):
        return False
    return row[at].text.lower().endswith("s") and not row[at].cues & VERB_CUES


def _headed(row: Sequence[Token], at: int) -> bool:
    """ "in first place", "on the one hand": an uninflected word behind an article or preposition is a noun."""
    if at == 0 or row[at].text.lower().endswith(("s", "ed", "ing")) or " " in row[at].text:
        return False
    if row[at].has("be", "aux", "future", "would", "may"):
        return False
    before = row[at - 1]
    if before.has("pronoun") and not before.has("determiner", "possessive"):
        return False  # "after it withdrew its papers"
    if before.text == "s" or (row[at].text.lower() == "back" and before.has("be")):
        return True  # "at Monday's close", "is back above"
    if before.figure is not None and before.figure.kind in ("percent", "multiple"):
        return at + 1 < len(row) and row[at + 1].has("in")  # "an eightfold jump in profit"
    if at > 1 and (before.kind == "word" or (before.kind == "phrase" and not before.has("determiner", "prep"))):
        named = before.capital and before.index > 0 and not before.styled
        if (named and row[at - 2].has("prep")) or row[at].text.lower() in _PAST:
            return False  # "on Wednesday became", "analysts at Huatai expect", "the sale put"
        before = row[at - 2]
    if before.possessive:
        return True  # "Qualcomm's release says"
    return before.has("determiner", "prep") and not before.has("to", "that", "and", "each", "than", "aux")


def _ends_like_verb(row: Sequence[Token], at: int, endings: tuple[str, ...]) -> bool:
    """A word of no table that follows a name or pronoun directly and is inflected like a verb."""
    token = row[at]
    if not endings or token.kind != "word" or token.capital or at == 0:
        return False
    before, after = row[at - 1], row[at + 1] if at + 1 < len(row) else None
    if before.kind == "name" and not before.possessive and after is not None and after.kind == "figure":
        return True
    if not token.text.endswith(endings):
        return False
    if at > 1 and before.kind == "word" and before.capital and row[at - 2].capital and token.text.endswith("ed"):
        return after is not None and after.kind == "name"  # "Jane Doe dumped Nvidia"
    return (before.kind == "name" and not before.possessive) or before.has("pronoun", "relative")


def _verbal(row: Sequence[Token], at: int) -> bool:
    before = row[at - 1] if at else None
    after = row[at + 1] if at + 1 < len(row) else None
    if after is not None and (
        after.has("of", "be", "aux") or after.verb or (bool(after.cues & VERB_CUES) and not after.entries)
    ):
        return False
    if before is None:
        return False
    if at > 1 and before.kind == "word" and before.capital and row[at - 2].has("determiner"):
        return False  # "the Claude models"
    headline = before.text == "," and row[at].has("expect", "plan", "say") and row[at].text.lower().endswith("s")
    if headline and after is not None and after.kind != "mark":
        return True  # "confirms a tape-out, sees sales rising"
    if before.has("that") and after is not None and after.has("of", "on", "at") and not before.has("and"):
        return False  # "a report that yields on"
    if row[at].text.lower().endswith("ing") and before.has("boundary", "prep") and after is not None:
        return after.kind == "figure"  # "after spending $12 billion"
    if row[at].text.lower().endswith("ing") and before.has("be") and after is not None and _opens_phrase(after):
        return True  # "is offering its scanner"
    foretells = row[at].has("expect", "estimate") and row[at].text.endswith("s") and before.capital and before.index > 0
    if foretells and before.kind in ("word", "phrase") and after is not None and after.has("in"):
        return True  # "the research firm Torvane projects in a report"
    if row[at].has("say", "expect", "estimate") and after is not None and after.kind == "mark" and _speaks(before):
        return True
    if before.has("perfect") and row[at].text.lower().endswith("s"):
        return False  # "has orders for 900,000 cards"
    if before.has("future", "may", "would", "to", "pronoun", "aux", "adverb", "plan", "relative", "not"):
        return True
    if before.kind == "name" and not before.possessive:
        if at > 1 and row[at - 2].verb and row[at - 2].has("rise", "fall"):
            return False  # "had lowered HBM3E prices by 30%"
        if after is not None and after.has("to") and any(t.possessive for t in row[max(0, at - 4) : at]):
            return False  # "brings Anthropic's total TPU orders to $21 billion"
        return after is not None and not after.has("in", "at", "for", "from", "by") and after.text != ","
    if after is not None and (after.has("that") or _opens_phrase(after)):
        if _machine_acts(row[at], before, after):
            return True
        listed = (
            before.has("noun") and not before.verb and after.kind == "figure"
        )  # "the sanctions package lists 27 firms"
        return (
            listed
            or (before.capital and before.index > 0)
            or before.kind == "word"
            or before.has("role", "analyst", "and", "unnamed")
        )
    return bool(
        row[at].has("say")
        and before.kind == "word"
        and before.text[-1:] in "ys"
        and after is not None
        and after.kind == "mark"
    )


def _machine_acts(verb: Token, before: Token, after: Token) -> bool:
    """ "The machine uses 24,000 chips": a single thing, an inflected word, a figure."""
    thing = before.has("class:chipword", "facility", "class:site") and not before.text.endswith("s")
    return thing and after.kind == "figure" and verb.text.endswith("s")


def _speaks(token: Token) -> bool:
    """ "..., TechInsights projects.": a forecaster before the stop."""
    return token.has("analyst") or (token.capital and token.index > 0 and (token.kind == "word" or token.has("outlet")))


def _opens_phrase(token: Token) -> bool:
    if token.figure is not None and token.figure.lead:
        return False  # "the Claude models at $290 billion"
    return token.kind in ("name", "figure") or token.has("determiner", "possessive", "pronoun")
