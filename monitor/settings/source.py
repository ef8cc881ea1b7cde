"""YAML read with the line of every key and value; refuses what could hide or explode."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from monitor.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAX_BYTES = 16_000_000
MAX_DEPTH = 50
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")

Location = tuple[str | int, ...]
"""Where a value stands: `("feeds", 3, "url")`."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed file: plain data, and the line (from 1) of each value and key in it."""

    path: Path
    data: Any
    lines: Mapping[Location, int]
    texts: Mapping[Location, str]
    """Scalars as the file has them, before `${NAME}` is replaced."""
    problems: tuple[str, ...]

    def line(self, location: Location) -> int:
        """The line of `location`, or of the nearest thing around it that stands in the file."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def problem(self, location: Location, message: str) -> str:
        """One line for a person: file, line, place, message."""
        place = show(location)
        return f"{self.path}:{self.line(location)}: {place + ': ' if place else ''}{message}"


def show(location: Location) -> str:
    """`feeds[3].url`, as people count and write it."""
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def read(path: Path, *, secrets: bool) -> Source:
    """The file at `path`; ConfigError where it cannot be read or is no YAML mapping.

    With `secrets`, `${NAME}` is replaced from the environment and a missing variable is a problem; without, it stays.
    """
    try:
        raw = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; name another file with --config") from error
    if raw is None:
        raise ConfigError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB; a feeds.yaml is a few kilobytes")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ConfigError(f"{path}:{line}: not UTF-8; save the file as UTF-8") from error
    return _parse(path, text, os.environ if secrets else None)


def _parse(path: Path, text: str, environment: Mapping[str, str] | None) -> Source:
    try:
        _refuse_dangerous(path, text)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise ConfigError(f"{where}: not valid YAML: {error.problem or error.context}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid YAML: {error}") from error
    if not isinstance(root, yaml.MappingNode):
        raise ConfigError(f"{path}:1: a mapping is expected; start with `feeds:`")
    builder = _Builder(path, environment)
    data = builder.build(root, ())
    return Source(path, data, builder.lines, builder.texts, tuple(builder.problems))


def _refuse_dangerous(path: Path, text: str) -> None:
    """Aliases (a few hundred bytes can explode when copied) and deep nesting, found before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise ConfigError(f"{path}:{_line(event)}: YAML alias *{event.anchor} is refused; write the value out")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise ConfigError(f"{path}:{_line(event)}: nested deeper than {MAX_DEPTH} levels; flatten it")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Builder:
    def __init__(self, path: Path, environment: Mapping[str, str] | None) -> None:
        self._path = path
        self._environment = environment
        self._scalars = yaml.SafeLoader("")
        self.lines: dict[Location, int] = {}
        self.texts: dict[Location, str] = {}
        self.problems: list[str] = []

    def build(self, node: yaml.Node, location: Location) -> Any:
        self.lines[location] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, location)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*location, index)) for index, child in enumerate(node.value)]
        return self._scalar(node, location)

    def _mapping(self, node: yaml.MappingNode, location: Location) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            line = key_node.start_mark.line + 1
            if key is None:
                self.problems.append(f"{self._path}:{line}: a key must be a plain word")
            elif key in data:
                self.problems.append(f"{self._path}:{line}: {show((*location, key))}: written twice; keep one")
            else:
                data[key] = self.build(value_node, (*location, key))
                self.lines[(*location, key)] = line
        return data

    def _scalar(self, node: yaml.Node, location: Location) -> Any:
        self.texts[location] = node.value
        try:
            value = self._scalars.construct_object(node)
        except yaml.YAMLError:
            self.problems.append(
                f"{self._path}:{node.start_mark.line + 1}: {show(location)}: the tag {node.tag} is refused; "
                "write a plain value"
            )
            return None
        return self._expand(value, location) if isinstance(value, str) else value

    def _expand(self, value: str, location: Location) -> str:
        environment = self._environment
        if environment is None:
            return value

        def substitute(match: re.Match[str]) -> str:
            found = environment.get(match[1])
            if found:
                return found
            self.problems.append(
                f"{self._path}:{self.lines[location]}: {show(location)}: the environment variable {match[1]} "
                f"is not set; write for example: export {match[1]}=..."
            )
            return match[0]

        return _VARIABLE.sub(substitute, value)
