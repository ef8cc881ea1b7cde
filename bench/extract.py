"""Items a second of the claims engine, by stage, on one core: `python bench/extract.py [--items N]`.

Items are of a feed's size (title and 60 words), built from the examples beside the English tables, so that the bench
needs no data of its own; `no mention` are the same items with their names taken out.
"""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING

import yaml

from monitor.claims import extract, numbers
from monitor.claims.lexicon import lexicon
from monitor.claims.period import periods
from monitor.mentions import shipped
from monitor.model import Article, Reading
from monitor.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PUBLISHED = datetime(2026, 5, 20, tzinfo=UTC)
WORDS = 60
FILLER = "The plant sits beside a river and employs people from nearby towns, who arrive by tram in the early morning."


def examples() -> Iterator[str]:
    folder = resources.files("monitor.claims") / "languages" / "en"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        table = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader) if file.name.endswith(".yaml") else {}
        for group in table.get("metrics", {}).values():
            for entry in group:
                yield from (example["text"] for example in entry.get("examples", ()))


def items(count: int) -> list[Article]:
    texts = list(examples())
    made = []
    for number in range(count):
        picked = [texts[(number * 7 + step * 13) % len(texts)] for step in range(3)]
        body = " ".join(f"{picked[1]} {FILLER} {picked[2]} {FILLER}".split()[:WORDS])
        made.append(Article(id=str(number), title=picked[0].rstrip("."), text=body, language="en", published=PUBLISHED))
    return made


def rate(name: str, work: Callable[[Article], object], articles: list[Article]) -> None:
    start = time.process_time()
    for article in articles:
        work(article)
    spent = time.process_time() - start
    print(f"{name:<12} {len(articles) / spent:>12,.0f} items/s   {spent / len(articles) * 1e6:>8.0f} µs/item")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=2000)
    articles = items(parser.parse_args().items)
    names = shipped()
    words = lexicon("en")
    if words is None:
        raise SystemExit("the English tables are missing")
    readings = {article.id: names.read(article) for article in articles}
    for article in articles[:100]:
        extract(article, readings[article.id], names.entities)
    rate("mentions", names.read, articles)
    rate("sentences", lambda a: sentences(a.text), articles)
    rate("numbers", lambda a: (numbers.quantities(a.title, "en"), numbers.quantities(a.text, "en")), articles)
    rate("periods", lambda a: periods(a.text, "en", PUBLISHED.date()), articles)
    rate("phrases", lambda a: list(words.find(a.text)), articles)
    rate("claims", lambda a: extract(a, readings[a.id], names.entities), articles)
    rate("no mention", lambda a: extract(a, Reading(mentions=()), names.entities), articles)


if __name__ == "__main__":
    main()
