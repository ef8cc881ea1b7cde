"""The httpx client of every poll: its connections are ours, and it remembers nothing between two requests."""

from __future__ import annotations

from http.cookiejar import CookieJar
from typing import TYPE_CHECKING, Any

import httpx

from monitor.feeds.fetch.transport import OriginTransport

if TYPE_CHECKING:
    from monitor.feeds.network import Network

CODINGS = "gzip, deflate"
"""What `body.decode` undoes within bounds; httpx would ask for all that it finds installed."""


class _NoCookies(CookieJar):
    """Takes none, so that none is ever sent, and no stranger's cookie is parsed."""

    def extract_cookies(self, response: Any, request: Any) -> None:
        """Leaves them where they are."""


def client(network: Network) -> httpx.AsyncClient:
    """Redirects are followed one by one by `page.get`, which has the deadline; no proxies of the environment."""
    return httpx.AsyncClient(
        transport=OriginTransport(network),
        headers={"User-Agent": network.user_agent, "Accept-Encoding": CODINGS},
        cookies=_NoCookies(),
        timeout=None,  # noqa: S113
        follow_redirects=False,
        trust_env=False,
    )
