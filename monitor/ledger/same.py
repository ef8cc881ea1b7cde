"""Do two claims tell the same fact? Metric, unit, entity, other party, figure and period; status and time are apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.ledger import acts, periods, values
from monitor.ledger.keys import CLASSES
from monitor.ledger.kinship import GENERAL, Kinship, bare_name, same_model, same_name
from monitor.text.fold import folded

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.model import Claim, Fact

NEAR = timedelta(days=7)
"""Tellings of one fact lie within this time of each other; later ones are history."""

PARTIES = frozenset({"deal", "orders", "acquisition", "shipments", "investment", "funding", "tariff", "penalty"})
"""Acts between two, which outlets tell from either side."""
CONCERNING = frozenset({"export_control", "deal", "acquisition", "investment"})
"""Acts of which one actor does several to different others."""
OF_MANY_THINGS = frozenset({"export_control", "launch", "acquisition"})
"""Acts of which one actor does several in a week, on different things."""
TWO_SIDED = frozenset({"deal", "acquisition", "investment", "orders", "funding", "penalty", "tariff"})
"""Of which a sentence names both parties and outlets take either for the subject."""
_OF_PROCESSES = frozenset({"yield", "mass_production", "tape_out"})
_NODE = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d)?)[\s-]?(?:nm\b|nano|纳米|奈米|納米|나노|ナノ)|\b(\d\da)\b")
BOUGHT = frozenset({"deal", "acquisition", "investment"})
"""Acts that the same company does again and again for equal sums."""
MANY_ACTORS = frozenset({"orders", "deployment", "tariff", "export_control"})
"""Metrics of which two actors can each have a figure of one product."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a claim when it is compared with a fact."""

    kin: Kinship
    apart: timedelta
    """Between the claim and the fact's last telling."""
    targets: frozenset[str] = frozenset()
    """Whom the claim's sentence names beside its subject."""
    names: Callable[[str], bool] = lambda party: False
    """Whether the claim's article names a party."""
    related: Callable[[], bool] = lambda: False
    """Whether the claim's article and the fact's story may be about the same."""


def same_content(claim: Claim, fact: Fact, setting: Setting) -> bool:
    """Whether all but status and time fits."""
    kin, apart, targets = setting.kin, setting.apart, setting.targets
    return (
        claim.metric == fact.metric
        and claim.unit == fact.unit
        and same_figure(claim, fact)
        and same_subject(claim, fact, kin, targets)
        and same_party(claim, fact, setting)
        and not _other_targets(claim, fact, setting)
        and same_period(claim, fact, setting)
        and not opposite(claim, fact)
        and (claim.value is not None or _same_act(claim, fact, apart))
    )


def _same_act(claim: Claim, fact: Fact, apart: timedelta) -> bool:
    if claim.metric == "ipo" and CLASSES[claim.status] == fact.status_class == "ahead":
        return True  # A plan to list names now the filing, now the debut.
    one_thing = claim.metric == "export_control" and claim.product in _products(fact) and claim.product != GENERAL
    return acts.same_act(claim.metric, claim.act, fact.act, apart, one_thing=one_thing)


def opposite(claim: Claim, fact: Fact) -> bool:
    """Names put on a list, and names taken off one."""
    return claim.metric == "listed_entities" and {claim.act, fact.act} == {"added", "removed"}


def same_figure(claim: Claim, fact: Fact) -> bool:
    if claim.value is None or fact.value is None:
        return claim.value is fact.value
    return values.agree((claim.value, claim.value_max, claim.bound), (fact.value, fact.value_max, fact.bound))


