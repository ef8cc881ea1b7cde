"""What the terminal shows while the morning runs: a line for each poll that brought something, and how far it is."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text

from monitor.demo.recording import MORNING
from monitor.model import Failed, Fetched

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.demo.recording import Outlet
    from monitor.demo.server import Morning
    from monitor.model import PollJob, PollResult


class Screen:
    """Context manager. On a terminal a bar stays below the lines and the alerts; in a pipe there is none."""

    def __init__(self, recording: Sequence[Outlet], morning: Morning) -> None:
        self.answered: set[str] = set()
        """URLs of the feeds that have answered; may be cleared."""
        self.failed: dict[str, str] = {}
        """URL of a feed -> why its last poll brought nothing."""
        self.polls = 0
        self.unchanged = 0
        self._sources: dict[str, int] = {}
        self._morning = morning
        self._console = Console(highlight=False, emoji=False, markup=False)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[polls]} polls, {task.fields[unchanged]} unchanged (304)"),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._progress.add_task("first fetches", total=MORNING.total_seconds(), polls=0, unchanged=0)
        self._say(_introduction(recording, morning), "")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._progress.stop()

    def polled(self, job: PollJob, result: PollResult) -> None:
        """An answer came in."""
        self.polls += 1
        self.answered.add(job.feed.url)
        self.failed.pop(job.feed.url, None)
        if isinstance(result, Fetched):
            self._say(f"{self._clock()}  {job.feed.name}: {_brought(result, first=not job.known)}", "dim")
        elif isinstance(result, Failed):
            self.failed[job.feed.url] = result.message
            self._say(f"{self._clock()}  {job.feed.name}: {result.message}", "red")
        else:
            self.unchanged += 1
        self._progress.update(self._task, polls=self.polls, unchanged=self.unchanged)

    def joined(self, alerts: Sequence[Mapping[str, Any]]) -> None:
        """Sources that have joined an alert since the last call; `alerts` as `outbox.listing` gives them."""
        for alert in alerts:
            sources, seen = alert["sources"], self._sources.setdefault(alert["alert"], 1)
            for source in sources[seen:]:
                what = f"copies {source['copy_of']}" if source["copy_of"] else "joins"
                self._say(f"{self._clock()}  ↳ {source['outlet']} {what}: {alert['title']}\n", "green")
            self._sources[alert["alert"]] = max(seen, len(sources))

    def begin(self) -> None:
        """All feeds have been asked once."""
        self._say("What stood there before is known now, and is no news. The morning begins.\n", "")

    def advance(self) -> None:
        """Moves the bar to the time of the morning."""
        self._progress.update(self._task, completed=self._morning.time().total_seconds(), description=self._clock())

    def _clock(self) -> str:
        return f"{self._morning.elapsed:>4.0f} s"

    def _say(self, text: str, style: str) -> None:
        self._console.print(Text(text, style=style), soft_wrap=not self._console.is_terminal)


def _introduction(recording: Sequence[Outlet], morning: Morning) -> str:
    entries = sum(len(outlet.entries) for outlet in recording)
    return (
        f"A recorded morning: {len(recording)} outlets, {entries} entries, English and Chinese; outlets and news are"
        f" invented.\nIt passes in {morning.seconds:.0f} seconds. The daemon that polls, reads and alerts is the"
        " real one.\n"
    )


def _brought(result: Fetched, *, first: bool) -> str:
    if first:
        return f"{result.count} entries, first fetch"
    titles = "; ".join(textwrap.shorten(entry.title, 70, placeholder=" …") for entry in result.entries)
    return f"{len(result.entries)} of {result.count} unseen: {titles}"
