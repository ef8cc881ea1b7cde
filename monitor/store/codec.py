"""Values of `monitor.model` to and from what SQLite keeps: text times, JSON for what has no column of its own."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, overload

from monitor import model

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Hashable, Mapping

    from monitor.model import Article, Claim, Fact, PollState, Sketch

T = TypeVar("T", "Claim", "Fact", "Sketch", "PollState")


@overload
def stamp(time: datetime) -> str: ...
@overload
def stamp(time: None) -> None: ...
def stamp(time: datetime | None) -> str | None:
    """UTC with milliseconds, so that text sorts as time does."""
    if time is None:
        return None
    utc = time if time.tzinfo is UTC else time.astimezone(UTC)
    return utc.isoformat(timespec="milliseconds")[: -len("+00:00")] + "Z"


@overload
def moment(text: str) -> datetime: ...
@overload
def moment(text: None) -> None: ...
def moment(text: str | None) -> datetime | None:
    """What `stamp` wrote."""
    return None if text is None else datetime.fromisoformat(text)


def dump(value: object) -> str:
    """JSON, compact, in the script it is written in."""
    return _ENCODER.encode(value)


@lru_cache(maxsize=1024)
def dump_again(value: Hashable) -> str:
    """The same, for what is written alike again and again."""
    return dump(value)


def _plain(value: object) -> object:
    if hasattr(type(value), "__dataclass_fields__"):
        return fields_of(value)
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)


def fields_of(value: Any) -> dict[str, Any]:
    """The fields of a dataclass that differ from their defaults: what must be kept to make it again."""
    return {
        name: item
        for name, default in _defaults(value.__class__)
        if (item := getattr(value, name)) != default or default is dataclasses.MISSING
    }


@cache
def _defaults(kind: Any) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, field.default) for field in dataclasses.fields(kind))


def claim(text: str) -> Claim:
    """From `dump`."""
    return _made(model.Claim, text)


def fact(text: str) -> Fact:
    """From `dump`."""
    return _made(model.Fact, text)


def sketch(text: str) -> Sketch:
    """From `dump`."""
    return _made(model.Sketch, text)


def poll_state(text: str) -> PollState:
    """From `dump`."""
    return _made(model.PollState, text)


def _made(kind: type[T], text: str) -> T:
    data: dict[str, Any] = json.loads(text)
    known: Any = kind
    for name, convert in _converters(known):
        if data.get(name) is not None:
            data[name] = convert(data[name])
    return kind(**data)


_FROM_JSON: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("datetime", datetime.fromisoformat),
    ("date", date.fromisoformat),
    ("timedelta", lambda seconds: timedelta(seconds=seconds)),
    ("tuple", tuple),
    ("frozenset", frozenset),
)


@cache
def _converters(kind: Any) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Fields that JSON has no type for, by what their annotations begin with."""
    return tuple(
        (field.name, convert)
        for field in dataclasses.fields(kind)
        for name, convert in _FROM_JSON
        if str(field.type).partition("[")[0].partition(" ")[0] == name
    )


def article(row: sqlite3.Row | Mapping[str, Any]) -> Article:
    """From a row of `articles`."""
    return model.Article(
        id=row["id"],
        title=row["title"],
        text=row["text"],
        language=row["language"],
        published=moment(row["published"]),
        outlet=row["outlet"],
        url=row["url"],
        seen=moment(row["seen"]),
        feed=row["feed"],
        trust=row["trust"],
        record=row["record"],
        garbled=bool(row["garbled"]),
        version=row["version"],
        tags=tuple(json.loads(row["tags"])),
        batch=row["batch"],
    )
