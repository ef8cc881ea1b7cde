"""The last alerts as an Atom feed (RFC 4287) in a file that a web server or a feed reader picks up."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from alerts.channels.trial import told
from alerts.errors import ChannelConfigError
from alerts.ports import Blocked, Capabilities, Missing, Sent
from alerts.render.plain import body, headline
from alerts.render.plain import title as plain_title
from alerts.render.words import clean, web_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alerts.model import Alert, AtomChannel, Message
    from alerts.ports import Checked, Finding, Outcome

ATOM = "http://www.w3.org/2005/Atom"
PROBE = timedelta(minutes=1)


class AtomNotifier:
    """Each alert is an entry named by its key: writing one twice changes nothing. The file is replaced whole."""

    def __init__(self, channel: AtomChannel) -> None:
        if channel.keep < 1:
            raise ChannelConfigError(f"channel {channel.name}: keep is {channel.keep}; write 1 or more")
        self.name = channel.name
        self.capabilities = Capabilities(edits=True, on_ambiguous="verify")
        self._path = Path(channel.path)
        self._keep = channel.keep

    def send(self, message: Message) -> Outcome:
        try:
            self._write(list(_entries(message)))
        except OSError as error:
            return Blocked(f"{self._path} cannot be written: {error}", f"make {self._path.parent} writable", PROBE)
        return Sent()

    def edit(self, message: Message, ts: str | None) -> Outcome:
        return self.send(message)

    def find(self, message: Message, since: datetime) -> Finding:
        wanted = {entry.findtext(_tag("id")) for entry in _entries(message)}
        return Sent() if wanted <= {entry.findtext(_tag("id")) for entry in self._read()} else Missing()

    def _read(self) -> list[ET.Element]:
        """Entries of the file as it is; none where it is absent or not ours to read."""
        try:
            return ET.fromstring(self._path.read_bytes()).findall(_tag("entry"))  # noqa: S314 - our own file
        except (OSError, ET.ParseError):
            return []

    def _write(self, new: list[ET.Element]) -> None:
        names = {entry.findtext(_tag("id")) for entry in new}
        kept = [entry for entry in self._read() if entry.findtext(_tag("id")) not in names]
        entries = sorted([*new, *kept], key=lambda entry: entry.findtext(_tag("published")) or "", reverse=True)
        _replace(self._path, _feed(entries[: self._keep]))

    def check(self, at: datetime, *, send: bool) -> Sequence[Checked]:
        return told(self, at, send=send)

    def close(self) -> None:
        """Nothing is kept open between messages."""


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _feed(entries: list[ET.Element]) -> bytes:
    ET.register_namespace("", ATOM)
    root = ET.Element(_tag("feed"))
    _child(root, "id", "urn:chipwire:alerts")
    _child(root, "title", "chipwire alerts")
    newest = max((entry.findtext(_tag("updated")) or "" for entry in entries), default="")
    _child(root, "updated", newest or "1970-01-01T00:00:00+00:00")
    _child(_child(root, "author"), "name", "chipwire")
    root.extend(entries)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data


def _child(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    child = ET.SubElement(parent, _tag(name))
    child.text = text
    return child


def _entries(message: Message) -> Iterator[ET.Element]:
    if message.note is not None:
        yield _entry(message.key, plain_title(message), body(message), message.at, message.at)
    for alert in message.alerts:
        entry = _entry(
            alert.key, headline(alert), body(_alone(message, alert)), alert.created, _changed(message, alert)
        )
        ET.SubElement(entry, _tag("category"), term=clean(alert.severity))
        for tag in alert.tags:
            ET.SubElement(entry, _tag("category"), term=clean(tag))
        if url := web_url(alert.url):
            ET.SubElement(entry, _tag("link"), rel="alternate", href=url)
        yield entry


def _entry(key: str, title: str, text: str, published: datetime, updated: datetime) -> ET.Element:
    entry = ET.Element(_tag("entry"))
    _child(entry, "id", "urn:chipwire:alert:" + clean(key).replace(" ", "-"))
    _child(entry, "title", title)
    _child(entry, "published", published.astimezone(UTC).isoformat())
    _child(entry, "updated", updated.astimezone(UTC).isoformat())
    content = _child(entry, "content", text)
    content.set("type", "text")
    return entry


def _alone(message: Message, alert: Alert) -> Message:
    from dataclasses import replace

    return replace(message, alerts=(alert,))


def _changed(message: Message, alert: Alert) -> datetime:
    return max([alert.created, *(update.at for update in message.updates if update.alert == alert.key)])


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
