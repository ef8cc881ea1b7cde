"""Change in the ledger × rule -> alert, update, or the reason for neither."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from monitor.model import Finding, Withdrawn
from monitor.rules.build import alert_of, source_of, source_withdrawn, update_of, withdrawal_of
from monitor.rules.select import NEWS, caring, nameless, refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from alerts.model import Alert, AlertUpdate, UpdateKind
    from monitor.model import Article, Claim, Entity, Fact, LedgerEntry, Rule
    from monitor.ports import Known


@dataclass(kw_only=True)
class Judge:
    """Goes through an article's ledger entries in their order and gathers what people are told."""

    article: Article
    outlet: str
    at: datetime
    """The article's clock, UTC."""
    rules: tuple[Rule, ...]
    entities: Mapping[str, Entity]
    known: Known
    max_age: timedelta
    copied: str | None
    """Outlet whose text the article repeats."""
    facts: dict[str, Fact]
    """Facts opened or touched by the article; alert, rule and waiting are filled in here."""
    alerts: list[Alert] = field(default_factory=list)
    updates: list[AlertUpdate] = field(default_factory=list)

    def finding(self, entry: LedgerEntry) -> Finding:
        """What becomes of one entry on its way to people."""
        rule = caring(self.rules, entry.claim, self.entities)
        verdict, alert = self._verdict(entry, rule)
        return Finding(
            claim=entry.claim,
            change=entry.change,
            reason=entry.reason,
            fact=entry.fact.key,
            opens=entry.opens,
            independent=entry.independent,
            rule=rule.name if rule else None,
            alert=alert,
            verdict=verdict,
        )

    def withdrawn(self, claim: Claim, key: str, reason: str) -> Withdrawn:
        """What becomes of a figure that an edit took back without giving another: told in the thread of its alert."""
        fact = self.facts[key]
        rule = caring(self.rules, claim, self.entities)
        verdict, alert = self._take_back(claim, fact, rule, reason)
        return Withdrawn(fact=key, claim=claim, reason=reason, verdict=verdict, alert=alert)

    def _take_back(self, claim: Claim, fact: Fact, rule: Rule | None, reason: str) -> tuple[str, str | None]:
        if fact.state != "corrected":
            return self._leave(claim, fact, rule, reason)
        if fact.alert is None:
            return "recorded, not alerted: nor was the figure", None
        if rule is None:
            return f"no rule asks for {claim.metric}", None
        if "corrected" not in (rule.changes or NEWS):
            return f"rule {rule.name} does not ask for corrected", None
        alert = withdrawal_of(
            claim,
            fact,
            rule,
            reason=reason,
            article=self.article,
            source=source_of(self.article, self.outlet, self.at, official=False),
            at=self.at,
            entities=self.entities,
        )
        if self.known.alerted(alert.key):
            return f"alerted before as {alert.key}", alert.key
        self.alerts.append(alert)
        return f"alerted as {alert.key} by rule {rule.name}", alert.key

    def _leave(self, claim: Claim, fact: Fact, rule: Rule | None, reason: str) -> tuple[str, str | None]:
        """The outlet takes back what others tell: the alert stands without it."""
        if fact.alert is not None:
            source = source_of(self.article, self.outlet, self.at, official=False)
            self.updates.append(
                source_withdrawn(
                    claim, fact, rule, reason=reason, article=self.article, source=source, at=self.at,
                    entities=self.entities,
                )
            )  # fmt: skip
        return f"the source leaves the list; {fact.outlets[0]} tells it still", fact.alert

    def _verdict(self, entry: LedgerEntry, rule: Rule | None) -> tuple[str, str | None]:
        """The words for `why`, and the key of the alert raised or joined."""
        joined = self._joins(entry)
        if joined is not None:
            return joined
        entry = self._awaited(entry)
        if not self._is_news(entry):
            return self._quietly(entry)
        if rule is None:
            return f"no rule asks for {entry.claim.metric}", None
        held = self._held(entry, rule)
        if held is not None:
            return held, None
        return self._raise(entry, rule)

    def _fact(self, entry: LedgerEntry) -> Fact:
        return self.facts.get(entry.fact.key, entry.fact)

    def _is_news(self, entry: LedgerEntry) -> bool:
        if entry.change not in NEWS or self._fact(entry).alert is not None:
            return False
        if entry.change == "confirmed":
            return entry.moved or entry.released
        if entry.change == "corrected" and entry.against is not None and entry.against.alert is not None:
            return True
        return entry.opens or entry.released

    def _awaited(self, entry: LedgerEntry) -> LedgerEntry:
        """What a fact waited for, a further source or a name: its change is then the one of the first telling."""
        fact = self._fact(entry)
        come = {"sources": entry.independent, "name": entry.claim.of is not None}
        return replace(entry, change=fact.change, released=True) if come.get(fact.waiting or "") else entry

    def _joins(self, entry: LedgerEntry) -> tuple[str, str] | None:
        """A standing alert that the entry updates."""
        kinds: dict[str, UpdateKind] = {"official": "official", "corroborated": "source", "confirmed": "source"}
        fact = self._fact(entry)
        if entry.change == "conflict":
            standing = entry.against.alert if entry.against else None
            return self._update(entry, standing, "disputed", entry.against) if standing else None
        if fact.alert is None or entry.opens or entry.released:
            return None
        if entry.change == "corrected":
            return self._update(entry, fact.alert, "corrected", entry.against)
        if entry.change in kinds:
            return self._update(entry, fact.alert, kinds[entry.change], None)
        if entry.change == "background" and self.outlet in fact.listed and entry.against is not None:
            return self._copy(entry, fact.alert)
        return None

    def _update(self, entry: LedgerEntry, alert: str, kind: UpdateKind, against: Fact | None) -> tuple[str, str]:
        update = update_of(
            entry,
            alert,
            kind,
            article=self.article,
            outlet=self.outlet,
            at=self.at,
            against=against,
            rule=caring(self.rules, entry.claim, self.entities),
            copied=self.copied,
            entities=self.entities,
        )
        if all(known.key != update.key for known in self.updates):
            self.updates.append(update)
        return f"joined alert {alert} as {kind}", alert

    def _copy(self, entry: LedgerEntry, alert: str) -> tuple[str, str] | None:
        """A copy is listed silently, once an outlet."""
        listed_before = entry.against is not None and self.outlet in (*entry.against.listed, *entry.against.outlets)
        if self.copied is None or listed_before:
            return None
        self._update(entry, alert, "copy", None)
        return f"a copy: listed with alert {alert}", alert

    def _quietly(self, entry: LedgerEntry) -> tuple[str, str | None]:
        fact = self._fact(entry)
        if entry.change in {"new", "record"} and fact.alert in {alert.key for alert in self.alerts}:
            return f"part of alert {fact.alert}", fact.alert
        if entry.change == "suspect":
            return "held for review until a second independent source or a person releases it", None
        if fact.alert is not None:
            return f"known: alert {fact.alert} stands", fact.alert
        return "recorded, not alerted", None

    def _held(self, entry: LedgerEntry, rule: Rule) -> str | None:
        """Why the rule holds the news back, in words; a fact that waits for sources is marked so."""
        refused = refusal(rule, entry.claim, entry.change, entry.against if entry.opens else None)
        if refused is not None:
            return refused
        if self.article.garbled:
            return "the text came garbled: no alert rests on it"
        if old := self._too_old(rule):
            return old
        fact = self._fact(entry)
        if nameless(entry.claim, fact, self.article.language):
            self.facts[fact.key] = replace(fact, waiting="name", rule=rule.name)
            return "names nobody who is taken over; alerted when somebody does"
        if len(fact.outlets) < rule.sources:
            self.facts[fact.key] = replace(fact, waiting="sources", rule=rule.name)
            return f"{len(fact.outlets)} of {rule.sources} independent sources that rule {rule.name} asks for"
        return None

    def _hold(self, rule: Rule, fact: Fact) -> str | None:
        """Why the alert waits for the next digest: its subject has been alerted a short while ago."""
        last = self.known.last_alert(rule.name, fact.actor) if rule.quiet is not None else None
        if rule.quiet is None or last is None or self.at - last >= rule.quiet:
            return None
        return f"rule {rule.name} is quiet on {fact.actor} since {last:%d %B %H:%M}"

    def _too_old(self, rule: Rule) -> str | None:
        if self.article.published is None:
            return "undated in a first fetch" if self.article.batch is not None else None
        age = (self.article.seen or self.at) - self.article.published
        limit = rule.max_age or self.max_age
        return f"{_hours(age)} old when first seen; alerts end at {_hours(limit)}" if age > limit else None

    def _raise(self, entry: LedgerEntry, rule: Rule) -> tuple[str, str | None]:
        fact = self._fact(entry)
        thread = None
        if entry.change in {"corrected", "denied", "confirmed"} and entry.against is not None:
            thread = entry.against.alert
        alert = alert_of(
            entry,
            rule,
            fact=fact,
            thread=thread,
            article=self.article,
            source=source_of(self.article, self.outlet, self.at, official=fact.official),
            at=self.at,
            entities=self.entities,
            hold=self._hold(rule, fact) if thread is None else None,
        )
        self.facts[fact.key] = replace(fact, alert=alert.key, rule=rule.name, waiting=None)
        if self.known.alerted(alert.key):
            return f"alerted before as {alert.key}", alert.key
        self.alerts.append(alert)
        if alert.hold is not None:
            return f"held for the next digest as {alert.key}: {alert.hold}", alert.key
        return f"alerted as {alert.key} by rule {rule.name}", alert.key


def _hours(span: timedelta) -> str:
    return f"{span.total_seconds() / 3600:.0f} h"
