"""Text from outside made safe to show, and the small phrases that all channels share."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

    from alerts.model import Alert, Message, Severity, Source, UpdateKind

MARKS: dict[Severity, str] = {"high": "🔴", "medium": "🟠", "low": "⚪"}
TOLD: dict[UpdateKind, str] = {"official": "✅ Now official", "disputed": "⚠️ Disputed", "corrected": "✏️ Corrected"}
"""Updates that a message tells in words; the others only lengthen its list of sources."""
MAX_URL = 600
"""Characters; a longer link is left out, since the whole message must stay under Slack's limit."""
_SPACE = re.compile(r"\s+")
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_FILLERS = "\u115f\u1160\u3164\uffa0\u2800\u034f"
"""Letters and marks that show as nothing."""


def clean(text: str) -> str:
    """One line without control, bidirectional, zero-width, private or unassigned characters."""
    spaced = _SPACE.sub(" ", text)
    if spaced.isascii() and spaced.isprintable():
        return spaced.strip()
    kept = (c for c in spaced if unicodedata.category(c) not in _INVISIBLE and c not in _FILLERS)
    return _SPACE.sub(" ", "".join(kept)).strip()


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, an ellipsis where something is left out."""
    return text if len(text) <= limit else text[: max(limit - 1, 0)].rstrip() + "…"


def names_figure(text: str, figure: str) -> bool:
    """Whether `text` names the figure by itself, not as part of a longer number."""
    return re.search(rf"(?<![\d,.]){re.escape(figure)}(?![\d]|[,.]\d)", text) is not None


def missing_figures(text: str, alert: Alert) -> list[str]:
    """The alert's new figures that `text` does not name."""
    return [figure for figure in dict.fromkeys(alert.digits) if not names_figure(text, figure)]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def web_url(url: str | None) -> str | None:
    """The URL if it can be a link: http or https, a host, not too long; what could end a link is percent-encoded."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
        port = f":{parts.port}" if parts.port is not None else ""
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[A-Za-z0-9._\-\[\]:]+", host):
        return None
    shown_host = f"[{host}]" if ":" in host else host
    path = quote(parts.path, safe="/%:@!$&'()+,;=~-._", errors="replace")
    query = "?" + quote(parts.query, safe="/%:@!$&'()+,;=~-._?", errors="replace") if parts.query else ""
    made = f"{parts.scheme}://{shown_host}{port}{path}{query}"
    return made if len(made) <= MAX_URL else None


def host(url: str | None) -> str | None:
    """Host of a link, punycode, without `www.`."""
    safe = web_url(url)
    return None if safe is None else (urlsplit(safe).hostname or "").removeprefix("www.")


def outlet(source: Source, limit: int = 60) -> str:
    """The outlet; with the host in brackets where its name does not tell it, so that none can pose as another."""
    name = clip(clean(source.outlet), limit) or "unknown outlet"
    where = host(source.url)
    plain = "".join(c for c in name.casefold() if c.isalnum())
    if where is None or (plain and plain in where.replace("-", "").replace(".", "")) or name.casefold() == where:
        return name
    return f"{name} ({clip(where, limit)})"


def clock(at: datetime, beside: datetime, zone: str) -> str:
    """`09:12`; with the day where it is another one than that of `beside`, and the year where that differs."""
    local, reference = at.astimezone(ZoneInfo(zone)), beside.astimezone(ZoneInfo(zone))
    if local.date() == reference.date():
        return f"{local:%H:%M}"
    year = "" if local.year == reference.year else f" {local.year}"
    return f"{local.day} {local:%b}{year} {local:%H:%M}"


def moment(at: datetime, zone: str) -> str:
    """`24 Nov 2026 09:12 UTC`."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%b %Y %H:%M} {local.tzname()}"


def counted(alert: Alert) -> list[Source]:
    """Sources that are not copies of another."""
    return [source for source in alert.sources if source.copy_of is None]


def copies(alert: Alert) -> list[Source]:
    return [source for source in alert.sources if source.copy_of is not None]


def plural(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def summary(message: Message) -> str:
    """What a message of several alerts is."""
    count = len(message.alerts)
    match message.kind:
        case "batch":
            more = f", the {count} most severe here, the rest in the thread" if message.total > count else ""
            return f"{plural(message.total, 'alert')} from first fetches{more}"
        case "rest":
            return f"{plural(count, 'further alert')} from first fetches"
        case "digest":
            since = "" if message.since is None else f" since {moment(message.since, 'UTC')}"
            part = f" ({count} of {message.total})" if message.total > count else ""
            return f"Digest: {plural(message.total or count, 'alert')}{part}{since}"
        case "fold":
            return f"{plural(count, 'alert')} at once"
        case _:
            return plural(count, "alert")
