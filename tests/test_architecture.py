"""The plan of the house, held: who may import whom, and what may be said only in which room."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

FLOORS = (
    ("monitor.__main__",),
    ("monitor.cli",),
    ("monitor.demo",),
    ("monitor.app",),
    ("monitor.daemon",),
    ("monitor.engine",),
    ("monitor.control", "monitor.exchange", "monitor.hindsight", "monitor.replay"),
    ("monitor.pipeline",),
    ("monitor.watched",),
    ("monitor.analysis",),
    ("monitor.settings",),
    (
        "monitor.rules",
        "monitor.ledger",
        "monitor.claims",
        "monitor.stories",
        "monitor.mentions",
        "monitor.feeds",
        "monitor.store",
    ),
    ("monitor.text",),
    ("monitor.ports",),
    ("monitor.model", "monitor.errors", "monitor"),
    ("alerts.dispatch", "alerts.channels"),
    ("alerts.outbox", "alerts.policy", "alerts.render"),
    ("alerts.ports",),
    ("alerts.model", "alerts.errors", "alerts"),
)
"""From the roof to the street; a module imports only from floors below its own, or from its own room."""

LIBRARIES = {
    "httpx": ("monitor.feeds.fetch",),
    "h11": ("monitor.feeds.fetch",),
    "feedparser": ("monitor.feeds.parse",),
    "sqlite3": ("monitor.store", "alerts.outbox", "alerts.dispatch"),
    "sqlite_utils": ("monitor.store",),
    "slack_sdk": ("alerts.channels.slack",),
    "apprise": ("alerts.channels.apprise",),
    "apscheduler": ("monitor.daemon",),
    "ahocorasick_rs": ("monitor.mentions", "monitor.claims"),
    "re2": ("monitor.mentions.query",),
    "pydantic": ("monitor.settings",),
    "typer": ("monitor.cli",),
}
"""One room per library: where it may be imported outside TYPE_CHECKING."""

BROAD_EXCEPT = ("monitor.daemon", "monitor.pipeline", "alerts.dispatch", "monitor.feeds.parse", "monitor.feeds.fetch")
"""`except Exception`: where a stranger's or one article's failure must not stop the others."""


def modules():
    for package in ("monitor", "alerts"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in modules()}


def room(name):
    """The entry of FLOORS that a module belongs to."""
    places = [place for floor in FLOORS for place in floor]
    fits = [place for place in places if name == place or name.startswith(place + ".")]
    return max(fits, key=len, default=None)


def floor(place):
    return next(number for number, places in enumerate(FLOORS) if place in places)


def only_for_types(tree):
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            found.update(id(child) for child in ast.walk(node))
    return found


def imports(tree, *, types):
    skipped = set() if types else only_for_types(tree)
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                longer = f"{node.module}.{alias.name}"
                yield longer if longer in TREES else node.module


@pytest.mark.parametrize("name", TREES)
def test_every_module_has_its_floor_and_imports_from_below(name):
    mine = room(name)
    if name in ("monitor", "alerts"):
        mine = name
    assert mine is not None, f"{name} is in no room: place it in FLOORS, or the plan is wrong"
    for imported in imports(TREES[name], types=True):
        if imported not in TREES:
            continue
        theirs = room(imported)
        same_room = theirs == mine or imported.startswith(mine + ".")
        assert same_room or floor(theirs) > floor(mine), f"{name} imports {imported} from above or beside"


@pytest.mark.parametrize("name", [name for name in TREES if name.startswith("alerts")])
def test_alerts_knows_nothing_of_the_monitor(name):
    assert not [found for found in imports(TREES[name], types=True) if found.split(".")[0] == "monitor"]


@pytest.mark.parametrize("name", [name for name in TREES if name.startswith("monitor.model")])
def test_the_words_import_nothing_of_ours_but_the_words_of_alerts(name):
    ours = {found for found in imports(TREES[name], types=True) if found.split(".")[0] in ("monitor", "alerts")}
    assert all(found == "alerts.model" or found.startswith("monitor.model.") for found in ours)


def test_no_import_cycle():
    graph = {name: {f for f in imports(tree, types=False) if f in TREES and f != name} for name, tree in TREES.items()}
    done, path = set(), []

    def visit(name):
        assert name not in path, f"import cycle: {' > '.join([*path[path.index(name) :], name])}"
        if name in done:
            return
        path.append(name)
        for imported in sorted(graph[name]):
            visit(imported)
        path.pop()
        done.add(name)

    for name in sorted(graph):
        visit(name)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_used_in_its_room_only(library):
    users = [
        name
        for name, tree in TREES.items()
        if any(found.split(".")[0] == library for found in imports(tree, types=False))
    ]
    allowed = LIBRARIES[library]
    strangers = [name for name in users if not any(name == room or name.startswith(room + ".") for room in allowed)]
    assert not strangers


def names_used(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"


def test_the_environment_is_read_in_settings_only():
    readers = [name for name, tree in TREES.items() if {"os.environ", "os.getenv"} & set(names_used(tree))]
    assert [name for name in readers if not name.startswith("monitor.settings")] == []


CLOCKS = {"datetime.now", "datetime.utcnow", "date.today", "time.time", "time.monotonic"}


def test_the_clock_is_read_at_the_edges_only():
    readers = [name for name, tree in TREES.items() if CLOCKS & set(names_used(tree))]
    edges = (
        "monitor.app",
        "monitor.daemon",
        "monitor.cli",
        "monitor.demo",
        "alerts.dispatch",
        "alerts.channels",
        "monitor.feeds.parse",
    )
    assert [name for name in readers if not name.startswith(edges)] == []


def broad(handler):
    kind = handler.type
    return kind is None or (isinstance(kind, ast.Name) and kind.id in ("Exception", "BaseException"))


def raises_again(handler):
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_broad_excepts_stand_where_the_design_allows_them():
    found = {
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and broad(node) and not raises_again(node)
    }
    assert [name for name in sorted(found) if not name.startswith(BROAD_EXCEPT)] == []


def test_no_global_statement():
    assert [n for n, tree in TREES.items() if any(isinstance(node, ast.Global) for node in ast.walk(tree))] == []
