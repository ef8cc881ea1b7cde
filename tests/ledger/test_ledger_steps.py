"""Plans and deeds, purchases and their prices: when a telling is a step taken, and when the announcement again."""

from __future__ import annotations

from dataclasses import replace

from tests.ledger.teller import Teller, claim, money, shipped


def test_a_purchase_told_with_its_price_is_no_second_milestone():
    bought = claim("acquisition", None, subject="nvidia", of="intel", status="planned")
    priced = money("deal", 5e9, subject="nvidia", of="intel", status="planned")
    entries = Teller().tell(bought, priced)
    assert [entry.change for entry in entries] == ["background", "new"]
    ledger = Teller()
    ledger.one(priced)
    assert ledger.one(bought, days=1, outlet="Wire B").change == "corroborated"
    other = claim("acquisition", None, subject="nvidia", of="samsung", status="planned")
    assert ledger.one(other, days=1, outlet="Wire C").change == "new"
    unpriced = Teller()
    unpriced.one(bought)
    assert unpriced.one(priced, days=1, outlet="Wire B").change == "corroborated"


PLAN = shipped(40_000, subject="nvidia", product="nvidia-h20", status="planned")


def deed(evidence, **fields):
    return replace(PLAN, status="achieved", evidence=evidence, **fields)


def after_plan(plan, done, days=1.0):
    ledger = Teller()
    ledger.one(plan)
    return ledger.one(done, days=days, outlet="Wire B")


def test_a_step_that_the_subject_says_it_has_taken_is_confirmed_the_next_day():
    entry = after_plan(PLAN, deed("Nvidia shipped 40,000 H20 chips, it said", voice="subject"))
    assert (entry.change, entry.moved, entry.opens) == ("confirmed", True, True)


def test_a_step_told_in_the_perfect_as_the_news_is_confirmed_the_next_day():
    for words in (
        "Nvidia has shipped 40,000 H20 chips",
        "Nvidia has already delivered 40,000 H20",
        "英伟达已出货4万颗H20",
    ):
        assert after_plan(PLAN, deed(words)).change == "confirmed", words


def test_an_investment_that_has_been_made_is_confirmed_and_one_agreed_is_not():
    plan = money("investment", 5e9, subject="alibaba", status="planned")
    for words, change in (
        ("Alibaba has invested $5 billion in data centers, the company says", "confirmed"),
        ("阿里巴巴已完成50亿美元投资", "confirmed"),
        ("Alibaba has agreed to invest $5 billion in data centers", "corroborated"),
        ("Alibaba has announced a $5 billion investment in data centers", "corroborated"),
        ("Alibaba invests $5bn in data centers", "corroborated"),
        ("阿里巴巴已宣布投资50亿美元", "corroborated"),
    ):
        assert after_plan(plan, replace(plan, status="achieved", evidence=words)).change == change, words


def test_a_step_told_in_passing_is_the_plan_again():
    assert after_plan(PLAN, deed("which has shipped 40,000 H20 chips", told="passing")).change == "corroborated"


def test_only_the_words_around_the_figure_say_that_it_is_done():
    text = "Nvidia, which has shipped chips before, ships 40,000 H20."
    at = text.index("40,000")
    done = deed(text, figure=(at, at + 6))
    ledger = Teller()
    ledger.one(PLAN)
    assert ledger.one(done, days=1, outlet="Wire B", text=text).change == "corroborated"
    plain = "Nvidia, a maker of chips, has shipped 40,000 H20."
    at = plain.index("40,000")
    again = deed(plain, figure=(at, at + 6))
    assert ledger.one(again, days=1.2, outlet="Wire C", text=plain).change == "confirmed"


def purchase(metric="acquisition", value=None, **fields):
    words = {"subject": "nvidia", "of": "Enfabrica", "evidence": "Nvidia is buying Enfabrica", **fields}
    return claim(metric, value, **words) if value is None else money(metric, value, **words)


def test_a_purchase_told_days_later_with_its_price_is_one_fact():
    ledger = Teller()
    first = ledger.one(purchase())
    priced = ledger.one(purchase("deal", 9e8), days=4, outlet="Wire B")
    assert (priced.change, priced.opens, priced.fact.value) == ("corroborated", False, 9e8)
    assert priced.against is not None
    assert priced.against.key == first.fact.key
    assert "told it as acquisition" in priced.reason
    third = ledger.one(purchase("deal", 9e8), days=5, outlet="Wire C")
    assert (third.change, third.fact.outlets) == ("corroborated", ("Wire A", "Wire B", "Wire C"))
    dearer = ledger.one(purchase("deal", 1.4e9), days=6, outlet="Wire D")
    assert (dearer.change, dearer.against and dearer.against.key) == ("conflict", priced.fact.key)


def test_a_purchase_told_with_its_price_and_days_later_without_is_one_fact():
    ledger = Teller()
    first = ledger.one(purchase("deal", 9e8))
    again = ledger.one(purchase(), days=5, outlet="Wire B")
    assert (again.change, again.fact.key) == ("corroborated", first.fact.key)


