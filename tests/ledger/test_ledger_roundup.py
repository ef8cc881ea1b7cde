"""Round-ups: what such an article seems to add has mostly been told."""

from __future__ import annotations

from tests.ledger.teller import Teller, claim, money, shipped


def test_a_round_up_by_its_own_word_tells_sums_again_under_any_name():
    ledger = Teller()
    granted = ledger.one(money("investment", 800e9, unit="JPY", subject="us-government"))
    given = money("deal", 800e9, unit="JPY", subject="us-government", of="intel")
    assert ledger.one(given, days=5, outlet="Wire B").change == "new"
    ledger = Teller()
    granted = ledger.one(money("investment", 800e9, unit="JPY", subject="us-government"))
    again = ledger.one(given, days=5, outlet="Sunday letter", roundup=True)
    assert (again.change, again.fact.key) == ("background", granted.fact.key)


def test_what_is_told_twice_in_a_round_up_follows_the_first_telling():
    ledger = Teller()
    ledger.one(money("investment", 3e11, subject="tsmc"))
    deal = money("deal", 3e11, subject="tsmc", of="intel", evidence="one sentence")
    once_more = money("deal", 3e11, subject="tsmc", of="intel", evidence="another sentence")
    entries = ledger.tell(deal, once_more, days=5, outlet="Sunday letter", roundup=True)
    assert [entry.change for entry in entries] == ["background", "background"]
    assert len({entry.fact.key for entry in entries}) == 1


def test_a_fact_that_only_a_round_up_tells_is_a_fact():
    ledger = Teller()
    ledger.one(shipped())
    order = claim("orders", 5_000, subject="alibaba", product="nvidia-h20")
    assert ledger.one(order, days=1, outlet="Sunday letter", roundup=True).change == "new"
