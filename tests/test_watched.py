"""A desk with a short list still understands who did what."""

import json

import pytest

from monitor.app import desk
from monitor.model import Article
from monitor.settings import load

ROWS = {
    "shipment": "Alibaba has shipped more than 100,000 Zhenwu 810E chips, two people said.",
    "other": "Cambricon has raised 4 billion yuan in a private placement.",
}


@pytest.fixture
def read(tmp_path):
    def read(lists, text):
        path = tmp_path / "feeds.yaml"
        path.write_text(json.dumps({"watchlists": lists}))
        watch = desk(load(path, secrets=False))
        article = Article(id="a", title="", text=text, language="en")
        reading = watch.lexicon.read(article)
        return {m.entity for m in reading.mentions}, watch.extract(article, reading, watch.entities)

    return read


def test_the_maker_is_known_though_only_the_chip_is_watched(read):
    mentions, claims = read([{"use": "chips"}], ROWS["shipment"])
    assert mentions == {"zhenwu-810e"}
    assert [(claim.subject, claim.product, claim.value) for claim in claims] == [("alibaba", "zhenwu-810e", 100000)]


def test_what_nobody_watches_makes_no_claim(read):
    assert read([{"use": "chips"}], ROWS["other"]) == (set(), ())
    assert read([], ROWS["shipment"]) == (set(), ())


def test_the_full_list_sees_everything(read):
    mentions, claims = read([{"use": "chips"}, {"use": "companies"}, {"use": "export-controls"}], ROWS["shipment"])
    assert mentions == {"alibaba", "zhenwu-810e"}
    assert len(claims) == 1


def test_an_own_entity_stands_beside_the_shipped_ones(read):
    own = {"name": "mine", "entities": [{"id": "acme", "names": ["Acme Silicon"]}]}
    mentions, claims = read([own], "Acme Silicon has shipped 5,000 processors to Alibaba.")
    assert mentions == {"acme"}
    assert [(claim.subject, claim.value) for claim in claims] == [("acme", 5000)]
