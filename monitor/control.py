"""What people ask of a desk that runs: another try, a verdict on a held figure, a silence."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from alerts import outbox
from alerts.model import Silence
from monitor.model import Review

if TYPE_CHECKING:
    from alerts.model import Delivering
    from monitor.analysis import Desk
    from monitor.model import Article, Claim, Fact
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
        from monitor.analysis.release import release

        held = self._news.held(request.target or "")
        if held is None:
            return f"{request.target} is not held; `chipwire milestones review` shows what is"
        fact, claim, article = held
        released = release(fact, claim, article, self._desk, self._news, reason=request.reason)
        self._news.release(released.fact, released.alerts)
        outbox.put(self._database.connection, released.alerts, (), (), self._delivering, now=now)
        test = self._reviewed(held, "released", request, now)
        return f"{fact.key} released: {released.verdict}\n{test}"

    def _dismiss(self, request: Request, now: datetime) -> str:
        held = self._news.held(request.target or "")
        if held is None:
            return f"{request.target} is not held; `chipwire milestones review` shows what is"
        test = self._reviewed(held, "dismissed", request, now)
        return f"{request.target} dismissed\n{test}"

    def _reviewed(
        self,
        held: tuple[Fact, Claim, Article],
        verdict: Literal["released", "dismissed"],
        request: Request,
        now: datetime,
    ) -> str:
        """Keeps the verdict; its rule test for people."""
        fact, claim, _ = held
        test = rule_test(claim, self._before(fact), alert=verdict == "released")
        self._news.review(Review(fact=fact.key, verdict=verdict, reason=request.reason, at=now, test=test))
        rule = fact.rule or next((r.name for r in self._desk.milestone_rules if fact.metric in r.metrics), fact.metric)
        return f"a test for rule {rule} in feeds.yaml, run by `chipwire check`:\n{test}"

    def _before(self, fact: Fact) -> str | None:
        """The words of the figure by which the held one was measured: the last that stands of its series."""
        found = [
            other
            for key in fact.keys
            for other in self._news.recent(fact.metric, fact.unit, key, limit=8)
            if other.key != fact.key and other.state == "standing" and other.value is not None
        ]
        return max(found, key=lambda other: other.told).evidence if found else None

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


def rule_test(claim: Claim, before: str | None, *, alert: bool) -> str:
    """An `expect:` entry, in YAML: the sentence of a claim, after the figure before it, alerts or does not."""
    entry: dict[str, object] = {"title": claim.evidence, "alert": alert}
    if before is not None:
        entry["after"] = [before]
    return f"- {json.dumps(entry, ensure_ascii=False)}"
