"""A real HTTP server on loopback whose feeds a test edits while it runs; counts what was asked of it."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from datetime import datetime


def rss(title: str, items: list[dict]) -> bytes:
    """An RSS document; an item has title, text, link, guid and published (a datetime or None)."""
    rows = "".join(_item(**item) for item in items)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{escape(title)}</title>'
        f"<link>https://example.org/</link><description>d</description>{rows}</channel></rss>"
    ).encode()


def _item(title: str, text: str = "", link: str = "", guid: str = "", published: datetime | None = None) -> str:
    date = f"<pubDate>{format_datetime(published)}</pubDate>" if published else ""
    return (
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link><guid>{escape(guid or link)}</guid>"
        f"<description>{escape(text)}</description>{date}</item>"
    )


class FeedServer:
    """Serves `bodies[path]` with an ETag; `answers[path]`, a status and headers, overrules it."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.bodies: dict[str, bytes] = {}
        self.answers: dict[str, tuple[int, dict[str, str]]] = {}
        self.asked: Counter[tuple[str, int]] = Counter()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                status, headers, body = outer.answer(self.path, self.headers.get("If-None-Match"))
                outer.asked[self.path, status] += 1
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer((host, 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://{host}:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def answer(self, path: str, condition: str | None) -> tuple[int, dict[str, str], bytes]:
        if path in self.answers:
            status, headers = self.answers[path]
            return status, headers, b"" if status == 304 else b"no"
        body = self.bodies.get(path)
        if body is None:
            return 404, {}, b"nothing here"
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if condition == etag:
            return 304, {"ETag": etag}, b""
        return 200, {"ETag": etag, "Content-Type": "application/rss+xml; charset=utf-8"}, body

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
