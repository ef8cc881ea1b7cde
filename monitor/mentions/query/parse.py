"""Query text -> `Query`; errors name the column and what was expected there."""

from __future__ import annotations

import re
from typing import NamedTuple, NoReturn

from monitor.mentions.names import letters
from monitor.mentions.query.regex import compiled
from monitor.mentions.query.syntax import (
    Both,
    Either,
    InSentence,
    InTitle,
    Language,
    Named,
    Near,
    Node,
    Outlet,
    Pattern,
    Query,
    Without,
    Words,
    bounded,
)
from monitor.text.fold import folded, words

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<open>\() | (?P<close>\))
    | (?P<prefix>(?:title|outlet|lang|entity|case):)
    | (?P<near>NEAR(?:/(?P<distance>\d{1,3}))?(?![\w/]))
    | (?P<sentence>SENTENCE(?=\s*\())
    | (?P<operator>(?:AND|OR|NOT)(?![\w-]))
    | "(?P<phrase>[^"]*)"
    | /(?P<regex>(?:[^/\\]|\\.)+)/
    | (?P<word>[^\s()"/]+)
    )""",
    re.VERBOSE,
)
_OPERAND = 'a word, a "phrase", /a regular expression/, a prefix such as title:, NOT or ('
_MOST_DEEP = 50


class QueryError(ValueError):
    """A query that cannot be read; `column` counts from 1."""

    def __init__(self, query: str, column: int, problem: str) -> None:
        super().__init__(f"column {column}: {problem} (in the query {query!r})")
        self.column = column
        self.problem = problem


class _Token(NamedTuple):
    kind: str
    text: str
    start: int


def parse_query(text: str) -> Query:
    """Parse a query; QueryError where it is not one."""
    parser = _Parser(text)
    root = parser.whole()
    if not bounded(root):
        raise QueryError(text, 1, "NOT alone holds of nearly every article; say first what must be there: A NOT B")
    return Query(text, root)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = self._tokens()
        self.at = 0
        self.depth = 0

    def _tokens(self) -> list[_Token]:
        tokens: list[_Token] = []
        at, end = 0, len(self.text.rstrip())
        while at < end:
            match = _TOKEN.match(self.text, at)
            if match is None or match.end() == at:
                at += len(self.text[at:]) - len(self.text[at:].lstrip())
                self._unreadable(at)
            kind = next(name for name, value in match.groupdict().items() if value is not None)
            value = match[kind] if kind != "near" else match["distance"] or "10"
            tokens.append(_Token(kind, value, match.start(kind)))
            at = match.end()
        return tokens

    def _unreadable(self, at: int) -> NoReturn:
        if self.text[at] == '"':
            raise QueryError(self.text, at + 1, 'this " has no partner; end the phrase with another "')
        raise QueryError(self.text, at + 1, "this / begins a regular expression that no second / ends")

    def fail(self, expected: str) -> NoReturn:
        token = self._peek()
        found = f"found {self.text[token.start :].split()[0]!r}" if token else "the query ends"
        column = token.start + 1 if token else len(self.text.rstrip()) + 1
        raise QueryError(self.text, column, f"expected {expected}, {found}")

    def _peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take(self, kind: str, text: str | None = None) -> _Token | None:
        token = self._peek()
        if token is None or token.kind != kind or (text is not None and token.text != text):
            return None
        self.at += 1
        return token

    def whole(self) -> Node:
        node = self._either()
        if self._peek() is not None:
            self.fail('AND, OR, NOT, NEAR/n or the end (words that belong together go into quotes: "export controls")')
        return node

    def _either(self) -> Node:
        self.depth += 1
        if self.depth > _MOST_DEEP:
            self.fail(f"at most {_MOST_DEEP} parentheses within each other")
        parts = [self._both()]
        while self._take("operator", "OR"):
            parts.append(self._both())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self) -> Node:
        parts = [self._negated()]
        while self._take("operator", "AND") or self._is_not():
            parts.append(self._negated())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _is_not(self) -> bool:
        token = self._peek()
        return token is not None and token.kind == "operator" and token.text == "NOT"

    def _negated(self) -> Node:
        if self._take("operator", "NOT"):
            return Without(self._negated())
        return self._near()

    def _near(self) -> Node:
        node = self._operand()
        while token := self._take("near"):
            right = self._operand()
            for side in (node, right):
                if not isinstance(side, Words | Pattern | Named | Either | Near):
                    problem = "NEAR stands between words, phrases, /regex/, entity: or (a OR b)"
                    raise QueryError(self.text, token.start + 1, problem)
            node = Near(int(token.text), node, right)
        return node

    def _operand(self) -> Node:
        if self._take("open"):
            return self._closed()
        if self._take("sentence"):
            self._take("open")
            return InSentence(self._closed())
        if prefix := self._take("prefix"):
            return self._prefixed(prefix)
        return self._place()

    def _closed(self) -> Node:
        node = self._either()
        if not self._take("close"):
            self.fail(") or an operator")
        return node

    def _place(self, *, case: bool = False) -> Node:
        if regex := self._take("regex"):
            return self._pattern(regex, case=case)
        return self._words(case=case)

    def _words(self, *, case: bool = False) -> Words:
        token = self._take("phrase") or self._take("word")
        if token is None:
            self.fail(_OPERAND)
        spelling = " ".join(words(folded(token.text)).split())
        if not spelling:
            raise QueryError(self.text, token.start + 1, "expected letters or digits here")
        return Words(spelling, letters(token.text) if case else None)

    def _prefixed(self, prefix: _Token) -> Node:
        if prefix.text == "title:":
            return InTitle(self._operand())
        if prefix.text == "case:":
            return self._place(case=True)
        token = self._take("phrase") or self._take("word")
        if token is None:
            self.fail(f"a word or phrase after {prefix.text}")
        if prefix.text == "entity:":
            return Named(token.text)
        if prefix.text == "lang:":
            return self._language(token)
        return Outlet(" ".join(words(folded(token.text)).split()))

    def _language(self, token: _Token) -> Language:
        if not re.fullmatch(r"[a-z]{2,3}", token.text):
            raise QueryError(self.text, token.start + 1, "expected a language code of two or three letters, such as zh")
        return Language(token.text)

    def _pattern(self, token: _Token, *, case: bool) -> Pattern:
        node = Pattern(token.text.replace("\\/", "/"), case)
        try:
            pattern = compiled(node)
        except ValueError as error:
            raise QueryError(self.text, token.start + 1, f"no regular expression for RE2: {error}") from None
        if pattern.search("") is not None:
            raise QueryError(
                self.text, token.start + 1, "this regular expression holds of the empty text; ask for more"
            )
        return node
