"""The ten changes, each by the case that the contract gives for it."""

from __future__ import annotations

from dataclasses import replace

from tests.ledger.teller import Teller, claim, money, shipped


def test_the_first_figure_is_new():
    entry = Teller().one(shipped())
    assert (entry.change, entry.opens, entry.fact.outlets) == ("new", True, ("Wire A",))


def test_a_total_beyond_every_earlier_figure_is_a_record():
    ledger = Teller()
    ledger.one(shipped(bound="at_least"))
    entry = ledger.one(shipped(200_000), days=21, outlet="Wire B")
    assert entry.change == "record"
    assert "100,000" in entry.reason


def test_a_threshold_makes_a_first_figure_a_record():
    entry = Teller().one(shipped(120_000), steps={"shipments": (10_000, 100_000, 500_000)})
    assert (entry.change, entry.step) == ("record", 100_000)


def test_a_threshold_is_crossed_once():
    ledger = Teller()
    steps = {"capacity": (100_000,)}
    capacity = claim("capacity", 120_000, unit="wafers/month", subject="tsmc")
    ledger.one(capacity, steps=steps)
    lower = ledger.one(replace(capacity, value=110_000), days=10, outlet="Wire B", steps=steps)
    assert (lower.change, lower.step) == ("new", None)


def test_money_has_no_thresholds_of_pieces():
    entry = Teller().one(money("orders", 5e9, subject="nvidia"), steps={"orders": (10_000,)})
    assert (entry.change, entry.step) == ("new", None)


def test_a_government_record_makes_a_standing_fact_official():
    ledger = Teller()
    listed = claim("listed_entities", 32, unit="entities", subject="us-commerce", product="entity-list")
    ledger.one(listed)
    entry = ledger.one(replace(listed, subject="bis"), days=1, outlet="Federal Register", record="2026-04512")
    assert entry.change == "official"
    assert entry.fact.official


def test_what_unnamed_people_said_is_confirmed_by_the_subject():
    ledger = Teller()
    ledger.one(shipped(voice="unnamed", attribution="people familiar with the matter"))
    entry = ledger.one(shipped(voice="subject"), days=2, outlet="Wire B")
    assert (entry.change, entry.moved) == ("confirmed", False)


def test_a_plan_that_is_done_is_confirmed_as_a_fact_of_its_own():
    ledger = Teller()
    plan = claim("deployment", 200_000, subject="alibaba", product="nvidia-h20", status="planned")
    first = ledger.one(plan)
    entry = ledger.one(replace(plan, status="achieved"), days=13, outlet="Wire B")
    assert (entry.change, entry.moved, entry.opens) == ("confirmed", True, True)
    assert entry.against is not None
    assert entry.against.key == first.fact.key
    again = ledger.one(replace(plan, status="achieved"), days=13.5, outlet="Wire C")
    assert (again.change, again.fact.key) == ("corroborated", entry.fact.key)


def test_looser_words_of_an_announcement_are_the_same_fact():
    ledger = Teller()
    first = ledger.one(money("deal", 5e9, subject="nvidia", of="intel", status="planned"))
    entry = ledger.one(money("deal", 5e9, subject="nvidia", of="intel"), days=1, outlet="Wire B")
    assert (entry.change, entry.fact.key) == ("corroborated", first.fact.key)


def test_what_stands_as_done_and_is_told_as_ahead_is_the_same():
    ledger = Teller()
    first = ledger.one(shipped())
    entry = ledger.one(shipped(status="forecast"), days=1, outlet="Wire B")
    assert (entry.change, entry.fact.key) == ("corroborated", first.fact.key)


def test_a_forecast_that_the_subject_reports_is_confirmed_at_once():
    ledger = Teller()
    ledger.one(money("revenue", 46e9, subject="nvidia", status="forecast", period="2025-Q3"))
    entry = ledger.one(money("revenue", 46e9, subject="nvidia", voice="subject", period="2025-Q3"), days=2, outlet="B")
    assert (entry.change, entry.moved) == ("confirmed", True)


