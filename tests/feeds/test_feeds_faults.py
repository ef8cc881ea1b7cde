"""What servers do wrong: each ends as that feed's error, in time, and the next feed is served."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import time
import zlib
from datetime import timedelta
from email.utils import format_datetime

import pytest
import trustme
from feeds_server import LOCAL, Exchange, Server, SystemClock, items, job, poll, run

from monitor.feeds.fetch.poller import HttpPoller
from monitor.feeds.network import Network
from monitor.model import Failed, Fetched, PollResult, Validators

HASTY = Network(allow_private=True, timeout=timedelta(seconds=1), max_body=200_000)


def failed(result: PollResult) -> Failed:
    assert isinstance(result, Failed), result
    assert result.message
    assert result.message.isprintable()
    return result


async def never(exchange: Exchange) -> None:
    await asyncio.sleep(30)


async def drip_body(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while True:
        await exchange.raw(b"<")
        await asyncio.sleep(0.1)


async def drip_chunks(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        await exchange.raw(b"1\r\n<\r\n")
        await asyncio.sleep(0.1)


async def drip_head(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        await exchange.raw(b"y")
        await asyncio.sleep(0.1)


async def early_hints(exchange: Exchange) -> None:
    while True:
        await exchange.raw(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        await asyncio.sleep(0.001)


async def endless_body(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        await exchange.raw(b"<rss>" * 10_000)


async def endless_head(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\n")
    while True:
        await exchange.raw(b"X-Filler: " + b"z" * 1000 + b"\r\n")


async def endless_trailers(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")
    while True:
        await exchange.raw(b"X-Filler: " + b"z" * 1000 + b"\r\n")


def said(*data: bytes) -> object:
    async def handler(exchange: Exchange) -> None:
        for piece in data:
            await exchange.raw(piece)
        exchange.writer.close()

    return handler


SLOW = {
    "never answers": never,
    "body by the byte": drip_body,
    "chunks of a byte": drip_chunks,
    "head by the byte": drip_head,
}


@pytest.mark.parametrize("name", SLOW)
def test_slow_servers_end_at_the_deadline(server: Server, name: str) -> None:
    url = server.on("/slow", SLOW[name])
    start = time.monotonic()
    (result,) = poll(job(url), network=HASTY)
    assert failed(result).kind == "timeout"
    assert "1 s" in failed(result).message
    assert time.monotonic() - start < 3


BROKEN = {
    "endless 103": (early_hints, "protocol"),
    "endless body": (endless_body, "too_large"),
    "endless head": (endless_head, "protocol"),
    "endless trailers": (endless_trailers, "protocol"),
    "closes at once": (said(), "protocol"),
    "no HTTP": (said(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "protocol"),
    "HTTP/0.9": (said(b"<rss version='2.0'></rss>"), "protocol"),
    "short body": (said(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", items(1)[:300]), "protocol"),
    "lengths that differ": (
        said(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n<rss>"),
        "protocol",
    ),
    "negative length": (said(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n<rss>"), "protocol"),
    "bad chunk": (said(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss>\r\n"), "protocol"),
    "chunk cut short": (said(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n<rss>"), "protocol"),
    "length announced": (said(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n<rss>"), "too_large"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_answers_are_errors_and_the_next_poll_is_served(server: Server, name: str) -> None:
    handler, kind = BROKEN[name]
    url = server.on("/broken", handler)  # type: ignore[arg-type]
    result, well = poll(job(url), job(server.on("/well", items(3))), network=HASTY)
    assert failed(result).kind == kind
    assert isinstance(well, Fetched)
    assert well.count == 3


def bomb(size: int, layers: int) -> bytes:
    body = b"<" + b"\0" * size
    for _ in range(layers):
        body = gzip.compress(body, 9)
    return body


ENCODINGS = {
    "bomb": (bomb(50_000_000, 1), "gzip", "too_large"),
    "bomb in a bomb": (bomb(300_000_000, 2), "gzip, gzip", "too_large"),
    "undeclared bomb": (bomb(300_000_000, 2), "", "too_large"),
    "cut short": (gzip.compress(items(20))[:-20], "gzip", "encoding"),
    "head only": (gzip.compress(items(20))[:10], "gzip", "encoding"),
    "broken inside": (
        gzip.compress(items(20))[:60] + b"\xff" * 60 + gzip.compress(items(20))[120:],
        "gzip",
        "encoding",
    ),
    "brotli": (b"\x1b\x04\x00\x00", "br", "encoding"),
    "zstd": (b"\x28\xb5\x2f\xfd\x00", "zstd", "encoding"),
    "too many layers": (bomb(10, 5), "gzip", "encoding"),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_encodings_that_are_refused(server: Server, name: str) -> None:
    body, coding, kind = ENCODINGS[name]
    (result,) = poll(job(server.on("/bomb", body, Content_Encoding=coding)), network=HASTY)
    assert failed(result).kind == kind


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (gzip.compress(items(3)), "gzip"),
        (gzip.compress(gzip.compress(items(3))), "gzip"),
        (gzip.compress(gzip.compress(items(3))), "gzip, gzip"),
        (gzip.compress(items(3)), ""),
        (zlib.compress(items(3)), "deflate"),
        (zlib.compress(items(3))[2:-4], "deflate"),
        (items(3), "gzip"),
        (gzip.compress(items(3)[:100]) + gzip.compress(items(3)[100:]), "gzip"),
        (gzip.compress(items(3)) + b"\0" * 100, "x-gzip"),
        (items(3), "identity"),
    ],
)
def test_encodings_that_are_read(server: Server, body: bytes, coding: str) -> None:
    (result,) = poll(job(server.on("/packed", body, Content_Encoding=coding)))
    assert isinstance(result, Fetched)
    assert result.count == 3


def test_redirects(server: Server) -> None:
    for hop in range(6):
        server.on(f"/hop{hop}", b"", status="301 Moved", Location=f"/hop{hop + 1}")
    server.on("/hop6", items(1))
    server.on("/loop", b"", status="302 Found", Location="/loop")
    six, five, loop = poll(job(server.url("/hop0")), job(server.url("/hop1")), job(server.url("/loop")))
    assert failed(six).kind == "redirects"
    assert isinstance(five, Fetched)
    assert five.moved == five.url == server.url("/hop6")
    assert failed(loop).kind == "redirects"
    assert "/loop" in failed(loop).message


def test_only_a_chain_of_permanent_redirects_moves_a_feed(server: Server) -> None:
    server.on("/old", b"", status="308 Permanent Redirect", Location="/now")
    server.on("/now", b"", status="302 Found", Location="/today")
    server.on("/today", items(1))
    (result,) = poll(job(server.url("/old")))
    assert isinstance(result, Fetched)
    assert result.moved is None
    assert result.url == server.url("/today")


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "gopher://127.0.0.1/", "javascript:alert(1)", "http://", "http://[::1", "http://h:99999/",
     "http://127.0.0.1:22/", "ftp://127.0.0.1/feed", "\x01\x02", "http://exa mple/", "http://a..b.example./x\\y",
     "http://xn--a/", "http://0177.0.0.1/", "//\ud55c\u2764.example/".encode().decode("latin-1"),
     "http://h/" + "x" * 70_000],
)  # fmt: skip
def test_redirects_that_are_refused(server: Server, location: str) -> None:
    (result,) = poll(job(server.on("/away", b"", status="302 Found", Location=location)), network=HASTY)
    assert failed(result).kind in {"redirects", "refused", "dns"}


def test_a_redirect_to_a_private_address_is_refused(server: Server) -> None:
    network = Network(allow_private=(__import__("ipaddress").ip_network("127.0.0.1/32"),), timeout=timedelta(seconds=3))
    url = server.on("/away", b"", status="302 Found", Location="http://169.254.169.254/latest/meta-data")
    (result,) = poll(job(url), network=network)
    assert failed(result).kind == "refused"
    assert "169.254.169.254" in failed(result).message
    assert "network.allow_private" in failed(result).message


def test_secrets_stay_with_their_origin(server: Server) -> None:
    other = Server()
    try:
        goal = other.on("/goal", items(1))
        server.on("/away", b"", status="302 Found", Location=goal)
        secret = f"http://desk:geheim@127.0.0.1:{server.port}/away"
        (result,) = poll(job(secret, headers={"X-Api-Key": "k-1", "Cookie": "a=b"}, user_agent="desk/1"))
        assert isinstance(result, Fetched)
        asked = server.seen["/away"][0]
        assert asked["authorization"] == "Basic ZGVzazpnZWhlaW0="
        assert asked["x-api-key"] == "k-1"
        told = other.seen["/goal"][0]
        assert told["user-agent"] == "desk/1"
        assert not {"authorization", "x-api-key", "cookie"} & told.keys()
    finally:
        other.close()


def test_errors_do_not_tell_the_password(server: Server) -> None:
    server.on("/locked", b"no", status="401 Unauthorized")
    urls = [f"http://desk:geheim@127.0.0.1:{server.port}/locked", "http://desk:geheim@127.0.0.1:9/x"]
    for result in poll(*map(job, urls)):
        assert "geheim" not in failed(result).message


STATUSES = {
    "401 Unauthorized": ("auth", False),
    "403 Forbidden": ("auth", False),
    "404 Not Found": ("status", True),
    "410 Gone": ("gone", False),
    "429 Too Many Requests": ("throttled", True),
    "500 Oops": ("status", True),
    "503 Busy": ("throttled", True),
    "999 Denied": ("status", True),
    "204 No Content": ("status", False),
    "206 Partial Content": ("status", False),
    "300 Multiple Choices": ("status", False),
}


@pytest.mark.parametrize("status", STATUSES)
def test_statuses(server: Server, status: str) -> None:
    kind, soft = STATUSES[status]
    (result,) = poll(job(server.on("/status", b"" if status[0] == "2" else b"<p>said</p>", status=status)))
    assert (failed(result).kind, failed(result).soft, failed(result).status) == (kind, soft, int(status[:3]))
    assert status[:3] in failed(result).message


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), ("0", 0), ("-5", 0), ("1.5", 1.5), ("315360000", 86400), ("soon", None), ("1e999", None),
     ("nan", None), ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("", None)],
)  # fmt: skip
def test_retry_after(server: Server, value: str, seconds: float | None) -> None:
    (result,) = poll(job(server.on("/later", b"", status="429 Later", Retry_After=value)))
    pause = failed(result).retry_after
    assert pause == (None if seconds is None else timedelta(seconds=seconds))


def test_retry_after_as_a_date(server: Server) -> None:
    until = format_datetime(SystemClock().now() + timedelta(minutes=5), usegmt=False)
    (result,) = poll(job(server.on("/later", b"", status="503 Later", Retry_After=until)))
    pause = failed(result).retry_after
    assert pause is not None
    assert timedelta(minutes=4, seconds=50) < pause <= timedelta(minutes=5)


def test_a_challenge_for_browsers_is_named(server: Server) -> None:
    (result,) = poll(job(server.on("/wall", b"<html>", status="403 Forbidden", cf_mitigated="challenge")))
    assert failed(result).kind == "auth"
    assert "challenge" in failed(result).message


def test_403_with_a_pause_is_a_rate_limit(server: Server) -> None:
    (result,) = poll(job(server.on("/limit", b"", status="403 Slow down", Retry_After="60")))
    assert failed(result).kind == "throttled"


@pytest.mark.parametrize("etag", ['"caf\xe9"', '"' + "x" * 8000 + '"', "", '"a\tb"'])
def test_validators_that_cannot_be_sent_are_dropped(server: Server, etag: str) -> None:
    (result,) = poll(job(server.on("/feed", items(1), ETag=etag)))
    assert isinstance(result, Fetched)
    assert result.validators.etag is None


def test_a_304_that_nobody_asked_for_is_an_error(server: Server) -> None:
    async def lies(exchange: Exchange) -> None:
        await exchange.raw(b"HTTP/1.1 304 Not Modified\r\n\r\n")

    (result,) = poll(job(server.on("/lies", lies)))
    assert failed(result).kind == "protocol"
    assert failed(result).status == 304


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<!DOCTYPE html><html><head><title>Just a moment</title></head></html>", "Just a moment"),
        (b'{"error": "no such feed"}', "no such feed"),
        (b"", "empty"),
        (b"   \r\n", "empty"),
        (b"OK", "OK"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"[1, 2]", "JSON"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": 5}', "list of items"),
        (b"{" * 100_000, "JSON"),
        (b"[" * 100_000, "JSON"),
    ],
)
def test_what_is_no_feed(server: Server, body: bytes, words: str) -> None:
    (result,) = poll(job(server.on("/page", body, Content_Type="text/html")))
    assert failed(result).kind == "not_a_feed"
    assert words in failed(result).message


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
