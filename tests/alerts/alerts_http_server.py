"""A web server that notes what it is sent and answers as it is told."""

from __future__ import annotations

import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class HttpServer:
    """`answers` holds status codes (with `|Header: value`), `drop` or `hang` for the next requests; then 200."""

    def __init__(self) -> None:
        self.answers: deque[str] = deque()
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self._ended = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/hook?team=7"

    def close(self) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                answer = server.answers.popleft() if server.answers else "200"
                server.requests.append((self.path, dict(self.headers), body))
                if answer == "hang":
                    server._ended.wait(20)
                if answer in ("drop", "hang"):
                    return
                status, _, header = answer.partition("|")
                self.send_response(int(status))
                if header:
                    self.send_header(*header.split(": ", 1))
                self.end_headers()
                self.wfile.write(b"ok")

        return Handler
