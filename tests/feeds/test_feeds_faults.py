"""What servers do wrong: each ends as that feed's error, in time, and the next feed is served."""

from __future__ import annotations

import asyncio
import gzip
import time
import zlib
from datetime import timedelta
from email.utils import format_datetime

import pytest
from feeds_server import HASTY, Exchange, Server, SystemClock, failed, items, job, poll

from monitor.feeds.network import Network
from monitor.model import Fetched


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
