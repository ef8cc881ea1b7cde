"""Alerts for whoever watches the terminal."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import IO, TYPE_CHECKING

from alerts.channels.trial import told
from alerts.ports import Blocked, Capabilities, Sent, Unverifiable
from alerts.render.plain import compact, full, sources
from alerts.render.words import capital, clean, summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from alerts.model import Alert, ConsoleChannel, Message
    from alerts.ports import Checked, Finding, Outcome

    Line = tuple[str, str]
    """Text and rich style."""

PROBE = timedelta(minutes=1)
STYLES = {"high": "bold red", "medium": "bold yellow", "low": "bold"}


class ConsoleNotifier:
    """Writes to `file`, standard output by default; in colour where it is a terminal, else plain and unwrapped."""

    def __init__(self, channel: ConsoleChannel, file: IO[str] | None = None) -> None:
        self.name = channel.name
        self.capabilities = Capabilities(edits=True, edit_every=timedelta(0))
        self._file = file

    def send(self, message: Message) -> Outcome:
        return self._print([*_lines(message), ("", "")])

    def edit(self, message: Message, ts: str | None) -> Outcome:
        return self._print([*_joined(message), ("", "")])

    def _print(self, lines: Sequence[Line]) -> Outcome:
        from rich.console import Console
        from rich.text import Text

        file = self._file or sys.stdout
        encoding = getattr(file, "encoding", None) or "utf-8"
        console = Console(file=file, highlight=False, emoji=False, markup=False)
        try:
            for text, style in lines:
                shown = text.encode(encoding, "replace").decode(encoding)
                console.print(Text(shown, style=style), soft_wrap=not console.is_terminal)
            file.flush()
        except (OSError, ValueError) as error:
            return Blocked(f"the console cannot be written: {error}", "start chipwire with a standard output", PROBE)
        return Sent()

    def find(self, message: Message, since: datetime) -> Finding:
        return Unverifiable("the console cannot be read back")

    def check(self, at: datetime, *, send: bool) -> Sequence[Checked]:
        return told(self, at, send=send)

    def close(self) -> None:
        """The stream belongs to the process."""


def _lines(message: Message) -> Iterator[Line]:
    if message.note is not None:
        yield clean(message.note), "cyan"
    elif len(message.alerts) == 1:
        yield from _alert(message.alerts[0], message)
    else:
        yield capital(summary(message)), "bold"
        for alert in message.alerts:
            yield compact(alert), ""


def _alert(alert: Alert, message: Message) -> Iterator[Line]:
    first, *rest = full(alert, message, "UTC")
    yield first, STYLES[alert.severity]
    for line in rest:
        yield line, ""


def _joined(message: Message) -> Iterator[Line]:
    changed = {update.alert for update in message.updates}
    for alert in message.alerts:
        if alert.key in changed:
            yield f"↳ {compact(alert)} · {sources(alert, 'UTC')}", "dim"
