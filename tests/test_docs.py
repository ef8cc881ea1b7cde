"""README and docs are held to what the program does: every command, every piece of YAML, JSON and SQL, every link."""

import ast
import configparser
import json
import os
import re
import runpy
import shlex
import shutil
import sqlite3
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
import yaml
from markdown_it import MarkdownIt

from monitor.cli.entry import COMMANDS, command_line
from monitor.settings import load
from monitor.settings.schema import File
from tests.docs_desk import prepare
from tests.test_architecture import FLOORS

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

OTHERS = {
    "cd", "chmod", "chown", "cp", "crontab", "datasette", "docker", "export", "git", "gunzip", "install", "journalctl",
    "make", "mkdir", "mv", "pip", "pipx", "python", "python3", "rm", "sqlite3", "sudo", "systemctl", "useradd", "zcat",
}  # fmt: skip
"""Programs that examples may use beside chipwire."""

FENCES = {"console", "yaml", "json", "sql", "text", "python", "ini", "mermaid", "query-examples", "dockerfile"}


@dataclass(frozen=True)
class Block:
    page: str
    line: int
    language: str
    text: str

    def __str__(self):
        return f"{self.page}:{self.line}"


def _blocks():
    for page in PAGES:
        for token in MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8")):
            if token.type == "fence":
                yield Block(str(page.relative_to(ROOT)), token.map[0] + 1, token.info.strip(), token.content)


BLOCKS = tuple(_blocks())


def of(*languages):
    return pytest.mark.parametrize("block", [b for b in BLOCKS if b.language in languages], ids=str)


def commands(block):
    """Lines after `$ `, with what a trailing backslash continues."""
    lines = iter(block.text.splitlines())
    for line in lines:
        if line.startswith("$ "):
            command = line[2:]
            while command.endswith("\\"):
                command = command[:-1] + next(lines).strip()
            yield command


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_every_block_says_what_it_is(block):
    assert block.language in FENCES, f"{block}: a block needs a language, one of {sorted(FENCES)}"
    if block.language == "console":
        assert list(commands(block)), f"{block}: commands begin with `$ `"


# Commands


def resolved(arguments):
    """The command that `arguments` name, its arguments checked as the command line would; nothing is run."""
    command = typer.main.get_command(command_line())
    context = command.make_context("chipwire", list(arguments))
    while hasattr(command, "commands"):
        rest = [*context._protected_args, *context.args]
        if not rest:
            break
        name, command, rest = command.resolve_command(context, rest)
        context = command.make_context(name, rest, parent=context)
    return command


def needs_the_world(arguments):
    """Whether a command would use the network, Slack or a whole terminal: its arguments are checked, it is not run."""
    words = " ".join(arguments)
    if "--live" in arguments or words.startswith(("alerts test", "demo", "feeds add", "run")):
        return words != "run --once --help"
    return words.startswith("feeds test") and "://" in words


EXITS = {("status", "--check"): 1}
"""Where no daemon runs."""


