"""One event at a time as the press of several languages tells, retells, corrects and recalls it, through the line.

`corpus/twists.yaml` holds the articles: what each must alert, and to which story it belongs.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from monitor import claims
from monitor.analysis import Desk
from monitor.mentions import shipped
from monitor.model import Article
from monitor.replay import replay
from monitor.rules import default_rules
from tests.fakes.known import MemoryNews

if TYPE_CHECKING:
    from collections.abc import Iterator

T0 = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
CASES: dict[str, list[list[Any]]] = yaml.safe_load(
    (Path(__file__).parent / "corpus" / "twists.yaml").read_text("utf-8")
)


@pytest.fixture(scope="module")
def desk() -> Desk:
    watched = shipped()
    return Desk(watched, claims.extract, watched.entities, default_rules())


def articles(rows: list[list[Any]]) -> Iterator[Article]:
    for number, (hours, outlet, language, _, _, title, text) in enumerate(rows):
        at = T0 + timedelta(hours=hours)
        url = f"https://outlet-{sum(map(ord, outlet))}.example/{number}"
        yield Article(
            id=str(number), title=title, text=text, language=language, published=at, seen=at, outlet=outlet, url=url
        )


def alerted(milestone: dict[str, Any]) -> str:
    value = milestone["value"]
    return milestone["metric"] if value is None else f"{milestone['metric']} {value:.15g}"


@pytest.mark.parametrize("name", CASES)
def test_each_fact_is_alerted_once_and_each_event_is_one_story(name: str, desk: Desk) -> None:
    rows = CASES[name]
    told: dict[str, list[str]] = {}
    found: dict[str, str] = {}
    for findings, events in replay(articles(rows), desk, MemoryNews()):
        told[findings.article.id] = sorted(alerted(e["milestone"]) for e in events if e["event"] == "alert")
        found |= {event["article"]: event["story"] for event in events if event["event"] == "story"}
    assert told == {str(number): sorted(row[4]) for number, row in enumerate(rows)}
    groups: dict[str, set[str]] = defaultdict(set)
    for number, row in enumerate(rows):
        if row[3] != "-" and str(number) in found:
            groups[row[3]].add(found[str(number)])
    assert {story: len(ids) for story, ids in groups.items()} == dict.fromkeys(groups, 1)
    assert len(set().union(*groups.values())) == len(groups)
