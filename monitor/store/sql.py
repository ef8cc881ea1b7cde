"""Statements that are written alike for many columns; names come from our code only, values are placeholders."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


@cache
def insert(into: str, names: tuple[str, ...]) -> str:
    """`into`, such as `INSERT INTO facts`, with its columns and as many placeholders."""
    return f"{into} ({', '.join(names)}) VALUES ({marks(names)})"


@cache
def upsert(table: str, key: str, names: tuple[str, ...]) -> str:
    """A row of the table, in place of the one with the same `key` if there is one."""
    sets = ", ".join(f"{name} = excluded.{name}" for name in names if name != key)
    return f"{insert(f'INSERT INTO {table}', names)} ON CONFLICT ({key}) DO UPDATE SET {sets}"


def marks(values: Collection[object]) -> str:
    """As many placeholders as there are values."""
    return ", ".join("?" * len(values))
