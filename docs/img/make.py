"""Makes the pictures of the documentation anew: `python docs/img/make.py`.

Plays the recorded morning of the demo through the daemon on a clock that stands still between polls, prints its first
alert to a terminal that is drawn as `alert.svg`, and puts the same words into README.md.
"""

from __future__ import annotations

import asyncio
import dataclasses
import ipaddress
import os
import re
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from alerts.channels.console import ConsoleNotifier  # noqa: E402
from alerts.model import Alert, ConsoleChannel, Delivering, JsonlChannel, Message, Route  # noqa: E402
from alerts.outbox import listing  # noqa: E402
from alerts.outbox.rows import alerts_of  # noqa: E402
from monitor.app import App  # noqa: E402
from monitor.daemon import Daemon  # noqa: E402
from monitor.demo.recording import MORNING, outlets  # noqa: E402
from monitor.demo.server import FeedServer, Morning  # noqa: E402
from monitor.feeds.fetch.poller import HttpPoller  # noqa: E402
from monitor.model import Feed  # noqa: E402
from monitor.settings import load, shipped_path  # noqa: E402

if TYPE_CHECKING:
    from monitor.settings import Settings

DAY = datetime(2026, 5, 12, 6, tzinfo=UTC)
STEP = timedelta(minutes=5)
WIDTH = 110
ENVIRONMENT = {"COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
"""What a terminal tells rich of itself."""
FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>An alert of chipwire on the console</title>
<style>.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace;
font-size: {char_height}px; line-height: {line_height}px }} {styles}</style>
<defs>{lines}</defs>
<rect fill="#292929" width="{width}" height="{height}" rx="8"/>
<g transform="translate({terminal_x}, 20)">{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""
"""Without the fonts that rich fetches from elsewhere."""


class Stepped(Morning):
    """A recorded morning that is set by hand; an hour of it is an hour."""

    def __init__(self) -> None:
        super().__init__(speed=1)
        self.now = timedelta(0)

    def time(self) -> timedelta:
        return self.now

    def dated(self, at: timedelta) -> datetime:
        return DAY + at


class SteppedClock:
    """The daemon's clock: the morning's."""

    def __init__(self, morning: Stepped) -> None:
        self._morning = morning

    def now(self) -> datetime:
        return DAY + self._morning.now

    def monotonic(self) -> float:
        return self._morning.now.total_seconds()


def settings_for(folder: Path, server: FeedServer) -> Settings:
    """The shipped file with the recorded feeds; alerts go to a file."""
    shipped = load(shipped_path(), secrets=False)
    feeds = tuple(
        Feed(url=server.url(outlet), name=outlet.name, language=outlet.language, trust=outlet.trust)
        for outlet in outlets()
    )
    file = JsonlChannel(name="file", path=str(folder / "alerts.jsonl"))
    return dataclasses.replace(
        shipped,
        path=folder / "feeds.yaml",
        database=folder / "desk.db",
        feeds=feeds,
        network=dataclasses.replace(shipped.network, allow_private=(ipaddress.IPv4Network("127.0.0.0/8"),)),
        delivering=Delivering(channels=(file,), routes=(Route(to=("file",)),)),
    )


async def play(app: App, morning: Stepped) -> None:
    """Every feed is asked every five minutes of the morning."""
    clock = SteppedClock(morning)
    async with HttpPoller(app.engine.settings.network, clock=clock) as poller:
        daemon = Daemon(app, poller, clock)
        while morning.now < MORNING:
            await daemon.once(0.0, lambda done, total: None)
            morning.now += STEP


def first_alert() -> Alert:
    """The first alert of the morning, with all sources that joined it."""
    morning = Stepped()
    with (
        tempfile.TemporaryDirectory() as folder,
        FeedServer(outlets(), morning) as server,
        App(settings_for(Path(folder), server), secrets=False) as app,
    ):
        asyncio.run(play(app, morning))
        with app.engine.database.reading() as sql:
            key = listing(sql)[-1]["alert"]
            return alerts_of(sql, [key])[0]


class Terminal(StringIO):
    """What the console channel takes for a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def shown(alert: Alert) -> str:
    """What the console channel prints, with its colours."""
    terminal = Terminal()
    message = Message(key="example", kind="alert", alerts=(alert,), at=alert.created)
    ConsoleNotifier(ConsoleChannel(name="console"), terminal).send(message)
    return terminal.getvalue().strip("\n")


def drawn() -> tuple[str, str]:
    """The alert as SVG, and its words."""
    from rich.ansi import AnsiDecoder
    from rich.console import Console

    text = shown(first_alert())
    console = Console(record=True, width=WIDTH, file=StringIO())
    for line in AnsiDecoder().decode(text):
        console.print(line)
    picture = console.export_svg(title="", code_format=FRAME, unique_id="alert")
    return picture, "\n".join(line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines())


def main() -> None:
    os.environ.update(ENVIRONMENT)
    picture, text = drawn()
    (ROOT / "docs/img/alert.svg").write_text(picture, "utf-8")
    readme = ROOT / "README.md"
    words = readme.read_text("utf-8")
    readme.write_text(re.sub(r"(?<=alert\.svg\)\n\n```text\n).*?(?=\n```)", lambda _: text, words, flags=re.S), "utf-8")


if __name__ == "__main__":
    main()
