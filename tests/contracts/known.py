"""What every `NewsStore` promises. A test module runs each of `CHECKS` on an empty store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from alerts.model import Alert
from monitor.model import (
    Article,
    Claim,
    Fact,
    Finding,
    Findings,
    Mention,
    Merge,
    Placing,
    Reading,
    Sketch,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.ports import NewsStore

T0 = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
READING = Reading(mentions=(Mention(entity="nvidia", text="Nvidia", field="title", start=0, end=6),))


def article(id_: str, hours: float = 0, **more: object) -> Article:
    at = T0 + hours * HOUR
    base = Article(
        id=id_, title=f"Nvidia {id_}", text="words", published=at, seen=at, outlet="Wire A", url=f"https://a.test/{id_}"
    )
    return replace(base, **more)  # type: ignore[arg-type]


def fact(key: str, hours: float = 0, **more: object) -> Fact:
    at = T0 + hours * HOUR
    base = Fact(
        key=key, metric="shipments", unit="units", actor="nvidia", subject="nvidia", value=100.0, keys=("nvidia",),
        opened=at, told=at, article="a", outlet="Wire A", change="new", outlets=("Wire A",), evidence="it shipped 100",
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


def sketch(story: str, hours: float = 0, **more: object) -> Sketch:
    at = T0 + hours * HOUR
    base = Sketch(story=story, opened=at, told=at, title=story, terms={"e:nvidia": 1}, feeds=frozenset({"Wire A"}))
    return replace(base, **more)  # type: ignore[arg-type]


def placing(story: str, hours: float = 0, **more: object) -> Placing:
    base = Placing(story=story, role="first", reason="new", sketch=sketch(story, hours), keys=("e:nvidia",))
    return replace(base, **more)  # type: ignore[arg-type]


def findings(item: Article, **more: object) -> Findings:
    hours = ((item.published or T0) - T0) / HOUR
    base = Findings(article=item, reading=READING, placing=placing(f"s-{item.id}", hours))
    return replace(base, **more)  # type: ignore[arg-type]


def facts_come_back_whole(store: NewsStore) -> None:
    told = fact(
        "k1", products=("nvidia-h20", "nvidia-h200"), value_max=120.5, bound="range", period="2026-Q1", of="tencent",
        cites=("Wire B",), listed=("Wire C",), official=True, disputed=True, alert="k1:new", rule="shipments",
        dated=T0.date(), state="held", waiting="suspect", story="s-a", act="granted", voice="unnamed",
    )  # fmt: skip
    store.record(findings(article("a"), facts=(told,)))
    assert store.fact("k1") == told
    assert store.fact("k2") is None


def facts_are_replaced_by_key(store: NewsStore) -> None:
    store.record(findings(article("a"), facts=(fact("k1"),)))
    later = fact("k1", 2, outlets=("Wire A", "Wire B"), keys=("nvidia", "nvidia-h20"))
    store.record(findings(article("b", 2), facts=(later,)))
    assert store.fact("k1") == later
    assert list(store.recent("shipments", "units", "nvidia", limit=5)) == [later]
    assert list(store.recent("shipments", "units", "nvidia-h20", limit=5)) == [later]


def facts_are_found_by_key_metric_and_unit(store: NewsStore) -> None:
    here, other, money = fact("k1"), fact("k2", actor="amd", keys=("amd",)), fact("k3", unit="USD")
    store.record(findings(article("a"), facts=(here, other, money)))
    assert list(store.recent("shipments", "units", "nvidia", limit=5)) == [here]
    assert list(store.recent("shipments", "units", "amd", limit=5)) == [other]
    assert list(store.recent("orders", "units", "nvidia", limit=5)) == []


def facts_come_last_told_first(store: NewsStore) -> None:
    told = [fact(f"k{n}", n, value=n) for n in range(5)]
    store.record(findings(article("a", 5), facts=tuple(told)))
    assert [f.key for f in store.recent("shipments", "units", "nvidia", limit=3)] == ["k4", "k3", "k2"]


def alike_asks_for_a_range_of_values(store: NewsStore) -> None:
    told = [fact(f"k{n}", n, value=float(n * 10)) for n in range(1, 6)]
    store.record(findings(article("a", 5), facts=(*told, fact("event", value=None))))
    found = store.alike("shipments", "units", "nvidia", 20, 40, limit=9)
    assert [f.key for f in found] == ["k4", "k3", "k2"]
    assert len(store.alike("shipments", "units", "nvidia", 20, 40, limit=2)) == 2


def highest_leaves_out_what_has_no_value(store: NewsStore) -> None:
    told = (fact("k1", 1, value=5), fact("k2", 2, value=9), fact("k3", 3, value=None), fact("k4", 4, value=-3))
    store.record(findings(article("a", 4), facts=told))
    assert [f.key for f in store.highest("shipments", "units", "nvidia", limit=5)] == ["k2", "k1", "k4"]
    assert [f.key for f in store.highest("shipments", "units", "nvidia", limit=1)] == ["k2"]


def what_an_article_told_is_remembered(store: NewsStore) -> None:
    claim = Claim(
        metric="shipments", subject="nvidia", value=1e12, value_max=None, unit="units", evidence="it shipped",
        field="title", figure=(3, 8), dated=T0.date(), corrects=5, cites="Wire B",
    )  # fmt: skip
    finding = Finding(claim=claim, change="new", reason="the first", fact="k1", opens=True, verdict="alerted")
    store.record(findings(article("a"), findings=(finding,), facts=(fact("k1"),)))
    assert tuple(store.told_by("a")) == (finding,)
    assert tuple(store.told_by("b")) == ()


def told(fact_key: str) -> Finding:
    return Finding(claim=Claim(metric="shipments", evidence="it shipped"), change="new", reason="", fact=fact_key)


def words_and_tellers_are_those_of_the_last_version(store: NewsStore) -> None:
    store.record(findings(article("a"), findings=(told("k1"),), facts=(fact("k1"),)))
    store.record(findings(article("b", 1, outlet="Wire B"), findings=(told("k1"),)))
    assert store.words_of("a") == ("Nvidia a", "words")
    assert sorted(store.tellers("k1")) == [("a", "Wire A"), ("b", "Wire B")]
    store.record(findings(article("a", 2, version=2, text="others")))
    assert store.words_of("a") == ("Nvidia a", "others")
    assert list(store.tellers("k1")) == [("b", "Wire B")]
    assert store.words_of("c") is None


def copies_are_counted_by_shared_shingles(store: NewsStore) -> None:
    store.record(findings(article("a"), placing=placing("s1", shingles=(1, 2, 3, 4))))
    store.record(findings(article("b", 1, outlet="Wire B"), placing=placing("s2", 1, shingles=(3, 4, 5))))
    store.record(findings(article("c", 2), placing=placing("s3", 2, shingles=(7, 8))))
    found = store.copies((2, 3, 4, (1 << 63) - 1), T0 - HOUR, limit=5)
    assert [(n.article, n.story, n.outlet, n.shared, n.total) for n in found] == [
        ("a", "s1", "Wire A", 3, 4),
        ("b", "s2", "Wire B", 2, 3),
    ]
    assert found[0].url == "https://a.test/a"
    assert found[0].published == T0
    assert [n.article for n in store.copies((2, 3, 4), T0 + HOUR / 2, limit=5)] == ["b"]
    assert [n.article for n in store.copies((2, 3, 4), T0 - HOUR, limit=1)] == ["a"]


def equal_copies_come_earliest_first(store: NewsStore) -> None:
    for number, id_ in enumerate(("z", "y", "x")):
        store.record(findings(article(id_, number), placing=placing(f"s-{id_}", number, shingles=(1, 2))))
    assert [n.article for n in store.copies((1, 2), T0 - HOUR, limit=5)] == ["z", "y", "x"]


def stories_are_found_by_shared_keys(store: NewsStore) -> None:
    store.record(findings(article("a"), placing=placing("s1", keys=("e:nvidia", "n:5"))))
    store.record(findings(article("b", 1), placing=placing("s2", 1, keys=("e:nvidia",))))
    store.record(findings(article("c", 2), placing=placing("s3", 2, keys=("e:amd",))))
    found = store.stories(("e:nvidia", "n:5"), T0 - HOUR, limit=5)
    assert list(found) == [sketch("s1"), sketch("s2", 1)]
    assert [s.story for s in store.stories(("e:nvidia",), T0 - HOUR, limit=5)] == ["s2", "s1"]
    assert [s.story for s in store.stories(("e:nvidia",), T0 + HOUR / 2, limit=5)] == ["s2"]
    assert [s.story for s in store.stories(("e:nvidia",), T0 - HOUR, limit=1)] == ["s2"]
    assert dict(store.common(("e:nvidia", "e:amd", "e:tsmc"), T0 - HOUR)) == {"e:nvidia": 2, "e:amd": 1}
    assert dict(store.common(("e:nvidia",), T0 + HOUR / 2)) == {"e:nvidia": 1}


def a_story_stands_as_last_told(store: NewsStore) -> None:
    store.record(findings(article("a"), placing=placing("s1")))
    grown = sketch(
        "s1", 3, opened=T0, articles=2, terms={"e:nvidia": 2, "n:5": 1}, alerted=("words",), languages=frozenset({"zh"})
    )
    report = placing("s1", 3, role="report", sketch=grown, keys=("n:5",))
    store.record(findings(article("b", 3), placing=report))
    assert store.sketch("s1") == grown
    assert store.sketch("s9") is None
    assert [s.story for s in store.stories(("n:5",), T0 + 2 * HOUR, limit=5)] == ["s1"]
    assert [s.story for s in store.stories(("e:nvidia",), T0 + 2 * HOUR, limit=5)] == ["s1"]
    assert list(store.members("s1")) == [("a", "first"), ("b", "report")]
    assert (store.placed("a"), store.placed("b"), store.placed("c")) == ("s1", "s1", None)


def merged_stories_answer_as_one(store: NewsStore) -> None:
    store.record(findings(article("a"), placing=placing("s1", keys=("e:nvidia",), shingles=(1, 2))))
    store.record(findings(article("b", 1), placing=placing("s2", 1, keys=("e:amd",), shingles=(3, 4))))
    both = sketch("s1", 2, opened=T0, articles=3)
    merge = Merge(story="s2", into="s1", reason="one event")
    bridge = placing("s1", 2, role="report", sketch=both, merges=(merge,), keys=("e:nvidia",))
    store.record(findings(article("c", 2), placing=bridge))
    assert store.sketch("s2") == both
    assert store.placed("b") == "s1"
    assert [s.story for s in store.stories(("e:amd",), T0, limit=5)] == ["s1"]
    assert store.copies((3, 4), T0, limit=1)[0].story == "s1"
    assert {member for member, _ in store.members("s1")} == {"a", "b", "c"}
    further = Merge(story="s1", into="s0", reason="again")
    last = placing("s0", 3, sketch=sketch("s0", 3, articles=4), merges=(further,))
    store.record(findings(article("d", 3), placing=last))
    assert (store.placed("a"), store.placed("b")) == ("s0", "s0")


def a_new_version_replaces_what_was_said(store: NewsStore) -> None:
    store.record(findings(article("a"), placing=placing("s1", shingles=(1, 2))))
    again = placing("s1", 1, role="report", shingles=(3, 4))
    store.record(findings(article("a", 1, version=2), placing=again))
    assert list(store.members("s1")) == [("a", "report")]
    assert store.copies((3, 4), T0 - HOUR, limit=5)[0].article == "a"


def alerts_are_known_by_key(store: NewsStore) -> None:
    root = Alert(
        key="k1:new", created=T0, severity="high", rule="shipments", change="new", reason="the first", title="t",
        evidence="e", article="a", payload={"milestone": None},
    )  # fmt: skip
    thread = replace(root, key="k1:denied", thread="k1:new", created=T0 + HOUR, change="denied")
    store.record(findings(article("a"), facts=(fact("k1", alert="k1:new"),), alerts=(root,)))
    store.record(findings(article("b", 1), facts=(fact("k2", 1, alert="k1:denied"),), alerts=(thread,)))
    assert store.alerted("k1:new")
    assert store.alerted("k1:denied")
    assert not store.alerted("k2:new")
    assert store.last_alert("shipments", "nvidia") == T0
    assert store.last_alert("shipments", "amd") is None
    assert store.last_alert("orders", "nvidia") is None


def what_did_not_match_is_kept_apart(store: NewsStore) -> None:
    store.record(Findings(article=article("a"), reading=Reading(mentions=())))
    assert store.placed("a") is None
    assert tuple(store.told_by("a")) == ()


def a_key_of_many_stories_answers_with_the_latest(store: NewsStore) -> None:
    for number in range(70):
        store.record(findings(article(f"a{number}", number), placing=placing(f"s{number}", number, shingles=(1,))))
    assert store.common(("e:nvidia",), T0 - HOUR) == {"e:nvidia": 64}
    found = [s.story for s in store.stories(("e:nvidia",), T0 - HOUR, limit=100)]
    assert found[:64] == [f"s{number}" for number in range(69, 5, -1)]
    assert {f"a{number}" for number in range(6, 70)} <= {n.article for n in store.copies((1,), T0 - HOUR, limit=100)}


CHECKS: tuple[Callable[[NewsStore], None], ...] = (
    facts_come_back_whole,
    facts_are_replaced_by_key,
    facts_are_found_by_key_metric_and_unit,
    facts_come_last_told_first,
    alike_asks_for_a_range_of_values,
    highest_leaves_out_what_has_no_value,
    what_an_article_told_is_remembered,
    words_and_tellers_are_those_of_the_last_version,
    copies_are_counted_by_shared_shingles,
    equal_copies_come_earliest_first,
    stories_are_found_by_shared_keys,
    a_story_stands_as_last_told,
    merged_stories_answer_as_one,
    a_new_version_replaces_what_was_said,
    alerts_are_known_by_key,
    what_did_not_match_is_kept_apart,
    a_key_of_many_stories_answers_with_the_latest,
)
