"""Figures whose owner is not the topic: told apart by 分别, named beside them, sellers, the figure before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.lexicon import roles
from monitor.claims.persons import Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.tokens import Token
    from monitor.claims.topics.scene import Scene
    from monitor.claims.topics.segments import Segment

_RIVALS = frozenset({"竞争对手", "競爭對手", "对手", "對手", "同业", "同業", "同行"})
_BUILDS = frozenset({"打造", "制造", "製造", "生产", "生產", "代工", "量产", "量產"})


def owner_of(scene: Scene, bond: Bond, bonds: Sequence[Bond], segment: Segment) -> Person | None:
    """Who owns a figure by its place or by what stands beside it; None where the topic does."""
    return (
        _respective(scene, bond, bonds, segment)
        or _beside(scene, bond, segment)
        or _explained(scene, bond, segment)
        or _seller(scene, bond, segment)
        or _of_reference(scene, bond, segment)
        or _built_by(scene, bond, segment)
        or _relative(scene, bond, segment)
    )


def _respective(scene: Scene, bond: Bond, bonds: Sequence[Bond], segment: Segment) -> Person | None:
    """Whose a figure of a list told apart by 分别 is; nobody where its place is somebody unlisted's."""
    mark = next((t for t in segment.tokens if t.has("respectively") and t.index < bond.figure.index), None)
    if mark is None:
        return None
    group = [b for b in bonds if b.figure.clause == segment.number and b.entry.metric == bond.entry.metric]
    items = _items(segment, mark, fined=bond.entry.metric == "penalty")
    figures = sum(t.kind == "figure" and t.index > mark.index for t in segment.tokens)
    if len(group) < 2 or len(items) < 2 or len(group) != figures:
        return None
    if len(items) != len(group):
        heads = scene.persons.topic(segment, mark.index).heads
        return Person((), "foreign", "a list that does not pair") if len(heads) == 1 and len(items) > 2 else None
    names = [
        next((t for t in item if t.kind == "name" and scene.world.is_org(t.entity) and not t.actor), None)
        for item in items
    ]
    name = names[group.index(bond)]
    if (
        name is None
        and not any(t.kind == "word" or t.has("foreign") for i in items[1:] for t in i)
        and names[0] is not None
    ):
        return None
    if name is None:
        return Person((), "foreign", "its place in the list is somebody else's") if any(names) else None
    return Person((name.entity or "",), "named", "by its place in the list")


def _items(segment: Segment, mark: Token, *, fined: bool = False) -> list[list[Token]]:
    """What is listed before 分别, cut at 、 and "and"; of those `fined` what stands behind 对."""
    before = [t for t in segment.tokens if t.index < mark.index and not t.has("adverb")]
    if segment.before_it is not None and not any(t.text == "、" or t.has("and") for t in before):
        before = segment.before_it.tokens
    items: list[list[Token]] = [[]]
    for place, token in enumerate(before, start=1):
        if token.text == "、" or token.has("and"):
            items.append([])
        elif token.has("prep", "future", "done", "agent") or token.verb:
            if not _lists(before[place:]) or (token.has("prep") and not fined):
                break
            items = [[]]  # "紧随其后的是A和B，…", "对A和B分别…": the list has not begun.
        else:
            items[-1].append(token)
    return [item for item in items if item]


def _lists(tokens: Sequence[Token]) -> bool:
    """Whether a list of names is still to come."""
    return any(t.kind == "name" for t in tokens) and any(t.text == "、" or t.has("and") for t in tokens)


def _beside(scene: Scene, bond: Bond, segment: Segment) -> Person | None:
    """ "被SK海力士的36%追近": the other side's own figure."""
    if bond.entry.metric == "process_node":
        return None
    near = [t for t in segment.before(bond.figure.index) if not (t.has("of") or t.text in _RIVALS)][:2]
    if len(near) < 2 or near[0].kind != "name" or near[0].actor or not scene.world.is_org(near[0].entity):
        return None
    if not near[1].has("agent", "than") or near[0].index < bond.figure.index - 3:
        return None
    return Person((near[0].entity or "",), "named", "named beside the figure")


