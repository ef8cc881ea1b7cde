"""What the dispatcher asks of a channel, and what a channel may answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from alerts.model import Message

    AddressGuard = Callable[[str], str | None]
    """Why an IP address may not be connected to; None: it may."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The channel has it."""

    ts: str | None = None
    """What the channel calls it, None where it gives no name."""
    place: str | None = None
    """Where it stands, in words that only the channel reads; later messages bring them back."""


@dataclass(frozen=True, slots=True)
class NotSent:
    """Certainly not there; worth another try later."""

    reason: str


@dataclass(frozen=True, slots=True)
class Throttled:
    """Certainly not there: too fast. Nothing goes to this channel for `wait`; does not count as an attempt."""

    wait: timedelta
    reason: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """It may have arrived or not (time-out, lost connection, 5xx, an answer cut short)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """Certainly not there, and nothing will be until a person acts. The channel is asked again after `probe`."""

    reason: str
    remedy: str
    probe: timedelta


@dataclass(frozen=True, slots=True)
class Rejected:
    """Certainly not there: the channel cannot take this message as it is laid out."""

    reason: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The message to be edited, or the thread to be replied in, is gone or closed."""

    reason: str


Failure = NotSent | Throttled | Ambiguous | Blocked | Rejected | Lost
Outcome = Sent | Failure


@dataclass(frozen=True, slots=True)
class Missing:
    """Looked for and not found."""


@dataclass(frozen=True, slots=True)
class Unverifiable:
    """The channel cannot tell (no scope, no memory)."""

    reason: str


@dataclass(frozen=True, slots=True)
class LookupFailed:
    """It could tell, but not now; ask again after `wait`, or by the usual back-off."""

    reason: str
    wait: timedelta | None = None


Finding = Sent | Missing | Unverifiable | LookupFailed | Blocked


@dataclass(frozen=True, slots=True)
class Checked:
    """One line of `alerts test`."""

    what: str
    ok: bool | None
    """None: cannot be known, or is not needed."""
    says: str


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do beside taking a message."""

    threads: bool = False
    edits: bool = False
    edit_every: timedelta = timedelta(minutes=1)
    """Least time between two edits of one message."""
    on_ambiguous: Literal["verify", "resend", "hold"] = "resend"
    pace: timedelta | None = None
    """Least time between two calls; None: none."""


class Notifier(Protocol):
    """One configured channel. Never raises for what the other side does; called from one thread at a time."""

    name: str
    capabilities: Capabilities

    def send(self, message: Message) -> Outcome:
        """Says it once; makes no retries of its own."""

    def edit(self, message: Message, ts: str | None) -> Outcome:
        """Makes the message called `ts` say what `message` says now."""

    def find(self, message: Message, since: datetime) -> Finding:
        """Whether a message with this key has been in the channel since `since`."""

    def check(self, at: datetime, *, send: bool) -> Sequence[Checked]:
        """What the channel lets us do; with `send` a labelled test message is sent and used for it."""

    def close(self) -> None:
        """Releases files and connections."""
