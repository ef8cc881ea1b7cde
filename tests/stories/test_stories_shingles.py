"""Shingles: copies share them, whatever stands around; other texts do not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Article
from monitor.stories import shingles

LEAD = (
    "Alibaba has shipped more than one hundred thousand of its own accelerators since the spring, according to two "
    "people who have seen the order book, and most of them went to state carriers in the north of the country. "
)
MORE = " ".join(f"Sentence number {n} tells something else about cards, racks and cooling." for n in range(60))


def of(text, title="A headline"):
    return set(shingles(Article(id="a", title=title, text=text)))


def share(one, other):
    return len(one & other) / min(len(one), len(other))


def test_a_retitled_copy_shares_all():
    assert share(of(LEAD, "One"), of(LEAD, "Quite another headline")) == 1


def test_a_truncated_copy_shares_all_with_the_long_original():
    assert share(of(LEAD), of(LEAD + MORE)) > 0.95


def test_a_byline_before_the_text_changes_little():
    assert share(of("By our staff in Hangzhou: " + LEAD + MORE), of(LEAD + MORE)) > 0.9


def test_an_updated_lead_leaves_most_of_a_long_text():
    assert (
        share(of("Updates with a comment of the company in the second paragraph. " + LEAD + MORE), of(LEAD + MORE))
        > 0.8
    )


def test_chinese_copies_share_and_other_texts_do_not():
    one = "据两名知情人士透露，阿里巴巴旗下平头哥的加速卡累计出货量已超过十万片，主要客户包括运营商和银行。"
    other = "摩尔线程的首发申请昨日获得上市委审议通过，公司拟募集资金用于新一代图形处理器的研发。"
    assert share(of("快讯 " + one), of(one)) > 0.9
    assert share(of(other), of(one)) == 0


def test_traditional_and_simplified_writing_are_one():
    assert of("台積電計劃今年底將先進封裝月產能提升至七萬五千片") == of(
        "台积电计划今年底将先进封装月产能提升至七万五千片"
    )


def test_a_short_text_is_told_by_its_title():
    assert share(of("", "Nvidia buys a stake in Intel"), of("", "Intel appoints a new chairman of the board")) == 0


def test_an_article_without_words_has_none():
    assert shingles(Article(id="a", title="", text="")) == ()
    assert shingles(Article(id="a", title="…", text="——")) == ()


@given(st.text(max_size=3_000), st.text(max_size=100))
def test_bounded_stable_and_of_63_bits(text, title):
    article = Article(id="a", title=title, text=text)
    found = shingles(article)
    assert found == shingles(article)
    assert len(found) == len(set(found)) <= 192
    assert all(0 <= value < 1 << 63 for value in found)
