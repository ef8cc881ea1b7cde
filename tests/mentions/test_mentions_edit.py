from collections.abc import Callable

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ConfigError
from monitor.mentions import EntitySpec, edit

FILE = """\
# The desk's file
database: chipwire.db   # beside it

watchlists:
  - use: chips          # shipped
  # our own, do not touch
  - name: memory
    entities:
      - {id: nanya, names: [Nanya Technology, 南亞科技]}   # Taiwan

  # - name: later

feeds:
  - {url: "https://example.org/rss", every: 5m}
"""
WINBOND = EntitySpec(id="winbond", names=("Winbond", "華邦電"))


def test_an_entity_is_added_below_its_like_and_nothing_else_changes() -> None:
    new = edit.add_entity(FILE, "memory", WINBOND)
    line = "      - {id: winbond, names: [Winbond, 華邦電]}\n"
    assert line in new
    assert new.replace(line, "") == FILE
    assert new.index("nanya") < new.index("winbond") < new.index("# - name: later")


def test_all_that_an_entity_may_have() -> None:
    spec = EntitySpec(id="x1", name="The X", kind="chip", names=("X: 1",), maker="acme", parent="x", others=("X 10",))
    added = yaml.safe_load(edit.add_entity(FILE, "memory", spec, context=["chip"]))["watchlists"][1]["entities"][1]
    assert added == {
        "id": "x1", "names": ["X: 1"], "name": "The X", "kind": "chip", "maker": "acme", "parent": "x",
        "context": ["chip"], "forbid": ["X 10"],
    }  # fmt: skip


def test_a_watchlist_is_made_where_there_is_none() -> None:
    new = edit.add_entity(FILE, "foundry", WINBOND)
    assert yaml.safe_load(new)["watchlists"][2] == {
        "name": "foundry", "entities": [{"id": "winbond", "names": ["Winbond", "華邦電"]}],
    }  # fmt: skip
    assert edit.drop(new, "foundry") == FILE


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "feeds: []\n", "watchlists:\nfeeds: []\n", "watchlists: []\n"])
def test_files_without_watchlists(text: str) -> None:
    new = edit.add_query(text, "desk", "HBM4 AND yield")
    assert yaml.safe_load(new)["watchlists"] == [{"name": "desk", "queries": ["HBM4 AND yield"]}]
    assert "watchlists" not in (yaml.safe_load(edit.drop(new, "desk")) or {})


@pytest.mark.parametrize(
    "text",
    [
        "watchlists:\n- use: chips\n- name: memory\n  queries:\n  - a\n  entities:\n  - id: a\n    names:\n    - A\n",
        "watchlists: [{use: chips}, {name: memory, entities: [{id: a, names: [A]}]}]\nfeeds: []\n",
        "watchlists:\n  - {use: chips}\n  - {name: memory, queries: [a]}  # one line\n",
        "watchlists:\n  - use: chips\n  - entities:\n      - {id: a, names: [A]}\n    name: memory\n",
    ],
)
def test_other_ways_to_lay_it_out(text: str) -> None:
    new = edit.add_entity(text, "memory", WINBOND)
    expected = yaml.safe_load(text)
    expected["watchlists"][1].setdefault("entities", []).append({"id": "winbond", "names": ["Winbond", "華邦電"]})
    assert yaml.safe_load(new) == expected
    assert yaml.safe_load(edit.remove_entity(new, "memory", "winbond")) == yaml.safe_load(text)


def test_the_last_entity_takes_its_watchlist_along() -> None:
    new = edit.remove_entity(FILE, "memory", "nanya")
    assert yaml.safe_load(new)["watchlists"] == [{"use": "chips"}]
    assert "# our own, do not touch" in new
    assert "# - name: later" in new


def test_queries() -> None:
    query = '(HBM4 OR HBM3E) AND yield NOT "stock split"'
    new = edit.add_query(FILE, "memory", query)
    assert yaml.safe_load(new)["watchlists"][1]["queries"] == [query]
    assert edit.remove_query(new, "memory", query) == FILE
    with pytest.raises(ConfigError, match="stands there already"):
        edit.add_query(new, "memory", query)
    with pytest.raises(ConfigError, match="no such query"):
        edit.remove_query(new, "memory", "other")


def test_packs() -> None:
    new = edit.use(FILE, "companies")
    assert "  - use: companies\n" in new
    assert edit.drop(new, "companies") == FILE
    with pytest.raises(ConfigError, match="in use already"):
        edit.use(FILE, "chips")


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda: edit.add_entity(FILE, "memory", EntitySpec(id="nanya", names=("N",))), "stands there already"),
        (lambda: edit.add_entity(FILE, "memory", EntitySpec(id="No Id", names=("N",))), "is no id"),
        (lambda: edit.add_entity(FILE, "memory", EntitySpec(id="none")), "at least one name"),
        (lambda: edit.add_entity(FILE, "chips", WINBOND), "shipped one"),
        (lambda: edit.remove_entity(FILE, "memory", "x"), "there are: nanya"),
        (lambda: edit.remove_entity(FILE, "chips", "x"), "shipped one"),
        (lambda: edit.remove_entity(FILE, "nobody", "x"), "no watchlist 'nobody' of your own"),
        (lambda: edit.drop(FILE, "nobody"), "there are: chips, memory"),
        (lambda: edit.add_query("a: [", "x", "y"), "no YAML"),
        (lambda: edit.add_query("watchlists: yes\n", "x", "y"), "must hold a list"),
    ],
)
def test_errors_say_what_to_do(action: Callable[[], str], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        action()


def test_a_layout_that_cannot_be_edited_safely_is_left_alone() -> None:
    text = "watchlists:\n  - ? name\n    : memory\n    queries: *q\n".replace("*q", "[a, b]")
    new = edit.add_query(text, "memory", "c")
    assert yaml.safe_load(new)["watchlists"][0]["queries"] == ["a", "b", "c"]
    with pytest.raises(ConfigError, match="by hand"):
        edit.remove_query(
            "watchlists:\n  - queries:\n      - a\n    entities: [{id: a, names: [A]}]\n    name: m\n", "m", "a"
        )


names = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn")), min_size=1, max_size=12).filter(
    str.strip
)


@given(st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True), st.lists(names, min_size=1, max_size=4))
def test_what_is_added_is_read_back_and_removed_without_trace(entity: str, spelled: list[str]) -> None:
    if entity == "nanya":
        return
    new = edit.add_entity(FILE, "memory", EntitySpec(id=entity, names=tuple(spelled)))
    assert yaml.safe_load(new)["watchlists"][1]["entities"][1] == {"id": entity, "names": spelled}
    assert edit.remove_entity(new, "memory", entity) == FILE
