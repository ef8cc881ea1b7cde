"""What a poll makes of answers that are in order."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address, ip_network

import pytest
from feeds_server import Exchange, Server, SystemClock, items, job, poll
from hypothesis import given
from hypothesis import strategies as st

from monitor.feeds import identity, normalize
from monitor.feeds.fetch import guard, headers
from monitor.feeds.network import Network
from monitor.model import Failed, Fetched, Hints, Unchanged, Validators


def fetched(result: object) -> Fetched:
    assert isinstance(result, Fetched), result
    return result


def test_a_document(server: Server) -> None:
    url = server.on("/feed", items(3, ttl="20"), ETag='"v1"', Last_Modified="Mon, 23 Nov 2026 08:00:00 GMT",
                    Cache_Control="max-age=600, public", Age="100")  # fmt: skip
    result = fetched(poll(job(url))[0])
    assert [entry.guid for entry in result.entries] == ["n-2", "n-1", "n-0"]
    assert (result.count, result.title, result.url, result.moved, result.status) == (3, "Wire", url, None, 200)
    assert result.validators == Validators(etag='"v1"', last_modified="Mon, 23 Nov 2026 08:00:00 GMT")
    assert result.hints == Hints(ttl=timedelta(minutes=20), max_age=timedelta(seconds=500))
    assert result.size == len(items(3, ttl="20"))
    assert len(result.body_hash) == 32


def test_conditions_are_set_and_304_is_unchanged(server: Server) -> None:
    async def conditional(exchange: Exchange) -> None:
        if exchange.headers.get("if-none-match") == '"v1"':
            await exchange.raw(b"HTTP/1.1 304 Not Modified\r\nCache-Control: max-age=60\r\n\r\n")
        else:
            await exchange.answer(items(1), ETag='"v1"')

    url = server.on("/feed", conditional)
    first = fetched(poll(job(url))[0])
    again, forced = poll(
        job(url, validators=first.validators), job(url, validators=first.validators, unconditional=True)
    )
    assert again == Unchanged(status=304, validators=first.validators, hints=Hints(max_age=timedelta(seconds=60)))
    assert isinstance(forced, Fetched)
    assert "if-none-match" not in server.seen["/feed"][2]


def test_the_body_of_last_time_is_unchanged_whatever_its_validators(server: Server) -> None:
    url = server.on("/feed", items(3), ETag='"new"')
    first = fetched(poll(job(url))[0])
    (again,) = poll(job(url, body_hash=first.body_hash))
    assert again == Unchanged(status=200, validators=Validators(etag='"new"'))


def test_what_was_known_is_left_out(server: Server) -> None:
    first = fetched(poll(job(server.on("/feed", items(30))))[0])
    known = {entry.fingerprint: f"id-{entry.guid}" for entry in first.entries}
    second = fetched(poll(job(server.on("/feed", items(30, first=1)), known=known))[0])
    assert [entry.guid for entry in second.entries] == ["n-30"]
    assert (second.count, len(second.known)) == (30, 29)
    assert "id-n-0" not in second.known.values()


def test_what_the_feed_says_of_itself_comes_with_whatever_is_new(server: Server) -> None:
    """An article that only its feed gives a language keeps it when all its neighbours were seen before."""
    title = b"<title>XG-9 4711</title>"
    first = fetched(poll(job(server.on("/feed", items(30, language="pt-BR"))))[0])
    known = {entry.fingerprint: f"id-{entry.guid}" for entry in first.entries}
    body = items(30, first=1, language="pt-BR").replace(b"<title>Headline number 30</title>", title)
    body = body.replace(b"<description>Words of story 30.</description>", b"")
    second = fetched(poll(job(server.on("/feed", body), known=known))[0])
    (entry,) = second.entries
    assert (second.title, second.language) == ("Wire", "pt-BR")
    feed = job(second.url).feed
    article = normalize.article(feed, identity.alone(feed, entry), second, seen=SystemClock().now())
    assert (article.title, article.language) == ("XG-9 4711", "pt")


def test_the_feeds_own_headers_and_name(server: Server) -> None:
    url = server.on("/feed", items(1))
    poll(job(url), job(url, user_agent="Mozilla/5.0 (desk)", headers={"X-Key": "k", "Accept": "text/xml"}))
    plain, own = server.seen["/feed"]
    assert plain["user-agent"].startswith("chipwire/")
    assert plain["accept-encoding"] == "gzip, deflate"
    assert (own["user-agent"], own["x-key"], own["accept"]) == ("Mozilla/5.0 (desk)", "k", "text/xml")
    assert own["host"] == f"127.0.0.1:{server.port}"


def test_encoding_of_the_feed_counts_first(server: Server) -> None:
    body = items(1).replace(b"Headline", "\u5bd2\u6b66\u7eaa".encode("gbk"))
    url = server.on("/feed", body, Content_Type="text/xml; charset=iso-8859-1")
    assert fetched(poll(job(url, encoding="gbk"))[0]).entries[0].title == "\u5bd2\u6b66\u7eaa number 0"


@pytest.mark.parametrize(
    "path",
    ["/a b", "/\u82af\u7247?q=\u82f1", "/x?a=[1]&b={2}|3", "/%E8%8A%AF", "/x#fragment", "?q=1", "", "/a//b/../c"],
)
def test_paths_as_people_write_them(server: Server, path: str) -> None:
    async def any_path(exchange: Exchange) -> None:
        await exchange.answer(items(1))

    class Everything(dict):  # type: ignore[type-arg]
        def __missing__(self, key: str) -> object:
            return any_path

    server._handlers = Everything()
    assert isinstance(poll(job(f"http://127.0.0.1:{server.port}{path}"))[0], Fetched)
    (asked,) = server.seen
    assert asked.isascii()
    assert " " not in asked


PUBLIC = ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8", "2002:808:808::1"]
PRIVATE = [
    "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "198.18.0.1",
    "192.0.0.8", "192.0.2.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1",
    "2002:7f00:1::", "2001:db8::1",
    "2001::1", "::7f00:1", "fec0::1", "100::1", "5f00::1", "4000::1",
]  # fmt: skip


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses(text: str) -> None:
    assert guard.is_allowed(guard.parse(text), False)


@pytest.mark.parametrize("text", PRIVATE)
def test_addresses_that_are_not_public(text: str) -> None:
    assert not guard.is_allowed(guard.parse(text), False)
    assert guard.is_allowed(guard.parse(text), True)


def test_networks_that_the_operator_allows() -> None:
    allowed = (ip_network("10.1.0.0/16"), ip_network("fc00::/7"))
    assert guard.is_allowed(ip_address("10.1.2.3"), allowed)
    assert guard.is_allowed(ip_address("::ffff:10.1.2.3"), allowed)
    assert guard.is_allowed(ip_address("fd00::1"), allowed)
    assert not guard.is_allowed(ip_address("10.2.2.3"), allowed)
    assert not guard.is_allowed(ip_address("127.0.0.1"), allowed)


def test_an_allowed_network_is_reached_and_no_other(server: Server) -> None:
    url = server.on("/feed", items(1))
    there, elsewhere = (
        poll(job(url), network=Network(allow_private=(ip_network(network),)))[0]
        for network in ("127.0.0.0/8", "10.0.0.0/8")
    )
    assert isinstance(there, Fetched)
    assert isinstance(elsewhere, Failed)


@given(
    st.dictionaries(st.sampled_from(["cache-control", "age", "expires", "etag", "last-modified"]), st.text(max_size=40))
)
def test_no_header_is_too_strange(given_: dict[str, str]) -> None:
    hints = headers.hints(given_)
    assert hints.max_age is None or hints.max_age >= timedelta(0)
    for value in (headers.validators(given_).etag, headers.validators(given_).last_modified):
        assert value is None or (value.isascii() and value.isprintable())


@given(st.text(max_size=40))
def test_no_pause_is_too_strange(value: str) -> None:
    pause = headers.retry_after(value, SystemClock().now())
    assert pause is None or timedelta(0) <= pause <= timedelta(days=1)
