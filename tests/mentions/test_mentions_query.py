from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.mentions import Lexicon, QueryError, Watchlist, compile_lexicon, parse_query, shipped_watchlist
from monitor.model import Article
from tests.growth import is_linear

if TYPE_CHECKING:
    from collections.abc import Callable

DOCS = Path(__file__).parents[2] / "docs" / "watchlists.md"


def desk(*queries: str) -> Lexicon:
    return compile_lexicon([shipped_watchlist("companies"), Watchlist(name="desk", queries=queries)])


def holds(query: str, text: str, title: str = "", **fields: str) -> bool:
    hits = desk(query).read(Article(id="1", title=title, text=text, **fields)).hits
    return [(hit.watchlist, hit.query) for hit in hits] == [("desk", query)]


def examples() -> list[tuple[str, bool, str, str]]:
    block = re.search(r"```query-examples\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert block
    found, query = [], ""
    for line in block[1].splitlines():
        if not line.startswith(("+ ", "- ")):
            query = line
            continue
        title, bar, text = line[2:].partition(" | ")
        found.append((query, line[0] == "+", title if bar else "", text if bar else title))
    return found


def errors() -> list[tuple[str, str]]:
    rows = re.findall(r"^\| `(.+?)` \| (column .+) \|$", DOCS.read_text("utf-8"), re.MULTILINE)
    assert len(rows) > 4
    return rows


@pytest.mark.parametrize(("query", "expected", "title", "text"), examples())
def test_the_examples_of_the_manual(query: str, expected: bool, title: str, text: str) -> None:
    assert holds(query, text, title) is expected


@pytest.mark.parametrize(("query", "message"), errors())
def test_the_errors_of_the_manual(query: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(query)
    assert str(caught.value) == f"{message} (in the query {query!r})"


@pytest.mark.parametrize(
    ("query", "column"),
    [
        ("", 1),
        ("   ", 1),
        ("a AND", 6),
        ("a AND OR b", 7),
        ("(a OR b", 8),
        ("a OR b)", 7),
        ("a b", 3),
        ('a AND "b', 7),
        ("a AND /b", 7),
        ("title:", 7),
        ("entity:", 8),
        ("a NEAR/3 (b AND c)", 3),
        ("a NEAR/3 lang:zh", 3),
        ('a AND "--"', 8),
        ("NOT a", 1),
        ("a OR NOT b", 1),
        ("/a*/", 2),
        ("SENTENCE(a", 11),
    ],
)
def test_errors_name_the_column(query: str, column: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(query)
    assert caught.value.column == column


def test_too_deep() -> None:
    with pytest.raises(QueryError, match="at most 50 parentheses"):
        parse_query("(" * 60 + "a" + ")" * 60)


@given(st.text(st.sampled_from('ab "()/:ANDORT NEAR/3title:case:entity:'), max_size=30))
def test_any_text_is_parsed_or_answered(text: str) -> None:
    column = 1
    try:
        parse_query(text)
    except QueryError as error:
        column = error.column
    assert 1 <= column <= len(text) + 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("a OR b AND c", True),
        ("(a OR b) AND c", False),
        ("a NOT b", True),
        ("a NOT (b OR a)", False),
        ("a AND NOT c", True),
        ("NOT c AND a", True),
    ],
)
def test_precedence(query: str, expected: bool) -> None:
    assert holds(query, "here stands a alone") is expected


def test_small_operators_are_words() -> None:
    assert holds('"supply and demand"', "supply and demand")
    with pytest.raises(QueryError):
        parse_query("supply and demand")


def test_outlet_and_language() -> None:
    assert holds("chips AND outlet:reuters", "chips", outlet="Reuters Asia")
    assert not holds("chips AND outlet:reuters", "chips", outlet="Bloomberg")
    assert holds("lang:zh", "什么", language="zh")
    assert not holds("lang:zh", "what", language="en")
    assert not holds("outlet:reuters", "Reuters", outlet=None)  # type: ignore[arg-type]


def test_entities_count_as_judged() -> None:
    assert holds("entity:apple AND harvest", "iPhone maker Apple buys the harvest of an app")
    assert not holds("entity:apple AND harvest", "The Apple harvest: one apple for each child")


def test_words_in_hidden_parts_do_not_count() -> None:
    assert not holds("foundry", "see https://foundry.example.com/foundry")
    assert not holds("/foundry/", "see https://foundry.example.com/foundry")


def test_near_is_for_either_order_and_nearest_places() -> None:
    text = "alpha " + "x " * 30 + "beta " + "y " * 3 + "alpha"
    assert holds("alpha NEAR/3 beta", text)
    assert not holds("alpha NEAR/2 beta", text)
    assert holds("(gamma OR alpha) NEAR/3 beta", text)
    assert holds("alpha NEAR/3 beta NEAR/40 x", text)


def test_regular_expressions_work_on_folded_lengths_too() -> None:
    assert holds("title:/h20/", "nothing", title="½ ﬁrst H20")
    assert not holds("title:/h20/", "H20", title="½ ﬁrst")


def asked(query: str) -> Callable[[str], None]:
    """Reads a text that the query does not match."""
    lexicon = desk(query)

    def read(text: str) -> None:
        assert lexicon.read(Article(id="1", title="", text=text)).hits == ()

    return read


def test_a_hostile_regular_expression_takes_linear_time() -> None:
    assert is_linear(asked("/(a+)+$x/"), "a".__mul__)


def test_near_of_many_places_is_not_square() -> None:
    assert is_linear(asked("alpha NEAR/0 omega"), lambda n: "alpha x " * n + "y y omega " * n)


@pytest.mark.parametrize("query", ["SENTENCE(alpha AND omega)", "SENTENCE(/alph[ab]/ AND omega)"])
def test_sentences_with_many_places_are_not_square(query: str) -> None:
    assert is_linear(asked(query), "It is alpha. Now omega is.\n".__mul__)


def test_queries_that_cannot_match_are_not_asked() -> None:
    lexicon = desk(*(f"word{number} AND other NOT more" for number in range(50)), "/x/")
    assert len(lexicon.unanchored) == 1
    assert all(len(numbers) == 1 for numbers in lexicon.anchors.values())


def test_a_query_names_its_entities() -> None:
    assert parse_query("entity:nvidia AND NOT entity:amd").entities == ("nvidia", "amd")
