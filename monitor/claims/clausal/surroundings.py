"""What stands around a word: the classes of its clause, the passive, the noun that it only describes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.claims.naming import inner_capitals
from monitor.claims.tokens import class_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.lexicon import Entry
    from monitor.claims.tokens import Token
    from monitor.claims.world import World

NOT_NOUNS = ("ed", "ly", "al", "ble", "ing", "ive", "ous", "ent", "ant")
"""Endings of words that follow a noun without being its head."""
_BEING = ("be ", "been ", "was ", "were ", "being ", "have been ", "has been ", "had been ")
_OF_NAME = frozenset({"chipword", "launchword", "capacityword"})
_UNKNOWN_REACH = 4
"""Tokens after a verb of taking over within which a capitalised word of no table is whom it takes over."""


def passive(clause: Clause, trigger: Token) -> bool:
    """Whether a form of "be" stands before the trigger, adverbs aside, or begins its phrase ("been granted")."""
    if trigger.text.lower().startswith(_BEING):
        return True
    at = next((i for i, t in enumerate(clause.tokens) if t is trigger), 0)
    if at == 0 and trigger.text.endswith("ed"):
        return any(t.has("be") for t in clause.tokens[1:4])  # "Suspended until November are the rules"
    if _undone_by(clause, at):
        return True
    for token in reversed(clause.tokens[max(0, at - 3) : at]):
        if token.has("be") or token.text.lower().endswith(" be"):
            return True
        if not token.has("adverb") and token.text.lower() not in ("both", "all"):
            return False
    return False


def _told_by(clause: Clause, trigger: Token) -> bool:
    """ "A bill approved by the House committee would ...": a participle behind its noun."""
    after = [t for t in clause.tokens if 0 < t.index - trigger.index <= 3]
    by = bool(after) and after[0].has("by") and trigger.text.endswith(("ed", "en"))
    return by and any(t.kind == "name" for t in after[1:])


def _undone_by(clause: Clause, at: int) -> bool:
    """ "..., scrapped by the Commerce Department": a participle at the head of its clause, and who does it."""
    after = clause.tokens[at + 1 : at + 2]
    return at <= 1 and clause.tokens[at].text.endswith(("ed", "en", "n")) and bool(after) and after[0].has("by")


def _acts_on(entry: Entry, trigger: Token, clause: Clause) -> bool:
    """Whether what an entry asks for must stand after the word: the object of an active verb."""
    if (
        entry.owner in ("itself", "decree")
        or (entry.owner == "candidate" and entry.metric == "acquisition")
        or entry.pos != "verb"
        or entry.metric in ("price", "shipments", "deployment")
        or passive(clause, trigger)
        or _told_by(clause, trigger)
    ):
        return False
    return not entry.fits or entry.metric in ("deal", "investment", "valuation")


def _names_company(clause: Clause, preposition: Token, world: World) -> bool:
    """ "in Nebius", "into Marvell": a name follows, and it is no place."""
    phrase: list[Token] = []
    for token in clause.tokens:
        if token.index <= preposition.index:
            continue
        if token.has("prep", "and", "boundary", "relative") or token.verb or token.kind in ("mark", "period", "figure"):
            break
        phrase.append(token)
    if not phrase or phrase[0].has("possessive"):
        return False
    if phrase[0].has("class:thecompany"):
        return True
    if any(
        t.kind == "name" and world.kind(t.entity) == "company" and not t.possessive and not t.modifier for t in phrase
    ) or (phrase[0].possessive and world.kind(phrase[0].entity) == "company" and phrase[-1].has("unitword")):
        return True
    last = phrase[-1]
    if preposition.text.lower() == "in" and _of_noun(clause, preposition):
        return False  # "into another plant in Yokkaichi"
    unknown = last.kind == "word" and last.capital and not last.has("class:place")
    return (
        unknown
        and (len(phrase) <= 2 or any(t.has("role", "modified", "class:orgword") for t in phrase))
        and not (
            phrase[0].has("class:place")
            and len(phrase) > 1
            and not any(t.has("role", "modified", "class:orgword") for t in phrase)
        )
    )


def _of_noun(clause: Clause, preposition: Token) -> bool:
    """Whether a preposition only says where the plant before it stands."""
    before = next((t for t in clause.tokens if t.index == preposition.index - 1), None)
    return before is not None and before.has("facility")


_NEAR = 16
"""Tokens on each side of a word among which what its entries ask for may stand."""
_ANTECEDENT = 4
"""Tokens before a relative clause among which what it tells of stands."""
_MOST_VERSIONS = 20
_MODEL = re.compile(r"\d{0,2}[A-Za-z]{1,12}-?\d+[A-Za-z0-9]{0,3}")


def like_model(text: str) -> bool:
    """ "Thor-9", "S3": letters and digits."""
    return _MODEL.fullmatch(text) is not None


def _numbered(name: Token, clause: Clause, verb: Token) -> bool:
    """ "announced Nova 5": a name with its number right behind the verb."""
    if not 0 < name.index - verb.index <= 2:
        return False
    after = next((t for t in clause.tokens if t.index == name.index + 1), None)
    return after is not None and after.figure is not None and after.text.isdigit() and int(after.text) < _MOST_VERSIONS


def _names_ruler(clause: Clause, preposition: Token, world: World) -> bool:
    """ "from the Commerce Department": a government or agency follows."""
    return any(
        t.kind == "name" and world.is_ruler(t.entity) for t in clause.tokens if 0 < t.index - preposition.index <= 4
    )


def _sum_of(name: Token, clause: Clause, world: World) -> bool:
    """ "$3 billion AMD investment": the sum that a company puts into another."""
    before = next((t for t in clause.tokens if t.index == name.index - 1), None)
    named = world.kind(name.entity) == "company" and not name.possessive
    return named and before is not None and before.figure is not None and before.figure.kind == "money"


def _of_chips(clause: Clause, figure: Token, world: World) -> bool:
    """ "$2.5 billion in Nvidia AI chips", "$1bn worth of H20s": chips are what the money is for."""
    after = [t for t in clause.tokens if 0 < t.index - figure.index <= 7]
    if not after or not after[0].has("of", "in", "worth"):
        return False
    for token in after[1:]:
        if token.has("class:chipword") or (token.kind == "name" and world.kind(token.entity) == "chip"):
            following = next((t for t in after if t.index == token.index + 1), None)
            return following is None or (following.kind != "word" and not following.entries)
        if token.verb or token.kind in ("mark", "figure") or token.has("for", "from", "to", "and"):
            return False
    return False


def _counts_chips(clause: Clause, verb: Token, figure: Token, world: World) -> bool:
    """ "has 22,000 GB300s": the figure follows the verb, and the name of a chip the figure, at once."""
    between = [t for t in clause.tokens if verb.index < t.index < figure.index]
    if figure.index < verb.index or not all(t.has("adverb") for t in between):
        return False
    after = [t for t in clause.tokens if figure.index < t.index <= figure.index + 2 and t.kind == "name"]
    if len(after) > 1 and world.kind(after[0].entity) == "company":
        return world.kind(after[1].entity) == "chip"  # "50,000 Nvidia B300s"
    return bool(after) and after[0].index == figure.index + 1 and world.kind(after[0].entity) == "chip"


def _of_brand(name: Token, clause: Clause) -> bool:
    """ "an Apple Watch": the name only tells whose product it is."""
    after = next((t for t in clause.tokens if t.index == name.index + 1), None)
    return after is not None and after.kind == "word" and after.capital


def _serves(name: Token, clause: Clause) -> bool:
    """ "on Nebius infrastructure": what a company rents out."""
    before = next((t for t in clause.tokens if t.index == name.index - 1), None)
    after = [t for t in clause.tokens if 0 < t.index - name.index <= 3]
    return before is not None and before.has("on") and any(t.has("class:computeobject") for t in after)


def _ends_name(token: Token, clause: Clause, at: int) -> bool:
    """ "DreamBig Semiconductor": a word of the trade that belongs to a company's name."""
    before = clause.tokens[at - 1] if at else None
    named = token.capital and not token.text.isupper()
    return named and before is not None and before.kind == "word" and before.capital and not before.styled


