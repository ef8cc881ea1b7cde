"""Items a second of the claims engine, by stage, on one core: `python bench/extract.py [--items N]`.

Items are of a feed's size (title and 60 words; in Chinese title and 120 characters), built from the examples beside
the tables of the language, so that the bench needs no data of its own. Of each language there are two kinds:

- dense: the title and two of the body's sentences are examples, each with a claim as a rule: more than any feed brings,
  and what the engine costs where it works hardest. The stages are measured on these.
- sparse: one sentence of the body is an example; the title and the rest are background (`FILLER`, `HEADLINES`) in
  which companies, dates and now and then a figure that is no claim are named, as in most of what feeds bring. Even so
  they are fuller than a feed, where most items with a name tell nothing at all.

`no mention` are the dense items with their names taken out.
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
    from collections.abc import Callable, Iterator, Sequence

PUBLISHED = datetime(2026, 5, 20, tzinfo=UTC)
WORDS, CHARACTERS = 60, 120
PLANT = {
    "en": "The plant beside the river employs people from nearby towns, who arrive by tram in the early morning.",
    "zh": "这座工厂坐落在河边，员工多来自附近的镇子，清晨乘电车上班。",
}
FILLER = {
    "en": [
        "Nvidia did not immediately respond to a request for comment outside business hours.",
        "Analysts have long argued about how quickly cloud providers can put such systems to use.",
        "The company, founded in 2016, shares its campus with several smaller suppliers.",
        "Officials in Washington have said little since the hearing on Tuesday.",
        "Its shares closed 2.3% lower on Friday before the holiday.",
        "Customers want chips that run cooler, and engineers at Intel say the answer lies in packaging.",
        "Nobody at the meeting wanted to guess what the next winter would bring.",
        "Much depends on the weather, on the price of power and on the patience of investors.",
        "Those who have worked there describe long evenings and very good noodles.",
        "A spokesperson declined to discuss what she called speculation about the road map.",
    ],
    "zh": [
        "英伟达方面暂未回应记者的置评请求。",
        "业内人士认为，云厂商何时能真正用上这类系统仍有待观察。",
        "该公司成立于2016年，园区内还有不少配套企业。",
        "美国官员自周二的听证会以来鲜少就此表态。",
        "截至周五收盘，该股下跌2.3%。",
        "客户希望芯片更省电，英特尔工程师则认为关键在封装。",
        "与会者都不愿猜测下一个冬天会是什么样子。",
        "很多事情取决于天气、电价以及投资者的耐心。",
        "在那里工作过的人常说起漫长的夜晚和好吃的面条。",
        "发言人拒绝谈论她所说的路线图传闻。",
    ],
}
HEADLINES = {
    "en": ["What Nvidia's customers are asking for", "Inside TSMC's quiet campus", "Why Huawei keeps hiring"],
    "zh": ["英伟达的客户在想什么", "走进台积电的园区", "华为为何持续招人"],
}


def examples(language: str) -> Iterator[str]:
    folder = resources.files("monitor.claims") / "languages" / language
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        table = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader) if file.name.endswith(".yaml") else {}
        for group in table.get("metrics", {}).values():
            for entry in group:
                yield from (example["text"] for example in entry.get("examples", ()))


def dense(count: int, language: str) -> list[Article]:
    texts, plant = list(examples(language)), PLANT[language]
    made = []
    for number in range(count):
        picked = [texts[(number * 7 + step * 13) % len(texts)] for step in range(3)]
        made.append(article(number, language, picked[0].rstrip(".。"), [picked[1], plant, picked[2], plant]))
    return made


def sparse(count: int, language: str) -> list[Article]:
    texts, filler, headlines = list(examples(language)), FILLER[language], HEADLINES[language]
    made = []
    for number in range(count):
        around = [filler[(number + step) % len(filler)] for step in range(4)]
        body = [around[0], texts[(number * 7) % len(texts)], *around[1:]]
        made.append(article(number, language, headlines[number % len(headlines)], body))
    return made


def article(number: int, language: str, title: str, body: Sequence[str]) -> Article:
    text = "".join(body)[:CHARACTERS] if language == "zh" else " ".join(" ".join(body).split()[:WORDS])
    return Article(id=str(number), title=title, text=text, language=language, published=PUBLISHED)


def rate(name: str, work: Callable[[Article], object], articles: list[Article]) -> None:
    start = time.process_time()
    for item in articles:
        work(item)
    spent = time.process_time() - start
    print(f"{name:<16} {len(articles) / spent:>12,.0f} items/s   {spent / len(articles) * 1e6:>8.0f} µs/item")


def measure(language: str, count: int) -> None:
    names, words = shipped(), lexicon(language)
    if words is None:
        raise SystemExit(f"the tables of {language} are missing")
    kinds = {"dense": dense(count, language), "sparse": sparse(count, language)}
    readings = {kind: {a.id: names.read(a) for a in articles} for kind, articles in kinds.items()}
    for article in kinds["dense"][:100]:
        extract(article, readings["dense"][article.id], names.entities)
    print(f"{language}: {count} items of each kind")
    articles = kinds["dense"]
    rate("mentions", names.read, articles)
    rate("sentences", lambda a: sentences(a.text), articles)
    rate("numbers", lambda a: [numbers.quantities(text, language) for text in (a.title, a.text)], articles)
    rate("periods", lambda a: periods(a.text, language, PUBLISHED.date()), articles)
    rate("phrases", lambda a: list(words.find(a.text)), articles)
    rate("claims, dense", lambda a: extract(a, readings["dense"][a.id], names.entities), articles)
    rate("claims, sparse", lambda a: extract(a, readings["sparse"][a.id], names.entities), kinds["sparse"])
    rate("no mention", lambda a: extract(a, Reading(mentions=()), names.entities), articles)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=2000)
    count = parser.parse_args().items
    for language in ("en", "zh"):
        measure(language, count)


if __name__ == "__main__":
    main()