def test_copies_citations_and_the_same_outlet_are_background():
    ledger = Teller()
    first = ledger.one(shipped(cites="Reticle"))
    same = ledger.one(shipped(), days=0.1, outlet="The Wire A")
    copy = ledger.one(shipped(), days=0.2, outlet="Feedhub", copied="Wire A")
    cites = ledger.one(shipped(cites="Wire A"), days=0.3, outlet="Wire D")
    source = ledger.one(shipped(), days=0.4, outlet="Reticle")
    vague = ledger.one(shipped(cites="外媒"), days=0.5, outlet="快讯")
    assert {e.change for e in (same, copy, cites, source, vague)} == {"background"}
    assert vague.fact.outlets == first.fact.outlets
    assert vague.fact.listed == ("The Wire A", "Feedhub", "Wire D", "Reticle", "快讯")


def test_a_repost_is_background_even_if_first_seen():
    entry = Teller().one(shipped(), text="TAIPEI, January 5, 2026 - Alibaba has shipped 100,000 cards.")
    assert (entry.change, entry.opens) == ("background", True)
    assert "05 January 2026" in entry.reason


def test_history_is_background_and_still_a_fact():
    ledger = Teller()
    entry = ledger.one(shipped(507_000, period="2024", told="history"))
    assert (entry.change, entry.opens) == ("background", True)
    assert ledger.one(shipped(507_000, period="2024"), days=1, outlet="Wire B").fact.key == entry.fact.key


def test_an_earlier_period_beside_a_later_one_is_background():
    ledger = Teller()
    entries = ledger.tell(shipped(800_000, period="2025"), shipped(507_000, period="2024"))
    assert [entry.change for entry in entries] == ["new", "background"]


def test_what_only_a_passing_mention_tells_is_new():
    assert Teller().one(shipped(told="passing")).change == "new"


def test_a_lower_total_is_a_conflict_whoever_tells_it_and_however_late():
    ledger = Teller()
    ledger.one(shipped(bound="at_least"))
    entry = ledger.one(shipped(69_000, bound="about"), days=3, outlet="Broker")
    late = ledger.one(shipped(50_000, voice="subject"), days=300, outlet="Wire C")
    assert (entry.change, late.change) == ("conflict", "conflict")
    assert entry.against is not None
    assert entry.against.disputed


def test_figures_of_one_article_never_conflict():
    entries = Teller().tell(shipped(100_000), shipped(69_000))
    assert [entry.change for entry in entries] == ["new", "new"]


def test_a_state_that_differs_soon_is_a_conflict_and_later_is_new():
    ledger = Teller()
    price = money("price", 12_000, subject="nvidia", product="nvidia-h20")
    ledger.one(price)
    assert ledger.one(replace(price, value=14_000), days=3, outlet="Wire B").change == "conflict"
    assert ledger.one(replace(price, value=17_000), days=20, outlet="Wire C").change == "record"
    assert ledger.one(replace(price, value=9_000), days=40, outlet="Wire D").change == "new"


def test_another_round_after_a_week_is_new_and_no_record():
    ledger = Teller()
    ledger.one(money("funding", 1e9, subject="cambricon"))
    assert ledger.one(money("funding", 2e9, subject="cambricon"), days=3, outlet="Wire B").change == "conflict"
    assert ledger.one(money("funding", 3e9, subject="cambricon"), days=30, outlet="Wire C").change == "new"


def test_periods_decide_for_stated_figures():
    ledger = Teller()
    revenue = money("revenue", 40e9, subject="nvidia", period="2025-Q2")
    ledger.one(revenue)
    later = ledger.one(replace(revenue, value=46e9, period="2025-Q3"), days=90, outlet="Wire B")
    other = ledger.one(replace(revenue, value=30e9, period="2025-Q3"), days=91, outlet="Wire C")
    earlier = ledger.one(replace(revenue, value=20e9, period="2024-Q4"), days=92, outlet="Wire D")
    year = ledger.one(replace(revenue, value=160e9, period="2025"), days=93, outlet="Wire E")
    assert [e.change for e in (later, other, earlier, year)] == ["record", "conflict", "background", "new"]


def test_a_slip_of_magnitude_is_held_and_released_by_a_second_source():
    ledger = Teller()
    ledger.one(money("revenue", 11.3e9, subject="intel", period="2025-Q4"))
    slipped = money("revenue", 11.3e6, subject="intel")
    entry = ledger.one(slipped, days=0.2, outlet="Feedhub")
    assert (entry.change, entry.fact.state, entry.fact.waiting) == ("suspect", "held", "suspect")
    copy = ledger.one(slipped, days=0.3, outlet="Copycat", copied="Feedhub")
    assert (copy.change, copy.fact.state) == ("background", "held")
    second = ledger.one(slipped, days=0.4, outlet="Wire C")
    assert (second.change, second.released, second.fact.state) == ("new", True, "standing")


