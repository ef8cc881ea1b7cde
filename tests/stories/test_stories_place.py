"""Which articles report one event: copies, facts, likeness; and which stand alone."""

from __future__ import annotations

from monitor.model import Claim
from tests.fakes.newsroom import Newsroom, claim

BODY = (
    "Alibaba has shipped more than 100,000 Zhenwu 810E accelerators since the spring, two people who have seen the "
    "order book said on Monday. Most of the cards went to state carriers, and the rest to a bank in Hangzhou."
)


def shipped(value=100_000, evidence="as told", **fields):
    return claim("shipments", value, evidence, subject="alibaba", product="zhenwu-810e", **fields)


def money(metric, value, title, **fields):
    return Claim(metric=metric, value=value, unit="USD", evidence=title, field="title", **fields)


def test_a_copy_under_another_title_joins_its_original():
    room = Newsroom()
    first = room.publish("Alibaba ships 100,000", BODY)
    copy = room.publish("Chip cards in numbers", "(Wire A) " + BODY, hours=1, outlet="Feedhub")
    assert copy.placing is not None
    assert (copy.placing.role, copy.placing.copy_of) == ("copy", first.article.id)
    assert room.story(copy) == room.story(first)


def test_a_truncated_copy_and_an_update_at_the_same_address_are_copies():
    room = Newsroom()
    first = room.publish("Alibaba ships 100,000", BODY, url="https://a.test/x")
    cut = room.publish("Alibaba ships cards", BODY[:120] + "...", hours=1, outlet="Ticker")
    update = room.publish("Updated: Alibaba ships 100,000", BODY + " More soon.", hours=2, url="https://a.test/x?ref=1")
    assert {room.story(f) for f in (cut, update)} == {room.story(first)}
    assert {f.placing.role for f in (cut, update) if f.placing} == {"copy"}


def test_one_template_within_one_outlet_makes_no_copies():
    room = Newsroom()
    text = (
        "The shares of {} were suspended on Monday pending an announcement, the exchange said in a notice to members."
    )
    first = room.publish("Notice", text.format("Cambricon"))
    second = room.publish("Notice", text.format("Micron"), hours=1)
    assert room.story(first) != room.story(second)


def test_one_title_is_not_one_story():
    room = Newsroom()
    first = room.publish("Chips today: live updates", "Good morning. Nvidia opens higher, and rain falls in Taipei.")
    second = room.publish(
        "Chips today: live updates", "Good morning. Micron's board meets, Intel has a new logo.", hours=30
    )
    assert room.story(first) != room.story(second)


def test_the_fact_joins_outlets_and_languages():
    room = Newsroom()
    first = room.publish("Alibaba's cards", "Alibaba has shipped 100,000 cards.", shipped())
    report = room.publish("真武出货十万", "阿里巴巴芯片", shipped(), hours=5, outlet="快讯", language="zh")
    assert room.story(report) == room.story(first)
    assert report.placing is not None
    assert report.placing.role == "report"


def test_a_denial_and_a_correction_stay_in_the_story():
    room = Newsroom()
    first = room.publish("Alibaba's cards", "Alibaba has shipped 100,000.", shipped())
    denial = room.publish(
        "Alibaba says no", "It is false.", shipped(status="denied", voice="subject"), hours=20, outlet="Wire B"
    )
    assert room.story(denial) == room.story(first)


def test_an_error_by_a_decimal_point_stays_and_a_rival_count_stands_alone():
    room = Newsroom()
    first = room.publish("Alibaba's cards", "Alibaba has shipped 100,000.", shipped())
    slip = room.publish("Alibaba: 10,000 cards", "Alibaba has shipped 10,000.", shipped(10_000), hours=2, outlet="B")
    rival = room.publish("Broker counts 69,000", "Alibaba shipped 69,000.", shipped(69_000), hours=3, outlet="C")
    assert room.story(slip) == room.story(first)
    assert room.story(rival) != room.story(first)


def test_a_slip_within_the_first_hour_stays_in_the_story():
    room = Newsroom()
    first = room.publish("Alibaba ships 100,000 cards", "Buyers in Hangzhou got the cards early.", shipped())
    slip = room.publish("Alibaba ships 80,000 cards", "Hangzhou buyers have their cards.", shipped(80_000), outlet="B")
    assert room.story(slip) == room.story(first)


def test_a_first_fact_of_somebody_else_opens_a_story():
    room = Newsroom()
    plan = claim("production", 450_000, "as told", subject="alibaba", product="zhenwu-810e", status="planned")
    first = room.publish("Alibaba schedules Zhenwu 810E cards", "Alibaba wants to make the cards this year.", plan)
    bought = claim("orders", 40_000, "as told", subject="deepseek", product="zhenwu-810e")
    order = room.publish(
        "DeepSeek wants Alibaba cards", "Zhenwu 810E cards come this year.", bought, hours=1, outlet="B"
    )
    assert room.story(order) != room.story(first)


