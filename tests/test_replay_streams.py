"""Weeks of invented news in five languages, through the whole line: every milestone once, on its first report.

`corpus/streams/NAME.jsonl` holds the articles, each with the story that it belongs to and the milestones it reports;
`NAME.json` the milestones, with further entities (`also`) under which outlets tell them.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from functools import cache
from math import isclose
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from monitor import claims
from monitor.analysis import Desk
from monitor.exchange import read_lines
from monitor.mentions import shipped
from monitor.replay import in_order, replay
from monitor.rules import default_rules
from tests.fakes.known import MemoryNews

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STREAMS = Path(__file__).parent / "corpus" / "streams"
Rows = tuple[dict[str, Any], ...]


@cache
def stream(name: str) -> tuple[Rows, Mapping[str, dict[str, Any]], Rows]:
    """The articles, their milestones, and the events that the line makes of them."""
    rows = tuple(json.loads(line) for line in (STREAMS / f"{name}.jsonl").read_text("utf-8").splitlines())
    milestones = json.loads((STREAMS / f"{name}.json").read_text("utf-8"))
    watched = shipped()
    desk = Desk(watched, claims.extract, watched.entities, default_rules())
    lines = [line.article for line in read_lines(str(STREAMS / f"{name}.jsonl"))]
    articles = in_order(article for article in lines if article is not None)
    events = tuple(event for _, told in replay(articles, desk, MemoryNews()) for event in told)
    return rows, milestones, events


def meant(claim: dict[str, Any], labels: Iterable[str], milestones: Mapping[str, dict[str, Any]]) -> str | None:
    """The milestone that an alert is about: of those that fit the one of its status, then one of its article."""
    fits = [name for name, milestone in milestones.items() if fit(claim, milestone)]
    return max(fits, key=lambda n: (milestones[n]["status"] == claim["status"], n in labels), default=None)


def fit(claim: dict[str, Any], milestone: dict[str, Any]) -> bool:
    ours = {milestone["subject"], milestone["product"], *milestone.get("also", [])}
    told = [claim[field] for field in ("subject", "product") if milestone[field] and claim[field]]
    return (
        (claim["metric"], claim["unit"]) == (milestone["metric"], milestone["unit"])
        and alike(claim["value"], milestone["value"])
        and (all(entity in ours for entity in told) if told else bool(ours & {claim["subject"], claim["product"]}))
    )


def alike(one: float | None, other: float | None) -> bool:
    return one is other if one is None or other is None else isclose(one, other, rel_tol=0.01)


@pytest.mark.parametrize("name", ["april", "june", "august"])
def test_every_milestone_is_alerted_once_and_nothing_else(name: str) -> None:
    rows, milestones, events = stream(name)
    labels = {row["id"]: row["milestones"] for row in rows}
    raised = [
        (meant(event["milestone"], labels[event["article"]], milestones), event)
        for event in events
        if event["event"] == "alert"
    ]
    assert [event["title"] for found, event in raised if found is None] == []
    assert Counter(found for found, _ in raised) == Counter(milestones.keys())


@pytest.mark.parametrize("name", ["april", "june", "august"])
def test_milestones_are_alerted_on_their_first_report(name: str) -> None:
    rows, milestones, events = stream(name)
    labels = {row["id"]: row["milestones"] for row in rows}
    first: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: row["published"]):
        for milestone in row["milestones"]:
            first.setdefault(milestone, row["id"])
    late = [
        event["title"]
        for event in events
        if event["event"] == "alert"
        if (found := meant(event["milestone"], labels[event["article"]], milestones))
        if first[found] != event["article"]
    ]
    assert len(late) <= 0.05 * len(milestones), late


@pytest.mark.parametrize("name", ["april", "june", "august"])
def test_articles_about_one_event_are_one_story(name: str) -> None:
    rows, _, events = stream(name)
    wanted = {row["id"]: row["story"] for row in rows if row["story"]}
    found = {event["article"]: event["story"] for event in events if event["event"] == "story"}
    both = wanted.keys() & found.keys()
    assert len(both) >= 0.97 * len(wanted)
    precision, recall = share(both, found, wanted), share(both, wanted, found)
    assert 2 * precision * recall / (precision + recall) >= 0.95, (precision, recall)


def share(articles: Iterable[str], by: Mapping[str, str], other: Mapping[str, str]) -> float:
    """B-cubed: of the articles that `by` puts together with each, the share that `other` does too; on average."""
    groups: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        groups[by[article]].add(article)
    shares = [sum(other[a] == other[b] for b in group) / len(group) for group in groups.values() for a in group]
    return sum(shares) / len(shares)
