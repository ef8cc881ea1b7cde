"""A desk on which the examples of the docs run: a polled database, a file, archives, held figures, a silence."""

from __future__ import annotations

import gzip
import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.e2e.desk import Desk
from tests.fakes.feed_server import FeedServer, rss

if TYPE_CHECKING:
    from pathlib import Path

FILE = """\
database: desk.db
feeds:
  - {url: https://www.example.org/rss, name: Example, tags: [china]}
  - {url: https://wire.example/rss, name: Wire}
watchlists:
  - use: chips
  - use: companies
  - use: export-controls
  - name: memory
    entities:
      - {id: nanya, names: [Nanya Technology, 南亞科技]}
      - {id: winbond, names: [Winbond Electronics, 华邦电子]}
"""

OPML = (
    """<opml version="2.0"><body><outline type="rss" text="Other" xmlUrl="https://other.example/rss"/></body></opml>"""
)


def _items(now: datetime) -> list[list[dict]]:
    """What the feed shows at each of its polls."""

    def item(name: str, title: str, text: str, hours: float) -> dict:
        link = f"https://example.org/news/{name}"
        return {"title": title, "text": text, "link": link, "published": now - timedelta(hours=hours)}

    first = [
        item(
            "alibaba-100000",
            "Alibaba has shipped more than 100,000 Zhenwu 810E chips",
            "Alibaba has shipped more than 100,000 Zhenwu 810E chips, two people said.",
            3,
        ),
        item("ascend", "昇腾910C集群投入运行", "华为的昇腾910C集群已在贵州投入运行。", 2.5),
        item("h20", "Nvidia has shipped 20,000 H20 chips", "Nvidia has shipped 20,000 H20 chips, a person said.", 2.4),
        item("ferry", "Ferry to run every twenty minutes", "Commuters will wait less.", 2),
    ]
    slips = [
        item(
            "slip-1",
            "Alibaba has shipped more than 100,000,000 Zhenwu 810E chips",
            "Alibaba has shipped more than 100,000,000 Zhenwu 810E chips, a person said.",
            1,
        ),
        item(
            "slip-2",
            "Nvidia has shipped 20,000,000 H20 chips",
            "Nvidia has shipped 20,000,000 H20 chips, a person said.",
            0.5,
        ),
    ]
    return [[], first, first + slips]


@dataclass(frozen=True)
class Prepared:
    """The desk's folder, and what stands for `…` in examples."""

    folder: Path
    alert: str
    held: tuple[str, ...]
    silence: str

    def copy(self, to: Path) -> Path:
        shutil.copytree(self.folder, to, dirs_exist_ok=True)
        return to


def prepare(folder: Path) -> Prepared:
    """Polls a feed three times, then gives the desk the file and the archives that examples speak of."""
    now = datetime.now(UTC).replace(microsecond=0)
    with FeedServer() as server:
        desk = Desk(folder, server)
        desk.write({"/a": "Example"})
        for items in _items(now):
            server.bodies["/a"] = rss("Example", items)
            done = desk.run("run", "--once")
            assert done.returncode == 0, done.stderr
    desk.run("alerts", "silence", "--for", "1h", "--reason", "trade fair", "--rule", "prices")
    prepared = Prepared(
        folder=folder,
        alert=desk.json("alerts", "list")[-1]["alert"],
        held=tuple(row["id"] for row in desk.json("milestones", "review")),
        silence=desk.json("alerts", "silences")[0]["id"],
    )
    (folder / "feeds.yaml").write_text(FILE)
    (folder / "subscriptions.opml").write_text(OPML)
    (folder / "saved.xml").write_bytes(rss("Saved", _items(now)[1]))
    (folder / "rules.yaml").write_text(FILE + "milestones:\n  - {name: cards, metric: shipments, severity: high}\n")
    lines = "".join(
        json.dumps(
            {
                "id": number,
                "title": item["title"],
                "text": item["text"],
                "published": item["published"].isoformat(),
                "outlet": "Example",
            },
            ensure_ascii=False,
        )
        + "\n"
        for number, item in enumerate(_items(now)[2])
    )
    (folder / "articles.jsonl").write_text(lines)
    (folder / "archive.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    return prepared
