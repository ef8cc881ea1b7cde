"""One document: a request, its redirects, its body, all within one deadline."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from monitor.feeds.fetch import body
from monitor.model import Failed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.feeds.network import Network
    from monitor.model import FailureKind

REDIRECTS = frozenset((301, 302, 303, 307, 308))
PERMANENT = frozenset((301, 308))
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"
TOLD = 200
"""Code points of a stranger's text that an error may quote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A final answer, redirects followed."""

    url: str
    status: int
    headers: httpx.Headers
    body: bytes
    size: int
    """Bytes on the wire."""
    moved: str | None
    """The first hop's target chain, if every hop was permanent."""


class Refusal(Exception):  # noqa: N818  a value on its way out, no error of ours
    """The answer cannot be used, and why."""

    def __init__(self, failed: Failed) -> None:
        super().__init__(failed.message)
        self.failed = failed


def shown(text: str) -> str:
    """A stranger's text for an error message: one printable line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text[:TOLD]).split())


def redacted(url: httpx.URL) -> str:
    """A URL without the password in it."""
    return str(url.copy_with(userinfo=b"")) if url.userinfo else str(url)


async def get(transport: httpx.AsyncBaseTransport, network: Network, url: str, headers: Mapping[str, str]) -> Page:
    """Raises Refusal; httpcore's, httpx's and the standard library's errors; TimeoutError at the deadline."""
    async with asyncio.timeout(network.timeout.total_seconds()):
        return await _follow(transport, network, _parse(url), headers)


def _parse(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise Refusal(Failed(kind="url", message=f"not a usable URL: {shown(url)}: {error}")) from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise Refusal(Failed(kind="refused", message=f"{shown(redacted(parsed))}: only http and https are fetched"))
    return parsed


async def _follow(
    transport: httpx.AsyncBaseTransport, network: Network, url: httpx.URL, headers: Mapping[str, str]
) -> Page:
    permanent, first = True, url
    for _ in range(network.max_redirects + 1):
        own = headers if _origin(url) == _origin(first) else _without_secrets(headers)
        response = await _send(transport, network, url, own)
        try:
            if response.status_code not in REDIRECTS or "location" not in response.headers:
                raw = await _read(response, network.max_body)
                moved = str(url) if permanent and url != first else None
                return _page(url, response, raw, network, moved)
            permanent = permanent and response.status_code in PERMANENT
            url = _target(url, response.headers["location"])
        finally:
            await response.aclose()
    message = f"more than {network.max_redirects} redirects, the last to {shown(redacted(url))}"
    raise Refusal(Failed(kind="redirects", message=message))


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


SAFE_ELSEWHERE = frozenset(("user-agent", "accept", "accept-encoding", "accept-language"))


def _without_secrets(headers: Mapping[str, str]) -> dict[str, str]:
    """What may be told to another origin: a feed's own headers may hold its key."""
    return {name: value for name, value in headers.items() if name.lower() in SAFE_ELSEWHERE}


async def _send(
    transport: httpx.AsyncBaseTransport, network: Network, url: httpx.URL, headers: Mapping[str, str]
) -> httpx.Response:
    own = dict(headers)
    if url.userinfo and "authorization" not in {name.lower() for name in own}:
        token = base64.b64encode(f"{url.username}:{url.password}".encode()).decode()
        own["Authorization"] = f"Basic {token}"
    return await transport.handle_async_request(httpx.Request("GET", url, headers=own))


def _target(url: httpx.URL, location: str) -> httpx.URL:
    try:
        target = url.join(location)
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise Refusal(Failed(kind="redirects", message=f"redirected to nonsense: {shown(location)}")) from error
    if target.scheme not in {"http", "https"} or not target.host:
        raise Refusal(Failed(kind="redirects", message=f"redirected to {shown(location)}: only http and https"))
    return target.copy_with(fragment=None, userinfo=b"") if _origin(target) != _origin(url) else target


async def _read(response: httpx.Response, limit: int) -> bytes:
    declared = response.headers.get("content-length", "")
    pieces: list[bytes] = []
    size = 0
    if declared.isascii() and declared.isdigit() and len(declared) < 20 and int(declared) > limit:
        raise Refusal(
            Failed(kind="too_large", message=f"{declared} bytes announced, {limit} allowed (network.max_body)")
        )
    async for piece in response.stream:  # type: ignore[union-attr]
        size += len(piece)
        if size > limit:
            raise Refusal(Failed(kind="too_large", message=f"more than {limit} bytes (network.max_body)"))
        pieces.append(piece)
    return b"".join(pieces)


def _page(url: httpx.URL, response: httpx.Response, raw: bytes, network: Network, moved: str | None) -> Page:
    try:
        text = body.decode(raw, response.headers.get("content-encoding", ""), network.max_body)
    except body.BodyError as error:
        kind: FailureKind = "too_large" if error.too_large else "encoding"
        raise Refusal(Failed(kind=kind, message=str(error), status=response.status_code)) from error
    return Page(
        url=str(url), status=response.status_code, headers=response.headers, body=text, size=len(raw), moved=moved
    )
