"""Article + Mentions -> Claims: numbers, one table of words per language, clause frames, extract."""

from monitor.claims.draft import Drawn, Explanation, Passed
from monitor.claims.extract import explain, extract

__all__ = ["Drawn", "Explanation", "Passed", "explain", "extract"]
