"""Which period a figure covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.claims.tokens import Token
    from monitor.model import Article


def period_tokens(text: str, article: Article) -> list[Token]:
    return []


def period_of(bond, clause, scene, world, article) -> str | None:
    return None
