"""Asks something of a desk: of its daemon by a request file, without one by doing it here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.cli import options

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.store.requests import Wish


def ask(config: Path, *, wish: Wish, **details: Any) -> str:
    """What was done, or who will do it."""
    from monitor.app import App
    from monitor.store.db import Lock
    from monitor.store.requests import Request, leave

    settings = options.settings_for(config, secrets=True)
    request = Request(wish=wish, **details)
    owner = Lock(settings.database).owner()
    if owner is not None:
        leave(settings.database, request)
        return f"asked the running daemon (pid {owner.pid}); it takes this up within seconds"
    with App(settings) as app:
        return app.engine.control.carry_out(request, options.utc_now())