def classes_near(trigger: Token, clause: Clause, world: World, *, after_only: bool = False) -> frozenset[str]:
    """Word classes and kinds of names of the clause around a trigger; each entry of the trigger asks for them."""
    known = clause.near.get((trigger.index, after_only))
    if known is None:
        known = clause.near[trigger.index, after_only] = _classes_near(trigger, clause, world, after_only=after_only)
    return known


def _classes_near(trigger: Token, clause: Clause, world: World, *, after_only: bool) -> frozenset[str]:
    found: set[str] = set()
    own = next((i for i, t in enumerate(clause.tokens) if t is trigger), 0)
    if trigger.verb and passive(clause, trigger):
        found.add("passive")
    for at, token in enumerate(clause.tokens):
        if abs(at - own) > _NEAR or token is trigger or (after_only and token.index < trigger.index):
            continue
        classes = class_names(token.cues)
        found |= classes - _OF_NAME if classes & _OF_NAME and _ends_name(token, clause, at) else classes
        found.update(f"metric:{e.metric}" for e in token.entries)
        if token.has("product_pronoun"):
            found.add("chipword")
        if (
            token.kind == "word"
            and token.capital
            and 0 < token.index - trigger.index <= _UNKNOWN_REACH
            and not token.has("class:place")
        ):
            found.add("unknown")
        if (
            token.kind == "word"
            and token.capital
            and (
                like_model(token.text)
                or _numbered(token, clause, trigger)
                or (token.index == trigger.index + 1 and inner_capitals(token.text))
            )
        ):
            found.add("modelname")
        if token.kind == "name" and token.index + 1 == trigger.index and _sum_of(token, clause, world):
            found.add("suminvested")
        if token.has("from", "by") and token.index > trigger.index and _names_ruler(clause, token, world):
            found.add("fromruler")
        if token.figure is not None and token.index > trigger.index and _of_chips(clause, token, world):
            found.add("chipsof")
        if token.figure is not None and _counts_chips(clause, trigger, token, world):
            found.add("chipscounted")
        if token.has("in") and token.index > trigger.index and _names_company(clause, token, world):
            found.add("intoname")
        company = world.kind(token.entity) == "company"
        if company and 0 < token.index - trigger.index <= _UNKNOWN_REACH:
            found.add("companybehind")
        stranger = token.kind == "word" and token.capital and not token.has("class:place")
        if (company or stranger) and token.index > trigger.index and _serves(token, clause):
            found.add("oncompany")
        if company and _of_brand(token, clause):
            continue
        if token.entity and not (
            company and trigger.verb and token.index < trigger.index and not passive(clause, trigger)
        ):
            found.add(f"entity:{world.kind(token.entity)}")
            found.add(f"entity:{token.entity}")
    return frozenset(found)


