"""The processes that parse: hostile documents end with them, the next feed is served within a second."""

# ruff: noqa: E501
from __future__ import annotations

import asyncio
import os
import signal
import time
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from feeds_server import items, job, run

from monitor.feeds.parse import guard
from monitor.feeds.parse.children import Children
from monitor.feeds.parse.errors import ParseError
from monitor.feeds.parse.parser import Parser
from tests.growth import is_linear

if TYPE_CHECKING:
    from collections.abc import Callable

MEMORY = 256 << 20
LIMIT = timedelta(seconds=3)


def chain(links: int) -> bytes:
    """Entities that each stand for the next: kills expat 2.5."""
    entities = "".join(f'<!ENTITY e{n} "&e{n + 1};">' for n in range(links))
    return f'<!DOCTYPE r [{entities}<!ENTITY e{links} "x">]><rss><channel><item><title>&e0;</title></item></channel></rss>'.encode()


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE r [<!ENTITY l0 "lol">{entities}]><rss><channel><item><title>&l9;</title></item></channel></rss>'.encode()


ATTACKS = {
    "entity chain": chain(30_000),
    "billion laughs": laughs(),
    "quadratic blow-up": b'<!DOCTYPE r [<!ENTITY a "' + b"a" * 50_000 + b'">]><rss><channel><item><title>' + b"&a;" * 20_000
    + b"</title></item></channel></rss>",
    "external entity": b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item>'
    b"</channel></rss>",
    "parameter entity": b'<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x">%x;]><rss><channel><item><title>t</title>'
    b"</item></channel></rss>",
    "attribute flood": b"<rss><channel><item " + b" ".join(b'a%d="x"' % n for n in range(60_000)) + b"/></channel></rss>",
    "comment flood": b"<rss><channel><item><description>" + b"&lt;!--" * 80_000 + b"</description></item></channel></rss>",
    "nesting": b"<rss>" + b"<a>" * 1_000_000 + b"</a>" * 1_000_000 + b"</rss>",
    "nesting that never ends": b"<rss><channel><item>" + b"<b>" * 1_000_000,
    "long token": b"<rss><channel><item><" + b"a" * 9_000_000 + b"/></item></channel></rss>",
    "long text": b"<rss><channel><item><title>" + b"a" * 9_000_000 + b"</title></item></channel></rss>",
    "doctype that never ends": b"<!DOCTYPE r [" + b'<!ENTITY a "b">' * 200_000,
    "angle brackets": b"<rss><channel>" + b"<" * 3_000_000,
    "cdata openers": b"<rss><channel><item>" + b"<![CDATA[" * 500_000 + b"</item></channel></rss>",
    "item openers": b"<rss><channel>" + b"<item>" * 500_000 + b"</item>" + b"</channel></rss>",
    "item closers": b"<rss><channel><item>" + b"</item>" * 500_000 + b"</channel></rss>",
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_attacks_end_as_errors_and_the_next_feed_is_served(name: str) -> None:
    async def work() -> tuple[float, int]:
        parser = Parser(LIMIT, MEMORY)
        try:
            start = time.monotonic()
            try:
                document = await parser.parse(ATTACKS[name], "", job("https://evil.example/"))
            except ParseError as error:
                kind: str = error.kind
            else:
                kind = "read"
                assert all("root:" not in entry.title for entry in document.entries)
            assert kind in {"read", "parse", "parse_crash", "not_a_feed"}
            attacked = time.monotonic() - start
            well = await parser.parse(items(3), "", job("https://well.example/"))
            return attacked, well.count
        finally:
            await parser.aclose()

    attacked, count = run(work())
    assert count == 3
    # Unbounded they take minutes; how much later than its limit a busy machine ends one is not for this test.
    assert attacked < 5 * LIMIT.total_seconds()


def test_while_one_document_hangs_another_is_served() -> None:
    async def work() -> bool:
        children = Children(timedelta(seconds=60), MEMORY)
        hanging = asyncio.create_task(children.parse(ATTACKS["attribute flood"]))
        try:
            await asyncio.sleep(0.3)
            answer = await children.parse(items(2))
            assert len(answer["entries"]) == 2
            return hanging.done()
        finally:
            hanging.cancel()
            await asyncio.gather(hanging, return_exceptions=True)
            await children.aclose()

    assert run(work()) is False


def test_a_child_that_is_killed_is_replaced() -> None:
    async def work() -> list[int]:
        children = Children(timedelta(seconds=5), MEMORY)
        try:
            await children.parse(items(1))
            (first,) = children.processes()
            os.kill(first, signal.SIGKILL)
            with pytest.raises(ParseError, match="died") as failure:
                await children.parse(items(1))
            assert failure.value.kind == "parse_crash"
            await children.parse(items(1))
            return [first, *children.processes()]
        finally:
            await children.aclose()

    first, second = run(work())
    assert first != second
    for pid in (first, second):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_document_beyond_the_time_is_given_up() -> None:
    async def work() -> None:
        children = Children(timedelta(seconds=0.5), MEMORY)
        try:
            with pytest.raises(ParseError, match=r"0\.5 s"):
                await children.parse(ATTACKS["attribute flood"])
        finally:
            await children.aclose()

    run(work())


def test_no_child_is_started_before_it_is_needed_and_none_is_left() -> None:
    async def work() -> tuple[list[int], list[int]]:
        parser = Parser(timedelta(seconds=5), MEMORY)
        document = await parser.parse(items(3), "", job("https://w.example/"))
        pids = parser.processes()
        await parser.aclose()
        known = {entry.fingerprint: "k" for entry in document.entries}
        second = Parser(timedelta(seconds=5), MEMORY)
        again = await second.parse(items(3, ttl="5"), "", job("https://w.example/", known=known))
        assert (again.entries, len(again.known), again.hints.ttl) == ((), 3, timedelta(minutes=5))
        return pids, second.processes()

    (pid,), none = run(work())
    assert none == []
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_documents_asked_at_once_all_get_their_own_answer() -> None:
    async def work() -> list[int]:
        parser = Parser(timedelta(seconds=5), MEMORY)
        try:
            jobs = [parser.parse(items(n), "", job(f"https://w.example/{n}")) for n in range(1, 30)]
            return [document.count for document in await asyncio.gather(*jobs)]
        finally:
            await parser.aclose()

    assert run(work()) == list(range(1, 30))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<rss/>", b"<rss/>"),
        (b"<!DOCTYPE rss><rss/>", b"<rss/>"),
        (b"<!DOCTYPE rss [<!ENTITY a '>'><!-- ]> -->]><rss/>", b"<rss/>"),
        (b'<?xml version="1.0"?><!-- <!DOCTYPE x> --><rss/>', b'<?xml version="1.0"?><!-- <!DOCTYPE x> --><rss/>'),
        (b"<rss><!DOCTYPE x></rss>", b"<rss><!DOCTYPE x></rss>"),
        (b'<!doctype rss [<!ENTITY a "&b;">]><rss/>', b"<rss/>"),
        (b'<!DOCTYPE rss [<!ENTITY copy "&#169;">]><rss/>', b'<!DOCTYPE rss [\n<!ENTITY copy "&#169;">]><rss/>'),
        (b'<!DOCTYPE rss "unclosed', b""),
    ],
)
def test_doctypes(before: bytes, after: bytes) -> None:
    assert guard.without_doctype(before) == after


