"""YAML changed as text: an item or key goes in or out, and no other byte moves."""

from __future__ import annotations

import copy
from typing import Any

import yaml

from monitor.errors import ConfigError

Path = tuple[str | int, ...]


class YamlText:
    """A YAML document with the places of its nodes."""

    def __init__(self, text: str) -> None:
        self.text = text if not text or text.endswith("\n") else text + "\n"
        self.root = yaml.compose(self.text, Loader=yaml.SafeLoader)
        self.data = yaml.safe_load(self.text)

    def with_item(self, path: Path, value: Any) -> str:
        """The text with `value` last in the sequence at `path`, which is not empty."""
        expected = copy.deepcopy(self.data)
        _at(expected, path).append(value)
        sequence = self._node(path)
        if sequence.flow_style:
            return self._checked(self._insert(_inside(sequence), f", {_flow(value)}"), expected)
        indent = self._dash(sequence.value[0])
        return self._checked(self._insert(self._line_after(sequence), _block([value], indent)), expected)

    def with_key(self, path: Path, key: str, value: list[Any]) -> str:
        """The text with `key: value` in the mapping at `path`, where it is missing or empty."""
        expected = copy.deepcopy(self.data) or {}
        _at(expected, path)[key] = value
        mapping = self._node(path) if self.root is not None else None
        if mapping is None:
            return self._checked(f"{self.text}{key}:\n{_block(value, 2)}", expected)
        if any(name.value == key for name, _ in mapping.value):
            return YamlText(self.without((*path, key))).with_key(path, key, value)
        if mapping.flow_style:
            separator = ", " if mapping.value else ""
            return self._checked(self._insert(_inside(mapping), f"{separator}{key}: {_flow(value)}"), expected)
        column = mapping.start_mark.column
        line = " " * column + f"{key}:\n" + _block(value, column + 2)
        return self._checked(self._insert(self._line_after(mapping), line), expected)

    def without(self, path: Path) -> str:
        """The text without the item or key at `path`."""
        expected = copy.deepcopy(self.data)
        parent = self._node(path[:-1])
        del _at(expected, path[:-1])[path[-1]]
        children = _children(parent)
        number = next(n for n, (name, _, _) in enumerate(children) if name == path[-1])
        _, start, node = children[number]
        if parent.flow_style:
            first = start.index if number == 0 else _end(children[number - 1][2]).index
            last = children[1][1].index if number == 0 and len(children) > 1 else _end(node).index
            return self._checked(self.text[:first] + self.text[last:], expected)
        first = self.text.rfind("\n", 0, start.index) + 1
        return self._checked(self.text[:first] + self.text[self._line_after(node) :], expected)

    def _node(self, path: Path) -> Any:
        node = self.root
        for step in path:
            node = next(child for name, _, child in _children(node) if name == step)
        return node

    def _dash(self, item: Any) -> int:
        """Column of the dash before an item of a block sequence."""
        start = self.text.rfind("\n", 0, item.start_mark.index) + 1
        return self.text.rfind("-", start, item.start_mark.index) - start

    def _line_after(self, node: Any) -> int:
        """Start of the line after the last that belongs to the node; comments below it do not."""
        end = len(self.text[: _end(node).index].rstrip())
        return self.text.index("\n", end) + 1

    def _insert(self, at: int, addition: str) -> str:
        return self.text[:at] + addition + self.text[at:]

    def _checked(self, text: str, expected: Any) -> str:
        """`text`, if it says what it should: a file laid out in a way not foreseen here is left to its owner."""
        try:
            said = yaml.safe_load(text)
        except yaml.YAMLError:
            said = None
        if (said or {}) != (expected or {}):
            raise ConfigError("the file is laid out in a way that cannot be edited safely; please edit it by hand")
        return text


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _children(node: Any) -> list[tuple[str | int, Any, Any]]:
    """Name or number, start and value of what a collection holds."""
    if isinstance(node, yaml.MappingNode):
        return [(name.value, name.start_mark, value) for name, value in node.value]
    return [(number, value.start_mark, value) for number, value in enumerate(node.value)]


def _end(node: Any) -> Any:
    """Where the text of a node ends: a block collection ends with its last leaf, not with the comments after it."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return node.end_mark
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _inside(node: Any) -> int:
    """Just before the bracket that closes a flow collection."""
    return int(node.end_mark.index) - 1


def _flow(value: Any) -> str:
    dumped = yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**9)
    return dumped.strip()[1:-1]


def _block(items: list[Any], indent: int) -> str:
    """Items as lines: a mapping that holds further mappings gets a line for each key, any other one line."""
    return "".join(_keys(item, indent) if _is_deep(item) else f"{' ' * indent}- {_unbraced(item)}\n" for item in items)


def _is_deep(item: Any) -> bool:
    return isinstance(item, dict) and any(isinstance(value, list) for value in item.values()) and "id" not in item


def _keys(item: dict[str, Any], indent: int) -> str:
    lines = []
    for number, (key, value) in enumerate(item.items()):
        lead = " " * indent + ("- " if number == 0 else "  ") + key
        lines.append(
            f"{lead}:\n{_block(value, indent + 4)}" if isinstance(value, list) else f"{lead}: {_flow(value)}\n"
        )
    return "".join(lines)


def _unbraced(item: Any) -> str:
    """A mapping of one key without its braces: `- use: chips`."""
    flow = _flow(item)
    return flow[1:-1] if isinstance(item, dict) and len(item) == 1 else flow
