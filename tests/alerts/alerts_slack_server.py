"""A Slack that obeys a script of faults: what a test wants of each call, in order, then good behaviour."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict, deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

CHANNEL = "C0AICHIPS1"


class SlackServer:
    """Channel #ai-chips with its messages. `script["chat.postMessage"]` holds the faults of the next calls.

    A fault is `ok`; `error:WORD`; `http:CODE`; `retry:SECONDS-OR-DATE`; `drop` (reads, does nothing, hangs up);
    `lost` (does it, hangs up); `hang` (does it, never answers); `5xx-done` (does it, answers 500); `cut` (does it,
    answer cut short); `html` (does it not, answers a page), `page:CODE` the same; `garbage` (does it, answers no JSON).
    """

    def __init__(self) -> None:
        self.script: dict[str, deque[str]] = defaultdict(deque)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.messages: list[dict[str, Any]] = []
        self.scopes = "chat:write,channels:history,groups:history,channels:read,groups:read"
        self.member = True
        self.ahead = 0.0
        """Seconds that this Slack's clock is ahead of ours."""
        self.hang = threading.Event()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/api/"

    def close(self) -> None:
        self.hang.set()
        self._server.shutdown()
        self._server.server_close()

    def posts(self) -> list[dict[str, Any]]:
        return [params for method, params in self.calls if method == "chat.postMessage"]

    def methods(self) -> list[str]:
        return [method for method, _ in self.calls]

    def keys(self) -> list[str]:
        return [message["metadata"]["event_payload"]["key"] for message in self.messages]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                params = server.params(self.headers.get("Content-Type", ""), self.rfile.read(length))
                method = self.path.rpartition("/")[2]
                with server._lock:
                    server.calls.append((method, params))
                    fault = server.script[method].popleft() if server.script[method] else "ok"
                self.act(method, params, fault)

            def act(self, method: str, params: dict[str, Any], fault: str) -> None:
                kind, _, detail = fault.partition(":")
                done = {"ok": False}
                if kind in ("ok", "lost", "hang", "5xx-done", "cut", "garbage"):
                    with server._lock:
                        done = server.do(method, params)
                if kind == "ok":
                    self.answer(200, json.dumps(done).encode())
                elif kind == "error":
                    self.answer(200, json.dumps({"ok": False, "error": detail}).encode())
                elif kind == "http":
                    self.answer(int(detail), b'{"ok": false, "error": "internal_error"}')
                elif kind == "retry":
                    self.answer(429, b'{"ok": false, "error": "ratelimited"}', {"Retry-After": detail})
                elif kind == "5xx-done":
                    self.answer(500, b"<html>oops</html>", {"Content-Type": "text/html"})
                elif kind in ("html", "page"):
                    self.answer(int(detail or 503), b"<html>down</html>", {"Content-Type": "text/html"})
                elif kind == "garbage":
                    self.answer(200, b"\x00\xff not json")
                elif kind == "cut":
                    self.send_response(200)
                    self.send_header("Content-Length", "4000")
                    self.end_headers()
                    self.wfile.write(b'{"ok": tr')
                    self.close_connection = True
                elif kind == "hang":
                    server.hang.wait(30)
                    self.close_connection = True
                else:
                    self.close_connection = True

            def answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
                self.send_response(status)
                base = {"Content-Type": "application/json", "Content-Length": str(len(body))}
                for name, value in (base | (headers or {})).items():
                    self.send_header(name, value)
                if self.path.endswith("auth.test"):
                    self.send_header("x-oauth-scopes", server.scopes)
                self.end_headers()
                self.wfile.write(body)

        return Handler

    @staticmethod
    def params(kind: str, body: bytes) -> dict[str, Any]:
        if kind.startswith("application/json"):
            return dict(json.loads(body or b"{}"))
        found: dict[str, Any] = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        for name in ("blocks", "metadata"):
            if name in found:
                found[name] = json.loads(found[name])
        return found

    def do(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        known = params.get("channel") in (CHANNEL, "#ai-chips", None)
        if not known:
            return {"ok": False, "error": "channel_not_found"}
        match method:
            case "chat.postMessage":
                ts = (
                    f"{time.time() + self.ahead:.6f}"
                    if not self.messages
                    else f"{float(self.messages[-1]['ts']) + 0.01:.6f}"
                )
                self.messages.append({**params, "ts": ts})
                return {"ok": True, "ts": ts, "channel": CHANNEL}
            case "chat.update":
                for message in self.messages:
                    if message["ts"] == params["ts"]:
                        message.update({name: params.get(name) for name in ("text", "blocks")})
                        return {"ok": True, "ts": params["ts"], "channel": CHANNEL}
                return {"ok": False, "error": "message_not_found"}
            case "conversations.history":
                found = [m for m in self.messages if not m.get("thread_ts") or m.get("reply_broadcast")]
                return {"ok": True, "messages": self._since(found, params)}
            case "conversations.replies":
                found = [m for m in self.messages if params["ts"] in (m.get("thread_ts"), m["ts"])]
                return {"ok": True, "messages": self._since(found, params)}
            case "conversations.list":
                return {"ok": True, "channels": [{"id": CHANNEL, "name": "ai-chips"}]}
            case "conversations.info":
                return {"ok": True, "channel": {"id": CHANNEL, "is_member": self.member}}
            case "auth.test":
                return {"ok": True, "team": "Test desk", "user": "chipwire"}
            case _:
                return {"ok": False, "error": "unknown_method"}

    @staticmethod
    def _since(messages: list[dict[str, Any]], params: dict[str, Any]) -> list[dict[str, Any]]:
        found = [message for message in messages if float(message["ts"]) >= float(params.get("oldest") or 0)]
        if params.get("include_all_metadata") not in ("1", True):
            found = [{name: value for name, value in m.items() if name != "metadata"} for m in found]
        return found[::-1]
