"""Acts without a number: controls, launches, listings on exchanges, takeovers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.claims.clausal.acts.acted import things
from monitor.claims.clausal.acts.elided import REPEATED, elided
from monitor.claims.clausal.acts.launches import (
    SHOWS,
    after_name,
    counted_only,
    itself,
    launch_of_other,
    of_other,
    promised,
    told_already,
)
from monitor.claims.clausal.acts.several import unlisted
from monitor.claims.clausal.surroundings import allowed, modifies_noun
from monitor.claims.frames import Bond
from monitor.claims.metrics import EVENTS
from monitor.claims.persons import subjects_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.clausal.scene import Scene
    from monitor.claims.clausal.who.cast import Cast
    from monitor.claims.clausal.who.subjects import Subject
    from monitor.claims.lexicon import Entry
    from monitor.claims.tokens import Token
    from monitor.claims.world import World


_ATTEMPTS = frozenset({"attempt", "attempts", "effort", "efforts", "agreement", "deal", "talks", "bid", "intention"})
"""Nouns behind which "to buy" tells the purchase itself: "gave up its attempt to take over"."""


@dataclass(frozen=True, slots=True)
class Act:
    trigger: Token
    entry: Entry
    clause: Clause
    subject: str | None
    product: str | None
    reason: str
    name: str | None = None
    """Of a product that no watchlist knows, told beside others."""

    @property
    def metric(self) -> str:
        return self.entry.metric or ""


def acts(scene: Scene, cast: Cast, world: World, bonds: Sequence[Bond]) -> list[Act]:
    """The acts of a sentence, one for each product that the act names; last those that only repeat one."""
    found = list(_told(scene, cast, world, bonds))
    again = elided(scene, world, [(a.trigger.index, (a.entry, a.subject, a.product)) for a in found])
    found += [Act(e.trigger, e.entry, e.clause, e.subject, e.product, "subject: named again") for e in again]
    world.controlled = world.controlled or any(a.metric == "export_control" for a in found)
    repeated = [a for a in found if a.metric in REPEATED]
    if repeated:
        world.act = (repeated[-1].entry, repeated[-1].subject, repeated[-1].product)
    return found


def _ruled(scene: Scene, world: World) -> bool:
    """Whether any government can be whose act a sentence tells: named in it, meant by it, or spoken of before."""
    return world.ruler is not None or any(
        world.is_ruler(t.entity) or world.kind(t.entity) == "rule" or t.text.lower() == "the government"
        for t in scene.row
        if t.entity or t.kind == "phrase"
    )


def _told(scene: Scene, cast: Cast, world: World, bonds: Sequence[Bond]) -> Iterator[Act]:
    by_number = {c.number: c for c in scene.clauses}
    told: set[tuple[str | None, str | None, str | None]] = set()
    counted = {b.entry.metric for b in bonds}
    known = EVENTS if _ruled(scene, world) else EVENTS - {"export_control"}
    for token in scene.row:
        clause = by_number.get(token.clause)
        entries = [e for e in token.entries if e.metric in known]
        if clause is None or not entries or not _may_tell(token, clause, scene.row):
            continue
        for entry in entries:
            if not allowed(entry, token, clause, world) or _counted_already(entry, counted, token, bonds):
                continue
            if not (_is_act(entry, token, clause, scene.row) and _fits(entry, token, clause, cast, world)):
                continue
            for act in _acts(token, entry, clause, cast, world):
                key = (entry.metric, act.subject, act.product or act.name)
                if key not in told:
                    told.add(key)
                    yield act


def _may_tell(token: Token, clause: Clause, row: Sequence[Token]) -> bool:
    """Whether a word of the clause may tell an act: no speaker's word, condition, background or part of a whole."""
    if token.speech is not None or clause.mode == "if" or _partitive(clause, token):
        return False
    if any(t.text.lower().startswith("unlikely") and t.index < token.index for t in clause.tokens):
        return False  # "is highly unlikely to grant"
    if clause.tokens[0].has("background") and any(e.metric in ("export_control", "launch") for e in token.entries):
        return False
    if clause.mode == "relative" and clause.parent is not None and _of_bill(clause, row):
        named = any((t.entity or "").endswith("-act") for t in row[: clause.tokens[0].index])
        return named and any(t.has("class:committeeword") for t in clause.tokens)  # "a bill that cleared the committee"
    return not _appealed_for(token, row)


