"""Lists told apart by "respectively": pairs figures with subjects, products or periods in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.who import Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.status import Scene
    from monitor.claims.tokens import Token
    from monitor.claims.world import World


def respective(bond: Bond, bonds: Sequence[Bond], scene: Scene, world: World) -> Person | None:
    """The subject, with its product, that a figure of a "respectively" list belongs to."""
    if not any(t.has("respectively") for t in scene.row):
        return None
    group = [b for b in bonds if b.figure.clause == bond.figure.clause and b.trigger is bond.trigger]
    if len(group) < 2:
        return None
    place = group.index(bond)
    names = _run(scene.row, lambda t: world.is_org(t.entity) and not t.modifier, len(group))
    if not names:
        return None
    return Person((names[place].entity or "",), "named", "by its place in the list")


def _run(row: Sequence[Token], wanted, count: int) -> list[Token]:  # type: ignore[no-untyped-def]
    """`count` coordinated names in a row."""
    run: list[Token] = []
    for token in row:
        if token.kind == "name" and wanted(token):
            run.append(token)
        elif run and not (token.text in (",", "&") or token.has("and")):
            if len(run) == count:
                return run
            run = []
    return run if len(run) == count else []
