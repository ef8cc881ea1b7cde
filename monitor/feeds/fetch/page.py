"""One document: a request, its redirects, its body, all within one deadline."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from monitor.feeds.fetch import body
from monitor.feeds.fetch.url import Target, join, parse
from monitor.model import Failed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.feeds.fetch.room import Stay
    from monitor.feeds.network import Network
    from monitor.model import FailureKind

REDIRECTS = frozenset((301, 302, 303, 307, 308))
PERMANENT = frozenset((301, 308))
SAFE_ELSEWHERE = frozenset(("user-agent", "accept", "accept-encoding", "accept-language"))
"""Headers that another origin may be told: a feed's own may hold its key."""
TOLD = 200
"""Code points of a stranger's text that an error may quote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A final answer, redirects followed."""

    url: str
    status: int
    headers: Mapping[str, str]
    """Names in lower case; what came more than once joined by commas."""
    body: bytes
    size: int
    """Bytes on the wire."""
    moved: str | None
    """Where it was found, if there were redirects and every one was permanent."""


class Refusal(Exception):  # noqa: N818  a value on its way out, no error of ours
    """The answer cannot be used, and why."""

    def __init__(self, failed: Failed) -> None:
        super().__init__(failed.message)
        self.failed = failed


def shown(text: str) -> str:
    """A stranger's text for an error message: one printable line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text[:TOLD]).split())


async def get(
    transport: httpx.AsyncBaseTransport, network: Network, url: str, headers: Mapping[str, str], stay: Stay
) -> Page:
    """Raises Refusal; httpx's, h11's and the standard library's errors; TimeoutError at the deadline."""
    try:
        target = parse(url)
    except (ValueError, UnicodeError) as error:
        raise Refusal(Failed(kind="url", message=f"not a usable URL: {shown(url)}: {error}")) from error
    async with asyncio.timeout(network.timeout.total_seconds()):
        return await _follow(transport, network, target, headers, stay)


async def _follow(
    transport: httpx.AsyncBaseTransport, network: Network, target: Target, headers: Mapping[str, str], stay: Stay
) -> Page:
    permanent, first = True, target
    for _ in range(network.max_redirects + 1):
        request = _request(target, _headers(target, first, headers), redirected=target is not first)
        answer = await transport.handle_async_request(request)
        try:
            status, told = answer.status_code, dict(answer.headers.items())
            if status not in REDIRECTS or "location" not in told:
                raw = await _read(answer, told, network.max_body, stay)
                return Page(
                    url=str(target),
                    status=status,
                    headers=told,
                    body=_decoded(raw, status, told, network.max_body),
                    size=len(raw),
                    moved=str(target) if permanent and target != first else None,
                )
            permanent = permanent and status in PERMANENT
            target = _next(target, told["location"])
        finally:
            await answer.aclose()
    message = f"more than {network.max_redirects} redirects, the last to {shown(str(target))}"
    raise Refusal(Failed(kind="redirects", message=message))


def _request(target: Target, headers: Mapping[str, str], *, redirected: bool) -> httpx.Request:
    try:
        # Without a Host of ours httpx reads names back from punycode, and refuses those that IDNA 2008 does not know.
        return httpx.Request("GET", str(target), headers={"Host": target.authority, **headers})
    except httpx.InvalidURL as error:
        kind: FailureKind = "redirects" if redirected else "url"
        what = "redirected to" if redirected else "not a usable URL:"
        raise Refusal(Failed(kind=kind, message=f"{what} {shown(str(target))}: {error}")) from error


def _headers(target: Target, first: Target, headers: Mapping[str, str]) -> Mapping[str, str]:
    if target is not first and target.origin != first.origin:
        headers = {name: value for name, value in headers.items() if name.lower() in SAFE_ELSEWHERE}
    if target.user is None or "authorization" in map(str.lower, headers):
        return headers
    secret = base64.b64encode(f"{target.user}:{target.password}".encode()).decode()
    return {**headers, "Authorization": f"Basic {secret}"}


def _next(target: Target, location: str) -> Target:
    try:
        return join(target, location)
    except (ValueError, UnicodeError) as error:
        raise Refusal(Failed(kind="redirects", message=f"redirected to {shown(location)}: {error}")) from error


async def _read(answer: httpx.Response, told: Mapping[str, str], limit: int, stay: Stay) -> bytes:
    declared = told.get("content-length", "")
    if declared.isascii() and declared.isdigit() and (len(declared) > 18 or int(declared) > limit):
        message = f"{declared[:30]} bytes announced, {limit} allowed (network.max_body)"
        raise Refusal(Failed(kind="too_large", message=message))
    pieces: list[bytes] = []
    size = 0
    async for piece in answer.aiter_raw():
        size += len(piece)
        if size > limit:
            raise Refusal(Failed(kind="too_large", message=f"more than {limit} bytes (network.max_body)"))
        pieces.append(piece)
        await stay.grow(size)
    return b"".join(pieces)


def _decoded(raw: bytes, status: int, told: Mapping[str, str], limit: int) -> bytes:
    try:
        return body.decode(raw, told.get("content-encoding", ""), limit)
    except body.BodyError as error:
        kind: FailureKind = "too_large" if error.too_large else "encoding"
        raise Refusal(Failed(kind=kind, message=str(error), status=status)) from error
