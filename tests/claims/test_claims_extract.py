"""What the engine makes of whole articles, through the shipped watchlists and tables."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.claims import explain, extract
from monitor.mentions import Lexicon
from monitor.model import Article, Claim, Reading
from tests.growth import is_linear

PUBLISHED = datetime(2026, 5, 20, 8, 0, tzinfo=UTC)  # a Wednesday


def article(text: str, title: str = "", published: datetime | None = PUBLISHED) -> Article:
    return Article(id="x", title=title, text=text, language="en", published=published)


def claims(watchlists: Lexicon, text: str, title: str = "") -> tuple[Claim, ...]:
    told = article(text, title)
    return extract(told, watchlists.read(told), watchlists.entities)


def told(watchlists: Lexicon, text: str, title: str = "") -> list[tuple[str, str | None, str | None, object, str]]:
    return [(c.metric, c.subject, c.product, c.value, c.status) for c in claims(watchlists, text, title)]


class TestWhoOwnsTheFigure:
    @pytest.mark.parametrize(
        ("text", "subject"),
        [
            ("Cambricon shipped 25,000 cards in April, overtaking Hygon.", "cambricon"),
            ("Some 25,000 cards were delivered to Tencent by Hygon in April.", "hygon"),
            ("Hygon, which Cambricon had led for years, shipped 25,000 cards in April.", "hygon"),
            ("Cambricon makes cards. In April it shipped 25,000 of them.", "cambricon"),
            ("Cambricon said that Hygon had shipped 25,000 cards in April.", "hygon"),
            ("Shipments at Hygon came to 25,000 cards in April.", "hygon"),
        ],
    )
    def test_the_clause_gives_it_not_the_nearest_name(self, watchlists: Lexicon, text: str, subject: str) -> None:
        assert told(watchlists, text) == [("shipments", subject, None, 25000, "achieved")]

    def test_a_product_brings_its_maker(self, watchlists: Lexicon) -> None:
        assert told(watchlists, "Shipments of the Siyuan 590 reached 31,000 units.") == [
            ("shipments", "cambricon", "siyuan-590", 31000, "achieved")
        ]

    def test_an_operator_off_the_lists_leaves_a_deployment_to_the_maker(self, watchlists: Lexicon) -> None:
        assert told(watchlists, "Borealis Telecom has installed 4,000 H200 cards in Oslo.") == [
            ("deployment", "nvidia", "nvidia-h200", 4000, "achieved")
        ]

    def test_figures_of_others_make_no_claim(self, watchlists: Lexicon) -> None:
        text = "Ferrovolt, a rival of Nvidia, sold 90,000 cards last year and has 400 employees."
        assert told(watchlists, text) == []

    def test_a_list_is_told_apart_by_place(self, watchlists: Lexicon) -> None:
        text = "Intel and AMD shipped 9,500 Gaudi and 88,000 MI350 chips respectively in March."
        assert told(watchlists, text) == [
            ("shipments", "intel", "intel-gaudi", 9500, "achieved"),
            ("shipments", "amd", "amd-mi350", 88000, "achieved"),
        ]

    def test_each_of_two_has_the_figure_and_both_together_none(self, watchlists: Lexicon) -> None:
        assert [c.subject for c in claims(watchlists, "Cambricon and Hygon each shipped 11,000 cards.")] == [
            "cambricon",
            "hygon",
        ]
        assert claims(watchlists, "Cambricon and Hygon shipped 22,000 cards.") == ()

    def test_a_verb_left_out_goes_on(self, watchlists: Lexicon) -> None:
        text = "Microsoft has installed 90,000 Hopper GPUs, Meta 70,000 and Amazon 60,000."
        assert [(c.subject, c.value) for c in claims(watchlists, text)] == [
            ("microsoft", 90000), ("meta", 70000), ("amazon", 60000),
        ]  # fmt: skip


class TestStatus:
    @pytest.mark.parametrize(
        ("text", "status"),
        [
            ("Biren has shipped 12,000 cards.", "achieved"),
            ("Biren plans to ship 12,000 cards this year.", "planned"),
            ("Biren will ship 12,000 cards this year, its founder said.", "planned"),
            ("Analysts expect Biren to ship 12,000 cards this year.", "forecast"),
            ("Biren will ship 12,000 cards this year, Veld Research reckons.", "forecast"),
            ("Biren shipped 12,000 cards last year, Veld Research estimates.", "achieved"),
            ("Biren denied that it had shipped 12,000 cards.", "denied"),
            ("Biren did not ship 12,000 cards last year.", "denied"),
            ("Reports that Biren had shipped 12,000 cards are wrong, the company said.", "denied"),
            ("Biren would ship 12,000 cards if its foundry found the room.", "conditional"),
            ("If its foundry finds the room, Biren will ship 12,000 cards.", "conditional"),
        ],
    )
    def test_is_read_from_the_clause_and_the_speaker(self, watchlists: Lexicon, text: str, status: str) -> None:
        assert [(c.value, c.status) for c in claims(watchlists, text)] == [(12000, status)]

    def test_the_condition_itself_is_no_claim(self, watchlists: Lexicon) -> None:
        text = "If Huawei ships 70,000 Ascend 910C chips, Nvidia would lose orders."
        assert claims(watchlists, text) == ()

    def test_a_corrected_figure_carries_the_one_taken_back(self, watchlists: Lexicon) -> None:
        found = claims(watchlists, "Hygon delivered 16,000 cards in the first quarter, not 61,000.")
        assert [(c.value, c.status, c.corrects) for c in found] == [(16000, "achieved", 61000), (61000, "denied", None)]


class TestWhichFigures:
    def test_a_level_beats_its_change(self, watchlists: Lexicon) -> None:
        assert told(watchlists, "AMD's revenue rose 31% to $9.9bn.") == [
            ("revenue", "amd", None, 9900000000, "achieved")
        ]
        assert told(watchlists, "AMD's revenue rose 31%.") == [("growth", "amd", None, 31, "achieved")]

    def test_an_earlier_figure_needs_its_period(self, watchlists: Lexicon) -> None:
        text = "Cambricon shipped 88,000 cards in 2025, up from 26,000 in 2024."
        assert [(c.value, c.period, c.told) for c in claims(watchlists, text)] == [
            (88000, "2025", "news"), (26000, "2024", "history"),
        ]  # fmt: skip
        assert [c.value for c in claims(watchlists, "Cambricon shipped 88,000 cards, up from 26,000.")] == [88000]

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("Nvidia has shipped hundreds of thousands of H20 chips.", "vague"),
            ("Revenue at AMD was above the $9.1 billion consensus.", "expected"),
            ("Nvidia shares rose 4% on Friday.", "held by"),
            ("Cambricon and Hygon together shipped 22,000 cards.", "together"),
        ],
    )
    def test_what_makes_no_claim_says_why(self, watchlists: Lexicon, text: str, reason: str) -> None:
        read = article(text)
        explained = explain(read, watchlists.read(read), watchlists.entities)
        assert explained.drawn == ()
        assert [reason for passed in explained.passed if reason in passed.reason]

    def test_the_body_tells_it_fuller_than_the_title(self, watchlists: Lexicon) -> None:
        found = claims(
            watchlists, "Baidu has sold more than 123,000 Kunlun P800 cards, it said.", "Baidu P800 sales reach 120,000"
        )
        assert [(c.value, c.bound, c.field) for c in found] == [(123000, "at_least", "text")]


class TestForTheLedger:
    def test_the_day_of_an_act_is_counted_back_from_publication(self, watchlists: Lexicon) -> None:
        assert [c.dated for c in claims(watchlists, "Washington lifted its curbs on the H20 on Monday.")] == [
            date(2026, 5, 18)
        ]

    def test_the_other_party_tells_deals_apart(self, watchlists: Lexicon) -> None:
        assert [c.of for c in claims(watchlists, "Nvidia invested $2 billion in Marvell.")] == ["marvell"]

    def test_voice_and_the_outlet_cited(self, watchlists: Lexicon) -> None:
        (named,) = claims(watchlists, "Biren shipped 12,000 cards, the Hill Street Journal reported.")
        assert (named.cites, named.voice) == ("Hill Street Journal", "named")
        (own,) = claims(watchlists, "Biren said it had shipped 12,000 cards.")
        assert (own.attribution, own.voice) == ("Biren", "subject")

    def test_a_ministry_speaks_for_its_government(self, watchlists: Lexicon) -> None:
        (claim,) = claims(watchlists, "China has not stopped exports of gallium, its Commerce Ministry MOFCOM said.")
        assert (claim.status, claim.voice) == ("denied", "subject")

    def test_a_dateline_is_no_part_of_the_speaker(self, watchlists: Lexicon) -> None:
        (claim,) = claims(watchlists, "SHANGHAI, China -- Biren today reported that it had shipped 12,000 cards.")
        assert claim.attribution == "Biren"


class TestEvidence:
    def test_is_one_sentence_and_holds_the_figure_at_its_span(self, watchlists: Lexicon) -> None:
        text = "It was a busy year. Biren shipped 12,000 cards. More will follow."
        (claim,) = claims(watchlists, text)
        assert claim.evidence == "Biren shipped 12,000 cards."
        assert claim.figure is not None
        assert text[slice(*claim.figure)] == "12,000"

    def test_nobody_named_nothing_claimed(self) -> None:
        assert extract(article("Somebody shipped 12,000 cards."), Reading(mentions=()), {}) == ()

    def test_a_language_without_tables_gives_nothing(self, watchlists: Lexicon) -> None:
        text = "Nvidia toimitti 12 000 korttia."
        read = Article(id="x", title="Nvidia", text=text, language="fi", published=PUBLISHED)
        assert extract(read, watchlists.read(read), watchlists.entities) == ()

    @given(
        st.lists(
            st.sampled_from(
                [
                    "Nvidia",
                    "Huawei's",
                    "shipped",
                    "12,000",
                    "cards",
                    ",",
                    "and",
                    "which",
                    "if",
                    "not",
                    "said",
                    "that",
                    "$5bn",
                    "revenue",
                    "to",
                    ";",
                    "(",
                    ")",
                    "—",
                    "of",
                    "up",
                    "from",
                    "30%",
                    "denied",
                    "would",
                    "as",
                    "with",
                    "H20",
                    "it",
                    "its",
                    "in",
                    "2025",
                    "more",
                    "than",
                    "doubled",
                    ".",
                    "were",
                    "by",
                    "the",
                    "respectively",
                    "TSMC",
                    "capacity",
                ]
            ),
            max_size=40,
        )
    )
    @settings(max_examples=150, deadline=None)
    def test_any_words_in_any_order_keep_the_evidence_locked(self, watchlists: Lexicon, words: list[str]) -> None:
        text = " ".join(words)
        read = article(text)
        found = extract(read, watchlists.read(read), watchlists.entities)
        assert found == extract(read, watchlists.read(read), watchlists.entities)
        for claim in found:
            assert claim.evidence
            assert claim.evidence in text
            assert claim.figure is None or text[slice(*claim.figure)] in claim.evidence


def test_a_long_article_costs_no_more_a_sentence(watchlists: Lexicon) -> None:
    piece = "Biren shipped 12,000 cards in April, its founder said, up from 9,000 in March 2025. "
    assert is_linear(lambda text: claims(watchlists, text), piece.__mul__)


def test_text_without_stops_is_read_only_so_far(watchlists: Lexicon) -> None:
    read = article("Nvidia said that, if not for the curbs, " * 20_000)
    assert extract(read, watchlists.read(read), watchlists.entities) == ()
