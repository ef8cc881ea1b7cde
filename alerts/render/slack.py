"""Messages -> Block Kit. Limits: https://docs.slack.dev/reference/block-kit/blocks and slackapi/bolt-js#2509."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alerts.render.mrkdwn import bold, escape, highlighted, link, pieces, plain
from alerts.render.series import drawn, number
from alerts.render.words import (
    MARKS,
    TOLD,
    capital,
    clock,
    copies,
    counted,
    missing_figures,
    moment,
    outlet,
    plural,
    summary,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alerts.model import Alert, AlertUpdate, Message, Source

Block = dict[str, Any]

HEADER = 150
SECTION = 3_000
TOTAL = 9_900
"""All text of a message: above roughly 11,000 Slack answers msg_blocks_too_long, which its documentation omits."""
FULL = 3
"""Alerts of one article or of first fetches that are shown with their evidence; more get a line each."""


@dataclass(frozen=True, slots=True)
class _Room:
    """How much a message may say: the first of these that fits in `TOTAL` is taken, the last always does."""

    title: int
    words: int
    evidence: int
    updates: int
    links: bool
    source_links: bool


_ROOMS = (
    _Room(title=300, words=300, evidence=900, updates=3, links=True, source_links=True),
    _Room(title=300, words=300, evidence=800, updates=3, links=True, source_links=False),
    _Room(title=150, words=150, evidence=450, updates=1, links=False, source_links=False),
)


def blocks(message: Message, zone: str) -> list[Block]:
    """At most 50 blocks with less than 10,000 characters, for any input. Times are shown in IANA zone `zone`."""
    if message.note is not None:
        return [_section(escape(message.note, SECTION) or "…")]
    whole = message.kind in ("alert", "reply", "batch") and max(len(message.alerts), message.total) <= FULL
    compose = _full if whole else _listed
    made: list[Block] = []
    for room in _ROOMS:
        made = list(compose(message, room, zone))
        if size(made) <= TOTAL:
            break
    return made


def size(made: list[Block]) -> int:
    """Characters of all texts in the blocks."""
    return sum(
        len(text["text"]) for block in made for text in (block["elements"] if "elements" in block else [block["text"]])
    )


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def _header(text: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": plain(text, HEADER) or "Alert", "emoji": False}}


def _full(message: Message, room: _Room, zone: str) -> Iterator[Block]:
    for alert in message.alerts:
        yield _header(capital(alert.figure or alert.title))
        yield _section(_what(alert, room))
        if evidence := highlighted(alert.evidence, alert.highlight, room.evidence):
            yield _section(">" + evidence)
        told = [update for update in message.updates if update.alert == alert.key and update.kind in TOLD]
        for update in told[-room.updates :]:
            yield _section(_joined(update, alert, room, zone))
        if line := _series(alert):
            yield _section(line)
        if alert.sources:
            yield _context(_sources(alert, room, zone))
        yield _context(escape(f"{moment(alert.created, zone)} · rule {alert.rule} · {alert.severity}", 150))


def _linked(alert: Alert, text: str, room: _Room) -> str:
    return link(alert.url if room.links else None, text, room.title)


def _what(alert: Alert, room: _Room) -> str:
    lines = []
    if alert.figure and (title := _linked(alert, alert.title, room)):
        lines.append(f"*{title}*")
    elif alert.url and room.links:
        lines.append(_linked(alert, "Open the article", room))
    official = " · official record" if alert.official else ""
    change = bold(capital(alert.change), 60)
    lines.append(f"{MARKS[alert.severity]} {change} · {escape(alert.reason, room.words)}{official}")
    if alert.before:
        lines.append(f"Before: {escape(alert.before, room.words)}")
    if missing := missing_figures(f"{alert.figure or ''} {alert.title}", alert):
        lines.append(escape("Figures: " + " · ".join(missing), 300))
    return "\n".join(lines)


def _joined(update: AlertUpdate, alert: Alert, room: _Room, zone: str) -> str:
    where = f"{_name(update.source, room)} {clock(update.at, alert.created, zone)}"
    return f"*{TOLD[update.kind]}* · {escape(update.note or update.reason, room.words)} · {where}"


def _series(alert: Alert) -> str | None:
    found = drawn(alert.series)
    if found is None:
        return None
    picture, named = found
    labels = " → ".join(f"{number(point.value)} ({escape(point.label, 30)})" for point in named)
    return f"`{picture}`  {labels}"


def _name(source: Source, room: _Room) -> str:
    return link(source.url if room.source_links else None, outlet(source, 40), 60)


def _sources(alert: Alert, room: _Room, zone: str) -> str:
    told, copied = counted(alert), copies(alert)
    parts = [_source(source, alert, room, zone) for source in told[:6]]
    if len(told) > 6:
        parts.append(f"{len(told) - 6} more")
    if copied:
        names = list(dict.fromkeys(outlet(source, 30) for source in copied))
        parts.append(
            "copies: " + escape(", ".join(names[:6]), 150) + (f" and {len(names) - 6} more" if names[6:] else "")
        )
    return f"{plural(len(told), 'source')}: {' · '.join(parts)}"


def _source(source: Source, alert: Alert, room: _Room, zone: str) -> str:
    marks = [word for word, holds in (("official", source.official), (source.trust or "", source.trust)) if holds]
    said = f" ({escape(', '.join(marks), 30)})" if marks else ""
    return f"{_name(source, room)} {clock(source.at, alert.created, zone)}{said}"


def _listed(message: Message, room: _Room, zone: str) -> Iterator[Block]:
    first = message.alerts[0]
    of_one_article = message.kind in ("alert", "reply")
    more = f"{plain(capital(first.figure or first.title), 120)}, and {len(message.alerts) - 1} more"
    yield _header(more if of_one_article else capital(summary(message)))
    for text in pieces((_line(alert, message, room) for alert in message.alerts), SECTION):
        yield _section(text)
    yield _context(moment(message.at, zone))


def _line(alert: Alert, message: Message, room: _Room) -> str:
    title = _linked(alert, alert.title, room)
    named = 0 < len(alert.digits) <= 3 and not missing_figures(title, alert)
    lead = ", ".join(alert.digits) if named else capital(alert.figure or "")
    figure = bold(lead, 80)
    missing = missing_figures(f"{figure} {title}", alert)
    also = f" ({escape(', '.join(missing), 1_600)})" if missing else ""
    told = counted(alert) or list(alert.sources)
    where = [escape(outlet(told[0], 30), 40) + (f" + {len(told) - 1}" if len(told) > 1 else "")] if told else []
    kinds = dict.fromkeys(update.kind for update in message.updates if update.alert == alert.key)
    joined = [TOLD[kind] for kind in kinds if kind in TOLD]
    parts = [part for part in (f"{MARKS[alert.severity]} {figure}{also}".rstrip(), title, *where, *joined) if part]
    return " · ".join(parts)
