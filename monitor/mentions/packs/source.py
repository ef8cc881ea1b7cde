"""Reads the packs as people write them and puts them into the form that is shipped."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from monitor.text.fold import folded

_CHOICE = re.compile(r"\{([^{}]*)\}")
_LISTS = ("names", "exact", "others", "actors")


def compiled(name: str) -> str:
    """The JSON text of a pack: an entity a line."""
    rows = [json.dumps(entity(row), ensure_ascii=False, separators=(",", ":")) for row in _load(name)["entities"]]
    return "[\n" + ",\n".join(rows) + "\n]\n"


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name(f"{name}.yaml").read_text("utf-8"))
    return loaded


def entity(row: dict[str, Any]) -> dict[str, Any]:
    """One entity of a pack with its choices spelled out and its clues as triples."""
    done = dict(row)
    for key in _LISTS:
        if key in row:
            done[key] = list(dict.fromkeys(name for item in row[key] for name in choices(str(item))))
    if "series" in row:
        done["series"] = [_folded_pattern(pattern) for pattern in row["series"]]
    if ambiguous := done.pop("ambiguous", None):
        done["senses"] = [_sense(sense) for sense in ambiguous]
    return done


def choices(name: str) -> list[str]:
    """`{US|U.S.} Congress` as the names it stands for."""
    parts = _CHOICE.split(name)
    options = [part.split("|") if number % 2 else [part] for number, part in enumerate(parts)]
    return [" ".join("".join(choice).split()) for choice in product(*options)]


def _sense(row: dict[str, Any]) -> dict[str, Any]:
    names = list(dict.fromkeys(name for item in row["names"] for name in choices(str(item))))
    done: dict[str, Any] = {"names": names, "clues": []}
    for key, sign in (("for", 1), ("against", -1)):
        for where, value in row.get(key, {}).items():
            if where == "with":
                done["partners"] = value
            else:
                weighted: list[Any] = [[value, 1]] if isinstance(value, str) else value
                done["clues"] += [[where, _folded_pattern(pattern), sign * weight] for pattern, weight in weighted]
    return done | {key: row[key] for key in ("prior", "folds") if key in row}


def _folded_pattern(pattern: str) -> str:
    """Characters beyond ASCII as a folded text has them; what regular expressions are made of stays."""
    return "".join(char if char.isascii() else folded(char) for char in pattern)