def test_only_thousand_and_ten_thousand_are_slips():
    for factor, change in ((10, "conflict"), (100, "conflict"), (1_000, "suspect"), (10_000, "suspect")):
        ledger = Teller()
        ledger.one(money("revenue", 5e9, subject="intel"))
        assert ledger.one(money("revenue", 5e9 / factor, subject="intel"), days=1, outlet="B").change == change


def test_products_of_one_act_are_one_fact():
    ledger = Teller()
    launch = claim("launch", None, subject="huawei", product="ascend-950")
    entries = ledger.tell(launch, replace(launch, product="ascend-910c"))
    assert {entry.fact.key for entry in entries} == {entries[0].fact.key}
    assert entries[0].fact.products == ("ascend-950", "ascend-910c")
    assert [entry.opens for entry in entries] == [True, False]
    again = ledger.one(replace(launch, product="ascend-910c"), days=1, outlet="Wire B")
    assert (again.change, again.fact.key) == ("corroborated", entries[0].fact.key)


def test_one_claim_told_twice_in_an_article_is_one_fact():
    entries = Teller().tell(shipped(), shipped(product=None))
    assert [entry.change for entry in entries] == ["new", "background"]


def test_a_figure_without_product_is_not_measured_by_one_with():
    ledger = Teller()
    ledger.one(shipped(100_000))
    assert ledger.one(shipped(40_000, product=None), days=1, outlet="Wire B").change == "new"


def test_one_figure_under_two_names_is_told_once():
    ledger = Teller()
    first = ledger.one(money("deal", 300e9, subject="alibaba", of="intel"))
    named_otherwise = ledger.one(money("orders", 300e9, subject="alibaba", of="intel"), days=0.5, outlet="Wire B")
    assert (named_otherwise.change, named_otherwise.fact.key) == ("background", first.fact.key)
    assert "as deal" in named_otherwise.reason
    own_line = money("investment", 300e9, subject="alibaba", of="intel")
    assert ledger.one(own_line, days=0.6, outlet="Alibaba", trust="company").change == "new"
    weeks_later = ledger.one(money("valuation", 300e9, subject="alibaba"), days=20, outlet="Wire D")
    assert weeks_later.change == "new"


def test_of_two_names_in_one_article_the_plainer_stands():
    investment = money("investment", 900e6, subject="nvidia", of="intel")
    entries = Teller().tell(investment, replace(investment, metric="deal"))
    assert [entry.change for entry in entries] == ["background", "new"]
    assert entries[0].fact.key == entries[1].fact.key


def test_equal_profit_and_growth_have_no_other_name():
    ledger = Teller()
    ledger.one(money("revenue", 5e9, subject="intel"))
    assert ledger.one(money("profit", 5e9, subject="intel"), days=0.1, outlet="Wire B").change == "new"
    ledger.one(claim("growth", 20, unit="percent", subject="intel"))
    assert ledger.one(claim("market_share", 20, unit="percent", subject="intel"), days=0.1).change == "new"


def test_small_numbers_of_pieces_are_equal_by_chance():
    ledger = Teller()
    ledger.one(shipped(300))
    assert ledger.one(shipped(300, metric="deployment"), days=0.1, outlet="Wire B").change == "new"


def test_a_filing_after_a_plan_is_a_step_taken():
    ledger = Teller()
    ledger.one(claim("ipo", None, subject="cambricon", status="planned"))
    filed = ledger.one(claim("ipo", None, subject="cambricon", act="filed"), days=2, outlet="Wire B")
    assert (filed.change, filed.moved) == ("confirmed", True)


def test_nameless_plans_and_deeds_do_not_confirm_each_other():
    ledger = Teller()
    ledger.one(claim("launch", None, subject="intel", status="planned"))
    assert ledger.one(claim("launch", None, subject="intel"), days=9, outlet="Wire B").change == "background"
    named = Teller()
    named.one(claim("launch", None, subject="intel", product_name="Xeon 7", status="planned"))
    done = named.one(claim("launch", None, subject="intel", product_name="Xeon 7"), days=9, outlet="Wire B")
    assert done.change == "confirmed"
