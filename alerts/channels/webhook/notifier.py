"""Messages -> signed POST requests, and what the answers mean."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from alerts.channels.retry_after import retry_after
from alerts.channels.trial import told
from alerts.channels.webhook.connect import RefusedError, connect
from alerts.channels.webhook.sign import key_of, signed
from alerts.errors import ChannelConfigError
from alerts.ports import Ambiguous, Blocked, Capabilities, NotSent, Rejected, Sent, Throttled, Unverifiable
from alerts.render.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alerts.model import Message, WebhookChannel
    from alerts.ports import AddressGuard, Checked, Finding, Outcome

TIMEOUT = 15.0
ANSWER = 65_536
"""Bytes of an answer that are read."""
PROBE = timedelta(minutes=15)
BAD_MESSAGE = frozenset((400, 413, 415, 422))
IN_DOUBT = frozenset((408, 425, 499))


class WebhookNotifier:
    """Redirects are not followed and proxies not used. `webhook-id` stays the same when a message is sent again, so
    that a receiver can drop repeats; whether one arrived cannot be asked."""

    def __init__(
        self, channel: WebhookChannel, *, user_agent: str = "chipwire", guard: AddressGuard | None = None
    ) -> None:
        parts = urlsplit(channel.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ChannelConfigError(f"channel {channel.name}: url must begin with https:// or http:// and name a host")
        self.name = channel.name
        self.capabilities = Capabilities(edits=True)
        self._scheme, self._host = parts.scheme, parts.hostname
        self._port = parts.port or (443 if parts.scheme == "https" else 80)
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._key = None if channel.secret is None else key_of(channel.secret)
        self._agent = user_agent
        self._guard = guard

    def send(self, message: Message) -> Outcome:
        return self._post(message, "message")

    def edit(self, message: Message, ts: str | None) -> Outcome:
        return self._post(message, "update")

    def _post(self, message: Message, event: str) -> Outcome:
        said = record(message, self.name, event=event)
        body = json.dumps(said, ensure_ascii=True).encode("ascii")
        try:
            connection = connect(self._scheme, self._host, self._port, TIMEOUT, self._guard)
        except RefusedError as error:
            return Blocked(str(error), "name a public address, or allow this one in network.allow_private", PROBE)
        except (OSError, UnicodeError) as error:
            return _unconnected(error)
        try:
            connection.request("POST", self._path, body, self._headers(str(said["id"]), body))
            answer = connection.getresponse()
            answer.read(ANSWER)
        except (OSError, http.client.HTTPException) as error:
            return Ambiguous(f"{type(error).__name__}: {error}")
        finally:
            connection.close()
        return _meaning(answer)

    def _headers(self, message_id: str, body: bytes) -> dict[str, str]:
        now = int(datetime.now(UTC).timestamp())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": self._agent,
            "webhook-id": message_id,
            "webhook-timestamp": str(now),
        }
        if self._key is not None:
            headers["webhook-signature"] = signed(self._key, message_id, now, body)
        return headers

    def find(self, message: Message, since: datetime) -> Finding:
        return Unverifiable("a webhook cannot be asked")

    def check(self, at: datetime, *, send: bool) -> Sequence[Checked]:
        return told(self, at, send=send)

    def close(self) -> None:
        """Nothing is kept open between messages."""


def _unconnected(error: OSError | UnicodeError) -> Outcome:
    if isinstance(error, ssl.SSLCertVerificationError):
        return Blocked(f"its certificate is not valid: {error.verify_message}", "mend the certificate", PROBE)
    name = "no such host" if isinstance(error, socket.gaierror) else type(error).__name__
    return NotSent(f"{name}: {error}")


def _meaning(answer: http.client.HTTPResponse) -> Outcome:
    status = answer.status
    said = f"HTTP {status}"
    if 200 <= status < 300:
        return Sent()
    if status == 429 or (status == 503 and answer.getheader("Retry-After")):
        return Throttled(retry_after(answer.getheader("Retry-After"), datetime.now(UTC)), said)
    if status >= 500 or status in IN_DOUBT:
        return Ambiguous(said)
    if status in BAD_MESSAGE:
        return Rejected(said)
    if 300 <= status < 400:
        return Blocked(said, f"it has moved to {answer.getheader('Location')}; name that url", PROBE)
    return Blocked(said, "check the url of the webhook and what it asks for", PROBE)
