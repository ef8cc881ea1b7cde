"""What the headers of a response say about the next request. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from monitor.model import Hints, Validators

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = timedelta(days=1)
VALIDATOR_LENGTH = 1024
_NONE = Hints()


def http_date(text: str) -> datetime | None:
    """A date of RFC 9110 5.6.7 in UTC; None for anything else."""
    # email.utils costs 10 ms to import, and most rounds meet no date.
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, TypeError):
        return None


def retry_after(text: str | None, now: datetime) -> timedelta | None:
    """`Retry-After` in seconds (fractions too) or as a date, between 0 and a day; None when absent or nonsense."""
    if text is None:
        return None
    try:
        pause = timedelta(seconds=float(text))
    except (ValueError, OverflowError):
        until = http_date(text)
        if until is None:
            return None
        pause = until - now
    return min(pause, LONGEST) if pause > timedelta(0) else timedelta(0)


def hints(headers: Mapping[str, str]) -> Hints:
    """`Cache-Control: max-age` (less `Age`) and `Expires`; `no-cache`, `no-store` and `Expires: 0` give nothing."""
    if "cache-control" not in headers and "expires" not in headers:
        return _NONE
    control = {
        key.strip().lower(): value.strip(' "')
        for key, _, value in (part.partition("=") for part in headers.get("cache-control", "").split(","))
    }
    if "no-cache" in control or "no-store" in control:
        return _NONE
    max_age = _seconds(control.get("max-age"))
    if max_age is not None:
        return Hints(max_age=max(max_age - (_seconds(headers.get("age")) or timedelta(0)), timedelta(0)))
    expires = headers.get("expires")
    return _NONE if expires is None else Hints(expires=http_date(expires))


def _seconds(text: str | None) -> timedelta | None:
    if text is None or not text.isascii() or not text.isdigit():
        return None
    return timedelta(seconds=min(int(text[:10]), 365 * 86400))


def validators(headers: Mapping[str, str]) -> Validators:
    """ETag and Last-Modified, those left out that could not be sent back in a header."""
    return Validators(etag=_safe(headers.get("etag")), last_modified=_safe(headers.get("last-modified")))


def kept(old: Validators, new: Validators) -> Validators:
    """After a 304, which need not repeat them."""
    if new == old:
        return old
    return Validators(etag=new.etag or old.etag, last_modified=new.last_modified or old.last_modified)


def _safe(value: str | None) -> str | None:
    if not value or len(value) > VALIDATOR_LENGTH or not value.isascii() or not value.isprintable():
        return None
    return value