def _like_model_before(clause: Clause, parent: Clause) -> bool:
    """ "the WSE-4, which Cerebras introduced"."""
    before = [t for t in parent.tokens if t.index < clause.tokens[0].index and t.text != ","]
    return bool(before) and before[-1].capital and like_model(before[-1].text)


def _just_before(clause: Clause, parent: Clause) -> Sequence[Token]:
    """What a relative clause may be about: "a contract with AWS that is worth"."""
    return [t for t in parent.tokens if 0 < clause.tokens[0].index - t.index <= 5]


def _before_relative(clause: Clause, parent: Clause) -> frozenset[str]:
    """What stands before a relative clause: "a listing in Shanghai that is meant to bring in", "the WSE-4, which"."""
    first = clause.tokens[0].index
    before = [t for t in parent.tokens if first - _ANTECEDENT <= t.index < first]
    found = frozenset().union(*(class_names(t.cues) for t in before))
    return found | {"modelname"} if _like_model_before(clause, parent) else found


def _within(entry: Entry, trigger: Token, clause: Clause, world: World) -> frozenset[str]:
    """What clauses within one tell of a control ("a rule that obliges exporters") or of a fine ("if found guilty")."""
    mode = {"export_control": "relative", "penalty": "if"}.get(entry.metric or "")
    return frozenset().union(*(classes_near(trigger, one, world) for one in clause.inner if one.mode == mode))