@pytest.mark.parametrize(
    "make",
    [
        lambda n: b"<rss><channel><item " + b" ".join(b'a%d="x"' % number for number in range(n)) + b"/></channel></rss>",
        lambda n: b"<rss><channel><item><description>" + b"&lt;!--" * n + b"</description></item></channel></rss>",
        lambda n: b"<rss>" + b"<a>" * n + b"</a>" * n + b"</rss>",
        lambda n: b"<rss><channel><item>" + b"<b>" * n,
        lambda n: b"<rss><channel><item><" + b"a" * n + b"/></item></channel></rss>",
        lambda n: b"<!DOCTYPE r [" + b'<!ENTITY a "b">' * n,
        lambda n: b"<!DOCTYPE r [" + b"'" * n,
        lambda n: b"<rss><channel>" + b"<" * n,
        lambda n: b"<rss><channel><item>" + b"<![CDATA[" * n + b"</item></channel></rss>",
        lambda n: b"<!--" * n + b"<!DOCTYPE r>",
    ],
)  # fmt: skip
def test_the_guard_takes_linear_time(make: Callable[[int], bytes]) -> None:
    def work(body: bytes) -> None:
        guard.without_doctype(body)
        with suppress(ParseError):
            guard.check(body)

    # Below 20,000 tags nesting is not looked at.
    assert is_linear(work, make, 20_001)