def told(desk, arguments):
    """The arguments with what `…` stands for."""
    stand_in = desk.held[arguments[1] == "dismiss"] if arguments[0] == "milestones" else desk.alert
    if arguments[:2] == ["alerts", "unsilence"]:
        return [*arguments[:2], desk.silence]
    return [stand_in if "…" in argument else argument for argument in arguments]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    return prepare(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def desk(prepared, tmp_path):
    prepared.copy(tmp_path / "desk")
    binaries = tmp_path / "bin"
    binaries.mkdir()
    script = binaries / "chipwire"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m monitor "$@"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return tmp_path / "desk"


def run(command, desk, prepared):
    """Runs a shell line that calls chipwire, in a copy of the prepared desk."""
    words = shlex.split(command)
    start = words.index("chipwire") + 1
    end = next((i for i, word in enumerate(words) if i >= start and word in (">", "|", ">>", "<")), len(words))
    arguments = told(prepared, words[start:end])
    for word in arguments:
        stand_in(word, desk)
    if arguments[:2] == ["watchlist", "add"]:
        file = desk / "feeds.yaml"
        file.write_text(
            "".join(line for line in file.read_text().splitlines(keepends=True) if arguments[3] not in line)
        )
    line = (
        shlex.join(["chipwire", *arguments])
        + " "
        + " ".join(word if word in (">", "|", ">>", "<") else shlex.quote(word) for word in words[end:])
    )
    environment = {
        "PATH": f"{desk.parent / 'bin'}:/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "HOME": str(desk),
        "SLACK_BOT_TOKEN": "xoxb-example",
    }
    done = subprocess.run(
        ["/bin/sh", "-c", line], cwd=desk, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    expected = next((code for key, code in EXITS.items() if list(key) == arguments[: len(key)]), 0)
    assert done.returncode == expected, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


def stand_in(word, desk):
    """A file that an example names and the desk lacks becomes one of its kind."""
    kinds = {".jsonl.gz": "archive.jsonl.gz", ".jsonl": "articles.jsonl", ".yaml": "rules.yaml", ".xml": "saved.xml"}
    for ending, source in kinds.items():
        if word.endswith(ending) and "/" not in word and not (desk / word).exists():
            shutil.copy(desk / source, desk / word)
            return


def check(command, desk, prepared):
    """An example: chipwire is run, or its arguments are checked; of anything else it is known that it exists."""
    words = shlex.split(command)
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        words = words[1:]
    program = Path(words[0]).name
    if program == "sudo":
        program = next(word for word in words[1:] if not word.startswith("-") and word != "chipwire")
    if "chipwire" in words and (program == "chipwire" or "|" in words):
        arguments = words[words.index("chipwire") + 1 :]
        if needs_the_world(arguments):
            resolved(arguments)
        else:
            run(command, desk, prepared)
    elif program == "make":
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M)
        assert not [word for word in words[1:] if "=" not in word and word not in targets], command
    elif program in ("python", "python3") and len(words) > 1 and words[1].endswith(".py"):
        assert (ROOT / words[1]).is_file(), command
    elif program == "sqlite3" and words[-1].upper().startswith(("SELECT", "VACUUM")):
        statement = words[-1].replace("backup/", f"{desk}/")
        sqlite3.connect(desk / "desk.db").execute(statement).fetchall()
    else:
        assert program in OTHERS, f"{command}: no such command is known"


@of("console")
def test_commands_in_the_docs_work(block, desk, prepared):
    for command in commands(block):
        try:
            check(command, desk, prepared)
        except Exception as error:
            raise AssertionError(f"{block}: {command}: {error}") from error


def _every_command():
    def walk(command, path):
        if hasattr(command, "commands"):
            for name, child in command.commands.items():
                yield from walk(child, [*path, name])
        if path and (not hasattr(command, "commands") or command.invoke_without_command):
            yield " ".join(path), command

    yield from walk(typer.main.get_command(command_line()), [])


EVERY = dict(_every_command())


def test_every_command_of_the_program_is_known_here():
    assert {path.split()[0] for path in EVERY} == set(COMMANDS)


@pytest.mark.parametrize("path", EVERY)
def test_every_help_has_an_example_that_works(path, desk, prepared):
    command = EVERY[path]
    example = re.search(r"Example: (chipwire .+)", command.epilog or "")
    assert example, f"`chipwire {path} --help` shows no example"
    assert example[1].split()[1 : 1 + len(path.split())] == path.split()
    check(example[1], desk, prepared)


def _spans():
    for page in PAGES:
        text = re.sub(r"^ *```.*?^ *```", "", page.read_text("utf-8"), flags=re.M | re.S)
        for span in re.findall(r"`chipwire ([^`]+)`", text):
            yield f"{page.relative_to(ROOT)}: chipwire {span}"


@pytest.mark.parametrize("span", sorted(set(_spans())))
def test_commands_in_running_text_exist(span):
    words = span.partition(": chipwire ")[2].replace("\n", " ").split()
    path, command = [], typer.main.get_command(command_line())
    for word in words:
        if not hasattr(command, "commands") or word not in command.commands:
            break
        path, command = [*path, word], command.commands[word]
    if words[0].isupper() or words[0].startswith("-"):
        return
    assert path, f"{span}: no such command"
    assert not hasattr(command, "commands") or len(words) == len(path) or command.invoke_without_command, span
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    given = {word.partition("=")[0] for word in words if word.startswith("--")}
    assert given <= known, f"{span}: unknown {given - known}"


# Configuration


def completed(tables):
    """A fragment of the file with what it leaves out: channels that routes name, watchlists that rules name."""
    alerts = tables.get("alerts", {})
    if isinstance(alerts, dict):
        names = {name for route in alerts.get("routes", []) for name in route["to"]} | set(alerts.get("ops", []))
        if names and "channels" not in alerts:
            tables = {**tables, "alerts": {**alerts, "channels": {name: {"kind": "console"} for name in names}}}
    wanted = {rule["watchlist"] for rule in tables.get("milestones") or [] if "watchlist" in rule}
    known = {watchlist.get("name") for watchlist in tables.get("watchlists", [])}
    added = [{"name": name, "queries": ["example"]} for name in sorted(wanted - known)]
    return {**tables, "watchlists": [*tables.get("watchlists", []), *added]} if added else tables


LANGUAGE = {
    "spaced", "verb_final", "topic_chains", "simplified", "marked", "verb_endings", "cues", "classes",
    "metrics", "traps",
}  # fmt: skip
"""Keys of a table of claim words (docs/claims.md), whose own tests read it."""


@of("yaml")
def test_yaml_in_the_docs_is_right(block, tmp_path):
    tables = yaml.safe_load(block.text)
    if isinstance(tables, list):
        key = (
            "watchlists"
            if "entities" in tables[0] or "use" in tables[0]
            else "feeds"
            if "url" in tables[0]
            else "milestones"
        )
        tables = {key: tables}
    if set(tables) <= LANGUAGE or set(tables) == {"services"}:
        return
    assert set(tables) <= set(File.model_fields), f"{block}: neither of feeds.yaml nor of a language's tables"
    path = tmp_path / "feeds.yaml"
    path.write_text(yaml.safe_dump(completed(tables), allow_unicode=True))
    load(path, secrets=False)


# Everything else


@of("json")
def test_json_in_the_docs_is_json(block):
    for document in [block.text] if block.text.lstrip().startswith(("{\n", "[\n")) else block.text.splitlines():
        json.loads(document)


@of("sql")
def test_sql_in_the_docs_runs(block, prepared):
    connection = sqlite3.connect(f"file:{prepared.folder / 'desk.db'}?mode=ro", uri=True)
    rows = connection.execute(block.text).fetchall()
    assert rows, f"{block}: no rows"


@of("python")
def test_python_in_the_docs_parses(block):
    ast.parse(block.text)


@of("ini")
def test_units_in_the_docs_start_what_there_is(block):
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read_string(block.text)
    for name, line in unit.items("Service") if unit.has_section("Service") else []:
        if name.startswith("Exec") and "chipwire" in line:
            resolved(shlex.split(line.partition("chipwire ")[2]))


def _links():
    for page in PAGES:
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
            if "://" not in target and not target.startswith("mailto:"):
                yield f"{page.relative_to(ROOT)} -> {target}"


@pytest.mark.parametrize("link", sorted(set(_links())))
def test_links_lead_somewhere(link):
    page, _, target = link.partition(" -> ")
    path, _, anchor = target.partition("#")
    found = (ROOT / page).parent / path if path else ROOT / page
    assert found.exists(), link
    if anchor:
        heads = re.findall(r"^#+ (.+)$", found.read_text("utf-8"), re.M)
        slugs = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
        assert anchor in slugs, f"{link}: no such heading"


def test_the_docs_list_every_page():
    """What nobody links to, nobody reads."""
    linked = {
        os.path.normpath(page.parent / target.partition("#")[0])
        for page in PAGES
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
        if "://" not in target and target.partition("#")[0]
    }
    pages = [page for page in PAGES if page.parent.name != "decisions" and page.name != "README.md"]
    assert not [str(page) for page in pages if str(page) not in linked]


# What is shown


def test_the_alert_in_the_readme_is_what_the_demo_prints(monkeypatch):
    """Picture and words; `python docs/img/make.py` makes them anew."""
    make = runpy.run_path(str(ROOT / "docs/img/make.py"))
    for name, value in make["ENVIRONMENT"].items():
        monkeypatch.setenv(name, value)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    picture, text = make["drawn"]()
    assert f"```text\n{text}\n```" in (ROOT / "README.md").read_text("utf-8")
    assert (ROOT / "docs/img/alert.svg").read_text("utf-8") == picture


def test_the_architecture_page_draws_the_floors_that_are_held():
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    drawn = page[page.index("```text\nmonitor.__main__") + len("```text\n") :].partition("```")[0].splitlines()
    held = [" · ".join(name for name in floor if "." in name) for floor in FLOORS]
    assert drawn == held


def test_the_architecture_page_names_paths_that_exist():
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    for path in re.findall(r"`((?:monitor|alerts|tests|docs)/[^`*<]+)`", page):
        assert (ROOT / path).exists() or (ROOT / f"{path}.py").exists(), path
