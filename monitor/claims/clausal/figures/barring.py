"""What a word cannot hold: figures that its clause, the words around them or their size put out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.clausal.surroundings import passive
from monitor.claims.frames import LARGEST_BARE, SMALLEST_BARE
from monitor.claims.metrics import CEILING, FLOOR, SINGLY, TOTALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.lexicon import Entry
    from monitor.claims.tokens import Token
    from monitor.claims.world import World

_COUNTS = frozenset({"tally", "count", "survey", "reading", "analysis", "review", "checks", "study", "list", "data"})
_PAPERS = frozenset({"portfolios", "accounts", "investors", "shares", "contracts", "options", "holders", "funds"})
"""What is held, and is no chip."""
_BOXES = frozenset({"rack", "server", "node", "system", "tray", "cabinet", "board", "box", "machine", "module"})
_MOST_IN_A_BOX = 600
_PARTICIPLE = ("ed", "oken", "aken", "awn", "own", "ught")


def no_total(figure: Token, entry: Entry) -> bool:
    """ "At $4,100 apiece", "for $45,000": money told of each piece, or too little of it, is no total."""
    quantity = figure.figure
    if entry.metric not in TOTALS or quantity is None or quantity.kind != "money":
        return False
    return quantity.each or abs(quantity.value) < FLOOR


def lost_sales(noun: Token, row: Sequence[Token]) -> bool:
    """ "an $8 billion loss in H20 sales": turnover that is gone, no loss."""
    behind = row[noun.index + 1 : noun.index + 6]
    if noun.text.lower() not in ("loss", "losses") or not behind or not behind[0].has("in", "of"):
        return False
    for token in behind[1:]:
        if token.kind == "figure" or token.text == "," or (token.verb and token.text.lower() != "related"):
            return False
        if any(e.pos == "noun" and e.metric == "revenue" for e in token.entries):
            return True
    return False


def turnover(figure: Token, verb: Token) -> bool:
    """ "Sold cards for 640 million yuan": too much for one of them."""
    quantity = figure.figure
    if figure.text.lower().startswith("at ") or (quantity is not None and quantity.lead == "to"):
        return False  # "is offering its scanner at RMB180 million"
    if quantity is None or verb.text.lower() not in ("sell", "sells", "selling", "sold", "offers", "offering"):
        return False
    return not quantity.each and abs(quantity.value) >= FLOOR * 10


def beyond_price(figure: Token) -> bool:
    """ "A price tag of $500 billion": of a company, not of a chip."""
    return figure.figure is not None and figure.figure.kind == "money" and figure.figure.value > CEILING


def of_whole(figure: Token, row: Sequence[Token], entry: Entry) -> bool:
    """ "held 57% of the market", "led the market with 57%": only a share of something is a share."""
    if "leadsword" in entry.object and figure.index and row[figure.index - 1].has("with"):
        return True
    for token in row[figure.index + 1 :]:
        if not (token.kind == "figure" or token.has("and") or token.text == ","):
            return token.has("of")
    return False


def reduced(verb: Token, clause: Clause, row: Sequence[Token]) -> bool:
    """ "cards made by T-Head are installed": a participle after its noun, with the clause's verb still to come."""
    after = row[verb.index + 1] if verb.index + 1 < len(row) else None
    if (
        after is None
        or not after.has("by")
        or passive(clause, verb)
        or verb.index == 0
        or row[verb.index - 1].has("aux")
    ):
        return False
    return any(t.verb and t.index > verb.index and t.entries for t in clause.tokens)


def helps(verb: Token, row: Sequence[Token]) -> bool:
    """ "have booked", "has cornered": what only helps another verb, of a table or not, holds nothing."""
    after = next((t for t in row[verb.index + 1 : verb.index + 3] if not t.has("adverb")), None)
    if not verb.has("perfect") or after is None:
        return False
    return after.verb or (after.kind == "word" and not after.capital and after.text.endswith(_PARTICIPLE))


def permitted(verb: Token, row: Sequence[Token]) -> bool:
    """ "a licence to ship two scanners": what is allowed or offered is not done."""
    return verb.index > 1 and row[verb.index - 1].has("to") and row[verb.index - 2].has("permission")