def test_after_a_week_the_price_of_a_purchase_is_background():
    ledger = Teller()
    first = ledger.one(purchase())
    late = ledger.one(purchase("deal", 9e8), days=12, outlet="Wire B")
    assert (late.change, late.against and late.against.key) == ("background", first.fact.key)


def test_a_deal_with_others_or_long_after_about_something_else_is_news():
    ledger = Teller()
    ledger.one(purchase())
    other = ledger.one(purchase("deal", 9e8, of="Groq", evidence="Nvidia has a deal with Groq"), days=2, outlet="B")
    chips = ledger.one(purchase("deal", 2e9, evidence="Enfabrica makes chips for Nvidia"), days=30, outlet="C")
    assert (other.change, chips.change) == ("new", "new")


def test_a_purchase_announced_with_its_price_and_completed_later_is_confirmed():
    ledger = Teller()
    first = ledger.one(purchase("deal", 9e8, status="planned"))
    done = ledger.one(purchase(voice="subject", evidence="Nvidia has acquired Enfabrica"), days=60, outlet="Wire B")
    assert (done.change, done.moved) == ("confirmed", True)
    assert done.against is not None
    assert done.against.key == first.fact.key


def test_the_price_of_a_stake_is_a_figure_of_its_own():
    ledger = Teller()
    ledger.one(purchase(of="intel", evidence="Nvidia will buy a stake in Intel"))
    assert ledger.one(purchase("deal", 5e9, of="intel"), days=1, outlet="Wire B").change == "new"


def test_the_final_rule_under_a_headline_that_names_nobody():
    proposed = claim("export_control", None, subject="us-commerce", status="planned", act="tightened")
    final = replace(proposed, status="achieved", act="imposed", evidence="Commerce imposes a licence requirement.")
    lead = {"text": final.evidence, "title": "After the comments", "headline": frozenset()}
    ledger = Teller()
    ledger.one(proposed)
    assert ledger.one(final, days=60, outlet="Wire B", **lead).change == "confirmed"
    passing = Teller()
    passing.one(proposed)
    money_too = money("funding", 1e9, subject="cambricon")
    entry, _ = passing.tell(final, money_too, days=60, outlet="Wire B", **lead)
    assert entry.change == "background"


def test_a_document_of_the_federal_register_is_a_record_whoever_carries_it():
    listed = claim("listed_entities", 32, unit="entities", subject="us-commerce", product="entity-list")
    ledger = Teller()
    ledger.one(listed)
    text = "AGENCY: Bureau of Industry and Security. ACTION: Final rule. SUMMARY: The bureau adds 32 entities."
    entry = ledger.one(listed, days=1, outlet="Carrier", text=text)
    assert (entry.change, entry.fact.official) == ("official", True)


def test_long_after_only_news_of_the_step_confirms_it():
    plan = money("investment", 19e12, unit="KRW", subject="samsung", status="planned")
    for told, change in (("news", "confirmed"), ("passing", "background")):
        ledger = Teller()
        ledger.one(plan)
        done = replace(plan, status="achieved", voice="subject", told=told)
        assert ledger.one(done, days=14, outlet="Wire B", headline=frozenset()).change == change


def test_an_act_that_only_the_headline_over_a_copy_tells_is_no_news():
    ledger = Teller()
    yields = claim("yield", 70, unit="percent", subject="samsung")
    ledger.one(yields)
    begun = claim("mass_production", None, subject="samsung", product_name="HBM4", field="title")
    _, entry = ledger.tell(yields, begun, days=0.1, outlet="Wire B", copied="Wire A")
    assert entry.change == "background"
    assert ledger.one(replace(begun, field="text"), days=0.2, outlet="Wire C").change == "new"


def test_talks_that_end_in_a_deal_which_its_own_party_announces():
    talks = money(
        "deal",
        1.9e9,
        subject="intel",
        of="Quilon",
        status="planned",
        bound="about",
        evidence="Intel is in talks to buy.",
    )
    signed = replace(
        talks, status="achieved", bound="exact", voice="subject", evidence="Intel has agreed to buy Quilon."
    )
    ledger = Teller()
    ledger.one(talks)
    assert ledger.one(signed, days=4, outlet="PR").change == "confirmed"
    ledger = Teller()
    ledger.one(replace(talks, evidence="Intel will buy Quilon."))
    assert ledger.one(signed, days=1, outlet="PR").change == "corroborated"
    ledger = Teller()
    ledger.one(talks)
    assert ledger.one(replace(signed, voice="named"), days=4, outlet="Wire B").change == "corroborated"


def test_what_was_to_be_raised_has_been_when_the_shares_are_listed():
    plan = money("funding", 6e9, unit="CNY", subject="cambricon", status="planned")
    raised = replace(plan, status="achieved")
    debut = claim("ipo", None, subject="cambricon", act="listed")
    ledger = Teller()
    ledger.one(plan)
    entries = ledger.tell(raised, debut, days=18, outlet="Wire B", headline=frozenset({debut}))
    assert [entry.change for entry in entries] == ["confirmed", "new"]
    ledger = Teller()
    ledger.one(plan)
    assert ledger.one(raised, days=18, outlet="Wire B", headline=frozenset()).change == "background"
