"""Periods: what texts say of time, settled against the article's date, in the contract's form."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.claims.numbers.data import read_table
from monitor.claims.period import fiscal_year_ends, period, periods
from monitor.claims.period.calendar import moved
from tests.growth import is_linear

MARCH = date(2026, 3, 18)
LANGUAGES = ["en", "zh", "ja", "ko", "de", "fr"]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "in 2027", "2027"),
        ("en", "by the end of next year", "2027"),
        ("en", "at the end of next year", "2027-12"),
        ("en", "in the three months to June", "2026-Q2"),
        ("en", "between January and June", "2026-H1"),
        ("en", "between July and September 2025", "2025-Q3"),
        ("en", "in the first nine months of 2025", "2025-Q1/2025-Q3"),
        ("en", "in the first five months", "2026-01/2026-05"),
        ("en", "the second half of last year", "2025-H2"),
        ("en", "in the December quarter", "2025-Q4"),
        ("en", "last quarter", "2025-Q4"),
        ("en", "this month", "2026-03"),
        ("en", "Q3 2026", "2026-Q3"),
        ("en", "1H26", "2026-H1"),
        ("en", "on March 5, 2026", "2026-03-05"),
        ("en", "12 May 2026", "2026-05-12"),
        ("en", "since 2023", "2023/.."),
        ("en", "until 2031", "../2031"),
        ("en", "between 2026 and 2029", "2026/2029"),
        ("en", "over five years", "5 years"),
        ("en", "cumulatively", "cumulative"),
        ("en", "since its launch", "cumulative"),
        ("en", "annualised", "per year"),
        ("en", "fiscal 2026", "FY2026"),
        ("en", "mid-2027", "2027"),
        ("zh", "去年四季度", "2025-Q4"),
        ("zh", "今年上半年", "2026-H1"),
        ("zh", "2025年前三季度", "2025-Q1/2025-Q3"),
        ("zh", "1-2月", "2026-01/2026-02"),
        ("zh", "年底前", "2026-12"),
        ("zh", "到2027年底", "2027-12"),
        ("zh", "未来5年", "5 years"),
        ("zh", "累計", "cumulative"),
        ("zh", "2025年第四季", "2025-Q4"),
        ("ja", "2026年3月期", "FY2026"),
        ("ja", "25年12月期", "2025"),
        ("ja", "4～6月期", "2026-Q2"),
        ("ja", "来年1～3月", "2027-Q1"),
        ("ja", "2027年春までに", "2027"),
        ("ja", "2026年後半", "2026-H2"),
        ("ja", "28年", "2028"),
        ("ko", "지난해 4분기", "2025-Q4"),
        ("ko", "연말까지", "2026-12"),
        ("ko", "상반기", "2026-H1"),
        ("ko", "향후 5년간", "5 years"),
        ("de", "im zweiten Halbjahr 2025", "2025-H2"),
        ("de", "in den ersten neun Monaten 2025", "2025-Q1/2025-Q3"),
        ("de", "bis Ende 2028", "2028"),
        ("de", "Ende 2027", "2027-12"),
        ("de", "im kommenden Jahr", "2027"),
        ("de", "im Schlussquartal 2025", "2025-Q4"),
        ("de", "im Geschäftsjahr 2026", "FY2026"),
        ("fr", "au troisième trimestre 2025", "2025-Q3"),
        ("fr", "d'ici fin 2027", "2027"),
    ],
)
def test_words_for_time_are_read(language: str, text: str, value: str) -> None:
    assert [p.value for p in periods(text, language, MARCH)] == [value]
    (found,) = periods(text, language, MARCH)
    assert text[found.start : found.end] == text[found.start : found.end].strip()


@pytest.mark.parametrize(
    ("text", "company", "future", "value"),
    [
        ("the fiscal first quarter", "nvidia", False, "FY2026-Q1"),
        ("the quarter to April", "nvidia", False, "FY2026-Q1"),
        ("fiscal third quarter", "alibaba", False, "2025-Q4"),
        ("fiscal third quarter", "microsoft", False, "2025-Q1"),
        ("fiscal second quarter", "micron", False, "FY2026-Q2"),
        ("fiscal third quarter", "micron", True, "FY2026-Q3"),
        ("this fiscal year", "supermicro", None, "FY2026"),
        ("this fiscal year", "nvidia", None, "FY2027"),
        ("the current fiscal quarter", "nvidia", None, "FY2027-Q1"),
        ("the year to March", "alibaba", None, "FY2026"),
    ],
)
def test_fiscal_periods_follow_the_company(text: str, company: str, future: bool | None, value: str) -> None:
    (found,) = periods(text, "en", MARCH)
    assert found.read(company, future=future) == value


@pytest.mark.parametrize(
    ("language", "text", "published", "company", "future", "value"),
    [
        ("en", "the quarter that ended in October", date(2026, 11, 9), "nvidia", True, "FY2027-Q3"),
        ("en", "its second quarter ended July 26, 2026", date(2026, 8, 26), "nvidia", False, "FY2027-Q2"),
        ("en", "the third quarter, which ended on May 28", date(2026, 6, 24), "micron", False, "FY2026-Q3"),
        ("en", "the quarter ended August 2", date(2026, 9, 3), "broadcom", False, "FY2026-Q3"),
        ("en", "the thirteen weeks ended July 4", date(2026, 7, 30), "amd", False, "2026-Q2"),
        ("en", "the half-year to June", date(2026, 6, 25), "google", False, "2026-H1"),
        ("en", "the nine months ended September 30", date(2026, 10, 28), "smic", False, "2026-Q1/2026-Q3"),
        ("en", "the year to September", date(2026, 11, 2), "hygon", False, "2025-10/2026-09"),
        ("en", "the year to September", date(2026, 11, 2), "infineon", False, "FY2026"),
        ("en", "the fiscal year ended March 31", date(2026, 5, 13), "lenovo", False, "FY2026"),
        ("en", "the second half of fiscal 2028", MARCH, "rapidus", True, "FY2028-H2"),
        ("en", "the first quarter", date(2026, 4, 9), "tsmc", True, "2026-Q1"),
        ("en", "Q3", date(2026, 7, 30), "apple", False, "2026-Q2"),
        ("en", "the full year", date(2026, 2, 11), "amd", False, "2025"),
        ("en", "the full year", date(2026, 2, 11), "amd", True, "2026"),
        ("en", "full-year", date(2026, 5, 21), "lenovo", False, "FY2026"),
        ("de", "im zweiten Geschäftsquartal bis Ende Juli", date(2026, 8, 27), "nvidia", False, "FY2027-Q2"),
        ("de", "im Ende Mai abgelaufenen Quartal", date(2026, 6, 25), "micron", False, "FY2026-Q3"),
        ("de", "im Gesamtjahr", date(2026, 1, 29), "asml", False, "2025"),
        ("zh", "上半年", date(2026, 4, 9), "smic", False, "2025-H1"),
        ("en", "the second quarter", date(2026, 5, 20), "amd", False, "2025-Q2"),
        ("zh", "截至10月的财季", date(2026, 11, 16), "nvidia", True, "FY2027-Q3"),
        ("zh", "截至3月的财年", date(2026, 2, 20), "kioxia", True, "FY2026"),
        ("zh", "截至二零二六年六月三十日止六个月", date(2026, 8, 20), "tencent", False, "2026-H1"),
        ("zh", "截至9月30日的上半财年", date(2026, 11, 18), "alibaba", False, "2026-04/2026-09"),
        ("ko", "10월에 끝난 분기", date(2026, 11, 19), "nvidia", True, "FY2027-Q3"),
        ("en", "the quarter to early August", date(2026, 9, 1), "broadcom", True, "FY2026-Q3"),
        ("ko", "오는 4월", date(2026, 1, 13), "sk-hynix", False, "2026-04"),
        ("ja", "通期", date(2026, 11, 10), "tokyo-electron", True, "FY2027"),
    ],
)
def test_results_are_of_the_companys_own_calendar(
    language: str, text: str, published: date, company: str, future: bool, value: str
) -> None:
    (found,) = periods(text, language, published)
    assert found.read(company, future=future, own_quarters=True) == value


@pytest.mark.parametrize(
    ("language", "text", "told", "value"),
    [
        ("en", "the previous quarter", "2026-Q1", "2025-Q4"),
        ("en", "the same quarter of last year", "FY2027-Q2", "FY2026-Q2"),
        ("en", "the year-ago period", "2026-H1", "2025-H1"),
        ("en", "the quarter", "FY2027-Q2", "FY2027-Q2"),
        ("ja", "前四半期", "FY2026-Q3", "FY2026-Q2"),
        ("ko", "전 분기", "2026-Q2", "2026-Q1"),
        ("de", "im Vorquartal", "2026-Q3", "2026-Q2"),
        ("zh", "去年同期", "2026-Q1/2026-Q3", "2025-Q1/2025-Q3"),
    ],
)
def test_some_words_point_back_to_the_period_told_of(language: str, text: str, told: str, value: str) -> None:
    (found,) = periods(text, language, MARCH)
    assert found.read(told=told) == value


def test_the_quarter_of_an_outlook_is_not_the_one_reported() -> None:
    (found,) = periods("for the quarter", "en", MARCH)
    assert found.read("amd", future=True, told="2025-Q4") is None


MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December"]  # fmt: skip


@given(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    st.integers(1, 12),
    st.sampled_from(["quarter", "six months", "nine months", "twelve months"]),
    st.sampled_from([True, False, None]),
)
def test_what_ended_lies_behind_whatever_is_told_of_it(
    published: date, month: int, length: str, future: bool | None
) -> None:
    (found,) = periods(f"the {length} that ended in {MONTHS[month - 1]}", "en", published)
    value = found.read("smic", future=future)
    assert value is not None
    months = [int(year) * 12 + int(name) for year, name in month_numbers(value)]
    assert months[-1] <= published.year * 12 + published.month
    assert months[-1] > published.year * 12 + published.month - 12
    assert months[-1] % 12 == month % 12


def month_numbers(value: str) -> list[tuple[str, int]]:
    """The last month of each part of a period in the contract's form."""
    lasts = []
    for part in value.split("/"):
        year, _, rest = part.partition("-")
        kind, number = (rest[0], rest[1:]) if rest[:1] in {"Q", "H"} else ("", rest or "12")
        lasts.append((year, int(number) * {"Q": 3, "H": 6, "": 1}[kind]))
    return lasts


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.sampled_from(sorted(fiscal_year_ends())), st.integers(1, 4))
def test_a_quarter_of_results_is_the_last_completed_or_the_next(published: date, company: str, number: int) -> None:
    name = ["first", "second", "third", "fourth"][number - 1]
    (found,) = periods(f"in the {name} quarter", "en", published)
    done = found.read(company, future=False, own_quarters=True)
    ahead = found.read(company, future=True, own_quarters=True)
    assert done is not None
    assert ahead is not None
    assert done <= ahead
    assert done.startswith("FY") == bool(fiscal_year_ends()[company] % 3)


