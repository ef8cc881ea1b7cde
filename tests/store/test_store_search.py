"""Search finds what a reader sees, in any script, and takes no query syntax from anybody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.store import search
from monitor.store.db import open_memory

SENTENCE = "英伟达H20芯片对华出口受限，华为昇腾受益"


@pytest.fixture(scope="module")
def sql():
    connection = open_memory().connection
    search.index(connection, 1, "Export curbs", SENTENCE)
    search.index(connection, 2, "Ｈ２０ sales", "Nvidia's H200 is not affected")
    search.index(connection, 3, "エヌビディア", "エヌビディアのH20を輸出")
    search.index(connection, 4, "삼성전자", "삼성전자 HBM4 공급")
    return connection


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("华为", {1}),
        ("華為", {1}),
        ("出口", {1}),
        ("H20", {1, 2, 3}),
        ("h200", {2}),
        ("export curbs", {1}),
        ("삼성", {4}),
        ("エヌビディア", {3}),
        ("H20 Nvidia's", {2}),
        ("受出", set()),
        ("", set()),
        ("***", set()),
    ],
)
def test_finds(sql, question, found):
    assert set(search.find(sql, question, 10)) == found


@given(st.text(max_size=60))
def test_no_question_is_an_error(sql, question):
    search.find(sql, question, 10)


@pytest.mark.parametrize("question", ["H100-SXM", "words:x", '"', "NEAR(a b)", "a AND", "(", "^x", "a*", "\0", "x OR"])
def test_query_syntax_is_text(sql, question):
    search.find(sql, question, 10)


def test_forgotten_is_not_found(sql):
    search.index(sql, 9, "Loongson", "3B6000M")
    assert search.find(sql, "Loongson", 10) == [9]
    search.forget(sql, 9, "Loongson", "3B6000M")
    assert search.find(sql, "Loongson", 10) == []


_ASCII = st.characters(codec="ascii")
_PRINT = st.sampled_from("\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2022\u2030\u2033\u203f\u20ac\u2122\u2044")


@settings(max_examples=200, deadline=None)
@given(st.text(_ASCII | st.characters(codec="latin-1") | _PRINT, max_size=60))
def test_the_tokenizer_finds_the_words_of_the_west_that_the_index_would_be_given(text):
    connection = open_memory().connection
    connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(articles_search, instance)")
    search.index(connection, 1, "", text)
    found = [row[0] for row in connection.execute("SELECT term FROM terms ORDER BY offset")]
    search.forget(connection, 1, "", text)
    connection.execute("INSERT INTO articles_search (rowid, words) VALUES (1, ?)", (search.words(text),))
    assert found == [row[0] for row in connection.execute("SELECT term FROM terms ORDER BY offset")]