def _of_reference(scene: Scene, bond: Bond, segment: Segment) -> Person | None:
    """ "这一数字", "去年同期为…": whose the figure before was."""
    if not bond.trigger.has("figureword") and bond.trigger is not bond.figure:
        return None
    topic = scene.persons.topic(segment, bond.figure.index)
    if topic.heads or topic.pronoun or topic.foreign or topic.things or scene.told.subject is None:
        return None
    return Person((scene.told.subject,), "carried", "whose the figure before was")


def _built_by(scene: Scene, bond: Bond, segment: Segment) -> Person | None:
    """ "X新款芯片亮相 台积电3纳米制程打造": the node is the chip's, told of before the foundry that builds it."""
    before = segment.before_it
    if bond.entry.metric != "process_node" or before is None or before.mark not in (",", " "):
        return None
    builds = next((t for t in segment.after(bond.figure.index) if t.text in _BUILDS), None)
    heads = scene.persons.topic(segment, bond.figure.index).heads
    makers = scene.persons.topic(before).heads
    if builds is None or not makers or len(heads) != 1 or heads[0].entity not in roles()["foundry"]:
        return None
    if not any(t.has("class:chipword") or scene.world.kind(t.entity) == "chip" for t in before.tokens):
        return None
    return Person((makers[0].entity or "",), "named", "whose chip is built")


def _relative(scene: Scene, bond: Bond, segment: Segment) -> Person | None:
    """ "等同于英伟达今年预计出货的400万颗": whose the relative clause before a figure tells."""
    behind = scene.row[bond.trigger.index + 1 : bond.figure.index]
    quantity = bond.figure.figure
    joined = quantity is not None and scene.place.text[quantity.start] == "的"
    if not bond.trigger.verb or bond.entry.owner or not (behind or joined) or not all(t.has("of") for t in behind):
        return None
    for token in segment.before(bond.trigger.index):
        if token.kind == "name" and scene.world.is_org(token.entity) and not (token.actor or token.modifier):
            return Person((token.entity or "",), "named", "of a relative clause")
        if token.verb and not token.has("expect", "plan", "future", "done"):
            return None
    return None


def _explained(scene: Scene, bond: Bond, segment: Segment) -> Person | None:
    """ "低于台积电的预估良率（约80%）": whose the word before the bracket is."""
    if segment.mode != "aside" or bond.trigger.index != segment.first - 2:
        return None
    for token in reversed(scene.row[max(0, bond.trigger.index - 3) : bond.trigger.index]):
        if token.kind == "name" and scene.world.kind(token.entity) == "company" and not token.modifier:
            return Person((token.entity or "",), "named", "before the bracket")
        if token.verb and not token.has("expect", "estimate"):
            return None
    return None


def _spoken_of(scene: Scene, bond: Bond, segment: Segment) -> bool:
    """ "Meta表示，将部署20万颗谷歌TPU": a listed company speaks, or is what the sentence is about so far."""
    for speech in scene.speeches:
        if speech.says(bond.figure.index) and any(scene.world.kind(t.entity) == "company" for t in speech.speaker):
            return True
    return any(scene.persons.topic(other).heads for other in scene.chain(segment))


def _seller(scene: Scene, bond: Bond, segment: Segment) -> Person | None:
    """ "购买1.38万片英伟达芯片" by somebody off the watchlists: the seller, or whose product is installed."""
    if bond.entry.metric not in ("orders", "deployment"):
        return None
    here = scene.persons.topic(segment, bond.trigger.index)
    elsewhere = here.foreign is not None or scene.persons.foreign_before(segment)
    made = scene.row[bond.figure.index + 1 : bond.figure.index + 2]
    counted = bond.entry.metric == "deployment" and any(scene.world.kind(t.entity) == "company" for t in made)
    if here.heads or here.pronoun or not (elsewhere or (counted and not _spoken_of(scene, bond, segment))):
        return None
    if bond.entry.metric == "orders" and here.oblique:
        return Person((here.oblique[-1].entity or "",), "named", "the seller")
    between = scene.row[bond.trigger.index + 1 : bond.figure.index]
    for token in (*between, *scene.row[bond.figure.index + 1 : bond.figure.index + 3]):
        if token.kind == "name" and scene.world.kind(token.entity) == "company" and not token.modifier:
            return Person((token.entity or "",), "named", "whose product it is")
        if token.index > bond.figure.index and (token.kind == "mark" or token.verb):
            break
    return None
