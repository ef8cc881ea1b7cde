"""What is wrong with a file, in words: pydantic's findings as lines that say what to write instead."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from monitor.settings.schema import File

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from monitor.settings.source import Location, Source

_PLAIN = {
    "too_short": "is empty; write at least one",
    "string_too_short": "is empty; write something or leave the key out",
    "tuple_type": "a list is expected; write for example [a, b]",
    "dict_type": "a mapping is expected; write for example {key: value}",
    "model_type": "a mapping is expected; write for example {key: value}",
    "model_attributes_type": "a mapping is expected; write for example {key: value}",
    "string_type": "text is expected; put it in quotes",
    "bool_type": "true or false is expected",
    "bool_parsing": "true or false is expected",
    "int_type": "a whole number is expected",
    "int_parsing": "a whole number is expected",
    "float_type": "a number is expected",
    "float_parsing": "a number is expected",
}
"""Pydantic's findings in the words of the file."""
_SHOWN = 60
"""Characters of an offending text that are quoted."""


def check(file: Source) -> tuple[File | None, tuple[str, ...]]:
    """The file by its schema, and what is wrong with it; no tables where something is."""
    try:
        return File.model_validate(file.data), file.problems
    except ValidationError as error:
        found = [_problem(file, detail) for detail in error.errors(include_url=False, include_input=False)]
        return None, (*file.problems, *found)


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """`unknown channel "dsek"; did you mean "desk"?`"""
    close = difflib.get_close_matches(name, list(known), n=1)
    hint = f'did you mean "{close[0]}"?' if close else f"known: {', '.join(sorted(known)) or 'none'}"
    return f'unknown {what} "{name}"; {hint}'


def _problem(file: Source, detail: ErrorDetails) -> str:
    location = tuple(part for part in detail["loc"] if _stands(file, part))
    return file.problem(location, _message(file, location, detail))


def _stands(file: Source, part: str | int) -> bool:
    """Pydantic also names the branch of a union; such names stand nowhere in the file."""
    return isinstance(part, int) or any(part in place for place in file.lines) or part.isidentifier()


def _message(file: Source, location: Location, detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    quoted = _quote(file, location)
    if kind == "extra_forbidden":
        return unknown("key", str(location[-1]), _siblings(location))
    if kind == "missing":
        return f"`{location[-1]}:` is missing; add it"
    if kind == "literal_error":
        return unknown("value", _text(file, location) or "", re.findall(r"'([^']+)'", str(context.get("expected", ""))))
    if kind == "union_tag_invalid":
        return f"unknown kind {context.get('tag', '')}; write {context.get('expected_tags', '')}"
    if kind == "union_tag_not_found":
        return "`kind:` is missing; write for example kind: slack"
    if kind in _PLAIN:
        return f"{quoted}{_PLAIN[kind]}"
    text = detail["msg"].removeprefix("Value error, ")
    return f"{quoted}{text}" if kind == "value_error" else f"{quoted}{text[:1].lower()}{text[1:]}"


def _text(file: Source, location: Location) -> str | None:
    """What the file has there; one word may stand where a list can."""
    return file.texts.get(location, file.texts.get(location[:-1]))


def _quote(file: Source, location: Location) -> str:
    text = _text(file, location)
    if text is None:
        return ""
    return f'"{text if len(text) <= _SHOWN else text[:_SHOWN] + "…"}": '


def _siblings(location: Location) -> list[str]:
    """The keys that may stand where an unknown one stands."""
    tables: list[Any] = [File]
    for part in location[:-1]:
        if isinstance(part, int):
            continue
        tables = [table for model in tables for table in _tables(model, part)]
    return [name for table in tables for name in table.model_fields]


def _tables(model: type[BaseModel], name: str) -> list[type[BaseModel]]:
    field = model.model_fields.get(name)
    if field is None:
        return [model]
    return _models_in(field.annotation)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models_in(argument)]
