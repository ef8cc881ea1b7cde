import re
from pathlib import Path

import pytest

from monitor.mentions import Lexicon, packs, shipped, shipped_watchlist, shipped_watchlists
from monitor.mentions.packs.source import choices, compiled
from monitor.mentions.watchlist import EntitySpec
from monitor.model import Article

SPECS = [spec for name in shipped_watchlists() for spec in shipped_watchlist(name).entities]
HITS = [(spec.id, line) for spec in SPECS for line in spec.hits]
MISSES = [(spec.id, line) for spec in SPECS for line in spec.misses]
MARK = re.compile(r"\[\[(.*?)\]\]")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return shipped(*shipped_watchlists())


def mentions(lexicon: Lexicon, text: str, entity: str) -> list[str]:
    in_text = lexicon.read(Article(id="1", title="", text=text)).mentions
    return [mention.text for mention in in_text if mention.entity == entity]


@pytest.mark.parametrize(("entity", "line"), HITS, ids=lambda value: value[:40])
def test_must_hit(lexicon: Lexicon, entity: str, line: str) -> None:
    wanted = MARK.findall(line)
    found = mentions(lexicon, MARK.sub(r"\1", line), entity)
    assert found
    assert not [name for name in wanted if name not in found]


@pytest.mark.parametrize(("entity", "line"), MISSES, ids=lambda value: value[:40])
def test_must_not_hit(lexicon: Lexicon, entity: str, line: str) -> None:
    assert mentions(lexicon, line, entity) == []


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)
def test_every_entity_is_whole(spec: EntitySpec) -> None:
    known = {each.id for each in SPECS}
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", spec.id)
    assert spec.name
    assert spec.hits
    assert spec.misses
    assert {kin for kin in (spec.maker, spec.parent) if kin} <= known
    assert spec.kind != "chip" or spec.maker
    for sense in spec.senses:
        assert set(sense.partners) <= known
        for clue in sense.clues:
            re.compile(clue.pattern)
            assert not re.search(r"(?<!\\)[A-Z]", clue.pattern), "a folded text has no capitals"


def test_the_core_is_what_is_shipped_switched_on() -> None:
    core = shipped()
    assert {entity.watchlist for entity in core.entities.values()} == {"companies", "chips", "export-controls"}


def test_ids_are_unique() -> None:
    ids = [spec.id for spec in SPECS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", shipped_watchlists())
def test_the_shipped_file_is_what_the_source_says(name: str) -> None:
    shipped_file = Path(packs.__file__).with_name(f"{name}.json").read_text("utf-8")
    assert shipped_file == compiled(name), "run: python -m monitor.mentions.packs"


def test_choices() -> None:
    assert choices("{US|U.S.} {Congress|Senate}") == ["US Congress", "US Senate", "U.S. Congress", "U.S. Senate"]
    assert choices("Ascend 950{|PR}") == ["Ascend 950", "Ascend 950PR"]


def test_an_unknown_pack() -> None:
    with pytest.raises(KeyError):
        shipped_watchlist("chisp")
