"""HTTP connections that a guard may refuse, address by address, after the name is resolved."""

from __future__ import annotations

import http.client
import socket
import ssl
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alerts.ports import AddressGuard


class RefusedError(OSError):
    """The guard allows none of the host's addresses."""


def connect(
    scheme: str, host: str, port: int, timeout: float, guard: AddressGuard | None
) -> http.client.HTTPConnection:
    """A connection that is open. OSError when there is none to be had, RefusedError when the guard says so."""
    sock = _open(host, port, timeout, guard)
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    try:
        connection.sock = sock if scheme == "http" else _tls(sock, host)
    except OSError:
        sock.close()
        raise
    return connection


def _tls(sock: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(sock, server_hostname=host)


def _open(host: str, port: int, timeout: float, guard: AddressGuard | None) -> socket.socket:
    problem: OSError = OSError(f"{host} has no address")
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        refusal = guard(str(address[0])) if guard is not None else None
        if refusal is not None:
            problem = RefusedError(refusal)
            continue
        sock = socket.socket(family, kind, protocol)
        sock.settimeout(timeout)
        try:
            sock.connect(address)
        except OSError as error:
            sock.close()
            problem = error
            continue
        return sock
    raise problem
