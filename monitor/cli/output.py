"""Rows as a table for people, JSON for programs, CSV for spreadsheets."""

from __future__ import annotations

import csv
import json
import re
import sys
from typing import TYPE_CHECKING, Any

from monitor.cli.options import Format

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import Console

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def write(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], form: Format, *, empty: str) -> None:
    """Writes rows to standard output; `columns` is what the table shows, JSON and CSV give every key."""
    if form is Format.JSON:
        print_json(rows)
    elif form is Format.CSV:
        _write_csv(rows, columns)
    elif rows:
        table(rows, columns)
    else:
        print(empty)


def print_json(value: object) -> None:
    """One JSON document on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, default=str)
    sys.stdout.write("\n")


def print_line(value: object) -> None:
    """One JSON document on one line."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


def _write_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    names = list(dict.fromkeys(key for row in rows for key in row)) or list(columns)
    writer = csv.DictWriter(sys.stdout, names)
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _cell(value) for key, value in row.items()})


def _cell(value: object) -> object:
    """A headline that begins like a formula would be run by a spreadsheet."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value


def table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """A table as wide as the terminal; in a pipe as wide as it needs."""
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        shown.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        shown.add_row(*(Text(plain(row.get(column))) for column in columns))
    console().print(shown)


def console(*, stderr: bool = False) -> Console:
    """A console that neither wraps nor colours in a pipe."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else 400, highlight=False, soft_wrap=not stream.isatty())


def plain(value: object) -> str:
    """A cell in words; what a terminal would obey is taken out of text from feeds."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{int(value):,}" if value == int(value) and abs(value) < 1e18 else f"{value:g}"
    if isinstance(value, int):
        return f"{value:,}"
    return _UNSEEN.sub("", str(value))
