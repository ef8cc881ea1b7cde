import re
from pathlib import Path

import pytest

from monitor.mentions import Lexicon, Watchlist, compile_lexicon, packs, shipped, shipped_watchlist, shipped_watchlists
from monitor.mentions.examples import failures
from monitor.mentions.packs.source import choices, compiled
from monitor.mentions.watchlist import EntitySpec

SPECS = [spec for name in packs.NAMES for spec in shipped_watchlist(name).entities]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return shipped(*packs.NAMES)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)
def test_the_lines_beside_it(lexicon: Lexicon, spec: EntitySpec) -> None:
    assert failures(lexicon, [Watchlist(name="pack", entities=(spec,))]) == []


def test_lines_that_fail_are_told() -> None:
    hits, misses = ("none", "[[Acme]] Chips", "Acme"), ("Acme", "x")
    spec = EntitySpec(id="acme", names=("Acme", "Acme Chips"), hits=hits, misses=misses)
    desk = Watchlist(name="desk", entities=(spec,))
    assert [
        (failed["entity"], failed["text"], failed["problem"]) for failed in failures(compile_lexicon([desk]), [desk])
    ] == [
        ("acme", "none", "should mention it, and does not"),
        ("acme", "[[Acme]] Chips", "mentions it elsewhere: [(0, 10)]"),
        ("acme", "Acme", "should not mention it, but 'Acme' does"),
    ]


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
    assert shipped_watchlists() == packs.CORE
    assert {entity.watchlist for entity in core.entities.values()} == {"companies", "chips", "export-controls"}


def test_ids_are_unique() -> None:
    ids = [spec.id for spec in SPECS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", packs.NAMES)
def test_the_shipped_file_is_what_the_source_says(name: str) -> None:
    shipped_file = Path(packs.__file__).with_name(f"{name}.json").read_text("utf-8")
    assert shipped_file == compiled(name), "run: python -m monitor.mentions.packs"


def test_choices() -> None:
    assert choices("{US|U.S.} {Congress|Senate}") == ["US Congress", "US Senate", "U.S. Congress", "U.S. Senate"]
    assert choices("Ascend 950{|PR}") == ["Ascend 950", "Ascend 950PR"]


def test_an_unknown_pack() -> None:
    with pytest.raises(KeyError):
        shipped_watchlist("chisp")
