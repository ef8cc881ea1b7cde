"""How polls may use the network: a small frozen value that the composition root builds from `feeds.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

MIB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Limits and manners of every request for a feed or a page."""

    user_agent: str = "chipwire/0.1 (+https://github.com/chipwire/chipwire)"
    timeout: timedelta = timedelta(seconds=20)
    """For everything between the first packet and the last, redirects included; connecting and silence get half."""
    max_body: int = 10 * MIB
    """Bytes on the wire; twice as many may come out of the decompression."""
    allow_private: bool | tuple[IPv4Network | IPv6Network, ...] = False
    """Addresses that are not public: refused, allowed, or allowed in these networks."""
    max_redirects: int = 5
    parse_timeout: timedelta = timedelta(seconds=5)
    parse_memory: int = 160 * MIB
    """Address space of the process that parses."""
