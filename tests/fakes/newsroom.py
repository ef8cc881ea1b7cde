"""A desk in memory: articles go in with the claims that they make, findings come out and are remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from monitor.analysis import Desk, analyse
from monitor.model import Article, Claim, Entity, Hit, Mention, Reading
from monitor.replay import events
from monitor.rules import default_rules
from tests.fakes.known import MemoryNews

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.model import Findings, Rule

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

NAMES = {
    "alibaba": ("Alibaba", "阿里巴巴"),
    "cambricon": ("Cambricon", "寒武纪"),
    "nvidia": ("Nvidia", "英伟达"),
    "intel": ("Intel", "英特尔"),
    "micron": ("Micron", "美光"),
    "broadcom": ("Broadcom", "博通"),
    "deepseek": ("DeepSeek",),
    "zhenwu-810e": ("Zhenwu 810E", "真武810E"),
    "nvidia-h20": ("H20",),
    "us-commerce": ("US Commerce Department", "美国商务部"),
}
ENTITIES = {
    id_: Entity(id=id_, name=names[0], kind="company", watchlist="companies") for id_, names in NAMES.items()
} | {
    "zhenwu-810e": Entity(id="zhenwu-810e", name="Zhenwu 810E", kind="chip", maker="alibaba", watchlist="chips"),
    "nvidia-h20": Entity(id="nvidia-h20", name="H20", kind="chip", maker="nvidia", watchlist="chips"),
    "us-commerce": Entity(id="us-commerce", name="US Commerce Department", kind="agency", watchlist="export-controls"),
}


class Names:
    """Reads by the names above, letter for letter, and by one query: the words `quantum computer`."""

    def read(self, article: Article) -> Reading:
        found = [
            Mention(entity=id_, text=name, field=field, start=start, end=start + len(name))
            for field, text in (("title", article.title), ("text", article.text))
            for id_, names in NAMES.items()
            for name in names
            if (start := text.find(name)) >= 0
        ]
        queried = "quantum computer" in f"{article.title} {article.text}".lower()
        hits = (Hit(watchlist="quantum", query='"quantum computer"'),) if queried else ()
        # A country, so that claims are asked for whatever the text names.
        actors = (Mention(entity="us-commerce", text="", field="title", start=0, end=0),)
        return Reading(mentions=tuple(found), hits=hits, actors=actors)  # type: ignore[arg-type]


class Newsroom:
    """Publish articles one after the other."""

    def __init__(self, rules: tuple[Rule, ...] | None = None, max_age: timedelta = timedelta(hours=72)) -> None:
        self.news = MemoryNews()
        self.told: dict[str, tuple[Claim, ...]] = {}
        self.events: list[dict[str, Any]] = []
        self.desk = Desk(Names(), self._claims, ENTITIES, default_rules() if rules is None else rules, max_age)
        self.count = 0

    def _claims(self, article: Article, reading: Reading, entities: Mapping[str, Entity]) -> tuple[Claim, ...]:
        return self.told.get(f"{article.id}/{article.version}", ())

    def publish(
        self, title: str, text: str = "", *claims: Claim, hours: float = 0, outlet: str = "Wire A", **fields: Any
    ) -> Findings:
        """The article's findings, recorded."""
        self.count += 1
        at = T0 + timedelta(hours=hours)
        article = Article(
            id=f"a{self.count}", title=title, text=text, language="en", published=at, seen=at, outlet=outlet,
            url=f"https://{outlet.lower().replace(' ', '')}.test/{self.count}",
        )  # fmt: skip
        article = replace(article, **fields)
        self.told[f"{article.id}/{article.version}"] = claims
        findings = analyse(article, self.desk, self.news)
        self.events += events(findings, self.news)
        self.news.record(findings)
        return findings

    def story(self, findings: Findings) -> str | None:
        """The story of an article as it stands now."""
        return self.news.placed(findings.article.id)


def claim(metric: str, value: float | None, sentence: str, figure: str | None = None, **fields: Any) -> Claim:
    """A claim told in the body, its figure where it stands in the sentence when the sentence is all of the text."""
    start = sentence.find(figure) if figure else -1
    return Claim(
        metric=metric,
        value=value,
        unit=fields.pop("unit", "units" if value is not None else ""),
        evidence=sentence,
        figure=(start, start + len(figure)) if figure and start >= 0 else None,
        **fields,
    )