def _counted_already(entry: Entry, counted: set[str | None], token: Token, bonds: Sequence[Bond]) -> bool:
    """Whether a figure of the sentence has told the act: the sum of a takeover, the length of a list."""
    if entry.metric == "acquisition":
        return bool(counted & {"deal", "orders", "growth"})
    if entry.metric != "export_control" or "listed_entities" not in counted:
        return False
    apart = all(b.figure.clause != token.clause for b in bonds)
    if apart and entry.act in ("granted", "refused"):
        return False  # "has approved sales of the H200, and removes eight universities from its list"
    return not (apart and entry.act in ("tightened", "imposed") and "controlword" in entry.object)


def _is_act(entry: Entry, token: Token, clause: Clause, row: Sequence[Token]) -> bool:
    """Whether the word stands for the act itself, not for its date, a noun beside it, a proposal or talk of one."""
    if entry.pos == "noun" and (_timed(token, row) or (not _goes_on(token) and modifies_noun(token, row))):
        return False
    if entry.pos == "verb" and not token.verb and _as_noun(token, row):
        return False
    if token.index and row[token.index - 1].text.lower() == "not" and token.text.endswith("s"):
        return False  # "watch margins, not launches"
    if entry.metric == "ipo" and entry.pos == "noun" and token.index and row[token.index - 1].text.endswith("est"):
        return False  # "the largest listing of the year"
    if entry.act == "proposed" and _only_talk(token, row):
        return False
    if entry.act == "imposed" and token.text.lower().startswith("introduc") and _of_an_act(clause):
        return False  # "lawmakers introduced the Chip Security Act": no more than a bill
    if entry.metric != "launch":
        return True
    if "aheadword" in entry.also and not promised(token, row):
        return False
    following = row[token.index + 1] if token.index + 1 < len(row) else None
    if (
        following is not None
        and token.text.lower().endswith("plans to")
        and not following.text.lower().startswith(SHOWS)
    ):
        return False  # "announced plans to apply for a licence"
    if following is not None and counted_only(following, row):
        return False
    if clause.mode == "relative" and not after_name(clause, row):
        return False
    if entry.pos == "noun" and (launch_of_other(token, row) or told_already(token, row)):
        return False
    return not (entry.pos == "verb" and of_other(token, row))


def _fits(entry: Entry, token: Token, clause: Clause, cast: Cast, world: World) -> bool:
    """Whether who does it, and to what, makes it such an act."""
    if entry.owner == "itself" and not itself(token, clause, cast.row, cast):
        return False
    if entry.metric == "acquisition" and not _takes_over(token, entry, clause, cast.row, world):
        return False
    return not (entry.metric == "ipo" and entry.pos == "verb" and _of_product(cast.clause_subject(clause)))


def _acts(token: Token, entry: Entry, clause: Clause, cast: Cast, world: World) -> Iterator[Act]:
    person = cast.subject(Bond(token, token, entry, 0), clause)
    several = entry.metric in ("launch", "mass_production", "tape_out")
    names = unlisted(token, cast.row, world) if several else []
    for thing in things(token, entry, clause, person, cast):
        if thing is None and names:
            continue
        subjects = subjects_for(entry, person, thing, world)
        if isinstance(subjects, str):
            continue
        for subject in subjects:
            yield Act(token, entry, clause, subject, thing, f"subject: {person.reason}")
    subjects = subjects_for(entry, person, None, world) if names else ""
    for name in names if not isinstance(subjects, str) else ():
        yield Act(token, entry, clause, subjects[0], None, f"subject: {person.reason}", name)


def _goes_on(noun: Token) -> bool:
    """ "takeover of": a phrase that holds its preposition."""
    return noun.text.lower().endswith((" of", " with", " for"))