def of_noun(verb: Token, row: Sequence[Token]) -> bool:
    """ "a tally of packaging lots points to …": a form in -ing that only describes what somebody has counted."""
    if verb.index < 2 or verb.index + 1 >= len(row) or not verb.text.lower().endswith("ing"):
        return False
    count, of, after = row[verb.index - 2], row[verb.index - 1], row[verb.index + 1]
    return of.has("of") and count.text.lower() in _COUNTS and after.kind == "word" and after.text.endswith("s")


def able(clause: Clause, verb: Token) -> bool:
    """ "can make", "able to process", "room for": what could be made is capacity."""
    at = next((i for i, t in enumerate(clause.tokens) if t is verb), 0)
    return any(t.has("able") for t in clause.tokens[max(0, at - 4) : at]) or _of_plant(clause, verb)


def _of_plant(clause: Clause, verb: Token) -> bool:
    """ "The plant will make 60,000 wafers a month": what a plant makes is what it can make."""
    before = [t for t in clause.tokens if t.index < verb.index]
    return any(t.has("facility") for t in before) and any(t.has("future", "would") for t in before)


def no_share(figure: Token, entry: Entry) -> bool:
    """ "Its share has dropped to zero"."""
    quantity = figure.figure
    return entry.metric == "market_share" and quantity is not None and quantity.kind == "bare" and quantity.value == 0


def slight(figure: Token, entry: Entry, row: Sequence[Token], world: World) -> bool:
    """A small number without a unit counts anything but chips, unless their name follows: "26 EUVs"."""
    quantity = figure.figure
    after = row[figure.index + 1] if figure.index + 1 < len(row) else None
    if after is not None and after.kind == "name" and world.is_thing(after.entity) and _plural(after):
        return False
    singly = any(t.entity in SINGLY for t in row[max(0, figure.index - 9) : figure.index])
    if singly and figure.index and row[figure.index - 1].text in (":", ",") and entry.pos == "noun":
        return False  # "EUV shipments: 48 in 2026, 55 in 2027"
    if quantity is None or "units" not in entry.fits:
        return False
    if entry.metric == "deployment" and after is not None and after.kind == "word" and after.text.lower() in _PAPERS:
        return True
    return not SMALLEST_BARE <= abs(quantity.value) <= LARGEST_BARE or quantity.value != int(quantity.value)


def in_a_box(figure: Token, entry: Entry, row: Sequence[Token]) -> bool:
    """ "A rack has up to 72 GPUs": what one machine holds is installed nowhere."""
    quantity = figure.figure
    if entry.metric != "deployment" or quantity is None or abs(quantity.value) >= _MOST_IN_A_BOX:
        return False
    return any(t.text.lower() in _BOXES for t in row[: min(3, figure.index)])


def worth_of_contract(figure: Token, row: Sequence[Token]) -> bool:
    """ "a contract worth $30 billion in annual revenue": what a contract brings is its value."""
    before = row[max(0, figure.index - 4) : figure.index]
    worth = next((t.index for t in reversed(before) if t.text.lower().split()[-1:] == ["worth"]), None)
    return worth is not None and any(t.has("class:contractword") for t in row[max(0, worth - 2) : worth + 1])


def on_it(clause: Clause, figure: Token) -> bool:
    """ "Built on TSMC's 3nm process": the chip is what the node is told of, not whose process it is."""
    return any(
        e.metric == "process_node" and e.pos == "verb"
        for t in clause.tokens
        if t.index < figure.index
        for e in t.entries
    )


def in_head(noun: Token, figure: Token, clause: Clause) -> bool:
    """ "Of the cards in the public cluster, 4,000 are from Hygon": where they stand, with the verb still to come."""
    verb, first = clause.verb, clause.tokens[0]
    apart = any(t.text == "," for t in clause.tokens if noun.index < t.index < figure.index)
    return first.has("of") and apart and verb is not None and verb.index > figure.index


def _plural(name: Token) -> bool:
    return name.text.endswith("s") or name.end - name.start > len(name.text)
