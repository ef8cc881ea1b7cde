"""Addresses, names, TLS and connections: what is refused, what is tried next, what starves nobody."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from datetime import timedelta

import pytest
import trustme
from feeds_server import HASTY, LOCAL, Exchange, Server, SystemClock, failed, items, job, poll, run

from monitor.feeds.fetch.poller import HttpPoller
from monitor.feeds.network import Network
from monitor.model import Failed, Fetched, PollResult, Validators


@pytest.mark.parametrize(
    ("url", "kinds"),
    [
        ("http://localhost:1/", {"refused"}),
        ("http://127.0.0.1:2/", {"connect"}),
        ("http://no-such-host.invalid/", {"dns"}),
        ("ftp://example.org/feed", {"url"}),
        ("http://", {"url"}),
        ("http://[::1", {"url"}),
        ("http://example.org:99999/", {"url"}),
        ("http://exa mple.org/", {"url"}),
        ("http://" + "a" * 300 + ".example/", {"url", "dns"}),
        ("http://xn--a/", {"url", "dns"}),
        ("http://\u2024/", {"url"}),
        ("http://\ud800.example/", {"url"}),
        ("", {"url"}),
        ("/etc/passwd", {"url"}),
        ("http://%31%32%37.0.0.1/", {"url"}),
    ],
)
def test_urls_that_cannot_be_asked(url: str, kinds: set[str]) -> None:
    (result,) = poll(job(url), network=HASTY)
    assert failed(result).kind in kinds


def test_a_port_that_nobody_listens_on_is_named_once() -> None:
    (result,) = poll(job("http://127.0.0.1:2/"), network=HASTY)
    assert failed(result).message == "127.0.0.1 port 2: connection refused"


def test_headers_that_cannot_be_sent(server: Server) -> None:
    url = server.on("/feed", items(1))
    results = poll(
        job(url, headers={"X-Bad": "a\r\nX-Worse: b"}),
        job(url, user_agent="caf\u00e9 \u4e2d"),
        job(url, validators=Validators(etag='"\u4e2d"')),
        job(url),
    )
    assert [type(result) for result in results[:-1]] == [Failed] * 3
    assert isinstance(results[-1], Fetched)


@pytest.mark.parametrize(
    "host",
    ["2130706433", "127.1", "0", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", "127.0.0.1"],
)
def test_odd_spellings_of_loopback_are_refused(server: Server, host: str) -> None:
    server.on("/feed", items(1))
    (result,) = poll(job(f"http://{host}:{server.port}/feed"), network=Network(timeout=timedelta(seconds=4)))
    assert failed(result).kind in {"refused", "dns", "url"}
    assert not server.seen["/feed"]


def test_tls(tmp_path: object) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server = Server(context)
    try:
        url = server.on("/feed", items(2))
        strangers, refused = poll(job(server.url("/feed", "localhost")), job(url))
        assert failed(strangers).kind == failed(refused).kind == "tls"
        assert not failed(strangers).soft
        assert not server.seen["/feed"]
    finally:
        server.close()


def test_tls_that_is_trusted_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    import certifi

    authority = trustme.CA()
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(bundle)
    monkeypatch.setattr(certifi, "where", lambda: str(bundle))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server = Server(context)
    try:
        server.on("/feed", items(2))
        well, wrong_name = poll(job(server.url("/feed", "localhost")), job(server.url("/feed", "127.0.0.1")))
        assert isinstance(well, Fetched)
        assert failed(wrong_name).kind == "tls"
    finally:
        server.close()


def test_a_tls_handshake_that_stalls(server: Server) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    try:
        (result,) = poll(job(f"https://127.0.0.1:{listener.getsockname()[1]}/"), network=HASTY)
        assert failed(result).kind in {"connect", "timeout"}
    finally:
        listener.close()


def test_the_next_address_is_tried(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", 1, 0, 0)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)),
        ]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    server.on("/feed", items(1))
    (result,) = poll(job(f"http://two.example:{server.port}/feed"))
    assert isinstance(result, Fetched)


def test_a_name_with_one_private_address_is_asked_at_the_public_one_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def answer(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (f"10.0.0.{n}", port)) for n in range(1, 4)]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    (result,) = poll(job("http://rebound.example/feed"), network=Network())
    assert failed(result).kind == "refused"
    assert asked == ["rebound.example"]
    assert "10.0.0.1, 10.0.0.2, 10.0.0.3" in failed(result).message


def test_slow_name_servers_starve_nobody(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def slow(host: str, *args: object, **values: object) -> object:
        if host.endswith(".slow"):
            time.sleep(1.5)
            raise socket.gaierror(-2, "Name or service not known")
        return real(host, *args, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    server.on("/feed", items(1))

    async def work() -> tuple[float, PollResult]:
        async with HttpPoller(LOCAL, clock=SystemClock()) as poller:
            slow = [asyncio.create_task(poller.poll(job(f"http://h{n}.slow/"))) for n in range(40)]
            await asyncio.sleep(0.05)
            start = time.monotonic()
            result = await poller.poll(job(f"http://localhost:{server.port}/feed"))
            spent = time.monotonic() - start
            assert all(isinstance(r, Failed) and r.kind == "dns" for r in await asyncio.gather(*slow))
            return spent, result

    spent, result = run(work())
    assert isinstance(result, Fetched)
    assert spent < 1


def test_a_kept_connection_that_the_server_closed_is_opened_anew(server: Server) -> None:
    async def once(exchange: Exchange) -> None:
        await exchange.answer(items(1))
        exchange.writer.close()

    url = server.on("/once", once)

    async def work() -> list[PollResult]:
        async with HttpPoller(LOCAL, clock=SystemClock()) as poller:
            results = []
            for _ in range(3):
                results.append(await poller.poll(job(url)))
                await asyncio.sleep(0.05)
            return results

    assert all(isinstance(result, Fetched) for result in run(work()))


def test_cookies_are_not_kept(server: Server) -> None:
    url = server.on("/feed", items(1), Set_Cookie="id=1")
    poll(job(url), job(url))
    assert all("cookie" not in request for request in server.seen["/feed"])


def test_proxies_of_the_environment_are_not_asked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:2")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:2")
    (result,) = poll(job(server.on("/feed", items(1))))
    assert isinstance(result, Fetched)


def test_a_name_that_only_older_rules_of_idna_allow_is_asked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def answer(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    server.on("/feed", items(1))
    (result,) = poll(job(f"http://xn--i-7iq.example:{server.port}/feed"))
    assert isinstance(result, Fetched)
    assert asked == ["xn--i-7iq.example"]
    assert server.seen["/feed"][0]["host"] == f"xn--i-7iq.example:{server.port}"


def test_few_large_bodies_are_held_at_once(server: Server) -> None:
    finished = 0

    async def large(exchange: Exchange) -> None:
        nonlocal finished
        await exchange.raw(b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 8_000_000)
        await exchange.raw(items(1))
        finished += 1
        exchange.writer.close()

    urls = [server.on(f"/large{n}", large) for n in range(6)] + [server.on("/small", items(2))]

    async def work() -> list[PollResult]:
        async with HttpPoller(LOCAL, clock=SystemClock()) as poller:
            return await asyncio.gather(*[poller.poll(job(url)) for url in urls])

    *big, small = run(work())
    assert isinstance(small, Fetched)
    assert [isinstance(result, Fetched) and result.count for result in big] == [1] * 6
    assert finished == 6
