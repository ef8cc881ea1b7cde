"""Full-text search that finds H20 and the two-character 华为 alike: every CJK character is a word of its own."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from monitor.text.fold import folded

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


@cache
def _token() -> re.Pattern[str]:
    # At its first use: compiling so many ranges takes 5 ms, and a poll that brings nothing indexes nothing.
    return re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿가-힯]|[^\W_぀-ヿ㐀-䶿一-鿿豈-﫿가-힯]+")


@cache
def _latin() -> re.Pattern[str]:
    """ASCII, letters with accents and the punctuation of print: no fold but that to small letters changes a word."""
    return re.compile("[\x00-\x7f\xa0-\xa7\xa9\xab\xac\xae\xb0\xb1\xb6\xb7\xbb\xbf-\xde\xe0-\xff\u2010-\u205e€™]*")


def words(text: str) -> str:
    """The words of a text as the index holds them."""
    return " ".join(_token().findall(folded(text)))


def _given(title: str, text: str) -> str:
    """What the index is given; the tokenizer of FTS5 finds the words of Western languages by the same rules."""
    both = f"{title} {text}"
    return both if both.isascii() or _latin().fullmatch(both) else words(both)


def phrases(question: str) -> str | None:
    """An FTS5 query: every blank-separated part of the question must occur as it stands; None when it holds no word.

    Each part is quoted, so that nothing in it is read as query syntax.
    """
    parts = [words(part) for part in question.replace("\0", " ").split()]
    return " ".join(f'"{part}"' for part in parts if part) or None


def index(sql: sqlite3.Connection, article: int, title: str, text: str) -> None:
    """Makes the article findable."""
    sql.execute("INSERT INTO articles_search (rowid, words) VALUES (?, ?)", (article, _given(title, text)))


def forget(sql: sqlite3.Connection, article: int, title: str, text: str) -> None:
    """Takes out what `index` put in; a contentless table must be told the words again."""
    sql.execute(
        "INSERT INTO articles_search (articles_search, rowid, words) VALUES ('delete', ?, ?)",
        (article, _given(title, text)),
    )


def find(sql: sqlite3.Connection, question: str, limit: int) -> Sequence[int]:
    """Articles that hold every part of the question, best first."""
    query = phrases(question)
    if query is None:
        return []
    rows = sql.execute(
        "SELECT rowid FROM articles_search WHERE articles_search MATCH ? ORDER BY rank LIMIT ?", (query, limit)
    )
    return [row[0] for row in rows]
