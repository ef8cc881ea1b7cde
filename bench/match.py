"""Speed of matching: `python bench/match.py [--terms N ...] [--articles N]`.

Reads made-up articles (a title and 60 words; every third Chinese; one in ten names a term) with a lexicon of N
made-up names, beside the bare native automaton over NFKC of the same text, a `re` alternation, and flashtext. CPU
seconds of the best of three rounds, all engines in turn; MB are of UTF-8.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import re
import sys
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

if TYPE_CHECKING:
    from collections.abc import Callable

sys.path.insert(0, str(Path(__file__).parents[1]))

from monitor.mentions import EntitySpec, Watchlist, compile_lexicon, shipped
from monitor.model import Article

SYLLABLES = re.findall("..", "bacodufegilomunepirasotuvaxiyozedokemanipoqurisatevixeho")
HAN = [chr(code) for code in range(0x4E00, 0x5A00)]
ROUNDS = 3
ENOUGH = 2.0
"""CPU seconds after which a slow engine is measured on what it has done."""


def word(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.randint(2, 4)))


def names(count: int, rng: random.Random) -> list[str]:
    found: set[str] = set()
    while len(found) < count:
        if rng.random() < 0.3:
            found.add("".join(rng.choices(HAN, k=rng.randint(3, 5))))
        else:
            found.add(" ".join(word(rng).capitalize() for _ in range(rng.randint(1, 3))))
    return sorted(found)


def articles(count: int, terms: list[str], rng: random.Random) -> list[Article]:
    common = [word(rng) + rng.choice(("", "s", "ing", "ed")) + "h" for _ in range(5000)]
    made = []
    for number in range(count):
        chinese = number % 3 == 0
        length = 120 if chinese else 60
        body = rng.choices(HAN, k=length) if chinese else rng.choices(common, k=length)
        if number % 10 == 0:
            body[length // 2] = f" {rng.choice(terms)} "
        text = "".join(body) if chinese else " ".join(body) + "."
        made.append(Article(id=str(number), title=text[:60], text=text))
    return made


def once(read: Callable[[Article], object], batch: list[Article]) -> tuple[float, int]:
    """CPU seconds and articles done."""
    start = time.process_time()
    for number, article in enumerate(batch, 1):
        read(article)
        if number % 50 == 0 and time.process_time() - start > ENOUGH:
            return time.process_time() - start, number
    return time.process_time() - start, len(batch)


def engines(terms: list[str]) -> dict[str, tuple[Callable[[Article], object], float]]:
    """Each with the CPU seconds that it took to build."""
    made: dict[str, tuple[Callable[[Article], object], float]] = {}

    def add(name: str, build: Callable[[], Callable[[Article], object]]) -> None:
        start = time.process_time()
        read = build()
        made[name] = read, time.process_time() - start

    def chipwire() -> Callable[[Article], object]:
        lexicon = compile_lexicon([Watchlist(name="bench", entities=specs)])
        lexicon.read(Article(id="", title="x", text="x"))
        lexicon.read(Article(id="", title="中", text="中"))
        return lexicon.read

    def bare() -> Callable[[Article], object]:
        automaton = AhoCorasick([term.lower() for term in terms], store_patterns=False)
        return lambda a: automaton.find_matches_as_indexes(unicodedata.normalize("NFKC", f"{a.title}\n{a.text}"))

    def alternation() -> Callable[[Article], object]:
        pattern = re.compile("|".join(map(re.escape, terms)), re.IGNORECASE)
        return lambda a: pattern.findall(f"{a.title}\n{a.text}")

    def flashtext() -> Callable[[Article], object]:
        from flashtext import KeywordProcessor  # type: ignore[import-not-found]

        processor = KeywordProcessor()
        processor.add_keywords_from_list(terms)
        return lambda a: processor.extract_keywords(f"{a.title}\n{a.text}", span_info=True)

    specs = tuple(EntitySpec(id=f"e-{number}", names=(name,)) for number, name in enumerate(terms))
    add("chipwire", chipwire)
    add("bare automaton + NFKC", bare)
    if len(terms) <= 10_000:
        add("re alternation", alternation)
    if importlib.util.find_spec("flashtext"):
        add("flashtext", flashtext)
    return made


def table(terms: list[str], batch: list[Article]) -> float:
    """Print the rows for one number of terms; articles per second of our own."""
    made = engines(terms)
    best = dict.fromkeys(made, 0.0)
    for _ in range(ROUNDS):
        for name, (read, _) in made.items():
            seconds, done = once(read, batch)
            best[name] = max(best[name], done / seconds)
    size = sum(len(f"{article.title}\n{article.text}".encode()) for article in batch) / len(batch)
    for name, rate in best.items():
        ratio = rate / best["bare automaton + NFKC"]
        print(
            f"{len(terms):>7} {name:<22} {made[name][1]:>7.2f} {rate:>12,.0f} {rate * size / 1e6:>8.1f} {ratio:>6.0%}"
        )
    return best["chipwire"]


def queries(batch: list[Article]) -> None:
    """Cost of queries whose words do not stand in the articles."""
    for count in (0, 1_000, 10_000):
        texts = tuple(f'"zzz{number} qqq" AND yield NOT more' for number in range(count))
        lexicon = compile_lexicon([Watchlist(name="bench", queries=(*texts, "zzz NEAR/3 qqq"))])
        rate = max(done / seconds for seconds, done in (once(lexicon.read, batch) for _ in range(ROUNDS)))
        print(f"{count:>7} queries that cannot match: {rate:>10,.0f} articles/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--terms", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--articles", type=int, default=3_000)
    options = parser.parse_args()
    print(f"{'terms':>7} {'engine':<22} {'build s':>7} {'articles/s':>12} {'MB/s':>8} {'bare':>6}")
    rates = {}
    for count in options.terms:
        rng = random.Random(count)
        terms = names(count, rng)
        rates[count] = table(terms, articles(options.articles, terms, rng))
    if {10_000, 100_000} <= rates.keys():
        print(f"100,000 terms take {rates[10_000] / rates[100_000]:.2f} times as long as 10,000")
    batch = articles(options.articles, names(100, random.Random(1)), random.Random(2))
    queries(batch)
    lexicon = shipped()
    rate = max(done / seconds for seconds, done in (once(lexicon.read, batch) for _ in range(ROUNDS)))
    print(f"shipped packs, no mention: {rate:,.0f} articles/s")


if __name__ == "__main__":
    main()
