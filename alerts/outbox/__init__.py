"""Alerts owed and what became of them: SQL on a connection that the caller gives, inside the caller's transaction."""

from alerts.outbox.control import retry, silence, silences, unsilence
from alerts.outbox.listing import books, channels, counts, last_alert, listing, undelivered
from alerts.outbox.put import close_batch, put, put_notice
from alerts.outbox.schema import MIGRATIONS

__all__ = [
    "MIGRATIONS",
    "books",
    "channels",
    "close_batch",
    "counts",
    "last_alert",
    "listing",
    "put",
    "put_notice",
    "retry",
    "silence",
    "silences",
    "undelivered",
    "unsilence",
]
