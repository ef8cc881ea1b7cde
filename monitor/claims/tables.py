"""Tables written with bars: "Company | Revenue (US$ million) | Share", then "SMIC | 2,400 | 5.1%"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.claims import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.lexicon import Entry
    from monitor.claims.tokens import Token
    from monitor.claims.world import World

_BAR = "|"
_FEWEST = 2
"""Bars that a row of a table has at least."""
_SCALE = re.compile(r"\b(?:thousand|million|billion|trillion|mn|bn|tn|m|k)s?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """What the figures below a column's head are; `unit` and `scale` of money that the head tells ("US$ million")."""

    entries: tuple[Entry, ...] = ()
    unit: str = ""
    scale: int = 1
    period: Token | None = None


def columns(row: Sequence[Token], text: str, language: str, world: World) -> tuple[Column, ...]:
    """The columns that a row without companies is the head of; empty if it is none."""
    if not _barred(row) or any(world.is_org(t.entity) and not t.actor for t in row):
        return ()
    cells = _cells(row)
    found = tuple(_column(cell, text, language) for cell in cells)
    return found if any(c.entries for c in found) else ()


def _column(cell: Sequence[Token], text: str, language: str) -> Column:
    entries = tuple(e for t in cell for e in t.entries if e.metric and e.fits and e.pos in ("noun", "adjunct", "verb"))
    period = next((t for t in cell if t.period is not None), None)
    said = text[cell[0].start : cell[-1].end] if cell else ""
    scale = _SCALE.search(said)
    if not entries or scale is None:
        return Column(entries, period=period)
    one = numbers.quantities(f"{said[: scale.start()]}1 {said[scale.start() :]}".partition("(")[2] or said, language)
    money = next((q for q in one if q.kind == "money"), None)
    return (
        Column(entries, money.unit, int(money.value), period) if money is not None else Column(entries, period=period)
    )


def column_of(figure: Token, row: Sequence[Token], head: Sequence[Column], world: World) -> Column | None:
    """The column of a figure in a row that names one company."""
    if not head or not _barred(row) or len([t for t in row if world.is_org(t.entity)]) != 1:
        return None
    at = next((i for i, cell in enumerate(_cells(row)) if figure in cell), len(head))
    column = head[at] if at < len(head) else None
    return column if column is not None and column.entries else None


def dressed(figure: Token, column: Column) -> Entry | None:
    """The word of the column that holds the figure, which takes the unit that the head tells."""
    quantity = figure.figure
    if quantity is None:
        return None
    for entry in column.entries:
        if quantity.kind == "bare" and "money" in entry.fits and column.unit:
            scaled = quantity.value * column.scale
            figure.figure = replace(quantity, kind="money", unit=column.unit, value=scaled, carried=column.scale)
            return entry
        if quantity.kind == "percent" and "percent" in entry.fits:
            return entry
        if quantity.kind == "bare" and "percent" in entry.fits and "money" not in entry.fits and not entry.object:
            figure.figure = replace(quantity, kind="percent", unit="percent")
            return entry
        if quantity.kind in ("bare", "count") and "units" in entry.fits:
            return entry
    return None


def _barred(row: Sequence[Token]) -> bool:
    return sum(t.text == _BAR for t in row) >= _FEWEST


def _cells(row: Sequence[Token]) -> list[list[Token]]:
    cells: list[list[Token]] = [[]]
    for token in row:
        if token.text != _BAR:
            cells[-1].append(token)
        elif token.index:
            cells.append([])
    return cells
