"""What corrections and denials do to a standing fact."""

from __future__ import annotations

from dataclasses import replace

from tests.ledger.teller import Teller, claim, money, shipped


def test_a_correction_replaces_the_wrong_figure():
    ledger = Teller()
    wrong = ledger.one(money("funding", 1.2e9, subject="cambricon", unit="CNY"))
    right = money("funding", 1.5e9, subject="cambricon", unit="CNY", corrects=1.2e9)
    entry = ledger.one(right, days=0.2)
    assert (entry.change, entry.opens) == ("corrected", True)
    assert entry.against is not None
    assert entry.against.key == wrong.fact.key
    stood = ledger.news.fact(wrong.fact.key)
    assert stood is not None
    assert (stood.state, stood.replaced_by) == ("corrected", entry.fact.key)
    late = ledger.one(money("funding", 1.2e9, subject="cambricon", unit="CNY"), days=0.3, outlet="Wire B")
    assert late.change == "background"


def test_the_denied_figure_of_a_correction_is_its_before():
    ledger = Teller()
    ledger.one(money("funding", 1.2e9, subject="cambricon", unit="CNY"))
    right = money("funding", 1.5e9, subject="cambricon", unit="CNY", corrects=1.2e9)
    old = money("funding", 1.2e9, subject="cambricon", unit="CNY", status="denied")
    entries = ledger.tell(right, old, days=0.2)
    assert [entry.change for entry in entries] == ["corrected", "background"]


def test_whoever_counts_otherwise_corrects_nobody():
    ledger = Teller()
    told = ledger.one(money("funding", 1.2e9, subject="cambricon", unit="CNY"))
    right = money("funding", 1.5e9, subject="cambricon", unit="CNY", corrects=1.2e9)
    old = money("funding", 1.2e9, subject="cambricon", unit="CNY", status="denied")
    entries = ledger.tell(right, old, days=1, outlet="A letter")
    assert [entry.change for entry in entries] == ["conflict", "conflict"]
    stood = ledger.news.fact(told.fact.key)
    assert stood is not None
    assert (stood.state, stood.disputed) == ("standing", True)


def test_an_outlet_that_reports_the_correction_of_another():
    ledger = Teller()
    ledger.one(money("funding", 1.2e9, subject="cambricon", unit="CNY"))
    right = money("funding", 1.5e9, subject="cambricon", unit="CNY", corrects=1.2e9)
    entry = ledger.one(right, days=0.2, outlet="Wire B", title="Wire A corrects: Cambricon raised 1.5bn yuan")
    assert entry.change == "corrected"


def test_a_correction_of_what_already_stands_right():
    ledger = Teller()
    right = ledger.one(claim("orders", 13_000, subject="alibaba", product="nvidia-h20"))
    wrong = ledger.one(claim("orders", 1_300, subject="alibaba", product="nvidia-h20"), days=0.1, outlet="Loop")
    assert wrong.change == "conflict"
    fixed = claim("orders", 13_000, subject="alibaba", product="nvidia-h20", corrects=1_300)
    entry = ledger.one(fixed, days=0.2, outlet="Loop")
    assert (entry.change, entry.opens, entry.fact.key) == ("corrected", False, right.fact.key)


def test_an_edited_article_corrects_itself():
    ledger = Teller()
    ledger.one(money("funding", 1.2e9, subject="cambricon", unit="CNY"), id="same")
    fixed = money("funding", 1.5e9, subject="cambricon", unit="CNY")
    assert ledger.one(fixed, days=0.1, id="same", version=2).change == "corrected"


def test_an_edited_article_that_repeats_itself_is_background():
    ledger = Teller()
    ledger.one(shipped(), id="same")
    assert ledger.one(shipped(), days=0.1, id="same", version=2).change == "background"


def test_the_subject_denies_what_stands():
    ledger = Teller()
    order = claim("orders", 150_000, subject="alibaba", of="cambricon")
    told = ledger.one(order)
    entry = ledger.one(replace(order, status="denied", voice="subject"), days=1, outlet="Wire B")
    assert (entry.change, entry.opens) == ("denied", True)
    assert entry.against is not None
    assert entry.against.key == told.fact.key
    assert entry.against.state == "denied"
    again = ledger.one(replace(order, status="denied", voice="subject"), days=1.1, outlet="Wire C")
    assert (again.change, again.fact.key) == ("corroborated", entry.fact.key)
    repeated = ledger.one(order, days=1.2, outlet="Wire D")
    assert repeated.change == "background"


def test_somebody_else_who_says_no_is_a_conflict():
    ledger = Teller()
    ledger.one(shipped())
    entry = ledger.one(shipped(status="denied", attribution="a broker"), days=1, outlet="Wire B")
    assert entry.change == "conflict"
    assert entry.against is not None
    assert entry.against.disputed


def test_a_rumour_is_denied_that_nobody_told_here():
    entry = Teller().one(shipped(status="denied", voice="subject"))
    assert (entry.change, entry.against) == ("denied", None)


def test_what_was_denied_and_comes_true_is_news():
    ledger = Teller()
    deal = claim("acquisition", None, subject="cambricon", of="intel")
    ledger.one(replace(deal, status="denied", voice="subject"))
    assert ledger.one(deal, days=2, outlet="Wire B").change == "background"
    assert ledger.one(replace(deal, voice="subject"), days=90, outlet="Wire B").change == "new"
