"""The recorded morning as data: outlets, their entries, and what each outlet shows at a given time. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.model import Trust

MORNING = timedelta(hours=3)
"""What the recording covers."""
SECONDS = 180.0
"""How long the morning takes at speed 1: a minute of it is a second."""
DATA = Path(__file__).parent / "data"
_CLOCK = re.compile(r"(\d):([0-5]\d)")
_AGE = re.compile(r"(\d+)([hd])")


@dataclass(frozen=True, slots=True)
class Edit:
    """Other words that an entry has from `at` on."""

    at: timedelta
    text: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """One entry; `at` counts from the beginning of the morning, negative: it stood there before."""

    at: timedelta
    title: str
    text: str
    link: str
    edit: Edit | None = None
    explained: bool = False
    """The summary says why it made no alert."""

    def text_at(self, time: timedelta) -> str:
        return self.edit.text if self.edit is not None and self.edit.at <= time else self.text


@dataclass(frozen=True, slots=True)
class Outlet:
    """One feed of the recording; `format` is rss, atom, rdf or json."""

    slug: str
    name: str
    language: str
    format: str
    home: str
    trust: Trust | None
    entries: tuple[Recorded, ...]

    def shown(self, time: timedelta) -> tuple[Recorded, ...]:
        """What the feed holds at `time` into the morning, newest first."""
        return tuple(sorted((e for e in self.entries if e.at <= time), key=lambda e: e.at, reverse=True))

    @property
    def last(self) -> timedelta:
        """When it last changes."""
        return max(e.edit.at if e.edit else e.at for e in self.entries)


def outlets(folder: Path = DATA) -> tuple[Outlet, ...]:
    """The recording, in the order of the file names."""
    import yaml

    return tuple(_outlet(path.stem, yaml.safe_load(path.read_text("utf-8"))) for path in sorted(folder.glob("*.yaml")))


def _outlet(slug: str, table: Mapping[str, Any]) -> Outlet:
    home = table["home"]
    return Outlet(
        slug=slug,
        name=table["name"],
        language=table["language"],
        format=table["format"],
        home=home,
        trust=table.get("trust"),
        entries=tuple(_entry(f"{home}{number}", row) for number, row in enumerate(table["entries"], 1)),
    )


def _entry(link: str, row: Mapping[str, Any]) -> Recorded:
    edited = row.get("edited")
    return Recorded(
        at=-_age(row["before"]) if "before" in row else _time(row["at"]),
        title=row["title"],
        text=row["text"],
        link=link,
        edit=Edit(_time(edited["at"]), edited["text"]) if edited else None,
        explained=row.get("explained", False),
    )


def _time(text: str) -> timedelta:
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise ValueError(f'"{text}" is no time of the morning; write for example "0:22"')
    return timedelta(hours=int(match[1]), minutes=int(match[2]))


def _age(text: str) -> timedelta:
    match = _AGE.fullmatch(text)
    if match is None:
        raise ValueError(f'"{text}" is no age; write for example 26h or 20d')
    return timedelta(hours=int(match[1])) if match[2] == "h" else timedelta(days=int(match[1]))
