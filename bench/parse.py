"""What reading a feed costs, beside a full `feedparser` parse of the same bytes in the same run.

    python bench/parse.py [--rounds 300]

Prints CPU milliseconds per document, the parsing child included, for feeds of 30 entries: short items, long items with
`content:encoded`, Atom. "one new": one entry unseen; "reordered": bytes changed, entries did not; "same": a hash.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import io
import resource
import time
from dataclasses import dataclass
from pathlib import Path

import feedparser

from monitor.feeds.network import Network
from monitor.feeds.parse.parser import Parser
from monitor.model import Feed, PollJob

TEXT = "foundry wafers shipped accelerators to customers in Asia while memory makers raised prices for the quarter"
WORDS = TEXT.split()


def sentence(seed: int) -> str:
    return " ".join(WORDS[(seed * 7 + i * (seed % 5 + 1)) % len(WORDS)] for i in range(14)).capitalize() + "."


def paragraphs(seed: int, count: int) -> str:
    return "".join(
        f'<p class="wp">{sentence(seed + i)} <a href="https://example.org/{seed}/{i}?a=1&amp;b=2">{sentence(i)}</a></p>\n'
        for i in range(count)
    )


def rss(first: int, *, long: bool, stamp: str = "08:00") -> bytes:
    items = []
    for n in range(first, first + 30):
        content = f"<content:encoded><![CDATA[{paragraphs(n, 12)}]]></content:encoded>" if long else ""
        items.append(
            f"<item><title>{sentence(n)[:70]} &#8211; {n}</title><link>https://example.org/{n}/</link>"
            f"<dc:creator><![CDATA[Desk]]></dc:creator><pubDate>Mon, 23 Nov 2026 08:{n % 60:02}:00 +0000</pubDate>"
            f'<category><![CDATA[chips]]></category><guid isPermaLink="false">https://example.org/?p={n}</guid>'
            f"<description><![CDATA[{paragraphs(n, 2)}]]></description>{content}</item>\n"
        )
    head = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Wire</title><link>https://example.org</link>'
        '<atom:link href="https://example.org/feed" rel="self" type="application/rss+xml"/>'
        "<description>News</description>"
        f"<lastBuildDate>Mon, 23 Nov 2026 {stamp}:00 +0000</lastBuildDate><language>en-US</language><ttl>10</ttl>"
    )
    return (head + "".join(reversed(items)) + "</channel></rss>").encode()


def atom(first: int, *, stamp: str = "08:00") -> bytes:
    entries = [
        f"<entry><id>tag:example.org,2026:{n}</id><title>{sentence(n)[:70]}</title>"
        f'<link rel="alternate" type="text/html" href="https://example.org/{n}"/>'
        f"<updated>2026-11-23T08:{n % 60:02}:00Z</updated>"
        f"<published>2026-11-23T08:00:00Z</published><author><name>Desk</name></author>"
        f'<content type="html"><![CDATA[{paragraphs(n, 6)}]]></content></entry>\n'
        for n in range(first, first + 30)
    ]
    head = (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>'
        f'<id>tag:example.org,2026:feed</id><updated>2026-11-23T{stamp}:00Z</updated><link href="https://example.org/"/>'
    )
    return (head + "".join(reversed(entries)) + "</feed>").encode()


@dataclass(frozen=True)
class Case:
    name: str
    before: bytes
    one_new: bytes
    restamped: bytes


CASES = (
    Case("RSS, short items", rss(0, long=False), rss(1, long=False), rss(0, long=False, stamp="08:10")),
    Case("RSS, long items", rss(0, long=True), rss(1, long=True), rss(0, long=True, stamp="08:10")),
    Case("Atom", atom(0), atom(1), atom(0, stamp="08:10")),
)


def full(body: bytes, rounds: int) -> float:
    start = time.process_time()
    for _ in range(rounds):
        feedparser.parse(io.BytesIO(body))
    return (time.process_time() - start) / rounds * 1000


def spent(pid: int | None) -> float:
    """CPU seconds of this process and of the child."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    own = usage.ru_utime + usage.ru_stime
    if pid is None:
        return own
    schedstat = Path(f"/proc/{pid}/schedstat").read_text()
    return own + int(schedstat.split()[0]) / 1e9


async def ours(parser: Parser, body: bytes, known: dict[str, str], rounds: int) -> float:
    job = PollJob(feed=Feed(url="https://example.org/feed", name="Wire"), url="https://example.org/feed", known=known)
    pid = next(iter(parser.processes()), None)
    start = spent(pid)
    for _ in range(rounds):
        await parser.parse(body, "application/rss+xml", job)
    return (spent(pid) - start) / rounds * 1000


async def measure(case: Case, rounds: int) -> None:
    network = Network()
    parser = Parser(network.parse_timeout, network.parse_memory)
    job = PollJob(feed=Feed(url="https://example.org/feed", name="Wire"), url="https://example.org/feed")
    document = await parser.parse(case.before, "application/rss+xml", job)
    known = {entry.fingerprint: str(n) for n, entry in enumerate(document.entries)}
    whole = full(case.one_new, max(rounds // 10, 5))
    rows = [
        ("first fetch", await ours(parser, case.before, {}, max(rounds // 10, 5))),
        ("one new", await ours(parser, case.one_new, known, rounds)),
        ("none new", await ours(parser, case.restamped, known, rounds)),
    ]
    start = time.process_time()
    for _ in range(rounds):
        hashlib.blake2b(case.before, digest_size=16).hexdigest()
    rows.append(("same bytes", (time.process_time() - start) / rounds * 1000))
    await parser.aclose()
    print(f"\n{case.name} ({len(case.before) / 1024:.0f} KiB): feedparser {whole:.2f} ms")
    for name, cost in rows:
        print(f"  {name:12} {cost:8.3f} ms   {whole / cost:7.1f} times less")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=300)
    rounds = arguments.parse_args().rounds
    for case in CASES:
        asyncio.run(measure(case, rounds))


if __name__ == "__main__":
    main()
