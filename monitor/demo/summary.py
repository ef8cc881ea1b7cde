"""What came of the morning, from the throw-away database: counts, alerts with their sources, reasons for silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from alerts import outbox
from monitor.store.questions import Questions

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from monitor.demo.recording import Outlet

Line = tuple[str, str]
"""Text and rich style."""


def write(sql: sqlite3.Connection, recording: Sequence[Outlet], polls: int, unchanged: int) -> None:
    """Writes it to standard output."""
    console = Console(highlight=False, emoji=False, markup=False)
    for text, style in lines(sql, recording, polls, unchanged):
        console.print(Text(text, style=style), soft_wrap=not console.is_terminal)


def lines(sql: sqlite3.Connection, recording: Sequence[Outlet], polls: int, unchanged: int) -> Iterator[Line]:
    """The summary, line by line."""
    store = Questions(sql)
    totals, alerts = store.totals(), outbox.listing(sql)
    yield "What came of it", "bold"
    yield f"{polls:>5} polls, {unchanged} of them answered 304 (unchanged)", ""
    yield f"{totals['articles']:>5} articles, {totals['matched']} of them name something on the watchlists", ""
    yield f"{totals['stories']:>5} stories", ""
    yield f"{totals['claims']:>5} claims read", ""
    yield f"{totals['milestones']:>5} milestones", ""
    yield f"{len(alerts):>5} alerts:", ""
    for alert in reversed(alerts):
        yield f"      {alert['title']}  ({_sources(alert['sources'])})", ""
    for outlet in recording:
        for entry in outlet.entries:
            if entry.explained and (trace := store.trace(entry.link)):
                yield "", ""
                yield f"Why no alert for “{entry.title}” ({outlet.name})?", "bold"
                for line in trace["trace"]:
                    yield f"      {line['stage']}: {line['outcome']}: {line['reason']}", ""
    yield "", ""
    yield (
        "Next: `chipwire check` shows what feeds.yaml would do, `chipwire run` does it. README.md goes on from here.",
        "",
    )


def _sources(sources: Sequence[dict[str, str | None]]) -> str:
    told = [source["outlet"] or "" for source in sources if not source["copy_of"]]
    copies = [source["outlet"] or "" for source in sources if source["copy_of"]]
    return ", ".join(told) + (f"; copied by {', '.join(copies)}" if copies else "")
