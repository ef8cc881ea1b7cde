"""Who acts in a clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from monitor.claims.lexicon import roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.tokens import Token
    from monitor.claims.world import World

How = Literal["named", "owner", "product", "pronoun", "carried", "nested", "foreign", "none"]

_SPOKEN_OF = frozenset({"the company", "the firm", "the group"})
_STANDARDS = frozenset({"GAAP", "IFRS", "AI", "US"})


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom the words name; more than one where they are coordinated."""

    how: How
    entities: tuple[str, ...] = ()
    product: str | None = None

    @property
    def entity(self) -> str | None:
        return self.entities[0] if self.entities else None


NOBODY = Subject("none")
FOREIGN = Subject("foreign")
STRANGER = Subject("foreign")
"""Somebody off the watchlists whom the sentence introduces: "Torvane, a server start-up, ..."."""


@dataclass(slots=True)
class _Found:
    heads: list[Token]
    owners: list[Token]
    nested: list[Token]
    things: list[Token]
    pronoun: Token | None = None
    product_pronoun: Token | None = None
    role: bool = False
    """The subject is a word like "the maker", "the iPhone giant"."""
    site: bool = False
    """The subject is a plant or data centre, whose name is no company's."""
    foreign: bool = False
    stranger: bool = False
    officer: bool = False
    """ "Chief executive Jane Doe", without her company."""
    words: int = 0


def subject_of(clause: Clause, until: int, world: World, *, title_case: bool = False) -> Subject:
    """The subject of a clause whose verb, or figure, stands at `until`."""
    region = [t for t in clause.tokens if t.index < until]
    if region and clause.mode == "if" and region[0].has("inverted_if"):
        region = region[1:]  # "Were SMIC to get"
    cut = next((i for i, t in enumerate(region) if t.verb), len(region))
    region = _without_aside(region[:cut], world)
    found = _survey(region, world, title_case=title_case)
    if clause.mode == "relative" and not (found.heads or found.owners):
        return _antecedent(clause, world)
    return _choose(found, world)


def _without_aside(region: list[Token], world: World) -> list[Token]:
    """ "Hygon, often called China's little Intel, had": who is named in the aside is not who acts."""
    comma = next((i for i, t in enumerate(region) if t.text == ","), 0)
    if not comma or comma + 2 >= len(region) or region[-1].text != ",":
        return region
    head, first = region[:comma], region[comma + 1]
    named = [t for t in head if t.kind == "name" and world.is_org(t.entity) and not t.modifier and not t.possessive]
    if not named or any(t.has("prep", "and") for t in head) or first.kind == "name" or first.capital:
        return region
    return head if first.has("adverb", "determiner") or first.text.endswith(("ed", "wn", "lt")) else region


def _antecedent(clause: Clause, world: World) -> Subject:
    before = [t for t in clause.parent.tokens if t.index < clause.tokens[0].index] if clause.parent is not None else []
    if len(before) > 1 and before[-1].text == "," and before[-2].text.lower() in _SPOKEN_OF:
        return Subject("named", some(world.company)) if world.company else Subject("pronoun")
    near = before[-2] if len(before) > 1 and before[-1].text == "," else None
    if near is not None and near.kind == "word" and near.capital and not near.styled and not near.cues:
        return FOREIGN  # "led by Torvane Capital, which is investing"
    token = clause.antecedent
    if token is None:
        return NOBODY
    if world.is_thing(token.entity):
        return Subject("product", some(world.maker(token.entity)), token.entity)
    return Subject("named", some(token.entity))


def some(entity: str | None) -> tuple[str, ...]:
    return (entity,) if entity else ()


def _choose(found: _Found, world: World) -> Subject:
    thing = found.things[-1].entity if found.things else None
    if found.officer and not (found.heads or found.owners):
        return Subject("pronoun", (), thing)
    if found.stranger and not (found.heads or found.owners or found.pronoun):
        return STRANGER
    if found.heads:
        return Subject("named", tuple(dict.fromkeys(t.entity for t in found.heads if t.entity)), thing)
    if found.owners:
        return Subject("owner", some(found.owners[-1].entity), thing)
    if found.product_pronoun is not None and not thing:
        return Subject("product", (), None)
    if found.pronoun is not None:
        meant = _of_trade(found.pronoun, world)
        if meant is not None:
            return Subject("pronoun", (meant,), thing)
    if found.pronoun is not None or (found.role and not found.nested):
        return Subject("pronoun", (), thing)
    if found.site and found.nested:
        return Subject("nested", some(found.nested[-1].entity), thing)
    if thing and not found.foreign:
        return Subject("product", some(world.maker(thing)), thing)
    if found.foreign:
        return Subject("foreign", (), thing)
    if found.nested:
        return Subject("nested", some(found.nested[-1].entity), thing)
    return Subject("none", (), thing) if found.words == 0 else Subject("nested", (), thing)


def _of_trade(pronoun: Token, world: World) -> str | None:
    """ "The foundry": the last company of that trade; a word for one alone ("the administration") means it always."""
    trades = [cue[5:] for cue in pronoun.cues if cue.startswith("role:")]
    meant = frozenset().union(*(roles().get(t, frozenset()) for t in trades)) if trades else frozenset()
    return next(iter(meant)) if len(meant) == 1 else world.last_of(meant)


