"""An outlet's feed at a time of the morning, as bytes of RSS 2.0, Atom, RSS 1.0 (RDF) or JSON Feed. Pure."""

from __future__ import annotations

import json
from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from monitor.demo.recording import Outlet, Recorded

    Dated = Callable[[timedelta], datetime]
    """Time in the recording -> UTC."""

CONTENT_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "rdf": "application/rdf+xml; charset=utf-8",
    "json": "application/feed+json",
}
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'


def document(outlet: Outlet, time: timedelta, dated: Dated) -> bytes:
    """The feed at `time` into the morning; `dated` says when an entry was published."""
    return _WRITERS[outlet.format](outlet, time, dated).encode()


def _rss(outlet: Outlet, time: timedelta, dated: Dated) -> str:
    items = "".join(
        f"<item><title>{escape(entry.title)}</title><link>{entry.link}</link><guid>{entry.link}</guid>"
        f"<pubDate>{format_datetime(dated(entry.at))}</pubDate>"
        f"<description>{_html(entry, time)}</description></item>\n"
        for entry in outlet.shown(time)
    )
    return (
        f'{_XML}<rss version="2.0"><channel><title>{escape(outlet.name)}</title><link>{outlet.home}</link>'
        f"<description>Recorded</description><language>{outlet.language}</language>\n{items}</channel></rss>\n"
    )


def _atom(outlet: Outlet, time: timedelta, dated: Dated) -> str:
    items = "".join(
        f'<entry><title>{escape(entry.title)}</title><link href="{entry.link}"/><id>{entry.link}</id>'
        f"<published>{dated(entry.at).isoformat()}</published><updated>{dated(entry.at).isoformat()}</updated>"
        f'<content type="html">{_html(entry, time)}</content></entry>\n'
        for entry in outlet.shown(time)
    )
    return (
        f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">'
        f"<title>{escape(outlet.name)}</title><id>{outlet.home}</id>"
        f"<updated>{dated(outlet.shown(time)[0].at).isoformat()}</updated>\n{items}</feed>\n"
    )


def _rdf(outlet: Outlet, time: timedelta, dated: Dated) -> str:
    items = "".join(
        f'<item rdf:about="{entry.link}"><title>{escape(entry.title)}</title><link>{entry.link}</link>'
        f"<description>{_html(entry, time)}</description><dc:date>{dated(entry.at).isoformat()}</dc:date></item>\n"
        for entry in outlet.shown(time)
    )
    return (
        f'{_XML}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{outlet.home}">'
        f"<title>{escape(outlet.name)}</title><link>{outlet.home}</link><description>Recorded</description></channel>\n"
        f"{items}</rdf:RDF>\n"
    )


def _json(outlet: Outlet, time: timedelta, dated: Dated) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": outlet.home,
        "language": outlet.language,
        "items": [
            {
                "id": entry.link,
                "url": entry.link,
                "title": entry.title,
                "content_text": entry.text_at(time),
                "date_published": dated(entry.at).isoformat(),
            }
            for entry in outlet.shown(time)
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _html(entry: Recorded, time: timedelta) -> str:
    return escape(f"<p>{escape(entry.text_at(time))}</p>")


_WRITERS: dict[str, Callable[[Outlet, timedelta, Dated], str]] = {
    "rss": _rss,
    "atom": _atom,
    "rdf": _rdf,
    "json": _json,
}