def _other_targets(claim: Claim, fact: Fact, setting: Setting) -> bool:
    """Acts days apart that concern others, where no `of` says so; after a week, where nothing says that they do not."""
    apart, actor = setting.apart, setting.kin.actor(claim.subject, claim.product)
    if claim.metric not in CONCERNING or apart <= acts.LOOSE or (claim.of and fact.of) or actor != fact.actor:
        return False
    ours = setting.targets | ({claim.of} if claim.of else set())
    theirs = {*fact.targets, *((fact.of,) if fact.of else ())}
    if ours and theirs:
        silent = not claim.of and not fact.of
        others = ours.isdisjoint(theirs) and not (fact.of and setting.names(fact.of))
        return others and (silent or apart > NEAR)
    named = bool(fact.of) and setting.names(fact.of or "")
    return apart > NEAR and bool(ours or theirs) and claim.metric in BOUGHT and not named


def same_subject(claim: Claim, fact: Fact, kin: Kinship, targets: frozenset[str] = frozenset()) -> bool:
    """Actor and thing are compatible."""
    if not same_thing(claim, fact, kin):
        return False
    actor = kin.actor(claim.subject, claim.product)
    if actor == fact.actor:
        return True
    if not actor or not fact.actor:
        return claim.product is not None and fact.product is not None
    maker = kin.root(kin.maker(claim.product))
    # Where an outlet names no buyer or operator, the figure is told of the maker.
    if maker and claim.product in _products(fact) and (claim.metric not in MANY_ACTORS or maker in {actor, fact.actor}):
        return True
    if claim.metric not in PARTIES:
        return False
    return _swapped(claim, fact, kin) or _named_beside(claim, fact, actor, targets)


def _named_beside(claim: Claim, fact: Fact, actor: str, targets: frozenset[str]) -> bool:
    """The act told from the other side, which the sentence of one names beside its subject."""
    if claim.of or fact.of or claim.metric not in TWO_SIDED or claim.evidence == fact.evidence:
        return False
    return actor in fact.targets or fact.actor in targets


def _swapped(claim: Claim, fact: Fact, kin: Kinship) -> bool:
    """The act told from the other side: one names as party whom the other names as subject, and no third."""
    actor, party = kin.actor(claim.subject, claim.product), kin.root(claim.of)
    theirs = kin.root(fact.of)
    if theirs and party:
        return theirs == actor and party == fact.actor
    return actor == theirs or (bool(party) and party == fact.actor)


def same_thing(claim: Claim, fact: Fact, kin: Kinship) -> bool:
    """Products are equal, of one family, or one side names none; names off the watchlists compare as names."""
    if claim.metric == "export_control" and (
        claim.product in {None, GENERAL} or fact.product in {None, GENERAL}
    ):  # fmt: skip
        return True
    if claim.metric in _OF_PROCESSES and _other_node(claim, fact):
        return False
    if claim.product and fact.product:
        return any(kin.related(claim.product, theirs) for theirs in _products(fact))
    if claim.product_name and fact.product_name:
        maker = kin.name(claim.subject or "")
        return same_name(claim.product_name, fact.product_name) or same_name(
            bare_name(claim.product_name, maker), bare_name(fact.product_name, maker)
        )
    if claim.product_name and fact.product:
        return any(same_model(claim.product_name, kin.name(theirs)) for theirs in _products(fact))
    return not (claim.product and fact.product_name) or same_model(fact.product_name, kin.name(claim.product))


def _other_node(claim: Claim, fact: Fact) -> bool:
    """Whether the sentences name different process nodes, or one a node where the other names a product."""
    ours, theirs = _nodes(claim.evidence), _nodes(fact.evidence)
    if ours and theirs:
        return ours.isdisjoint(theirs)
    return bool(ours and not claim.product and fact.product) or bool(theirs and not fact.product and claim.product)


def _nodes(evidence: str) -> set[str]:
    """ "2nm", "2나노", 18A: the nodes that a sentence names, as numbers or names."""
    return {match[1] or match[2] for match in _NODE.finditer(folded(evidence))}


def vague(claim: Claim, fact: Fact) -> bool:
    """An act without a number of which one telling or both name no thing."""
    if claim.metric not in OF_MANY_THINGS:
        return False
    if claim.metric == "acquisition":
        return not (claim.of and fact.of)
    return _thing_named(claim) in {None, GENERAL} or _thing_named(fact) in {None, GENERAL}