def _survey(region: Sequence[Token], world: World, *, title_case: bool) -> _Found:
    found = _Found([], [], [], [])
    nested = False
    for at, token in enumerate(region):
        if nested and at and region[at - 1].has("by") and at > 1 and region[at - 2].has("modified", "hyphenated"):
            return found  # "a start-up backed by Samsung and Arm": whom it is backed by does not act
        if token.text == "," or token.kind == "period":
            nested = False
        elif token.kind == "name":
            _name(found, region, at, world, nested=nested)
        elif token.has("product_pronoun") and not nested:
            found.product_pronoun = token
        elif token.text.lower().endswith(" of") and token.kind == "phrase":
            nested = True  # "purchase of Intel's unit"
        elif token.has("possessive") and not nested:
            found.pronoun = found.pronoun or token
        elif token.has("officer") and not nested and not any(t.capital and t.kind == "word" for t in region[:at]):
            found.officer = True
        elif not nested and (token.has("outsider") or (len(region) == 1 and token.text.lower() == "each")):
            found.foreign = True
        elif token.has("pronoun"):
            found.pronoun = token
        elif token.has("role") and not nested:
            found.role = True
            found.stranger = found.stranger or _calls_stranger(region, at) or _new_here(region, at)
        elif (
            token.has("facility") and token.capital and at > 1 and region[at - 1].text == "-" and region[at - 2].capital
        ):
            found.foreign = found.stranger = True  # "X-Fab"
        elif token.has("facility") and not nested and not _others(region[:at]):
            found.role = found.site = True
        elif token.has("prep") and not token.has("and"):
            nested = True
        elif token.has("class:orgword") and not nested and _calls_stranger(region, at):
            found.stranger = found.foreign = True
        elif token.kind == "word":
            _word(found, region, at, capitals_tell=not (title_case or nested))
    last = region[-1] if region else None
    if found.role and last is not None and _calls_stranger(region, len(region) - 2):
        found.stranger = True
    return found


def _word(found: _Found, region: Sequence[Token], at: int, *, capitals_tell: bool) -> None:
    """A word of no table: one with a capital is the name of somebody off the watchlists."""
    found.words += 1
    token, after = region[at], region[at + 1] if at + 1 < len(region) else None
    opens = token.index <= 1 and all(t.kind == "mark" for t in region[:at])  # "- Gaming revenue was"
    if opens and token.capital and after is not None and after.text == ",":
        found.foreign = found.stranger = True
    if token.text in _STANDARDS:
        return
    if token.has("class:segmentname") and not found.stranger:
        return  # "Computing and Graphics segment revenue was": a part of whom the article is about
    if token.capital and capitals_tell and not (opens and after is not None and not after.capital):
        found.foreign = True


def _calls_stranger(region: Sequence[Token], at: int) -> bool:
    """ "server builder Torvane": a word for a company with a name off the watchlists behind it."""
    after = region[at + 1 :]
    return bool(after) and all(
        t.kind == "word" and t.capital and not t.text.lower().endswith("ly") and not t.cues for t in after
    )


def _new_here(region: Sequence[Token], at: int) -> bool:
    """ "A maker of valves made its debut": nobody of whom the article spoke before."""
    return (
        at > 0
        and region[0].index == 0
        and region[0].text.lower() in ("a", "an")
        and not any(t.kind in ("name", "mark") for t in region)
    )


def _others(before: Sequence[Token]) -> bool:
    """ "Foxlink's plant": it belongs to somebody off the watchlists."""
    return any(t.kind == "word" and t.capital and t.text.endswith(("'s", "’s", "s'")) for t in before)


def _name(found: _Found, region: Sequence[Token], at: int, world: World, *, nested: bool) -> None:
    token = region[at]
    if (
        token.possessive
        and not nested
        and at + 1 < len(region)
        and region[at + 1].has("modified")
        and not region[at + 1].has("officer")
    ):
        if region[at + 1].has("own_part"):
            found.owners.append(token)  # "CXMT's shares began trading after an offering that raised"
        else:
            found.foreign = found.stranger = True  # "Nvidia's rival shipped"
        return
    if world.is_thing(token.entity):
        if not token.modifier:
            found.things.append(token)
    elif not world.is_org(token.entity) or (token.modifier and not (nested and token.possessive)):
        return
    elif token.possessive:
        (found.nested if nested else found.owners).append(token)
    elif nested:
        found.nested.append(token)
    elif token.actor and not _right_before_verb(region, at):
        return  # "the US listing": a country names its government only as the last word before the verb
    else:
        if found.heads and not _coordinated(region, at):
            if _in_aside(found.heads[-1], region, at):
                return
            found.heads.clear()
        found.heads.append(token)


def _right_before_verb(region: Sequence[Token], at: int) -> bool:
    """Whether nothing but adverbs, or an aside between commas, parts a country from its verb."""
    after = region[at + 1 :]
    if not after or after[0].has("title", "to"):
        return True
    if after[0].text == ",":
        close = max(i for i, t in enumerate(after) if t.text == ",")
        if close == 0 or any(t.kind == "name" and not t.modifier for t in after[:close]):
            return False
        after = after[close + 1 :]
    return all(t.has("adverb") and not t.has("determiner") for t in after)


def _in_aside(head: Token, region: Sequence[Token], at: int) -> bool:
    """ "Hygon, at times called China's AMD, had": a name between two commas that open right behind the subject."""
    opens = next((i for i, t in enumerate(region[:at]) if t is head), at) + 1
    if opens >= at or region[opens].text != "," or any(t.text == "," for t in region[opens + 1 : at]):
        return False
    return any(t.text == "," for t in region[at + 1 :])


def _coordinated(region: Sequence[Token], at: int) -> bool:
    before = region[at - 1]
    if before.has("and") and at > 2 and region[at - 2].text == ",":
        return region[at - 3].kind == "name" or region[at - 3].capital  # "Huawei rules the field, and Cambricon has"
    return before.has("and") or before.text in (",", "&")