def test_a_later_step_stands_alone():
    room = Newsroom()
    plan = shipped(status="planned")
    first = room.publish("Alibaba plans", "Alibaba will ship 100,000.", plan)
    done = room.publish("100,000 by Alibaba", "Alibaba has shipped them.", shipped(), hours=24 * 13, outlet="Wire B")
    assert [finding.change for finding in done.findings] == ["confirmed"]
    assert room.story(done) != room.story(first)


def test_a_round_up_stands_alone():
    room = Newsroom()
    titles = {
        "nvidia": "Nvidia buys for $5 billion",
        "micron": "Micron sells for $11 billion",
        "cambricon": "Cambricon raises $2 billion",
    }
    claims = {
        "nvidia": money("deal", 5e9, titles["nvidia"], subject="nvidia"),
        "micron": money("revenue", 11e9, titles["micron"], subject="micron"),
        "cambricon": money("funding", 2e9, titles["cambricon"], subject="cambricon"),
    }
    firsts = [room.publish(titles[id_], "", claims[id_], hours=n) for n, id_ in enumerate(titles)]
    told = [Claim(**{**_fields(c), "evidence": "The week", "field": "text"}) for c in claims.values()]
    week = room.publish("The week", "Nvidia, Micron, Cambricon.", *told, hours=30, outlet="Letters")
    assert room.story(week) not in {room.story(f) for f in firsts}


def _fields(told):
    return {name: getattr(told, name) for name in ("metric", "value", "unit", "subject", "evidence")}


def test_an_old_fact_in_an_explainer_weeks_later_stands_alone():
    room = Newsroom()
    first = room.publish("Alibaba's cards", "Alibaba has shipped 100,000.", shipped())
    later = room.publish("Inside Alibaba", "It has shipped 100,000.", shipped(told="passing"), hours=400, outlet="B")
    assert room.story(later) != room.story(first)


def test_without_claims_one_event_is_known_by_what_it_is_about():
    room = Newsroom()
    first = room.publish("Intel names new leader for servers", "The appointment takes effect in May.")
    zh = room.publish("英特尔任命新的服务器业务负责人", "任命将于五月生效。", hours=8, outlet="日志", language="zh")
    other = room.publish("Intel shares slip", "Traders spoke of tired hands.", hours=9, outlet="Street")
    assert room.story(zh) == room.story(first)
    assert room.story(other) != room.story(first)


def test_a_shared_figure_and_name_are_enough_within_days():
    room = Newsroom()
    first = room.publish("Nvidia invests $2 billion in a supplier", "The stake was bought on Monday.")
    report = room.publish("Why Nvidia spends $2bn", "A question of supply.", hours=20, outlet="Street")
    late = room.publish("Nvidia and its $2bn", "A look back at it.", hours=24 * 9, outlet="Letters")
    assert room.story(report) == room.story(first)
    assert room.story(late) != room.story(first)


def test_two_stories_of_one_event_merge_with_the_reason_kept():
    room = Newsroom()
    revenue = "Broadcom reports revenue of $16 billion"
    order = "Broadcom has an order of $10 billion"
    first = room.publish(revenue, "", money("revenue", 16e9, revenue, subject="broadcom"))
    second = room.publish(order, "", money("orders", 10e9, order, subject="broadcom"), hours=1, outlet="Street")
    assert room.story(first) != room.story(second)
    both = "Broadcom: revenue of $16 billion, order of $10 billion"
    bridge = room.publish(
        both,
        "",
        money("revenue", 16e9, both, subject="broadcom"),
        money("orders", 10e9, both, subject="broadcom"),
        hours=4,
        outlet="Wire C",
    )
    assert bridge.placing is not None
    assert len(bridge.placing.merges) == 1
    assert "headline" in bridge.placing.reason
    assert room.story(first) == room.story(second) == room.story(bridge)
    lines = [e for e in room.events if e["event"] == "story" and e["article"] == second.article.id]
    assert [line["story"] for line in lines][-1] == room.story(first)
    assert room.news.facts[second.findings[0].fact].story in {first.placing.story, second.placing.story}  # type: ignore[union-attr]


def test_a_live_page_joins_what_it_follows():
    room = Newsroom()
    live = room.publish("LIVE: Broadcom reports its quarter", "We will post the results as soon as they are out.")
    title = "Broadcom announces results for the third quarter"
    release = room.publish(title, "", money("revenue", 16e9, title, subject="broadcom"), hours=0.8, outlet="PR Line")
    assert room.story(release) == room.story(live)


def test_what_does_not_match_has_no_story():
    found = Newsroom().publish("Ferry timetable", "Two boats more from October.")
    assert found.placing is None
    assert not found.matched
    assert [line.outcome for line in found.trace] == ["unmatched"]


def test_a_sketch_stays_bounded():
    room = Newsroom()
    for number in range(40):
        text = " ".join(f"word{number}x{n}ing" for n in range(60))
        room.publish("Nvidia buys for $5 billion", text, money("deal", 5e9, "t", subject="nvidia"), outlet=f"W{number}")
    (sketch,) = {room.news.sketch(room.story(f) or "").story: None for f in room.news.findings.values()}  # type: ignore[union-attr]
    kept = room.news.sketch(sketch)
    assert kept is not None
    assert len(kept.terms) <= 128
    assert kept.articles == 40
