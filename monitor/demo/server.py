"""The outlets as a web server on loopback: feeds that follow a clock, with ETags that tell whether they changed."""

from __future__ import annotations

import hashlib
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

from monitor.demo.documents import CONTENT_TYPES, document
from monitor.demo.recording import MORNING, SECONDS
from monitor.errors import MonitorError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monitor.demo.recording import Outlet

HOST = "127.0.0.1"


class Morning:
    """The time of the recording: stands at its beginning until `start`, then passes in three minutes / `speed`."""

    def __init__(self, speed: float) -> None:
        self.seconds = SECONDS / speed
        """How long it takes."""
        self._made = self._began = datetime.now(UTC)
        self._started: float | None = None

    def start(self) -> None:
        """Until then the outlets show what stood there before the morning."""
        self._began, self._started = datetime.now(UTC), time.monotonic()

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return 0.0 if self._started is None else time.monotonic() - self._started

    def time(self) -> timedelta:
        """How far into the morning we are."""
        return min(self.elapsed / self.seconds, 1.0) * MORNING

    def dated(self, at: timedelta) -> datetime:
        """When an entry says that it was published, UTC: what comes in the morning is dated when it appears."""
        if at < timedelta(0):
            return self._made + at
        return self._began + at / MORNING * timedelta(seconds=self.seconds)


class FeedServer:
    """Context manager. `port` 0 takes a free one; MonitorError when the port cannot be had."""

    def __init__(self, outlets: Sequence[Outlet], morning: Morning, port: int = 0) -> None:
        self._outlets = {f"/{outlet.slug}": outlet for outlet in outlets}
        self._morning = morning
        try:
            self._server = ThreadingHTTPServer((HOST, port), _handler(self.answer))
        except OSError as error:
            raise MonitorError(
                f"port {port} on {HOST} cannot be used: {error.strerror}; name another with --port, "
                "or leave it out and a free one is taken"
            ) from error
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="recorded-feeds", daemon=True)

    def url(self, outlet: Outlet) -> str:
        """Where the outlet's feed is served."""
        return f"http://{HOST}:{self._server.server_address[1]}/{outlet.slug}"

    def answer(self, path: str, condition: str | None) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body for a GET of `path` with `If-None-Match: condition`."""
        outlet = self._outlets.get(path)
        if outlet is None:
            return 404, {}, b"no such feed\n"
        body = document(outlet, self._morning.time(), self._morning.dated)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if condition == tag:
            return 304, {"ETag": tag}, b""
        return 200, {"ETag": tag, "Content-Type": CONTENT_TYPES[outlet.format]}, body

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(answer: Callable[[str, str | None], tuple[int, dict[str, str], bytes]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = answer(self.path, self.headers.get("If-None-Match"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Standard error belongs to the demo."""

    return Handler
