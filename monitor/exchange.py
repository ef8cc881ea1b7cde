"""The exchange format of `extract` and `replay`: one article a line, and what is said of it."""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from monitor import claims
from monitor.errors import ConfigError
from monitor.model import Article
from monitor.text.language import detect

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from monitor.analysis import Desk
    from monitor.claims import Drawn
    from monitor.model import Mention

MAX_LINE = 32_000_000
"""Characters of a line; a longer one is answered with an error, not read into memory whole."""
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character: JSON can say it, no text can hold it. It is read as U+FFFD, so that offsets stay."""
_STRINGS = ("text", "lang", "published", "outlet", "url")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of input: an article under its own id, or why it is none."""

    number: int
    id: Any = None
    article: Article | None = None
    error: str | None = None


def read_lines(file: str) -> Iterator[Line]:
    """Lines of a file (`.gz` too), `-`: standard input; ConfigError when it cannot be read. Blank lines count, too."""
    try:
        with _open(file) as stream:
            yield from _lines(stream)
    except (OSError, EOFError, gzip.BadGzipFile) as error:
        raise ConfigError(f"{file}: cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _open(file: str) -> io.BufferedIOBase:
    if file == "-":
        return sys.stdin.buffer  # type: ignore[return-value]
    if file.endswith(".gz"):
        return gzip.open(file, "rb")
    return Path(file).open("rb")


def _lines(stream: io.BufferedIOBase) -> Iterator[Line]:
    number = 0
    while raw := stream.readline(MAX_LINE):
        number += 1
        if len(raw) == MAX_LINE and not raw.endswith(b"\n"):
            while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                pass
            yield Line(number, error=f"longer than {MAX_LINE} bytes")
            continue
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        yield parse_line(number, raw)


def parse_line(number: int, raw: bytes) -> Line:
    """The article of one line, or what is wrong with it."""
    try:
        data = json.loads(raw, parse_float=_finite, parse_constant=_finite)
    except json.JSONDecodeError as error:
        return Line(number, error=f"not JSON: {error.msg}, column {error.colno}")
    except (ValueError, RecursionError) as error:
        return Line(number, error=f"not JSON: {_short(error)}")
    if not isinstance(data, dict):
        return Line(number, error='not an object; write {"id": ..., "title": ..., "text": ...}')
    problem = _problem(data)
    if problem is not None:
        return Line(number, id=data.get("id"), error=problem)
    return Line(number, id=data["id"], article=_article(data))


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is no number of JSON's")
    return value


def _short(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error).partition(";")[0]


def _problem(data: dict[str, Any]) -> str | None:
    if data.get("id") in (None, "") or isinstance(data["id"], (dict, list)):
        return '"id" is missing'
    if isinstance(data["id"], str) and _HALF.search(data["id"]):
        return '"id" holds half a character (a lone surrogate)'
    if not isinstance(data.get("title") or "", str):
        return '"title" is not a string'
    wrong = [name for name in _STRINGS if not isinstance(data.get(name) or "", str)]
    if wrong:
        return f'"{wrong[0]}" is not a string'
    if not (data.get("title") or data.get("text")):
        return '"title" and "text" are both missing'
    return None


def _article(data: dict[str, Any]) -> Article:
    title, text = (_HALF.sub("\ufffd", data.get(name) or "") for name in ("title", "text"))
    published = moment(data.get("published"))
    return Article(
        id=str(data["id"]),
        title=title,
        text=text,
        language=data.get("lang") or detect(title, text),
        published=published,
        seen=published,
        outlet=_HALF.sub("\ufffd", data.get("outlet") or "") or None,
        url=_usable(data.get("url")),
    )


def _usable(url: str | None) -> str | None:
    """An address that can be taken apart; anything else is as good as none."""
    try:
        return url if url and not _HALF.search(url) and urlsplit(url) else None
    except ValueError:
        return None


def moment(text: str | None) -> datetime | None:
    """An ISO 8601 time, UTC unless it says otherwise; a date alone is its midnight UTC; None for anything else."""
    try:
        found = datetime.fromisoformat(text.strip()) if text else None
    except ValueError:
        return None
    if found is None:
        return None
    try:
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except OverflowError:
        return None


def mention_values(mention: Mention) -> dict[str, Any]:
    """A mention as it is written."""
    return {
        "entity": mention.entity,
        "text": mention.text,
        "field": mention.field,
        "start": mention.start,
        "end": mention.end,
    }


class Extractor:
    """Answers lines with mentions and claims."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def answer(self, line: Line) -> dict[str, Any]:
        """`{"id", "mentions", "claims"}`, or `{"line", "error"}`."""
        if line.article is None:
            return {"line": line.number, "error": line.error}
        reading = self._desk.lexicon.read(line.article)
        found = self._desk.extract(line.article, reading, self._desk.entities)
        return {
            "id": line.id,
            "mentions": [mention_values(mention) for mention in reading.mentions],
            "claims": [claim.fields() for claim in found],
        }

    def explain(self, line: Line) -> str:
        """The same for people: each claim with pattern, tokens and reasons, and why other numbers made none."""
        if line.article is None:
            return f"line {line.number}: {line.error}"
        reading = self._desk.lexicon.read(line.article)
        found = claims.explain(line.article, reading, self._desk.entities)
        named = ", ".join(dict.fromkeys(mention.entity for mention in reading.mentions)) or "none"
        lines = [f"{line.id}: {line.article.title}", f"  language: {line.article.language or 'unknown'}"]
        lines.append(f"  mentions: {named}")
        lines += [f'  no mention: "{r.text}" is not {r.entity}: {r.reason}' for r in reading.rejected]
        for drawn in found.drawn:
            lines += _drawn(drawn)
        lines += [f'  no claim: "{passed.text}" ({passed.field}): {passed.reason}' for passed in found.passed]
        return "\n".join(lines)


def _drawn(drawn: Drawn) -> list[str]:
    claim = drawn.claim
    value = "" if claim.value is None else f" {claim.bound} {claim.value}"
    value += "" if claim.value_max is None else f" to {claim.value_max}"
    head = f"  claim: {claim.metric} of {claim.subject or claim.product}{value} {claim.unit}".rstrip()
    return [
        f"{head}, {claim.status}" + (f", {claim.period}" if claim.period else ""),
        f"    evidence: {claim.evidence}",
        f"    pattern: {drawn.pattern}; tokens: {' '.join(drawn.tokens)}",
        *(f"    because {reason}" for reason in drawn.reasons),
    ]
