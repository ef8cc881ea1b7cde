"""Figures that a noun phrase ties to a verb which is not the verb of their clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.frames import SMALLEST_BARE, Bond, figure_kind
from monitor.claims.lexicon import Entry
from monitor.claims.metrics import COUNTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.tokens import Token
    from monitor.claims.world import World

_COUNTED = frozenset({"the number", "a number", "number", "the total", "a total", "the tally", "the count"})
_MADE = ("made", "built", "manufactured", "produced", "fabricated", "fabbed", "assembled", "packaged")
_NO_GOODS = frozenset(
    {"users", "customers", "clients", "employees", "developers", "companies", "firms", "shares", "workers"}
)
_BETWEEN = 6
_SHARE_REACH = 16
_TRADED = frozenset(
    {
        "sold", "shipped", "bought", "delivered", "installed", "deployed", "purchased", "imported", "used", "in use",
        "ordered",
    }
)  # fmt: skip
_COMING = frozenset({"came from", "come from", "comes from"})
_BEARING = frozenset({"bore", "bear", "bears", "carried", "carry", "wore", "had", "have"})
_SIGNS = frozenset(
    {"badge", "badges", "name", "logo", "brand", "label", "stamp", "chip", "chips", "processor", "processors", "inside"}
)
_SUPPLIED = frozenset({"made", "supplied", "built", "designed", "sold", "delivered", "provided", "produced"})
_PRODUCTION = Entry(id="production:had", metric="production", pos="verb", fits=frozenset({"units", "wafers", "bare"}))
_SHARE = Entry(id="market_share:all", metric="market_share", pos="verb", fits=frozenset({"percent"}), owner="object")


def number_of(figure: Token, row: Sequence[Token], clauses: Mapping[int, Clause], world: World) -> Bond | None:
    """ "The number of chips that Nvidia has sold passed 600,000": what was done with them holds their number."""
    if figure_kind(figure) not in ("bare", "units") or figure.figure is None or figure.figure.value < SMALLEST_BARE:
        return None
    at = next((t.index for t in row[: figure.index] if t.text.lower() in _COUNTED), None)
    if at is None or at + 2 >= len(row) or not row[at + 1].has("of"):
        return None
    things = False
    for token in row[at + 2 : figure.index]:
        things = things or token.has("class:chipword") or world.is_thing(token.entity) or _of_goods(token)
        entry = _counting(token) if things else None
        if entry is not None and _verb_between(token, figure, row) and token.clause in clauses:
            figure.clause = token.clause
            return Bond(figure, token, entry, 1)
    return None


def had_made(figure: Token, row: Sequence[Token]) -> Bond | None:
    """ "Meta will have 50,000 chips made": who has them made is whose production it is."""
    if figure_kind(figure) not in ("bare", "units", "wafers"):
        return None
    have = next((t for t in reversed(row[max(0, figure.index - 3) : figure.index]) if t.verb), None)
    if have is None or not have.has("sells") or not have.has("aux"):
        return None
    for token in row[figure.index + 1 : figure.index + _BETWEEN]:
        if token.text.lower() in _MADE:
            return Bond(figure, have, _PRODUCTION, 1)
        apart = token.verb or token.kind in ("mark", "period", "figure")
        if apart or (token.has("prep", "relative", "boundary") and not token.has("of")):
            return None
    return None


def _of_goods(noun: Token) -> bool:
    return noun.kind == "word" and not noun.capital and noun.text.endswith("s") and noun.text not in _NO_GOODS


def _counting(token: Token) -> Entry | None:
    if not any(e.pos == "verb" for e in token.entries):
        return None
    return next((e for e in token.entries if e.metric in COUNTS and "units" in e.fits and not e.object), None)


def _verb_between(done: Token, figure: Token, row: Sequence[Token]) -> bool:
    """Whether the clause's own verb, or the figure's bound as one ("passed 600,000"), follows what was done."""
    lead = figure.figure is not None and (
        bool(figure.figure.lead) or figure.figure.start < figure.figure.number_span[0]
    )
    return lead or any(t.verb or t.has("link", "rise", "fall", "past") for t in row[done.index + 1 : figure.index])


def of_all(figure: Token, row: Sequence[Token], world: World) -> Bond | None:
    """ "A third of all processors sold last year were AMD's": the share of whom the verb names."""
    if figure_kind(figure) != "percent":
        return None
    sold = False
    for token in row[figure.index + 1 : figure.index + _SHARE_REACH]:
        if token.text.lower() in _TRADED:
            sold = True
        elif _buying(token, row):
            continue
        elif token.verb or token.text.lower() in _COMING | _BEARING:
            return Bond(figure, token, _SHARE, 1) if sold and _names_owner(token, row, world) else None
        elif token.kind == "figure" or world.kind(token.entity) == "company" or token.has("relative"):
            return None
    return None


def _buying(token: Token, row: Sequence[Token]) -> bool:
    """ "bought by Chinese banks": who buys, whatever else the word may be."""
    return any(t.has("by") for t in row[max(0, token.index - 2) : token.index])


def _names_owner(verb: Token, row: Sequence[Token], world: World) -> bool:
    after = row[verb.index + 1 : verb.index + 4]
    if not after:
        return False
    company = [t for t in after if world.kind(t.entity) == "company"]
    if verb.text.lower() in _BEARING:
        sign = row[company[0].index + 1 : company[0].index + 2] if company else ()
        return bool(sign) and sign[0].text.lower() in _SIGNS
    if verb.text.lower() in _COMING:
        return bool(company) and after[0] in (company[0], after[0]) and not any(t.kind == "mark" for t in after[:1])
    if not verb.has("be") or not company:
        return False
    first = after[0]
    behind = row[company[0].index + 1] if company[0].index + 1 < len(row) else None
    whose = first is company[0] and first.possessive and (behind is None or behind.kind == "mark")
    made = len(after) > 2 and first.text.lower() in _SUPPLIED and after[1].has("by", "from") and after[2] is company[0]
    return whose or made or (first.has("from") and after[1] is company[0])
