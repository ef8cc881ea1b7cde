"""The query language: words, AND, OR, NOT, NEAR/n, SENTENCE(...), prefixes, /regular expressions/."""

from monitor.mentions.query.parse import QueryError, parse_query
from monitor.mentions.query.syntax import Query

__all__ = ["Query", "QueryError", "parse_query"]
