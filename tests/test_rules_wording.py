"""What alerts say: headlines, figures, periods."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Claim, Entity, Fact, Status
from monitor.rules import wording
from monitor.text.amounts import amount, bounded, digits

ENTITIES = {
    "alibaba": Entity(id="alibaba", name="Alibaba", kind="company"),
    "cambricon": Entity(id="cambricon", name="Cambricon", kind="company"),
    "zhenwu-810e": Entity(id="zhenwu-810e", name="Zhenwu 810E", kind="chip", maker="alibaba"),
    "nvidia-h20": Entity(id="nvidia-h20", name="H20", kind="chip", maker="nvidia"),
    "hbm": Entity(id="hbm", name="HBM", kind="technology"),
    "us-government": Entity(id="us-government", name="US government", kind="government"),
    "taiwan-government": Entity(id="taiwan-government", name="Taiwan's government", kind="government"),
}
AT = datetime(2026, 3, 2, tzinfo=UTC)


def fact_of(claim, **more):
    return Fact(
        key="k", metric=claim.metric, unit=claim.unit, subject=claim.subject, product=claim.product, value=claim.value,
        bound=claim.bound, status=claim.status, period=claim.period, opened=AT, told=AT, article="a", outlet="Wire A",
        change="new", **more,
    )  # fmt: skip


def title(metric, value=None, **fields):
    claim = Claim(metric=metric, value=value, evidence="e", **fields)
    return wording.title(claim, fact_of(claim), ENTITIES)


CARDS = {"subject": "alibaba", "unit": "units"}
YUAN = {"subject": "cambricon", "unit": "CNY"}
CONTROL = {"metric": "export_control"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {**CARDS, "metric": "shipments", "value": 100_000, "bound": "at_least", "product": "zhenwu-810e"},
            "Alibaba has shipped more than 100,000 Zhenwu 810E",
        ),
        (
            {**CARDS, "metric": "shipments", "value": 265_000, "period": "2025"},
            "Alibaba has shipped 265,000 units in 2025",
        ),
        (
            {**CARDS, "metric": "orders", "value": 13_000, "product": "nvidia-h20", "status": "planned"},
            "Alibaba plans orders for 13,000 H20",
        ),
        (
            {**YUAN, "metric": "revenue", "value": 2.88e9, "period": "2025-H1"},
            "Cambricon: revenue of 2.88 billion yuan in the first half of 2025",
        ),
        (
            {**YUAN, "metric": "revenue", "value": 5e9, "value_max": 7e9, "bound": "range", "status": "planned"},
            "Cambricon guides to revenue of 5 billion yuan to 7 billion yuan",
        ),
        (
            {"metric": "profit", "value": -452e6, "unit": "USD", "subject": "alibaba", "period": "2025-Q4"},
            "Alibaba: loss of $452 million in the fourth quarter of 2025",
        ),
        (
            {**CONTROL, "subject": "us-government", "product": "nvidia-h20", "act": "granted"},
            "The US government has granted licences for H20",
        ),
        (
            {**CONTROL, "subject": "taiwan-government", "of": "South Africa", "act": "suspended"},
            "Taiwan's government has suspended controls (South Africa)",
        ),
        ({"metric": "acquisition", "subject": "alibaba"}, "Alibaba has bought a company or a stake in one"),
        (
            {"metric": "acquisition", "subject": "alibaba", "of": "cambricon"},
            "Alibaba has bought Cambricon or a stake in it",
        ),
        ({"metric": "launch", "subject": "alibaba", "product_name": "Panjiu 384"}, "Alibaba has launched Panjiu 384"),
        ({"metric": "price", "value": 12_000, "unit": "USD", "product": "hbm"}, "Price $12,000 HBM"),
        (
            {
                "metric": "capacity", "value": 75_000, "unit": "wafers/month", "subject": "alibaba",
                "status": "planned", "period": "2026-12",
            },
            "Alibaba plans capacity for 75,000 wafers a month in December 2026",
        ),
    ],
)  # fmt: skip
def test_headlines(fields, expected):
    assert title(**fields) == expected


def test_products_of_one_act_are_named_together():
    claim = Claim(metric="launch", subject="alibaba", product="zhenwu-810e", evidence="e")
    both = fact_of(claim, products=("zhenwu-810e", "nvidia-h20", "hbm"))
    assert wording.title(claim, both, ENTITIES) == "Alibaba has launched Zhenwu 810E, H20 and HBM"


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (None, ""),
        ("cumulative", "to date"),
        ("per month", "a month"),
        ("2025", "in 2025"),
        ("2026-08", "in August 2026"),
        ("2026-08-26", "on 26 August 2026"),
        ("FY2027-Q1", "in the first quarter of fiscal 2027"),
        ("../2027", "by 2027"),
        ("2023/..", "since 2023"),
        ("2025-Q1/2025-Q3", "from the first quarter of 2025 to the third quarter of 2025"),
        ("5 years", "over 5 years"),
    ],
)
def test_periods(period, words):
    assert wording.during(period) == words


def test_what_was_known_before():
    claim = Claim(metric="shipments", value=100_000, unit="units", evidence="e", period="2025", status="forecast")
    assert wording.before(fact_of(claim)) == "100,000 units in 2025 (forecast), Wire A, 2 March 2026"
    assert wording.before(None) is None


def test_every_metric_has_every_status():
    from importlib.resources import files

    templates = yaml.safe_load(files("monitor.rules").joinpath("titles.yaml").read_text("utf-8"))
    for metric, by_status in templates.items():
        assert set(get_args(Status)) <= set(by_status), metric
    assert {"shipments", "tape_out", "listed_entities", "process_node", "growth"} <= set(templates)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (107_000, "units", "107,000 units"),
        (46.7e9, "USD", "$46.7 billion"),
        (335.8e9, "TWD", "NT$335.8 billion"),
        (5e11, "JPY", "500 billion yen"),
        (-1.5e9, "USD", "-$1.5 billion"),
        (12_000, "USD", "$12,000"),
        (15, "percent", "15%"),
        (2.5, "nm", "2.5 nm"),
        (250_000, "wafers/month", "250,000 wafers a month"),
        (1e12, "SEK", "1 trillion kronor"),
        (3e9, "XYZ", "3 billion XYZ"),
    ],
)
def test_amounts(value, unit, text):
    assert amount(value, unit) == text


def test_digits_are_in_full():
    assert wording.in_digits(Claim(metric="revenue", value=5e9, value_max=7e9, evidence="e")) == (
        "5,000,000,000",
        "7,000,000,000",
    )
    assert digits(0.5) == "0.5"
    assert digits(-0.0) == "0"


@given(
    st.floats(min_value=-1e15, max_value=1e15, allow_nan=False),
    st.sampled_from(["USD", "units", "percent", "nm", "KRW"]),
)
def test_every_figure_can_be_told(value, unit):
    assert bounded(value, None, unit, "about").startswith("about ")
    assert digits(value)


def test_a_headline_never_names_what_is_unknown():
    for metric in ("deal", "funding", "yield", "tape_out", "ipo", "penalty"):
        told = title(metric, 1e9, unit="USD", subject="alibaba")
        assert "None" not in told
        assert "{" not in told
        assert "[" not in told
    assert title("unheard_of", 5, unit="units", subject="alibaba") == "Alibaba: unheard of 5 units"


def test_replace_keeps_the_figure():
    claim = Claim(metric="shipments", value=1, unit="units", evidence="e")
    assert wording.figure(replace(claim, bound="at_most")) == "up to 1 units"
    assert wording.figure(Claim(metric="launch", evidence="e")) is None