def allowed(entry: Entry, trigger: Token, clause: Clause, world: World) -> bool:
    """Whether what the entry asks of its surroundings holds."""
    if not entry.object and not entry.unless and not entry.also:
        return True
    goes_on = world.entry is not None and world.entry.metric == entry.metric
    if goes_on and (entry.metric == "price" or (entry.act == "added" and trigger.text.lower().startswith("add"))):
        return True  # "it also added seven firms"
    if "plantword" in entry.also and world.site and clause.tokens[0].text.lower() == "it":
        return True  # "It will cost $25 billion", of the plant before
    near = classes_near(trigger, clause, world, after_only=_acts_on(entry, trigger, clause))
    if clause.antecedent is not None and clause.antecedent.entity:
        near |= {f"entity:{world.kind(clause.antecedent.entity)}"}
    if clause.mode == "relative" and clause.parent is not None:
        near |= _before_relative(clause, clause.parent)
    if entry.metric == "price" and clause.shares is not None:
        near |= frozenset().union(*(class_names(t.cues) for t in clause.shares.tokens))
    within = _within(entry, trigger, clause, world) if clause.inner else frozenset()
    if entry.object and not entry.object & near and not (entry.metric == "penalty" and entry.object & within):
        return False
    if entry.also and not entry.also & (classes_near(trigger, clause, world) | within):
        return entry.metric == "export_control" and world.controlled and _the_control(trigger, clause)
    if entry.metric == "valuation" and entry.unless:
        near = classes_near(trigger, clause, world)  # "the contract is worth": what stands before counts too
        if clause.mode == "relative" and clause.parent is not None:
            near |= frozenset().union(*(class_names(t.cues) for t in _just_before(clause, clause.parent)))
    if entry.metric == "acquisition" and trigger.verb and entry.unless & near:
        near = _of_object(trigger, clause, world)
    return not entry.unless & near


def _the_control(verb: Token, clause: Clause) -> bool:
    """ "China lifted the ban on 9 November": one told of before."""
    after = [t for t in clause.tokens if 0 < t.index - verb.index <= 2]
    return len(after) == 2 and after[0].text.lower() in ("the", "its", "this") and after[1].has("class:controlword")


def _of_object(verb: Token, clause: Clause, world: World) -> frozenset[str]:
    """What a verb's object is made of, without what it is bought for: "acquire Torvane to speed up work on chips"."""
    found: set[str] = set()
    for token in clause.tokens:
        if token.index > verb.index and (token.has("to", "boundary") or token.verb):
            break
        found |= (
            class_names(token.cues) | {f"entity:{world.kind(token.entity)}"}
            if token.entity
            else class_names(token.cues)
        )
    return frozenset(found)


def modifies_noun(noun: Token, row: Sequence[Token]) -> bool:
    """Whether another noun follows and is the head: "capacity requirements", "acquisition cost"."""
    after = row[noun.index + 1] if noun.index + 1 < len(row) else None
    if after is not None and after.has("permission", "modified") and not after.verb:
        return True  # "sales opportunity", "production partner"
    if after is None or after.kind != "word" or (after.capital and not after.styled) or after.verb:
        return False
    following = row[after.index + 1 : after.index + 3]
    if any(t.figure is not None and t.figure.lead == "to" for t in following):
        return False  # "backlog bulges to €41bn": a verb of no table
    return not after.text.endswith(NOT_NOUNS)
