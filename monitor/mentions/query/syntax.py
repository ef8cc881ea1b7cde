"""What a query is once it is parsed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Words:
    """A word or phrase; `exact` holds its letters where `case:` asks for them as written."""

    spelling: str
    exact: str | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression over the text as it came in."""

    source: str
    case: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of an entity."""

    entity: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """The outlet's name holds these words."""

    spelling: str


@dataclass(frozen=True, slots=True)
class Language:
    """The article is in this language."""

    code: str


@dataclass(frozen=True, slots=True)
class Both:
    """AND."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """OR."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """NOT."""

    part: Node


@dataclass(frozen=True, slots=True)
class Near:
    """Both, with at most `distance` words between them, in either order."""

    distance: int
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class InSentence:
    """The part holds within one sentence."""

    part: Node


@dataclass(frozen=True, slots=True)
class InTitle:
    """The part holds within the title."""

    part: Node


Place = Words | Pattern | Named
Node = Place | Outlet | Language | Both | Either | Without | Near | InSentence | InTitle


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query."""

    text: str
    root: Node

    @property
    def entities(self) -> tuple[str, ...]:
        """Ids that the query names with `entity:`."""
        return tuple(node.entity for node in walk(self.root) if isinstance(node, Named))


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    if isinstance(node, Both | Either):
        return node.parts
    if isinstance(node, Near):
        return node.left, node.right
    if isinstance(node, Without | InSentence | InTitle):
        return (node.part,)
    return ()


def needed(node: Node) -> frozenset[Words | Named] | None:
    """Words and entities of which at least one must be there for the node to hold; None where none need be."""
    if isinstance(node, Words | Named):
        return frozenset((node,))
    if isinstance(node, Either):
        sets = [needed(part) for part in node.parts]
        return None if None in sets else frozenset().union(*(each for each in sets if each is not None))
    if isinstance(node, Both | Near):
        return min((each for part in children(node) if (each := needed(part)) is not None), key=len, default=None)
    if isinstance(node, InSentence | InTitle):
        return needed(node.part)
    return None


def bounded(node: Node) -> bool:
    """Whether something must be there for the node to hold: `NOT x` alone holds of nearly every article."""
    if isinstance(node, Without):
        return False
    if isinstance(node, Either):
        return all(map(bounded, node.parts))
    if isinstance(node, Both):
        return any(map(bounded, node.parts))
    if isinstance(node, InSentence | InTitle):
        return bounded(node.part)
    return True