def test_a_plain_quarter_is_the_companys_own_only_in_its_results() -> None:
    (found,) = periods("in the second quarter", "en", MARCH)
    assert found.read("micron", future=False, own_quarters=True) == "FY2026-Q2"
    assert found.read("micron", future=False) == "2025-Q2"
    assert found.read("samsung", future=False, own_quarters=True) == "2025-Q2"


@pytest.mark.parametrize(("future", "value"), [(True, "2026-Q4"), (False, "2025-Q4"), (None, "2025-Q4")])
def test_an_open_year_is_settled_by_the_side_that_is_meant(future: bool | None, value: str) -> None:
    (found,) = periods("in the fourth quarter", "en", MARCH)
    assert found.read(future=future) == value


def test_the_same_period_a_year_before_points_back() -> None:
    (found,) = periods("a year earlier", "en", MARCH)
    assert found.value is None
    assert found.like("2026-H1") == "2025-H1"
    assert found.like(None) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "sales may march on"),
        ("en", "2000 chips and 2048 GPUs"),
        ("en", "room 2026.5 and 12025"),
        ("zh", "2000张卡"),
        ("de", "1900 Karten"),
        ("xx", "in 2025"),
    ],
)
def test_figures_and_plain_words_are_no_periods(language: str, text: str) -> None:
    assert periods(text, language, MARCH) == []


