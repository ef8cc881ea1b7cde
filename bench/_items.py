"""RSS documents of made-up news: the same for the same arguments, however often they are asked for."""

from __future__ import annotations

import random
from html import escape

ITEMS = 30
TEXT = (
    "city council river health school budget report players season weather plan people service road house music film"
    " garden travel food study bank water review family history market village festival harbour library winter"
)
WORDS = TEXT.split()
MAKERS = {
    "Nvidia": "H20",
    "Huawei": "Ascend 910C",
    "AMD": "MI308",
    "Cambricon": "Siyuan 590",
    "Alibaba": "Zhenwu 810E",
    "Moore Threads": "MTT S5000",
}
TELLINGS = (
    "{maker} has shipped {count:,} {chip} chips since January, two people at its suppliers said.",
    "{maker} expects to ship {count:,} {chip} accelerators this year, according to a note to investors.",
    "A state carrier ordered {count:,} {chip} chips from {maker}, its tender showed on Monday.",
    "{maker} can make {count:,} {chip} processors a month at its new line, its chairman told reporters.",
)
_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Wire</title>'
    '<link>https://example.org/</link><atom:link href="https://example.org/rss" rel="self"/><language>en</language>'
)
_WHOLE_TEXT = 3
"""Every so many feeds carry the whole article beside its summary."""


def documents(feeds: int, matching: float, new: int, *, plain: bool) -> dict[str, bytes]:
    """Path -> RSS document with `new` items before the first ones; `matching` is the share of telling items."""
    write = _plain_item if plain else _item
    return {
        f"/feed/{feed}": (
            _HEAD + "".join(write(feed, at, matching) for at in reversed(range(ITEMS + new))) + "</channel></rss>"
        ).encode()
        for feed in range(feeds)
    }


class _Story:
    """What an item says, before it is written down."""

    def __init__(self, feed: int, number: int, matching: float) -> None:
        self.chance = random.Random(feed * 1000 + number)
        self.text = self.words(60)
        if self.chance.random() < matching:
            maker, chip = self.chance.choice(tuple(MAKERS.items()))
            telling = self.chance.choice(TELLINGS)
            told = telling.format(maker=maker, chip=chip, count=self.chance.randrange(10, 9000) * 100)
            self.text = f"{told} {self.text}"
        self.title = " ".join(self.chance.choices(WORDS, k=9)).capitalize()
        self.link = f"https://example.org/{feed}/{number}"
        self.guid = f"<guid isPermaLink='false'>{feed}-{number}</guid>"
        self.date = f"<pubDate>Mon, 23 Nov 2026 {number % 24:02}:00:00 +0000</pubDate>"

    def words(self, count: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=count)).capitalize() + "."


def _plain_item(feed: int, number: int, matching: float) -> str:
    """A title and 60 words."""
    story = _Story(feed, number, matching)
    return (
        f"<item><title>{story.title}</title><link>{story.link}</link>{story.guid}"
        f"<description>{story.text}</description>{story.date}</item>"
    )


def _item(feed: int, number: int, matching: float) -> str:
    """The same words as a blog's software writes them: paragraphs, a picture, links, entities; author and categories.

    Some feeds carry the article as `content:encoded`: the summary's words and 200 more.
    """
    story = _Story(feed, number, matching)
    picture = f'<img src="/images/{feed}-{number}.jpg" alt="{story.title}" width="600" height="400" loading="lazy" />'
    more = f'<a href="{story.link}?utm_source=rss&amp;utm_medium=feed" class="more">Read&nbsp;more&hellip;</a>'
    summary = f"<p>{picture}</p>\n<p><em>{story.chance.choice(WORDS)}</em>: {story.text}</p>\n<p>{more}</p>"
    content = ""
    if feed % _WHOLE_TEXT == 0:
        whole = [story.text, *(_marked(story) for _ in range(5))]
        body = "\n".join(f'<p class="paragraph">{text}</p>' for text in whole)
        content = f"<content:encoded><![CDATA[<figure>{picture}</figure>\n{body}]]></content:encoded>"
    return (
        f"<item>\n<title>{story.title} &#8211; it&#8217;s {number}</title>\n<link>{story.link}</link>\n{story.guid}\n"
        f"<dc:creator><![CDATA[A. Writer]]></dc:creator>\n{story.date}\n"
        f"<category><![CDATA[City]]></category><category><![CDATA[News]]></category>\n"
        f"<description>{escape(summary, quote=False)}</description>\n{content}</item>\n"
    )


def _marked(story: _Story) -> str:
    """A paragraph of 40 words with a link, emphasis and entities."""
    link = f'<a href="/topics/{story.chance.choice(WORDS)}" target="_blank" rel="noopener">{story.words(3)}</a>'
    stress = f"<strong>{story.chance.choice(WORDS)}</strong>"
    return f"{story.words(15)} {link} &#8220;{story.words(10)}&#8221; {stress} {story.words(11)}"
