"""An article that names what is watched for, through claims, ledger, story and rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor import ledger, rules, stories
from monitor.analysis.clock import clock
from monitor.model import Finding, Findings, LedgerEntry, TraceLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alerts.model import Alert
    from monitor.analysis.desk import Desk
    from monitor.model import Article, Claim, Fact, Near, Placing, Reading, Withdrawn
    from monitor.ports import Known


class Analysis:
    """One article, its claims and what is known."""

    def __init__(self, article: Article, desk: Desk, known: Known, reading: Reading, claims: tuple[Claim, ...]) -> None:
        self.article, self.desk, self.known, self.reading, self.claims = article, desk, known, reading, claims
        self.at = clock(article)
        self.outlet = ledger.outlet_of(article)
        self.headline = stories.headline(article, reading, claims)

    def findings(self) -> Findings:
        """All that the article teaches."""
        shingles = stories.shingles(self.article)
        copy = stories.copied(self.article, shingles, self.outlet, self.at, self.known)
        about = stories.about(self.article, self.reading, self.claims)
        likeness = stories.Likeness(about, self.outlet, self.at, self.known)
        page = self._page(copy, likeness)
        entries = ledger.assess(page, self.desk.steps)
        gone = ledger.withdrawn(page, entries)
        placing = self._placing(entries, shingles, copy, about, likeness)
        facts = {key: _at_home(fact, placing) for key, fact in page.touched.items()}
        judge = self._judge(facts, copy)
        findings = tuple(judge.finding(entry) for entry in entries)
        taken_back = tuple(judge.withdrawn(item.claim, item.fact.key, item.reason) for item in gone)
        placing, keyword = self._keyword(placing)
        return Findings(
            article=self.article,
            reading=self.reading,
            findings=findings,
            facts=tuple(judge.facts.values()),
            withdrawn=taken_back,
            placing=placing,
            alerts=(*judge.alerts, *keyword),
            updates=tuple(judge.updates),
            trace=tuple(self._trace(findings, placing, keyword, taken_back)),
        )

    def _page(self, copy: Near | None, likeness: stories.Likeness) -> ledger.Page:
        before = [self.article.id]
        if copy is not None and copy.outlet == self.outlet:
            before.append(copy.article)
        return ledger.Page(
            article=self.article,
            at=self.at,
            claims=self.claims,
            known=self.known,
            kin=self.desk.kin,
            copied=copy.outlet if copy is not None and copy.outlet != self.outlet else None,
            earlier=tuple(finding for id_ in before for finding in self.known.told_by(id_)),
            versions=tuple(before),
            reposted=ledger.reposted(self.article),
            reading=self.reading,
            roundup=stories.roundup(self.article),
            stories=lambda: self._related(copy, likeness),
            headline=self.headline,
        )

    def _related(self, copy: Near | None, likeness: stories.Likeness) -> frozenset[str]:
        """Stories that may tell what this article tells."""
        own = {copy.story} if copy is not None else set()
        placed = self.known.placed(self.article.id)
        return likeness.related() | own | ({placed} if placed else set())

    def _placing(
        self,
        entries: tuple[LedgerEntry, ...],
        shingles: tuple[int, ...],
        copy: Near | None,
        about: stories.About,
        likeness: stories.Likeness,
    ) -> Placing:
        told = (entry.fact.key for entry in entries if entry.change != "background" or not entry.opens)
        return stories.Placer(
            article=self.article,
            outlet=self.outlet,
            at=self.at,
            about=about.with_facts(told),
            likeness=likeness,
            entries=entries,
            headline=self.headline,
            shingles=shingles,
            copy=copy,
            known=self.known,
        ).place()

    def _judge(self, facts: dict[str, Fact], copy: Near | None) -> rules.Judge:
        return rules.Judge(
            article=self.article,
            outlet=self.outlet,
            at=self.at,
            rules=self.desk.milestone_rules,
            entities=self.desk.entities,
            known=self.known,
            max_age=self.desk.max_age,
            copied=copy.outlet if copy is not None else None,
            facts=facts,
        )

    def _keyword(self, placing: Placing) -> tuple[Placing, tuple[Alert, ...]]:
        """Alerts of the plain keyword rules; the story remembers which it has had."""
        alerts = []
        for rule, words in rules.keyword_rules(self.desk.keyword_rules, self.reading, self.desk.entities):
            if rules.keyword_held(rule, self.article, self.at, self.desk.max_age, placing.sketch.alerted):
                continue
            alert = rules.keyword_alert(
                rule, words, story=placing.story, article=self.article, outlet=self.outlet, at=self.at
            )
            if not self.known.alerted(alert.key):
                alerts.append(alert)
            sketch = replace(placing.sketch, alerted=(*placing.sketch.alerted, rule.name))
            placing = replace(placing, sketch=sketch)
        return placing, tuple(alerts)

    def _trace(
        self,
        findings: tuple[Finding, ...],
        placing: Placing,
        keyword: tuple[Alert, ...],
        taken_back: tuple[Withdrawn, ...],
    ) -> Iterable[TraceLine]:
        yield _matched(self.reading)
        if not findings:
            yield TraceLine(
                stage="claims", outcome="none", reason="matched, but nothing that counts as a claim is said"
            )
        yield TraceLine(stage="story", outcome=placing.role, reason=placing.reason)
        for merge in placing.merges:
            yield TraceLine(stage="story", outcome="merged", reason=f"{merge.story} into {merge.into}: {merge.reason}")
        for finding in findings:
            yield TraceLine(stage="claims", outcome=finding.claim.metric, reason=finding.claim.evidence)
            yield TraceLine(stage="ledger", outcome=finding.change, reason=f"{finding.reason} [{finding.fact}]")
            yield TraceLine(stage="rules", outcome=finding.rule or "none", reason=finding.verdict)
        for gone in taken_back:
            yield TraceLine(stage="ledger", outcome="corrected", reason=f"{gone.reason} [{gone.fact}]")
            yield TraceLine(stage="rules", outcome="taken back", reason=gone.verdict)
        for alert in keyword:
            yield TraceLine(stage="rules", outcome=alert.rule, reason=f"alerted as {alert.key}: {alert.reason}")


def _at_home(fact: Fact, placing: Placing) -> Fact:
    """A fact opened here belongs to the article's story; one of a story that ends here, to the one that goes on."""
    if fact.story is None:
        return replace(fact, story=placing.story)
    ended = {merge.story for merge in placing.merges}
    return replace(fact, story=placing.story) if fact.story in ended else fact


def _matched(reading: Reading) -> TraceLine:
    named = dict.fromkeys(mention.entity for mention in reading.mentions)
    words = [", ".join(named)] if named else []
    words += [f"query {hit.query} of {hit.watchlist}" for hit in reading.hits]
    return TraceLine(stage="mentions", outcome="matched", reason="; ".join(words) or "a claim names an entity")