def nothing_named(claim: Claim, fact: Fact) -> bool:
    """A control of which neither telling names a thing."""
    return claim.metric == "export_control" and {_thing_named(claim), _thing_named(fact)} <= {None, GENERAL}


def _thing_named(told: Claim | Fact) -> str | None:
    return told.product or told.product_name or told.of


def _products(fact: Fact) -> tuple[str, ...]:
    return fact.products or ((fact.product,) if fact.product else ())


def same_party(claim: Claim, fact: Fact, setting: Setting) -> bool:
    """`of` is equal, one side is silent, it is the act told from the other side, or one of two names off the
    watchlists is not the party: where the article names the fact's party too, or the fact's sentence the claim's."""
    if not claim.of or not fact.of:
        return True
    kin = setting.kin
    if kin.root(claim.of) == kin.root(fact.of) or (claim.metric in PARTIES and _swapped(claim, fact, kin)):
        return True
    if kin.known(claim.of) and kin.known(fact.of):
        return False
    if not kin.known(claim.of) and not kin.known(fact.of) and same_name(claim.of, fact.of):
        return True  # A name off the watchlists is nobody on them, in whatever script.
    if claim.metric not in TWO_SIDED:
        # A division or kind of profit in free words: equal figures of two are one, worded or read differently.
        return claim.value is not None and setting.apart <= NEAR
    if not setting.targets.isdisjoint(fact.targets):
        return True
    if kin.known(claim.of):
        return kin.root(claim.of) in fact.targets
    return setting.names(fact.of) or folded(claim.of) in folded(fact.evidence)


def same_period(claim: Claim, fact: Fact, setting: Setting) -> bool:
    """Not contradicting. An act without a number is told apart by its step and time, not by what it covers.

    Equal figures pass under another name of the period, or under another kind of period if told soon. Figures that are
    one and the same and told soon pass under any, if of four digits and more or in stories about the same: outlets
    mistake the year of a report.
    """
    if claim.value is None or fact.value is None or not periods.contradict(claim.period, fact.period):
        return True
    if claim.metric in TWO_SIDED and periods.lasting(claim.period) != periods.lasting(fact.period):
        return True  # "$10 billion over three years", "the contract signed in January"
    soon = setting.apart <= NEAR
    if periods.renamed(claim.period, fact.period):
        return values.within(claim.value, fact.value, values.EXACT if soon else values.EQUAL)
    if not periods.same_kind(claim.period, fact.period):
        soon = soon or periods.as_of(claim.period, fact.period, fact.opened.date())
        return soon and values.within(claim.value, fact.value, values.EXACT)
    if not soon or not values.within(claim.value, fact.value, values.EQUAL):
        return False
    return values.long(claim.value) or setting.related()


def same_series(claim: Claim, fact: Fact, kin: Kinship) -> bool:
    """Whether the figures can be compared for `record` and `conflict`: equal things and parties, one kind of period."""
    return (
        kin.actor(claim.subject, claim.product) == fact.actor
        and _equal_thing(claim, fact)
        and _equal_party(claim, fact, kin)
        and periods.same_kind(claim.period, fact.period)
        and not opposite(claim, fact)
        and not (claim.metric in _OF_PROCESSES and _other_node(claim, fact))
    )


def _equal_thing(claim: Claim, fact: Fact) -> bool:
    if claim.product or fact.product:
        return claim.product in _products(fact)
    if claim.product_name or fact.product_name:
        return bool(claim.product_name and fact.product_name and same_name(claim.product_name, fact.product_name))
    return True


def _equal_party(claim: Claim, fact: Fact, kin: Kinship) -> bool:
    if not claim.of or not fact.of:
        return not claim.of and not fact.of
    return kin.root(claim.of) == kin.root(fact.of) or same_name(claim.of, fact.of)