def test_without_a_date_only_what_the_text_settles_is_told() -> None:
    assert [p.value for p in periods("in 2025 and last quarter", "en", None)] == ["2025", None]


def test_the_period_nearest_in_the_clause_is_that_of_a_figure() -> None:
    text = "It shipped 5,000 cards in April, and 7,000 in May."
    at = text.index("7,000")
    value, spans = period(text, (at, at + 5), MARCH, "en")
    assert value == "2026-05"
    assert [text[start:end] for start, end in spans] == ["in May"]
    assert period("5,000 cards", (0, 5), MARCH, "en") == (None, [])


def table_phrases(language: str) -> list[tuple[str, str]]:
    from importlib import resources

    table = read_table(resources.files("monitor.claims.period") / "tables" / f"{language}.yaml")
    return [(rule, phrase) for rule, phrases in table["relative"].items() for phrase in phrases]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_relative_phrase_is_read(language: str) -> None:
    for rule, phrase in table_phrases(language):
        found = periods(phrase, language, MARCH)
        assert len(found) == 1, phrase
        assert found[0].rule == rule.removesuffix("_end") or rule in {"year_end", "fiscal_quarter", "fiscal_year"}, (
            phrase
        )
        assert rule in {"same", "same_quarter"} or found[0].value is not None, phrase


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(1, 4), st.sampled_from([True, False]))
def test_a_quarter_lies_on_the_side_asked_for(published: date, number: int, future: bool) -> None:
    name = ["first", "second", "third", "fourth"][number - 1]
    (found,) = periods(f"in the {name} quarter", "en", published)
    year, quarter = found.read(future=future).split("-Q")
    first = date(int(year), int(quarter) * 3 - 2, 1)
    last = (first + timedelta(days=92)).replace(day=1) - timedelta(days=1)
    assert int(quarter) == number
    assert last >= published if future else first <= published
    assert abs((first - published).days) < 466


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.sampled_from(sorted(fiscal_year_ends())))
def test_the_running_fiscal_quarter_holds_the_day(published: date, company: str) -> None:
    (found,) = periods("this fiscal quarter", "en", published)
    value = found.read(company)
    assert value is not None
    end = fiscal_year_ends()[company]
    assert value.startswith("FY") == bool(end % 3)


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_any_text_is_read_without_error(text: str, language: str) -> None:
    place = 0
    for found in periods(text, language, MARCH):
        assert place <= found.start < found.end <= len(text)
        place = found.end
        found.read("nvidia", future=True, own_quarters=True)


@pytest.mark.parametrize("form", ["2026", "2026-Q1", "FY2026-Q2", "2025-Q1/2025-Q3", "../2031", "cumulative"])
def test_a_year_moved_back_and_forth_is_the_same(form: str) -> None:
    assert moved(moved(form, -1), 1) == form


@pytest.mark.parametrize("language", LANGUAGES)
def test_cost_is_linear(language: str) -> None:
    for piece in ("in 2025 ", "Q1 ", "1-2-3月", "first ", "in the quarter to ", "去年", "지난해 "):
        assert is_linear(lambda text: periods(text, language, MARCH), piece.__mul__), piece
