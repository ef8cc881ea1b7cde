"""What can go wrong between a URL and its first byte, beside what httpx, h11 and the standard library raise."""

from __future__ import annotations


class ConnectError(Exception):
    """No connection to any address of the host."""


class RefusedError(ConnectError):
    """The name led only to addresses or ports that a feed may not be fetched from."""


class ResolveError(ConnectError):
    """The name server knows no such name, or gave no answer."""


class TlsError(ConnectError):
    """The server could not prove to be the one that was asked for."""
