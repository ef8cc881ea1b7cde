"""A URL as a request needs it. Pure.

Of the standard library: the alternatives cost more to import than two hundred polls.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

PORTS = {"http": 80, "https": 443}
_PLAIN = re.compile(r"[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]*")
_SIMPLE = re.compile(
    r"(https?)://([a-z0-9][a-z0-9.-]{0,252})(?::([0-9]{1,4}|[1-5][0-9]{4}))?(/[!$%&'()*+,\-./0-9:;=?@A-Z_a-z~]*)?"
)
"""Most URLs: nothing to escape, no user, no fragment."""
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_.])?|[0-9a-f:.]{2,45}")
_SAFE = "!#$%&'()*+,-./:;=?@[]_~"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes. `host` is ASCII, `path` has the query in it; user and password are for this origin only."""

    scheme: str
    host: str
    port: int
    path: str
    user: str | None = None
    password: str = ""

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """What the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        """The URL without what is secret in it."""
        return f"{self.scheme}://{self.authority}{self.path}"


def parse(url: str) -> Target:
    """An http(s) URL, its host in ASCII, its path and query escaped. Raises ValueError, UnicodeError for all else."""
    if (simple := _SIMPLE.fullmatch(url)) is not None:
        scheme, host, port, path = simple.groups()
        return Target(scheme, host, int(port) if port else PORTS[scheme], path or "/")
    parts = urlsplit(url.strip())
    if parts.scheme not in PORTS:
        raise ValueError("only http and https are fetched")
    host = parts.hostname or ""
    if not host.isascii():
        import idna

        host = idna.encode(host, uts46=True).decode("ascii")
    if not _HOST.fullmatch(host):
        raise ValueError("its host is no host name" if host else "it names no host")
    path = parts.path or "/"
    return Target(
        parts.scheme,
        host,
        PORTS[parts.scheme] if parts.port is None else parts.port,
        _escaped(f"{path}?{parts.query}" if parts.query else path),
        None if parts.username is None else unquote(parts.username),
        unquote(parts.password or ""),
    )


def _escaped(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else quote(text, safe=_SAFE)


def join(base: Target, location: str) -> Target:
    """Where a redirect leads; user and password stay behind at another origin. Raises as `parse` does."""
    # Servers send bytes; those beyond ASCII are UTF-8 more often than the Latin-1 of the standard.
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    target = parse(urljoin(str(base), location.strip()))
    if target.user is None and target.origin == base.origin:
        return Target(*target.origin, target.path, base.user, base.password)
    return target
