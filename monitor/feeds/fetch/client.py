"""The httpx client of every poll: its connections are ours, and it remembers nothing between two requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from monitor.feeds.fetch.transport import OriginTransport

if TYPE_CHECKING:
    from monitor.feeds.network import Network


class _NoCookies(httpx.Cookies):
    """Takes none, so that none is ever sent, and no stranger's cookie is parsed."""

    def extract_cookies(self, response: httpx.Response) -> None:
        """Leaves them where they are."""


class _Client(httpx.AsyncClient):
    @property
    def cookies(self) -> httpx.Cookies:
        return _NoCookies()

    @cookies.setter
    def cookies(self, cookies: object) -> None:
        raise NotImplementedError("polls have no cookies")


def client(network: Network) -> httpx.AsyncClient:
    """Redirects are followed one by one by `page.get`, which has the deadline; no proxies of the environment."""
    return _Client(
        transport=OriginTransport(network),
        timeout=None,
        follow_redirects=False,
        trust_env=False,
    )
