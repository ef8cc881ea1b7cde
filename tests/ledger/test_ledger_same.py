"""The same fact, or another: value, entity, other party, period, time, status, act."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.ledger.teller import T0, Teller, claim, money, shipped


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(shipped(), shipped(), id="equal"),
        pytest.param(shipped(bound="at_least"), shipped(110_000, bound="about"), id="more than and about"),
        pytest.param(shipped(bound="at_least"), shipped(112_000), id="more than and within 15 percent"),
        pytest.param(shipped(100_500), shipped(100_000), id="exact within one percent"),
        pytest.param(shipped(bound="about"), shipped(104_000), id="about within five percent"),
        pytest.param(shipped(70_000, value_max=80_000, bound="range"), shipped(75_000), id="in the range"),
        pytest.param(shipped(), shipped(subject="t-head"), id="a unit counts as its parent"),
        pytest.param(shipped(), shipped(subject=None), id="the maker of a product is known"),
        pytest.param(shipped(), shipped(product=None), id="one side names no product"),
        pytest.param(shipped(), shipped(subject="tsmc"), id="equal products told of another actor"),
        pytest.param(shipped(period="cumulative"), shipped(), id="one side names no period"),
        pytest.param(shipped(period="2025"), shipped(period="2025-Q4"), id="a period within the other"),
        pytest.param(shipped(of="cambricon"), shipped(), id="one side names no other party"),
        pytest.param(
            claim("production", 600_000, subject="huawei", product="ascend"),
            claim("production", 600_000, subject="huawei", product="ascend-910c"),
            id="a product and its family",
        ),
        pytest.param(
            money("deal", 5e9, subject="nvidia", of="intel"),
            money("deal", 5e9, subject="intel", of="nvidia"),
            id="a deal from either side",
        ),
        pytest.param(
            money("revenue", 46.7e9, subject="nvidia", period="FY2026-Q2"),
            money("revenue", 46.7e9, subject="nvidia", period="2025-05/2025-07"),
            id="a fiscal quarter by its months",
        ),
        pytest.param(shipped(period="2025"), shipped(period="cumulative"), id="equal figures, another kind of period"),
        pytest.param(
            money("revenue", 46.7e9, subject="nvidia", period="FY2026-Q2"),
            money("revenue", 46.7e9, subject="nvidia", period="2025-07-27"),
            id="the day on which the period ended",
        ),
        pytest.param(
            money("profit", 2.0592e9, subject="cambricon", unit="CNY", period="2025"),
            money("profit", 2.059e9, subject="cambricon", unit="CNY", period="2026"),
            id="a long figure under the wrong year",
        ),
        pytest.param(
            claim("tape_out", None, subject="huawei", product="ascend-950", period="2026-02"),
            claim("tape_out", None, subject="huawei", period="2026-03-01"),
            id="an act is not told apart by its period",
        ),
        pytest.param(
            claim("orders", 13_000, subject="samsung", product="nvidia-h20"),
            claim("orders", 13_000, subject="nvidia", product="nvidia-h20"),
            id="an order told of the maker",
        ),
        pytest.param(
            claim("export_control", None, subject="us-commerce", product="nvidia-h20", act="granted"),
            claim("export_control", None, subject="us-government", product=None, act="eased"),
            id="a department and its government, the thing unnamed",
        ),
        pytest.param(
            claim("launch", None, subject="huawei", product_name="Atlas 350"),
            claim("launch", None, subject="huawei", product_name="昇腾 Atlas 350 加速卡"),
            id="a product off the lists by its number",
        ),
        pytest.param(
            claim("shipments", 5_000, subject="huawei", status="planned", period="2026"),
            claim("shipments", 5_000, subject="huawei", status="forecast", period="2026"),
            id="planned and forecast are one class",
        ),
    ],
)  # fmt: skip
def test_told_again_by_another_outlet(first, second):
    ledger = Teller()
    opened = ledger.one(first)
    again = ledger.one(second, days=1, outlet="Wire B")
    assert again.change == "corroborated", again.reason
    assert again.fact.key == opened.fact.key
    assert again.fact.outlets == ("Wire A", "Wire B")
    assert not again.opens


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(shipped(bound="at_least"), shipped(200_000), id="more than, and double"),
        pytest.param(shipped(), shipped(102_000), id="exact figures two percent apart"),
        pytest.param(shipped(), shipped(95_000, metric="production"), id="another metric"),
        pytest.param(shipped(), shipped(unit="USD", metric="shipments"), id="another unit"),
        pytest.param(shipped(), shipped(subject="cambricon", product=None), id="another actor"),
        pytest.param(
            claim(subject="huawei", product="ascend-910c"),
            claim(subject="huawei", product="ascend-950"),
            id="two products of one family",
        ),
        pytest.param(
            claim(subject="huawei", product_name="Atlas 350"),
            claim(subject="huawei", product_name="Atlas 900"),
            id="two names off the lists",
        ),
        pytest.param(
            claim("orders", 13_000, subject="alibaba", product="nvidia-h20"),
            claim("orders", 13_000, subject="tsmc", product="nvidia-h20"),
            id="orders of two buyers",
        ),
        pytest.param(
            shipped(265_000, period="2025"), shipped(265_000, period="2024"), id="the same figure for two years"
        ),
        pytest.param(shipped(period="2025"), shipped(108_000, period="cumulative"), id="a year and a total"),
        pytest.param(
            money("deal", 5e9, subject="nvidia", of="intel"),
            money("deal", 5e9, subject="nvidia", of="tsmc"),
            id="two parties",
        ),
        pytest.param(
            claim("export_control", None, subject="us-government", product="veu", of="samsung", act="revoked"),
            claim("export_control", None, subject="us-government", product="veu", of="tsmc", act="revoked"),
            id="one control, two targets",
        ),
        pytest.param(
            claim("export_control", None, subject="us-government", product="nvidia-h20", act="tightened"),
            claim("export_control", None, subject="us-government", product="nvidia-h200", act="lifted"),
            id="two things, two directions",
        ),
        pytest.param(
            claim("ipo", None, subject="cambricon", act="filed"),
            claim("ipo", None, subject="cambricon", act="approved"),
            id="a further step of a listing",
        ),
    ],
)  # fmt: skip
def test_another_fact(first, second):
    ledger = Teller()
    opened = ledger.one(first)
    other = ledger.one(second, days=1.5, outlet="Wire B")
    assert other.fact.key != opened.fact.key
    assert other.opens


def test_opposite_words_of_one_thing_are_one_act_for_a_day():
    tight = claim("export_control", None, subject="us-government", product="nvidia-h20", act="imposed")
    loose = replace(tight, act="granted")
    ledger = Teller()
    ledger.one(tight)
    assert ledger.one(loose, days=0.5, outlet="Wire B").change == "corroborated"
    ledger = Teller()
    ledger.one(tight)
    assert ledger.one(loose, days=2, outlet="Wire B").change == "new"


def test_a_later_telling_is_background_however_long_ago():
    ledger = Teller()
    opened = ledger.one(shipped())
    for days in (9, 60, 900):
        late = ledger.one(shipped(), days=days, outlet=f"Wire {days}")
        assert (late.change, late.fact.key) == ("background", opened.fact.key)


def test_an_act_dated_anew_after_a_week_is_a_new_act():
    ledger = Teller()
    granted = claim("export_control", None, subject="us-commerce", product="nvidia-h20", act="granted")
    first = ledger.one(granted)
    undated = ledger.one(granted, days=20, outlet="Wire B")
    assert undated.change == "background"
    dated = replace(granted, dated=(T0 + timedelta(days=39)).date())
    again = ledger.one(dated, days=40, outlet="Wire C")
    assert (again.change, again.opens) == ("new", True)
    assert again.fact.key != first.fact.key


def test_facts_of_equal_content_have_keys_of_their_own():
    ledger = Teller()
    granted = claim("export_control", None, subject="us-commerce", product="nvidia-h20", act="granted")
    first = ledger.one(granted)
    second = ledger.one(replace(granted, dated=(T0 + timedelta(days=30)).date()), days=30, outlet="Wire B")
    assert second.fact.key == first.fact.key + ".2"


def test_equal_sums_for_others_weeks_apart_are_two_deals():
    ledger = Teller()
    first = ledger.one(money("deal", 2e9, subject="nvidia", of="Nebius", status="planned"))
    other = ledger.one(money("deal", 2e9, subject="nvidia", of="intel"), days=20, outlet="Wire B")
    silent = ledger.one(money("deal", 2e9, subject="nvidia"), days=40, outlet="Wire C")
    assert other.opens
    assert silent.opens
    same = ledger.one(money("deal", 2e9, subject="nvidia", of="Nebius", status="planned"), days=41, outlet="Wire D")
    assert same.fact.key == first.fact.key


def test_free_words_for_a_division_do_not_make_two_figures():
    ledger = Teller()
    first = ledger.one(money("revenue", 30e9, subject="nvidia", of="annual revenue", period="per year"))
    again = ledger.one(money("revenue", 30e9, subject="nvidia", of="run rate", period="per year"), days=1, outlet="B")
    assert again.fact.key == first.fact.key
    other = ledger.one(money("revenue", 11e9, subject="nvidia", of="networking", period="per year"), days=1, outlet="C")
    assert other.change == "new"


def test_a_plan_to_list_is_one_plan_whatever_step_it_names():
    ledger = Teller()
    first = ledger.one(claim("ipo", None, subject="cambricon", act="listed", status="planned"))
    again = ledger.one(claim("ipo", None, subject="cambricon", act="filed", status="forecast"), days=5, outlet="B")
    assert (again.change, again.fact.key) == ("corroborated", first.fact.key)


def test_a_party_off_the_watchlists_is_nobody_on_them_in_whatever_script():
    teller = Teller()
    plan = claim("acquisition", None, subject="tsmc", of="北方半导体", status="planned")
    denial = claim("acquisition", None, subject="tsmc", of="intel", status="denied", voice="subject")
    teller.tell(plan)
    assert teller.one(denial, days=3, outlet="Wire B").change == "denied"
    assert teller.one(replace(plan, of="北方"), days=4, outlet="Wire C").change == "corroborated"


@pytest.mark.parametrize(("period", "same"), [("2026-03", True), ("2026-01", False)])
def test_a_total_told_again_as_of_the_month_in_which_it_was_told_is_the_same(period: str, same: bool) -> None:
    ledger = Teller()
    first = ledger.one(shipped(60_000, period="cumulative"))
    later = ledger.one(shipped(60_000, period=period), days=49, outlet="Wire B")
    assert (later.fact.key == first.fact.key) is same


@pytest.mark.parametrize(("bought", "same"), [("Tenfold Silicon", True), ("den Spezialisten Axle", False)])
def test_a_purchase_told_weeks_later_is_the_same_where_the_text_names_its_party(bought: str, same: bool) -> None:
    ledger = Teller()
    deal = money("deal", 3.1e9, subject="nvidia", of="Tenfold Silicon")
    first = ledger.one(deal)
    later = ledger.one(replace(deal, of=None), days=10, outlet="Wire B", text=f"Nvidia kauft {bought}.")
    assert (later.fact.key == first.fact.key) is same


def test_one_sum_in_another_currency_in_a_story_about_the_same():
    yuan = money("funding", 7e9, subject="cambricon", unit="CNY")
    dollars = money("funding", 970e6, subject="cambricon", bound="about")
    ledger = Teller()
    told = ledger.one(yuan)
    related = frozenset({"a1"})
    again = ledger.one(dollars, days=0.5, outlet="Wire B", stories=related)
    assert (again.change, again.against and again.against.key) == ("corroborated", told.fact.key)
    later = ledger.one(dollars, days=30, outlet="Wire C")
    assert (later.change, later.fact.key) == ("background", again.fact.key)
    for other in ({"days": 4, "stories": frozenset()}, {"days": 9, "stories": related}):
        ledger = Teller()
        ledger.one(yuan)
        assert ledger.one(dollars, outlet="Wire B", **other).change == "new"
    ledger = Teller()
    ledger.one(yuan)
    assert ledger.one(replace(dollars, value=600e6), days=0.5, outlet="Wire B", stories=related).change == "new"


def test_a_range_in_another_currency_and_an_order_that_was_planned_in_another():
    won = money("funding", 10e12, value_max=15e12, bound="range", unit="KRW", subject="cambricon", status="planned")
    dollars = money("funding", 10e9, subject="cambricon", bound="at_most", status="planned")
    ledger = Teller()
    ledger.one(won)
    assert ledger.one(dollars, days=1, outlet="Wire B").change == "corroborated"
    plan = money("orders", 11.95e12, unit="KRW", subject="samsung", status="planned")
    ledger.one(plan)
    assert ledger.one(money("orders", 8e9, subject="samsung"), days=1, outlet="Wire B").change == "corroborated"


def test_a_product_by_its_model_number_alone():
    ledger = Teller()
    ordered = claim("orders", 80_000, subject="alibaba", product="ascend-910c")
    ledger.one(ordered)
    bare = replace(ordered, product=None, product_name="910C")
    assert ledger.one(bare, days=1, outlet="Wire B").change == "corroborated"
    assert ledger.one(replace(bare, product_name="920"), days=1, outlet="Wire C").change == "new"


@pytest.mark.parametrize("period", ["2026-04", "2026"])
def test_how_long_a_contract_runs_and_when_it_was_signed_are_no_two_contracts(period: str) -> None:
    ledger = Teller()
    signed = money("deal", 10e9, subject="openai", of="cerebras", period="3 years")
    ledger.one(signed)
    assert ledger.one(replace(signed, period=period), days=21, outlet="Wire B").change == "background"
    assert ledger.one(replace(signed, period="5 years", of="groq"), days=21, outlet="Wire B").change == "new"


def test_names_taken_off_a_list_are_another_act_than_names_put_on():
    listed = claim("listed_entities", 27, unit="entities", subject="bis", product="entity-list", act="added")
    ledger = Teller()
    ledger.one(listed)
    assert ledger.one(replace(listed, value=6, act="removed"), days=4, outlet="Wire B").change == "new"
    assert ledger.one(replace(listed, act="removed"), days=5, outlet="Wire C").change == "conflict"


def test_a_deal_told_from_the_other_side_keeps_its_two_parties():
    ledger = Teller()
    first = ledger.one(money("deal", 50e9, subject="intel", evidence="a deal"))
    swapped = ledger.one(money("deal", 50e9, subject="tsmc", of="intel"), days=1, outlet="Wire B")
    assert (swapped.change, swapped.fact.key, swapped.fact.of) == ("corroborated", first.fact.key, "tsmc")
    again = ledger.one(money("deal", 50e9, subject="tsmc", of="intel"), days=2, outlet="Wire C")
    assert again.change == "corroborated"


def test_yields_of_two_processes_and_of_a_product():
    nanometres = claim("yield", 70, unit="percent", subject="samsung", evidence="The yield of its 2nm process is 70%.")
    memory = replace(nanometres, product="ascend-910c", evidence="The yield has come to 70%.")
    ledger = Teller()
    ledger.one(nanometres)
    for evidence, change in (
        ("The yield of its 3-nanometre process is 70%.", "new"),
        ("2나노 공정 수율은 70%다.", "corroborated"),
    ):
        assert ledger.one(replace(nanometres, evidence=evidence), days=1, outlet=evidence[:4]).change == change
    assert ledger.one(replace(memory, subject="huawei"), days=1, outlet="Wire C").change == "new"


def test_a_control_on_nothing_named_long_after_another_is_news_where_it_is_the_news():
    first = claim("export_control", None, subject="us-government", product="nvidia-h20", act="tightened")
    other = replace(first, product=None)
    ledger = Teller()
    ledger.one(first)
    assert ledger.one(other, days=40, outlet="Wire B", headline=frozenset({other})).change == "new"
    ledger = Teller()
    ledger.one(first)
    assert ledger.one(other, days=40, outlet="Wire B", title="t", headline=frozenset(), text="x" * 999).change != "new"
