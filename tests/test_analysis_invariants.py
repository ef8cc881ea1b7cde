"""Whatever is told: one change a claim, one alert a milestone, nothing anew when all is told again."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.analysis import analyse
from monitor.model import Change, Claim, Status
from monitor.replay import events
from tests.fakes.newsroom import Newsroom

SENTENCES = (
    "Alibaba has shipped more than 100,000 Zhenwu 810E cards.",
    "Nvidia takes a $5 billion stake in Intel.",
    "The US Commerce Department has granted licences for the H20.",
    "Micron earned more than ever, and Broadcom did not.",
)
METRICS = {
    "shipments": "units", "orders": "units", "deployment": "units", "revenue": "USD", "deal": "USD", "funding": "USD",
    "price": "USD", "market_share": "percent", "export_control": "", "launch": "", "ipo": "",
}  # fmt: skip


@st.composite
def claims(draw):
    metric = draw(st.sampled_from(sorted(METRICS)))
    unit = METRICS[metric]
    value = (
        draw(st.sampled_from([7, 15, 100, 100_000, 102_000, 110_000, 1e6, 1e9, 5e9, 5.03e9, 1e12])) if unit else None
    )
    return Claim(
        metric=metric,
        unit=unit,
        value=value,
        bound=draw(st.sampled_from(["exact", "at_least", "about"])) if unit else "exact",
        subject=draw(st.sampled_from(["alibaba", "nvidia", "intel", "micron", "us-commerce", None])),
        product=draw(st.sampled_from([None, None, "zhenwu-810e", "nvidia-h20"])),
        product_name=draw(st.sampled_from([None, None, "Xeon 7"])),
        of=draw(st.sampled_from([None, None, "intel", "nvidia", "Rivos"])),
        status=draw(st.sampled_from(get_args(Status))),
        period=draw(st.sampled_from([None, "2025", "2025-Q4", "2026-Q1", "FY2026-Q2", "cumulative", "2026-03-01"])),
        act=draw(st.sampled_from([None, "granted", "tightened", "filed", "approved"])),
        voice=draw(st.sampled_from(["record", "subject", "named", "unnamed"])),
        told=draw(st.sampled_from(["news", "passing", "history"])),
        corrects=draw(st.sampled_from([None, None, None, 100_000, 1e9])),
        evidence=draw(st.sampled_from(SENTENCES)),
    )


ARTICLES = st.lists(
    st.tuples(
        st.lists(claims(), max_size=4),
        st.integers(0, 700),
        st.sampled_from(["Wire A", "Wire B", "Feedhub", "Street"]),
        st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(ARTICLES)
def test_one_change_a_claim_and_one_alert_a_milestone(articles):
    room = Newsroom()
    found = [
        room.publish(sentences[0], " ".join(sentences), *told, hours=hours, outlet=outlet)
        for told, hours, outlet, sentences in sorted(articles, key=lambda row: row[1])
    ]
    for findings, (told, *_) in zip(found, sorted(articles, key=lambda row: row[1]), strict=True):
        assert len(findings.findings) == len(told)
        assert all(f.change in get_args(Change) and f.reason and f.verdict for f in findings.findings)
        assert {f.fact for f in findings.findings} <= {fact.key for fact in findings.facts}
        assert findings.placing is not None
        for update in findings.updates:
            assert room.news.alerted(update.alert)
    keys = Counter(alert.key for findings in found for alert in findings.alerts)
    assert set(keys.values()) <= {1}
    roots = Counter(fact.alert for fact in room.news.facts.values() if fact.alert)
    assert set(roots.values()) <= {1}
    assert set(roots) == set(keys)
    threads = [alert.thread for findings in found for alert in findings.alerts if alert.thread]
    assert set(threads) <= set(keys)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(ARTICLES)
def test_told_again_nothing_is_news(articles):
    room = Newsroom()
    found = [
        room.publish(sentences[0], " ".join(sentences), *told, hours=hours, outlet=outlet)
        for told, hours, outlet, sentences in sorted(articles, key=lambda row: row[1])
    ]
    last = found[-1]
    again = analyse(last.article, room.desk, room.news)
    assert again.alerts == ()
    assert again.placing is not None
    assert room.story(last) == again.placing.story
    assert all(event["event"] in {"story", "alert", "update"} for event in events(again, room.news))
