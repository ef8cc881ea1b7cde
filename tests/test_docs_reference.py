"""The reference pages name every table and column of the database and every key of feeds.yaml, and no others."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from monitor.settings import schema
from monitor.store.db import open_writer

DOCS = Path(__file__).parents[1] / "docs"


def sections(page):
    """Heading (without backquotes) -> rows of the table under it, as lists of cells."""
    found, name = {}, ""
    for line in (DOCS / page).read_text("utf-8").splitlines():
        if line.startswith("#"):
            name = line.lstrip("# ").replace("`", "")
            found[name] = []
        elif line.startswith("| `"):
            found[name].append([cell.strip() for cell in line.strip("|").split(" | ")])
    return found


def names(rows):
    return [row[0].strip("` ") for row in rows]


# docs/database.md

DATABASE = sections("database.md")


def columns():
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        database = open_writer(Path(folder) / "desk.db")
        with database.reading() as sql:
            tables = [row[0] for row in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            answer = {
                table: [row[1] for row in sql.execute(f"PRAGMA table_info({table})")]
                for table in tables
                if not table.startswith(("sqlite_", "articles_search_"))
            }
        database.close()
    return answer


COLUMNS = columns()


def test_every_table_is_described_and_no_other():
    assert {name for name, rows in DATABASE.items() if rows} == set(COLUMNS)


@pytest.mark.parametrize("table", COLUMNS)
def test_every_column_is_described_and_no_other(table):
    assert names(DATABASE[table]) == COLUMNS[table]
    assert all(row[1] for row in DATABASE[table])


# docs/configuration.md

CONFIGURATION = sections("configuration.md")
TABLES = {
    "Top level": schema.File,
    "poll": schema.PollTable,
    "network": schema.NetworkTable,
    "feeds": schema.FeedTable,
    "watchlists": schema.WatchlistTable,
    "entities": schema.EntityTable,
    "milestones": schema.RuleTable,
    "expect": schema.ExpectTable,
    "alerts": schema.AlertsTable,
    "slack": schema.SlackTable,
    "console": schema.ConsoleTable,
    "jsonl": schema.JsonlTable,
    "webhook": schema.WebhookTable,
    "apprise": schema.AppriseTable,
    "atom": schema.AtomTable,
    "routes": schema.RouteTable,
    "quiet": schema.QuietTable,
    "digest": schema.DigestTable,
}


def test_every_part_of_the_file_is_described():
    described = {
        model for model in vars(schema).values() if isinstance(model, type) and issubclass(model, schema.Table)
    }
    assert described - {schema.Table} == set(TABLES.values())
    assert {name for name, rows in CONFIGURATION.items() if rows} == set(TABLES)


@pytest.mark.parametrize("section", TABLES)
def test_every_key_is_described_and_no_other(section):
    assert names(CONFIGURATION[section]) == list(TABLES[section].model_fields)


def written(value):
    """A default as people write it in the file."""
    if isinstance(value, timedelta):
        seconds = value.total_seconds()
        for size, unit in ((3600, "h"), (60, "m"), (1, "s")):
            if seconds >= size:
                return f"`{seconds / size:g}{unit}`"
    if value is None or value in ((), {}, ""):
        return "none"
    return str(value)


SPECIAL = {
    ("Top level", "poll"): "see below",
    ("Top level", "network"): "see below",
    ("Top level", "milestones"): "the shipped rules",
    ("Top level", "alerts"): "the console",
    ("alerts", "channels"): "the console",
    ("alerts", "routes"): "everything to every channel",
    ("poll", "jitter"): "`10%`",
    ("network", "max_body"): "`10MB`",
    ("network", "allow_private"): "`false`",
    ("routes", "severity"): "`high`, `medium`, `low`",
}
"""Defaults that are not written as they are stored."""


@pytest.mark.parametrize(
    ("section", "key"), [(section, key) for section, model in TABLES.items() for key in model.model_fields]
)
def test_defaults_are_those_of_the_program(section, key):
    field = TABLES[section].model_fields[key]
    said = next(row for row in CONFIGURATION[section] if row[0].strip("` ") == key)[1]
    if (section, key) in SPECIAL:
        assert said == SPECIAL[section, key]
    elif field.default is PydanticUndefined:
        assert said == "required"
    else:
        default = written(field.default)
        assert said in (default, f"`{default}`")


def test_the_special_defaults_are_right():
    poll, network = schema.PollTable(), schema.NetworkTable()
    assert (poll.jitter, network.max_body, network.allow_private) == (0.1, 10_000_000, False)
    assert schema.RouteTable(to=("x",)).severity == ("high", "medium", "low")


def test_durations_and_sizes_in_the_page_are_of_the_program():
    text = (DOCS / "configuration.md").read_text("utf-8")
    for example in re.findall(r"`(\d+(?:ms|s|m|h|d))`", text):
        assert schema.PollTable(every=example, min="1ms", max="1000d").every > timedelta(0)
