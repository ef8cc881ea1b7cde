"""Messages -> plain text for terminals, mail and whatever else takes text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alerts.render.series import drawn, number
from alerts.render.words import (
    MARKS,
    TOLD,
    capital,
    clean,
    clip,
    clock,
    copies,
    counted,
    missing_figures,
    moment,
    outlet,
    plural,
    summary,
    web_url,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alerts.model import Alert, Message, Source


def title(message: Message) -> str:
    """One line: what the message is about."""
    if message.note is not None:
        return clip(clean(message.note), 200)
    if len(message.alerts) == 1:
        return headline(message.alerts[0])
    return capital(summary(message)) + ": " + clip("; ".join(headline(alert) for alert in message.alerts[:3]), 200)


def headline(alert: Alert) -> str:
    """The alert's title, and every new figure that it does not name."""
    said = capital(clean(alert.title))
    missing = missing_figures(said, alert)
    return f"{said}: {', '.join(missing)}" if missing else said


def compact(alert: Alert) -> str:
    """One line of a list."""
    told = counted(alert) or list(alert.sources)
    where = f" · {outlet(told[0])}" + (f" + {len(told) - 1}" if len(told) > 1 else "") if told else ""
    return f"{MARKS[alert.severity]} {headline(alert)}{where}"


def body(message: Message, zone: str = "UTC") -> str:
    """All that the message says, in lines; times in IANA zone `zone`."""
    if message.note is not None:
        return clean(message.note)
    if len(message.alerts) == 1:
        return "\n".join(full(message.alerts[0], message, zone))
    parts = [capital(summary(message))]
    parts += ["\n".join(full(alert, message, zone)) for alert in message.alerts]
    return "\n\n".join(parts)


def full(alert: Alert, message: Message, zone: str) -> Iterator[str]:
    """The lines of one alert: figure, what changed, evidence, series, sources, why."""
    if alert.figure:
        yield capital(clean(alert.figure))
    yield headline(alert)
    official = " · official record" if alert.official else ""
    yield f"{MARKS[alert.severity]} {capital(clean(alert.change))} · {clean(alert.reason)}{official}"
    if alert.before:
        yield f"Before: {clean(alert.before)}"
    if evidence := clean(alert.evidence):
        yield f"  “{evidence}”"
    for update in message.updates:
        if update.alert == alert.key and update.kind in TOLD:
            yield f"{TOLD[update.kind]} · {clean(update.note or update.reason)} · {outlet(update.source)}"
    if found := drawn(alert.series):
        yield found[0] + "  " + " → ".join(f"{number(point.value)} ({clean(point.label)})" for point in found[1])
    if alert.sources:
        yield sources(alert, zone)
    if link := web_url(alert.url):
        yield link
    yield f"{moment(alert.created, zone)} · rule {clean(alert.rule)} · {alert.severity}"


def sources(alert: Alert, zone: str) -> str:
    told, copied = counted(alert), copies(alert)
    parts = [_source(source, alert, zone) for source in told]
    if copied:
        parts.append("copies: " + ", ".join(dict.fromkeys(outlet(source) for source in copied)))
    return f"{plural(len(told), 'source')}: {' · '.join(parts)}"


def _source(source: Source, alert: Alert, zone: str) -> str:
    marks = [word for word in ("official" if source.official else "", clean(source.trust or "")) if word]
    return f"{outlet(source)} {clock(source.at, alert.created, zone)}" + (f" ({', '.join(marks)})" if marks else "")
