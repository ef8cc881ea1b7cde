"""What people ask of a desk that runs: another try, a verdict on a held figure, a silence."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from alerts import outbox
from alerts.model import Silence
from monitor import analysis

if TYPE_CHECKING:
    from alerts.model import Delivering
    from monitor.analysis import Desk
    from monitor.pipeline import Pipeline
    from monitor.store.db import Database
    from monitor.store.news import News
    from monitor.store.requests import Request


class Control:
    """Carries requests out, each in a transaction of its own; the answer is a line for the person who asked."""

    def __init__(self, database: Database, news: News, pipeline: Pipeline, desk: Desk, delivering: Delivering) -> None:
        self._database = database
        self._pipeline = pipeline
        self._news = news
        self._desk = desk
        self._delivering = delivering

    def carry_out(self, request: Request, now: datetime) -> str:
        """What was done, or why nothing was."""
        if request.wish == "backfill":
            return self._backfill(request, now)
        with self._database.transaction():
            match request.wish:
                case "retry":
                    count = outbox.retry(self._database.connection, request.target, self._delivering, now)
                    return f"{count} deliveries are due again" if count else "nothing to retry"
                case "release":
                    return self._release(request, now)
                case "dismiss":
                    return self._dismiss(request, now)
                case "silence":
                    return self._silence(request, now)
                case "unsilence":
                    ended = outbox.unsilence(self._database.connection, request.target or "", now)
                    return f"silence {request.target} ended" if ended else f"no silence {request.target} in force"

    def _backfill(self, request: Request, now: datetime) -> str:
        read, matched = self._pipeline.backfill(datetime.fromisoformat(request.target or ""), now)
        return f"{read} stored articles read again, {matched} match now"

    def _release(self, request: Request, now: datetime) -> str:
        held = self._news.held(request.target or "")
        if held is None:
            return f"{request.target} is not held; `chipwire milestones review` shows what is"
        fact, claim, article = held
        released = analysis.release(fact, claim, article, self._desk, self._news, reason=request.reason)
        self._news.release(released.fact, released.alerts)
        outbox.put(self._database.connection, released.alerts, (), (), self._delivering, now=now)
        self._news.review(fact.key, "released", request.reason, now)
        return f"{fact.key} released: {released.verdict}"

    def _dismiss(self, request: Request, now: datetime) -> str:
        held = self._news.held(request.target or "")
        if held is None:
            return f"{request.target} is not held; `chipwire milestones review` shows what is"
        self._news.review(held[0].key, "dismissed", request.reason, now)
        return f"{request.target} dismissed"

    def _silence(self, request: Request, now: datetime) -> str:
        digest = hashlib.sha256(f"{request} {now.isoformat()}".encode()).hexdigest()[:8]
        wanted = Silence(
            id=digest,
            author=request.author,
            reason=request.reason,
            created=now,
            expires=datetime.fromisoformat(request.expires) if request.expires else now,
            rule=request.rule,
            tag=request.tag,
            text=request.text,
        )
        outbox.silence(self._database.connection, wanted)
        return f"silence {digest} until {wanted.expires:%Y-%m-%d %H:%M} UTC"
