"""Articles told to a ledger in memory, one after the other, without mentions or rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.ledger import Kinship, Page, assess, reposted
from monitor.model import Article, Claim, Entity, Findings, LedgerEntry, Placing, Reading, Sketch
from tests.fakes.known import MemoryNews

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

ENTITIES = {
    entity.id: entity
    for entity in (
        Entity(id="alibaba", name="Alibaba", kind="company", watchlist="companies"),
        Entity(id="t-head", name="T-Head", kind="company", parent="alibaba", watchlist="companies"),
        Entity(id="cambricon", name="Cambricon", kind="company", watchlist="companies"),
        Entity(id="huawei", name="Huawei", kind="company", watchlist="companies"),
        Entity(id="nvidia", name="Nvidia", kind="company", watchlist="companies"),
        Entity(id="intel", name="Intel", kind="company", watchlist="companies"),
        Entity(id="tsmc", name="TSMC", kind="company", watchlist="companies"),
        Entity(id="samsung", name="Samsung", kind="company", watchlist="companies"),
        Entity(id="zhenwu-810e", name="Zhenwu 810E", kind="chip", maker="alibaba", watchlist="chips"),
        Entity(id="ascend", name="Ascend", kind="chip", maker="huawei", watchlist="chips"),
        Entity(id="ascend-910c", name="Ascend 910C", kind="chip", maker="huawei", parent="ascend", watchlist="chips"),
        Entity(id="ascend-950", name="Ascend 950", kind="chip", maker="huawei", parent="ascend", watchlist="chips"),
        Entity(id="nvidia-h20", name="H20", kind="chip", maker="nvidia", watchlist="chips"),
        Entity(id="nvidia-h200", name="H200", kind="chip", maker="nvidia", watchlist="chips"),
        Entity(id="us-government", name="US government", kind="government", watchlist="export-controls"),
        Entity(id="us-commerce", name="US Commerce Department", kind="agency", parent="us-government"),
        Entity(id="bis", name="BIS", kind="agency", parent="us-commerce"),
        Entity(id="veu", name="Validated End-User programme", kind="rule"),
        Entity(id="entity-list", name="Entity List", kind="rule"),
        Entity(id="export-controls", name="export controls", kind="rule"),
    )
}


def claim(metric: str = "shipments", value: float | None = 100_000, **fields: Any) -> Claim:
    unit = "" if value is None else fields.pop("unit", "units")
    return Claim(metric=metric, value=value, unit=unit, evidence=fields.pop("evidence", "as told"), **fields)


def shipped(value: float = 100_000, **fields: Any) -> Claim:
    return claim(value=value, **{"metric": "shipments", "subject": "alibaba", "product": "zhenwu-810e", **fields})


def money(metric: str, value: float, **fields: Any) -> Claim:
    return claim(metric, value, unit=fields.pop("unit", "USD"), **fields)


class Teller:
    """A ledger from its first article on."""

    def __init__(self) -> None:
        self.news = MemoryNews()
        self.kin = Kinship(ENTITIES)
        self.count = 0

    def article(self, days: float, outlet: str, **fields: Any) -> Article:
        self.count += 1
        at = T0 + timedelta(days=days)
        base = Article(id=f"a{self.count}", title="t", text="", published=at, seen=at, outlet=outlet)
        return replace(base, **fields)

    def tell(
        self,
        *claims: Claim,
        days: float = 0,
        outlet: str = "Wire A",
        copied: str | None = None,
        steps: dict[str, tuple[float, ...]] | None = None,
        stories: frozenset[str] | None = None,
        headline: frozenset[Claim] | None = None,
        roundup: bool = False,
        **fields: Any,
    ) -> tuple[LedgerEntry, ...]:
        """Entries of one article; recorded. `stories`: those that may be about the same, None where nobody can say.

        `headline`: the claims that it tells.
        """
        article = self.article(days, outlet, **fields)
        assert article.published is not None
        page = Page(
            article=article,
            at=article.published,
            claims=claims,
            known=self.news,
            kin=self.kin,
            copied=copied,
            earlier=tuple(self.news.told_by(article.id)),
            reposted=reposted(article),
            stories=None if stories is None else lambda: stories,
            headline=headline,
            roundup=roundup,
        )
        entries = assess(page, steps or {})
        self._record(article, entries, page)
        return entries

    def one(self, told: Claim, **fields: Any) -> LedgerEntry:
        return self.tell(told, **fields)[0]

    def _record(self, article: Article, entries: tuple[LedgerEntry, ...], page: Page) -> None:
        from monitor.model import Finding

        assert article.published is not None
        at = article.published
        self.news.record(
            Findings(
                article=article,
                reading=Reading(mentions=()),
                findings=tuple(
                    Finding(claim=e.claim, change=e.change, reason=e.reason, fact=e.fact.key, opens=e.opens)
                    for e in entries
                ),
                facts=tuple(replace(f, story=f.story or article.id) for f in page.touched.values()),
                placing=Placing(
                    story=article.id, role="first", reason="", sketch=Sketch(story=article.id, opened=at, told=at)
                ),
            )
        )
