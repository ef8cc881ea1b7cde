"""Edits of feeds.yaml by commands: only what was asked changes, and a file that would be broken is not written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.errors import ConfigError
from monitor.mentions.yaml_text import YamlText
from monitor.settings.load import load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monitor.model import Feed


def edit(path: Path, change: Callable[[str], str]) -> None:
    """Replaces the file by what `change` makes of its text, whole or not at all.

    ConfigError when the file cannot be read or written, or when the edit would leave a file with problems.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
    changed = change(text)
    if changed == text:
        return
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".yaml")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(changed)
        _check(Path(name), path)
        Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error


def _check(written: Path, path: Path) -> None:
    try:
        load(written, secrets=False)
    except ConfigError as error:
        written.unlink(missing_ok=True)
        raise ConfigError(*(problem.replace(str(written), str(path)) for problem in error.problems)) from error


def add_feeds(text: str, feeds: Sequence[Feed]) -> str:
    """The file with further feeds at the end of its list."""
    for feed in feeds:
        document = YamlText(text)
        row = _row(feed)
        listed = (document.data or {}).get("feeds")
        text = document.with_item(("feeds",), row) if listed else document.with_key((), "feeds", [row])
    return text


def remove_feed(text: str, wanted: str) -> str:
    """The file without the feed of this URL or name; ConfigError when there is none, or several."""
    document = YamlText(text)
    feeds = (document.data or {}).get("feeds") or []
    places = [place for place, feed in enumerate(feeds) if wanted in (feed.get("url"), feed.get("name"))]
    if not places:
        raise ConfigError(f'no feed "{wanted}"; `chipwire feeds list` shows them')
    if len(places) > 1:
        raise ConfigError(f'several feeds are called "{wanted}"; name one by its URL')
    return document.without(("feeds", places[0]) if len(feeds) > 1 else ("feeds",))


def _row(feed: Feed) -> dict[str, Any]:
    row: dict[str, Any] = {"name": feed.name, "url": feed.url}
    if feed.every is not None:
        row["every"] = f"{feed.every.total_seconds():g}s"
    if feed.tags:
        row["tags"] = list(feed.tags)
    for key in ("language", "trust", "user_agent", "encoding", "max_items"):
        if getattr(feed, key) is not None:
            row[key] = getattr(feed, key)
    return row
