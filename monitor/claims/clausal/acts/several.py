"""Products of one act that no watchlist knows, in a list with others: "HBM4, PCIe Gen6 SSD and 192GB SOCAMM2"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.claims.tokens import Token
    from monitor.claims.world import World

_KINDS = ("class:launchword", "class:productword", "class:chipword")


def unlisted(trigger: Token, row: Sequence[Token], world: World) -> list[str]:
    """The names of the products behind `trigger` that stand beside another in a list; none of a product alone."""
    items = list(_items(trigger, row))
    known = [any(t.kind == "name" and world.is_thing(t.entity) and not t.modifier for t in item) for item in items]
    names = [_name(item) for item, thing in zip(items, known, strict=True) if not thing and _product(item, world)]
    return names if len(names) + sum(known) > 1 else []


def _items(trigger: Token, row: Sequence[Token]) -> Iterator[list[Token]]:
    """What the object of a verb or noun is made up of, cut at commas and "and"."""
    item: list[Token] = []
    for token in row[trigger.index + 1 :]:
        if not item and token.has("of", "determiner", "possessive"):
            continue
        if token.text in (",", "&") or token.has("and"):
            if item:
                yield item
            item = []
        elif token.verb or token.kind in ("mark", "period") or token.has("prep", "relative", "boundary", "that"):
            break
        else:
            item.append(token)
    if item:
        yield item


def _product(item: Sequence[Token], world: World) -> bool:
    """A name of its own: a model with digits, or capitals with a word for a product."""
    if any(world.is_org(t.entity) and not t.modifier for t in item) or item[0].index == item[-1].index:
        return False
    words = [t for t in item if t.kind == "word"]
    if any(t.text[:1].isupper() and any(c.isdigit() for c in t.text) for t in words):
        return True
    if any(t.kind == "figure" and t.index and t.text.isdigit() for t in item[1:]) and words and words[0].capital:
        return True  # "NVLink 6"
    capitals = [t for t in words if t.capital]
    return bool(capitals) and (len(capitals) > 1 or any(t.has(*_KINDS) for t in item))


def _name(item: Sequence[Token]) -> str:
    return " ".join(t.text for t in item if not t.has("determiner", "possessive", "adverb"))
