"""What is told beside the news: round-ups, comparisons, second currencies, what came out long ago."""

from __future__ import annotations

from dataclasses import replace

from tests.ledger.teller import Teller, claim, money, shipped


def test_a_round_up_adds_nothing_by_mistaking_whose_figure_it_is():
    ledger = Teller()
    told = [
        money("funding", 2e9, subject="cambricon"),
        money("revenue", 11e9, subject="intel", period="2025-Q4"),
        money("deal", 900e6, subject="nvidia", of="Enfabrica"),
        claim("orders", 13_000, subject="alibaba", product="nvidia-h20"),
    ]
    for number, each in enumerate(told):
        ledger.one(each, outlet=f"Wire {number}")
    mistaken = money("deal", 900e6, subject="nvidia", of="intel")
    fresh = money("deal", 4e9, subject="nvidia", of="tsmc")
    entries = ledger.tell(*told[:2], told[3], mistaken, fresh, days=3, outlet="Letters")
    assert [entry.change for entry in entries] == ["corroborated"] * 3 + ["background", "new"]
    elsewhere = ledger.one(mistaken, days=4, outlet="Wire 9")
    assert elsewhere.change == "new"


def test_the_base_of_a_comparison_is_background_whatever_kind_of_profit_it_is_called():
    now = money("profit", 28.6e9, subject="samsung", of="operating", period="2025-Q4", status="achieved")
    before = money("profit", 7.4e9, subject="samsung", period="2024-Q4", status="achieved")
    assert [e.change for e in Teller().tell(now, before)] == ["new", "background"]


def test_what_has_not_begun_supersedes_nothing():
    done = money("revenue", 13.9e9, subject="intel", period="2025-Q4", status="achieved")
    ahead = money("revenue", 14.6e9, subject="intel", period="2026-Q1", status="achieved")
    assert Teller().tell(done, ahead)[0].change == "new"


def test_a_result_in_a_second_currency_is_told_once():
    local = money("revenue", 1134e9, unit="TWD", subject="tsmc", period="2026-Q1", status="achieved")
    dollars = money("revenue", 35.9e9, subject="tsmc", period="2026-Q1", status="achieved")
    later = money("revenue", 39e9, subject="tsmc", period="2026-Q2", status="planned")
    assert [e.change for e in Teller().tell(local, dollars, later)] == ["new", "background", "new"]


def test_what_had_been_shipped_by_a_month_is_measured_by_the_total():
    teller = Teller()
    teller.tell(shipped(150_000, period="cumulative", status="achieved"))
    count = teller.one(shipped(96_000, period="../2026-02", status="achieved"), outlet="Broker B", days=2)
    assert count.change == "conflict"
    assert teller.one(shipped(250_000, period="../2026-03", status="achieved"), days=9).change == "record"


def test_controls_that_name_nothing_are_one_where_their_government_did_only_one_that_week():
    control = {"metric": "export_control", "value": None, "subject": "us-government", "status": "achieved"}
    teller = Teller()
    teller.tell(claim(**control, act="suspended"))
    again = claim(**control, act="paused", product="export-controls")
    other = claim(**control, act="tightened")
    assert teller.one(again, days=3, outlet="Weekly W", stories=frozenset()).change != "new"
    assert teller.one(other, days=3, outlet="Weekly W", stories=frozenset()).change == "new"
    teller.tell(claim(**control, act="suspended", of="Malaysia"), days=4, stories=frozenset())
    assert teller.one(again, days=5, outlet="Weekly X", stories=frozenset()).change == "new"


def test_a_round_up_disputes_nothing_by_calling_a_profit_sales():
    teller = Teller()
    teller.tell(money("revenue", 118e12, unit="KRW", subject="samsung", period="2025-Q4", status="achieved"))
    teller.tell(money("profit", 41e12, unit="KRW", subject="samsung", period="2025-Q4", status="achieved"))
    teller.tell(shipped(), outlet="Wire B")
    teller.tell(claim("launch", None, subject="nvidia", product="nvidia-h200"), outlet="Wire B")
    digest = teller.tell(
        money("revenue", 41e12, unit="KRW", subject="samsung", period="2025-Q4", status="achieved"),
        shipped(),
        claim("tape_out", None, subject="huawei", product="ascend-950"),
        claim("launch", None, subject="nvidia", product="nvidia-h200"),
        outlet="Sunday digest",
        days=2,
    )
    assert digest[0].change == "background"
    assert digest[0].fact.metric == "profit"
    assert not any(fact.disputed for fact in teller.news.facts.values())