def _as_noun(token: Token, row: Sequence[Token]) -> bool:
    """ "before the float", "its debut": an article or possessive right before it."""
    return token.index > 0 and row[token.index - 1].has("determiner", "possessive") and " " not in token.text


def _takes_over(token: Token, entry: Entry, clause: Clause, row: Sequence[Token], world: World) -> bool:
    """Not "one acquisition at a time", "a stock to buy": the noun is somebody's, the verb no mere purpose."""
    if entry.pos == "noun":
        after = row[token.index + 1] if token.index + 1 < len(row) else None
        before = row[max(0, token.index - 4) : token.index]
        owned = any(t.possessive or t.has("possessive") or world.kind(t.entity) == "company" for t in before)
        return owned or _goes_on(token) or (after is not None and after.has("of", "by", "with"))
    if token.index + 1 < len(row) and row[token.index + 1].has("as", "from"):
        return False  # "is bought as", "buys from CXMT"
    to = row[token.index - 1] if token.index > 1 else None
    if to is None or not to.has("to") or to.clause != clause.number:
        return True
    head = row[to.index - 1]
    if head.text.lower() in _ATTEMPTS:
        return True
    if head.has("permission"):
        return False  # "the option to buy 160 million shares"
    return head.kind != "word" and not head.has("modified")


def _of_product(subject: Subject) -> bool:
    """ "Baidu's M100 hits the market": what is listed is a company, not a chip."""
    return subject.how == "product" or (subject.how == "owner" and subject.product is not None)


def _of_an_act(clause: Clause) -> bool:
    """Whether a clause names a bill or an act of parliament."""
    bills = ("bill", "act", "legislation")
    return any(t.text.lower() in bills or (t.entity or "").endswith("-act") for t in clause.tokens)


def _only_talk(verb: Token, row: Sequence[Token]) -> bool:
    """ "met Huang to discuss export controls": what somebody came to talk about is no proposal."""
    return verb.text.lower() in ("discuss", "debate") and verb.index > 0 and row[verb.index - 1].has("to")


def _appealed_for(verb: Token, row: Sequence[Token]) -> bool:
    """ "Senators called on the Commerce Department to ban sales": asked for, not done."""
    if verb.index < 3 or not row[verb.index - 1].has("to") or row[verb.index - 2].kind != "name":
        return False
    before = [t for t in row[max(0, verb.index - 5) : verb.index - 2] if not t.has("determiner")]
    asked = bool(before) and before[-1].text.lower() in ("urged", "urges", "urging", "lobbied", "petitioned", "begged")
    return asked or (len(before) > 1 and before[-1].has("on") and before[-2].text.lower().startswith("call"))


def _of_bill(clause: Clause, row: Sequence[Token]) -> bool:
    """ "a bill that would let Congress block sales": what a bill would do is not done."""
    before = row[clause.tokens[0].index - 1] if clause.tokens[0].index else None
    if before is not None and before.has("class:heldlicence") and not any(t.has("future") for t in clause.tokens):
        return True  # "the licence that allowed AMD to sell the MI308"
    if before is None or not before.has("class:billword"):
        return False
    drafted = any(t.has("class:draftword") and t.verb for t in row[: clause.tokens[0].index])
    if drafted and before.text.lower() not in ("bill", "act", "legislation"):
        return False  # "has drafted a law that would make exports subject to approval"
    return not before.text.lower().startswith("rule") or any(t.has("would", "may") for t in clause.tokens)


def _partitive(clause: Clause, verb: Token) -> bool:
    """ "four of them rang the bell": some of a group, and nobody in particular."""
    before = [t for t in clause.tokens if t.index < verb.index]
    return any(one.kind == "figure" and of.has("subset") for one, of in pairwise(before))


def _timed(token: Token, row: Sequence[Token]) -> bool:
    """ "since launch", "ahead of the listing": a date, not news."""
    before = [t for t in row[max(0, token.index - 2) : token.index] if not t.has("determiner", "possessive")]
    return bool(before) and before[-1].has("timeprep")