def test_an_article_tells_a_sum_in_two_currencies_once():
    yuan = money("valuation", 3e12, unit="HKD", subject="alibaba", evidence="worth HK$3 trillion, or 2.7 trillion yuan")
    other = money("valuation", 2.7e12, unit="CNY", subject="alibaba", evidence=yuan.evidence)
    elsewhere = money("valuation", 2.7e12, unit="CNY", subject="alibaba", evidence="another sentence")
    assert [e.change for e in Teller().tell(yuan, other)] == ["new", "background"]
    assert [e.change for e in Teller().tell(yuan, elsewhere)] == ["new", "background"]
    another = replace(elsewhere, value=1.9e12)
    assert [e.change for e in Teller().tell(yuan, another)] == ["new", "new"]


def test_an_adjusted_profit_beside_the_reported_one_is_recorded():
    text = "Net profit was 58 billion yuan; adjusted net profit came to 64 billion yuan."
    at = [text.index("58"), text.index("64")]
    reported, adjusted = (
        money(
            "profit", value, unit="CNY", subject="alibaba", period="2025-Q4", figure=(start, start + 2), evidence=text
        )
        for value, start in ((58e9, at[0]), (64e9, at[1]))
    )
    assert [e.change for e in Teller().tell(reported, adjusted, text=text)] == ["new", "background"]
    assert [e.change for e in Teller().tell(adjusted, text=text)] == ["new"]


def test_what_came_out_years_ago_is_history():
    old = claim("launch", None, subject="nvidia", evidence="The card, which Nvidia launched 15 years ago, was loud.")
    assert Teller().one(old).change == "background"
    assert Teller().one(replace(old, evidence="Nvidia launched a card.")).change == "new"


def test_what_was_the_case_beside_what_is_is_history():
    now = money("valuation", 2.98e12, subject="nvidia", period="2026-03-02")
    peak = money("valuation", 4e12, subject="nvidia", period="2025-10")
    assert [e.change for e in Teller().tell(now, peak)] == ["new", "background"]
    rate = money("revenue", 30e9, subject="nvidia", period="per year")
    before = money("revenue", 9e9, subject="nvidia", period="2025-12")
    assert [e.change for e in Teller().tell(rate, before)] == ["new", "background"]
    assert Teller().one(peak).change == "new"


def test_a_notice_of_a_law_firm_tells_history():
    loss = money("profit", -452e6, subject="nvidia", period="2025-Q4")
    title = "NVDA DEADLINE ALERT: investors who lost money may join the class action"
    assert Teller().one(loss, title=title).change == "background"


def test_a_purchase_of_months_ago_is_history_and_a_launch_of_a_quarter_ago_is_not():
    bought = claim("acquisition", None, subject="nvidia", of="intel", period="2025-12")
    assert Teller().one(bought, days=30).change == "background"
    priced = money("deal", 2e9, subject="nvidia", of="intel", status="planned", period="2025-12")
    assert Teller().one(priced, days=30).change == "background"
    begun = claim("mass_production", None, subject="nvidia", product="nvidia-h20", period="2025-12")
    assert Teller().one(begun, days=30).change == "new"


def test_a_count_that_an_article_gives_to_two():
    racks = claim("shipments", 12_000, subject="nvidia", product="nvidia-h20", evidence="one sentence")
    again = claim("shipments", 12_000, subject="tsmc", evidence="another sentence")
    assert [e.change for e in Teller().tell(racks, again)] == ["new", "background"]
    each = replace(again, evidence=racks.evidence)
    assert [e.change for e in Teller().tell(racks, each)] == ["new", "new"]


def test_a_headline_that_calls_itself_a_correction_takes_back_the_outlets_own_figure():
    wrong = claim("deployment", 26_000, subject="alibaba", product="nvidia-h20")
    right = replace(wrong, value=24_000)
    ledger = Teller()
    told = ledger.one(wrong)
    entry = ledger.one(right, days=0.2, title="Correction: Alibaba has 24,000 H20s")
    assert (entry.change, entry.against and entry.against.key) == ("corrected", told.fact.key)
    for title, outlet in (("Alibaba has 24,000 H20s", "Wire A"), ("Correction: Alibaba has 24,000 H20s", "Wire B")):
        ledger = Teller()
        ledger.one(wrong)
        assert ledger.one(right, days=0.2, title=title, outlet=outlet).change == "conflict"
